//! A clip as an animated GIF.

use std::io::Write;

use egui::{Color32, ColorImage};
pub use gif::Repeat;

use super::EncodeError;
use super::area::Area;
use super::palette::{Lookup, Palette};

/// Browsers show a frame that asks for less than this for a tenth of a second.
const SHORTEST_DELAY: u64 = 2;

/// Writes the frames of a clip as GIF, one by one.
///
/// Of each frame only the rectangle that changed is written, and in it only the pixels that
/// changed: the others are transparent, which compresses to almost nothing. A frame that changes
/// nothing just makes the one before it last longer. A frame is therefore written when the next
/// one that differs arrives.
///
/// A GIF counts time in centiseconds. Each frame starts at the centisecond nearest to its true
/// time, so a clip never drifts: 30 frames a second last 3, 4, 3, 3, 4, 3 … Above 50 frames a
/// second, frames that would be too short are left out.
pub struct GifWriter<W: Write> {
    encoder: gif::Encoder<W>,
    lookup: Lookup,
    size: [usize; 2],
    clock: Clock,
    /// Frames received so far.
    received: u64,
    /// How much longer the last frame stays, in centiseconds.
    hold_last: u64,
    /// The frame received last.
    source: Vec<Color32>,
    /// The same as indices into the palette.
    indices: Vec<u8>,
    /// Where the frame that just came differs, and how; kept to spare allocations, like `piece`.
    changes: Vec<(usize, u8)>,
    /// The indices that a reader of the file has seen so far.
    written: Vec<u8>,
    /// Where `indices` and `written` differ.
    waiting: Area,
    /// When the frame that waits to be written begins.
    waiting_since: u64,
    /// The part of the waiting frame that is compressed.
    piece: Vec<u8>,
}

impl<W: Write> GifWriter<W> {
    /// Begins a clip of `fps` frames a second.
    ///
    /// # Errors
    /// If the size or the frame rate is impossible, or nothing can be written.
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
        // The slot after the colours is the transparent one.
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

    /// Lets the last frame stay for so many milliseconds longer before the clip starts again.
    #[must_use]
    pub fn hold_last_ms(mut self, milliseconds: u32) -> Self {
        self.hold_last = u64::from(milliseconds.div_ceil(10));
        self
    }

    /// Adds a frame. What is translucent is seen over black.
    ///
    /// # Errors
    /// If its size is not the clip's, or the frame before it cannot be written.
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

    /// Writes what is left and gives back what was written to.
    ///
    /// # Errors
    /// If there was no frame, or it cannot be written.
    pub fn finish(mut self) -> Result<W, EncodeError> {
        if self.received == 0 {
            return Err(EncodeError::NoFrames);
        }
        let end = self.clock.start_of(self.received) + self.hold_last;
        self.write_waiting(end.max(self.waiting_since + SHORTEST_DELAY))?;
        Ok(self.encoder.into_inner()?)
    }

    /// Lists the pixels that get another index. Rows that stayed as they were cost one comparison.
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

    /// Writes the frame that waits, shown until the given time.
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

        // One frame lasts at most eleven minutes; what is longer goes on in frames of one
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

/// When the frames of a clip begin, in centiseconds.
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

    /// The centisecond nearest to the beginning of a frame.
    const fn start_of(self, frame: u64) -> u64 {
        (frame * 200 + self.fps) / (2 * self.fps)
    }
}

/// The index that lets what was there before shine through.
fn transparent(lookup: &Lookup) -> u8 {
    // A palette has at most 255 colours.
    u8::try_from(lookup.palette().colors().len()).unwrap_or(u8::MAX)
}

/// The sides of a clip were checked at its beginning.
fn saturate(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// A width or height that GIF can hold.
fn side(pixels: usize) -> Option<u16> {
    u16::try_from(pixels).ok().filter(|&pixels| pixels > 0)
}

#[cfg(test)]
mod tests;
