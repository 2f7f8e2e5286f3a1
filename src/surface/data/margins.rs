//! The loss of a logistic model from the margins of its rows, several at a time.
//!
//! A map and a race evaluate it millions of times. The arithmetic is therefore written over lanes,
//! in plain loops that the compiler vectorizes, and without the system's mathematical library,
//! whose last digits differ between machines. On processors with registers for four numbers, a
//! second version compiled for them is used. All sums follow the order of the lanes, so the digits
//! are the same everywhere.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the wider registers"
)]

use std::f64::consts::LOG2_E;

use multiversion::multiversion;

/// The number of rows processed in parallel.
const LANES: usize = 8;

/// The number of rows computed before they are summed. They fit in the L1 cache.
const PANEL: usize = 256;

/// The number of factors of at most 2 whose product cannot overflow.
const BLOCK: usize = 1016;

/// Sums over rows for the parameters w, where u is a row's features with the sign of its class and
/// m = w·u is its margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sums {
    /// Σ ln(1 + e⁻ᵐ)
    pub loss: f64,
    /// −Σ σ(−m) u
    pub slope: [f64; 2],
}

impl Sums {
    /// Computes the sums over all rows. Both columns must have the same length.
    pub(super) fn over(u: [&[f64]; 2], w: [f64; 2]) -> Self {
        #[multiversion(targets("x86_64+avx2"))]
        fn sums(u: [&[f64]; 2], w: [f64; 2]) -> Sums {
            Sums::added_up(u, w)
        }
        sums(u, w)
    }

    /// Computes Σ ln(1 + e⁻ᵐ) alone, which is faster.
    pub(super) fn loss_over(u: [&[f64]; 2], w: [f64; 2]) -> f64 {
        #[multiversion(targets("x86_64+avx2"))]
        fn loss(u: [&[f64]; 2], w: [f64; 2]) -> f64 {
            // The compiler removes the unused sums.
            Sums::added_up(u, w).loss
        }
        loss(u, w)
    }

    #[inline(always)]
    fn added_up(u: [&[f64]; 2], w: [f64; 2]) -> Self {
        let mut total = Self {
            loss: 0.0,
            slope: [0.0; 2],
        };
        let mut panel = Panel::default();
        for (first, second) in u[0].chunks(BLOCK).zip(u[1].chunks(BLOCK)) {
            let mut side_by_side = Lanes::<LANES>::default();
            let mut rest = Lanes::<1>::default();
            for (first, second) in first.chunks(PANEL).zip(second.chunks(PANEL)) {
                let columns = panel.work_out(first, second, w);
                side_by_side.add(columns);
                rest.add(columns.map(|column| column.as_chunks::<LANES>().1));
            }
            let product = joined(side_by_side.product(), rest.product());
            let length = side_by_side.length.iter().chain(&rest.length).sum::<f64>();
            total.loss += length + libm::log1p(product);
            for (axis, slope) in total.slope.iter_mut().enumerate() {
                let lanes = side_by_side.slope[axis].iter().chain(&rest.slope[axis]);
                *slope -= lanes.sum::<f64>();
            }
        }
        total
    }
}

/// Intermediate results for some rows, computed by short loops in which no row depends on another.
struct Panel {
    margin: [f64; PANEL],
    /// e^−|m|
    small: [f64; PANEL],
    /// σ(−m)
    wrong: [f64; PANEL],
    /// max(−m, 0)
    length: [f64; PANEL],
}

impl Default for Panel {
    #[inline(always)]
    fn default() -> Self {
        Self {
            margin: [0.0; PANEL],
            small: [0.0; PANEL],
            wrong: [0.0; PANEL],
            length: [0.0; PANEL],
        }
    }
}

