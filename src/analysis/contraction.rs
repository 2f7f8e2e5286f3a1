//! The contraction per step near a minimum: as theory predicts it, and as a run shows it.

mod fit;
mod rest;

use std::fmt;

use crate::experiment::{Batch, Plan};
use crate::objective::Evaluator;
use crate::optimizer::Recurrence;
use crate::pause::at_once;
use crate::simulation::Trajectory;
use fit::{Fit, fit};
use rest::Rest;

/// The number of steps before the playhead in which the contraction is measured.
pub const STEPS: usize = 20;
/// The fewest steps in which it can be measured: two unknowns need two equations of three points.
const FEWEST: usize = 3;

/// How fast a racer approaches a stationary point along each eigenvector of the Hessian there.
///
/// On a quadratic, these directions decouple, and along each the distance eₜ to the point follows
/// the linear recurrence that [the rule states](crate::optimizer::Described::recurrence); after a
/// long time it shrinks per step by the spectral radius of its companion matrix. See [`Recurrence`]
/// for the sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Contraction {
    /// The stationary point θ*.
    pub at: Vec<f64>,
    /// The directions, the one of smallest curvature first.
    pub directions: Vec<Direction>,
}

/// The contraction along one eigenvector of the Hessian.
#[derive(Clone, Debug, PartialEq)]
pub struct Direction {
    /// The eigenvector, of length 1.
    pub along: Vec<f64>,
    /// Its eigenvalue λ.
    pub curvature: f64,
    /// The factor by which the distance shrinks per step in theory.
    pub predicted: f64,
    /// The same in this run.
    pub measured: Measured,
}

/// A contraction per step in a run, or why it cannot be measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measured {
    /// The factor by which the distance shrinks per step.
    Factor(f64),
    /// Fewer than three steps have been made since the start or the last change.
    TooFewSteps,
    /// The racer is as close as rounding lets it.
    Arrived,
    /// The surface is not like its quadratic model along this direction.
    Curved,
}

/// Why theory says nothing about a racer, as one sentence when displayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inapplicable {
    /// The rule with this title is not linear.
    Rule(String),
    /// The learning rate follows a schedule.
    Schedule,
    /// The gradients are noisy, or those of a few rows.
    Noise,
    /// Only one in this number of positions is kept.
    Thinned(usize),
    /// The racer's position is not finite.
    Diverged,
    /// The objective has too many parameters, or does not offer its Hessian.
    NoHessian,
    /// There is no stationary point near the racer.
    NotNear,
}

impl fmt::Display for Inapplicable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(title) => write!(
                f,
                "There is no such theory for {title}: its steps are not linear in the gradients, \
                 or change from step to step."
            ),
            Self::Schedule => f.write_str(
                "The learning rate follows a schedule, and theory asks for a constant one.",
            ),
            Self::Noise => f.write_str(
                "The gradients depend on chance, and theory asks for those of the whole loss.",
            ),
            Self::Thinned(every) => write!(
                f,
                "This race is so long that only every {every}th step is kept; a shorter one can be \
                 measured."
            ),
            Self::Diverged => f.write_str("The racer has diverged."),
            Self::NoHessian => f.write_str("This loss does not give its whole Hessian."),
            Self::NotNear => f.write_str(
                "The racer is not near a minimum yet: the surface here is not like the quadratic \
                 around one.",
            ),
        }
    }
}

impl Contraction {
    /// The most evaluations of the objective that this takes, with a Hessian counted as three.
    pub const COST: u64 = (4 * rest::MOST_STEPS + 3 + STEPS + 1) as u64;

    /// The contraction of a racer in the last steps of its path before `step`.
    ///
    /// # Errors
    /// Returns an error if theory does not apply to the racer, or not yet.
    pub fn on_path(
        evaluator: &mut dyn Evaluator,
        plan: &Plan,
        path: &Trajectory,
        step: usize,
    ) -> Result<Self, Inapplicable> {
        at_once(Self::on_path_in_slices(evaluator, plan, path, step))
    }

