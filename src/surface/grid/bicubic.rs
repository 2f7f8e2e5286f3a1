//! The surface between the nodes of a grid.

use super::{Layout, Measured, Nodes};
use crate::plane::Window;
use crate::surface::{About, Equation, Formula, Number};
use crate::table::Reading;

/// The description of all measured landscapes.
pub const ABOUT: About = About {
    name: "Grid",
    title: "Measured landscape",
    equation: Equation::Words("losses on a grid, and a bicubic interpolation between them"),
    window: Window::square(1.0),
    minima: &[],
    source: "R. Keys, IEEE Trans. ASSP 29 (1981), eq. 15",
    teaches: "The loss of a network of one's own on a plane, as a script has measured it: how \
              optimizers would move if the plane were all there is.",
};

/// The loss between the nodes of a grid: the bicubic interpolation of Keys (1981) with a = −1/2,
/// also known as the Catmull–Rom spline. Along each axis, for a part u of the way from node 1 to
/// node 2 of four in a row,
///
/// f = ½ [(−u + 2u² − u³) f₀ + (2 − 5u² + 3u³) f₁ + (u + 4u² − 3u³) f₂ + (−u² + u³) f₃]
///
/// It passes through all nodes, its gradient is continuous, and parabolas are reproduced as they
/// are, up to the edge. The Hessian jumps from cell to cell. Outside the grid, and next
/// to a hole, the loss is NaN: nothing was measured there.
#[derive(Clone, Debug)]
pub struct GridLoss {
    measured: Measured,
    /// The losses with a border of one node on all sides, row by row.
    bordered: Vec<f64>,
}

impl GridLoss {
    /// Returns the surface through the nodes.
    #[must_use]
    pub fn new(measured: Measured) -> Self {
        let nodes = &measured.nodes;
        let signed = |count: usize| isize::try_from(count).unwrap_or(isize::MAX);
        let (columns, rows) = (signed(nodes.columns), signed(nodes.rows));
        let across = |row| (-1..=columns).map(move |column| (column, row));
        let all = (-1..=rows).flat_map(across);
        let bordered = all.map(|(column, row)| nodes.beyond(column, row)).collect();
        Self { measured, bordered }
    }

    /// Returns a description, line by line, of how the file was understood.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        self.measured.lines()
    }

    /// A loss that is undefined everywhere.
    pub(super) fn undefined() -> Self {
        let nodes = Nodes {
            window: ABOUT.window,
            columns: 2,
            rows: 2,
            losses: vec![f64::NAN; 4],
        };
        Self::new(Measured {
            nodes,
            layout: Layout::Matrix,
            reading: Reading::default(),
        })
    }
}

impl Formula for GridLoss {
    const ABOUT: About = ABOUT;

    /// Outside the grid nothing was measured, so that no limit says what the loss is.
    const IS_KNOWN_FAR_OUT: bool = false;

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let Nodes {
            window,
            columns,
            rows,
            ..
        } = &self.measured.nodes;
        let cell = cell(x, window.x, *columns).zip(cell(y, window.y, *rows));
        let Some(((column, across), (row, up))) = cell else {
            return (x + y) * f64::NAN;
        };
        let up = weights(up);
        let across = weights(across);
        let mut sum = D::zero();
        for (row, weight) in (row..).zip(up) {
            let from = row * (columns + 2) + column;
            let Some(losses) = self.bordered.get(from..from + 4) else {
                return (x + y) * f64::NAN;
            };
            let mut along = D::zero();
            for (weight, &loss) in across.iter().zip(losses) {
                along += *weight * loss;
            }
            sum += weight * along;
        }
        sum
    }

    fn frame(&self) -> Window {
        self.measured.nodes.window
    }

    fn measured(&self) -> Option<&Measured> {
        Some(&self.measured)
    }
}

/// Returns the index of the cell in which a coordinate lies, and the part of the way through it;
/// `None` outside the grid.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "there are far fewer than 2^53 nodes, and the coordinate lies among them"
)]
fn cell<D: Number>(at: D, [from, to]: [f64; 2], count: usize) -> Option<(usize, D)> {
    if !(from..=to).contains(&at.re()) {
        return None;
    }
    let cells = count - 1;
    let way = (at - from) * (cells as f64 / (to - from));
    // The last node belongs to the last cell.
    let index = (way.re() as usize).min(cells - 1);
    Some((index, way - index as f64))
}

/// Returns the weights of four nodes in a row, at the part `u` of the way from the second to the
/// third (Keys 1981, eq. 15).
fn weights<D: Number>(u: D) -> [D; 4] {
    let (u2, u3) = (u * u, u * u * u);
    [
        (u2 * 2.0 - u - u3) * 0.5,
        (u3 * 3.0 - u2 * 5.0 + 2.0) * 0.5,
        (u + u2 * 4.0 - u3 * 3.0) * 0.5,
        (u3 - u2) * 0.5,
    ]
}
