//! What memory of earlier gradients does to a racer.

use super::{Finding, Kind, Situation};
use crate::number::short;
use crate::optimizer::{Family, NoteRole};
use crate::plane::{dot, length};

/// Momentum carries it uphill, past the floor of a valley or past the minimum.
pub fn uphill(it: &Situation) -> Option<Finding> {
    let (symbol, kept) = it.inertia()?;
    let memory = length(it.now.notes.first(NoteRole::Part(Family::Memory))?);
    let slope = length(it.now.notes.first(NoteRole::Part(Family::Gradient))?);
    let climb = dot(it.way(), it.gradient);
    let climbs = climb > 0.2 * it.stride() * it.slope();
    let is_visible = it.stride() > 1e-3 * it.diagonal;
    if !(it.is_under_way() && climbs && is_visible && memory > slope) {
        return None;
    }
    Some(Finding::new(
        Kind::Uphill,
        format!(
            "Momentum carries it uphill: what it has gathered makes a step of {}, what the slope \
             here asks for one of {}.",
            short(memory),
            short(slope),
        ),
        format!(
            "A lower {symbol} swings less: {} keeps {} % of the last step in every step.",
            short(kept),
            short(100.0 * kept),
        ),
    ))
}
