//! Finds the stationary points of a surface inside a window, and says what they are.

use super::Surface;
use crate::number::lowest_first;
use crate::pause::{Pauses, at_once};
use crate::plane::{Eigen, Window, length};

/// The number of cells along each side of the window, in each of which a point is sought.
const CELLS: usize = 64;

/// The largest number of cells in which a point is sought; noise has more.
const MOST: usize = 512;

/// The distance, in cells, below which two points count as the same.
const NEAR: f64 = 0.05;

/// The largest number of steps of a search.
const STEPS: usize = 60;

/// The number of derivatives between two pauses: a millisecond or less.
const SLICE: u64 = 1000;

/// The size of an eigenvalue of the Hessian, as a part of the larger one, below which it counts as
/// 0.
const FLAT: f64 = 1e-7;

/// What a stationary point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The surface curves upwards in every direction.
    Minimum,
    /// It curves upwards in one direction and downwards in another.
    Saddle,
    /// It curves downwards in every direction.
    Maximum,
    /// It does not curve in some direction, so that the Hessian does not say what it is.
    Degenerate,
}

impl Kind {
    /// The noun for such a point.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Saddle => "saddle",
            Self::Maximum => "maximum",
            Self::Degenerate => "flat point",
        }
    }

    /// What a point with these eigenvalues of the Hessian is, of which the larger comes first.
    #[must_use]
    pub fn of([larger, smaller]: [f64; 2]) -> Self {
        let flat = FLAT * larger.abs().max(smaller.abs());
        let is_flat = |value: f64| value.is_nan() || value.abs() <= flat;
        if is_flat(larger) || is_flat(smaller) {
            Self::Degenerate
        } else if smaller > 0.0 {
            Self::Minimum
        } else if larger < 0.0 {
            Self::Maximum
        } else {
            Self::Saddle
        }
    }
}

/// A point at which the gradient vanishes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stationary {
    /// Its position.
    pub at: [f64; 2],
    /// The loss there.
    pub value: f64,
    /// The eigenvalues of the Hessian there, the larger first.
    pub curvatures: [f64; 2],
    /// What it is.
    pub kind: Kind,
}

/// The stationary points of `surface` inside `window`, the lowest first.
///
/// They are sought by Newton's method from every cell of a grid in which both slopes change their
/// signs, so of several that share a cell (1/64 of the window) only one is found. Where the surface
/// is flat all around, no point stands out and none is found; nor is one at a kink, where there is
/// no gradient.
#[must_use]
pub fn find(surface: &dyn Surface, window: &Window) -> Vec<Stationary> {
    at_once(find_in_slices(surface, window))
}

/// The same in slices.
pub async fn find_in_slices(surface: &dyn Surface, window: &Window) -> Vec<Stationary> {
    let grid = Grid::new(surface, window).await;
    let mut pauses = Pauses::every(SLICE);
    let mut points: Vec<Stationary> = Vec::new();
    for start in grid.candidates().into_iter().take(MOST) {
        pauses.after(STEPS as u64).await;
        let Some(point) = grid.settle(start) else {
            continue;
        };
        let is_new = points
            .iter()
            .all(|other| grid.apart(point.at, other.at) > NEAR);
        if is_new && window.contains(point.at) {
            points.push(point);
        }
    }
    points.sort_by(|a, b| {
        let by_value = lowest_first(a.value, b.value);
        by_value.then_with(|| a.at[0].total_cmp(&b.at[0]))
    });
    points
}

/// Those of stationary points that are worth marking in a picture in which minima are marked: saddles
/// and maxima, unless there are so many that they would hide the picture.
#[must_use]
pub fn worth_marking(points: &[Stationary]) -> Vec<Stationary> {
    const CROWD: usize = 30;
    let marked = points.iter().copied();
    let marked: Vec<_> = marked
        .filter(|point| matches!(point.kind, Kind::Saddle | Kind::Maximum))
        .collect();
    if marked.len() <= CROWD {
        marked
    } else {
        Vec::new()
    }
}

