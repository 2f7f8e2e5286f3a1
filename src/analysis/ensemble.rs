//! One racer with several seeds.

use std::sync::Arc;

use super::ranking::accuracy;
use super::{Quantiles, Quantity, Ranking, Standing, distance};
use crate::objective::Scores;
use crate::simulation::{Record, Trajectory};
use crate::surface::Minimum;

/// The paths of one racer, one for each seed and that of the experiment's own seed first.
#[derive(Clone, Copy, Debug)]
pub struct Ensemble<'a> {
    paths: &'a [Arc<Trajectory>],
}

impl<'a> Ensemble<'a> {
    /// The ensemble of these paths.
    #[must_use]
    pub const fn of(paths: &'a [Arc<Trajectory>]) -> Self {
        Self { paths }
    }

    /// The standing of the racer with this index after `step` steps: the number by which it is
    /// ranked is the median over the seeds, as is its loss; all others are those of the experiment's
    /// own seed.
    #[must_use]
    pub fn standing(
        &self,
        racer: usize,
        ranking: Ranking,
        step: usize,
        minima: &[Minimum],
    ) -> Option<Standing> {
        let mut standing = Standing::of(racer, self.paths.first()?, step, minima);
        let median = |ranking: Ranking| {
            let quantiles = Quantiles::of(&mut self.values(ranking, step, minima));
            quantiles.map_or(f64::NAN, |it| it.median)
        };
        standing.loss = median(Ranking::Loss);
        match ranking {
            // The lowest loss so far takes a look at every step before.
            Ranking::Best => standing.best = median(ranking),
            Ranking::Distance => {
                standing.distance = standing.distance.map(|_| median(ranking));
            }
            Ranking::TestLoss | Ranking::Accuracy => {
                standing.scores = standing
                    .scores
                    .map(|own| with(own, ranking, median(ranking)));
            }
            _ => {}
        }
        Some(standing)
    }

    /// The values by which racers are ranked, after `step` steps and in the order of the seeds; the
    /// losses for a ranking by anything else. NaN where the run has diverged, except for the lowest
    /// loss so far.
    #[must_use]
    pub fn values(&self, ranking: Ranking, step: usize, minima: &[Minimum]) -> Vec<f64> {
        let value = |path: &Arc<Trajectory>| match ranking {
            Ranking::Best => path.best_until(step).map_or(f64::NAN, |(_, loss)| loss),
            _ if path.status_at(step).is_out() => f64::NAN,
            Ranking::Distance => distance(path.at(step), minima).unwrap_or(f64::NAN),
            Ranking::TestLoss => scores(path, step, |it| it.test_loss),
            Ranking::Accuracy => scores(path, step, accuracy),
            _ => path.loss_at(step),
        };
        self.paths.iter().map(value).collect()
    }

    /// The quantiles of a quantity after `first · every`, `(first + 1) · every`, … up to `steps`
    /// steps, where `first` is the quantity's [first point](Quantity::first). `records` are the
    /// rule's notes on each path, if the quantity needs them. Runs that have diverged count as
    /// higher than all others. Empty if the racer has no such quantity.
    #[must_use]
    pub fn band(
        &self,
        quantity: Quantity,
        records: &[Record],
        minima: &[Minimum],
        [every, steps]: [usize; 2],
    ) -> Vec<Quantiles> {
        let first = quantity.first();
        let paths = self.paths.iter().enumerate();
        let runs: Vec<(&Trajectory, Vec<f64>)> = paths
            .map(|(index, path)| {
                let values = quantity.values(path, records.get(index), minima);
                (&**path, values)
            })
            .collect();
        if runs.iter().all(|(_, values)| values.is_empty()) {
            return Vec::new();
        }
        let at = |step: usize| {
            let values = runs.iter().map(|(path, values)| {
                let has_ended = step > path.last_step();
                let index = path.point_of(step).saturating_sub(first);
                let value = values.get(index).copied();
                value.filter(|_| !has_ended).unwrap_or(f64::NAN)
            });
            Quantiles::of(&mut values.collect::<Vec<_>>())
        };
        let every = every.max(1);
        let steps = (first * every..steps).step_by(every).chain([steps]);
        steps.filter_map(at).collect()
    }
}

