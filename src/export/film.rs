//! Writes pictures and clips of a race to files, in the format given by the file extension.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::apng::ApngWriter;
use super::gif::{GifWriter, Repeat};
use super::limits::{MOST_FRAMES, MOST_PIXELS};
use super::palette::Census;
use super::png::png;
use super::video::Video;
use super::{EncodeError, ExportError, FigureOptions, Format, Studio};
use crate::engine::Signal;
use crate::preset::Preset;
use crate::preset::write_beside;

/// Which moments of the race are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timing {
    /// The step that a single picture shows; `None` means the last.
    pub step: Option<usize>,
    /// The frame rate of a clip in frames per second, from 1 to 100.
    pub fps: u16,
    /// The number of steps from one frame to the next, from 0.001 to 1,000,000.
    pub steps_per_frame: f64,
    /// How long the last frame is shown, in seconds, from 0 to 60.
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
    fn check(&self) -> Result<(), ExportError> {
        if !(1..=100).contains(&self.fps) {
            return Err(ExportError::FrameRate { fps: self.fps });
        }
        if !(1e-3..=1e6).contains(&self.steps_per_frame) {
            let steps = self.steps_per_frame;
            return Err(ExportError::StepsPerFrame { steps });
        }
        if !(0.0..=60.0).contains(&self.hold) {
            let seconds = self.hold;
            return Err(ExportError::Hold { seconds });
        }
        Ok(())
    }

    /// The number of frames of a race of `steps` steps.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn frame_count(&self, steps: usize) -> f64 {
        (steps as f64 / self.steps_per_frame).ceil() + 1.0
    }

    /// The playheads of all frames; the last one is the end of the race.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn frames(&self, steps: usize) -> Vec<f64> {
        let apart = self.steps_per_frame;
        let end = steps as f64;
        let mut frames: Vec<f64> = (0..u32::MAX)
            .map(|frame| f64::from(frame) * apart)
            .take_while(|playhead| *playhead < end)
            .collect();
        frames.push(end);
        frames
    }
}

/// Called before each frame and after the last one with the number of finished frames and the
/// total; may stop the export.
pub type Progress<'a> = dyn FnMut(usize, usize) -> ControlFlow<()> + 'a;

/// Checks whether a picture or a clip of a race of `steps` steps is possible, before any work is
/// done.
///
/// # Errors
/// Returns an error if an option is invalid.
pub fn check(
    format: Format,
    steps: usize,
    options: &FigureOptions,
    timing: &Timing,
) -> Result<(), ExportError> {
    let pixels = options.pixels()?;
    if let Some(step) = timing.step.filter(|step| *step > steps) {
        return Err(ExportError::Step { step, steps });
    }
    timing.check()?;
    if format.is_still() {
        return Ok(());
    }
    if options.transparent {
        return Err(ExportError::Transparent);
    }
    check_work(timing.frame_count(steps), pixels)
}

/// Checks whether a clip with this many frames of this size can be made in a reasonable time.
#[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
fn check_work(frames: f64, [width, height]: [usize; 2]) -> Result<(), ExportError> {
    if frames > MOST_FRAMES {
        return Err(ExportError::Frames { frames });
    }
    if frames * width as f64 * height as f64 > MOST_PIXELS {
        return Err(ExportError::ClipSize {
            frames,
            width,
            height,
        });
    }
    Ok(())
}

/// Writes a picture or a clip. The file is written completely or not at all.
///
/// # Errors
/// Returns an error if an option is invalid or the file cannot be written.
pub fn write(
    file: &Path,
    preset: impl Into<Preset>,
    options: FigureOptions,
    timing: Timing,
    progress: &mut Progress<'_>,
) -> Result<(), ExportError> {
    write_until(file, preset, options, timing, &Signal::default(), progress)
}