impl Panel {
    /// Computes max(−m, 0), e^−|m| and σ(−m) for the rows of these two columns and returns them
    /// together with the columns.
    #[inline(always)]
    fn work_out<'a>(
        &'a mut self,
        first: &'a [f64],
        second: &'a [f64],
        w: [f64; 2],
    ) -> [&'a [f64]; 5] {
        let rows = ..first.len().min(second.len()).min(PANEL);
        let (first, second) = (&first[rows], &second[rows]);
        let (margin, small) = (&mut self.margin[rows], &mut self.small[rows]);
        let (wrong, length) = (&mut self.wrong[rows], &mut self.length[rows]);
        for ((margin, first), second) in margin.iter_mut().zip(first).zip(second) {
            *margin = w[0] * first + w[1] * second;
        }
        for (small, margin) in small.iter_mut().zip(&*margin) {
            *small = exp(-margin.abs());
        }
        for ((wrong, &margin), &small) in wrong.iter_mut().zip(&*margin).zip(&*small) {
            *wrong = wrongness(margin, small);
        }
        for (length, &margin) in length.iter_mut().zip(&*margin) {
            *length = length_of(margin);
        }
        [length, small, wrong, first, second]
    }
}

/// Sums in which every N-th row belongs to the same lane.
///
/// As ln(1 + e⁻ᵐ) = max(−m, 0) + ln(1 + e^−|m|), and a sum of logarithms is the logarithm of a
/// product, a whole block needs only one logarithm. The products are stored minus 1, as `log1p`
/// expects, so that losses far below the precision of 1 are not lost.
struct Lanes<const N: usize> {
    /// Σ max(−m, 0)
    length: [f64; N],
    /// Π (1 + e^−|m|) − 1
    product: [f64; N],
    /// Σ σ(−m) u
    slope: [[f64; N]; 2],
}

impl<const N: usize> Default for Lanes<N> {
    fn default() -> Self {
        Self {
            length: [0.0; N],
            product: [0.0; N],
            slope: [[0.0; N]; 2],
        }
    }
}

impl<const N: usize> Lanes<N> {
    /// Adds N rows at a time, ignoring the remainder.
    #[inline(always)]
    fn add(&mut self, columns: [&[f64]; 5]) {
        let [length, small, wrong, first, second] = columns.map(|column| column.as_chunks::<N>().0);
        let features = first.iter().zip(second);
        let rows = length.iter().zip(small).zip(wrong).zip(features);
        for (((length, small), wrong), (first, second)) in rows {
            for lane in 0..N {
                self.length[lane] += length[lane];
                self.product[lane] = joined(self.product[lane], small[lane]);
                self.slope[0][lane] += wrong[lane] * first[lane];
                self.slope[1][lane] += wrong[lane] * second[lane];
            }
        }
    }

    #[inline(always)]
    fn product(&self) -> f64 {
        self.product.iter().copied().fold(0.0, joined)
    }
}

/// (1 + a)(1 + b) − 1
#[inline(always)]
fn joined(a: f64, b: f64) -> f64 {
    a + (b + a * b)
}

/// max(−m, 0)
#[inline(always)]
fn length_of(margin: f64) -> f64 {
    if margin < 0.0 { -margin } else { 0.0 }
}

/// Returns σ(−m), the model's error on a row, from m and e^−|m|.
#[inline(always)]
fn wrongness(margin: f64, small: f64) -> f64 {
    let share = if margin < 0.0 { 1.0 } else { small };
    share / (1.0 + small)
}

/// Σ ln(1 + e⁻ᵐ) over rows added one by one. As in [`Lanes`], many rows share one logarithm.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Losses {
    /// Σ max(−m, 0), plus the logarithms of full blocks.
    length: f64,
    /// Π (1 + e^−|m|) − 1 over the current block.
    product: f64,
    filled: usize,
}

impl Losses {
    /// Adds a row with margin m and returns σ(−m), the model's error on it.
    #[inline]
    pub(super) fn add(&mut self, margin: f64) -> f64 {
        let small = exp(-margin.abs());
        self.length += length_of(margin);
        self.product = joined(self.product, small);
        self.filled += 1;
        if self.filled == BLOCK {
            *self = Self {
                length: self.sum(),
                ..Self::default()
            };
        }
        wrongness(margin, small)
    }