/// The slopes of a surface at the corners of a grid of cells.
struct Grid<'a> {
    surface: &'a dyn Surface,
    corner: [f64; 2],
    cell: [f64; 2],
    slopes: Vec<[f64; 2]>,
    /// The typical length of a gradient.
    steepness: f64,
}

#[expect(clippy::cast_precision_loss, reason = "cells are few")]
impl<'a> Grid<'a> {
    async fn new(surface: &'a dyn Surface, window: &Window) -> Self {
        let mut grid = Self {
            surface,
            corner: [window.x[0], window.y[0]],
            cell: [window.width(), window.height()].map(|side| side / CELLS as f64),
            slopes: Vec::new(),
            steepness: 0.0,
        };
        let mut pauses = Pauses::every(SLICE);
        for j in 0..=CELLS {
            let corners = (0..=CELLS).map(|i| [i, j]);
            let slope = |corner: [usize; 2]| surface.gradient(grid.at(corner.map(|k| k as f64))).1;
            let slopes: Vec<[f64; 2]> = corners.map(slope).collect();
            grid.slopes.extend(slopes);
            pauses.after(CELLS as u64).await;
        }
        let lengths = grid.slopes.iter().map(|slope| length(*slope));
        let mut lengths: Vec<f64> = lengths.filter(|length| length.is_finite()).collect();
        let middle = lengths.len() / 2;
        if !lengths.is_empty() {
            grid.steepness = *lengths.select_nth_unstable_by(middle, f64::total_cmp).1;
        }
        grid
    }

