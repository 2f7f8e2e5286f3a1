//! The path of one racer, and how it ended.

use super::Status;
use crate::experiment::Plan;
use crate::number::lowest_first;
use crate::objective::Scores;
use crate::optimizer::Undefined;
use crate::pause::Pauses;
use crate::plane::Window;
use crate::subspace::Subspace;
use crate::surface::Surface;

/// The path of one racer: point 0 is the start, and each step leads from one point to the next.
///
/// Very long races keep only every k-th step ([`Self::every`]) and the last; positions and losses
/// between two kept points are interpolated linearly.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// The x of every kept point.
    pub x: Vec<f64>,
    /// The y of every kept point.
    pub y: Vec<f64>,
    /// The full loss at every point.
    pub loss: Vec<f64>,
    /// The length of the full gradient at every point.
    pub gradient_norm: Vec<f64>,
    /// The learning rate of the step that starts at every point, after schedule and edits; one
    /// entry fewer than points.
    pub learning_rate: Vec<f64>,
    /// The number of data rows, counted with repetition, used by all gradients up to every point;
    /// empty on surfaces without data.
    pub rows_seen: Vec<u64>,
    /// How well a model does at every point, beyond its loss; empty for other objectives.
    pub scores: Vec<Scores>,
    /// The Euclidean length of all parameters at every point, for a model.
    pub norm: Vec<f64>,
    /// The distance of every point from the plane on which it is seen; empty without such a plane.
    pub distance: Vec<f64>,
    /// All n parameters of some points, one after the other, if they are kept; see
    /// [`Self::positions`].
    pub parameters: Vec<f64>,
    /// The number of rows in the data.
    pub(super) rows: usize,
    /// The number of steps between kept points.
    pub(super) every: usize,
    /// The number of steps between evaluations of the loss; the points between have the loss that
    /// was evaluated last.
    pub(super) interval: usize,
    /// The number of points between those of which all parameters are kept; 0 if none are. The
    /// last point is always among them.
    pub(super) parameters_every: usize,
    /// n, the number of parameters of a point.
    pub(super) dimension: usize,
    /// The steps of the points, if they are irregular; empty otherwise.
    pub(super) steps_kept: Vec<usize>,
    /// The number of completed steps.
    pub(super) steps: usize,
    pub(super) end: Option<Status>,
    /// Why its last step is undefined, if it is.
    pub(super) undefined: Option<Undefined>,
    pub(super) far_bounds: Option<Window>,
    /// Whether the race goes on after the last point, although this path does not.
    pub(super) is_cut_off: bool,
}

impl Default for Trajectory {
    fn default() -> Self {
        Self::with_capacity(0, 0, 1)
    }
}

impl Trajectory {
    /// Allocates space for the points of `steps` steps, of which every k-th is kept, over `rows`
    /// rows of data.
    pub(super) fn with_capacity(steps: usize, rows: usize, every: usize) -> Self {
        let points = steps / every.max(1) + 2;
        let counts = if rows == 0 { 0 } else { points };
        Self {
            x: Vec::with_capacity(points),
            y: Vec::with_capacity(points),
            loss: Vec::with_capacity(points),
            gradient_norm: Vec::with_capacity(points),
            learning_rate: Vec::with_capacity(points),
            rows_seen: Vec::with_capacity(counts),
            scores: Vec::new(),
            norm: Vec::new(),
            distance: Vec::new(),
            parameters: Vec::new(),
            interval: 1,
            parameters_every: 0,
            dimension: 0,
            rows,
            every: every.max(1),
            steps_kept: Vec::new(),
            steps: 0,
            end: None,
            undefined: None,
            far_bounds: None,
            is_cut_off: false,
        }
    }

    /// A path recorded elsewhere, with the losses and gradients of this surface, given by
    /// increasing steps, the positions after them, and the step at which it diverged, if it did.
    #[must_use]
    pub fn recorded(
        surface: &dyn Surface,
        points: &[(usize, [f64; 2])],
        diverged: Option<usize>,
    ) -> Self {
        let mut path = Self::with_capacity(points.len(), 0, 1);
        for &(step, at) in points {
            let (loss, gradient) = surface.gradient(at);
            path.push(at, loss, crate::real::norm(&gradient));
            path.steps_kept.push(step);
        }
        path.steps = points.last().map_or(0, |&(step, _)| step);
        path.end = diverged.map(Status::Diverged);
        path
    }

