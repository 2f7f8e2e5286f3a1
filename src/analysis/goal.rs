//! Decides whether the goal of a lesson is reached.

use std::borrow::Borrow;
use std::sync::Arc;

use super::{escape, parting, settled};
use crate::experiment::{Condition, Experiment, Goal};
use crate::expression::Whole;
use crate::optimizer::OptimizerChoice;
use crate::plane::{difference, dot, length};
use crate::simulation::Trajectory;
use crate::surface::Surface;

impl Goal {
    /// Whether the race meets the goal's condition; `paths` are those of the experiment's racers.
    ///
    /// A condition on a racer that no longer exists is not met.
    #[must_use]
    pub fn is_reached<P: Borrow<Trajectory>>(&self, experiment: &Experiment, paths: &[P]) -> bool {
        let surface = experiment.open_surface();
        let paths = paths.iter().map(Borrow::borrow);
        let racers = experiment.names().into_iter().zip(paths).collect();
        Context {
            experiment,
            surface,
            racers,
        }
        .is_such(&self.when)
    }
}

/// A race with its results.
struct Context<'a> {
    experiment: &'a Experiment,
    surface: Arc<dyn Surface>,
    /// The racers' names and paths.
    racers: Vec<(String, &'a Trajectory)>,
}

impl Context<'_> {
    fn is_such(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Bounces { racer } => self.path(racer).is_some_and(|path| self.bounces(path)),
            Condition::FliesOff { racer } => self.path(racer).is_some_and(flies_off),
            Condition::Settles {
                racer,
                within,
                by_step,
            } => {
                let minima = self.surface.minima();
                let since = self.path(racer);
                let since = since.and_then(|path| settled(path, &minima, *within));
                since.is_some_and(|since| since <= *by_step)
            }
            Condition::LossBelow {
                racer,
                loss,
                by_step,
            } => {
                let best = self.path(racer).and_then(|path| path.best_until(*by_step));
                best.is_some_and(|(_, best)| best < *loss)
            }
            Condition::Beats { racer, other } => match (self.path(racer), self.path(other)) {
                (Some(path), Some(other)) => final_loss(path) < final_loss(other),
                _ => false,
            },
            Condition::Escapes { racer, by_step } => {
                self.escape(racer).is_some_and(|step| step <= *by_step)
            }
            Condition::EscapesBefore { racer, other } => {
                let is_later = |step| self.escape(other).is_none_or(|other| step < other);
                self.path(other).is_some() && self.escape(racer).is_some_and(is_later)
            }
            Condition::Invented { racer } => self.is_invented(racer),
            Condition::Seeds { at_least } => self.experiment.seeds >= *at_least,
            Condition::All(parts) => parts.iter().all(|part| self.is_such(part)),
        }
    }

    fn path(&self, racer: &str) -> Option<&Trajectory> {
        let mut racers = self.racers.iter();
        racers
            .find(|(name, _)| name == racer)
            .map(|&(_, path)| path)
    }

    /// Whether a racer's rule is typed, looks where it goes, and takes steps of its own.
    fn is_invented(&self, racer: &str) -> bool {
        let found = self.racers.iter().position(|(name, _)| name == racer);
        let Some((index, path)) = found.and_then(|it| Some((it, self.racers.get(it)?.1))) else {
            return false;
        };
        let plan = self.experiment.racers.get(index).map(|racer| &racer.plan);
        let Some(OptimizerChoice::Rule(rule)) = plan.map(|plan| &plan.optimizer) else {
            return false;
        };
        let asks = rule.program().is_some_and(|lines| {
            let calls = [Whole::Gradient, Whole::Value].map(|it| lines.calls(it));
            lines.reads_gradient() || calls.contains(&true)
        });
        let window = self.surface.window();
        let mut others = self.racers.iter().filter(|(name, _)| name != racer);
        asks && others.all(|(_, other)| parting(path, other, &window).is_some())
    }

    fn escape(&self, racer: &str) -> Option<usize> {
        escape(self.path(racer)?, self.experiment)
    }

    /// Whether each of the last steps reverses the previous one, and the last is about as long as
    /// the first of them.
    fn bounces(&self, path: &Trajectory) -> bool {
        /// The number of steps that are considered.
        const LAST: usize = 20;
        /// The minimum length of a visible step, as a fraction of the window's diagonal.
        const VISIBLE: f64 = 1e-3;
        let end = path.last_step();
        if end <= LAST || path.status().is_out() {
            return false;
        }
        let step = |step: usize| difference(path.at(step), path.at(step - 1));
        let turns = (end - LAST + 1..=end).all(|it| dot(step(it), step(it - 1)) < 0.0);
        let (first, last) = (length(step(end - LAST)), length(step(end)));
        let is_visible = last > VISIBLE * self.surface.window().diagonal();
        turns && is_visible && (0.5..=2.0).contains(&(last / first))
    }
}

/// Whether a race ends higher than it began.
fn flies_off(path: &Trajectory) -> bool {
    final_loss(path) > path.loss_at(0)
}

/// The last loss; +∞ if it is not finite, even if it is −∞, or if the race has diverged.
fn final_loss(path: &Trajectory) -> f64 {
    let last = path.loss_at(path.last_step());
    if last.is_finite() && !path.status().is_out() {
        last
    } else {
        f64::INFINITY
    }
}
