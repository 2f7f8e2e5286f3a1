//! The mean squared error of a straight line.

use std::sync::OnceLock;

use super::means::Means;
use super::{Dataset, Line, penalty};
use crate::plane::Window;
use crate::surface::dataset::moments;
use crate::surface::{About, Equation, Minimum, Precise, Surface, TwoParameters};

/// The descriptive texts of the loss.
pub(super) const ABOUT: About = About {
    name: "LinearRegression",
    title: "Linear regression",
    equation: Equation::Words("mean of (w·x + b − y)²"),
    window: Window::square(1.0),
    minima: &[],
    source: "A. M. Legendre, 1805; C. F. Gauss, 1809",
    teaches: "A bowl that is the mean of one bowl for every row: a step that looks at a few \
              rows only is cheap, and goes almost the right way.",
};

/// f(w, b) = mean of (w·x + b − y)² + λ/2 (w² + b²), over a data set.
///
/// The loss is quadratic, so a few sums over the rows, computed once, give value, gradient and
/// Hessian everywhere. Let θ* be the minimum, x̄ the mean and v the variance of x, and d = θ − θ*.
/// Then f(θ) = f(θ*) + v·d₁² + (x̄·d₁ + d₂)² + λ/2 ‖d‖², a sum of squares, which loses no digits
/// even close to the minimum.
#[derive(Clone, Debug)]
pub struct LeastSquares {
    pub(super) data: Dataset,
    pub(super) l2: f64,
    /// x̄
    mean: f64,
    /// v
    variance: f64,
    /// θ*; one of the minima if they are not unique.
    lowest: [f64; 2],
    /// f(θ*)
    floor: f64,
    /// The means over all rows with twice as many digits, once they are needed.
    pub(super) means: OnceLock<Means>,
}

impl LeastSquares {
    /// Creates the loss over these data with λ = `l2`.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    pub fn new(data: Dataset, l2: f64) -> Self {
        let rows = data.len() as f64;
        let ([mean, variance], [mean_y, _]) = (moments(&data.x), moments(&data.y));
        let pairs = || data.x.iter().zip(&data.y);
        let products = pairs().map(|(x, y)| (x - mean) * (y - mean_y));
        let covariance = products.sum::<f64>() / rows;
        // Solves ∇f = 0 by substituting b from the second equation into the first.
        let pull = 2.0 * l2 / (2.0 + l2);
        let curvature = 2.0 * variance + l2 + pull * mean * mean;
        let slope = 2.0 * covariance + pull * mean * mean_y;
        let w = if curvature == 0.0 {
            0.0
        } else {
            slope / curvature
        };
        let b = 2.0 * (mean_y - mean * w) / (2.0 + l2);
        let squares = pairs().map(|(x, y)| (w * x + b - y).powi(2));
        let floor = squares.sum::<f64>() / rows + penalty(l2, [w, b]);
        Self {
            l2,
            mean,
            variance,
            lowest: [w, b],
            floor,
            data,
            means: OnceLock::new(),
        }
    }

    /// Returns (2 · residual · (x, 1)) + λθ, the gradient of the loss of one row.
    fn of_row(&self, x: f64, y: f64, [w, b]: [f64; 2]) -> [f64; 2] {
        let residual = 2.0 * (w * x + b - y);
        [residual * x + self.l2 * w, residual + self.l2 * b]
    }

    /// Returns whether the minimum is unique.
    fn is_bowl(&self) -> bool {
        // Rounding can give a constant column a small variance.
        self.l2 > 0.0 || self.variance > 1e-28 * self.mean * self.mean
    }
}

impl TwoParameters for LeastSquares {}

impl Surface for LeastSquares {
    fn title(&self) -> &str {
        ABOUT.title
    }

    /// Returns a window around the minimum, twice as large as the level set through the origin.
    fn window(&self) -> Window {
        let [w, b] = self.lowest;
        let height = (self.value([0.0, 0.0]) - self.floor).max(self.floor);
        let [[ww, wb], [_, bb]] = self.hessian(self.lowest);
        let determinant = ww * bb - wb * wb;
        // The set {dᵀHd = 2 height} extends to √(2 height · H⁻¹ₖₖ) along axis k.
        let reach = |across: f64, along: f64, at: f64| {
            let reach = (2.0 * height * across / determinant).sqrt();
            let of_level_valley = 1.5 * at.abs().max((2.0 * height / along).sqrt());
            let reach = if self.is_bowl() {
                reach
            } else {
                of_level_valley
            };
            if reach.is_normal() { 2.0 * reach } else { 1.0 }
        };
        let half = [reach(bb, ww, w), reach(ww, bb, b)];
        let side = |k: usize| [self.lowest[k] - half[k], self.lowest[k] + half[k]];
        if self.lowest.iter().all(|at| at.is_finite()) {
            Window::new(side(0), side(1))
        } else {
            ABOUT.window
        }
    }

