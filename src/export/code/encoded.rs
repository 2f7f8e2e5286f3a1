//! Long lists of numbers in base64, which a script decodes.

use super::layout::filled;
use super::python::number;
use crate::base64;

/// More numbers than this are written in base64.
const MOST: usize = 200;

/// The letters of a line of base64.
const LINE: usize = 92;

/// How a number is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// One byte.
    Byte,
    /// Two bytes.
    Short,
    /// Four bytes.
    Long,
    /// A double.
    Double,
}

impl Width {
    /// The narrowest one for these numbers.
    pub(super) fn of(numbers: &[u32]) -> Self {
        match numbers.iter().max() {
            Some(0x1_0000..) => Self::Long,
            Some(0x100..) => Self::Short,
            _ => Self::Byte,
        }
    }

    /// One byte if all are small whole numbers, else doubles.
    pub(super) fn of_doubles(numbers: &[f64]) -> Self {
        let is_byte = |number: &f64| (0.0..256.0).contains(number) && number.fract() == 0.0;
        // -0 is a number of its own.
        let is_plain = |number: &f64| is_byte(number) && number.is_sign_positive();
        if numbers.iter().all(is_plain) {
            Self::Byte
        } else {
            Self::Double
        }
    }

    /// Its letter in Python's `struct`.
    const fn letter(self) -> char {
        match self {
            Self::Byte => 'B',
            Self::Short => 'H',
            Self::Long => 'I',
            Self::Double => 'd',
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the width is that of the numbers"
    )]
    fn push(self, number: f64, bytes: &mut Vec<u8>) {
        match self {
            Self::Byte => bytes.push(number as u8),
            Self::Short => bytes.extend((number as u16).to_le_bytes()),
            Self::Long => bytes.extend((number as u32).to_le_bytes()),
            Self::Double => bytes.extend(number.to_le_bytes()),
        }
    }
}

/// The function that decodes the lists.
pub(super) const DECODED: &str = "def decoded(kind, text):
    \"\"\"The numbers that are written in base64; `kind` is their letter in `struct`.\"\"\"
    return [number for number, in struct.iter_unpack(\"<\" + kind, base64.b64decode(text))]
";

/// A call of `decoded` that gives the numbers as a list.
pub(super) fn encoded(width: Width, numbers: impl Iterator<Item = f64>) -> String {
    let mut bytes = Vec::new();
    numbers.for_each(|number| width.push(number, &mut bytes));
    let text = base64::encode(&bytes);
    let mut call = format!("decoded(\n    \"{}\",\n", width.letter());
    let lines = text.as_bytes().chunks(LINE).map(String::from_utf8_lossy);
    let lines: Vec<String> = lines.map(|line| format!("    \"{line}\"")).collect();
    call += &lines.join("\n");
    call + ",\n)"
}

/// Whether so many numbers are written in base64.
pub(super) const fn is_long(count: usize) -> bool {
    count > MOST
}

/// The numbers as a list: written out, or decoded if there are many.
pub(super) fn list(numbers: &[f64]) -> String {
    if numbers.iter().all(|number| number.to_bits() == 0) {
        format!("[0.0] * {}", numbers.len())
    } else if is_long(numbers.len()) {
        encoded(Width::Double, numbers.iter().copied())
    } else {
        filled(numbers.iter().copied().map(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_width_holds_all_numbers() {
        assert_eq!(Width::of(&[0, 255]), Width::Byte);
        assert_eq!(Width::of(&[256, 3]), Width::Short);
        assert_eq!(Width::of(&[65_535]), Width::Short);
        assert_eq!(Width::of(&[65_536]), Width::Long);
        assert_eq!(Width::of_doubles(&[0.0, 16.0, 255.0]), Width::Byte);
        for other in [256.0, 0.5, -1.0, -0.0, f64::NAN] {
            assert_eq!(Width::of_doubles(&[1.0, other]), Width::Double, "{other}");
        }
    }

    #[test]
    fn long_lists_are_encoded_in_lines_of_whole_literals() {
        let shorts = encoded(Width::Short, [1.0, 256.0].into_iter());
        assert_eq!(shorts, "decoded(\n    \"H\",\n    \"AQAAAQ==\",\n)");
        assert_eq!(list(&[0.0; 3]), "[0.0] * 3");
        assert_eq!(list(&[0.5, -1.0]), "[\n    0.5, -1.0,\n]");
        let long = list(&[0.1; MOST + 1]);
        assert!(long.starts_with("decoded(\n    \"d\",\n    \"mpmZmZmZuT+a"));
        assert!(long.lines().all(|line| line.len() <= 100), "{long}");
    }
}
