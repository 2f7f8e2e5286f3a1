//! A surface as a field of heights: triangles between nodes, and what hides what.

mod heights;
mod ray;

use super::{Grid, Sampled, Tone};
use crate::plane::Window;

pub use heights::{HeightScale, Heights};
pub use ray::Ray;

use ray::Peaks;

/// A field of heights 0…1 over a window, made of triangles.
///
/// Each cell between four nodes is divided by the diagonal from its lower left to its upper right
/// corner. Places in the field are fractions [u, v] of the window from its lower left corner.
#[derive(Clone, Debug)]
pub struct Relief {
    window: Window,
    columns: usize,
    rows: usize,
    heights: Vec<f32>,
    tones: Vec<f32>,
    slopes: Vec<[f32; 2]>,
    scale: HeightScale,
    peaks: Peaks,
}

impl Relief {
    /// The field of a sampled surface with at most `cells` cells along its longer side. `lowest` is
    /// the loss of the global minimum, if it is known.
    #[must_use]
    pub fn of(sampled: &Sampled, cells: usize, heights: Heights, lowest: Option<f64>) -> Self {
        let (grid, tone) = (sampled.grid(), *sampled.tone());
        let scale = HeightScale::new(heights, grid, tone, lowest);
        Self::new(&coarsened(grid, cells), &tone, scale)
    }

    fn new(grid: &Grid, tone: &Tone, scale: HeightScale) -> Self {
        let (columns, rows) = (grid.columns(), grid.rows());
        let heights: Vec<f32> = grid
            .values()
            .iter()
            .map(|&loss| scale.at(loss) as f32)
            .collect();
        Self {
            window: grid.window(),
            columns,
            rows,
            tones: tone.at_each(grid.values()),
            slopes: slopes(&heights, columns, rows),
            peaks: Peaks::of(&heights, columns, rows),
            heights,
            scale,
        }
    }

    /// The part of the plane under the field.
    #[must_use]
    pub fn window(&self) -> Window {
        self.window
    }

    /// The number of nodes along x and y.
    #[must_use]
    pub fn nodes(&self) -> [usize; 2] {
        [self.columns, self.rows]
    }

    /// The number of cells along x and y.
    #[must_use]
    pub fn cells(&self) -> [usize; 2] {
        self.nodes().map(|nodes| nodes.saturating_sub(1))
    }

    /// The scale of the heights.
    #[must_use]
    pub fn scale(&self) -> &HeightScale {
        &self.scale
    }

    /// The heights of the nodes, row by row from the smallest y; NaN in holes.
    #[must_use]
    pub fn heights(&self) -> &[f32] {
        &self.heights
    }

    /// The tones of the nodes, in the same order.
    #[must_use]
    pub fn tones(&self) -> &[f32] {
        &self.tones
    }

    /// The slopes [∂h/∂u, ∂h/∂v] at the nodes, in the same order; 0 beside holes.
    #[must_use]
    pub fn slopes(&self) -> &[[f32; 2]] {
        &self.slopes
    }

    /// The height at a place in the field; NaN in holes and outside.
    #[must_use]
    pub fn height(&self, [u, v]: [f64; 2]) -> f64 {
        let [columns, rows] = self.cells();
        if !((0.0..=1.0).contains(&u) && (0.0..=1.0).contains(&v)) || columns * rows == 0 {
            return f64::NAN;
        }
        let (x, y) = (u * columns as f64, v * rows as f64);
        let (column, row) = ((x as usize).min(columns - 1), (y as usize).min(rows - 1));
        let (x, y) = (x - column as f64, y - row as f64);
        let [a, b, c, d] = self.corners(column, row).map(f64::from);
        if y <= x {
            a + x * (b - a) + y * (d - b)
        } else {
            a + y * (c - a) + x * (d - c)
        }
    }

    /// The heights at the corners of a cell: lower left, lower right, upper left, upper right.
    fn corners(&self, column: usize, row: usize) -> [f32; 4] {
        let at = row * self.columns + column;
        let below = &self.heights[at..=at + 1];
        let above = &self.heights[at + self.columns..=at + self.columns + 1];
        [below[0], below[1], above[0], above[1]]
    }
}

