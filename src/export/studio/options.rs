//! The appearance of a figure.

use std::ops::RangeInclusive;

use crate::export::limits::{PAGE, SCALES, SIDES};
use crate::export::{ExportError, Paper};
use crate::plane::Window;
use crate::preset::{Pictures, Projection, ViewSettings, Viewpoint};
use crate::sampling::Heights;
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
    /// The size on paper of what is made of lines and letters; `None` makes a point of the figure a
    /// point of the page.
    pub paper: Option<Paper>,
    /// The colours.
    pub theme: Theme,
    /// What is shown in addition to the surface and the trails.
    pub parts: Parts,
    /// The part of the plane to show.
    pub view: View,
    /// From where the surface is seen in three dimensions; `None` leaves it to the preset whether it
    /// is, and from where.
    pub eye: Option<Viewpoint>,
    /// The projection in three dimensions; `None` leaves it to the eye.
    pub projection: Option<Projection>,
    /// How losses are shown as heights; `None` leaves it to the preset.
    pub heights: Option<Heights>,
    /// Whether the background around the parts is transparent.
    pub transparent: bool,
}

impl Default for FigureOptions {
    fn default() -> Self {
        Self {
            size: [800, 600],
            scale: 1.0,
            paper: None,
            theme: Theme::Dark,
            parts: Parts::default(),
            view: View::Author,
            eye: None,
            projection: None,
            heights: None,
            transparent: false,
        }
    }
}

/// How a figure shows the surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::export) struct Look {
    pub pictures: Pictures,
    pub eye: Viewpoint,
    pub heights: Heights,
}

impl FigureOptions {
    /// How the figure shows the surface of a preset.
    ///
    /// # Errors
    /// Returns [`ExportError::Eye`] if the eye is at no possible place,
    /// [`ExportError::FlatHeights`] or [`ExportError::FlatProjection`] if what only a picture in
    /// three dimensions has is asked of one from above, and [`ExportError::NoLowest`] if
    /// logarithmic heights are asked for although the loss of the minimum is not known.
    pub(in crate::export) fn look(
        &self,
        author: &ViewSettings,
        has_lowest: bool,
    ) -> Result<Look, ExportError> {
        let mut eye = self.eye.unwrap_or(author.eye);
        eye.projection = self.projection.unwrap_or(eye.projection);
        if let Some((_, what)) = eye.fault() {
            return Err(ExportError::Eye { what });
        }
        let pictures = self.eye.map_or(author.pictures, |_| Pictures::Relief);
        match (pictures.has_relief(), self.heights, self.projection) {
            (true, _, _) | (false, None, None) => {}
            (false, Some(_), _) => return Err(ExportError::FlatHeights),
            (false, None, Some(_)) => return Err(ExportError::FlatProjection),
        }
        if self.heights == Some(Heights::Logarithmic) && !has_lowest {
            return Err(ExportError::NoLowest);
        }
        Ok(Look {
            pictures,
            eye,
            heights: self.heights.unwrap_or(author.heights),
        })
    }

    /// The options for a figure on paper.
    ///
    /// # Errors
    /// Returns the errors of [`Paper::layout`].
    pub fn on(self, paper: Paper) -> Result<Self, ExportError> {
        Ok(Self {
            size: paper.layout()?,
            scale: paper.scale(),
            paper: Some(paper),
            ..self
        })
    }

    /// The width and height of a page in points, 72 of which are an inch.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no page has 2^23 points")]
    pub(in crate::export) fn on_paper(&self) -> [f32; 2] {
        let own = || self.size.map(|side| side as f32 * self.scale);
        self.paper.map_or_else(own, |paper| paper.points())
    }

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
