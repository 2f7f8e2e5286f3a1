//! Encodes a clip as an animated PNG, every frame in true colour.

use std::io::Write;

use egui::{Color32, ColorImage};

use super::EncodeError;
use super::area::Area;
use super::pixels::{all_opaque, rgba_bytes};
use super::png::{link_chunk, png_size};

/// Writes the frames of a clip as APNG, one at a time.
///
/// Only the rectangle of a frame that changed is written. Where its new pixels are opaque, the
/// unchanged ones among them are written as transparent, which compresses to almost nothing.
pub struct ApngWriter<W: Write> {
    writer: png::Writer<W>,
    size: [usize; 2],
    announced: u32,
    written: u32,
    /// The most recently written frame.
    before: Vec<Color32>,
}

impl<W: Write> ApngWriter<W> {
    /// Starts a clip of exactly `frames` frames at `fps` frames per second, played `plays` times (0
    /// loops forever).
    ///
    /// # Errors
    /// Returns an error if the size, the number of frames or the frame rate is invalid, or if
    /// writing fails.
    pub fn new(
        write: W,
        size: [usize; 2],
        fps: u16,
        frames: u32,
        plays: u32,
    ) -> Result<Self, EncodeError> {
        if fps == 0 {
            return Err(EncodeError::FrameRate);
        }
        if frames == 0 {
            return Err(EncodeError::NoFrames);
        }
        let [width, height] = png_size(size)?;
        let mut encoder = png::Encoder::new(write, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        encoder.set_filter(png::Filter::Sub);
        encoder.set_animated(frames, plays)?;
        encoder.set_frame_delay(1, fps)?;
        let writer = encoder.write_header()?;
        Ok(Self {
            writer,
            size,
            announced: frames,
            written: 0,
            before: Vec::new(),
        })
    }

    /// Adds a link that opens the race again, before the first frame.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn carry(&mut self, link: &str) -> Result<(), EncodeError> {
        Ok(self.writer.write_text_chunk(&link_chunk(link))?)
    }

    /// Shows each of the following frames for `numerator / denominator` seconds; meant for the last
    /// frame.
    ///
    /// # Errors
    /// Returns an error if all frames have already been written.
    pub fn delay(&mut self, numerator: u16, denominator: u16) -> Result<(), EncodeError> {
        Ok(self.writer.set_frame_delay(numerator, denominator)?)
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// Returns an error if the frame's size differs from the clip's, if there are more frames than
    /// announced, or if writing fails.
    pub fn frame(&mut self, image: &ColorImage) -> Result<(), EncodeError> {
        if image.size != self.size || image.pixels.len() != self.size[0] * self.size[1] {
            return Err(EncodeError::FrameSize {
                expected: self.size,
                found: image.size,
            });
        }
        self.written = self.written.saturating_add(1);
        if self.written > self.announced {
            return Err(self.wrong_count());
        }
        if self.before.is_empty() {
            self.writer.write_image_data(&rgba_bytes(&image.pixels))?;
        } else {
            self.write_changes(image)?;
        }
        self.before.clone_from(&image.pixels);
        Ok(())
    }

    /// Writes whatever is still buffered and ends the file.
    ///
    /// # Errors
    /// Returns an error if frames are missing or writing fails.
    pub fn finish(self) -> Result<(), EncodeError> {
        if self.written != self.announced {
            return Err(self.wrong_count());
        }
        Ok(self.writer.finish()?)
    }

    fn write_changes(&mut self, image: &ColorImage) -> Result<(), EncodeError> {
        let [width, _] = self.size;
        let mut area = changed(&self.before, &image.pixels, width);
        if area.is_empty() {
            // The number of frames was announced, so a frame identical to the previous one must
            // still be written, as a single pixel.
            area.include(0, 0);
        }
        let rows = || area.rows(width);
        let opaque = rows().all(|row| all_opaque(&image.pixels[row]));
        let mut piece = Vec::new();
        for row in rows() {
            let pairs = self.before[row.clone()].iter().zip(&image.pixels[row]);
            piece.extend(pairs.map(|(before, &color)| {
                if opaque && *before == color {
                    Color32::TRANSPARENT
                } else {
                    color
                }
            }));
        }
        let blend = if opaque {
            png::BlendOp::Over
        } else {
            png::BlendOp::Source
        };
        let [left, top] = area.corner().map(saturate);
        let [piece_width, piece_height] = area.size().map(saturate);
        // The data is mostly transparent, and filters would only break up its long runs.
        self.writer.set_filter(png::Filter::NoFilter);
        self.writer.set_blend_op(blend)?;
        // The encoder checks position and size against each other, so start from a position that is
        // always valid.
        self.writer.reset_frame_position()?;
        self.writer.set_frame_dimension(piece_width, piece_height)?;
        self.writer.set_frame_position(left, top)?;
        Ok(self.writer.write_image_data(&rgba_bytes(&piece))?)
    }

    fn wrong_count(&self) -> EncodeError {
        EncodeError::FrameCount {
            announced: self.announced,
            written: self.written,
        }
    }
}

/// The rectangle in which two frames differ.
fn changed(before: &[Color32], after: &[Color32], width: usize) -> Area {
    let mut area = Area::EMPTY;
    for (y, (before, after)) in before
        .chunks_exact(width)
        .zip(after.chunks_exact(width))
        .enumerate()
    {
        if before == after {
            continue;
        }
        let differs = |x: &usize| before[*x] != after[*x];
        if let (Some(first), Some(last)) = ((0..width).find(differs), (0..width).rfind(differs)) {
            area.include(first, y);
            area.include(last, y);
        }
    }
    area
}

/// Converts a pixel count to `u32`; the clip's dimensions were checked when it was started.
fn saturate(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
