//! The distribution of a step's gradient.

use crate::experiment::{Batch, Plan};
use crate::plane::Eigen;
use crate::surface::Surface;

/// The distribution of the gradients that a step could have seen: centred on the true gradient, and
/// described by the ellipse of one standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The true gradient.
    pub mean: [f64; 2],
    /// The half axes of the ellipse: the standard deviations along the directions in which they are
    /// largest and smallest.
    pub axes: [[f64; 2]; 2],
}

impl Spread {
    /// The spread of a racer's gradient at a point; `None` if it uses all rows and has no noise.
    ///
    /// With C the covariance of the gradients of individual rows, that of the mean over B
    /// independent rows is C/B, and over B distinct rows out of n it is C/B · (n − B)/(n − 1);
    /// noise with standard deviation σ adds σ² to each variance.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    pub fn of(surface: &dyn Surface, plan: &Plan, at: [f64; 2]) -> Option<Self> {
        let rows = surface.rows() as f64;
        let size = match &plan.batch {
            Batch::Full => None,
            Batch::Sample => Some(1.0),
            Batch::MiniBatch(size) => Some(*size as f64),
            Batch::Rows(lists) => lists.first().map(|list| list.len() as f64),
        };
        let share = match size {
            Some(size) if rows > 1.0 => {
                let finite = if plan.replacement {
                    1.0
                } else {
                    ((rows - size) / (rows - 1.0)).max(0.0)
                };
                finite / size.max(1.0)
            }
            _ => 0.0,
        };
        let noise = plan.noise * plan.noise;
        if share == 0.0 && noise == 0.0 {
            return None;
        }
        let [[xx, xy], [_, yy]] = surface.gradient_spread(at);
        let covariance = [
            [share * xx + noise, share * xy],
            [share * xy, share * yy + noise],
        ];
        Some(Self {
            mean: surface.gradient(at).1,
            axes: Eigen::of(covariance)?.half_axes(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Experiment;
    use crate::preset::load_built_in;
    use crate::simulation::Draws;

    fn moons() -> Experiment {
        load_built_in("noisy-moons").unwrap().experiment
    }

    /// The variance along each axis of the gradients that a racer actually used, over many steps at
    /// one position.
    fn seen(experiment: &Experiment, plan: &Plan, at: [f64; 2]) -> [f64; 2] {
        let surface = experiment.open_surface();
        let mut draws = Draws::of(plan, surface.rows(), 3);
        let (_, mean) = surface.gradient(at);
        let mut sum = [0.0; 2];
        let steps = 6000;
        for step in 0..steps {
            let rows = draws.rows(step).unwrap().to_vec();
            let gradient = surface.batch(&rows, at).1;
            for axis in 0..2 {
                sum[axis] += (gradient[axis] - mean[axis]).powi(2);
            }
        }
        sum.map(|sum| sum / f64::from(u32::try_from(steps).unwrap()))
    }

    #[test]
    fn spread_is_what_is_seen() {
        let experiment = moons();
        let surface = experiment.open_surface();
        let at = [-1.0, 0.5];
        for (size, replacement) in [(20, true), (20, false), (1, false)] {
            let mut plan = experiment.racers[0].plan.clone();
            plan.batch = Batch::MiniBatch(size);
            plan.replacement = replacement;
            let spread = Spread::of(&*surface, &plan, at).unwrap();
            let [long, short] = spread.axes;
            let seen = seen(&experiment, &plan, at);
            for axis in 0..2 {
                let told = long[axis].powi(2) + short[axis].powi(2);
                let off = (told / seen[axis] - 1.0).abs();
                assert!(off < 0.08, "{size} {replacement}: {told} {}", seen[axis]);
            }
        }
    }

    #[test]
    fn whole_batches_have_none_and_noise_is_round() {
        let experiment = moons();
        let surface = experiment.open_surface();
        let mut plan = experiment.racers[0].plan.clone();
        plan.batch = Batch::Full;
        assert_eq!(Spread::of(&*surface, &plan, [0.0, 0.0]), None);
        plan.noise = 0.5;
        let [long, short] = Spread::of(&*surface, &plan, [0.0, 0.0]).unwrap().axes;
        assert!((long[0].hypot(long[1]) - 0.5).abs() < 1e-12);
        assert!((short[0].hypot(short[1]) - 0.5).abs() < 1e-12);
    }
}
