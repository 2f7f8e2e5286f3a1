//! The gradient flow: the path of gradient descent in the limit of a rate of 0.

use std::sync::Arc;

use super::dormand_prince::{Attempt, DormandPrince, GRADIENTS, norm};
use crate::objective::Evaluator;
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
mod tests {
    use super::*;
    use crate::experiment::Plan;
    use crate::objective::Rows;
    use crate::optimizer::{GradientDescent, OptimizerChoice};
    use crate::simulation::simulate_racer;
    use crate::surface::SurfaceChoice;

    fn flow(surface: &SurfaceChoice, start: [f64; 2]) -> GradientFlow {
        FlowJob::on(&surface.open(), start).finish()
    }

    fn end(flow: &GradientFlow) -> [f64; 2] {
        flow.in_plane().last().unwrap()
    }

    #[test]
    fn on_a_quadratic_it_is_the_exact_solution() {
        let flow = flow(&SurfaceChoice::LongValley, [-4.5, 1.5]);
        assert_eq!(flow.end, FlowEnd::Rest);
        assert!(flow.times.len() > 300, "{}", flow.times.len());
        for ([x, y], t) in flow.in_plane().zip(&flow.times) {
            let [exact_x, exact_y] = [-4.5 * (-t).exp(), 1.5 * (-50.0 * t).exp()];
            let off = (x - exact_x).hypot(y - exact_y);
            // The points between two steps are interpolated.
            assert!(off < 1e-6, "({x}, {y}) at {t} is off by {off:e}");
        }
        let [x, y] = end(&flow);
        assert!(x.hypot(y) < 1e-5, "({x}, {y})");
    }

    #[test]
    fn the_tolerance_bounds_the_error_of_a_whole_flow() {
        let surface = SurfaceChoice::LongValley.open();
        for tolerance in [1e-6, 1e-8, 1e-10] {
            let evaluator = Arc::clone(&surface).evaluator();
            let mut flow = DormandPrince::new(evaluator, &[-4.5, 1.5], tolerance);
            let mut before = [vec![0.0; 2], vec![0.0; 2]];
            let mut steps = 0.0;
            while flow.time < 1.0 {
                if let Attempt::Accepted { .. } = flow.attempt(&mut before) {
                    steps += 1.0;
                }
                let t = flow.time;
                let exact = [-4.5 * (-t).exp(), 1.5 * (-50.0 * t).exp()];
                let off = distance(&flow.at, &exact);
                assert!(
                    off <= steps * tolerance,
                    "{off:e} after {steps} at {tolerance:e}"
                );
            }
            assert!((10.0..500.0).contains(&steps), "{steps} at {tolerance:e}");
        }
    }

    #[test]
    fn on_rosenbrocks_function_it_ends_at_the_minimum() {
        let flow = flow(&SurfaceChoice::Rosenbrock, [-1.2, 1.0]);
        assert_eq!(flow.end, FlowEnd::Rest);
        let [x, y] = end(&flow);
        assert!((x - 1.0).hypot(y - 1.0) < 1e-4, "({x}, {y})");
    }

    #[test]
    fn it_is_tangent_to_the_negative_gradient() {
        let surface = SurfaceChoice::Beale.open();
        let flow = flow(&SurfaceChoice::Beale, [1.0, 1.6]);
        let points: Vec<[f64; 2]> = flow.in_plane().collect();
        for around in points.windows(3) {
            let [from, at, to] = [around[0], around[1], around[2]];
            let way = [to[0] - from[0], to[1] - from[1]];
            let (_, [x, y]) = surface.gradient(at);
            let cosine = -(way[0] * x + way[1] * y) / (way[0].hypot(way[1]) * x.hypot(y));
            assert!(cosine > 0.999, "{cosine} at {at:?}");
        }
    }

