//! Finds the minima of a surface inside a window.

use super::{Minimum, Surface};
use crate::number::{self, lowest_first};
use crate::pause::{Pauses, at_once};
use crate::plane::{Eigen, Window, dot, length};

/// The number of cells of the sampling grid along each side of the window.
const CELLS: i32 = 256;

/// The number of samples along each side: one more than cells, plus one beyond each edge, so that
/// samples on the edge have neighbours on all sides.
const SAMPLES: usize = 259;

/// The maximum number of candidates that are refined, lowest first. Noise has thousands; this
/// bounds the time.
const MOST: usize = 2048;

/// The distance, in cells, below which two points count as the same, and the range of a search by
/// trial.
const NEAR: f64 = 0.25;

/// The number of evaluations between two pauses: a millisecond or less.
const SLICE: u64 = 4000;

/// The evaluations that a search takes.
const SEARCH: u64 = 200;

/// The minima to mark in a picture: all those in the surface's window, or only the known ones if
/// there are so many that they would hide the picture.
#[must_use]
pub fn worth_marking(surface: &dyn Surface) -> Vec<Minimum> {
    at_once(worth_marking_in_slices(surface))
}

/// The same in slices.
pub async fn worth_marking_in_slices(surface: &dyn Surface) -> Vec<Minimum> {
    const CROWD: usize = 30;
    // The losses of small models over data are convex, so their known minima are the only ones. A
    // minimum of a network on a plane is none in all its weights.
    if surface.data().is_some() || surface.network().is_some() {
        return surface.minima();
    }
    let found = find_in_slices(surface, &surface.window()).await;
    if found.len() <= CROWD {
        found
    } else {
        surface.minima()
    }
}

/// The minima of `surface` inside `window`, lowest first.
///
/// Known minima are included as stated. The others are found by sampling a grid and descending from
/// each sample that is no higher than its neighbours, so minima closer together than a few cells
/// (1/256 of the window) can be missed. If no known minimum is global, the lowest ones count as
/// global, unless a sample is even lower.
#[must_use]
pub fn find(surface: &dyn Surface, window: &Window) -> Vec<Minimum> {
    at_once(find_in_slices(surface, window))
}

/// The same in slices.
pub async fn find_in_slices(surface: &dyn Surface, window: &Window) -> Vec<Minimum> {
    let search = Search {
        surface,
        middle: window.centre(),
        cell: [window.width(), window.height()].map(|side| side / f64::from(CELLS)),
    };
    let known = surface.minima();
    let (hollows, mut lowest) = search.hollows().await;
    let mut pauses = Pauses::every(SLICE);

    let inside = |minimum: &Minimum| window.contains(minimum.at);
    let mut minima: Vec<Minimum> = known.iter().copied().filter(inside).collect();
    let stated = minima.len();
    for hollow in hollows {
        pauses.after(SEARCH).await;
        let Some(at) = search.minimum_below(hollow) else {
            continue;
        };
        let value = surface.value(at);
        let is_new = !minima.iter().any(|other| search.near(at, other.at));
        if is_new && window.contains(at) && value.is_finite() {
            minima.push(Minimum::local(at, value));
        }
    }

    let global = known.iter().filter(|minimum| minimum.global);
    if let Some(known_lowest) = number::lowest(global.map(|minimum| minimum.value)) {
        lowest = known_lowest;
    }
    let values = minima.iter().map(|minimum| minimum.value);
    let lowest = number::lowest(values.chain([lowest])).unwrap_or(lowest);
    for (index, minimum) in minima.iter_mut().enumerate() {
        let is_lowest = minimum.value <= lowest + 1e-9 * (1.0 + lowest.abs());
        minimum.global = is_lowest && (minimum.global || index >= stated);
    }
    minima.sort_by(|a, b| {
        let by_value = lowest_first(a.value, b.value);
        let by_x = || a.at[0].total_cmp(&b.at[0]);
        let by_y = || a.at[1].total_cmp(&b.at[1]);
        by_value.then_with(by_x).then_with(by_y)
    });
    minima
}