    pub(super) fn push(&mut self, [x, y]: [f64; 2], loss: f64, gradient_norm: f64) {
        self.x.push(x);
        self.y.push(y);
        self.loss.push(loss);
        self.gradient_norm.push(gradient_norm);
    }

    /// The number of steps between kept points; 1 unless the race is very long.
    #[must_use]
    pub const fn every(&self) -> usize {
        self.every
    }

    /// The number of steps between evaluations of the full loss.
    #[must_use]
    pub const fn interval(&self) -> usize {
        self.interval
    }

    /// Whether the loss of a kept point was evaluated there, rather than at an earlier step.
    #[must_use]
    pub fn is_evaluated(&self, point: usize) -> bool {
        let step = self.step_of(point);
        step.is_multiple_of(self.interval) || step == self.steps
    }

    /// The last step at or before `step` at which the loss was evaluated.
    #[must_use]
    pub fn evaluated_by(&self, step: usize) -> usize {
        if step >= self.steps {
            self.steps
        } else {
            step - step % self.interval
        }
    }

    /// The points of which all parameters are kept, with them.
    pub fn positions(&self) -> impl Iterator<Item = (usize, &[f64])> {
        let positions = self.parameters.chunks_exact(self.dimension.max(1));
        let last = self.points().saturating_sub(1);
        let point = move |index: usize| (index * self.parameters_every).min(last);
        positions
            .enumerate()
            .map(move |(index, position)| (point(index), position))
    }

    /// All parameters at the last point up to `step` of which they are kept, with the step of that
    /// point.
    #[must_use]
    pub fn parameters_by(&self, step: usize) -> Option<(usize, &[f64])> {
        let (wanted, last) = (self.point_of(step), self.points().saturating_sub(1));
        let kept = (self.parameters.len() / self.dimension.max(1)).checked_sub(1)?;
        // The last point is kept even if it does not lie at the distance of the others.
        let index = if wanted < last {
            kept.min(wanted / self.parameters_every.max(1))
        } else {
            kept
        };
        let position = self
            .parameters
            .chunks_exact(self.dimension.max(1))
            .nth(index)?;
        let point = (index * self.parameters_every).min(last);
        Some((self.step_of(point), position))
    }

    /// How well the model did when it was last evaluated up to `step`.
    #[must_use]
    pub fn scores_at(&self, step: usize) -> Option<Scores> {
        self.scores.get(self.point_of(step)).copied()
    }

    /// Whether all parameters of all points are kept.
    pub(super) const fn has_all_parameters(&self) -> bool {
        self.parameters_every == 1
    }

    /// Drops the points of which not all parameters are kept, so that the others can be seen on any
    /// plane.
    pub fn keep_positions(&mut self) {
        if self.parameters_every <= 1 {
            return;
        }
        let kept: Vec<usize> = self.positions().map(|(point, _)| point).collect();
        keep(&mut self.x, &kept);
        keep(&mut self.y, &kept);
        keep(&mut self.loss, &kept);
        keep(&mut self.gradient_norm, &kept);
        keep(&mut self.learning_rate, &kept);
        keep(&mut self.rows_seen, &kept);
        keep(&mut self.scores, &kept);
        keep(&mut self.norm, &kept);
        keep(&mut self.distance, &kept);
        keep(&mut self.steps_kept, &kept);
        self.every *= self.parameters_every;
        self.parameters_every = 1;
    }

    /// Moves all points to where they are seen on another plane, provided that all their parameters
    /// are kept.
    pub(super) async fn see_on(&mut self, plane: &Subspace) {
        /// The number of parameters seen between two pauses: about a millisecond.
        const SLICE: u64 = 200_000;
        let mut pauses = Pauses::every(SLICE);
        let mut sights: Vec<([f64; 2], f64)> = Vec::new();
        for (_, at) in self.positions() {
            sights.push(plane.sight(at.iter().copied()));
            pauses.after(at.len() as u64).await;
        }
        let (spots, distance): (Vec<[f64; 2]>, Vec<f64>) = sights.into_iter().unzip();
        (self.x, self.y) = spots.into_iter().map(<(f64, f64)>::from).unzip();
        self.distance = distance;
    }

