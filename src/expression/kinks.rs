//! Functions at the points where they have no derivative, over any kind of number.
//!
//! Which derivative counts there is defined here:
//! - `abs`, `sign`, `floor`, `ceil`, `relu` at their kinks and jumps: 0;
//! - `min` and `max` of equal numbers: that of the first;
//! - `sqrt`, `cbrt` and powers below 1 at 0, `asin`, `acos` and `acosh` at the edge of what is
//!   defined, where the slope is infinite: 0, as at the tip of a cone;
//! - `hypot(0, 0)`, `atan2(0, 0)`: 0;
//! - logarithms and negative powers at 0, which are infinite: 0.

use super::Number;
use crate::real::DoubleDouble;

/// |x|
#[inline]
pub fn absolute<D: Number>(x: D) -> D {
    match x.partial_cmp(&D::zero()) {
        Some(std::cmp::Ordering::Less) => -x,
        Some(std::cmp::Ordering::Equal) => D::zero(),
        _ => x,
    }
}

/// −1, 0 or 1; NaN of NaN.
#[inline]
pub fn sign<D: Number>(x: D) -> D {
    let value = x.re();
    D::from(if value == 0.0 { 0.0 } else { value.signum() })
}

/// The largest whole number that is not larger.
#[inline]
pub fn rounded_down<D: Number>(x: D) -> D {
    let whole = x.re().floor();
    // A double-double whose first double is whole may lie below it.
    let below = whole == x.re() && (x - whole).re() < 0.0;
    let whole = if below { whole - 1.0 } else { whole };
    // What the second double of a large number has in whole numbers.
    let rest = (x - whole).re();
    if rest.is_finite() && rest >= 1.0 {
        return D::from(whole) + rest.floor();
    }
    D::from(whole)
}

/// max(x, 0)
#[inline]
pub fn relu<D: Number>(x: D) -> D {
    if x.re() <= 0.0 { D::zero() } else { x }
}

/// √x
#[inline]
pub fn square_root<D: Number>(x: D) -> D {
    if x.re() == 0.0 { D::zero() } else { x.sqrt() }
}

/// ∛x
#[inline]
pub fn cube_root<D: Number>(x: D) -> D {
    if x.re() == 0.0 { D::zero() } else { x.cbrt() }
}

/// A logarithm, which is infinite at 0.
#[inline]
pub fn logarithm<D: Number>(x: D, function: impl Fn(&D) -> D) -> D {
    if x.re() == 0.0 {
        return D::from(f64::NEG_INFINITY);
    }
    function(&x)
}

/// An inverse of sine or cosine, level at ±1.
#[inline]
pub fn arcus<D: Number>(x: D, function: impl Fn(&D) -> D) -> D {
    if x.re().abs() == 1.0 {
        return function(&D::from(x.re()));
    }
    function(&x)
}

/// arcosh x, level at 1.
#[inline]
pub fn arc_hyperbolic_cosine<D: Number>(x: D) -> D {
    if x.re() == 1.0 { D::zero() } else { x.acosh() }
}

/// tanh x, also where sinh and cosh are out of range.
pub fn tangent_hyperbolic<D: Number>(x: D) -> D {
    if is_double::<D>() {
        return D::from(x.re().tanh());
    }
    let negative = x.re() < 0.0;
    let twice = if negative { x } else { -x } * 2.0;
    let shrunk = twice.exp_m1();
    let size = -shrunk / (shrunk + 2.0);
    if negative { -size } else { size }
}

/// The smaller of two numbers; NaN if one of them is.
#[inline]
pub fn smaller<D: Number>(a: D, b: D) -> D {
    if a <= b || a.re().is_nan() { a } else { b }
}

/// The larger of two numbers; NaN if one of them is.
#[inline]
pub fn larger<D: Number>(a: D, b: D) -> D {
    if a >= b || a.re().is_nan() { a } else { b }
}

