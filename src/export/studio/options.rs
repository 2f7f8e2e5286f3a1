//! The appearance of a figure.

use std::ops::RangeInclusive;

use crate::export::ExportError;
use crate::export::limits::{PAGE, SCALES, SIDES};
use crate::plane::Window;
use crate::view::figure::Parts;

/// The colours of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For screens.
    #[default]
    Dark,
    /// For paper and projectors.
    Light,
    /// The minimal style of Alec Radford's animation.
    Radford,
}

/// The part of the plane that a figure shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum View {
    /// The window set by the preset's author, or the one around the trajectories if there is none.
    #[default]
    Author,
    /// The window around the trajectories.
    Paths,
    /// The surface's own window.
    Surface,
    /// The given window.
    Window(Window),
}

/// The appearance of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FigureOptions {
    /// The width and height in points, each from 1 to 8192; multiplied by the scale, in pixels,
    /// each from 64 to 8192.
    pub size: [usize; 2],
    /// The number of pixels per point, from 0.01 to 64.
    pub scale: f32,
    /// The colours.
    pub theme: Theme,
    /// What is shown in addition to the surface and the trails.
    pub parts: Parts,
    /// The part of the plane to show.
    pub view: View,
    /// Whether the background around the parts is transparent.
    pub transparent: bool,
}

impl Default for FigureOptions {
    fn default() -> Self {
        Self {
            size: [800, 600],
            scale: 1.0,
            theme: Theme::Dark,
            parts: Parts::default(),
            view: View::Author,
            transparent: false,
        }
    }
}

impl FigureOptions {
    /// The width and height in pixels.
    ///
    /// # Errors
    /// Returns [`ExportError::Size`] if a side has too few or too many pixels,
    /// [`ExportError::Page`] if it has too few or too many points, and [`ExportError::Scale`] if
    /// the scale is too small or too large.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "checked right after"
    )]
    pub fn pixels(&self) -> Result<[usize; 2], ExportError> {
        let pixels = self
            .size
            .map(|side| (side as f32 * self.scale).round().clamp(0.0, 1e9) as usize);
        let all_in = |sides: [usize; 2], range: RangeInclusive<usize>| {
            sides.iter().all(|side| range.contains(side))
        };
        if !all_in(pixels, SIDES) {
            let [width, height] = pixels;
            Err(ExportError::Size { width, height })
        } else if !all_in(self.size, PAGE) {
            let [width, height] = self.size;
            Err(ExportError::Page { width, height })
        } else if !SCALES.contains(&self.scale) {
            let scale = self.scale;
            Err(ExportError::Scale { scale })
        } else {
            Ok(pixels)
        }
    }
}
