//! The values of a surface at the nodes of a regular grid.

use crate::number::lowest_first;
use crate::plane::Window;
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
