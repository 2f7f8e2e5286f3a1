//! The path of one racer, and what became of it.

use super::Status;
use crate::plane::Window;
use crate::surface::Surface;

/// Below this, a gradient's length and a step's length count as nothing.
const NOTHING: f64 = 1e-8;
/// Eigenvalues of a Hessian within this of 0 count as flat.
const FLAT: f64 = 1e-6;
/// How many windows away a racer is called far.
const FAR: f64 = 1e3;

/// The path of one racer: point k is the position after k steps, point 0 is the start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trajectory {
    /// x of every point.
    pub x: Vec<f64>,
    /// y of every point.
    pub y: Vec<f64>,
    /// The full loss at every point.
    pub loss: Vec<f64>,
    /// The length of the gradient at every point.
    pub gradient_norm: Vec<f64>,
    /// The learning rate of every step, schedule and edits applied; one less than points.
    pub learning_rate: Vec<f64>,
    /// How many rows of the data, repeated ones included, the gradients up to every point were
    /// taken over; empty on surfaces without data.
    pub rows_seen: Vec<u64>,
    /// How many rows the data have.
    rows: usize,
    end: Option<Status>,
    far_bounds: Option<Window>,
}

impl Trajectory {
    /// Room for so many points on a surface of so many rows.
    pub(super) fn with_capacity(points: usize, rows: usize) -> Self {
        let counts = if rows == 0 { 0 } else { points };
        let mut rows_seen = Vec::with_capacity(counts);
        if rows > 0 {
            rows_seen.push(0);
        }
        Self {
            rows,
            rows_seen,
            x: Vec::with_capacity(points),
            y: Vec::with_capacity(points),
            loss: Vec::with_capacity(points),
            gradient_norm: Vec::with_capacity(points),
            learning_rate: Vec::with_capacity(points),
            ..Self::default()
        }
    }

    /// A path that was recorded elsewhere, with the losses and gradients of this surface.
    #[must_use]
    pub fn recorded(surface: &dyn Surface, points: &[[f64; 2]]) -> Self {
        let mut path = Self::with_capacity(points.len(), 0);
        for &at in points {
            let (loss, gradient) = surface.gradient(at);
            path.push(at, loss, gradient);
        }
        path
    }

    pub(super) fn push(&mut self, [x, y]: [f64; 2], loss: f64, gradient: [f64; 2]) {
        self.x.push(x);
        self.y.push(y);
        self.loss.push(loss);
        self.gradient_norm.push(length(gradient));
    }

    /// Counts the rows of the step that led to the next point.
    pub(super) fn count_rows(&mut self, count: u64) {
        if let Some(before) = self.rows_seen.last() {
            self.rows_seen.push(before + count);
        }
    }

    /// Works out how the race ended.
    pub(super) fn close(&mut self, surface: &dyn Surface, steps: usize) {
        let window = surface.window();
        self.far_bounds = Some(window.zoomed(FAR, window.centre()));
        let last = self.last_step();
        self.end = if last < steps {
            Some(Status::Diverged(last))
        } else {
            let trapped = is_trap(surface.hessian(self.at(last)));
            let rests = if trapped {
                Status::Stuck
            } else {
                Status::Converged
            };
            self.resting_since().map(rests)
        };
    }

    /// The first step from which gradient and step are nothing until the end.
    fn resting_since(&self) -> Option<usize> {
        let rests =
            |&step: &usize| self.gradient_norm[step] < NOTHING && self.step_length(step) < NOTHING;
        (1..self.len()).rev().take_while(rests).last()
    }

    /// The length of the step that led to point `step`.
    fn step_length(&self, step: usize) -> f64 {
        let ([x, y], [from_x, from_y]) = (self.at(step), self.at(step - 1));
        (x - from_x).hypot(y - from_y)
    }

    /// How many points there are: one more than steps were made.
    #[must_use]
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// Whether there is no point at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    /// The last step that was made.
    #[must_use]
    pub fn last_step(&self) -> usize {
        self.len().saturating_sub(1)
    }

    /// The position after `step` steps; past the end, the last one.
    #[must_use]
    pub fn at(&self, step: usize) -> [f64; 2] {
        let step = step.min(self.last_step());
        let of = |values: &[f64]| values.get(step).copied().unwrap_or(f64::NAN);
        [of(&self.x), of(&self.y)]
    }

    /// The loss after `step` steps; past the end, the last one.
    #[must_use]
    pub fn loss_at(&self, step: usize) -> f64 {
        let step = step.min(self.last_step());
        self.loss.get(step).copied().unwrap_or(f64::NAN)
    }

    /// How often the data had been gone through after `step` steps; past the end, the last. 0 on
    /// surfaces without data.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn epochs_at(&self, step: usize) -> f64 {
        let seen = self.rows_seen.get(step.min(self.last_step()));
        seen.map_or(0.0, |&seen| seen as f64 / self.rows as f64)
    }

    /// The position at a fractional step, on the straight line between two points.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "steps are small, and a negative playhead is the start"
    )]
    pub fn between(&self, playhead: f64) -> [f64; 2] {
        let step = playhead.max(0.0) as usize;
        let fraction = playhead.max(0.0) - step as f64;
        let ([x, y], [next_x, next_y]) = (self.at(step), self.at(step + 1));
        [x + fraction * (next_x - x), y + fraction * (next_y - y)]
    }

    /// The lowest loss so far and its step; NaN counts as no loss.
    #[must_use]
    pub fn best_until(&self, step: usize) -> Option<(usize, f64)> {
        let losses = self.loss.iter().copied().enumerate().take(step + 1);
        losses
            .filter(|(_, loss)| !loss.is_nan())
            .min_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    /// How the race ended.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status_at(self.last_step())
    }

    /// How the racer fares at `step`.
    #[must_use]
    pub fn status_at(&self, step: usize) -> Status {
        match self.end {
            Some(end) if end.step().is_some_and(|since| since <= step) => end,
            _ if self.is_far(step) => Status::Far,
            _ => Status::Running,
        }
    }

    fn is_far(&self, step: usize) -> bool {
        self.far_bounds
            .is_some_and(|bounds| !bounds.contains(self.at(step)))
    }
}

/// The length of a vector. `hypot` takes a quarter of a race's time, so it is asked only where a
/// square leaves the range of numbers.
fn length([x, y]: [f64; 2]) -> f64 {
    let square = x * x + y * y;
    if square.is_normal() {
        square.sqrt()
    } else {
        x.hypot(y)
    }
}

/// Whether a point without slope is no minimum: a saddle or maximum, or a plateau.
fn is_trap([[a, b], [_, d]]: [[f64; 2]; 2]) -> bool {
    let middle = f64::midpoint(a, d);
    let spread = ((a - d) / 2.0).hypot(b);
    let (smallest, largest) = (middle - spread, middle + spread);
    // Rounding alone can turn an eigenvalue of 0 slightly negative.
    smallest < -1e-10 * largest.abs().max(1.0) || largest <= FLAT
}
