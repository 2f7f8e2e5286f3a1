//! What dividing by squared gradients does to a racer.

use super::{Finding, Kind, Situation};
use crate::number::{count, short};
use crate::optimizer::Note;

/// Steps that are longer than η because v starts at 0 and grows more slowly than m.
pub fn uncorrected_start(it: &Situation) -> Option<Finding> {
    let longest = it.way().map(f64::abs).into_iter().fold(0.0, f64::max);
    let times = longest / it.learning_rate();
    let is_early = it.step() < 10;
    if !(it.is_off("bias_correction") && is_early && times.is_finite() && times > 1.5) {
        return None;
    }
    Some(Finding::new(
        Kind::UncorrectedStart,
        format!(
            "Without bias correction this step is {} times η long: the second moment starts at 0 \
             and grows more slowly than the first.",
            short(times)
        ),
        "Switch the bias correction on: then no axis steps much further than η at the start.",
    ))
}

/// A sum of squares that never forgets has worn the effective rate down.
pub fn shrunken_rate(it: &Situation) -> Option<Finding> {
    if it.forgetting().is_some() || !it.is_under_way() {
        return None;
    }
    let (now, first) = (it.scaling()?, it.first_scaling()?);
    let [x, y] = [0, 1].map(|axis| now[axis] / first[axis]);
    if !(x.max(y) < 0.1 && it.is_far_off(30.0)) {
        return None;
    }
    Some(Finding::new(
        Kind::ShrunkenRate,
        format!(
            "{}'s effective rate is down to {} % of its first along x and {} % along y.",
            it.title(),
            percent(x),
            percent(y),
        ),
        "It adds up squared gradients for ever: raise the learning rate, or take RMSProp, Adadelta \
         or Adam, which forget old ones.",
    ))
}

/// The average of squares still holds large gradients of long ago, and keeps the steps short.
pub fn long_memory(it: &Situation) -> Option<Finding> {
    let (symbol, decay) = it.forgetting()?;
    let root = it.root_mean_square()?;
    let gradient = it.now.notes.vector(Note::Gradient)?;
    // The axis with more slope; the other may have none at all.
    let axis = usize::from(gradient[1].abs() > gradient[0].abs());
    let times = root[axis] / gradient[axis].abs();
    let earlier = it.path.gradient_norm.iter().take(it.step()).enumerate();
    let (when, &largest) = earlier.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let is_slow = it.is_far_off(20.0);
    if !(it.is_under_way() && times.is_finite() && times > 4.0 && is_slow) {
        return None;
    }
    if largest < 4.0 * it.slope() {
        return None;
    }
    Some(Finding::new(
        Kind::LongMemory,
        format!(
            "The average of squared gradients still holds the large ones around step {} ({} then, \
             {} now): had it forgotten them, steps would be {} times as long.",
            count(when),
            short(largest),
            short(it.slope()),
            short(times),
        ),
        format!(
            "A lower {symbol} forgets sooner: {} remembers about {} steps.",
            decay,
            short(1.0 / (1.0 - decay)),
        ),
    ))
}

/// ε is larger than what it is added to: the scaling is off.
pub fn epsilon_rules(it: &Situation) -> Option<Finding> {
    // Adadelta's ε stands above the line as well, where it makes the first steps; and Adagrad's own
    // decay shrinks the rate, too.
    let is_scaling_by_root = it.now.notes.vector(Note::UpdateAccumulator).is_none();
    let decays = it
        .parameter("learning_rate_decay")
        .is_some_and(|(_, decay)| decay > 0.0);
    let (symbol, epsilon) = it.parameter("epsilon")?;
    let (scaling, root) = (it.scaling()?, it.root_mean_square()?);
    // Without ε, the scaling is 1/root.
    let is_off = (0..2).all(|axis| scaling[axis] * root[axis] < 0.5);
    if !(it.is_under_way() && is_scaling_by_root && !decays && is_off) {
        return None;
    }
    Some(Finding::new(
        Kind::EpsilonRules,
        format!(
            "{symbol} = {} outweighs the gradients here, whose recent size is {} along x and {} \
             along y: the scaling is off, and steps shrink with the slope as in plain descent.",
            short(epsilon),
            short(root[0]),
            short(root[1]),
        ),
        format!("A smaller {symbol} lets every axis have its own rate down to smaller slopes."),
    ))
}

fn percent(share: f64) -> String {
    short(100.0 * share)
}
