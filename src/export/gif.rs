//! Encodes a clip as an animated GIF.

use std::io::Write;

use egui::{Color32, ColorImage};
pub use gif::Repeat;

use super::EncodeError;
use super::area::Area;
use super::palette::{Lookup, Palette};

/// The shortest usable delay: browsers show a frame with a shorter one for a tenth of a second.
const SHORTEST_DELAY: u64 = 2;

/// Writes the frames of a clip as GIF, one at a time.
///
/// Only the rectangle of a frame that changed is written, and in it only the pixels that changed:
/// the others are transparent, which compresses to almost nothing. A frame that changes nothing
/// merely extends the previous one. A frame is therefore written only when the next different one
/// arrives.
///
/// A GIF counts time in centiseconds. Each frame starts at the centisecond nearest to its true
/// time, so a clip never drifts: at 30 frames per second the delays are 3, 4, 3, 3, 4, 3 … Above 50
/// frames per second, frames whose delay would be too short are dropped.
pub struct GifWriter<W: Write> {
    encoder: gif::Encoder<W>,
    lookup: Lookup,
    size: [usize; 2],
    clock: Clock,
    /// The number of frames received so far.
    received: u64,
    /// How much longer the last frame is shown, in centiseconds.
    hold_last: u64,
    /// The most recently received frame.
    source: Vec<Color32>,
    /// The same frame as palette indices.
    indices: Vec<u8>,
    /// The pixels in which the newest frame differs, with their new indices; kept, like `piece`, to
    /// avoid allocations.
    changes: Vec<(usize, u8)>,
    /// The indices that a decoder of the file has displayed so far.
    written: Vec<u8>,
    /// The area in which `indices` and `written` differ.
    waiting: Area,
    /// The time at which the pending frame begins.
    waiting_since: u64,
    /// The part of the pending frame that is compressed.
    piece: Vec<u8>,
}

impl<W: Write> GifWriter<W> {
    /// Starts a clip at `fps` frames per second.
    ///
    /// # Errors
    /// Returns an error if the size or the frame rate is invalid, or if writing fails.
    pub fn new(
        write: W,
        size: [usize; 2],
        fps: u16,
        palette: Palette,
        repeat: Repeat,
    ) -> Result<Self, EncodeError> {
        let [width, height] = size;
        let (Some(gif_width), Some(gif_height)) = (side(width), side(height)) else {
            return Err(EncodeError::Size {
                width,
                height,
                format: "GIF",
            });
        };
        let clock = Clock::new(fps).ok_or(EncodeError::FrameRate)?;
        // The entry after the last colour is the transparent one.
        let mut colors = palette.colors().concat();
        colors.extend([0; 3]);
        let mut encoder = gif::Encoder::new(write, gif_width, gif_height, &colors)?;
        encoder.set_repeat(repeat)?;
        let lookup = Lookup::new(palette);
        let blank = vec![transparent(&lookup); width * height];
        Ok(Self {
            encoder,
            size,
            clock,
            received: 0,
            hold_last: 0,
            source: Vec::new(),
            indices: blank.clone(),
            changes: Vec::new(),
            written: blank,
            waiting: Area::EMPTY,
            waiting_since: 0,
            piece: Vec::new(),
            lookup,
        })
    }

    /// Shows the last frame for this many more milliseconds before the clip repeats.
    #[must_use]
    pub fn hold_last_ms(mut self, milliseconds: u32) -> Self {
        self.hold_last = u64::from(milliseconds.div_ceil(10));
        self
    }

