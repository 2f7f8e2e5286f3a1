//! The content of a cell: a number in the notation of any country, or a missing value.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The mark between the integer part and the fraction of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalMark {
    /// As in 12.5, usual in English. A comma may group thousands.
    #[default]
    Point,
    /// As in 12,5, usual in most of Europe. A point may group thousands.
    Comma,
}

impl DecimalMark {
    /// Both marks.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];

    /// Returns the mark itself.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// Returns the mark that groups thousands in this notation.
    #[must_use]
    pub fn grouping(self) -> char {
        match self {
            Self::Point => ',',
            Self::Comma => '.',
        }
    }
}

impl fmt::Display for DecimalMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Point => "point",
            Self::Comma => "comma",
        })
    }
}

impl Serialize for DecimalMark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.sign().encode_utf8(&mut [0; 4]))
    }
}

impl<'de> Deserialize<'de> for DecimalMark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let named = |mark: &Self| text == mark.to_string() || text == mark.sign().to_string();
        let mark = Self::ALL.into_iter().find(named);
        mark.ok_or_else(|| {
            de::Error::custom(format!(
                "decimal is {text:?}, but must be \".\" or \",\", the mark before a fraction"
            ))
        })
    }
}

/// The value of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// A missing value: `NA`, `?`, or an empty cell.
    Missing,
    /// An infinite number.
    Infinite(f64),
    /// Something else.
    Text,
}

/// The decimal marks with which a cell can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// The cell is not a number.
    NoNumber,
    /// The cell is the same number with either mark.
    None,
    /// The cell is a number only with this mark.
    Only(DecimalMark),
    /// The cell is one number with a decimal point and another with a decimal comma, like 1,234.
    Either,
}

/// Common ways to write a missing value, compared without case. Those ending in `!` are errors of
/// spreadsheets.
pub const MISSING: [&str; 19] = [
    "", "na", "n/a", "#n/a", "<na>", "nan", "-nan", "null", "none", "nil", "?", ".", "-", "--",
    "#null!", "#num!", "#value!", "#div/0!", "#ref!",
];

/// Common ways to write an infinite number.
const INFINITE: [&str; 6] = ["inf", "infinity", "∞", "1.#inf", "+inf", "+infinity"];