/// A score at the last evaluation up to a step; NaN without scores.
fn scores(path: &Trajectory, step: usize, of: fn(Scores) -> f64) -> f64 {
    path.scores_at(step).map_or(f64::NAN, of)
}

/// The scores with the one by which racers are ranked replaced.
fn with(own: Scores, ranking: Ranking, value: f64) -> Scores {
    match ranking {
        Ranking::TestLoss => Scores {
            test_loss: value,
            ..own
        },
        _ if own.test_accuracy.is_nan() => Scores {
            accuracy: value,
            ..own
        },
        _ => Scores {
            test_accuracy: value,
            ..own
        },
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "equal to the last bit is what is meant")]
mod tests {
    use super::*;
    use crate::engine;
    use crate::preset;

    /// The paths of a racer with seeds 0 to 8.
    fn paths(text: &str) -> Vec<Arc<Trajectory>> {
        let mut experiment = preset::from_text("test", text).unwrap().experiment;
        (0..9)
            .map(|seed| {
                experiment.seed = seed;
                Arc::new(engine::simulate(&experiment).remove(0))
            })
            .collect()
    }

    const NOISY: &str = "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 50, \
        racers: [(optimizer: GradientDescent(learning_rate: 0.01), noise: 3.0)])";

    #[test]
    fn the_band_contains_the_median_run_at_every_step() {
        let paths = paths(NOISY);
        let ensemble = Ensemble::of(&paths);
        let band = ensemble.band(Quantity::Loss, &[], &[], [1, 50]);
        assert_eq!(band.len(), 51);
        for (step, quantiles) in band.iter().enumerate() {
            let mut losses: Vec<f64> = paths.iter().map(|path| path.loss_at(step)).collect();
            losses.sort_unstable_by(f64::total_cmp);
            assert_eq!(quantiles.median, losses[4]);
            assert!(losses[0] <= quantiles.low && quantiles.high <= losses[8]);
        }
        let lengths = ensemble.band(Quantity::StepLength, &[], &[], [1, 50]);
        assert_eq!(lengths.len(), 50);
        let sparse = ensemble.band(Quantity::Loss, &[], &[], [20, 50]);
        let expected: Vec<Quantiles> = [0, 20, 40, 50].map(|step| band[step]).into();
        assert_eq!(sparse, expected);
    }

    #[test]
    fn a_standing_tells_medians() {
        let paths = paths(NOISY);
        let ensemble = Ensemble::of(&paths);
        let standing = ensemble.standing(3, Ranking::Best, 50, &[]).unwrap();
        let mut losses = ensemble.values(Ranking::Loss, 50, &[]);
        losses.sort_unstable_by(f64::total_cmp);
        assert_eq!((standing.racer, standing.loss), (3, losses[4]));
        assert!(standing.best <= standing.loss);
        assert_eq!(standing.distance, None);
        let nobody = Ensemble::of(&[]);
        assert_eq!(nobody.standing(0, Ranking::Loss, 0, &[]), None);
    }

    #[test]
    fn a_run_that_has_diverged_is_above_all_others() {
        // Noise of this size throws some runs off the cliff, and not others.
        let wild = NOISY.replace("3.0", "60.0");
        let paths = paths(&wild);
        let out = paths.iter().filter(|path| path.status().is_out()).count();
        assert!(0 < out && out < 9, "{out}");
        let ensemble = Ensemble::of(&paths);
        let losses = ensemble.values(Ranking::Loss, 50, &[]);
        assert_eq!(losses.iter().filter(|loss| loss.is_nan()).count(), out);
        let band = ensemble.band(Quantity::Loss, &[], &[], [1, 50]);
        assert_eq!(band[50].high, f64::INFINITY);
    }
}
