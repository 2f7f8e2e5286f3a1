//! What all runs of a race have in common.

use std::sync::Arc;

use crate::experiment::{Experiment, Plan};
use crate::simulation::{Ending, EndingJob, Job, Progress, price};
use crate::surface::Surface;

/// What all racers share.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The surface.
    pub surface: Arc<dyn Surface>,
    /// The starting point.
    pub start: [f64; 2],
    /// The number of steps.
    pub steps: usize,
    /// The seed.
    pub seed: u64,
    /// The loss at the global minimum, if it is known.
    pub floor: Option<f64>,
    /// How far above the minimum, or above 0 if that is unknown, the loss is when a racer has
    /// arrived; `None` if it does not matter when.
    pub target: Option<f64>,
}

impl Ground {
    /// The ground of an experiment, without a target.
    #[must_use]
    pub fn of(experiment: &Experiment) -> Self {
        let surface = experiment.open_surface();
        let minima = surface.minima();
        let lowest = minima.iter().find(|minimum| minimum.global);
        Self {
            floor: lowest.map(|minimum| minimum.value),
            surface,
            start: experiment.start,
            steps: experiment.steps,
            seed: experiment.seed,
            target: None,
        }
    }

    /// The loss above the global minimum, or the loss itself if that is unknown.
    #[must_use]
    pub fn excess(&self, loss: f64) -> f64 {
        match self.floor {
            Some(floor) => (loss - floor).max(0.0),
            None => loss,
        }
    }

    /// The highest loss at which a racer has arrived.
    #[must_use]
    pub fn target_loss(&self) -> Option<f64> {
        Some(self.target? + self.floor.unwrap_or(0.0))
    }

    /// The cost of a run, in evaluations of a row.
    pub(super) fn price_of_run(&self, plan: &Plan) -> u64 {
        let step = EndingJob::price(&*self.surface, plan, self.target.is_some());
        step.max(price::STEP).saturating_mul(self.steps as u64)
    }

    /// The share of the rows that a model classifies correctly; `None` without classes.
    #[must_use]
    pub fn accuracy(&self, at: [f64; 2]) -> Option<f64> {
        let data = self.surface.data()?;
        let labels = data.labels.as_ref()?;
        let boundary = self.surface.prediction(at)?;
        let [across, up] = boundary.normal;
        let points = data.x.iter().zip(&data.y);
        let is_one = points.map(|(x, y)| across * x + up * y > boundary.offset);
        let right = is_one
            .zip(&labels.of)
            .filter(|(guess, label)| guess == *label);
        #[expect(clippy::cast_precision_loss, reason = "a share need not be exact")]
        let share = right.count() as f64 / data.len().max(1) as f64;
        Some(share)
    }
}

/// The end of a run with one value of the parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// The value.
    pub value: f64,
    /// The end.
    pub ending: Ending,
    /// The share of the rows that are classified correctly; `None` without classes, and if the run
    /// is lost.
    pub accuracy: Option<f64>,
}

impl Run {
    /// The run with this value and end.
    #[must_use]
    pub fn new(value: f64, ending: Ending, ground: &Ground) -> Self {
        let accuracy = (!ending.is_lost()).then(|| ground.accuracy(ending.at));
        Self {
            value,
            ending,
            accuracy: accuracy.flatten(),
        }
    }

    /// The loss; NaN if the run is lost.
    #[must_use]
    pub fn loss(&self) -> f64 {
        if self.ending.is_lost() {
            f64::NAN
        } else {
            self.ending.loss
        }
    }
}

/// Makes a run in slices. The race begins with the first slice, not before: over data, that alone
/// takes a pass over all rows.
pub(super) struct RunJob<'a> {
    pub ground: &'a Ground,
    pub value: f64,
    /// What the racer does; `None` once it has begun.
    pub plan: Option<Plan>,
    pub running: Option<EndingJob>,
}

impl Job for RunJob<'_> {
    /// `None` if the rule cannot race here.
    type Out = Option<Run>;

    fn advance(&mut self, work: u64) -> Progress<Option<Run>> {
        let ground = self.ground;
        if let Some(plan) = self.plan.take() {
            let target = ground.target_loss();
            let Ground {
                start, steps, seed, ..
            } = *ground;
            self.running = EndingJob::new(&ground.surface, &plan, start, steps, seed, target).ok();
        }
        let Some(job) = &mut self.running else {
            return Progress::Done(None);
        };
        match job.advance(work) {
            Progress::Working { done, of } => Progress::Working { done, of },
            Progress::Done(ending) => Progress::Done(Some(Run::new(self.value, ending, ground))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::data::Moons;
    use crate::surface::{LogisticRegression, SurfaceChoice};

    #[test]
    fn a_good_boundary_classifies_nearly_all_rows_and_its_opposite_nearly_none() {
        let mut model = LogisticRegression::default();
        model.moons = Some(Moons::default());
        let mut choice = SurfaceChoice::LogisticRegression(model);
        choice.load(None).unwrap();
        let ground = Ground::of(&Experiment {
            surface: choice,
            ..Experiment::default()
        });
        let best = ground.surface.minima()[0].at;
        let [right, wrong] = [1.0, -1.0].map(|sign| {
            let share = ground.accuracy(best.map(|part| sign * part));
            share.unwrap()
        });
        assert!(right > 0.8, "{right}");
        assert!((right + wrong - 1.0).abs() < 1e-12);
    }

    #[test]
    fn without_classes_there_is_no_accuracy() {
        assert_eq!(
            Ground::of(&Experiment::default()).accuracy([3.0, 0.5]),
            None
        );
    }
}
