//! The losses of the models with twice as many digits: plain sums over the rows.

use super::means::Means;
use super::{CrossEntropy, LeastSquares};
use crate::objective::Rows;
use crate::real::{DoubleDouble, Real};
use crate::surface::{Precise, Surface};

type Pair = [DoubleDouble; 2];

/// λ/2 (w₁² + w₂²)
fn penalty(l2: f64, [first, second]: Pair) -> DoubleDouble {
    (first * first + second * second) * l2 * 0.5
}

impl LeastSquares {
    fn means(&self, rows: Rows<'_>) -> Means {
        let data = &self.data;
        let row = |row: usize| Some([*data.x.get(row)?, *data.y.get(row)?]);
        match rows {
            Rows::All => *self
                .means
                .get_or_init(|| Means::of((0..data.len()).map(row))),
            Rows::These(rows) => Means::of(rows.iter().map(|&index| row(index as usize))),
        }
    }
}

impl Precise for LeastSquares {
    fn precise_gradient(&self, [w, b]: Pair, rows: Rows<'_>) -> (DoubleDouble, Pair) {
        let Means { x, y, xx, xy, yy } = self.means(rows);
        // The means of the residuals and of their products with x and y.
        let residual = w * x + b - y;
        let by_x = w * xx + b * x - xy;
        let by_y = w * xy + b * y - yy;
        let square = w * by_x + b * residual - by_y;
        (
            square + penalty(self.l2, [w, b]),
            [by_x * 2.0 + w * self.l2, residual * 2.0 + b * self.l2],
        )
    }

    fn precise_hessian(&self, _at: Pair, rows: Rows<'_>) -> [Pair; 2] {
        let Means { x, xx, .. } = self.means(rows);
        let mixed = x * 2.0;
        [
            [xx * 2.0 + self.l2, mixed],
            [mixed, DoubleDouble::from(2.0) + self.l2],
        ]
    }
}

impl CrossEntropy {
    /// Hands the margin m and u of each row to `each`, and returns the number of rows.
    fn each_row(
        &self,
        [w1, w2]: Pair,
        rows: Rows<'_>,
        mut each: impl FnMut(DoubleDouble, [f64; 2]),
    ) -> f64 {
        let mut count = 0.0;
        let mut visit = |[first, second]: [f64; 2]| {
            each(w1 * first + w2 * second, [first, second]);
            count += 1.0;
        };
        match rows {
            Rows::All => self.rows().for_each(visit),
            Rows::These(rows) => {
                for &row in rows {
                    visit(self.row_of(row).unwrap_or([f64::NAN; 2]));
                }
            }
        }
        count
    }
}

/// σ(−m) and e^−|m|
fn wrongness(margin: DoubleDouble) -> Pair {
    let small = (-margin.abs()).exp();
    let share = if margin < 0.0 {
        DoubleDouble::ONE
    } else {
        small
    };
    [share / (small + 1.0), small]
}

impl Precise for CrossEntropy {
    fn precise_gradient(&self, at: Pair, rows: Rows<'_>) -> (DoubleDouble, Pair) {
        let mut slope = [DoubleDouble::ZERO; 2];
        let mut length = DoubleDouble::ZERO;
        // Π (1 + e^−|m|) − 1, whose logarithm is taken before it can overflow.
        let mut product = DoubleDouble::ZERO;
        let count = self.each_row(at, rows, |margin, u| {
            let [wrong, small] = wrongness(margin);
            for (slope, part) in slope.iter_mut().zip(u) {
                *slope -= wrong * part;
            }
            if margin < 0.0 {
                length -= margin;
            }
            product += small + product * small;
            if product > 1e100 {
                length += product.ln_1p();
                product = DoubleDouble::ZERO;
            }
        });
        let mut loss = (length + product.ln_1p()) / count + penalty(self.l2, at);
        if !loss.is_finite() {
            // The logarithm of what is out of range: the loss in doubles knows how to tell it.
            let at = at.map(Real::to_f64);
            loss = DoubleDouble::from(match rows {
                Rows::All => self.value(at),
                Rows::These(rows) => self.batch(rows, at).0,
            });
        }
        let [first, second] = slope;
        let pull = at.map(|part| part * self.l2);
        (loss, [first / count + pull[0], second / count + pull[1]])
    }

    fn precise_hessian(&self, at: Pair, rows: Rows<'_>) -> [Pair; 2] {
        let [mut xx, mut xy, mut yy] = [DoubleDouble::ZERO; 3];
        let count = self.each_row(at, rows, |margin, [first, second]| {
            let [wrong, _] = wrongness(margin.abs());
            let weight = wrong * (DoubleDouble::ONE - wrong);
            xx += weight * first * first;
            xy += weight * first * second;
            yy += weight * second * second;
        });
        let mixed = xy / count;
        [[xx / count + self.l2, mixed], [mixed, yy / count + self.l2]]
    }
}
