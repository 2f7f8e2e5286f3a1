//! Formats numbers for people (3.27, 0.0063, 1.4e-5, never 3.3e+00) and defines their order.

use std::cmp::Ordering;

/// Orders losses, distances and other values of which the lowest is best. Non-finite values,
/// including negative infinity, come last and are equal to each other.
#[must_use]
pub fn lowest_first(a: f64, b: f64) -> Ordering {
    match (a.is_finite(), b.is_finite()) {
        (true, true) => a.total_cmp(&b),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => Ordering::Equal,
    }
}

/// The lowest finite value, if there is one.
#[must_use]
pub fn lowest(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let finite = values.into_iter().filter(|value| value.is_finite());
    finite.min_by(|a, b| lowest_first(*a, *b))
}

/// The lowest and the highest finite value, if there are any.
#[must_use]
pub fn finite_range(values: impl IntoIterator<Item = f64>) -> Option<[f64; 2]> {
    let finite = values.into_iter().filter(|value| value.is_finite());
    finite.fold(None, |range, value| match range {
        None => Some([value; 2]),
        Some([low, high]) => Some([low.min(value), high.max(value)]),
    })
}

/// Formats a number with about three significant digits.
#[must_use]
pub fn short(value: f64) -> String {
    digits(value, 3)
}

/// Formats a number with about five significant digits.
#[must_use]
pub fn precise(value: f64) -> String {
    digits(value, 5)
}

/// Formats a number in the shortest form that parses back to the same value.
#[must_use]
pub fn exact(value: f64) -> String {
    if value != 0.0 && !(1e-4..1e7).contains(&value.abs()) {
        format!("{value:e}").replace('-', "−").replace("e−", "e-")
    } else {
        minus(&format!("{value}"))
    }
}

/// How files represent a non-finite number: `inf`, `-inf` or `nan`; `None` for finite ones.
#[must_use]
pub fn not_finite(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_finite() => None,
        _ if value.is_nan() => Some("nan"),
        _ if value > 0.0 => Some("inf"),
        _ => Some("-inf"),
    }
}

fn digits(value: f64, count: usize) -> String {
    if value == 0.0 {
        return "0".into();
    }
    if !value.is_finite() {
        return match value {
            value if value.is_nan() => "–".into(),
            value if value > 0.0 => "∞".into(),
            _ => "−∞".into(),
        };
    }
    // The exponent after rounding: 0.9999 is 1.00, not 0.9999 with an additional digit.
    let exponent = exponent_of(&format!("{value:.*e}", count - 1));
    // One digit less where leading zeros or an exponent take up space.
    let digits = if (-2..5).contains(&exponent) {
        count
    } else {
        count - 1
    };
    let text = if (-4..5).contains(&exponent) {
        let decimals = (digits - 1).saturating_add_signed(-exponent);
        trim(&format!("{value:.decimals$}"))
    } else {
        let scientific = format!("{value:.*e}", digits - 1);
        let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        format!("{}e{exponent}", trim(mantissa))
    };
    minus(&text)
}

fn exponent_of(scientific: &str) -> isize {
    scientific
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or_default()
}

fn trim(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').into()
    } else {
        text.into()
    }
}

/// Replaces a leading hyphen with a proper minus sign.
fn minus(text: &str) -> String {
    match text.strip_prefix('-') {
        Some(rest) => format!("−{rest}"),
        None => text.into(),
    }
}

/// Parses a number as people type it: `1e-3`, `0.001`, `1,5`, a proper minus sign, spaces around.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let plain = text.trim().replace('−', "-").replace(',', ".");
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Formats an integer with thousands separators: 12,500.
#[must_use]
pub fn count(value: usize) -> String {
    grouped(&value.to_string())
}

/// Formats a number of 0 or more as an integer with thousands separators, 12,500, unless it is long.
#[must_use]
pub fn whole(value: f64) -> String {
    if value < 1e7 {
        grouped(&format!("{value:.0}"))
    } else {
        short(value)
    }
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
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
    fn what_is_typed_is_read() {
        assert_eq!(parse(" 1e-3 "), Some(0.001));
        assert_eq!(parse("−0,5"), Some(-0.5));
        assert_eq!(parse("nan"), None);
        assert_eq!(parse("1e400"), None);
    }

    #[test]
    fn exact_numbers_read_back() {
        for value in [0.001, 1e-8, 0.1 + 0.2, 123_456_789.0, -0.25] {
            assert_eq!(parse(&exact(value)), Some(value));
        }
    }

    #[test]
    fn what_is_not_finite_has_a_word_of_its_own() {
        assert_eq!(not_finite(f64::INFINITY), Some("inf"));
        assert_eq!(not_finite(f64::NEG_INFINITY), Some("-inf"));
        assert_eq!(not_finite(f64::NAN), Some("nan"));
        assert_eq!(not_finite(-f64::NAN), Some("nan"));
        assert_eq!(not_finite(f64::MAX), None);
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(count(200), "200");
        assert_eq!(whole(12_499.6), "12,500");
        assert_eq!(whole(1.2e9), "1.2e9");
    }
}
