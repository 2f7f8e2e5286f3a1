//! The binary cross-entropy of a logistic model without bias.

use super::around::point_all_around;
use super::margins::{Losses, Sums, sigmoid_of_minus};
use super::{Dataset, Line, penalty};
use crate::plane::Window;
use crate::surface::{About, Equation, Minimum, Precise, Surface, TwoParameters};

/// The descriptive texts of the loss.
pub(super) const ABOUT: About = About {
    name: "LogisticRegression",
    title: "Logistic regression",
    equation: Equation::Words("mean of −ln σ(±(w₁x₁ + w₂x₂)), + for class 1, − for class 0"),
    window: Window::square(5.0),
    minima: &[],
    source: "D. R. Cox, J. R. Stat. Soc. B 20(2), 1958",
    teaches: "Convex, steep on the wrong side and almost flat on the right one; noisy where \
              classes overlap, and without any minimum where they do not.",
};

/// f(w₁, w₂) = mean of −ln σ(m) + λ/2 (w₁² + w₂²), over a data set
///
/// The margin m = ±(w₁x₁ + w₂x₂) of a row is positive if the model classifies it correctly. Each
/// row is stored as u = ±(x₁, x₂), so that m = w·u. Its loss is −ln σ(m) = ln(1 + e⁻ᵐ), with
/// gradient −σ(−m) u and Hessian σ(m) σ(−m) u uᵀ.
#[derive(Clone, Debug)]
pub struct CrossEntropy {
    data: Dataset,
    pub(super) l2: f64,
    /// The two coordinates of u for every row.
    u: [Vec<f64>; 2],
    minimum: Option<Minimum>,
}

impl CrossEntropy {
    /// Creates the loss over these data with λ = `l2`. Without labels, all rows belong to class 0.
    #[must_use]
    pub fn new(data: Dataset, l2: f64) -> Self {
        let is_one = |row: usize| {
            let labels = data.labels.as_ref();
            labels.is_some_and(|labels| labels.of.get(row) == Some(&true))
        };
        let turned = |column: &[f64]| {
            let rows = column.iter().enumerate();
            rows.map(|(row, &x)| if is_one(row) { x } else { -x })
                .collect()
        };
        let mut loss = Self {
            u: [turned(&data.x), turned(&data.y)],
            data,
            l2,
            minimum: None,
        };
        if loss.has_minimum() {
            loss.minimum = loss.descend();
        }
        loss
    }

    /// Returns u for every row.
    pub(super) fn rows(&self) -> impl Iterator<Item = [f64; 2]> {
        let [first, second] = &self.u;
        first
            .iter()
            .zip(second)
            .map(|(&first, &second)| [first, second])
    }

    /// Returns u for one row, counted from 0.
    pub(super) fn row_of(&self, row: u32) -> Option<[f64; 2]> {
        let [first, second] = &self.u;
        let row = row as usize;
        Some([*first.get(row)?, *second.get(row)?])
    }

    /// Returns the mean of σ(m) σ(−m) u uᵀ over these u, plus λ on the diagonal.
    fn mean_curvature(
        &self,
        rows: impl Iterator<Item = [f64; 2]>,
        [w1, w2]: [f64; 2],
    ) -> [[f64; 2]; 2] {
        let (mut count, mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0, 0.0);
        for [u1, u2] in rows {
            let wrong = sigmoid_of_minus((w1 * u1 + w2 * u2).abs());
            let weight = wrong * (1.0 - wrong);
            xx += weight * u1 * u1;
            xy += weight * u1 * u2;
            yy += weight * u2 * u2;
            count += 1.0;
        }
        [
            [xx / count + self.l2, xy / count],
            [xy / count, yy / count + self.l2],
        ]
    }

    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    fn count(&self) -> f64 {
        self.data.len() as f64
    }

    /// Returns the mean loss of these u for a w so large that a margin may have been ∞ − ∞. There,
    /// the loss of a row is max(−m, 0). As margins scale with w and u, they are computed with both
    /// normalized.
    #[cold]
    fn far_out(&self, rows: impl Iterator<Item = [f64; 2]>, w: [f64; 2]) -> f64 {
        let size = |[first, second]: [f64; 2]| first.abs().max(second.abs());
        let unit = |vector: [f64; 2]| vector.map(|part| part / size(vector));
        let [w1, w2] = unit(w);
        let (mut count, mut sum) = (0.0, 0.0);
        for u in rows {
            let [u1, u2] = unit(u);
            let margin = w1 * u1 + w2 * u2;
            if margin < 0.0 {
                sum -= margin * size(u) * size(w);
            }
            count += 1.0;
        }
        sum / count + penalty(self.l2, w)
    }

    /// Returns whether there is a unique minimum.
    ///
    /// Without a penalty, there is none if some w classifies every row correctly, as 2w is then
    /// even better. This is the case if a half-plane contains u for all rows. Opposite directions,
    /// up to rounding, leave the floor of a valley level.
    fn has_minimum(&self) -> bool {
        if self.data.is_empty() || self.l2 > 0.0 {
            return !self.data.is_empty();
        }
        point_all_around(self.rows())
    }

    /// Returns the root mean square of the lengths of u.
    fn size(&self) -> f64 {
        (self.rows().map(|[x, y]| x * x + y * y).sum::<f64>() / self.count()).sqrt()
    }

