//! A user-defined colour of a racer.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An opaque colour, written `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color(pub [u8; 3]);

/// The error for a text that is not of the form `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no colour; a colour is written like \"#e69f00\"")]
pub struct NoColor(String);

impl FromStr for Color {
    type Err = NoColor;

    fn from_str(text: &str) -> Result<Self, NoColor> {
        let no_color = || NoColor(text.chars().take(40).collect());
        let digits = text.strip_prefix('#').ok_or_else(no_color)?;
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(no_color());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| no_color())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl TryFrom<String> for Color {
    type Error = NoColor;

    fn try_from(text: String) -> Result<Self, NoColor> {
        text.parse()
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_read_and_write_alike() {
        let color: Color = "#E69f00".parse().unwrap();
        assert_eq!(color, Color([0xe6, 0x9f, 0]));
        assert_eq!(color.to_string(), "#e69f00");
    }

    #[test]
    fn what_is_no_colour_is_said_so() {
        for text in ["", "e69f00", "#e69f0", "#e69f0g", "#+69f00", "#é9f00"] {
            assert!(text.parse::<Color>().is_err(), "{text}");
        }
    }
}
