//! How large pictures and clips may be.

use std::ops::RangeInclusive;

/// The shortest and the longest side of a picture, in pixels.
pub(super) const SIDES: RangeInclusive<usize> = 64..=8192;
/// The shortest and the longest side of a page, in points.
pub(super) const PAGE: RangeInclusive<usize> = 1..=8192;
/// Pixels to a point: the letters of a page are painted as large as they become, all at once.
pub(super) const SCALES: RangeInclusive<f32> = 0.01..=64.0;
/// The most frames of a clip: more than an hour at 25 a second.
pub(super) const MOST_FRAMES: f64 = 1e5;
/// The most pixels of all its frames: half an hour at 1920 x 1080 and 25 frames a second.
pub(super) const MOST_PIXELS: f64 = 1e11;
