//! The values of a surface at the nodes of a regular grid.

use std::ops::Range;
use std::sync::Arc;

use crate::number::lowest_first;
use crate::plane::Window;
use crate::simulation::{Job, Progress};
use crate::surface::Surface;

/// The values of a surface at `columns` × `rows` nodes evenly spaced over a window.
///
/// The outermost nodes lie exactly on the window's edges. Row 0 has the smallest y, column 0 the
/// smallest x, and the values are stored row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    window: Window,
    columns: usize,
    rows: usize,
    values: Vec<f64>,
}

/// The minimum, median and maximum of the finite values of a grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The smallest finite value.
    pub minimum: f64,
    /// The median of the finite values: for an even number of them, the mean of the middle two.
    pub median: f64,
    /// The largest finite value.
    pub maximum: f64,
}

impl Grid {
    /// Samples `surface` over `window`.
    #[must_use]
    pub fn sample(surface: &dyn Surface, window: Window, columns: usize, rows: usize) -> Self {
        let xs: Vec<f64> = nodes(window.x, columns).collect();
        let mut values = vec![f64::NAN; columns * rows];
        if columns > 0 {
            for (row, y) in values.chunks_exact_mut(columns).zip(nodes(window.y, rows)) {
                surface.row(&xs, y, row);
            }
        }
        Self::from_values(window, [columns, rows], values)
    }

    /// The grid with these values, row by row; NaN where some are missing.
    #[must_use]
    pub fn from_values(window: Window, [columns, rows]: [usize; 2], mut values: Vec<f64>) -> Self {
        values.resize(columns * rows, f64::NAN);
        Self {
            window,
            columns,
            rows,
            values,
        }
    }

    /// The rectangle on whose edges the outermost nodes lie.
    #[must_use]
    pub fn window(&self) -> Window {
        self.window
    }

    /// The number of nodes along x.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The number of nodes along y.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The values, row by row from the smallest y; NaN or infinite where the surface is.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The minimum, median and maximum of the finite values; `None` if no value is finite.
    #[must_use]
    pub fn spread(&self) -> Option<Spread> {
        let finite = self
            .values
            .iter()
            .copied()
            .filter(|value| value.is_finite());
        let mut values = Vec::with_capacity(self.values.len());
        values.extend(finite);
        let count = values.len();
        if count == 0 {
            return None;
        }
        let (lower, &mut middle, upper) =
            values.select_nth_unstable_by(count / 2, |a, b| lowest_first(*a, *b));
        let largest_below = lower.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Some(Spread {
            minimum: lower.iter().copied().fold(middle, f64::min),
            median: if count % 2 == 0 {
                f64::midpoint(largest_below, middle)
            } else {
                middle
            },
            maximum: upper.iter().copied().fold(middle, f64::max),
        })
    }
}

/// Samples some consecutive rows of a grid in slices. The result is their values, row by row.
#[derive(Clone, Debug)]
pub struct GridJob {
    surface: Arc<dyn Surface>,
    xs: Vec<f64>,
    ys: Vec<f64>,
    values: Vec<f64>,
}

impl GridJob {
    /// Prepares to sample the rows `band` of the grid with `columns` × `rows` nodes over `window`.
    #[must_use]
    pub fn new(
        surface: &Arc<dyn Surface>,
        window: Window,
        [columns, rows]: [usize; 2],
        band: Range<usize>,
    ) -> Self {
        let ys = nodes(window.y, rows).skip(band.start).take(band.len());
        let ys: Vec<f64> = ys.collect();
        Self {
            surface: Arc::clone(surface),
            xs: nodes(window.x, columns).collect(),
            values: Vec::with_capacity(columns * ys.len()),
            ys,
        }
    }
}

impl Job for GridJob {
    type Out = Vec<f64>;