    /// Returns the sum.
    pub(super) fn sum(&self) -> f64 {
        self.length + libm::log1p(self.product)
    }
}

/// Returns σ(−m), the model's error on a row with margin m.
pub(super) fn sigmoid_of_minus(margin: f64) -> f64 {
    wrongness(margin, exp(-margin.abs()))
}

/// Returns eˣ for x ≤ 0, accurate to one unit in the last place; 0 below −708, where numbers are
/// subnormal.
///
/// With n = round(x/ln 2) and r = x − n ln 2, eˣ = 2ⁿ eʳ, and thirteen terms of the series of eʳ
/// suffice. Adding `SHIFT` rounds to an integer and leaves it in the lowest bits, from which it is
/// shifted into the exponent.
#[inline(always)]
fn exp(x: f64) -> f64 {
    /// 1.5 · 2⁵²
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    /// ln 2 in two parts; n times the first is exact.
    const LN_2: [f64; 2] = [
        f64::from_bits(0x3fe6_2e42_fee0_0000),
        f64::from_bits(0x3dea_39ef_3579_3c76),
    ];
    /// 1/13!, 1/12!, … 1/2!
    const TERMS: [f64; 12] = [
        1.0 / 6_227_020_800.0,
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        1.0 / 2.0,
    ];
    let shifted = x * LOG2_E + SHIFT;
    let n = shifted - SHIFT;
    let r = (x - n * LN_2[0]) - n * LN_2[1];
    let square = r * r;
    // Odd and even powers are summed separately, so that neither waits for the other.
    let (mut odd, mut even) = (0.0, 0.0);
    for pair in TERMS.as_chunks::<2>().0 {
        odd = odd * square + pair[0];
        even = even * square + pair[1];
    }
    let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1.0_f64.to_bits()));
    let whole = power * (1.0 + (r + square * (odd * r + even)));
    if x < -708.0 { 0.0 } else { whole }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_exponential_is_right_to_a_unit_in_the_last_place(x in -708.0..0.0, near in -1.0..0.0) {
            for x in [x, near] {
                let (ours, theirs) = (exp(x), libm::exp(x));
                prop_assert!((ours / theirs - 1.0).abs() <= f64::EPSILON, "{x}: {ours} {theirs}");
            }
        }

        #[test]
        fn sums_are_those_of_the_rows_one_by_one(
            rows in prop::collection::vec([-3.0..3.0, -3.0..3.0], 1..40),
            copies in 1..80_usize,
            w in [-5.0..5.0, -5.0..5.0],
        ) {
            let rows = rows.repeat(copies);
            let column = |axis: usize| rows.iter().map(|row| row[axis]).collect::<Vec<f64>>();
            let ours = Sums::over([&column(0), &column(1)], w);
            let (mut loss, mut slope) = (0.0, [0.0; 2]);
            for u in &rows {
                let margin = w[0] * u[0] + w[1] * u[1];
                loss += libm::log1p(libm::exp(-margin));
                let wrong = 1.0 / (1.0 + libm::exp(margin));
                slope = [slope[0] - wrong * u[0], slope[1] - wrong * u[1]];
            }
            let scale = 1e-13 * (1.0 + loss);
            prop_assert!((ours.loss - loss).abs() <= scale);
            prop_assert!((ours.slope[0] - slope[0]).abs() <= scale);
            prop_assert!((ours.slope[1] - slope[1]).abs() <= scale);
        }
    }

    #[test]
    fn the_exponential_ends_in_0_and_keeps_nan() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp(-1e300), 0.0);
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn ten_thousand_rows_at_the_border_do_not_overflow() {
        let zeros = vec![0.0; 10_000];
        let loss = Sums::over([&zeros, &zeros], [1.0, 1.0]).loss;
        assert!((loss / 1e4 - std::f64::consts::LN_2).abs() < 1e-14);
    }
}
