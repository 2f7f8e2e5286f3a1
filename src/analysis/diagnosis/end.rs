//! Races that have got out of hand.

use super::{Finding, Kind, Situation};
use crate::number::{count, short};
use crate::simulation::Status;

/// The position became non-finite.
pub fn diverged(it: &Situation) -> Option<Finding> {
    let (Status::Diverged(last), Some(start)) = (it.status(), it.path.loss.first()) else {
        return None;
    };
    let cause = it.first_stability.filter(|first| first.share() > 1.0);
    let after = count(last);
    let what = match cause {
        Some(first) => format!(
            "After step {after} its position is no longer a number: at the start the rate times \
             the largest curvature was {}, and {} bears {}.",
            short(first.sharpness[0]),
            it.title(),
            short(first.bound),
        ),
        None => format!(
            "After step {after} its position is no longer a number: the loss had grown from {} \
             to {}.",
            short(*start),
            short(last_loss(it)),
        ),
    };
    Some(Finding::new(Kind::Diverged, what, calmer(it)))
}

/// Further out than 1,000 windows.
pub fn far(it: &Situation) -> Option<Finding> {
    if it.status() != Status::Far {
        return None;
    }
    let (start, here) = (it.path.loss_at(0), last_loss(it));
    if here < start {
        return Some(Finding::new(
            Kind::Far,
            format!(
                "It has left the map for good: the surface falls without end this way, to {} so \
                 far.",
                short(here)
            ),
            "There is no minimum to find here; look at how the racers leave, not where they end.",
        ));
    }
    let what = format!(
        "It has flown off: the loss has grown from {} to {}.",
        short(start),
        short(here)
    );
    Some(Finding::new(Kind::Far, what, calmer(it)))
}

/// The last loss that is a number; far out, squares leave the range of numbers before positions do.
fn last_loss(it: &Situation) -> f64 {
    let losses = it.path.loss.iter().take(it.path.point_of(it.step()) + 1);
    let last = losses.rev().find(|loss| loss.is_finite());
    last.copied().unwrap_or(f64::INFINITY)
}

/// What to do about steps that are too long from the start or on the way.
fn calmer(it: &Situation) -> String {
    match it.first_stability.filter(|first| first.share() > 1.0) {
        Some(first) => format!(
            "Take a learning rate below {}, which is the limit where it starts.",
            short(first.limit())
        ),
        None => "The start bears this learning rate, but steeper places on the way do not: take a \
                 tenth of it, or start elsewhere."
            .into(),
    }
}