/// The grid with at most `cells` cells along its longer side, by bilinear interpolation.
fn coarsened(grid: &Grid, cells: usize) -> Grid {
    let now = [grid.columns(), grid.rows()].map(|nodes| nodes.saturating_sub(1).max(1));
    let longer = now[0].max(now[1]);
    if longer <= cells.max(1) || grid.columns() < 2 || grid.rows() < 2 {
        return grid.clone();
    }
    let fewer = now.map(|count| (count * cells.max(1)).div_ceil(longer));
    let [across, up] = [0, 1].map(|axis| {
        let step = now[axis] as f64 / fewer[axis] as f64;
        let spot = move |node: usize| {
            let at = (node as f64 * step).min(now[axis] as f64);
            let from = (at as usize).min(now[axis] - 1);
            (from, at - from as f64)
        };
        (0..=fewer[axis]).map(spot).collect::<Vec<_>>()
    });
    let between = |from: f64, to: f64, share: f64| {
        // A node on the edge of a hole is not part of it.
        match share {
            0.0 => from,
            1.0 => to,
            _ => from + (to - from) * share,
        }
    };
    let values = grid.values();
    let mut coarse = Vec::with_capacity(across.len() * up.len());
    for &(row, up) in &up {
        for &(column, across) in &across {
            let at = row * grid.columns() + column;
            let [below, above] =
                [at, at + grid.columns()].map(|at| between(values[at], values[at + 1], across));
            coarse.push(between(below, above, up));
        }
    }
    Grid::from_values(grid.window(), [across.len(), up.len()], coarse)
}

/// The slopes at the nodes, by central differences; at the edges, by one-sided ones.
fn slopes(heights: &[f32], columns: usize, rows: usize) -> Vec<[f32; 2]> {
    let slope = |one: usize, other: usize, nodes: usize, count: usize| {
        let by = (heights[other] - heights[one]) * (count - 1) as f32 / nodes.max(1) as f32;
        if by.is_finite() { by } else { 0.0 }
    };
    let mut slopes = Vec::with_capacity(heights.len());
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            let (left, right) = (column.min(1), (columns - 1 - column).min(1));
            let (down, up) = (row.min(1), (rows - 1 - row).min(1));
            slopes.push([
                slope(at - left, at + right, left + right, columns),
                slope(at - down * columns, at + up * columns, down + up, rows),
            ]);
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::testing::closure;
    use crate::surface::Surface;

    fn relief(surface: &dyn Surface, cells: usize) -> Relief {
        let window = Window::square(1.0);
        let sampled = Sampled::new(surface, window, [81, 41], [400.0, 200.0]);
        Relief::of(&sampled, cells, Heights::Linear, None)
    }

    #[test]
    fn a_plane_is_as_high_everywhere_as_its_formula_says() {
        let plane = closure(|x, y| 3.0 * x + y);
        for cells in [80, 31, 7] {
            let relief = relief(&plane, cells);
            assert_eq!(relief.cells()[0], cells);
            for [u, v] in [[0.0, 0.0], [1.0, 1.0], [0.3, 0.9], [0.77, 0.12]] {
                let expected = (3.0 * u + v) / 4.0;
                let height = relief.height([u, v]);
                assert!(
                    (height - expected).abs() < 1e-6,
                    "{cells}: {height} {expected}"
                );
            }
            assert!(
                relief
                    .slopes()
                    .iter()
                    .all(|[u, v]| { (u - 0.75).abs() < 1e-3 && (v - 0.25).abs() < 1e-3 })
            );
        }
    }

    #[test]
    fn holes_and_the_outside_have_no_height() {
        let hole = closure(|x, y| if x > 0.5 { f64::NAN } else { x + y });
        let relief = relief(&hole, 80);
        assert!(relief.height([0.9, 0.5]).is_nan());
        assert!(relief.height([0.2, 0.5]).is_finite());
        assert!(relief.height([-0.1, 0.5]).is_nan());
        assert!(relief.height([0.2, 1.1]).is_nan());
    }
}
