//! What a rule learns about its objective: all rows or those drawn for the step, noise, and a memory
//! of the last answer.

mod draws;
mod noise;

use std::sync::Arc;

pub use draws::Draws;
pub use noise::Noise;

use super::vector::{copy, is_same};
use crate::experiment::Plan;
use crate::objective::{Evaluator, Objective, Rows};
use crate::optimizer::Oracle;

/// How often a rule has asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// For gradients.
    pub gradients: u64,
    /// For losses.
    pub values: u64,
    /// For Hessians or their diagonals.
    pub hessians: u64,
}

/// Answers a rule's questions from an objective, as far as the step's rows tell, and remembers loss
/// and gradient where it last looked: what is recorded at a point is mostly what the next step asks
/// for.
///
/// A gradient is made of rows, then noise; whatever else happens to it is a wrapper's doing.
#[derive(Clone, Debug)]
pub struct Watch {
    evaluator: Box<dyn Evaluator>,
    rows: usize,
    at: Vec<f64>,
    loss: f64,
    gradient: Vec<f64>,
    step: usize,
    /// Where a step does not see the whole.
    draws: Option<Draws>,
    /// Whether its gradients are those of the whole: no draws, no noise.
    sees_truth: bool,
    noise: Option<Noise>,
    /// What is added to the gradients of the step.
    push: Vec<f64>,
    asked: Asked,
}

impl Watch {
    /// The view that `plan` allows of the objective, for a race that starts at `at`.
    pub(super) fn new(objective: &Arc<dyn Objective>, plan: &Plan, at: &[f64], seed: u64) -> Self {
        let mut evaluator = Arc::clone(objective).evaluator();
        let mut gradient = vec![0.0; at.len()];
        let loss = evaluator.gradient(at, Rows::All, &mut gradient);
        let rows = objective.rows();
        let sees_all = rows == 0 || plan.batch.is_full();
        Self {
            evaluator,
            rows,
            at: at.to_vec(),
            loss,
            gradient,
            step: 0,
            draws: (!sees_all).then(|| Draws::of(plan, rows, seed)),
            sees_truth: sees_all && plan.noise <= 0.0,
            noise: (plan.noise > 0.0).then(|| Noise::new(plan.noise, seed)),
            push: vec![0.0; at.len()],
            asked: Asked::default(),
        }
    }

    /// Answers from now on what the update from `step` to `step + 1` asks; every step has its turn.
    #[inline]
    pub(super) fn turn_to(&mut self, step: usize) {
        self.step = step;
        if let Some(noise) = &mut self.noise {
            noise.draw(&mut self.push);
        }
    }

    /// The number of rows that the step sees.
    #[inline]
    pub(super) fn rows(&mut self) -> u64 {
        match &mut self.draws {
            Some(draws) => draws.count(self.step),
            None => self.rows as u64,
        }
    }

    /// Works out loss and gradient over all rows at `at`, unless they are known.
    #[inline]
    pub(super) fn look(&mut self, at: &[f64]) {
        if !is_same(at, &self.at) {
            copy(at, &mut self.at);
            self.loss = self.evaluator.gradient(at, Rows::All, &mut self.gradient);
        }
    }

    /// The loss over all rows where it was last looked.
    pub(super) const fn loss(&self) -> f64 {
        self.loss
    }

    /// The gradient over all rows where it was last looked.
    pub(super) fn slope(&self) -> &[f64] {
        &self.gradient
    }

    /// How often the rule has asked so far.
    pub(super) const fn asked(&self) -> Asked {
        self.asked
    }

    /// The gradient as far as the step's rows tell, with the noise of the step.
    #[inline(never)]
    fn answer(&mut self, at: &[f64], gradient: &mut [f64]) {
        match seen(&mut self.draws, self.step) {
            Rows::All if is_same(at, &self.at) => copy(&self.gradient, gradient),
            rows => {
                self.evaluator.gradient(at, rows, gradient);
            }
        }
        // Adding 0 would make 0 of -0.
        if self.noise.is_some() {
            for (gradient, push) in gradient.iter_mut().zip(&self.push) {
                *gradient += push;
            }
        }
    }

    /// The same, to ask about the whole without being counted.
    pub(super) fn evaluator(&mut self) -> &mut dyn Evaluator {
        &mut *self.evaluator
    }
}

/// The rows that a step sees.
fn seen(draws: &mut Option<Draws>, step: usize) -> Rows<'_> {
    let drawn = draws.as_mut().and_then(|draws| draws.rows(step));
    drawn.map_or(Rows::All, Rows::These)
}

impl Oracle for Watch {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        self.asked.gradients += 1;
        // What nearly every race asks at every step; without a call, no register has to be saved.
        match (at, &*self.at, &*self.gradient, &mut *gradient) {
            ([x, y], [known_x, known_y], &[slope_x, slope_y], [to_x, to_y]) if self.sees_truth => {
                if x == known_x && y == known_y {
                    (*to_x, *to_y) = (slope_x, slope_y);
                } else {
                    self.evaluator.gradient(at, Rows::All, gradient);
                }
            }
            _ => self.answer(at, gradient),
        }
    }

    fn value(&mut self, at: &[f64]) -> f64 {
        self.asked.values += 1;
        match seen(&mut self.draws, self.step) {
            Rows::All if is_same(at, &self.at) => self.loss,
            rows => self.evaluator.value(at, rows),
        }
    }

    fn hessian(&mut self, at: &[f64], hessian: &mut [f64]) {
        self.asked.hessians += 1;
        let rows = seen(&mut self.draws, self.step);
        self.evaluator.hessian(at, rows, hessian);
    }

    fn hessian_diagonal(&mut self, at: &[f64], diagonal: &mut [f64]) {
        self.asked.hessians += 1;
        let rows = seen(&mut self.draws, self.step);
        self.evaluator.hessian_diagonal(at, rows, diagonal);
    }
}