    /// The number of kept points.
    #[must_use]
    pub fn points(&self) -> usize {
        self.x.len()
    }

    /// The step of a kept point.
    #[must_use]
    pub fn step_of(&self, point: usize) -> usize {
        let by_rule = point.saturating_mul(self.every).min(self.steps);
        self.steps_kept.get(point).copied().unwrap_or(by_rule)
    }

    /// The last kept point at or before a step.
    #[must_use]
    pub fn point_of(&self, step: usize) -> usize {
        if step >= self.steps {
            self.points().saturating_sub(1)
        } else if !self.steps_kept.is_empty() {
            let reached = self.steps_kept.partition_point(|&kept| kept <= step);
            reached.saturating_sub(1)
        } else {
            step / self.every
        }
    }

    /// The number of positions: one more than the number of steps.
    #[must_use]
    pub fn len(&self) -> usize {
        if self.is_empty() { 0 } else { self.steps + 1 }
    }

    /// Whether there are no points.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    /// The last completed step.
    #[must_use]
    pub fn last_step(&self) -> usize {
        self.steps
    }

    /// The position after `step` steps, or the last one if the path is shorter.
    #[must_use]
    pub fn at(&self, step: usize) -> [f64; 2] {
        [self.value(&self.x, step), self.value(&self.y, step)]
    }

    /// The loss after `step` steps, or the last one if the path is shorter; where it is evaluated
    /// less often, the loss that was evaluated last.
    #[must_use]
    pub fn loss_at(&self, step: usize) -> f64 {
        if self.interval > 1 {
            let last = self.loss.get(self.point_of(step));
            return last.copied().unwrap_or(f64::NAN);
        }
        self.value(&self.loss, step)
    }

    /// The learning rate of the update from `step` to `step + 1`, if it was made.
    #[must_use]
    pub fn learning_rate_at(&self, step: usize) -> Option<f64> {
        let made = step < self.steps;
        made.then(|| self.learning_rate.get(step / self.every).copied())?
    }

    /// A value at `step`, interpolated linearly between kept points.
    fn value(&self, values: &[f64], step: usize) -> f64 {
        let point = self.point_of(step);
        let of = |point: usize| values.get(point).copied().unwrap_or(f64::NAN);
        let (from, here) = (self.step_of(point), of(point));
        if step <= from || step >= self.steps {
            return here;
        }
        let share = ratio(step - from, self.step_of(point + 1) - from);
        between(here, of(point + 1), share)
    }