/// √(x² + y²), without overflow on the way.
pub fn distance<D: Number>(x: D, y: D) -> D {
    if is_double::<D>() {
        return D::from(x.re().hypot(y.re()));
    }
    let scale = x.re().abs().max(y.re().abs());
    if scale == 0.0 {
        return D::zero();
    }
    if !scale.is_finite() {
        return D::from(x.re().hypot(y.re()));
    }
    let (x, y) = (x / scale, y / scale);
    (x * x + y * y).sqrt() * scale
}

/// The angle of the point (x, y).
pub fn angle<D: Number>(y: D, x: D) -> D {
    let value = y.re().atan2(x.re());
    if is_double::<D>() || (x.re() == 0.0 && y.re() == 0.0) {
        return D::from(value);
    }
    if is_double_double::<D>() {
        return y.atan2(x);
    }
    // The quotient that is at most 1 in size; what is left is a constant.
    let [turn, rest] = if x.re().abs() >= y.re().abs() {
        let turn = if x.re() > 0.0 {
            0.0
        } else {
            std::f64::consts::PI.copysign(y.re())
        };
        [D::from(turn), (y / x).atan()]
    } else {
        let quarter = std::f64::consts::FRAC_PI_2.copysign(y.re());
        [D::from(quarter), -(x / y).atan()]
    };
    turn + rest
}

/// The remainder of x / y with the sign of y: derivatives 1 and −⌊x/y⌋.
pub fn remainder<D: Number>(x: D, y: D) -> D {
    let (a, b) = (x.re(), y.re());
    let rest = a % b;
    let wrong_side = rest != 0.0 && (rest < 0.0) != (b < 0.0);
    let rest = if wrong_side { rest + b } else { rest };
    if is_double::<D>() {
        return D::from(rest);
    }
    x - y * ((a - rest) / b).round()
}

/// xʸ for an exponent without derivatives.
pub fn power_of<D: Number>(x: D, y: D) -> D {
    let (base, exponent) = (x.re(), y.re());
    if is_double::<D>() {
        return D::from(base.powf(exponent));
    }
    if exponent == 0.0 {
        return D::one();
    }
    if exponent.fract() == 0.0 && exponent.abs() <= 1024.0 && (y - exponent).re() == 0.0 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number in the range"
        )]
        let exponent = exponent as i32;
        return whole_power(x, exponent);
    }
    if base == 0.0 {
        return D::from(base.powf(exponent));
    }
    if base < 0.0 || !base.is_finite() || !exponent.is_finite() {
        return x.powf(exponent);
    }
    if (y - exponent).re() == 0.0 && !is_double_double::<D>() {
        return x.powf(exponent);
    }
    (y * x.ln()).exp()
}

/// xʸ with derivatives for both.
pub fn power<D: Number>(x: D, y: D) -> D {
    let (base, exponent) = (x.re(), y.re());
    if is_double::<D>() {
        return D::from(base.powf(exponent));
    }
    if base > 0.0 && base.is_finite() && exponent.is_finite() {
        return (y * x.ln()).exp();
    }
    // At 0 and below, only the base counts.
    power_of(x, D::from(exponent))
}

/// xⁿ by multiplication.
pub fn whole_power<D: Number>(x: D, n: i32) -> D {
    let mut power = None;
    let mut square = x;
    let mut left = n.unsigned_abs();
    while left > 0 {
        if left & 1 == 1 {
            power = Some(power.map_or(square, |power: D| power * square));
        }
        left >>= 1;
        if left > 0 {
            square = square * square;
        }
    }
    let power = power.unwrap_or_else(D::one);
    if n < 0 {
        if x.re() == 0.0 {
            return D::from(power.re().recip());
        }
        return power.recip();
    }
    power
}

/// Whether the numbers are plain doubles, for which the standard library knows best.
#[inline]
pub const fn is_double<D>() -> bool {
    size_of::<D>() == size_of::<f64>()
}

/// Whether the numbers are double-doubles without derivatives.
#[inline]
const fn is_double_double<D: Number>() -> bool {
    D::NDERIV == 0 && size_of::<D>() == size_of::<DoubleDouble>()
}