/// A surface, measured in cells of the sampling grid.
struct Search<'a> {
    surface: &'a dyn Surface,
    middle: [f64; 2],
    cell: [f64; 2],
}

/// The end point of a search.
struct Rest {
    at: [f64; 2],
    /// Whether the gradient vanishes here and the surface curves upwards in every direction.
    is_bowl: bool,
}

impl Search<'_> {
    /// The samples that are no higher than their neighbours, lowest first, and the lowest loss of
    /// all.
    async fn hollows(&self) -> (Vec<[f64; 2]>, f64) {
        let beyond = CELLS / 2 + 1;
        let axis = |k: usize| -> Vec<f64> {
            let place = |step| self.middle[k] + f64::from(step) * self.cell[k];
            (-beyond..=beyond).map(place).collect()
        };
        let (xs, ys) = (axis(0), axis(1));
        let mut losses = vec![0.0; SAMPLES * SAMPLES];
        let mut pauses = Pauses::every(SLICE);
        for (row, &y) in losses.chunks_exact_mut(SAMPLES).zip(&ys) {
            self.surface.row(&xs, y, row);
            pauses.after(SAMPLES as u64).await;
        }
        let mut hollows = Vec::new();
        for (j, &y) in ys.iter().enumerate().take(SAMPLES - 1).skip(1) {
            let rows = [j - 1, j, j + 1].map(|j| &losses[j * SAMPLES..][..SAMPLES]);
            for i in 1..SAMPLES - 1 {
                let loss = rows[1][i];
                let around = || rows.iter().flat_map(|row| &row[i - 1..=i + 1]);
                // Rounding makes hollows in a plain; a real one must be deeper than that.
                let rim = loss + 64.0 * f64::EPSILON * loss.abs();
                if loss.is_finite()
                    && !around().any(|&other| other < loss)
                    && around().any(|&other| other > rim)
                {
                    hollows.push((loss, [xs[i], y]));
                }
            }
        }
        hollows.sort_by(|(a, _), (b, _)| lowest_first(*a, *b));
        hollows.truncate(MOST);
        (
            hollows.into_iter().map(|(_, at)| at).collect(),
            number::lowest(losses).unwrap_or(f64::INFINITY),
        )
    }

    /// The minimum in whose basin a point lies, if there is one.
    ///
    /// Where the curvature is inconclusive (at a cusp, at the bottom of x⁴, on the floor of a flat
    /// valley), a point is a minimum if all searches from around it return to it.
    fn minimum_below(&self, start: [f64; 2]) -> Option<[f64; 2]> {
        let Rest { at, is_bowl } = self.settle(start)?;
        let returns = |direction: [f64; 2]| {
            let beside = self.settle(self.moved(at, direction, 2.0 * NEAR));
            beside.is_some_and(|rest| self.near(rest.at, at))
        };
        (is_bowl || COMPASS.into_iter().all(returns)).then_some(at)
    }

    /// Descends by Newton's method, or by trial where that fails, for instance at a cusp.
    fn settle(&self, start: [f64; 2]) -> Option<Rest> {
        let by_trial = |at| Rest {
            at: self.trial(at),
            is_bowl: false,
        };
        match self.newton(start) {
            Ok(rest) => Some(rest),
            Err(at) => self.is_within_reach(at).then(|| by_trial(at)),
        }
    }

    /// Takes damped Newton steps until they converge, or returns the point where they fail: outside
    /// the window, where the gradient is undefined, or where no step decreases the loss.
    fn newton(&self, start: [f64; 2]) -> Result<Rest, [f64; 2]> {
        let mut at = start;
        for _ in 0..200 {
            let (loss, slope) = self.slope(at);
            let Some((step, is_bowl)) = self.newton_step(at, slope) else {
                break;
            };
            let reach = length(step);
            if !reach.is_finite() || !self.is_within_reach(at) {
                break;
            }
            let next = self.moved(at, step, 1.0);
            if reach < 1e-9 || self.is_rounding(at, next) {
                return Ok(Rest { at: next, is_bowl });
            }
            // Near the end rounding hides the decrease of the loss, but not that of the gradient.
            let is_better = |&scale: &f64| {
                let next = self.moved(at, step, scale);
                self.surface.value(next) < loss
                    || is_bowl && length(self.slope(next).1) < length(slope)
            };
            let mut scales = std::iter::successors(Some(1.0), |scale| Some(scale / 2.0)).take(30);
            match scales.find(is_better) {
                Some(scale) => at = self.moved(at, step, scale),
                None if is_bowl && reach < 1e-3 => return Ok(Rest { at, is_bowl }),
                None => break,
            }
        }
        Err(at)
    }

    /// The Newton step in cells, modified to be a descent direction even where the surface curves
    /// downwards, and limited to two cells along each principal axis; and whether the surface
    /// curves upwards along both axes. `None` if the curvature is not finite.
    fn newton_step(&self, at: [f64; 2], slope: [f64; 2]) -> Option<([f64; 2], bool)> {
        let [cx, cy] = self.cell;
        let [[xx, xy], [_, yy]] = self.surface.hessian(at);
        let cross = xy * cx * cy;
        let Eigen { values, vectors } = Eigen::of([[xx * cx * cx, cross], [cross, yy * cy * cy]])?;
        let [high, low] = values;
        let flat = 1e-9 * high.abs().max(low.abs());
        let along = |k: usize| {
            let curvature = values[k].abs().max(flat).max(f64::MIN_POSITIVE);
            let way = (-dot(slope, vectors[k]) / curvature).clamp(-2.0, 2.0);
            vectors[k].map(|part| way * part)
        };
        let (a, b) = (along(0), along(1));
        Some(([a[0] + b[0], a[1] + b[1]], low > flat))
    }

    /// Tries the eight directions with shorter and shorter steps.
    fn trial(&self, start: [f64; 2]) -> [f64; 2] {
        let (mut at, mut loss, mut length) = (start, self.surface.value(start), NEAR);
        for _ in 0..400 {
            let tries = COMPASS.map(|direction| self.moved(at, direction, length));
            let lower = tries
                .into_iter()
                .find(|&next| self.surface.value(next) < loss);
            if let Some(next) = lower {
                (at, loss) = (next, self.surface.value(next));
            } else if self.is_rounding(at, self.moved(at, [1.0, 1.0], length)) {
                break;
            } else {
                length /= 2.0;
            }
        }
        at
    }

    /// The loss and its gradient per cell.
    fn slope(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        let (loss, [dx, dy]) = self.surface.gradient(at);
        (loss, [dx * self.cell[0], dy * self.cell[1]])
    }

    /// `at` moved by `scale` times `step`, in cells.
    fn moved(&self, at: [f64; 2], step: [f64; 2], scale: f64) -> [f64; 2] {
        [0, 1].map(|k| at[k] + step[k] * scale * self.cell[k])
    }

    /// Whether two points count as the same: closer than a fraction of a cell, or indistinguishable
    /// in floating point.
    fn near(&self, a: [f64; 2], b: [f64; 2]) -> bool {
        (0..2).all(|k| (a[k] - b[k]).abs() <= (NEAR * self.cell[k]).max(1e-12 * b[k].abs()))
    }

    /// Whether two points differ only by rounding errors.
    fn is_rounding(&self, a: [f64; 2], b: [f64; 2]) -> bool {
        let places = |k: usize| f64::EPSILON * (2.0 * a[k].abs() + 1e-3 * self.cell[k]);
        (0..2).all(|k| (a[k] - b[k]).abs() <= places(k))
    }

    /// Whether a point lies in the window or less than two cells beyond its edge.
    fn is_within_reach(&self, at: [f64; 2]) -> bool {
        let reach = f64::from(CELLS / 2 + 2);
        (0..2).all(|k| (at[k] - self.middle[k]).abs() < reach * self.cell[k])
    }
}

/// The eight directions of the compass, in cells.
const COMPASS: [[f64; 2]; 8] = [
    [1.0, 0.0],
    [1.0, 1.0],
    [0.0, 1.0],
    [-1.0, 1.0],
    [-1.0, 0.0],
    [-1.0, -1.0],
    [0.0, -1.0],
    [1.0, -1.0],
];
