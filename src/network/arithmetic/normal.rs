//! The normal distribution, in terms of which GELU and its derivatives are written.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the wider registers"
)]

use super::exponential::exp;

/// 1/√(2π)
const HEIGHT: f64 = 0.398_942_280_401_432_7;

/// The coefficients, from t²³ down to t⁰, of (1 + 2a) Φ(−a)/e^(−a²/2) as a polynomial in
/// t = (a − 5)/(a + 5), which maps a ≥ 0 to −1…1.
///
/// They are a Chebyshev interpolation in 60 digits, cut where the terms fall below 2⁻⁵⁶, as in
/// M. M. Shepherd and J. G. Laframboise, *Chebyshev approximation of (1 + 2x) exp(x²) erfc x*,
/// Math. Comp. 36, 1981.
const TAIL: [f64; 24] = [
    -8.252_783_905_171_468e-10,
    -4.386_059_119_579_805_3e-10,
    9.584_765_169_702_876e-9,
    5.842_819_057_268_366_6e-9,
    -6.790_682_766_208_344e-8,
    -4.228_973_882_271_319e-8,
    4.319_828_610_602_372_6e-7,
    1.793_568_383_842_644e-7,
    -2.858_373_675_797_681e-6,
    5.339_401_905_384_381e-7,
    1.938_976_515_437_013e-5,
    -2.643_643_313_836_085_7e-5,
    -0.000_108_176_475_527_317_57,
    0.000_425_095_723_595_430_9,
    -0.000_118_693_647_922_377_98,
    -0.003_571_695_418_310_675,
    0.015_422_845_692_258_385,
    -0.039_332_201_356_466_95,
    0.072_487_826_975_044_87,
    -0.100_657_438_216_742_49,
    0.100_888_582_034_586_46,
    -0.054_008_075_034_076_78,
    -0.039_647_008_404_006_104,
    0.846_112_354_725_069_3,
];

/// Returns Φ(z) = ½(1 + erf(z/√2)), the share of a normal distribution below z, and its density
/// φ(z) = e^(−z²/2)/√(2π). Below z = −37.5, both are 0.
#[inline(always)]
pub(in crate::network) fn normal(z: f64) -> [f64; 2] {
    let a = if z.abs() > 40.0 { 40.0 } else { z.abs() };
    let t = (a - 5.0) / (a + 5.0);
    let square = t * t;
    let (mut odd, mut even) = (0.0, 0.0);
    for pair in TAIL.as_chunks::<2>().0 {
        odd = odd * square + pair[0];
        even = even * square + pair[1];
    }
    let bell = bell(a);
    let below = (odd * t + even) / (1.0 + 2.0 * a) * bell;
    [if z > 0.0 { 1.0 - below } else { below }, HEIGHT * bell]
}

/// Returns e^(−a²/2). The square of the upper half of a's digits is exact, and the rest is small
/// enough for three terms of the series.
#[inline(always)]
fn bell(a: f64) -> f64 {
    let upper = f64::from_bits(a.to_bits() & 0xffff_ffff_f800_0000);
    let rest = 0.5 * (a - upper) * (a + upper);
    let factor = 1.0 - rest * (1.0 - rest * (0.5 - rest * (1.0 / 6.0)));
    exp(-0.5 * upper * upper) * factor
}

#[cfg(test)]
mod tests {
    use std::f64::consts::FRAC_1_SQRT_2;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn shares_are_those_of_the_error_function(z in -8.0..8.0, near in -0.1..0.1) {
            for z in [z, near] {
                // The argument of `erfc` is rounded, which shifts its result by z² units.
                let (ours, theirs) = (normal(z)[0], 0.5 * libm::erfc(-z * FRAC_1_SQRT_2));
                let units = 6.0 + z * z;
                prop_assert!((ours / theirs - 1.0).abs() <= units * f64::EPSILON, "{z}: {ours} {theirs}");
            }
        }
    }

    /// From mpmath, with 40 digits.
    #[test]
    fn tails_and_densities_are_exact_to_a_few_units() {
        for (z, share, density) in [
            (
                -37.0,
                5.725_571_222_524_577e-300,
                2.120_006_551_524_605_6e-298,
            ),
            (
                -20.5,
                1.076_467_325_879_096_1e-93,
                2.211_984_380_210_570_3e-92,
            ),
            (-8.25, 7.919_726_314_642_477e-17, 6.627_137_455_968_751e-16),
            (
                -3.3,
                0.000_483_424_142_383_777_5,
                0.001_722_568_939_053_681_2,
            ),
            (-1.1, 0.135_666_060_946_382_64, 0.217_852_177_032_550_5),
            (-0.01, 0.496_010_643_685_368_4, 0.398_922_333_786_082_16),
            (0.7, 0.758_036_347_776_927, 0.312_253_933_366_761_27),
            (2.6, 0.995_338_811_976_281_3, 0.013_582_969_233_685_615),
            (6.9, 0.999_999_999_997_399_9, 1.830_332_217_015_572_7e-11),
        ] {
            let [ours, bell] = normal(z);
            assert!(
                (ours / share - 1.0).abs() <= 4.0 * f64::EPSILON,
                "{z}: {ours}"
            );
            assert!(
                (bell / density - 1.0).abs() <= 4.0 * f64::EPSILON,
                "{z}: {bell}"
            );
        }
    }

    #[test]
    fn they_end_where_numbers_end() {
        for (z, expected) in [
            (0.0, [0.5, HEIGHT]),
            (5e-324, [0.5, HEIGHT]),
            (f64::INFINITY, [1.0, 0.0]),
            (1e300, [1.0, 0.0]),
            (f64::NEG_INFINITY, [0.0, 0.0]),
            (-1e300, [0.0, 0.0]),
        ] {
            let [share, density] = normal(z);
            assert!((share - expected[0]).abs() < 1e-16, "{z}: {share}");
            assert!((density - expected[1]).abs() < 1e-16, "{z}: {density}");
        }
        assert!(normal(f64::NAN).iter().all(|number| number.is_nan()));
    }
}
