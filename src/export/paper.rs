//! The size of a figure on paper.

use super::ExportError;
use super::limits::{FONT_SIZES, INCHES, PAGE};
use crate::view::scene::TEXT;

/// How fine the pixels of pictures within a page are: as fine as printers ask for.
const DOTS_PER_INCH: f32 = 300.0;

/// A figure's place in a paper: its size, and that of its text, which sets the size of all else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// The width and height in inches, each from 0.5 to 100.
    pub inches: [f32; 2],
    /// The size of the text of the scene in points (72 to an inch), from 2 to 72.
    pub font_size: f32,
}

impl Paper {
    /// The points of an inch.
    pub const POINTS: f32 = 72.0;

    /// The width and height in points.
    #[must_use]
    pub fn points(&self) -> [f32; 2] {
        self.inches.map(|side| side * Self::POINTS)
    }

    /// The width and height in points of a figure with text of its usual size.
    ///
    /// # Errors
    /// Returns [`ExportError::Paper`], [`ExportError::FontSize`] or [`ExportError::PaperText`] if
    /// the paper or its text is too small or too large.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no page has 2^23 points"
    )]
    pub fn layout(&self) -> Result<[usize; 2], ExportError> {
        let [width, height] = self.inches;
        if !self.inches.iter().all(|side| INCHES.contains(side)) {
            return Err(ExportError::Paper { width, height });
        }
        let size = self.font_size;
        if !FONT_SIZES.contains(&size) {
            return Err(ExportError::FontSize { size });
        }
        let sides = self
            .points()
            .map(|side| (side * TEXT / size).round() as usize);
        let is_legible = |side: &usize| *side >= 64 && *side <= *PAGE.end();
        if !sides.iter().all(is_legible) {
            return Err(ExportError::PaperText {
                size,
                width,
                height,
            });
        }
        Ok(sides)
    }

    /// The pixels of a point of this figure, in pictures within it.
    #[must_use]
    pub fn scale(&self) -> f32 {
        DOTS_PER_INCH / Self::POINTS * self.font_size / TEXT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smaller_text_leaves_more_room() {
        let paper = |font_size| Paper {
            inches: [3.5, 2.5],
            font_size,
        };
        let size = |font_size| {
            let size = paper(font_size).layout();
            size.map_err(|error| error.to_string())
        };
        assert_eq!(size(12.0), Ok([252, 180]));
        assert_eq!(size(6.0), Ok([504, 360]));
        let small = "text of 1 points is not possible; it must be from 2 to 72";
        assert_eq!(size(1.0), Err(small.to_owned()));
        assert!(
            size(60.0).is_err_and(|error| error.contains("too large for a page of 3.5 by 2.5"))
        );
        assert!(size(f32::NAN).is_err());
    }
}