    /// The number of epochs, possibly fractional, after `step` steps, or at the end if the path is
    /// shorter. 0 on surfaces without data.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn epochs_at(&self, step: usize) -> f64 {
        let seen = self.rows_seen.get(self.point_of(step));
        seen.map_or(0.0, |&seen| seen as f64 / self.rows as f64)
    }

    /// The number of rows used after `step` steps, interpolated linearly between kept points; `None`
    /// on surfaces without data.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn rows_seen_at(&self, step: usize) -> Option<f64> {
        let point = self.point_of(step);
        let seen = |point: usize| self.rows_seen.get(point).map(|&seen| seen as f64);
        let (from, here) = (self.step_of(point), seen(point)?);
        match seen(point + 1) {
            Some(next) if step > from => {
                let share = ratio(step - from, self.step_of(point + 1) - from);
                Some(between(here, next, share))
            }
            _ => Some(here),
        }
    }

    /// The number of rows of the data; 0 on surfaces without data.
    #[must_use]
    pub const fn rows_per_epoch(&self) -> usize {
        self.rows
    }

    /// The position at a fractional step, interpolated linearly.
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
        let (from, to) = (self.at(step), self.at(step + 1));
        [0, 1].map(|axis| between(from[axis], to[axis], fraction))
    }

    /// The lowest finite loss up to `step`, with its step, if there is one.
    #[must_use]
    pub fn best_until(&self, step: usize) -> Option<(usize, f64)> {
        let points = self.point_of(step) + 1;
        let losses = self.loss.iter().copied().enumerate().take(points);
        let best = losses
            .filter(|(_, loss)| loss.is_finite())
            .min_by(|(_, a), (_, b)| lowest_first(*a, *b));
        best.map(|(point, loss)| (self.step_of(point), loss))
    }

    /// Whether the race goes on after the last point, although this path does not.
    #[must_use]
    pub const fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }

    /// The final status.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status_at(self.last_step())
    }

    /// Why the step that ended the race is undefined, if it is: a clause such as "Adagrad divides by
    /// √(G + ε), and both are 0 in y". `plan` is the racer's, and `axes` are its surface's.
    #[must_use]
    pub fn undefined(&self, plan: &Plan, axes: [&str; 2]) -> Option<String> {
        let Undefined {
            divisor,
            coordinate,
        } = self.undefined?;
        let mut rule = &plan.optimizer;
        while let Some(inner) = rule.inner() {
            rule = inner;
        }
        let place = coordinate.map_or_else(String::new, |index| self.place(index, axes));
        let rule = rule.rule().title();
        Some(match divisor {
            Some(divisor) => format!("{rule} divides by {divisor}{place}"),
            None => format!("the lines of {rule} give no finite number{place}"),
        })
    }

    /// Where a coordinate is, as an addition to a sentence.
    fn place(&self, coordinate: usize, axes: [&str; 2]) -> String {
        if self.dimension > axes.len() {
            let of = self.dimension;
            return format!(" in weight {} of {of}", coordinate + 1);
        }
        let axis = axes.get(coordinate);
        axis.map_or_else(String::new, |axis| format!(" in {axis}"))
    }

    /// The status at `step`.
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

/// Keeps the values at some increasing indices, as far as there are so many.
fn keep<T: Copy>(values: &mut Vec<T>, indices: &[usize]) {
    let kept = indices
        .iter()
        .filter_map(|&index| values.get(index).copied());
    *values = kept.collect();
}

/// Interpolates linearly between two values; if the first is infinite, the result is that infinity.
fn between(from: f64, to: f64, share: f64) -> f64 {
    let value = from + share * (to - from);
    if value.is_finite() {
        value
    } else if from.is_infinite() {
        from
    } else {
        // The difference of two finite numbers may overflow.
        (1.0 - share) * from + share * to
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "step numbers are far below 2^53"
)]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wherever the last kept point lies, the one found is the last that the step has reached.
    #[test]
    fn parameters_by_a_step_are_the_last_ones_kept_before_it() {
        for (points, every, parameters_every) in [
            (1, 1, 1),
            (9, 1, 1),
            (9, 3, 2),
            (10, 1, 4),
            (10, 2, 4),
            (13, 1, 4),
            (3, 1, 7),
        ] {
            let mut path = Trajectory::with_capacity(points * every, 0, every);
            path.parameters_every = parameters_every;
            path.dimension = 2;
            path.steps = (points - 1) * every;
            for point in 0..points {
                path.push([0.0; 2], 1.0, 1.0);
                if point % parameters_every == 0 || point == points - 1 {
                    let mark = f64::from(u32::try_from(point).unwrap());
                    path.parameters.extend([mark, -mark]);
                }
            }
            for step in 0..path.steps + 3 {
                let wanted = path.point_of(step);
                let mut reached = path.positions().take_while(|(point, _)| *point <= wanted);
                let (point, position) = reached.by_ref().last().unwrap();
                let expected = Some((path.step_of(point), position));
                assert_eq!(path.parameters_by(step), expected, "{step} of {points}");
            }
        }
        assert_eq!(Trajectory::default().parameters_by(3), None);
    }

    #[test]
    fn between_a_number_and_an_infinity_lies_that_infinity() {
        const FAR: f64 = f64::INFINITY;
        for (from, to, expected) in [
            (1.0, 3.0, 2.0),
            (1.0, FAR, FAR),
            (FAR, FAR, FAR),
            (FAR, 1.0, FAR),
            (-FAR, -FAR, -FAR),
            (-1e308, 1e308, 0.0),
        ] {
            assert_eq!(between(from, to, 0.5), expected, "{from} to {to}");
        }
        assert!(between(f64::NAN, 1.0, 0.5).is_nan());
    }
}
