//! Races that have gone wrong.

use super::{Finding, FindingKind, Situation};
use crate::number::{count, short};
use crate::optimizer::Role;
use crate::simulation::Status;

/// The position became non-finite.
pub fn diverged(it: &Situation) -> Option<Finding> {
    let (Status::Diverged(last), Some(start)) = (it.status(), it.path.loss.first()) else {
        return None;
    };
    if let Some(what) = out_of_bounds(it, last) {
        return Some(Finding::new(FindingKind::Diverged, what, calmer(it)));
    }
    let cause = it.first_stability.filter(|first| first.share() > 1.0);
    let after = count(last);
    let subject = match it.network {
        None => "Its position",
        Some(_) => "Its weights",
    };
    let what = match cause {
        Some(first) => format!(
            "Its position overflowed after step {after}: at the start, rate × largest curvature \
             was {}, above the limit of {} for {}.",
            short(first.sharpness[0]),
            short(first.bound),
            it.title(),
        ),
        None => format!(
            "{subject} overflowed after step {after}: by then the loss had grown from {} to \
             {}.",
            short(*start),
            short(last_loss(it)),
        ),
    };
    Some(Finding::new(FindingKind::Diverged, what, calmer(it)))
}

/// The race came to a point at which there is no loss, and thus no gradient to go on with.
fn out_of_bounds(it: &Situation, last: usize) -> Option<String> {
    let point = it.path.point_of(last);
    let is_undefined = it.path.loss.get(point).is_some_and(|loss| loss.is_nan());
    if !is_undefined || it.network.is_some() {
        return None;
    }
    let [x, y] = it.path.at(last).map(short);
    let [of_x, of_y] = it.axes;
    let why = if it.is_measured {
        "where nothing was measured"
    } else {
        "where the loss is undefined"
    };
    Some(format!(
        "Step {} led to {of_x} = {x}, {of_y} = {y}, {why}, so there is no gradient to go on with.",
        count(last)
    ))
}

/// A step divides by 0 though position and gradient are numbers.
pub fn undefined(it: &Situation) -> Option<Finding> {
    let Status::Undefined(last) = it.status() else {
        return None;
    };
    let why = it.path.undefined(it.plan, it.axes)?;
    let what = format!("Step {} is undefined: {why}.", count(last + 1));
    let guards = [1e-8, 1e-6, 1e-4, 1.0].map(|guard| it.with(Role::Guard, guard));
    Some(Finding::new(
        FindingKind::Undefined,
        what,
        it.advice(guards.into_iter().flatten()),
    ))
}

/// Farther out than 1,000 windows.
pub fn far(it: &Situation) -> Option<Finding> {
    if it.status() != Status::Far {
        return None;
    }
    let (start, here) = (it.path.loss_at(0), last_loss(it));
    if here < start {
        return Some(Finding::new(
            FindingKind::Far,
            format!(
                "It has left the map for good: in this direction the surface falls forever, to a \
                 loss of {} so far. There is no minimum to find.",
                short(here)
            ),
            None,
        ));
    }
    let what = format!(
        "It has flown off: the loss has grown from {} to {}.",
        short(start),
        short(here)
    );
    Some(Finding::new(FindingKind::Far, what, calmer(it)))
}

/// The last finite loss; far out, squares overflow before positions do.
fn last_loss(it: &Situation) -> f64 {
    let losses = it.path.loss.iter().take(it.path.point_of(it.step()) + 1);
    let last = losses.rev().find(|loss| loss.is_finite());
    last.copied().unwrap_or(f64::INFINITY)
}

/// A rate that does not diverge: below the limit at the start, or a tenth or a hundredth of the
/// current one.
fn calmer(it: &Situation) -> Option<String> {
    let rate = it.learning_rate();
    let first = it.first_stability.filter(|first| first.share() > 1.0);
    let below = first.map(|first| [0.9, 0.5].map(|share| share * first.limit()));
    let below = below.into_iter().flatten();
    it.advice(it.rates(below.chain([rate / 10.0, rate / 100.0])))
}
