//! The effects of dividing by squared gradients on a racer.

use super::{Finding, FindingKind, Situation};
use crate::number::{count, short, whole};
use crate::optimizer::{NoteRole, Role};
use crate::plane::difference;

/// Steps longer than η, because v starts at 0 and grows more slowly than m.
pub fn uncorrected_start(it: &Situation) -> Option<Finding> {
    let longest = it.way().map(f64::abs).into_iter().fold(0.0, f64::max);
    let times = longest / it.learning_rate();
    let is_early = it.step() < 10;
    if !(it.is_off(Role::Correction) && is_early && times.is_finite() && times > 1.5) {
        return None;
    }
    Some(Finding::new(
        FindingKind::UncorrectedStart,
        format!(
            "Without bias correction, this step is {} times as long as the learning rate: the \
             second moment starts at 0 and grows more slowly than the first.",
            short(times)
        ),
        it.advice(it.switched_on(Role::Correction)),
    ))
}

/// A sum of squares that never forgets has reduced the effective rate.
pub fn shrunken_rate(it: &Situation) -> Option<Finding> {
    if it.forgetting().is_some() || it.root_mean_square().is_none() || !it.is_under_way() {
        return None;
    }
    let (now, first) = (it.scaling()?, it.first_scaling()?);
    let (minimum, _) = it.nearest()?;
    let [x, y] = difference(minimum.at, it.now.from).map(f64::abs);
    // The axis with the greater distance to the minimum.
    let axis = usize::from(y > x);
    let left = now[axis] / first[axis];
    if !(left < 0.2 && it.is_far_off(50.0)) {
        return None;
    }
    Some(Finding::new(
        FindingKind::ShrunkenRate,
        format!(
            "{}'s effective rate along {} is down to {} % of what it was in the first step: it \
             adds up squared gradients and never forgets any.",
            it.inner_title(),
            it.axes[axis],
            short(100.0 * left),
        ),
        {
            let rate = it.learning_rate();
            it.advice(it.rates([3.0 * rate, 10.0 * rate]))
        },
    ))
}

/// The average of squares still contains large gradients from long ago, which keep the steps short.
pub fn long_memory(it: &Situation) -> Option<Finding> {
    let (_, decay) = it.forgetting()?;
    let root = it.root_mean_square()?;
    let gradient = it.now.notes.first(NoteRole::Gradient)?;
    // The axis with the larger gradient, since the other one may be zero.
    let axis = usize::from(gradient[1].abs() > gradient[0].abs());
    let times = root[axis] / gradient[axis].abs();
    let (when, largest) = weightiest(it, decay)?;
    let is_held_back = times.is_finite() && times > 4.0 && largest > 4.0 * it.slope();
    // Where longer steps would only bounce, the long memory is an advantage.
    let bears_more = it.stability.is_none_or(|stability| stability.share() < 0.5);
    let has_far_to_go = it.is_far_off(20.0) && !it.is_near(0.01);
    if !(it.is_under_way() && is_held_back && bears_more && has_far_to_go) {
        return None;
    }
    Some(Finding::new(
        FindingKind::LongMemory,
        format!(
            "The average of squared gradients still remembers the large ones around step {} ({} \
             then, {} now), since it reaches back about {} steps. Without them, the rate along {} \
             would be {} times as high.",
            count(when),
            short(largest),
            short(it.slope()),
            whole(1.0 / (1.0 - decay)),
            it.axes[axis],
            short(times),
        ),
        // Remembers a tenth as many steps, then a hundredth.
        it.advice(
            [10.0, 100.0]
                .map(|sooner| 1.0 - sooner * (1.0 - decay))
                .into_iter()
                .filter(|lower| *lower > 0.0)
                .filter_map(|lower| it.with(Role::Forgetting, lower)),
        ),
    ))
}

/// The step whose gradient has the largest weight in a moving average of squares, and its length.
#[expect(
    clippy::cast_precision_loss,
    reason = "step numbers are far below 2^53"
)]
fn weightiest(it: &Situation, decay: f64) -> Option<(usize, f64)> {
    let weight = |&(step, norm): &(usize, f64)| {
        let age = (it.step() - step) as f64;
        2.0 * norm.ln() + age * decay.ln()
    };
    let norms = it.path.gradient_norm.iter().copied().enumerate();
    let norms = norms.map(|(point, norm)| (it.path.step_of(point), norm));
    let until_now = norms.take(it.path.point_of(it.step()) + 1);
    let until_now = until_now.filter(|(_, norm)| norm.is_finite());
    until_now.max_by(|a, b| weight(a).total_cmp(&weight(b)))
}

/// ε is larger than what it is added to, so the scaling has no effect.
pub fn epsilon_rules(it: &Situation) -> Option<Finding> {
    // Where updates are averaged (Adadelta), ε is also in the numerator and determines the first
    // steps; and with a rate decay (Adagrad), that shrinks the rate, too.
    let is_scaling_by_root = !it.now.notes.has(NoteRole::Updates);
    let decays = it
        .parameter(Role::RateDecay)
        .is_some_and(|(_, decay)| decay > 0.0);
    let (symbol, epsilon) = it.parameter(Role::Guard)?;
    let (scaling, root) = (it.scaling()?, it.root_mean_square()?);
    // Without ε, the scaling would be 1/root, or as much of it as the rule trusts (RAdam).
    let trust = it.now.notes.scalar(NoteRole::Trust).unwrap_or(1.0);
    let is_off = (0..2).all(|axis| scaling[axis] * root[axis] < 0.5 * trust);
    if !(it.is_under_way() && is_scaling_by_root && !decays && is_off) {
        return None;
    }
    Some(Finding::new(
        FindingKind::EpsilonRules,
        format!(
            "The constant {symbol} = {} outweighs the gradients, whose recent size is {} along {} \
             and {} along {}. So nothing is scaled, and steps shrink with the slope as in plain \
             gradient descent.",
            short(epsilon),
            short(root[0]),
            it.axes[0],
            short(root[1]),
            it.axes[1],
        ),
        it.advice(
            [1e-3 * epsilon, 1e-6 * epsilon]
                .into_iter()
                .filter_map(|smaller| it.with(Role::Guard, smaller)),
        ),
    ))
}
