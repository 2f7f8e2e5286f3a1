//! Racers that have come to rest, and where.

use super::advice::Change;
use super::{Finding, FindingKind, Situation, situation::NO_SLOPE};
use crate::number::{count, precise, short, whole};
use crate::plane::{dot, length};
use crate::simulation::Status;

/// At a minimum.
pub fn at_a_minimum(it: &Situation) -> Option<Finding> {
    let in_a_bowl = it.curvature.is_some_and(|curvature| {
        let left = length(curvature.newton_step(it.gradient));
        curvature.smallest() > 0.0 && left < 1e-6 * it.diagonal
    });
    let arrived = match it.status() {
        Status::Converged(since) => format!("It has been at rest since step {}", count(since)),
        _ if it.rests() && in_a_bowl => format!(
            "It has come to rest (the gradient is down to {})",
            short(it.slope())
        ),
        _ => return None,
    };
    let here = it.path.loss_at(it.step());
    let lower = it.lowest().filter(|lowest| {
        let rounding = 1e-6 * (1.0 + lowest.value.abs());
        lowest.value < here - rounding
    });
    Some(match lower {
        None => Finding::new(
            FindingKind::AtMinimum,
            format!("{arrived} at a minimum with a loss of {}.", short(here)),
            sooner(it),
        ),
        Some(lowest) => Finding::new(
            FindingKind::AtOtherMinimum,
            format!(
                "{arrived} at a minimum with a loss of {}, but there is a lower one: at ({}, {}) \
                 the loss is {}.",
                short(here),
                short(lowest.at[0]),
                short(lowest.at[1]),
                short(lowest.value),
            ),
            it.advice(it.more_momentum()),
        ),
    })
}

/// The racer arrives, but a higher rate may get there sooner.
fn sooner(it: &Situation) -> Option<String> {
    let rate = it.learning_rate();
    it.advice(it.rates([2.0 * rate, 1.5 * rate]))
}

/// At a point with zero gradient where the surface curves downwards.
pub fn on_a_saddle(it: &Situation) -> Option<Finding> {
    let curvature = it.curvature?;
    let downwards = curvature.smallest() < -1e-6 * curvature.largest().max(1.0);
    if !(it.rests() && downwards) {
        return None;
    }
    let place = if curvature.largest() > 0.0 {
        "a saddle"
    } else {
        "a hilltop"
    };
    let [x, y] = curvature.directions[1];
    Some(Finding::new(
        FindingKind::OnSaddle,
        format!(
            "The gradient is only {}, but along ({}, {}) the surface curves downwards (curvature \
             {}): it sits on {place}, where no rule finds the way down.",
            short(it.slope()),
            short(x),
            short(y),
            short(curvature.smallest()),
        ),
        it.advice(beside(it, [x, y])),
    ))
}

/// The race from a start slightly to either side, in the descent direction.
fn beside(it: &Situation, [x, y]: [f64; 2]) -> [Change; 2] {
    let [from_x, from_y] = it.path.at(0);
    let aside = 1e-3 * it.diagonal;
    [aside, -aside].map(|by| it.starting_at([from_x + by * x, from_y + by * y]))
}

/// Near the ridge of a saddle: there is a descent direction, but the gradient along it has to grow
/// first.
pub fn held_up_at_a_saddle(it: &Situation) -> Option<Finding> {
    /// The number of steps below which there is no real delay.
    const SOON: f64 = 30.0;
    let curvature = it.curvature?;
    let [_, down] = curvature.directions;
    let slope = dot(it.gradient, down).abs();
    // The distances from the ridge of the local quadratic and from its saddle point.
    let from_ridge = slope / -curvature.smallest();
    let from_saddle = length(curvature.newton_step(it.gradient));
    let is_beside_it = curvature.smallest() < 0.0
        && curvature.largest() > 0.0
        && (0.0..0.02 * it.diagonal).contains(&from_ridge)
        && from_saddle < 0.5 * it.diagonal;
    let mut swings = it.swings(down).map(f64::abs);
    let (now, before) = (swings.next()?, swings.next()?);
    let growth = now / before;
    let is_slow = growth > 1.0 && now < 1e-3 * it.diagonal && it.has_gathered();
    let left = (0.5 * it.diagonal / from_ridge).ln() / growth.ln();
    if !(it.is_under_way() && is_beside_it && is_slow && left.is_finite() && left > SOON) {
        return None;
    }
    Some(Finding::new(
        FindingKind::HeldUpAtSaddle,
        format!(
            "It is held up at a saddle: along ({}, {}), the way down, the slope is only {}. Its \
             steps that way grow by a factor of {}, so getting away takes about {} more steps.",
            short(down[0]),
            short(down[1]),
            short(slope),
            precise(growth),
            whole(left),
        ),
        it.advice(it.more_momentum().into_iter().chain(it.adaptive())),
    ))
}

/// A tiny gradient and tiny steps, although the lowest minimum is much lower.
pub fn on_a_plateau(it: &Situation) -> Option<Finding> {
    let curvature = it.curvature?;
    let crossing = it.diagonal / it.stride();
    if crossing < 1e4 {
        return None;
    }
    let steepest = curvature
        .values
        .map(f64::abs)
        .into_iter()
        .fold(0.0, f64::max);
    let here = it.path.loss_at(it.step());
    let what = match it.lowest() {
        Some(lowest) => {
            let depth = here - lowest.value;
            let by_slope = it.slope() * it.diagonal;
            let by_curvature = 0.5 * steepest * it.diagonal * it.diagonal;
            if !(by_slope < 0.01 * depth && by_curvature < 0.1 * depth) {
                return None;
            }
            format!(
                "It is on a plateau: the lowest minimum is {} deeper, but this slope would lead \
                 down by only {} across the whole map.",
                short(depth),
                short(by_slope),
            )
        }
        None if it.slope() < NO_SLOPE && steepest < 1e-6 => format!(
            "It is on a plateau: the gradient is only {}, and the surface hardly curves.",
            short(it.slope()),
        ),
        None => return None,
    };
    Some(Finding::new(FindingKind::OnPlateau, what, {
        let rate = it.learning_rate();
        it.advice(
            it.adaptive()
                .into_iter()
                .chain(it.rates([10.0 * rate, 100.0 * rate])),
        )
    }))
}