    /// The point at these numbers of cells from the corner.
    fn at(&self, cells: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|k| self.corner[k] + cells[k] * self.cell[k])
    }

    /// The distance between two points, in cells.
    fn apart(&self, a: [f64; 2], b: [f64; 2]) -> f64 {
        length([0, 1].map(|k| (a[k] - b[k]) / self.cell[k]))
    }

    /// The middles of the cells in which both slopes change their signs.
    fn candidates(&self) -> Vec<[f64; 2]> {
        let cells = (0..CELLS).flat_map(|j| (0..CELLS).map(move |i| [i, j]));
        let candidates = cells.filter(|&[i, j]| {
            let row = CELLS + 1;
            let first = j * row + i;
            let corners = [first, first + 1, first + row, first + row + 1];
            let slopes = corners.map(|corner| self.slopes[corner]);
            let changes = |k: usize| {
                let any = |holds: fn(f64) -> bool| slopes.iter().any(|slope| holds(slope[k]));
                any(|slope| slope >= 0.0) && any(|slope| slope <= 0.0)
            };
            let is_plateau = slopes.iter().all(|slope| *slope == [0.0; 2]);
            changes(0) && changes(1) && !is_plateau
        });
        candidates
            .map(|[i, j]| self.at([i as f64 + 0.5, j as f64 + 0.5]))
            .collect()
    }

    /// Looks for the point at which the gradient vanishes, by Newton's method with the damping of
    /// Levenberg and Marquardt, which also comes to rest where the Hessian is singular.
    fn settle(&self, start: [f64; 2]) -> Option<Stationary> {
        let mut at = start;
        let mut slope = self.surface.gradient(at).1;
        let mut damping = 1e-3;
        for _ in 0..STEPS {
            if length(slope) == 0.0 {
                break;
            }
            let [[a, b], [_, d]] = self.surface.hessian(at);
            // HᵀH + μ diag, with a symmetric H.
            let scale = a * a + 2.0 * b * b + d * d;
            let push = damping * scale;
            let normal = [a * a + b * b + push, b * (a + d), b * b + d * d + push];
            let right = [a * slope[0] + b * slope[1], b * slope[0] + d * slope[1]];
            let determinant = normal[0] * normal[2] - normal[1] * normal[1];
            let step = [
                (normal[2] * right[0] - normal[1] * right[1]) / determinant,
                (normal[0] * right[1] - normal[1] * right[0]) / determinant,
            ];
            let next = [at[0] - step[0], at[1] - step[1]];
            let there = self.surface.gradient(next).1;
            if length(there) < length(slope) {
                let moved = self.apart(at, next);
                (at, slope) = (next, there);
                damping *= 0.1;
                if moved < 1e-13 {
                    break;
                }
            } else {
                damping = (10.0 * damping).max(1e-12);
                if damping > 1e6 || !determinant.is_finite() {
                    break;
                }
            }
        }
        let is_far = self.apart(start, at) > 3.0;
        let rest = 1e-9 * self.steepness.max(f64::MIN_POSITIVE);
        let is_at_rest = length(slope) <= rest;
        // What is left of a search that ends at 0 is noise.
        let tidy = [0, 1].map(|k| {
            let is_noise = at[k].abs() < 1e-9 * self.cell[k];
            if is_noise { 0.0 } else { at[k] }
        });
        if length(self.surface.gradient(tidy).1) <= rest {
            at = tidy;
        }
        if is_far || !is_at_rest {
            return None;
        }
        let curvatures = Eigen::of(self.surface.hessian(at))?.values;
        Some(Stationary {
            at,
            value: self.surface.value(at),
            curvatures,
            kind: Kind::of(curvatures),
        })
        .filter(|point| point.value.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::SurfaceChoice;

    fn found(choice: &SurfaceChoice) -> Vec<(Kind, [f64; 2])> {
        let surface = choice.open();
        let points = find(&*surface, &surface.window());
        let rounded = |at: [f64; 2]| at.map(|part| (1000.0 * part).round() / 1000.0 + 0.0);
        let points = points.iter().map(|point| (point.kind, rounded(point.at)));
        points.collect()
    }

    #[test]
    fn himmelblau_has_four_minima_four_saddles_and_a_maximum() {
        use Kind::{Maximum, Minimum, Saddle};
        let mut points = found(&SurfaceChoice::Himmelblau);
        points.sort_by(|a, b| a.0.cmp(&b.0).then(a.1[0].total_cmp(&b.1[0])));
        assert_eq!(
            points,
            [
                (Minimum, [-3.779, -3.283]),
                (Minimum, [-2.805, 3.131]),
                (Minimum, [3.0, 2.0]),
                (Minimum, [3.584, -1.848]),
                (Saddle, [-3.073, -0.081]),
                (Saddle, [-0.128, -1.954]),
                (Saddle, [0.087, 2.884]),
                (Saddle, [3.385, 0.074]),
                (Maximum, [-0.271, -0.923]),
            ]
        );
    }

    #[test]
    fn a_minimum_at_the_origin_lies_there() {
        let mut bowl = SurfaceChoice::Typed(crate::surface::typed::Typed::new("x^2 + 15*y^2"));
        bowl.load(None).unwrap();
        let points = find(&*bowl.open(), &Window::new([-3.0, 3.1], [-2.2, 2.0]));
        let found: Vec<_> = points.iter().map(|it| (it.at, it.value)).collect();
        assert_eq!(found, [([0.0; 2], 0.0)]);
    }

    #[test]
    fn saddles_are_told_from_points_where_nothing_curves() {
        assert_eq!(found(&SurfaceChoice::Saddle), [(Kind::Saddle, [0.0; 2])]);
        assert_eq!(
            found(&SurfaceChoice::MonkeySaddle),
            [(Kind::Degenerate, [0.0; 2])]
        );
    }

    #[test]
    fn every_known_smooth_minimum_is_found() {
        // Ackley's minimum is a kink, and Lévi's waves are about as short as the cells.
        let left_out = [SurfaceChoice::Ackley, SurfaceChoice::LeviN13];
        let choices = SurfaceChoice::BUILT_IN.iter();
        for choice in choices.filter(|choice| !left_out.contains(choice)) {
            let surface = choice.open();
            let points = find(&*surface, &surface.window());
            for minimum in surface.minima() {
                let near = |point: &&Stationary| {
                    length([0, 1].map(|k| point.at[k] - minimum.at[k])) < 1e-4
                };
                let is_inside = surface.window().contains(minimum.at);
                assert!(
                    !is_inside || points.iter().any(|it| near(&it)),
                    "{} {:?}",
                    choice.about().title,
                    minimum.at
                );
            }
        }
    }
}
