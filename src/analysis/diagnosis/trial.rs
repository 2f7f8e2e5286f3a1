//! Advice is tried before it is given: the race is run again as advised, and only what pays is said.

use std::sync::Arc;

use crate::experiment::Plan;
use crate::number::{count, short};
use crate::simulation::{Status, Trajectory, simulate_racer};
use crate::surface::Surface;

/// A race that a racer might run instead of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// What it would do.
    pub plan: Plan,
    /// Where it would start.
    pub start: [f64; 2],
}

/// What became of a race.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Whether it flew off, out of the range of numbers or far from the map and uphill, or came to
    /// a step that is undefined.
    pub is_lost: bool,
    /// Whether it came to a step that is undefined.
    pub is_undefined: bool,
    /// The mean loss over the last tenth of the race, so that a lucky last step does not count.
    pub loss: f64,
    /// The step from which it has converged.
    pub arrived: Option<usize>,
}

/// Tells what becomes of an attempt; `None` if it would take too long to find out.
pub type Trials<'a> = &'a dyn Fn(&Attempt) -> Option<Outcome>;

/// How one outcome is better than another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Gain {
    /// It does not fly off, and ends with this loss.
    Holds(f64),
    /// It comes to no step that is undefined, and ends with this loss.
    GoesOn(f64),
    /// It converges at the first step rather than at the second.
    Sooner(usize, usize),
    /// It ends with the first loss rather than with the second.
    Lower(f64, f64),
}

impl Attempt {
    /// Runs the race for this many steps and sees what becomes of it.
    #[must_use]
    pub fn run(&self, surface: &Arc<dyn Surface>, steps: usize, seed: u64) -> Outcome {
        let path = simulate_racer(surface, &self.plan, self.start, steps, seed);
        Outcome::of(&path)
    }
}

impl Outcome {
    /// What became of the race with this path.
    #[must_use]
    pub fn of(path: &Trajectory) -> Self {
        let loss = mean_of_the_last_tenth(&path.loss);
        let (start, end) = (path.loss_at(0), path.loss_at(path.last_step()));
        let is_lost = match path.status() {
            Status::Diverged(_) | Status::Undefined(_) => true,
            Status::Far => end >= start,
            _ => !loss.is_finite(),
        };
        let arrived = match path.status() {
            Status::Converged(step) => Some(step),
            _ => None,
        };
        Self {
            is_lost,
            is_undefined: matches!(path.status(), Status::Undefined(_)),
            loss,
            arrived,
        }
    }

    /// How it is better than what became of the racer itself, if it clearly is; `floor` is the
    /// lowest loss that is known.
    pub(super) fn gain_over(self, own: Self, floor: Option<f64>) -> Option<Gain> {
        if self.is_lost {
            return None;
        }
        if own.is_undefined {
            return Some(Gain::GoesOn(self.loss));
        }
        if own.is_lost {
            return Some(Gain::Holds(self.loss));
        }
        if let (Some(now), Some(then)) = (self.arrived, own.arrived) {
            let is_same_place = (self.loss - own.loss).abs() <= 1e-6 * (1.0 + own.loss.abs());
            if is_same_place {
                let is_clearly_sooner = 10 * now <= 9 * then;
                return is_clearly_sooner.then_some(Gain::Sooner(now, then));
            }
        }
        let lower = Gain::Lower(self.loss, own.loss);
        self.is_clearly_below(own, floor).then_some(lower)
    }

    /// Whether half of what is left above the floor is gone.
    fn is_clearly_below(self, own: Self, floor: Option<f64>) -> bool {
        match floor.filter(|&floor| floor <= self.loss && floor < own.loss) {
            Some(floor) => self.loss - floor <= 0.5 * (own.loss - floor),
            None => self.loss < own.loss - 1e-3 * (1.0 + own.loss.abs()),
        }
    }
}

impl Gain {
    /// What comes of it, to stand behind a colon.
    pub(super) fn sentence(self) -> String {
        match self {
            Self::Holds(loss) => format!(
                "the race then ends at a loss of {} instead of flying off.",
                short(loss)
            ),
            Self::GoesOn(loss) => format!(
                "the race then goes on to its end, at a loss of {}.",
                short(loss)
            ),
            Self::Sooner(now, then) => format!(
                "it then arrives at step {} rather than {}.",
                count(now),
                count(then)
            ),
            Self::Lower(now, then) => format!(
                "the race then ends at a loss of {} rather than {}.",
                short(now),
                short(then)
            ),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn mean_of_the_last_tenth(losses: &[f64]) -> f64 {
    let last = &losses[losses.len() - losses.len().div_ceil(10)..];
    last.iter().sum::<f64>() / last.len() as f64
}