/// Characters that group thousands in either notation: spaces of all widths, and the apostrophe.
const GROUPING: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// Returns whether a cell is a missing value.
#[must_use]
pub fn is_missing(cell: &str) -> bool {
    // None starts with a digit, and the longest has seven letters.
    let may_be = |first: &u8| !first.is_ascii_digit();
    cell.as_bytes().first().is_none_or(may_be)
        && cell.len() <= 7
        && MISSING.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// Returns the value of a cell, for numbers with this decimal mark.
#[must_use]
pub fn value(cell: &str, mark: DecimalMark) -> Value {
    if is_missing(cell) {
        return Value::Missing;
    }
    if let Some(infinite) = infinite(cell) {
        return Value::Infinite(infinite);
    }
    match number(cell, mark) {
        Some(number) if number.is_finite() => Value::Number(number),
        Some(number) => Value::Infinite(number),
        None => Value::Text,
    }
}

/// Returns the decimal marks with which a cell can be read.
#[must_use]
pub fn marks(cell: &str) -> Marks {
    if infinite(cell).is_some() {
        return Marks::None;
    }
    if let Some(marks) = simple_marks(cell) {
        return marks;
    }
    let read = DecimalMark::ALL.map(|mark| plain(cell, mark));
    match read {
        [None, None] => Marks::NoNumber,
        [Some(_), None] => Marks::Only(DecimalMark::Point),
        [None, Some(_)] => Marks::Only(DecimalMark::Comma),
        [Some(point), Some(comma)] if point == comma => Marks::None,
        [Some(_), Some(_)] => Marks::Either,
    }
}

/// Returns the marks of the most common cells without copying: words, and digits with at most one
/// point or comma. Returns `None` for anything else.
fn simple_marks(cell: &str) -> Option<Marks> {
    let digits = cell.strip_prefix('-').unwrap_or(cell).as_bytes();
    let first = *digits.first()?;
    if first.is_ascii_alphabetic() {
        return Some(Marks::NoNumber);
    }
    let mut others = digits
        .iter()
        .enumerate()
        .filter(|(_, byte)| !byte.is_ascii_digit());
    let (at, &sign) = match (others.next(), others.next()) {
        (None, _) => return Some(Marks::None),
        (Some(only), None) => only,
        _ => return None,
    };
    let mark = DecimalMark::ALL
        .into_iter()
        .find(|mark| mark.sign() == char::from(sign))?;
    let fraction = digits.len() - at - 1;
    // 1,234 may be a group of thousands. Marks at the ends of a number need a closer look.
    let is_inside = at > 0 && fraction > 0;
    let is_group = fraction == 3 && at <= 3 && first != b'0';
    is_inside.then_some(if is_group {
        Marks::Either
    } else {
        Marks::Only(mark)
    })
}

fn infinite(cell: &str) -> Option<f64> {
    // Few cells contain any of these characters.
    let is_sign = |byte: u8| matches!(byte, b'i' | b'I' | b'#' | 0xe2);
    if !cell.bytes().any(is_sign) {
        return None;
    }
    let known = |text: &str| INFINITE.iter().any(|word| text.eq_ignore_ascii_case(word));
    if known(cell) {
        return Some(f64::INFINITY);
    }
    let negative = cell.strip_prefix(['-', '−'])?;
    known(negative).then_some(f64::NEG_INFINITY)
}

fn number(cell: &str, mark: DecimalMark) -> Option<f64> {
    // Most cells of most files use Rust's notation.
    let is_plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    if mark == DecimalMark::Point && cell.bytes().all(is_plain) {
        return cell.parse().ok();
    }
    if mark == DecimalMark::Comma && simple_marks(cell) == Some(Marks::Only(mark)) {
        return cell.replacen(',', ".", 1).parse().ok();
    }
    plain(cell, mark)?.parse().ok()
}

/// Returns the number in Rust's notation, or `None` if it is not a number with this decimal mark.
fn plain(cell: &str, mark: DecimalMark) -> Option<String> {
    let (sign, unsigned) = match cell.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", cell.strip_prefix('+').unwrap_or(cell)),
    };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once(mark.sign()) {
        Some((whole, fraction)) => (whole, fraction),
        None => (mantissa, ""),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // No program writes both groups and an exponent.
    let whole = match exponent {
        Some(_) => is_digits(whole).then(|| whole.to_owned())?,
        None => ungrouped(whole, mark)?,
    };
    // NumPy writes 5. for 5.0, but nobody writes 5, for it.
    let ends_with_comma = mark == DecimalMark::Comma && mantissa.ends_with(',');
    if !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) || ends_with_comma {
        return None;
    }
    let power = match exponent {
        Some(power) => {
            let digits = power.strip_prefix(['+', '-', '−']).unwrap_or(power);
            let is_power = !digits.is_empty() && is_digits(digits);
            is_power.then(|| format!("e{}", power.replace('−', "-")))?
        }
        None => String::new(),
    };
    Some(format!("{sign}{whole}.{fraction}0{power}"))
}