    fn minima(&self) -> Vec<Minimum> {
        let minimum = Minimum::global(self.lowest, self.floor);
        let is_known = self.is_bowl() && self.floor.is_finite();
        is_known.then_some(minimum).into_iter().collect()
    }

    fn value(&self, at: [f64; 2]) -> f64 {
        self.gradient_into(&at, &mut [0.0; 2])
    }

    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        let mut gradient = [0.0; 2];
        let loss = self.gradient_into(&at, &mut gradient);
        (loss, gradient)
    }

    fn gradient_into(&self, &[w, b]: &[f64; 2], gradient: &mut [f64; 2]) -> f64 {
        // Uses d = θ − θ*, as the gradients of the penalty and the rest cancel at θ*.
        let (dw, db) = (w - self.lowest[0], b - self.lowest[1]);
        let middle = self.mean * dw + db;
        *gradient = [
            2.0 * (self.variance * dw + self.mean * middle) + self.l2 * dw,
            2.0 * middle + self.l2 * db,
        ];
        self.floor + (self.variance * dw * dw + middle * middle + penalty(self.l2, [dw, db]))
    }

    fn hessian(&self, _at: [f64; 2]) -> [[f64; 2]; 2] {
        let square = self.variance + self.mean * self.mean;
        let mixed = 2.0 * self.mean;
        [[2.0 * square + self.l2, mixed], [mixed, 2.0 + self.l2]]
    }

    fn row(&self, ws: &[f64], b: f64, losses: &mut [f64]) {
        for (loss, &w) in losses.iter_mut().zip(ws) {
            *loss = self.value([w, b]);
        }
    }

    fn axes(&self) -> [&'static str; 2] {
        match self.data.standardized {
            Some(_) => ["w, in standard deviations", "b, in standard deviations"],
            None => ["w", "b"],
        }
    }

    fn data(&self) -> Option<&Dataset> {
        Some(&self.data)
    }

    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    fn batch(&self, rows: &[u32], [w, b]: [f64; 2]) -> (f64, [f64; 2]) {
        let (mut squares, mut sum_w, mut sum_b) = (0.0, 0.0, 0.0);
        for &row in rows {
            let row = row as usize;
            let (Some(x), Some(y)) = (self.data.x.get(row), self.data.y.get(row)) else {
                return (f64::NAN, [f64::NAN; 2]);
            };
            let residual = w * x + b - y;
            squares += residual * residual;
            sum_w += residual * x;
            sum_b += residual;
        }
        let count = rows.len() as f64;
        let scale = 2.0 / count;
        (
            squares / count + penalty(self.l2, [w, b]),
            [scale * sum_w + self.l2 * w, scale * sum_b + self.l2 * b],
        )
    }

    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    fn batch_hessian(&self, rows: &[u32], _at: [f64; 2]) -> [[f64; 2]; 2] {
        let (mut sum, mut squares) = (0.0, 0.0);
        for &row in rows {
            let Some(x) = self.data.x.get(row as usize) else {
                return [[f64::NAN; 2]; 2];
            };
            sum += x;
            squares += x * x;
        }
        let scale = 2.0 / rows.len() as f64;
        let mixed = scale * sum;
        [[scale * squares + self.l2, mixed], [mixed, 2.0 + self.l2]]
    }

    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    fn gradient_spread(&self, at: [f64; 2]) -> [[f64; 2]; 2] {
        let (_, [mean_w, mean_b]) = self.gradient(at);
        let (mut ww, mut wb, mut bb) = (0.0, 0.0, 0.0);
        for (&x, &y) in self.data.x.iter().zip(&self.data.y) {
            let [dw, db] = self.of_row(x, y, at);
            let (dw, db) = (dw - mean_w, db - mean_b);
            ww += dw * dw;
            wb += dw * db;
            bb += db * db;
        }
        let rows = self.data.len() as f64;
        [[ww / rows, wb / rows], [wb / rows, bb / rows]]
    }

    fn precise(&self) -> Option<&dyn Precise> {
        Some(self)
    }

    /// y = w·x + b
    fn prediction(&self, [w, b]: [f64; 2]) -> Option<Line> {
        Some(Line {
            normal: [w, -1.0],
            offset: -b,
        })
    }
}
