//! Racers that have come to rest, and where.

use super::{Finding, Kind, Situation, situation::NO_SLOPE};
use crate::number::{count, precise, short};
use crate::plane::{dot, length};
use crate::simulation::Status;

/// At the bottom of a bowl.
pub fn at_a_minimum(it: &Situation) -> Option<Finding> {
    let in_a_bowl = it.curvature.is_some_and(|curvature| {
        let left = length(curvature.newton_step(it.gradient));
        curvature.smallest() > 0.0 && left < 1e-6 * it.diagonal
    });
    let since = match it.status() {
        Status::Converged(since) => format!("since step {}", count(since)),
        _ if it.rests() && in_a_bowl => format!("the gradient is down to {}", short(it.slope())),
        _ => return None,
    };
    let here = it.path.loss_at(it.step());
    let lower = it.lowest().filter(|lowest| {
        let rounding = 1e-6 * (1.0 + lowest.value.abs());
        lowest.value < here - rounding
    });
    Some(match lower {
        None => Finding::new(
            Kind::AtMinimum,
            format!(
                "It has arrived at a minimum, {since}; the loss is {}.",
                short(here)
            ),
            "Nothing is wrong; see how much higher the learning rate may be, and whether that is \
             sooner.",
        ),
        Some(lowest) => Finding::new(
            Kind::AtOtherMinimum,
            format!(
                "It rests at a minimum with loss {}, {since}, but not at the lowest: ({}, {}) has \
                 {}.",
                short(here),
                short(lowest.at[0]),
                short(lowest.at[1]),
                short(lowest.value),
            ),
            "Gradients tell of their surroundings only: start elsewhere, or give it enough \
             momentum or noise to get over the rim.",
        ),
    })
}

/// Without slope where the surface curves downwards.
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
        Kind::OnSaddle,
        format!(
            "The gradient is only {}, but along ({}, {}) the surface curves downwards, with {}: it \
             sits on {place}.",
            short(it.slope()),
            short(x),
            short(y),
            short(curvature.smallest()),
        ),
        "Move the start a little to the side: where there is no slope at all along the way down, \
         no rule finds it, and where there is little, rules with a rate per axis make the most of \
         it.",
    ))
}

/// Beside the ridge of a saddle: the way down is there, but its slope has to grow first.
pub fn held_up_at_a_saddle(it: &Situation) -> Option<Finding> {
    /// Fewer steps than this are no delay.
    const SOON: f64 = 30.0;
    let curvature = it.curvature?;
    let [_, down] = curvature.directions;
    let slope = dot(it.gradient, down).abs();
    // How far the ridge of the local quadratic is, and its saddle point.
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
        Kind::HeldUpAtSaddle,
        format!(
            "It is held up at a saddle: along the way down, ({}, {}), the slope is only {}, and \
             its steps there grow {} times each, which takes about {} more steps.",
            short(down[0]),
            short(down[1]),
            short(slope),
            precise(growth),
            short(left.round()),
        ),
        away_from_a_saddle(it),
    ))
}

/// What gets away from a saddle sooner.
fn away_from_a_saddle(it: &Situation) -> String {
    let momentum = match it.inertia() {
        Some((symbol, _)) => format!("A higher {symbol}"),
        None => "Momentum".into(),
    };
    let scaled = match it.scaling() {
        Some(_) => "",
        None => {
            ", and rules with a rate per axis, such as RMSProp or Adam, at once, since they blow \
             the small slope up"
        }
    };
    format!("{momentum} gets away sooner{scaled}.")
}

/// Next to no slope although the lowest minimum is much lower, and no steps to speak of.
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
                "The lowest minimum lies {} deeper, but this slope would lead down by only {} \
                 across the whole map: it is on a plateau.",
                short(depth),
                short(by_slope),
            )
        }
        None if it.slope() < NO_SLOPE && steepest < 1e-6 => format!(
            "The gradient is only {}, and the surface hardly curves here: it is on a plateau.",
            short(it.slope()),
        ),
        None => return None,
    };
    Some(Finding::new(
        Kind::OnPlateau,
        what,
        "Start elsewhere, or take a rule that divides the gradient by its own size, such as \
         RMSProp or Adam: its steps do not shrink with the slope.",
    ))
}
