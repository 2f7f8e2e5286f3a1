//! Functions that are neither in the standard library nor among those of dual numbers.

use std::f64::consts::PI;

use super::Number;
use super::kinks::is_double;

/// 1/(1 + e⁻ˣ)
pub fn sigmoid<D: Number>(x: D) -> D {
    if x.re() >= 0.0 {
        ((-x).exp() + 1.0).recip()
    } else {
        let grown = x.exp();
        grown / (grown + 1.0)
    }
}

/// ln(1 + eˣ)
pub fn softplus<D: Number>(x: D) -> D {
    if x.re() >= 0.0 {
        x + (-x).exp().ln_1p()
    } else {
        x.exp().ln_1p()
    }
}

/// The error function. Beyond doubles it is summed up: 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!, whose
/// terms all have the same sign.
pub fn erf<D: Number>(x: D) -> D {
    /// Beyond this, it is ±1 to 31 digits.
    const FAR: f64 = 9.0;
    /// The terms that are left out are below 10⁻³³ of the sum.
    const TERMS: u32 = 400;
    let at = x.re();
    if is_double::<D>() {
        return D::from(libm::erf(at));
    }
    if at.is_nan() || at.abs() >= FAR {
        return D::from(libm::erf(at));
    }
    let square = x * x;
    let (mut term, mut sum) = (x, x);
    for n in 1..TERMS {
        term = term * square * 2.0 / f64::from(2 * n + 1);
        sum += term;
    }
    // 2/√π with more digits than a double has.
    let factor = (D::from(PI) + PI_REST).sqrt().recip() * 2.0;
    sum * (-square).exp() * factor
}

/// π minus its double.
const PI_REST: f64 = 1.224_646_799_147_353_2e-16;
