//! Round numbers for axes.

/// Ticks whose spacing is 1, 2 or 5 times a power of ten.
pub const HALVES: &[f64] = &[1.0, 2.0, 5.0, 10.0];

/// Ticks whose spacing is 1, 2, 2.5 or 5 times a power of ten.
pub const QUARTERS: &[f64] = &[1.0, 2.0, 2.5, 5.0, 10.0];

/// Round numbers inside `range`, at least `apart` from each other and as dense as `rounding`
/// ([`HALVES`] or [`QUARTERS`]) allows. Empty if `apart` is not a positive number.
#[must_use]
pub fn ticks(range: [f64; 2], apart: f64, rounding: &[f64]) -> Vec<f64> {
    multiples(range, step(apart, rounding))
}

/// The smallest round number that is at least `apart`; not positive if `apart` is not.
#[must_use]
pub fn step(apart: f64, rounding: &[f64]) -> f64 {
    let power = 10_f64.powf(apart.log10().floor());
    rounding
        .iter()
        .map(|factor| factor * power)
        .find(|step| *step >= apart)
        .unwrap_or(apart)
}

/// The multiples of `step` inside `range`, at most a hundred; empty if `step` is not a positive
/// number, or so small that adding it makes no difference.
#[must_use]
pub fn multiples([from, to]: [f64; 2], step: f64) -> Vec<f64> {
    /// Beyond this, the next integer may be the same number.
    const INTEGERS: f64 = 1.0 / f64::EPSILON;
    if !(step.is_finite() && step > 0.0) {
        return vec![];
    }
    let first = (from / step).ceil();
    if first.is_nan() || first.abs() > INTEGERS {
        return vec![];
    }
    let multiples = (0..100_u8).map(|count| (first + f64::from(count)) * step);
    multiples
        .take_while(|value| value.is_finite() && *value <= to)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round_and_apart() {
        let halves = |range, apart| ticks(range, apart, HALVES);
        assert_eq!(halves([-1.7, 1.3], 0.4), [-1.5, -1.0, -0.5, 0.0, 0.5, 1.0]);
        assert_eq!(
            halves([0.0, 0.31], 0.09),
            [0.0, 0.1, 0.2, 0.300_000_000_000_000_04]
        );
        assert_eq!(ticks([0.0, 60.0], 21.0, HALVES), [0.0, 50.0]);
        assert_eq!(ticks([0.0, 60.0], 21.0, QUARTERS), [0.0, 25.0, 50.0]);
    }

    #[test]
    fn without_a_distance_there_are_no_ticks() {
        for apart in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(ticks([0.0, 1.0], apart, QUARTERS).is_empty(), "{apart}");
        }
    }

    #[test]
    fn there_are_never_more_than_a_hundred() {
        assert_eq!(multiples([0.0, 1e9], 1.0).len(), 100);
    }

    #[test]
    fn a_step_that_makes_no_difference_gives_no_ticks() {
        assert!(multiples([1e308, 1.1e308], 1e290).is_empty());
        assert!(multiples([1.0, 2.0], 1e-17).is_empty());
        assert!(multiples([1.0, 2.0], f64::from_bits(1)).is_empty());
        assert!(multiples([f64::NAN, 1.0], 0.1).is_empty());
        assert!(multiples([-f64::MAX, f64::MAX], 1e-300).is_empty());
    }

    #[test]
    fn ticks_end_with_the_last_number_there_is() {
        let ticks = multiples([0.0, f64::INFINITY], 2e306);
        assert_eq!(ticks.last(), Some(&(89.0 * 2e306)));
        assert_eq!(multiples([-f64::INFINITY, 0.0], 2e306), [] as [f64; 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ticks_ascend_whatever_the_numbers_are(
            from in prop::num::f64::ANY,
            to in prop::num::f64::ANY,
            apart in prop::num::f64::ANY,
        ) {
            let ticks = ticks([from, to], apart, QUARTERS);
            prop_assert!(ticks.len() <= 100);
            prop_assert!(ticks.is_sorted_by(|a, b| a < b), "{:?}", ticks);
            prop_assert!(ticks.iter().all(|it| it.is_finite() && *it <= to), "{:?}", ticks);
        }
    }
}
