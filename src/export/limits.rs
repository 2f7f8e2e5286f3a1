//! The size limits of pictures and clips.

use std::ops::RangeInclusive;

/// The minimum and maximum side length of a picture, in pixels.
pub(super) const SIDES: RangeInclusive<usize> = 64..=8192;
/// The minimum and maximum side length of a page, in points.
pub(super) const PAGE: RangeInclusive<usize> = 1..=8192;
/// The allowed numbers of pixels per point; all glyphs of a page are rasterized at their final size
/// at once, so the maximum bounds the memory.
pub(super) const SCALES: RangeInclusive<f32> = 0.01..=64.0;
/// The maximum number of frames in a clip: more than an hour at 25 frames per second.
pub(super) const MOST_FRAMES: f64 = 1e5;
/// The maximum number of pixels in all frames together: half an hour at 1920 × 1080 and 25 frames
/// per second.
pub(super) const MOST_PIXELS: f64 = 1e11;

/// The minimum and maximum side length of a page, in inches.
pub const INCHES: RangeInclusive<f32> = 0.5..=100.0;

/// The smallest and the largest text on a page, in points.
pub const FONT_SIZES: RangeInclusive<f32> = 2.0..=72.0;