    #[test]
    fn gradient_descent_with_a_tiny_rate_follows_it() {
        let rate = 1e-5;
        let plan = Plan::new(OptimizerChoice::GradientDescent(GradientDescent {
            learning_rate: rate,
        }));
        let path = simulate_racer(&SurfaceChoice::Beale.open(), &plan, [1.0, 1.6], 100_000, 0);
        let flow = flow(&SurfaceChoice::Beale, [1.0, 1.6]);
        let mut compared = 0;
        for ([x, y], t) in flow.in_plane().zip(&flow.times) {
            let step = t / rate;
            if step < 100_000.0 {
                let [at_x, at_y] = path.between(step);
                let off = (x - at_x).hypot(y - at_y);
                assert!(off < 1e-3, "off by {off:e} at {t}");
                compared += 1;
            }
        }
        assert!(compared > 100);
    }

    #[test]
    fn every_surface_has_a_flow_of_bounded_length() {
        for choice in SurfaceChoice::BUILT_IN {
            let surface = choice.open();
            let window = surface.window();
            for share in [0.17, 0.83] {
                let start = [
                    window.x[0] + share * window.width(),
                    window.y[0] + (1.0 - 0.7 * share) * window.height(),
                ];
                let flow = FlowJob::on(&surface, start).finish();
                let name = choice.about().name;
                assert!(flow.times.len() < 20_000, "{name}: {}", flow.times.len());
                assert!(flow.points.iter().all(|part| part.is_finite()), "{name}");
                let losses = flow.in_plane().map(|at| surface.value(at));
                let size = surface.value(start).abs() + 1.0;
                let falls = losses.is_sorted_by(|a, b| *b <= *a + 1e-9 * size);
                assert!(
                    falls || flow.end == FlowEnd::Stalled,
                    "{name}: {:?}",
                    flow.end
                );
            }
        }
    }

    #[test]
    fn it_can_be_followed_in_slices() {
        let surface = SurfaceChoice::Beale.open();
        let mut job = FlowJob::on(&surface, [1.0, 1.6]);
        let mut slices = 0;
        let sliced = loop {
            match job.advance(600) {
                Progress::Done(flow) => break flow,
                Progress::Working { done, of } => {
                    slices += 1;
                    assert_eq!((done, of), (600 * slices, job.most_work()));
                }
            }
        };
        assert!(slices > 1);
        assert_eq!(sliced, flow(&SurfaceChoice::Beale, [1.0, 1.6]));
    }

    #[test]
    fn in_thirty_dimensions_every_coordinate_decays_at_its_own_rate() {
        #[derive(Clone)]
        struct Bowl;
        impl Evaluator for Bowl {
            fn value(&mut self, at: &[f64], _rows: Rows<'_>) -> f64 {
                (1_u8..)
                    .zip(at)
                    .map(|(k, x)| f64::from(k) * x * x / 2.0)
                    .sum()
            }

            fn gradient(&mut self, at: &[f64], rows: Rows<'_>, gradient: &mut [f64]) -> f64 {
                for (k, (slope, x)) in (1_u8..).zip(gradient.iter_mut().zip(at)) {
                    *slope = f64::from(k) * x;
                }
                self.value(at, rows)
            }

            fn fork(&self) -> Box<dyn Evaluator> {
                Box::new(Self)
            }
        }
        let flow = FlowJob::new(Box::new(Bowl), &[1.0; 30], 5.0, 1).finish();
        assert_eq!((flow.end, flow.dimension), (FlowEnd::Rest, 30));
        for (point, t) in flow.points.chunks_exact(30).zip(&flow.times) {
            for (k, x) in (1_u8..).zip(point) {
                assert!((x - (-f64::from(k) * t).exp()).abs() < 1e-6, "{k} at {t}");
            }
        }
    }

    #[test]
    fn a_start_that_is_stationary_or_undefined_has_no_flow() {
        let at_rest = flow(&SurfaceChoice::LongValley, [0.0, 0.0]);
        assert_eq!((at_rest.end, at_rest.times.len()), (FlowEnd::Rest, 1));
        let nowhere = flow(&SurfaceChoice::LongValley, [f64::NAN, 0.0]);
        assert_eq!((nowhere.end, nowhere.times.len()), (FlowEnd::Stalled, 1));
    }
}