/// Returns the digits of an integer, which may be in groups of three, or `None` if the groups are
/// invalid.
fn ungrouped(whole: &str, mark: DecimalMark) -> Option<String> {
    let is_grouping = |letter: char| letter == mark.grouping() || GROUPING.contains(&letter);
    let Some(first) = whole.find(is_grouping) else {
        return whole
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| whole.to_owned());
    };
    let separator = whole[first..].chars().next()?;
    let groups: Vec<&str> = whole.split(separator).collect();
    let right = groups.iter().enumerate().all(|(index, group)| {
        let lengths = if index == 0 { 1..=3 } else { 3..=3 };
        lengths.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    });
    // 0,123 is not a group of thousands.
    (right && !whole.starts_with('0')).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::DecimalMark::{Comma, Point};
    use super::*;

    #[test]
    fn numbers_are_read_as_their_country_writes_them() {
        let right = [
            ("12.5", Point, 12.5),
            ("12,5", Comma, 12.5),
            ("1,234,567.5", Point, 1_234_567.5),
            ("1.234.567,5", Comma, 1_234_567.5),
            ("1 234 567,5", Comma, 1_234_567.5),
            ("1\u{a0}234", Point, 1234.0),
            ("1\u{202f}234,5", Comma, 1234.5),
            ("1'234.5", Point, 1234.5),
            ("1’234.5", Point, 1234.5),
            ("1,234", Point, 1234.0),
            ("1,234", Comma, 1.234),
            ("−3,5e−2", Comma, -0.035),
            ("+4", Point, 4.0),
            (".5", Point, 0.5),
            ("5.", Point, 5.0),
            (",5", Comma, 0.5),
            ("1,5E+03", Comma, 1500.0),
            ("0,123", Comma, 0.123),
        ];
        for (cell, mark, expected) in right {
            assert_eq!(value(cell, mark), Value::Number(expected), "{cell} {mark}");
        }
    }

    #[test]
    fn what_only_resembles_a_number_is_text() {
        let texts = [
            ("12,5", Point),
            ("12.5", Comma),
            ("1,23,456", Point),
            ("1234,567", Point),
            ("0,123", Point),
            ("1.234.5", Point),
            ("1,234 567", Point),
            ("1e", Point),
            ("e5", Point),
            ("1e5.5", Point),
            ("1,234e5", Point),
            ("5 apples", Point),
            ("+-1", Point),
            ("--1", Point),
            (",", Comma),
            ("1,", Comma),
            ("2024-01-02", Point),
            ("12:30", Point),
        ];
        for (cell, mark) in texts {
            assert_eq!(value(cell, mark), Value::Text, "{cell} {mark}");
        }
    }

    #[test]
    fn some_cells_settle_the_decimal_mark_and_some_cannot() {
        let right = [
            ("12", Marks::None),
            ("1 234", Marks::None),
            ("12.5", Marks::Only(Point)),
            ("1,234,567", Marks::Only(Point)),
            ("1,234.5", Marks::Only(Point)),
            ("1.234e5", Marks::Only(Point)),
            ("0.123", Marks::Only(Point)),
            ("1234.567", Marks::Only(Point)),
            ("12,5", Marks::Only(Comma)),
            ("0,123", Marks::Only(Comma)),
            ("1.234,5", Marks::Only(Comma)),
            ("1234,567", Marks::Only(Comma)),
            ("1,234", Marks::Either),
            ("-1.234", Marks::Either),
            ("apples", Marks::NoNumber),
            ("", Marks::NoNumber),
            ("-inf", Marks::None),
        ];
        for (cell, expected) in right {
            assert_eq!(marks(cell), expected, "{cell}");
        }
    }

    #[test]
    fn missing_and_infinite_numbers_are_told_apart() {
        for cell in [
            "", "NA", "n/a", "#N/A", "NaN", "NULL", "None", "?", ".", "-",
        ] {
            assert_eq!(value(cell, Point), Value::Missing, "{cell:?}");
        }
        for (cell, sign) in [("inf", 1.0), ("-Inf", -1.0), ("−∞", -1.0), ("1e999", 1.0)] {
            let expected = Value::Infinite(sign * f64::INFINITY);
            assert_eq!(value(cell, Point), expected, "{cell}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_rust_writes_reads_back(number: f64) {
            prop_assume!(number.is_finite());
            for text in [format!("{number}"), format!("{number:e}")] {
                prop_assert_eq!(value(&text, Point), Value::Number(number));
                let european = text.replace('.', ",");
                prop_assert_eq!(value(&european, Comma), Value::Number(number));
            }
        }

        #[test]
        fn the_quick_look_at_marks_sees_what_the_thorough_one_does(cell in "-?[0-9]{0,4}[.,]?[0-9]{0,4}") {
            if let Some(quick) = simple_marks(&cell) {
                let read = DecimalMark::ALL.map(|mark| plain(&cell, mark).is_some());
                let thorough = match read {
                    [false, false] => Marks::NoNumber,
                    [true, false] => Marks::Only(Point),
                    [false, true] => Marks::Only(Comma),
                    [true, true] if cell.contains(['.', ',']) => Marks::Either,
                    [true, true] => Marks::None,
                };
                prop_assert_eq!(quick, thorough);
            }
        }

        #[test]
        fn any_cell_is_survived(cell in "[0-9.,eE+−' -]{0,12}|\\PC{0,12}") {
            for mark in DecimalMark::ALL {
                let _ = value(&cell, mark);
            }
            let _ = marks(&cell);
        }
    }
}