/// The same, unless `signal` stops it, even between two frames. It counts the frames.
///
/// # Errors
/// Returns the errors of [`write()`], or [`ExportError::Stopped`].
pub fn write_until(
    file: &Path,
    preset: impl Into<Preset>,
    options: FigureOptions,
    timing: Timing,
    signal: &Signal,
    progress: &mut Progress<'_>,
) -> Result<(), ExportError> {
    let format = Format::of(file)?;
    let preset = preset.into();
    let steps = preset.experiment.steps;
    check(format, steps, &options, &timing)?;
    if matches!(format, Format::Mp4 | Format::Webm) {
        Video::check()?;
    }
    let studio = Studio::until(preset, options, &signal.aside())?;
    let mut shoot = Shoot {
        studio,
        options,
        timing,
        signal,
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

/// The export of a single file.
struct Shoot<'a, 'b> {
    studio: Studio,
    options: FigureOptions,
    timing: Timing,
    signal: &'a Signal,
    progress: &'a mut Progress<'b>,
    /// Why the export stopped early, unless writing the file failed.
    stopped: Option<ExportError>,
}

impl Shoot<'_, '_> {
    fn write(&mut self, format: Format, to: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Png => {
                self.go_on(0, 1)?;
                let picture = self.studio.picture(self.still());
                self.go_on(1, 1)?;
                png(to, &picture, self.options.transparent).map_err(broken)
            }
            Format::Svg => {
                self.go_on(0, 1)?;
                let drawing = self.studio.drawing(self.still());
                self.go_on(1, 1)?;
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

    /// Reports the progress; fails, and records that the export was cancelled, if it is to stop.
    fn go_on(&mut self, done: usize, all: usize) -> io::Result<()> {
        if self.signal.expected() == 0 {
            self.signal.expect(all as u64);
        }
        self.signal
            .advance((done as u64).saturating_sub(self.signal.done()));
        if (self.progress)(done, all).is_break() || self.signal.is_stopped() {
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
        self.go_on(frames.len(), frames.len())?;
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
        self.go_on(frames.len(), frames.len())?;
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
            self.go_on(frames.len(), frames.len())
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

/// Unwraps the underlying I/O error, if there is one, so that a full disk is reported as such.
fn broken(error: EncodeError) -> io::Error {
    match error {
        EncodeError::Gif(gif::EncodingError::Io(cause))
        | EncodeError::Png(png::EncodingError::IoError(cause)) => cause,
        other => io::Error::other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(steps: usize, size: [usize; 2], timing: Timing) -> Result<(), String> {
        let options = FigureOptions {
            size,
            ..FigureOptions::default()
        };
        check(Format::Gif, steps, &options, &timing).map_err(|error| error.to_string())
    }

    #[test]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn frames_are_counted_before_they_are_made() {
        for (steps, steps_per_frame) in [
            (6, 1.0),
            (6, 0.5),
            (7, 2.0),
            (1, 1e6),
            (3, 0.001),
            (10, 0.3),
        ] {
            let timing = Timing {
                steps_per_frame,
                ..Timing::default()
            };
            let frames = timing.frames(steps);
            assert_eq!(frames.len() as f64, timing.frame_count(steps), "{timing:?}");
            assert_eq!(frames.last(), Some(&(steps as f64)));
        }
    }

    #[test]
    fn clips_end_at_a_hundred_thousand_frames_and_a_hundred_billion_pixels() {
        let whole = Timing::default();
        assert_eq!(checked(99_999, [800, 600], whole), Ok(()));
        let said = checked(100_000, [800, 600], whole).unwrap_err();
        assert!(
            said.contains("100001 frames") && said.contains("100,000"),
            "{said}"
        );
        assert_eq!(checked(48_000, [1920, 1080], whole), Ok(()));
        let said = checked(49_000, [1920, 1080], whole).unwrap_err();
        assert!(said.contains("100 billion pixels"), "{said}");
        let slow = Timing {
            steps_per_frame: 0.001,
            ..whole
        };
        assert!(checked(1_000_000, [64, 64], slow).is_err());
        // A single picture has one frame.
        let options = FigureOptions::default();
        assert!(check(Format::Png, 1_000_000, &options, &slow).is_ok());
    }

    #[test]
    fn numbers_that_make_no_clip_are_refused() {
        let timing = |steps_per_frame, hold| Timing {
            steps_per_frame,
            hold,
            ..Timing::default()
        };
        for steps in [0.0, -1.0, 1e-4, 2e6, f64::NAN, f64::INFINITY] {
            let said = checked(9, [64, 64], timing(steps, 1.0)).unwrap_err();
            assert!(said.contains("steps per frame are not possible"), "{said}");
        }
        for hold in [-1.0, 61.0, f64::NAN, f64::INFINITY] {
            let said = checked(9, [64, 64], timing(1.0, hold)).unwrap_err();
            assert!(said.contains("from 0 to 60"), "{said}");
        }
    }

    #[test]
    fn pages_and_scales_have_limits_of_their_own() {
        let sized = |size, scale| {
            let options = FigureOptions {
                size,
                scale,
                ..FigureOptions::default()
            };
            options.pixels().map_err(|error| error.to_string())
        };
        assert_eq!(sized([1, 1], 64.0), Ok([64, 64]));
        assert_eq!(sized([8192, 8192], 1.0), Ok([8192, 8192]));
        assert!(sized([1, 1], 8000.0).unwrap_err().contains("scale of 8000"));
        assert!(
            sized([10_000, 10_000], 0.5)
                .unwrap_err()
                .contains("size of 10000x10000")
        );
        for scale in [0.0, -1.0, 1e-3, f32::NAN, f32::INFINITY] {
            assert!(sized([8000, 8000], scale).is_err(), "{scale}");
        }
        assert!(sized([usize::MAX, 1], 1.0).is_err());
    }
}
