//! Writes pictures and clips of a race to files, in the format given by the file extension.

use std::io::{self, Write};
use std::iter;
use std::ops::ControlFlow;
use std::path::Path;

use egui::ColorImage;

use super::apng::ApngWriter;
use super::gif::{GifWriter, Repeat};
use super::limits::{MOST_FRAMES, MOST_PIXELS};
use super::palette::Census;
use super::png::png_in_slices;
use super::svg::with_link;
use super::timing::Moment;
use super::video::Video;
use super::{EncodeError, ExportError, FigureOptions, Format, Studio};
use crate::engine::{Signal, at_once, pause};
use crate::file::Replacement;
use crate::preset::Preset;

pub use super::timing::Timing;

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
    if options.paper.is_some() && !format.is_vector() {
        return Err(ExportError::PixelsOnPaper);
    }
    if format.is_still() {
        return match timing.orbit {
            Some(_) => Err(ExportError::StillOrbit),
            None => Ok(()),
        };
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
    let signal = Signal::default();
    write_until(file, preset, options, timing, None, &signal, progress).map(|_| ())
}

/// The same with a link that opens the race again, unless `signal` stops it, even between two frames.
/// It counts the frames. Returns the letters that no font of this computer has: boxes stand for them.
///
/// # Errors
/// Returns the errors of [`write()`], or [`ExportError::Stopped`].
pub fn write_until(
    file: &Path,
    preset: impl Into<Preset>,
    options: FigureOptions,
    timing: Timing,
    link: Option<&str>,
    signal: &Signal,
    progress: &mut Progress<'_>,
) -> Result<String, ExportError> {
    let written = write_in_slices(file, preset, options, timing, link, signal, progress);
    at_once(written)
}

/// The same in slices.
///
/// # Errors
/// Returns the errors of [`write_until`].
pub async fn write_in_slices(
    file: &Path,
    preset: impl Into<Preset>,
    mut options: FigureOptions,
    timing: Timing,
    link: Option<&str>,
    signal: &Signal,
    progress: &mut Progress<'_>,
) -> Result<String, ExportError> {
    let format = Format::of(file)?;
    let preset = preset.into();
    let has_relief = preset.view.pictures.has_relief() && !preset.view.large_data;
    if timing.orbit.is_some() && !has_relief {
        // Only what has a height can be gone round.
        options.eye = options.eye.or(Some(preset.view.eye));
    }
    let steps = preset.experiment.steps;
    check(format, steps, &options, &timing)?;
    let unwritable = |cause| ExportError::Unwritable {
        file: file.to_owned(),
        cause,
    };
    let is_video = matches!(format, Format::Mp4 | Format::Webm);
    // A file that cannot be written is said before hours of work.
    let mut new = if is_video {
        Video::check()?;
        Replacement::begin_in_file(file)
    } else {
        Replacement::begin(file)
    }
    .map_err(unwritable)?;
    let studio = Studio::in_slices(preset, options, &signal.aside()).await?;
    let mut shoot = Shoot {
        studio,
        options,
        timing,
        link,
        signal,
        progress,
        stopped: None,
    };
    let shot = shoot.write(format, &mut new).await;
    if let Some(reason) = shoot.stopped {
        return Err(reason);
    }
    shot.and_then(|()| new.commit()).map_err(unwritable)?;
    Ok(shoot.studio.missing_letters())
}

/// The export of a single file.
struct Shoot<'a, 'b> {
    studio: Studio,
    options: FigureOptions,
    timing: Timing,
    link: Option<&'a str>,
    signal: &'a Signal,
    progress: &'a mut Progress<'b>,
    /// Why the export stopped early, unless writing the file failed.
    stopped: Option<ExportError>,
}

