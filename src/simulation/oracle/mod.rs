//! The rule's access to its objective: evaluates all rows or those drawn for the step, adds noise,
//! and caches the last result.

mod draws;
mod noise;

use std::sync::Arc;

pub use draws::Draws;
pub use noise::Noise;

use super::vector::{copy, is_same};
use crate::experiment::Plan;
use crate::objective::{Evaluator, Objective, Rows};
use crate::optimizer::Oracle;
use crate::real::Real;

/// The number of evaluations by a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Gradients.
    pub gradients: u64,
    /// Losses.
    pub values: u64,
    /// Hessians or their diagonals.
    pub hessians: u64,
}

impl Asked {
    /// What they cost together for n `parameters`, in evaluations of the loss: a loss is 1, a gradient
    /// 3, and a Hessian 6 for each parameter.
    ///
    /// Backwards through a program, a gradient and its loss take about three times as long as the loss
    /// alone (Griewank & Walther, *Evaluating derivatives*, 2008, section 4.5; twice the work of the way
    /// there, for networks), and the product of a Hessian with a vector about as long as two gradients
    /// (Pearlmutter, *Fast exact multiplication by the Hessian*, 1994); a Hessian is n of them.
    #[must_use]
    pub const fn cost(self, parameters: u64) -> u64 {
        let hessians = self.hessians.saturating_mul(6 * parameters);
        self.values + 3 * self.gradients + hessians
    }
}

/// Answers a rule's queries from the rows of the current step, and caches the full loss and
/// gradient at the most recent point: what is recorded at a point is usually what the next step
/// needs.
///
/// A gradient comes from rows, then noise is added; anything else is done by wrappers.
#[derive(Clone, Debug)]
pub struct Watch<N: Real = f64> {
    evaluator: Box<dyn Evaluator<N>>,
    rows: usize,
    at: Vec<N>,
    loss: N,
    gradient: Vec<N>,
    step: usize,
    /// The draws of rows, if a step does not use all of them.
    draws: Option<Draws>,
    /// Whether its gradients are the full gradients: no draws, no noise.
    sees_truth: bool,
    noise: Option<Noise>,
    /// The noise added to the gradients of the step.
    push: Vec<f64>,
    asked: Asked,
}

impl<N: Real> Watch<N> {
    /// The access to the objective under `plan`, for a race that starts at `at`.
    pub(super) fn new(
        objective: &Arc<dyn Objective>,
        mut evaluator: Box<dyn Evaluator<N>>,
        plan: &Plan,
        at: &[N],
        seed: u64,
    ) -> Self {
        let mut gradient = vec![N::ZERO; at.len()];
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

    /// Advances to the update from `step` to `step + 1`; has to be called for every step in order.
    #[inline]
    pub(super) fn turn_to(&mut self, step: usize) {
        self.step = step;
        if let Some(noise) = &mut self.noise {
            noise.draw(&mut self.push);
        }
    }

    /// The number of rows used by the step.
    #[inline]
    pub(super) fn rows(&mut self) -> u64 {
        match &mut self.draws {
            Some(draws) => draws.count(self.step),
            None => self.rows as u64,
        }
    }

    /// Evaluates the loss and gradient over all rows at `at`, unless they are cached.
    #[inline]
    pub(super) fn look(&mut self, at: &[N]) {
        if !is_same(at, &self.at) {
            copy(at, &mut self.at);
            self.loss = self.evaluator.gradient(at, Rows::All, &mut self.gradient);
        }
    }

    /// Evaluates the loss and gradient over all rows at `at` only if the next step may use them.
    pub(super) fn pass(&mut self, at: &[N]) {
        if self.draws.is_none() {
            self.look(at);
        }
    }

    /// The loss over all rows at the cached point.
    pub(super) const fn loss(&self) -> N {
        self.loss
    }

    /// The gradient over all rows at the cached point.
    pub(super) fn slope(&self) -> &[N] {
        &self.gradient
    }

    /// The number of evaluations by the rule so far.
    pub(super) const fn asked(&self) -> Asked {
        self.asked
    }

    /// Evaluates the gradient over the rows of the step, with the noise of the step.
    #[inline(never)]
    fn answer(&mut self, at: &[N], gradient: &mut [N]) {
        match seen(&mut self.draws, self.step) {
            Rows::All if is_same(at, &self.at) => copy(&self.gradient, gradient),
            rows => {
                self.evaluator.gradient(at, rows, gradient);
            }
        }
        // Adding 0 would turn -0 into 0.
        if self.noise.is_some() {
            for (gradient, &push) in gradient.iter_mut().zip(&self.push) {
                *gradient += push;
            }
        }
    }

    /// The evaluator, for evaluations that are not counted.
    pub(super) fn evaluator(&mut self) -> &mut dyn Evaluator<N> {
        &mut *self.evaluator
    }
}

/// The rows used by a step.
fn seen(draws: &mut Option<Draws>, step: usize) -> Rows<'_> {
    let drawn = draws.as_mut().and_then(|draws| draws.rows(step));
    drawn.map_or(Rows::All, Rows::These)
}

impl<N: Real> Oracle<N> for Watch<N> {
    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        self.asked.gradients += 1;
        // The case of nearly every race and step; without a call, no registers have to be saved.
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

    fn value(&mut self, at: &[N]) -> N {
        self.asked.values += 1;
        match seen(&mut self.draws, self.step) {
            Rows::All if is_same(at, &self.at) => self.loss,
            rows => self.evaluator.value(at, rows),
        }
    }

    fn hessian(&mut self, at: &[N], hessian: &mut [N]) {
        self.asked.hessians += 1;
        let rows = seen(&mut self.draws, self.step);
        self.evaluator.hessian(at, rows, hessian);
    }

    fn hessian_diagonal(&mut self, at: &[N], diagonal: &mut [N]) {
        self.asked.hessians += 1;
        let rows = seen(&mut self.draws, self.step);
        self.evaluator.hessian_diagonal(at, rows, diagonal);
    }
}