    /// The same, with a pause after every few evaluations of all rows.
    ///
    /// # Errors
    /// Returns the errors of [`Self::on_path`].
    pub async fn on_path_in_slices(
        evaluator: &mut dyn Evaluator,
        plan: &Plan,
        path: &Trajectory,
        step: usize,
    ) -> Result<Self, Inapplicable> {
        if path.every() > 1 {
            return Err(Inapplicable::Thinned(path.every()));
        }
        if path.status_at(step).is_out() {
            return Err(Inapplicable::Diverged);
        }
        let step = step.min(path.last_step());
        let recent = step.saturating_sub(STEPS)..=step;
        let recent: Vec<Vec<f64>> = recent.map(|step| path.at(step).to_vec()).collect();
        Self::in_slices(evaluator, plan, &recent, step).await
    }

    /// The contraction of a racer that was at these positions in its last steps, the last of them
    /// after `step` steps; in any number of dimensions.
    ///
    /// # Errors
    /// Returns an error if theory does not apply to the racer, or not yet.
    pub fn of(
        evaluator: &mut dyn Evaluator,
        plan: &Plan,
        recent: &[Vec<f64>],
        step: usize,
    ) -> Result<Self, Inapplicable> {
        at_once(Self::in_slices(evaluator, plan, recent, step))
    }

    async fn in_slices(
        evaluator: &mut dyn Evaluator,
        plan: &Plan,
        recent: &[Vec<f64>],
        step: usize,
    ) -> Result<Self, Inapplicable> {
        let chosen = plan.optimizer_at(step);
        let rule = chosen.rule();
        let unknown = || Inapplicable::Rule(rule.title().to_owned());
        rule.recurrence(1.0).ok_or_else(unknown)?;
        if !plan.schedule.is_constant() {
            return Err(Inapplicable::Schedule);
        }
        if plan.noise > 0.0 || plan.batch != Batch::Full {
            return Err(Inapplicable::Noise);
        }
        let now = recent.last().ok_or(Inapplicable::Diverged)?;
        if !now.iter().all(|part| part.is_finite()) {
            return Err(Inapplicable::Diverged);
        }
        let rest = Rest::near(evaluator, now).await?;
        // Before its last change, the rule was another one.
        let changes = plan.edits.iter().map(|edit| edit.step);
        let since = changes.filter(|&it| it <= step).max().unwrap_or(0);
        let kept = recent.len().min(step - since + 1);
        let seen = rest.distances(evaluator, &recent[recent.len() - kept..]);
        let seen = seen.await;
        let mut directions = Vec::with_capacity(seen.len());
        for (axis, seen) in rest.axes.into_iter().zip(seen) {
            let theory = rule.recurrence(axis.curvature);
            let has_memory = theory.is_some_and(|it| it.before != 0.0);
            directions.push(Direction {
                predicted: theory.map_or(f64::NAN, Recurrence::contraction),
                measured: seen.measure(has_memory),
                along: axis.along,
                curvature: axis.curvature,
            });
        }
        if directions.iter().all(|it| it.measured == Measured::Curved) {
            return Err(Inapplicable::NotNear);
        }
        Ok(Self {
            at: rest.at,
            directions,
        })
    }
}

impl Contraction {
    /// The kind of stationary point: "minimum", "maximum" or "saddle".
    #[must_use]
    pub fn kind(&self) -> &'static str {
        let rises = self.directions.iter().any(|it| it.curvature > 0.0);
        let falls = self.directions.iter().any(|it| it.curvature < 0.0);
        match (rises, falls) {
            (true, true) => "saddle",
            (false, true) => "maximum",
            _ => "minimum",
        }
    }
}

impl Direction {
    /// The number of steps in which the distance shrinks to a tenth in theory; `None` if it does
    /// not shrink.
    #[must_use]
    pub fn steps_per_decade(&self) -> Option<f64> {
        let steps = -std::f64::consts::LN_10 / self.predicted.ln();
        (self.predicted < 1.0).then_some(steps.max(0.0))
    }

    /// Whether theory says that the distance grows, or stays as it is.
    #[must_use]
    pub fn is_unstable(&self) -> bool {
        self.predicted >= 1.0
    }
}

impl rest::Seen {
    fn measure(&self, has_memory: bool) -> Measured {
        if !self.is_quadratic {
            return Measured::Curved;
        }
        match fit(&self.distances, self.rounding, has_memory) {
            Fit::Recurrence(found) => Measured::Factor(found.contraction()),
            Fit::Rounding => Measured::Arrived,
            Fit::TooShort => Measured::TooFewSteps,
            Fit::None => Measured::Curved,
        }
    }
}

#[cfg(test)]
mod tests;