impl Shoot<'_, '_> {
    async fn write(&mut self, format: Format, to: &mut Replacement) -> io::Result<()> {
        match format {
            Format::Png => {
                self.go_on(0, 1)?;
                let picture = self.studio.picture_in_slices(self.still()).await;
                self.go_on(1, 1)?;
                png_in_slices(to, &picture, self.options.transparent, self.link)
                    .await
                    .map_err(broken)
            }
            Format::Svg => {
                self.go_on(0, 1)?;
                let drawing = self.studio.drawing_in_slices(self.still()).await;
                self.go_on(1, 1)?;
                let drawing = match self.link {
                    Some(link) => with_link(drawing, link),
                    None => drawing,
                };
                to.write_all(drawing.as_bytes())
            }
            Format::Pdf => {
                self.go_on(0, 1)?;
                let link = self.link;
                let page = self.studio.page(self.still(), link).map_err(broken)?;
                self.go_on(1, 1)?;
                to.write_all(&page)
            }
            Format::Gif => self.gif(to).await,
            Format::Apng => self.apng(to).await,
            Format::Mp4 | Format::Webm => self.video(format, to.path()),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn still(&self) -> f64 {
        self.timing.step.unwrap_or(self.studio.steps()) as f64
    }

    async fn shot(&mut self, moment: Moment) -> ColorImage {
        if self.timing.orbit.is_some() {
            self.studio.turn(moment.turn);
        }
        let picture = self.studio.picture_in_slices(moment.playhead).await;
        pause().await;
        picture
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

    async fn gif(&mut self, to: &mut dyn Write) -> io::Result<()> {
        let frames = self.timing.frames(self.studio.steps());
        let mut census = Census::default();
        for frame in Census::worth_counting(frames.len()) {
            self.go_on(0, frames.len())?;
            census.add(&self.shot(frames[frame]).await);
        }
        let size = self.options.pixels().map_err(io::Error::other)?;
        let (fps, palette) = (self.timing.fps, census.palette_in_slices().await);
        let mut gif = GifWriter::new(to, size, fps, palette, Repeat::Infinite)
            .map_err(broken)?
            .hold_last_ms(self.timing.pause_ms());
        if let Some(link) = self.link {
            gif.carry(link).map_err(broken)?;
        }
        for (done, moment) in frames.iter().enumerate() {
            self.go_on(done, frames.len())?;
            gif.frame(&self.shot(*moment).await).map_err(broken)?;
            pause().await;
        }
        self.go_on(frames.len(), frames.len())?;
        gif.finish().map_err(broken)?;
        Ok(())
    }

    async fn apng(&mut self, mut to: &mut dyn Write) -> io::Result<()> {
        let frames = self.timing.frames(self.studio.steps());
        let size = self.options.pixels().map_err(io::Error::other)?;
        let count = u32::try_from(frames.len()).map_err(io::Error::other)?;
        let mut apng = ApngWriter::new(&mut to, size, self.timing.fps, count, 0).map_err(broken)?;
        if let Some(link) = self.link {
            apng.carry(link).map_err(broken)?;
        }
        for (done, moment) in frames.iter().enumerate() {
            self.go_on(done, frames.len())?;
            let picture = self.shot(*moment).await;
            if done + 1 == frames.len() && self.timing.orbit.is_none() {
                let hold = u16::try_from(self.timing.pause_ms()).unwrap_or(u16::MAX);
                apng.delay(hold.max(1), 1000).map_err(broken)?;
            }
            apng.frame(&picture).map_err(broken)?;
            pause().await;
        }
        self.go_on(frames.len(), frames.len())?;
        apng.finish().map_err(broken)
    }

    fn video(&mut self, format: Format, path: &Path) -> io::Result<()> {
        let mut frames = self.timing.frames(self.studio.steps());
        if self.timing.orbit.is_none()
            && let Some(end) = frames.last().copied()
        {
            frames.extend(iter::repeat_n(end, self.timing.held()));
        }
        let size = self.options.pixels().map_err(io::Error::other)?;
        let (fps, signal) = (self.timing.fps, self.signal);
        let made = Video::make(format, size, fps, self.link, path, signal, |video| {
            for (done, moment) in frames.iter().enumerate() {
                self.go_on(done, frames.len())?;
                video.frame(&at_once(self.shot(*moment)))?;
            }
            self.go_on(frames.len(), frames.len())
        });
        if self.signal.is_stopped() {
            self.stopped = Some(ExportError::Stopped);
        }
        if let Err(reason) = made {
            self.stopped.get_or_insert(ExportError::Ffmpeg(reason));
        }
        Ok(())
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
    use std::fs;
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;
    use crate::pause::slice;
    use crate::preset::load_built_in;

    fn checked(steps: usize, size: [usize; 2], timing: Timing) -> Result<(), String> {
        let options = FigureOptions {
            size,
            ..FigureOptions::default()
        };
        check(Format::Gif, steps, &options, &timing).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_in_slices_is_the_file_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let options = FigureOptions {
            size: [320, 200],
            ..FigureOptions::default()
        };
        let mut preset = load_built_in("saddle").unwrap();
        preset.experiment.steps = 5;
        let write = async |name: &str| {
            let (file, signal) = (folder.path().join(name), Signal::default());
            let (preset, timing) = (preset.clone(), Timing::default());
            let mut go_on = |_, _| ControlFlow::Continue(());
            let link = Some("a link");
            write_in_slices(&file, preset, options, timing, link, &signal, &mut go_on)
                .await
                .unwrap();
            fs::read(file).unwrap()
        };
        for [once, sliced] in [
            ["1.png", "2.png"],
            ["1.svg", "2.svg"],
            ["1.gif", "2.gif"],
            ["1.apng", "2.apng"],
        ] {
            let at_once = at_once(write(once));
            let mut slices = 0;
            let in_slices = in_slices(write(sliced), &mut slices);
            assert!(at_once == in_slices, "{sliced}");
            assert!(slices > 5, "{sliced}: {slices}");
        }
    }

    /// Does work in slices, and counts them.
    fn in_slices<T>(work: impl Future<Output = T>, slices: &mut usize) -> T {
        let mut work = pin!(work);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            *slices += 1;
            if let Poll::Ready(done) = slice(|| work.as_mut().poll(&mut context)) {
                return done;
            }
        }
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
            let end = Moment {
                playhead: steps as f64,
                turn: 0.0,
            };
            assert_eq!(frames.last(), Some(&end));
        }
    }

    #[test]
    fn an_eye_turns_by_the_time_of_the_frames_and_during_the_hold() {
        let timing = Timing {
            fps: 20,
            steps_per_frame: 2.0,
            hold: 0.25,
            orbit: Some(-40.0),
            ..Timing::default()
        };
        let frames = timing.frames(6);
        let playheads: Vec<f64> = frames.iter().map(|it| it.playhead).collect();
        assert_eq!(playheads, [0.0, 2.0, 4.0, 6.0, 6.0, 6.0, 6.0, 6.0, 6.0]);
        let turns: Vec<f64> = frames.iter().map(|it| it.turn).collect();
        assert_eq!(
            turns,
            [0, -2, -4, -6, -8, -10, -12, -14, -16].map(f64::from)
        );
        assert_eq!(timing.frame_count(6), 9.0);
    }

    #[test]
    fn only_clips_turn_and_at_a_possible_speed() {
        let turned = |format, speed| {
            let timing = Timing {
                orbit: Some(speed),
                ..Timing::default()
            };
            let options = FigureOptions::default();
            check(format, 9, &options, &timing).map_err(|error| error.with_option().to_string())
        };
        assert_eq!(turned(Format::Gif, 30.0), Ok(()));
        for format in [Format::Png, Format::Svg] {
            let said = turned(format, 30.0).unwrap_err();
            assert!(
                said.contains("cannot turn") && said.ends_with("(--orbit)"),
                "{said}"
            );
        }
        for speed in [f64::NAN, f64::INFINITY, 1e9] {
            let said = turned(Format::Gif, speed).unwrap_err();
            assert!(
                said.contains("degrees per second are not possible"),
                "{said}"
            );
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
