//! The path of a rule at a rate that suits a surface, for a small picture.

use std::sync::Arc;

use crate::experiment::Racer;
use crate::optimizer::{OptimizerChoice, Value};
use crate::simulation::{Trajectory, simulate_racer};
use crate::surface::Surface;

/// The path of a rule at the best of a few rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// The positions, one for every few steps.
    pub points: Vec<[f64; 2]>,
    /// The rate, if the rule has one that schedules drive.
    pub rate: Option<f64>,
    /// Whether it ends outside the window, even at this rate.
    pub leaves: bool,
}

impl Portrait {
    /// The number of steps.
    pub const STEPS: usize = 600;
    /// The rates that are tried beside the published one.
    pub const RATES: [f64; 8] = [3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0];
    /// One in so many steps is kept.
    const EVERY: usize = 2;

    /// The path from `start` at that of the rates, the published one among them, with which the loss
    /// after [`Self::STEPS`] steps is the lowest; at the published rate if the rule flies off at all of
    /// them. `None` if the rule cannot move a point of the surface.
    #[must_use]
    pub fn of(
        surface: &Arc<dyn Surface>,
        start: [f64; 2],
        optimizer: &OptimizerChoice,
    ) -> Option<Self> {
        if optimizer.refusal(surface.provides()).is_some() {
            return None;
        }
        let published = optimizer.rule().learning_rate();
        let others: &[f64] = published.map_or(&[], |_| &Self::RATES);
        let run = |rate: Option<f64>| {
            let mut plan = Racer::new(optimizer.clone()).plan;
            let rule = plan.optimizer.rule_mut();
            if let (Some(index), Some(rate)) = (rule.rate(), rate) {
                rule.set(index, Value::Number(rate));
            }
            let path = simulate_racer(surface, &plan, start, Self::STEPS, 0);
            (rate, path)
        };
        let end = |path: &Trajectory| {
            let loss = path.loss_at(path.last_step());
            if path.status().is_out() || !loss.is_finite() {
                f64::INFINITY
            } else {
                loss
            }
        };
        let mut best = run(published);
        for rate in others {
            let other = run(Some(*rate));
            if end(&other.1) < end(&best.1) {
                best = other;
            }
        }
        let (rate, path) = best;
        let last = path.last_step();
        let steps = (0..last).step_by(Self::EVERY).chain([last]);
        Some(Self {
            points: steps.map(|step| path.at(step)).collect(),
            rate,
            leaves: !surface.window().contains(path.at(last)) || path.status().is_out(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::SurfaceChoice;

    #[test]
    fn every_rule_of_points_has_a_portrait_and_others_have_none() {
        let surface = SurfaceChoice::LongValley.open();
        for optimizer in OptimizerChoice::all() {
            let portrait = Portrait::of(&surface, [-4.0, 1.0], optimizer);
            let refused = optimizer.refusal(surface.provides()).is_some();
            assert_eq!(portrait.is_none(), refused);
            if let Some(portrait) = portrait {
                assert_eq!(portrait.points.first(), Some(&[-4.0, 1.0]));
                assert_eq!(portrait.rate.is_some(), optimizer.rule().rate().is_some());
            }
        }
    }

    /// With the published rate, gradient descent would still be on its way.
    #[test]
    fn the_rate_is_one_that_suits_the_surface() {
        let surface = SurfaceChoice::LongValley.open();
        let descent = &OptimizerChoice::all()[0];
        let portrait = Portrait::of(&surface, [-4.0, 1.0], descent).unwrap();
        assert_eq!(portrait.rate, Some(0.03));
        assert!(!portrait.leaves);
        let [x, y] = *portrait.points.last().unwrap();
        assert!(x.hypot(y) < 1e-3);
    }

    #[test]
    fn a_rule_that_runs_down_a_saddle_leaves_the_picture() {
        let surface = SurfaceChoice::Saddle.open();
        let descent = &OptimizerChoice::all()[0];
        let portrait = Portrait::of(&surface, [-1.0, 0.1], descent).unwrap();
        assert!(portrait.leaves);
    }
}
