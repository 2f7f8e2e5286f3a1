//! Writes pictures and clips of a race to files, by the files' endings.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::apng::ApngWriter;
use super::gif::{GifWriter, Repeat};
use super::palette::Census;
use super::png::png;
use super::video::Video;
use super::{EncodeError, ExportError, FigureOptions, Format, Studio};
use crate::preset::Preset;
use crate::preset::write_beside;

/// Which moments of the race are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timing {
    /// The step of a single picture; `None`: the last.
    pub step: Option<usize>,
    /// Frames a second of a clip.
    pub fps: u16,
    /// Steps from one frame to the next.
    pub steps_per_frame: f64,
    /// How long the last frame stays, in seconds.
    pub hold: f64,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            step: None,
            fps: 25,
            steps_per_frame: 1.0,
            hold: 1.5,
        }
    }
}

impl Timing {
    /// The playheads of all frames; the last one is the end of the race.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn frames(&self, steps: usize) -> Vec<f64> {
        let apart = if self.steps_per_frame.is_finite() {
            self.steps_per_frame.max(1e-3)
        } else {
            1.0
        };
        let end = steps as f64;
        let mut frames: Vec<f64> = (0..u32::MAX)
            .map(|frame| f64::from(frame) * apart)
            .take_while(|playhead| *playhead < end)
            .collect();
        frames.push(end);
        frames
    }
}

/// Called before each frame with the number of frames done and of all; it may stop the work.
pub type Progress<'a> = dyn FnMut(usize, usize) -> ControlFlow<()> + 'a;

/// Writes a picture or a clip. The file appears whole or not at all.
///
/// # Errors
/// What is wrong with the options, or why the file cannot be written.
pub fn write(
    file: &Path,
    preset: impl Into<Preset>,
    options: FigureOptions,
    timing: Timing,
    progress: &mut Progress<'_>,
) -> Result<(), ExportError> {
    let format = Format::of(file)?;
    let preset = preset.into();
    let steps = preset.experiment.steps;
    if options.transparent && !format.is_still() {
        return Err(ExportError::Transparent);
    }
    if !(1..=100).contains(&timing.fps) {
        return Err(ExportError::FrameRate { fps: timing.fps });
    }
    if let Some(step) = timing.step.filter(|step| *step > steps) {
        return Err(ExportError::Step { step, steps });
    }
    if matches!(format, Format::Mp4 | Format::Webm) {
        Video::check()?;
    }
    let studio = Studio::new(preset, options)?;
    let mut shoot = Shoot {
        studio,
        options,
        timing,
        progress,
        stopped: None,
    };
    let written = write_beside(file, |to| shoot.write(format, to));
    match (written, shoot.stopped) {
        (_, Some(reason)) => Err(reason),
        (Ok(()), None) => Ok(()),
        (Err(cause), None) => Err(ExportError::Unwritable {
            file: file.to_owned(),
            cause,
        }),
    }
}

/// One file in the making.
struct Shoot<'a, 'b> {
    studio: Studio,
    options: FigureOptions,
    timing: Timing,
    progress: &'a mut Progress<'b>,
    /// Why it ended early, if not for the file's sake.
    stopped: Option<ExportError>,
}

impl Shoot<'_, '_> {
    fn write(&mut self, format: Format, to: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Png => {
                let picture = self.studio.picture(self.still());
                png(to, &picture, self.options.transparent).map_err(broken)
            }
            Format::Svg => {
                let drawing = self.studio.drawing(self.still());
                to.write_all(drawing.as_bytes())
            }
            Format::Gif => self.gif(to),
            Format::Apng => self.apng(to),
            Format::Mp4 | Format::Webm => self.video(format, to),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn still(&self) -> f64 {
        self.timing.step.unwrap_or(self.studio.steps()) as f64
    }

    /// Whether to go on; if not, remembers that it was stopped.
    fn go_on(&mut self, done: usize, all: usize) -> io::Result<()> {
        if (self.progress)(done, all).is_break() {
            self.stopped = Some(ExportError::Stopped);
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    }

    fn gif(&mut self, to: &mut dyn Write) -> io::Result<()> {
        let frames = self.timing.frames(self.studio.steps());
        let mut census = Census::default();
        for frame in Census::worth_counting(frames.len()) {
            self.go_on(0, frames.len())?;
            census.add(&self.studio.picture(frames[frame]));
        }
        let size = self.options.pixels().map_err(io::Error::other)?;
        let (fps, palette) = (self.timing.fps, census.palette());
        let mut gif = GifWriter::new(to, size, fps, palette, Repeat::Infinite)
            .map_err(broken)?
            .hold_last_ms(self.hold_ms());
        for (done, playhead) in frames.iter().enumerate() {
            self.go_on(done, frames.len())?;
            gif.frame(&self.studio.picture(*playhead)).map_err(broken)?;
        }
        gif.finish().map_err(broken)?;
        Ok(())
    }

    fn apng(&mut self, mut to: &mut dyn Write) -> io::Result<()> {
        let frames = self.timing.frames(self.studio.steps());
        let size = self.options.pixels().map_err(io::Error::other)?;
        let count = u32::try_from(frames.len()).map_err(io::Error::other)?;
        let mut apng = ApngWriter::new(&mut to, size, self.timing.fps, count, 0).map_err(broken)?;
        for (done, playhead) in frames.iter().enumerate() {
            self.go_on(done, frames.len())?;
            let picture = self.studio.picture(*playhead);
            if done + 1 == frames.len() {
                let hold = u16::try_from(self.hold_ms()).unwrap_or(u16::MAX);
                apng.delay(hold.max(1), 1000).map_err(broken)?;
            }
            apng.frame(&picture).map_err(broken)?;
        }
        apng.finish().map_err(broken)
    }

    fn video(&mut self, format: Format, to: &mut dyn Write) -> io::Result<()> {
        let mut frames = self.timing.frames(self.studio.steps());
        let hold = f64::from(self.hold_ms()) / 1000.0 * f64::from(self.timing.fps);
        let end = frames.last().copied().unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few seconds of frames"
        )]
        frames.extend(std::iter::repeat_n(end, hold as usize));
        let size = self.options.pixels().map_err(io::Error::other)?;
        let made = Video::make(format, size, self.timing.fps, to, |video| {
            for (done, playhead) in frames.iter().enumerate() {
                self.go_on(done, frames.len())?;
                video.frame(&self.studio.picture(*playhead))?;
            }
            Ok(())
        });
        if let Err(cause) = &made
            && self.stopped.is_none()
            && cause.kind() == io::ErrorKind::Other
        {
            self.stopped = Some(ExportError::Ffmpeg(cause.to_string()));
        }
        made
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped before"
    )]
    fn hold_ms(&self) -> u32 {
        (self.timing.hold * 1000.0).clamp(0.0, 60_000.0) as u32
    }
}

/// The file's own error where it was one, so that a full disk is called a full disk.
fn broken(error: EncodeError) -> io::Error {
    match error {
        EncodeError::Gif(gif::EncodingError::Io(cause))
        | EncodeError::Png(png::EncodingError::IoError(cause)) => cause,
        other => io::Error::other(other.to_string()),
    }
}