    /// Finds the minimum by Newton's method from the origin, halving steps that increase the loss.
    fn descend(&self) -> Option<Minimum> {
        let unit = 1.0 / self.size();
        let mut at = [0.0; 2];
        for _ in 0..200 {
            let (loss, [g1, g2]) = self.gradient(at);
            let [[a, b], [_, d]] = self.hessian(at);
            let determinant = a * d - b * b;
            let step = [
                (b * g2 - d * g1) / determinant,
                (b * g1 - a * g2) / determinant,
            ];
            let moved = |scale: f64| [0, 1].map(|k| at[k] + scale * step[k]);
            let length = step[0].hypot(step[1]);
            let part = length / (unit + at[0].hypot(at[1]));
            // Near the minimum, rounding hides the decrease, but the step is still good: the next
            // one would be as small as its square.
            let mut scales = std::iter::successors(Some(1.0), |scale| Some(scale / 2.0)).take(40);
            let is_lower = |&scale: &f64| self.value(moved(scale)) < loss;
            let lower = (part > 1e-7).then(|| scales.find(is_lower)).flatten();
            match lower {
                Some(scale) => at = moved(scale),
                None if part < 1e-6 => {
                    let at = moved(1.0);
                    return Some(Minimum::global(at, self.value(at)));
                }
                None => return None,
            }
        }
        None
    }
}

impl TwoParameters for CrossEntropy {}

impl Surface for CrossEntropy {
    fn title(&self) -> &str {
        ABOUT.title
    }

    /// Returns a window around the minimum, with the origin well inside. Without a minimum, it is
    /// centred at the origin and extends to margins of about 8.
    fn window(&self) -> Window {
        let far = 8.0 / self.size();
        let (at, half) = match self.minimum {
            Some(Minimum { at, .. }) => (at, far.max(2.0 * at[0].hypot(at[1]))),
            None => ([0.0; 2], far),
        };
        if half.is_normal() {
            Window::square(half).moved(at[0], at[1])
        } else {
            ABOUT.window
        }
    }

    fn minima(&self) -> Vec<Minimum> {
        self.minimum.into_iter().collect()
    }

    fn rows_per_loss(&self) -> usize {
        self.u[0].len()
    }

    fn value(&self, at: [f64; 2]) -> f64 {
        let loss = Sums::loss_over([&self.u[0], &self.u[1]], at) / self.count();
        if loss.is_nan() {
            return self.far_out(self.rows(), at);
        }
        loss + penalty(self.l2, at)
    }

    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        let mut gradient = [0.0; 2];
        let loss = self.gradient_into(&at, &mut gradient);
        (loss, gradient)
    }

    fn gradient_into(&self, &[w1, w2]: &[f64; 2], gradient: &mut [f64; 2]) -> f64 {
        let sums = Sums::over([&self.u[0], &self.u[1]], [w1, w2]);
        let count = self.count();
        *gradient = [
            sums.slope[0] / count + self.l2 * w1,
            sums.slope[1] / count + self.l2 * w2,
        ];
        if sums.loss.is_nan() {
            return self.far_out(self.rows(), [w1, w2]);
        }
        sums.loss / count + penalty(self.l2, [w1, w2])
    }

    fn hessian(&self, at: [f64; 2]) -> [[f64; 2]; 2] {
        self.mean_curvature(self.rows(), at)
    }

    fn row(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        for (loss, &x) in losses.iter_mut().zip(xs) {
            *loss = self.value([x, y]);
        }
    }

    fn axes(&self) -> [&'static str; 2] {
        match self.data.standardized {
            Some(_) => ["w₁, per standard deviation", "w₂, per standard deviation"],
            None => ["w₁", "w₂"],
        }
    }

    fn data(&self) -> Option<&Dataset> {
        Some(&self.data)
    }

    #[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^53")]
    fn batch(&self, rows: &[u32], [w1, w2]: [f64; 2]) -> (f64, [f64; 2]) {
        let mut losses = Losses::default();
        let mut sum = [0.0; 2];
        for &row in rows {
            let Some([u1, u2]) = self.row_of(row) else {
                return (f64::NAN, [f64::NAN; 2]);
            };
            let wrong = losses.add(w1 * u1 + w2 * u2);
            sum[0] -= wrong * u1;
            sum[1] -= wrong * u2;
        }
        let count = rows.len() as f64;
        let loss = match losses.sum() {
            sum if sum.is_nan() => {
                let rows = rows.iter().filter_map(|&row| self.row_of(row));
                self.far_out(rows, [w1, w2])
            }
            sum => sum / count + penalty(self.l2, [w1, w2]),
        };
        (
            loss,
            [sum[0] / count + self.l2 * w1, sum[1] / count + self.l2 * w2],
        )
    }

    fn batch_hessian(&self, rows: &[u32], at: [f64; 2]) -> [[f64; 2]; 2] {
        let missing = [f64::NAN; 2];
        let rows = rows.iter().map(|&row| self.row_of(row).unwrap_or(missing));
        self.mean_curvature(rows, at)
    }

    fn gradient_spread(&self, at: [f64; 2]) -> [[f64; 2]; 2] {
        let (_, mean) = self.gradient(at);
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for [u1, u2] in self.rows() {
            let wrong = sigmoid_of_minus(at[0] * u1 + at[1] * u2);
            let d1 = self.l2 * at[0] - wrong * u1 - mean[0];
            let d2 = self.l2 * at[1] - wrong * u2 - mean[1];
            xx += d1 * d1;
            xy += d1 * d2;
            yy += d2 * d2;
        }
        let count = self.count();
        [[xx / count, xy / count], [xy / count, yy / count]]
    }

    fn precise(&self) -> Option<&dyn Precise> {
        Some(self)
    }

    /// w₁x₁ + w₂x₂ = 0
    fn prediction(&self, at: [f64; 2]) -> Option<Line> {
        Some(Line {
            normal: at,
            offset: 0.0,
        })
    }
}
