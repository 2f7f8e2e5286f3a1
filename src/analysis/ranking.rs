//! Ranks the racers.

use serde::{Deserialize, Serialize};

use super::{Quantity, distance};
use crate::number::lowest_first;
use crate::objective::Scores;
use crate::simulation::{Status, Trajectory};
use crate::surface::{Minimum, Surface};

/// The criterion by which racers are ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ranking {
    /// By the loss at the playhead.
    #[default]
    Loss,
    /// By the lowest loss up to the playhead.
    Best,
    /// By the distance to the nearest global minimum.
    Distance,
    /// By the step from which a racer has converged.
    Status,
    /// In the order of the experiment.
    Name,
    /// By the loss at the end of the race that each racer would run at its best rate.
    Tuned,
    /// By the loss of a network over the rows that it is tested on.
    TestLoss,
    /// By the share of rows that a network classifies correctly: among those that it is tested on,
    /// or those that it learns from if there are no others.
    Accuracy,
}

/// The standing of one racer at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Its index in the experiment.
    pub racer: usize,
    /// The loss.
    pub loss: f64,
    /// The lowest loss so far; NaN if there is none.
    pub best: f64,
    /// The distance to the nearest global minimum; `None` if none is known.
    pub distance: Option<f64>,
    /// How well a network did when it was last evaluated; `None` on other surfaces.
    pub scores: Option<Scores>,
    /// Its status.
    pub status: Status,
}

impl Standing {
    /// The standing of the racer with this index and path after `step` steps.
    #[must_use]
    pub fn of(racer: usize, path: &Trajectory, step: usize, minima: &[Minimum]) -> Self {
        Self {
            racer,
            loss: path.loss_at(step),
            best: path.best_until(step).map_or(f64::NAN, |(_, loss)| loss),
            distance: distance(path.at(step), minima),
            scores: path.scores_at(step),
            status: path.status_at(step),
        }
    }

    /// The loss over the rows that are only used to test; NaN if there are none.
    #[must_use]
    pub fn test_loss(&self) -> f64 {
        self.scores.map_or(f64::NAN, |it| it.test_loss)
    }

    /// The share of rows that are classified correctly: among those only used to test, or among
    /// those it learns from if there are no others. NaN without classes.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        self.scores.map_or(f64::NAN, accuracy)
    }

    /// A value at the last step, or NaN if the racer has diverged.
    fn now(&self, value: f64) -> f64 {
        if self.status.is_out() {
            f64::NAN
        } else {
            value
        }
    }
}

impl Ranking {
    /// The ranking on a surface unless another one is chosen: a network is judged by the rows that
    /// it has not learned from.
    #[must_use]
    pub fn usual_on(surface: &dyn Surface) -> Self {
        let choices = [Self::Accuracy, Self::TestLoss];
        let found = choices.into_iter().find(|it| it.exists_on(surface));
        found.unwrap_or_default()
    }

    /// Whether racers on this surface can be ranked like this.
    #[must_use]
    pub fn exists_on(self, surface: &dyn Surface) -> bool {
        match self {
            Self::Accuracy => Quantity::TrainAccuracy.exists_on(surface),
            Self::TestLoss => Quantity::TestLoss.exists_on(surface),
            Self::Distance => Quantity::Distance.exists_on(surface),
            _ => true,
        }
    }

    /// Sorts racers by the losses that they reach at their best rates; racers without one come last.
    pub fn sort_tuned(standings: &mut [Standing], loss: impl Fn(usize) -> Option<f64>) {
        let loss = |standing: &Standing| loss(standing.racer).unwrap_or(f64::NAN);
        standings.sort_by(|a, b| lowest_first(loss(a), loss(b)));
    }

    /// Sorts the racers, best first. What [`Self::Tuned`] needs is not known here: it leaves the order
    /// as it is; see [`Self::sort_tuned`]. Non-finite values, including those of racers that have
    /// diverged, come last; equal ones keep their order.
    pub fn sort(self, standings: &mut [Standing]) {
        let by = |value: fn(&Standing) -> f64| {
            move |a: &Standing, b: &Standing| lowest_first(value(a), value(b))
        };
        match self {
            Self::Loss => standings.sort_by(by(|racer| racer.now(racer.loss))),
            Self::Best => standings.sort_by(by(|racer| racer.best)),
            Self::Distance => standings.sort_by(by(|racer| {
                let distance = racer.distance.unwrap_or(f64::NAN);
                racer.now(distance)
            })),
            Self::TestLoss => standings.sort_by(by(|racer| racer.now(racer.test_loss()))),
            // Of those with the same accuracy, the lower loss is better.
            Self::Accuracy => standings.sort_by(|a, b| {
                let order = by(|racer| racer.now(-racer.accuracy()))(a, b);
                order
                    .then_with(|| by(|racer| racer.now(racer.test_loss()))(a, b))
                    .then_with(|| by(|racer| racer.now(racer.loss))(a, b))
            }),
            Self::Status => standings.sort_by_key(|racer| rank(racer.status)),
            Self::Name | Self::Tuned => {}
        }
    }
}

/// The share of rows that are classified correctly, as a ranking counts it.
pub(super) fn accuracy(scores: Scores) -> f64 {
    if scores.test_accuracy.is_nan() {
        scores.accuracy
    } else {
        scores.test_accuracy
    }
}

/// Ranks converged racers first, by their step, then running, stuck and far ones, and last those
/// whose position is no longer finite.
fn rank(status: Status) -> (u8, usize) {
    match status {
        Status::Converged(step) => (0, step),
        Status::Running => (1, 0),
        Status::Stuck(step) => (2, step),
        Status::Far => (3, 0),
        Status::Diverged(step) | Status::Undefined(step) => (4, step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(ranking: Ranking, standings: &[Standing]) -> Vec<usize> {
        let mut standings = standings.to_vec();
        ranking.sort(&mut standings);
        standings.iter().map(|standing| standing.racer).collect()
    }

    fn standing(racer: usize, loss: f64, status: Status) -> Standing {
        Standing {
            racer,
            loss,
            best: -loss,
            distance: loss.is_finite().then_some(loss),
            scores: None,
            status,
        }
    }

    #[test]
    fn what_is_not_finite_ranks_last() {
        let losses = [
            -f64::NAN,
            f64::NEG_INFINITY,
            3.0,
            f64::NAN,
            -1.0,
            f64::INFINITY,
        ];
        let standings: Vec<Standing> = losses
            .into_iter()
            .enumerate()
            .map(|(racer, loss)| standing(racer, loss, Status::Running))
            .collect();
        assert_eq!(ranked(Ranking::Loss, &standings)[..2], [4, 2]);
        assert_eq!(ranked(Ranking::Best, &standings)[..2], [2, 4]);
        assert_eq!(ranked(Ranking::Distance, &standings)[..2], [4, 2]);
        assert_eq!(ranked(Ranking::Name, &standings), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn by_status_the_first_to_converge_leads_and_the_diverged_are_last() {
        let statuses = [
            Status::Diverged(3),
            Status::Far,
            Status::Converged(9),
            Status::Stuck(1),
            Status::Converged(4),
            Status::Running,
        ];
        let standings: Vec<Standing> = statuses
            .into_iter()
            .enumerate()
            .map(|(racer, status)| standing(racer, 1.0, status))
            .collect();
        assert_eq!(ranked(Ranking::Status, &standings), [4, 2, 5, 3, 1, 0]);
    }
}
