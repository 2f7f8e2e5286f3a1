//! The values of one racer: those that are drawn, and those that are read.

use super::Scale;
use crate::analysis::evaluations;
use crate::number;
use crate::simulation::Trajectory;

/// The values of one racer, ready to be drawn: a few hundred points, however long the race.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    points: Vec<[f64; 2]>,
}

impl Series {
    /// The losses of a path over its steps, where they were evaluated.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn of_losses(path: &Trajectory, scale: Scale) -> Self {
        if path.interval() == 1 {
            let points = path.loss.iter().enumerate();
            let points = points.map(|(point, &loss)| [path.step_of(point) as f64, loss]);
            return Self::of(points, scale);
        }
        let points = evaluations(path).into_iter();
        let points = points.filter_map(|it| Some([it.step as f64, *path.loss.get(it.point)?]));
        Self::of(points, scale)
    }

    /// The points (x, height), in ascending order of x.
    #[must_use]
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// A series of points (x, value) in ascending order of x: keeps the lowest and the highest
    /// value of every interval, so that no spike is lost.
    #[must_use]
    pub fn of(points: impl Iterator<Item = [f64; 2]>, scale: Scale) -> Self {
        const STRETCHES: usize = 300;
        let heights: Vec<[f64; 2]> = points
            .filter_map(|[x, value]| Some([x, scale.height(value)?]))
            .collect();
        if heights.len() <= 2 * STRETCHES {
            return Self { points: heights };
        }
        let mut points = Vec::with_capacity(2 * STRETCHES + 2);
        for stretch in heights.chunks(heights.len().div_ceil(STRETCHES)) {
            let by_height = |a: &&[f64; 2], b: &&[f64; 2]| number::lowest_first(a[1], b[1]);
            let low = stretch.iter().min_by(by_height);
            let high = stretch.iter().max_by(by_height);
            let mut both: Vec<[f64; 2]> = low.into_iter().chain(high).copied().collect();
            both.sort_by(|a, b| a[0].total_cmp(&b[0]));
            points.extend(both);
        }
        points.extend(heights.last());
        Self { points }
    }
}

/// All values of one racer, from which the chart reads those under the pointer.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// The values.
    pub values: &'a [f64],
    /// Their horizontal positions.
    pub along: Along<'a>,
}

/// Horizontal positions in ascending order.
#[derive(Clone, Copy, Debug)]
pub enum Along<'a> {
    /// At regular distances.
    Every {
        /// The position of the first value.
        first: f64,
        /// The distance to the next one.
        step: f64,
        /// The position of the last value, which may be nearer.
        last: f64,
    },
    /// Anywhere.
    At(&'a [f64]),
}

impl Values<'_> {
    /// The value nearest to a horizontal position, as (x, value).
    #[must_use]
    pub fn nearest(&self, x: f64) -> Option<[f64; 2]> {
        let last = self.values.len().checked_sub(1)?;
        let after = match self.along {
            Along::Every { first, step, .. } => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "`as` saturates and turns NaN into 0"
                )]
                let after = ((x - first) / step).ceil() as usize;
                after
            }
            Along::At(positions) => positions.partition_point(|position| *position < x),
        };
        let near = [after.saturating_sub(1).min(last), after.min(last)].map(|it| self.at(it));
        match near {
            [Some(before), Some(after)] => {
                let is_nearer = x - before[0] < after[0] - x;
                Some(if is_nearer { before } else { after })
            }
            [before, after] => before.or(after),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn at(&self, index: usize) -> Option<[f64; 2]> {
        let x = match self.along {
            Along::Every { first, step, last } => (first + index as f64 * step).min(last),
            Along::At(positions) => *positions.get(index)?,
        };
        Some([x, *self.values.get(index)?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_value_is_read() {
        let values = [8.0, 4.0, 2.0, 1.0];
        let along = Along::Every {
            first: 0.0,
            step: 10.0,
            last: 25.0,
        };
        let regular = Values {
            values: &values,
            along,
        };
        for (x, near) in [
            (-3.0, [0.0, 8.0]),
            (4.9, [0.0, 8.0]),
            (5.1, [10.0, 4.0]),
            (22.6, [25.0, 1.0]),
            (1e9, [25.0, 1.0]),
        ] {
            assert_eq!(regular.nearest(x), Some(near), "{x}");
        }
        let anywhere = Values {
            values: &values,
            along: Along::At(&[0.0, 1.0, 5.0, 5.5]),
        };
        assert_eq!(anywhere.nearest(2.0), Some([1.0, 4.0]));
        assert_eq!(anywhere.nearest(4.0), Some([5.0, 2.0]));
        assert_eq!(anywhere.nearest(7.0), Some([5.5, 1.0]));
    }

    #[test]
    fn of_no_values_none_is_read() {
        let none = Values {
            values: &[],
            along: Along::At(&[]),
        };
        assert_eq!(none.nearest(1.0), None);
    }
}
