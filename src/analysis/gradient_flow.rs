//! The gradient flow: the path of gradient descent in the limit of a rate of 0.

use std::sync::Arc;

use super::dormand_prince::{Attempt, DormandPrince, GRADIENTS};
use crate::objective::Evaluator;
use crate::real::norm;
use crate::simulation::{Job, Progress, Trajectory};
use crate::surface::Surface;

/// The path of dθ/dt = −∇f(θ) from the start of a race.
#[derive(Clone, Debug, PartialEq)]
pub struct GradientFlow {
    /// The number of parameters of a point.
    pub dimension: usize,
    /// All parameters of every point, one point after the other, close enough to be joined by
    /// straight lines.
    pub points: Vec<f64>,
    /// The time t of every point: the number of steps of gradient descent times the rate.
    pub times: Vec<f64>,
    /// Why it ends.
    pub end: FlowEnd,
}

/// Why a gradient flow ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowEnd {
    /// It has practically arrived at a stationary point.
    Rest,
    /// It has left the surroundings of the surface.
    Far,
    /// There is no gradient to follow, as at a kink.
    Stalled,
    /// It takes too long to follow any farther.
    TooLong,
}

impl GradientFlow {
    /// The points of a flow in the plane.
    pub fn in_plane(&self) -> impl Iterator<Item = [f64; 2]> {
        self.points.as_chunks().0.iter().copied()
    }

    /// The flow as a path whose steps lead from point to point, with the losses of this surface.
    #[must_use]
    pub fn on(&self, surface: &dyn Surface) -> Trajectory {
        let points: Vec<(usize, [f64; 2])> = self.in_plane().enumerate().collect();
        Trajectory::recorded(surface, &points, None)
    }
}

/// The most gradients evaluated along a flow over a formula.
const MOST_GRADIENTS: u64 = 200_000;
/// The most evaluations of a row along a flow over data.
const MOST_ROWS: u64 = 1_000_000_000;
/// The error of a step, relative to the size of the surface.
const TOLERANCE: f64 = 1e-11;
/// The way that the flow would go in as much time as it has taken so far, relative to the size of
/// the surface, at which it counts as arrived.
const ARRIVED: f64 = 1e-6;
/// The speed at which it may have arrived, relative to the highest one.
const SLOW: f64 = 1e-3;
/// The largest distance between two points, relative to the size of the surface.
const SPACING: f64 = 1.0 / 400.0;
/// The distance below which a point is left out, relative to that.
const CLOSE: f64 = 0.1;
/// How far from the start a flow is followed, relative to the size of the surface.
const FAR: f64 = 5.0;

/// Follows a gradient flow in slices.
pub struct FlowJob {
    flow: DormandPrince,
    path: GradientFlow,
    /// The size of the surface, to which lengths are compared.
    size: f64,
    start: Vec<f64>,
    /// The highest speed so far.
    fastest: f64,
    /// Position and slope before the last step.
    before: [Vec<f64>; 2],
    /// The cost of an attempt at a step, in evaluations of a row or a formula.
    price: u64,
    attempts: u64,
    most_attempts: u64,
}

impl FlowJob {
    /// Prepares the flow from `start` on an objective whose evaluation costs `cost` rows; `size` is
    /// the length of the region of interest, such as the diagonal of a window.
    #[must_use]
    pub fn new(evaluator: Box<dyn Evaluator>, start: &[f64], size: f64, cost: usize) -> Self {
        let cost = cost.max(1) as u64;
        let gradients = MOST_GRADIENTS.min(MOST_ROWS / cost);
        Self {
            flow: DormandPrince::new(evaluator, start, TOLERANCE * size),
            path: GradientFlow {
                dimension: start.len(),
                points: start.to_vec(),
                times: vec![0.0],
                end: FlowEnd::TooLong,
            },
            size,
            start: start.to_vec(),
            fastest: 0.0,
            before: [start.to_vec(), start.to_vec()],
            price: GRADIENTS * cost,
            attempts: 0,
            most_attempts: gradients / GRADIENTS,
        }
    }