    /// Adds a link that opens the race again as a comment, before the first frame.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn carry(&mut self, link: &str) -> Result<(), EncodeError> {
        let comment = gif::Extension::Comment.into();
        Ok(self
            .encoder
            .write_raw_extension(comment, &[link.as_bytes()])?)
    }

    /// Adds a frame. Translucent pixels are composited over black.
    ///
    /// # Errors
    /// Returns an error if the frame's size differs from the clip's, or if the previous frame
    /// cannot be written.
    pub fn frame(&mut self, image: &ColorImage) -> Result<(), EncodeError> {
        if image.size != self.size || image.pixels.len() != self.indices.len() {
            return Err(EncodeError::FrameSize {
                expected: self.size,
                found: image.size,
            });
        }
        let now = self.clock.start_of(self.received);
        self.received += 1;
        self.find_changes(image);
        if self.changes.is_empty() {
            return Ok(());
        }
        if !self.waiting.is_empty() && now - self.waiting_since >= SHORTEST_DELAY {
            self.write_waiting(now)?;
        }
        let [width, _] = self.size;
        for &(position, index) in &self.changes {
            self.indices[position] = index;
            self.waiting.include(position % width, position / width);
        }
        Ok(())
    }

    /// Writes whatever is still pending and returns the underlying writer.
    ///
    /// # Errors
    /// Returns an error if there was no frame or writing fails.
    pub fn finish(mut self) -> Result<W, EncodeError> {
        if self.received == 0 {
            return Err(EncodeError::NoFrames);
        }
        let end = self.clock.start_of(self.received) + self.hold_last;
        self.write_waiting(end.max(self.waiting_since + SHORTEST_DELAY))?;
        Ok(self.encoder.into_inner()?)
    }

    /// Finds the pixels whose index changes. An unchanged row costs a single comparison.
    fn find_changes(&mut self, image: &ColorImage) {
        self.changes.clear();
        let [width, _] = self.size;
        for (row, pixels) in image.pixels.chunks_exact(width).enumerate() {
            let start = row * width;
            let before = self.source.get(start..start + width);
            if before == Some(pixels) {
                continue;
            }
            for (column, &color) in pixels.iter().enumerate() {
                if before.is_some_and(|before| before[column] == color) {
                    continue;
                }
                let index = self.lookup.index_of(color);
                if index != self.indices[start + column] {
                    self.changes.push((start + column, index));
                }
            }
        }
        self.source.clone_from(&image.pixels);
    }

    /// Writes the pending frame, which is shown until the given time.
    fn write_waiting(&mut self, until: u64) -> Result<(), EncodeError> {
        let transparent = transparent(&self.lookup);
        self.piece.clear();
        for row in self.waiting.rows(self.size[0]) {
            let pairs = self.indices[row.clone()].iter().zip(&mut self.written[row]);
            self.piece.extend(pairs.map(|(&index, written)| {
                let seen = std::mem::replace(written, index);
                if seen == index { transparent } else { index }
            }));
        }
        let piece = std::mem::take(&mut self.piece);
        let mut frame = gif::Frame {
            transparent: Some(transparent),
            buffer: piece.into(),
            ..gif::Frame::default()
        };
        [frame.left, frame.top] = self.waiting.corner().map(saturate);
        [frame.width, frame.height] = self.waiting.size().map(saturate);

        // A frame lasts at most eleven minutes; a longer delay continues in frames of one
        // transparent pixel.
        let mut left = until - self.waiting_since;
        loop {
            frame.delay = u16::try_from(left).unwrap_or(u16::MAX);
            self.encoder.write_frame(&frame)?;
            left -= u64::from(frame.delay);
            if left == 0 {
                break;
            }
            [frame.left, frame.top, frame.width, frame.height] = [0, 0, 1, 1];
            frame.buffer.to_mut().clear();
            frame.buffer.to_mut().push(transparent);
        }
        self.piece = frame.buffer.into_owned();
        self.waiting = Area::EMPTY;
        self.waiting_since = until;
        Ok(())
    }
}

/// The start times of a clip's frames, in centiseconds.
#[derive(Clone, Copy, Debug)]
struct Clock {
    fps: u64,
}

impl Clock {
    fn new(fps: u16) -> Option<Self> {
        (fps > 0).then_some(Self {
            fps: u64::from(fps),
        })
    }

    /// The centisecond nearest to the start of a frame.
    const fn start_of(self, frame: u64) -> u64 {
        (frame * 200 + self.fps) / (2 * self.fps)
    }
}

/// The index of the transparent colour, which keeps the previous pixel.
fn transparent(lookup: &Lookup) -> u8 {
    // A palette has at most 255 colours.
    u8::try_from(lookup.palette().colors().len()).unwrap_or(u8::MAX)
}

/// Converts a pixel count to `u16`; the clip's dimensions were checked when it was started.
fn saturate(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// A width or height, if GIF can represent it.
fn side(pixels: usize) -> Option<u16> {
    u16::try_from(pixels).ok().filter(|&pixels| pixels > 0)
}

#[cfg(test)]
mod tests;
