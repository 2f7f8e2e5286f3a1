//! Formats numbers for people (3.27, 0.0063, 1.4e-5, never 3.3e+00) and defines their order.

mod digits;
mod fitted;

pub use digits::{apart, exact, mark, precise, set_digits, short};
pub use fitted::fitted;

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
    fn what_is_typed_is_read() {
        assert_eq!(parse(" 1e-3 "), Some(0.001));
        assert_eq!(parse("−0,5"), Some(-0.5));
        assert_eq!(parse("nan"), None);
        assert_eq!(parse("1e400"), None);
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
