//! What changes the gradient before a rule sees it.

use super::super::counterpart::{Call, Counterpart, HELD, Lack};
use super::super::dialect::Dialect;
use super::super::values::Values;
use super::Optax;
use super::names::{CLIP, CLIP_NORM, WEIGHT_DECAY, named};

/// `optax.clip` before the rule inside.
pub(super) fn clipped_by_value(values: &Values, optax: &Optax) -> Result<Counterpart, Lack> {
    let clip = Call::new("optax.clip", named(values, &[CLIP]));
    before(clip, values, optax)
}

/// `optax.clip_by_global_norm` before the rule inside.
pub(super) fn clipped_by_norm(values: &Values, optax: &Optax) -> Result<Counterpart, Lack> {
    if !values.is_zero("epsilon") {
        return Err("Optax' clip_by_global_norm adds no epsilon to the norm");
    }
    let clip = Call::new("optax.clip_by_global_norm", named(values, &[CLIP_NORM]));
    before(clip, values, optax)
}

/// `optax.add_decayed_weights` before the rule inside.
pub(super) fn decayed(values: &Values, optax: &Optax) -> Result<Counterpart, Lack> {
    let decay = Call::new("optax.add_decayed_weights", named(values, &[WEIGHT_DECAY]));
    let counterpart = before(decay, values, optax)?;
    if counterpart.manner.takes_loss {
        return Err("Optax' add_decayed_weights changes the gradient, but not the loss");
    }
    Ok(counterpart)
}

/// A chain of one part and those of the rule inside.
fn before(part: Call, values: &Values, optax: &Optax) -> Result<Counterpart, Lack> {
    let inner = values.inner().ok_or("there is no rule inside")?;
    let mut inner = optax.counterpart(&inner)?;
    if inner.around.is_some() || inner.manner.asks || inner.manner.averages {
        return Err(HELD);
    }
    inner.parts.insert(0, part);
    Ok(inner)
}
