//! Numbers as text: with a few digits, with all of them, or with as many as an axis needs.

use std::cell::Cell;

/// The number of digits of [`short`], which a user can change.
const DIGITS: [usize; 2] = [3, 6];

thread_local! {
    static SHORT: Cell<usize> = const { Cell::new(DIGITS[0]) };
}

/// Sets the number of significant digits of [`short`], from 3 to 6; [`precise`] has two more.
///
/// This is a preference of the person at the window, so it applies to the current thread only,
/// which is the window's. Files, which other threads write, and the command line always have the
/// default of three.
pub fn set_digits(count: usize) {
    let [least, most] = DIGITS;
    SHORT.set(count.clamp(least, most));
}

/// Formats a number with about three significant digits.
#[must_use]
pub fn short(value: f64) -> String {
    digits(value, SHORT.get())
}

/// Formats a number with about five significant digits.
#[must_use]
pub fn precise(value: f64) -> String {
    digits(value, SHORT.get() + 2)
}

/// Formats two different numbers with as many digits as tell them apart.
#[must_use]
pub fn apart(values: [f64; 2]) -> [String; 2] {
    let [one, other] = values.map(precise);
    if one == other && values[0].to_bits() != values[1].to_bits() {
        values.map(exact)
    } else {
        [one, other]
    }
}

/// Formats a number in the shortest form that parses back to the same value.
#[must_use]
pub fn exact(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    if value != 0.0 && !(1e-4..1e7).contains(&value.abs()) {
        minus(&format!("{value:e}"))
    } else {
        minus(&format!("{value}"))
    }
}

/// Formats a number on an axis, whose neighbours are `step` away, with as many digits as it takes
/// to tell it from them.
#[must_use]
pub fn mark(value: f64, step: f64) -> String {
    if let Some(word) = word(value) {
        return word.into();
    }
    // What is left of 0 after rounding.
    if value.abs() < 1e-3 * step {
        return "0".into();
    }
    let (mantissa, power) = parts(&format!("{step:.2e}"));
    let last = power - trim(&mantissa).chars().skip(2).count().cast_signed();
    let (_, first) = parts(&format!("{value:e}"));
    let decimals = (first - last).clamp(0, 16).cast_unsigned();
    let (mantissa, power) = parts(&format!("{value:.decimals$e}"));
    if (-4..7).contains(&power) {
        let decimals = last.min(0).unsigned_abs();
        minus(&trim(&format!("{value:.decimals$}")))
    } else {
        minus(&format!("{}e{power}", trim(&mantissa)))
    }
}

fn digits(value: f64, count: usize) -> String {
    if let Some(word) = word(value) {
        return word.into();
    }
    // The exponent after rounding: 0.9999 is 1.00, not 0.9999 with an additional digit.
    let (_, exponent) = parts(&format!("{value:.*e}", count - 1));
    // One digit less where leading zeros or an exponent take up space.
    let longest = count.max(5).cast_signed();
    let digits = if (-2..longest).contains(&exponent) {
        count
    } else {
        count - 1
    };
    let text = if (-4..longest).contains(&exponent) {
        let decimals = (digits - 1).saturating_add_signed(-exponent);
        trim(&format!("{value:.decimals$}"))
    } else {
        let (mantissa, exponent) = parts(&format!("{value:.*e}", digits - 1));
        format!("{}e{exponent}", trim(&mantissa))
    };
    minus(&text)
}

/// The text of 0 and of what is not finite.
pub(super) fn word(value: f64) -> Option<&'static str> {
    match value {
        0.0 => Some("0"),
        _ if value.is_finite() => None,
        _ if value.is_nan() => Some("–"),
        _ if value > 0.0 => Some("∞"),
        _ => Some("−∞"),
    }
}

/// The mantissa and the exponent of a number in scientific notation.
pub(super) fn parts(scientific: &str) -> (String, isize) {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    (mantissa.into(), exponent.parse().unwrap_or_default())
}

/// Removes the zeros at the end of the decimals.
pub(super) fn trim(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').into()
    } else {
        text.into()
    }
}

/// Replaces a leading hyphen with a proper minus sign.
pub(super) fn minus(text: &str) -> String {
    match text.strip_prefix('-') {
        Some(rest) => format!("−{rest}"),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn numbers_read_well() {
        let cases = [
            (3.268_4, "3.27"),
            (0.006_31, "0.0063"),
            (1.38e-5, "1.4e-5"),
            (0.132_4, "0.132"),
            (0.0, "0"),
            (1.0, "1"),
            (0.999_9, "1"),
            (0.013_24, "0.0132"),
            (0.009_98, "0.01"),
            (9.96e-5, "1e-4"),
            (12_345.6, "12346"),
            (1.7e10, "1.7e10"),
            (-2.5, "−2.5"),
            (f64::NAN, "–"),
            (f64::INFINITY, "∞"),
        ];
        for (value, text) in cases {
            assert_eq!(short(value), text, "{value}");
        }
    }

    #[test]
    fn precise_numbers_have_two_digits_more() {
        let cases = [
            (3.268_412, "3.2684"),
            (0.132_412, "0.13241"),
            (0.006_312_9, "0.006313"),
            (1.384_62e-5, "1.385e-5"),
            (12_345.67, "12346"),
            (1.732_05e10, "1.732e10"),
        ];
        for (value, text) in cases {
            assert_eq!(precise(value), text, "{value}");
        }
    }

    #[test]
    fn exact_numbers_read_back() {
        for value in [0.001, 1e-8, 0.1 + 0.2, 123_456_789.0, -0.25, -3e-7] {
            assert_eq!(parse(&exact(value)), Some(value));
        }
        assert_eq!(exact(-3e-7), "−3e-7");
    }

    #[test]
    fn the_number_of_digits_can_be_chosen() {
        let value = 3.268_412_7;
        set_digits(4);
        assert_eq!(
            (short(value), precise(value)),
            ("3.268".into(), "3.26841".into())
        );
        set_digits(6);
        assert_eq!(
            (short(value), precise(value)),
            ("3.26841".into(), "3.2684127".into())
        );
        assert_eq!(short(123_456.78), "123457");
        set_digits(0);
        assert_eq!(
            (short(value), precise(value)),
            ("3.27".into(), "3.2684".into())
        );
        set_digits(99);
        assert_eq!(short(value), "3.26841");
    }

    #[test]
    fn another_thread_knows_nothing_of_the_chosen_digits() {
        set_digits(6);
        let text = std::thread::spawn(|| short(3.268_412_7)).join();
        assert_eq!(text.ok().as_deref(), Some("3.27"));
    }

    #[test]
    fn marks_of_an_axis_have_the_digits_that_tell_them_apart() {
        let cases = [
            (3.268_412, 1e-5, "3.26841"),
            (3.268_42, 2e-5, "3.26842"),
            (125_000.0, 25_000.0, "125000"),
            (12_500_000.0, 2_500_000.0, "1.25e7"),
            (0.025, 0.025, "0.025"),
            (0.05, 0.025, "0.05"),
            (0.300_000_000_000_000_04, 0.1, "0.3"),
            (1.000_2e-8, 2e-12, "1.0002e-8"),
            (-5e-324, 1.0, "0"),
            (-2.0, 0.5, "−2"),
            (0.002, 0.001, "0.002"),
            (1e300, 5e299, "1e300"),
            (f64::INFINITY, 1.0, "∞"),
        ];
        for (value, step, text) in cases {
            assert_eq!(mark(value, step), text, "{value} of {step}");
        }
    }
}
