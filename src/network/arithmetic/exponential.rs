//! eˣ, tanh x and σ(x), accurate to about two units in the last place.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the wider registers"
)]

use std::f64::consts::LOG2_E;

/// 1.5 · 2⁵²: added to a small number, it rounds it to an integer, which is then in the lowest
/// bits.
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

/// Returns 2ⁿ and eʳ − 1, where x = n ln 2 + r with n an integer, for |x| ≤ 708.
#[inline(always)]
fn parts(x: f64) -> [f64; 2] {
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
    [power, r + square * (odd * r + even)]
}

/// Returns eˣ for x ≤ 0; 0 below −708, where numbers are subnormal.
#[inline(always)]
pub(in crate::network) fn exp(x: f64) -> f64 {
    let [power, rest] = parts(x);
    if x < -708.0 {
        0.0
    } else {
        power + power * rest
    }
}

/// Returns tanh x = d/(d + 2) with d = e²ˣ − 1, for the absolute value of x.
#[inline(always)]
pub(in crate::network) fn tanh(x: f64) -> f64 {
    // From 19.1 on, tanh x is 1 to the last digit. A comparison keeps NaN, a minimum would not.
    let size = if x.abs() > 20.0 { 20.0 } else { x.abs() };
    let [power, rest] = parts(2.0 * size);
    let difference = power * rest + (power - 1.0);
    (difference / (difference + 2.0)).copysign(x)
}

/// Returns σ(x) = 1/(1 + e⁻ˣ) and σ(−x); 0 below −708.
#[inline(always)]
pub(in crate::network) fn sigmoids(x: f64) -> [f64; 2] {
    let small = exp(-x.abs());
    let shares = if x < 0.0 { [small, 1.0] } else { [1.0, small] };
    shares.map(|share| share / (1.0 + small))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::real::{DoubleDouble, Real};

    /// The number of units in the last place between ours and the precise number.
    fn units(ours: f64, precise: DoubleDouble) -> f64 {
        let off = (DoubleDouble::from(ours) - precise).to_f64();
        let (nearest, ulp) = (precise.to_f64(), f64::EPSILON / 2.0);
        off.abs() / (nearest.abs() * ulp).max(f64::MIN_POSITIVE)
    }

    fn precise_exp(x: f64) -> DoubleDouble {
        DoubleDouble::from(x).exp()
    }

    fn sigmoid(x: f64) -> f64 {
        let [here, mirrored] = sigmoids(x);
        assert_eq!(mirrored.to_bits(), sigmoids(-x)[0].to_bits());
        here
    }

    fn precise_sigmoid(x: f64) -> DoubleDouble {
        let one = DoubleDouble::from(1.0);
        one / (one + precise_exp(-x))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn they_are_right_to_two_units_in_the_last_place(
            far in -700.0..700.0, middle in -20.0..20.0, near in -1.0..1.0, size in -300..0_i32,
        ) {
            for x in [far, middle, near, near * 10_f64.powi(size)] {
                let below = -f64::abs(x);
                prop_assert!(units(exp(below), precise_exp(below)) <= 2.5, "exp {below}");
                let tangent = num_dual::DualNum::tanh(&DoubleDouble::from(x));
                prop_assert!(units(tanh(x), tangent) <= 4.5, "tanh {x}: {}", units(tanh(x), tangent));
                prop_assert!(units(sigmoid(x), precise_sigmoid(x)) <= 4.5, "sigmoid {x}");
            }
        }
    }

    #[test]
    fn they_end_where_numbers_end() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp(-1e300), 0.0);
        for (x, expected) in [
            (0.0, 0.0),
            (5e-324, 5e-324),
            (1e-310, 1e-310),
            (19.5, 1.0),
            (1e300, 1.0),
            (f64::INFINITY, 1.0),
        ] {
            assert_eq!(tanh(x), expected);
            assert_eq!(tanh(-x), -expected);
        }
        assert!(tanh(-0.0).is_sign_negative());
        assert_eq!(sigmoid(0.0), 0.5);
        assert_eq!(sigmoid(5e-324), 0.5);
        assert_eq!(sigmoid(40.0), 1.0);
        assert_eq!(sigmoid(f64::INFINITY), 1.0);
        assert_eq!(sigmoid(f64::NEG_INFINITY), 0.0);
        for function in [exp, tanh, sigmoid] {
            assert!(function(f64::NAN).is_nan());
        }
    }
}