    fn advance(&mut self, work: u64) -> Progress<Vec<f64>> {
        let (columns, price) = (self.xs.len(), self.surface.cost().max(1));
        let count = columns * self.ys.len();
        let slice = usize::try_from(work).unwrap_or(usize::MAX) / price;
        let end = self.values.len().saturating_add(slice.max(1)).min(count);
        while self.values.len() < end {
            let from = self.values.len();
            let (row, column) = (from / columns, from % columns);
            let nodes = (end - from).min(columns - column);
            self.values.resize(from + nodes, f64::NAN);
            let xs = &self.xs[column..column + nodes];
            self.surface.row(xs, self.ys[row], &mut self.values[from..]);
        }
        if end == count {
            return Progress::Done(std::mem::take(&mut self.values));
        }
        Progress::Working {
            done: end as u64 * price as u64,
            of: count as u64 * price as u64,
        }
    }
}

/// `count` evenly spaced numbers that include both ends of the range exactly; a single number lies
/// in the middle.
fn nodes([from, to]: [f64; 2], count: usize) -> impl Iterator<Item = f64> {
    let fraction = move |node: usize| match count {
        1 => 0.5,
        _ => node as f64 / (count - 1) as f64,
    };
    (0..count).map(move |node| from * (1.0 - fraction(node)) + to * fraction(node))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::testing::closure;
    use crate::surface::Beale;

    const WINDOW: Window = Window::new([-0.1, 0.7], [1.3, 1.9]);

    #[test]
    fn corners_lie_exactly_on_the_edges_and_row_0_has_the_smallest_y() {
        let xs: Vec<f64> = nodes(WINDOW.x, 7).collect();
        assert_eq!([xs[0], xs[6]], WINDOW.x);
        let ys = Grid::sample(&closure(|_, y| y), WINDOW, 3, 5);
        assert_eq!(ys.values()[..3], [1.3; 3]);
        assert_eq!(ys.values()[12..], [1.9; 3]);
    }

    #[test]
    fn values_are_those_of_the_surface() {
        let grid = Grid::sample(&Beale, Window::square(4.5), 10, 7);
        assert_eq!(grid.values()[0], Beale.value([-4.5, -4.5]));
        assert_eq!(grid.values()[9], Beale.value([4.5, -4.5]));
        assert_eq!(grid.values()[69], Beale.value([4.5, 4.5]));
    }

    #[test]
    fn the_spread_leaves_out_what_is_not_finite() {
        let window = Window::new([0.0, 5.0], [0.0, 0.0]);
        let holes = closure(|x, _| match x {
            0.0 => f64::NAN,
            1.0 => f64::NEG_INFINITY,
            x => -x,
        });
        let spread = Grid::sample(&holes, window, 6, 1).spread();
        assert_eq!(
            spread,
            Some(Spread {
                minimum: -5.0,
                median: -3.5,
                maximum: -2.0
            })
        );
        let undefined = closure(|_, _| f64::INFINITY);
        assert_eq!(Grid::sample(&undefined, window, 6, 6).spread(), None);
    }

    #[test]
    fn a_band_sampled_in_slices_has_the_rows_of_the_grid() {
        let surface: Arc<dyn Surface> = Arc::new(Beale);
        let grid = Grid::sample(&Beale, WINDOW, 7, 9);
        for slice in [0, 1, 5, 7, 8, 1000] {
            let mut job = GridJob::new(&surface, WINDOW, [7, 9], 2..6);
            let mut last = 0;
            let values = loop {
                match job.advance(slice) {
                    Progress::Done(values) => break values,
                    Progress::Working { done, of } => {
                        assert!(last < done && done < of && of == 28);
                        last = done;
                    }
                }
            };
            assert_eq!(values, grid.values()[14..42], "slices of {slice}");
        }
    }

    #[test]
    fn grids_of_no_or_one_node_are_fine() {
        for (columns, rows) in [(0, 0), (0, 4), (4, 0), (1, 1), (1, 3), (3, 1)] {
            let grid = Grid::sample(&Beale, WINDOW, columns, rows);
            assert_eq!(grid.values().len(), columns * rows);
            assert_eq!(grid.spread().is_some(), columns * rows > 0);
        }
        let one = Grid::sample(&closure(|x, y| x + y), WINDOW, 1, 1);
        assert!((one.values()[0] - 1.9).abs() < 1e-12);
    }
}
