//! The elementary functions of double-double numbers: a reduction of the argument and a series.
//!
//! All are right to some 30 digits; `tests/data/real.py` compares them with 60 digits.

use super::{DoubleDouble, Real};

/// π/2 in three parts.
#[expect(clippy::approx_constant, reason = "the first of three parts")]
const HALF_PI: [f64; 3] = [
    1.570_796_326_794_896_6,
    6.123_233_995_736_766e-17,
    -1.497_384_904_859_169_8e-33,
];
/// ln 2 in three parts.
#[expect(clippy::approx_constant, reason = "the first of three parts")]
const LN_2: [f64; 3] = [
    0.693_147_180_559_945_3,
    2.319_046_813_846_299_6e-17,
    5.707_708_438_416_212e-34,
];
/// ln 10
#[expect(clippy::approx_constant, reason = "the first of two parts")]
const LN_10: DoubleDouble = DoubleDouble::of(2.302_585_092_994_046, -2.170_756_223_382_249_4e-16);

/// Terms below this share of a sum no longer change it.
const NOTHING: f64 = 1e-34;

/// `number` − `times` · `unit`, for a unit in three parts.
fn reduced(number: DoubleDouble, times: f64, unit: [f64; 3]) -> DoubleDouble {
    unit.into_iter()
        .fold(number, |rest, part| rest - DoubleDouble::from(part) * times)
}

/// `first` + `first` · `next`(1) + `first` · `next`(1) · `next`(2) + …, until nothing changes.
fn series(first: DoubleDouble, next: impl Fn(f64) -> DoubleDouble) -> DoubleDouble {
    let (mut sum, mut term, mut index) = (first, first, 1.0);
    while term.abs() > sum.abs() * NOTHING {
        term *= next(index);
        sum += term;
        index += 1.0;
    }
    sum
}

impl DoubleDouble {
    /// eˣ
    pub(super) fn exponential(self) -> Self {
        let x = self.high();
        if !(-746.0..=710.0).contains(&x) {
            return Self::from(x.exp());
        }
        let doublings = (x / LN_2[0]).round();
        let power = small_exp_m1(reduced(self, doublings, LN_2)) + 1.0;
        // In two halves, as 2ⁿ alone may be out of range.
        let half = (doublings / 2.0).trunc();
        power.scaled(half.exp2()).scaled((doublings - half).exp2())
    }

    /// eˣ − 1
    pub(super) fn exponential_m1(self) -> Self {
        if self.high().abs() < 0.5 {
            small_exp_m1(self)
        } else {
            self.exponential() - 1.0
        }
    }

    /// ln x
    pub(super) fn logarithm(self) -> Self {
        let x = self.high();
        if x <= 0.0 || !x.is_finite() {
            return Self::from(x.ln());
        }
        if (0.9..1.1).contains(&x) {
            return small_ln_1p(self - 1.0);
        }
        // One step of Newton's method doubles the digits.
        let guess = Self::from(x.ln());
        guess + (self * (-guess).exponential() - 1.0)
    }

    /// ln(1 + x)
    pub(super) fn logarithm_1p(self) -> Self {
        if self.high().abs() < 0.1 {
            small_ln_1p(self)
        } else {
            (self + 1.0).logarithm()
        }
    }

    /// ln 10
    pub(super) const fn ln_10() -> Self {
        LN_10
    }

    /// ln 2
    pub(super) const fn ln_2() -> Self {
        Self::of(LN_2[0], LN_2[1])
    }

    /// sin x and cos x. Where even the position in a period is lost, beyond 10¹⁵, they have the
    /// digits of doubles.
    pub(super) fn sine_and_cosine(self) -> [Self; 2] {
        let x = self.high();
        if !x.is_finite() || x.abs() > 1e15 {
            return [Self::from(x.sin()), Self::from(x.cos())];
        }
        let quarters = (x / HALF_PI[0]).round();
        let rest = reduced(self, quarters, HALF_PI);
        let square = rest.square();
        let next = |above: f64| -square / above;
        let sine = series(rest, |k| next(2.0 * k * (2.0 * k + 1.0)));
        let cosine = series(Self::ONE, |k| next((2.0 * k - 1.0) * (2.0 * k)));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0, 1, 2 or 3"
        )]
        match quarters.rem_euclid(4.0) as u8 {
            0 => [sine, cosine],
            1 => [cosine, -sine],
            2 => [-sine, -cosine],
            _ => [-cosine, sine],
        }
    }

    /// arctan x: tan(θ − φ) = (x − tan φ)/(1 + x tan φ) for a first guess φ.
    pub(super) fn arctangent(self) -> Self {
        let guess = self.high().atan();
        if !self.is_finite() || guess == 0.0 {
            return Self::from(guess);
        }
        let [sine, cosine] = Self::from(guess).sine_and_cosine();
        let tangent = if self.high().abs() < 1.0 {
            (self * cosine - sine) / (cosine + self * sine)
        } else {
            // The same, divided by x.
            (cosine - sine / self) / (cosine / self + sine)
        };
        tangent + guess
    }

    /// ∛x
    pub(super) fn cube_root(self) -> Self {
        let root = Self::from(self.high().cbrt());
        if root == 0.0 || !root.is_finite() {
            return root;
        }
        root - (root.powi(3) - self) / (root.square() * 3.0)
    }

    /// sinh x and cosh x
    pub(super) fn hyperbolic(self) -> [Self; 2] {
        let grown = self.exponential_m1();
        let shrunk = (-self).exponential_m1();
        [(grown - shrunk) * 0.5, (grown + shrunk) * 0.5 + 1.0]
    }

    /// tanh x
    pub(super) fn hyperbolic_tangent(self) -> Self {
        if self.high().abs() > 40.0 {
            return self.signum();
        }
        let grown = (self * 2.0).exponential_m1();
        grown / (grown + 2.0)
    }

    /// The remainder of a division, with the sign of the dividend.
    pub(super) fn remainder(self, divisor: Self) -> Self {
        let quotient = self.over(divisor);
        let whole = quotient.high().trunc();
        // A whole number of the first double has its fraction in the second.
        let rest = if whole == quotient.high() {
            let low = quotient.low();
            if quotient.high() > 0.0 {
                low.floor()
            } else {
                low.ceil()
            }
        } else {
            0.0
        };
        self - divisor * (Self::from(whole) + rest)
    }
}

/// eˣ − 1 for |x| ≤ ½ ln 2, or little more: that of x/512, squared nine times.
fn small_exp_m1(x: DoubleDouble) -> DoubleDouble {
    const HALVINGS: i32 = 9;
    let part = x.scaled(0.5_f64.powi(HALVINGS));
    let mut grown = series(part, |k| part / (k + 1.0));
    for _ in 0..HALVINGS {
        grown = grown.scaled(2.0) + grown.square();
    }
    grown
}

/// ln(1 + x) for small x: 2 artanh z = 2 (z + z³/3 + z⁵/5 + …) with z = x/(2 + x).
fn small_ln_1p(x: DoubleDouble) -> DoubleDouble {
    let z = x / (x + 2.0);
    let square = z.square();
    let sum = series(z, |k| square * (2.0 * k - 1.0) / (2.0 * k + 1.0));
    sum.scaled(2.0)
}