    /// Prepares the flow on a surface seen through its window.
    #[must_use]
    pub fn on(surface: &Arc<dyn Surface>, start: [f64; 2]) -> Self {
        let size = surface.window().diagonal();
        let evaluator = Arc::clone(surface).evaluator();
        Self::new(evaluator, &start, size, surface.cost())
    }

    /// The most work that it takes, in evaluations of a row or a formula.
    #[must_use]
    pub fn most_work(&self) -> u64 {
        self.price * self.most_attempts
    }

    /// Tries a step, and returns why the flow ends, if it does.
    fn attempt(&mut self) -> Option<FlowEnd> {
        let speed_before = norm(self.flow.slope());
        if speed_before == 0.0 {
            return Some(FlowEnd::Rest);
        }
        match self.flow.attempt(&mut self.before) {
            Attempt::Rejected => return None,
            Attempt::Stalled => return Some(FlowEnd::Stalled),
            Attempt::Accepted { step } => self.keep(step),
        }
        let speed = norm(self.flow.slope());
        self.fastest = self.fastest.max(speed_before);
        let away = distance(&self.flow.at, &self.start);
        // On a plateau and beside a saddle, the flow is as slow but not slowing down.
        let is_slow = speed <= speed_before && speed <= SLOW * self.fastest;
        if away > FAR * self.size {
            Some(FlowEnd::Far)
        } else if is_slow && speed * self.flow.time < ARRIVED * self.size {
            Some(FlowEnd::Rest)
        } else {
            None
        }
    }

    /// Keeps the end of a step, with points between if it is long.
    fn keep(&mut self, step: f64) {
        let spacing = SPACING * self.size;
        let pieces = pieces(distance(&self.flow.at, &self.before[0]) / spacing);
        for piece in 1..=pieces {
            let share = f64::from(piece) / f64::from(pieces);
            let time = self.flow.time - (1.0 - share) * step;
            let [from, slope] = &self.before;
            let ends = [&from[..], &self.flow.at];
            let point = between(ends, [slope, self.flow.slope()], step, share);
            self.push(&point, time, CLOSE * spacing);
        }
    }

    /// Adds a point unless it is this close to the last one.
    fn push(&mut self, point: &[f64], time: f64, close: f64) {
        let last = self.path.points.len() - self.path.dimension;
        if distance(point, &self.path.points[last..]) > close {
            self.path.points.extend_from_slice(point);
            self.path.times.push(time);
        }
    }

    fn close(&mut self, end: FlowEnd) -> GradientFlow {
        self.path.end = end;
        let (at, time) = (self.flow.at.clone(), self.flow.time);
        self.push(&at, time, 0.0);
        self.path.clone()
    }
}

impl Job for FlowJob {
    type Out = GradientFlow;

    fn advance(&mut self, work: u64) -> Progress<GradientFlow> {
        for _ in 0..(work / self.price).max(1) {
            if self.attempts == self.most_attempts {
                return Progress::Done(self.close(FlowEnd::TooLong));
            }
            self.attempts += 1;
            if let Some(end) = self.attempt() {
                return Progress::Done(self.close(end));
            }
        }
        Progress::Working {
            done: self.attempts * self.price,
            of: self.most_work(),
        }
    }
}

/// The number of pieces of a step that is this many times as long as the spacing.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
fn pieces(length: f64) -> u16 {
    length.ceil().clamp(1.0, 1000.0) as u16
}

/// The point at a share of a step, by cubic Hermite interpolation.
fn between(ends: [&[f64]; 2], slopes: [&[f64]; 2], step: f64, share: f64) -> Vec<f64> {
    let s = share;
    let rest = 1.0 - s;
    let weights = [(1.0 + 2.0 * s) * rest * rest, s * s * (3.0 - 2.0 * s)];
    let leanings = [s * rest * rest * step, -s * s * rest * step];
    (0..ends[0].len())
        .map(|index| {
            let of = |k: usize| weights[k] * ends[k][index] + leanings[k] * slopes[k][index];
            of(0) + of(1)
        })
        .collect()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests;
