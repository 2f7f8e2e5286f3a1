//! Double-double numbers: the unevaluated sum of two doubles.

use super::{Eigen, Real, matrix};

/// A number with some 31 decimal digits: the sum of two doubles, the second of which is at most
/// half a unit in the last place of the first. It reaches as far as a double does.
///
/// Joldes, Muller & Popescu, *Tight and rigorous error bounds for basic building blocks of
/// double-word arithmetic*, 2017, algorithms 4, 6, 9, 12 and 17, with errors below 10 · 2⁻¹⁰⁶.
#[derive(Clone, Copy, Debug, Default)]
pub struct DoubleDouble {
    high: f64,
    low: f64,
}

/// a + b, exactly, as its rounded value and the error of it.
#[inline]
fn two_sum(a: f64, b: f64) -> [f64; 2] {
    let sum = a + b;
    let part = sum - a;
    [sum, (a - (sum - part)) + (b - part)]
}

/// The same for |a| ≥ |b|.
#[inline]
fn fast_two_sum(a: f64, b: f64) -> [f64; 2] {
    let sum = a + b;
    [sum, b - (sum - a)]
}

/// a · b, exactly, as its rounded value and the error of it. Beyond 10³⁰⁰ the error is not finite.
///
/// Dekker's product, and not a fused multiply-add, which is a slow call on many machines.
#[inline]
fn two_product(a: f64, b: f64) -> [f64; 2] {
    let split = |number: f64| {
        /// 2²⁷ + 1
        const SPLITTER: f64 = 134_217_729.0;
        let scaled = SPLITTER * number;
        let high = scaled - (scaled - number);
        [high, number - high]
    };
    let product = a * b;
    let ([a_high, a_low], [b_high, b_low]) = (split(a), split(b));
    let error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    [product, error]
}

impl DoubleDouble {
    /// What is not a number.
    pub const NAN: Self = Self::of(f64::NAN, 0.0);

    /// ln(1 + x)
    #[must_use]
    pub fn ln_1p(self) -> Self {
        self.logarithm_1p()
    }

    /// `high` + `low`, which must not overlap.
    pub(super) const fn of(high: f64, low: f64) -> Self {
        Self { high, low }
    }

    /// The same, if the sum is finite: an infinite number has no digits to add, and where the
    /// error of a huge one cannot be computed, the digits of a double remain.
    #[inline]
    fn checked([high, low]: [f64; 2]) -> Self {
        Self {
            high,
            low: if low.is_finite() { low } else { 0.0 },
        }
    }

    /// The nearest double.
    #[must_use]
    #[inline]
    pub const fn high(self) -> f64 {
        self.high
    }

    /// What the number has beyond the nearest double.
    #[must_use]
    #[inline]
    pub const fn low(self) -> f64 {
        self.low
    }

    #[inline]
    pub(super) fn plus(self, other: Self) -> Self {
        let [high, error] = two_sum(self.high, other.high);
        if !error.is_finite() {
            return Self::of(high, 0.0);
        }
        let [low, rest] = two_sum(self.low, other.low);
        let [high, error] = fast_two_sum(high, error + low);
        Self::checked(fast_two_sum(high, rest + error))
    }

    #[inline]
    pub(super) fn plus_double(self, other: f64) -> Self {
        let [high, error] = two_sum(self.high, other);
        if !error.is_finite() {
            return Self::of(high, 0.0);
        }
        Self::checked(fast_two_sum(high, self.low + error))
    }

    #[inline]
    pub(super) fn times(self, other: Self) -> Self {
        let [high, error] = two_product(self.high, other.high);
        if !error.is_finite() {
            return Self::of(high, 0.0);
        }
        let cross = self.high * other.low + self.low * other.high;
        Self::checked(fast_two_sum(high, error + cross))
    }

    #[inline]
    pub(super) fn times_double(self, other: f64) -> Self {
        let [high, error] = two_product(self.high, other);
        if !error.is_finite() {
            return Self::of(high, 0.0);
        }
        Self::checked(fast_two_sum(high, error + self.low * other))
    }

    #[inline]
    pub(super) fn over(self, other: Self) -> Self {
        let quotient = self.high / other.high;
        if !quotient.is_finite() || !other.high.is_finite() {
            return Self::of(quotient, 0.0);
        }
        let rest = self.plus(-other.times_double(quotient));
        let second = rest.high / other.high;
        let rest = rest.plus(-other.times_double(second));
        let third = rest.high / other.high;
        let [high, low] = fast_two_sum(quotient, second);
        Self::checked([high, low]).plus_double(if third.is_finite() { third } else { 0.0 })
    }

    /// The number times a power of 2, which is exact.
    #[inline]
    pub(super) fn scaled(self, power_of_two: f64) -> Self {
        Self::checked([self.high * power_of_two, self.low * power_of_two])
    }

    /// x²
    #[inline]
    pub(super) fn square(self) -> Self {
        self.times(self)
    }
}

impl Real for DoubleDouble {
    const ZERO: Self = Self::of(0.0, 0.0);
    const ONE: Self = Self::of(1.0, 0.0);

    #[inline]
    fn to_f64(self) -> f64 {
        self.high
    }

    #[inline]
    fn is_finite(self) -> bool {
        self.high.is_finite()
    }

    #[inline]
    fn abs(self) -> Self {
        if self.high.is_sign_negative() {
            -self
        } else {
            self
        }
    }

    #[inline]
    fn min(self, other: Self) -> Self {
        if self < other || other.high.is_nan() {
            self
        } else {
            other
        }
    }

    #[inline]
    fn max(self, other: Self) -> Self {
        if self > other || other.high.is_nan() {
            self
        } else {
            other
        }
    }

    #[inline]
    fn signum(self) -> Self {
        Self::of(self.high.signum(), 0.0)
    }

    /// The root of the first double, corrected by one step of Newton's method (Karp & Markstein,
    /// *High-precision division and square root*, 1997).
    #[inline]
    fn sqrt(self) -> Self {
        let root = self.high.sqrt();
        if root == 0.0 || !root.is_finite() {
            return Self::of(root, 0.0);
        }
        let rest = self - Self::from(root).square();
        Self::checked(fast_two_sum(root, rest.high / (2.0 * root)))
    }

    fn powi(self, n: i32) -> Self {
        let mut power = Self::ONE;
        let mut square = self;
        let mut left = n.unsigned_abs();
        while left > 0 {
            if left & 1 == 1 {
                power *= square;
            }
            left >>= 1;
            if left > 0 {
                square = square.square();
            }
        }
        if n < 0 { Self::ONE / power } else { power }
    }

    fn powf(self, y: f64) -> Self {
        /// Whole powers up to here are multiplied, which is exact enough.
        const MOST: f64 = 1024.0;
        if y.fract() == 0.0 && y.abs() <= MOST {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a whole number in the range"
            )]
            return self.powi(y as i32);
        }
        if self.high <= 0.0 || !self.is_finite() {
            return Self::of(self.high.powf(y), 0.0);
        }
        (self.ln() * y).exp()
    }

    fn exp(self) -> Self {
        self.exponential()
    }

    fn ln(self) -> Self {
        self.logarithm()
    }

    fn solve(matrix: Vec<Self>, right: Vec<Self>) -> Option<Vec<Self>> {
        matrix::solve(matrix, right)
    }

    fn symmetric_eigen(matrix: Vec<Self>, n: usize) -> Eigen<Self> {
        matrix::symmetric_eigen(matrix, n)
    }
}
