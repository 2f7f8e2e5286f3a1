//! Numbers that fit the space there is for them.

use super::digits::{exact, minus, parts, trim, word};

/// The number of digits that tell every two numbers apart.
const ALL: usize = 17;

/// Formats a number to at most `room` characters.
///
/// This is the shortest form that parses back to the same value, if it fits, and otherwise the
/// number rounded to as many digits as fit. Seven characters are enough for any number (−1e-308).
#[must_use]
pub fn fitted(value: f64, room: usize) -> String {
    if let Some(word) = word(value) {
        return word.into();
    }
    let fits = |text: &String| text.chars().count() <= room;
    let rounded = (1..=ALL).rev().flat_map(|digits| rounded(value, digits));
    let mut texts = std::iter::once(Some(exact(value))).chain(rounded).flatten();
    texts
        .find(fits)
        .unwrap_or_else(|| minus(&format!("{value:.0e}")))
}

/// The number rounded to this many digits: as a decimal fraction, if that has no more and no fewer
/// digits, and in scientific notation.
fn rounded(value: f64, digits: usize) -> [Option<String>; 2] {
    let (mantissa, exponent) = parts(&format!("{value:.*e}", digits - 1));
    let is_plain = (-4..digits.cast_signed()).contains(&exponent);
    let plain = is_plain.then(|| {
        let decimals = (digits - 1).saturating_add_signed(-exponent);
        minus(&trim(&format!("{value:.decimals$}")))
    });
    let scientific = minus(&format!("{}e{exponent}", trim(&mantissa)));
    [plain, Some(scientific)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse;
    use super::*;

    /// Any finite number.
    fn any_finite() -> impl Strategy<Value = f64> {
        use prop::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
        let any_size = (-300.0..300.0_f64).prop_map(|power| 10_f64.powf(power));
        // As sliders have them.
        let tidy = (1..1000_u32, -12..6_i32).prop_map(|(m, e)| f64::from(m) * 10_f64.powi(e));
        prop_oneof![
            POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO,
            any_size,
            tidy
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_number_never_takes_more_room_than_it_has(value in any_finite(), room in 7..30_usize) {
            let text = fitted(value, room);
            prop_assert!(text.chars().count() <= room, "{}", text);
        }

        #[test]
        fn more_room_never_makes_a_number_less_accurate(value in any_finite()) {
            let texts = (7..30_usize).map(|room| fitted(value, room));
            // A number that rounds up to infinity is off by more than any other.
            let errors = texts.map(|text| parse(&text).map_or(f64::INFINITY, |it| (it - value).abs()));
            let errors: Vec<f64> = errors.collect();
            prop_assert!(errors.is_sorted_by(|a, b| b <= a), "{:?}", errors);
            prop_assert_eq!(errors.last(), Some(&0.0));
        }

        #[test]
        fn what_fits_is_exact(value in any_finite(), room in 7..30_usize) {
            let exact = exact(value);
            if value != 0.0 && exact.chars().count() <= room {
                prop_assert_eq!(fitted(value, room), exact);
            }
        }
    }

    #[test]
    fn numbers_are_rounded_to_the_room_they_have() {
        let cases = [
            (1.000_000_000_000_000_2e-4, 7, "0.0001"),
            (0.15, 7, "0.15"),
            (0.123_456_789, 7, "0.12346"),
            (0.123_456_789, 9, "0.1234568"),
            (0.000_123_456, 7, "1.23e-4"),
            (1_234_567.8, 7, "1234568"),
            (12_345_678.9, 7, "1.235e7"),
            (-1.797e-308, 7, "−2e-308"),
            (0.1 + 0.2, 8, "0.3"),
            (0.999_999_96, 7, "1"),
            (-0.0, 7, "0"),
            (f64::NAN, 7, "–"),
            (f64::INFINITY, 7, "∞"),
            (f64::NEG_INFINITY, 7, "−∞"),
        ];
        for (value, room, text) in cases {
            assert_eq!(fitted(value, room), text, "{value} in {room}");
        }
    }

    #[test]
    fn without_enough_room_one_digit_is_left() {
        assert_eq!(fitted(-1.797e-308, 3), "−2e-308");
    }
}
