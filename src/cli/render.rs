//! `slalom render`: a race as a picture or a clip. It needs no display and no GPU.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Failure;
use super::output::complain;
use crate::engine::Signal;
use crate::export::film::{self, Timing};
use crate::export::{ExportError, FigureOptions, Paper, Theme, View};
use crate::plane::Window;
use crate::preset::{self, Preset, Projection, Trust, Viewpoint};
use crate::sampling::Heights;
use crate::text::{brief, one_line};
use crate::view::figure::Parts;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  slalom render radford-beale -o race.gif
  slalom render radford-beale -o race.gif --layout radford
  slalom render rosenbrock -o figure.svg --step 120 --theme light
  slalom render rosenbrock -o figure.pdf --inches 3.5x2.5 --font-size 8 --theme light
  slalom render saddle -o slide.png --size 1280x720 --show title,legend,axes,chart,leaderboard
  slalom render saddle -o saddle.png --eye=-60,30 --heights linear
  slalom render saddle -o saddle.gif --orbit 48
  slalom render my-race.ron -o talk.mp4 --size 1920x1080 --steps-per-frame 0.5")]
pub(super) struct Render {
    /// The preset: a file, the name of a built-in one, a link, or - for standard input
    preset: String,

    /// The output file; its extension selects the format: .png, .svg, .pdf, .gif, .apng or, with
    /// ffmpeg, .mp4 and .webm
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// Width and height, from 1 to 8192; multiplied by the scale, each side must have 64 to 8192
    /// pixels [default: 800x600]
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<[usize; 2]>,

    /// Pixels per point, from 0.01 to 64; 2 makes everything twice as large and as sharp
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = number)]
    scale: f64,

    /// Width and height on paper, in inches (.pdf and .svg): 3.5x2.5 fits a column
    #[arg(long, value_name = "WxH", value_parser = inches, conflicts_with_all = ["size", "scale"])]
    inches: Option<[f32; 2]>,

    /// The size of the text on paper, in points; everything else follows it [default: 8]
    #[arg(long, value_name = "POINTS", value_parser = number, requires = "inches")]
    font_size: Option<f64>,

    /// The colour theme
    #[arg(long, value_enum, default_value_t)]
    theme: ThemeChoice,

    /// Slalom's own layout, or the plain one of Alec Radford's animation
    #[arg(long, value_enum, default_value_t)]
    layout: LayoutChoice,

    /// What to show in addition to the surface and the trails, separated by commas, or `none`
    /// [default: legend,axes and, unless the preset hides its data, the predictions of networks]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PARTS")]
    show: Option<Vec<Part>>,

    /// The part of the plane to show: `paths` (where the paths are), `surface` (the surface's own
    /// window), or x0,x1,y0,y1 [default: the preset's own, or paths]
    #[arg(long, value_name = "VIEW", value_parser = view, allow_hyphen_values = true)]
    view: Option<View>,

    /// Show the surface in 3-D, seen from this direction in degrees from the x axis and this many
    /// degrees above the floor (0 to 90), enlarged by ZOOM (0.25 to 16): -60,30 is matplotlib's
    /// default [default: as the preset says]
    #[arg(long, value_name = "AZIMUTH,ELEVATION[,ZOOM]", value_parser = eye, allow_hyphen_values = true)]
    eye: Option<Viewpoint>,

    /// Turn the eye during a clip by this many degrees per second, to the other side if negative;
    /// the surface is then shown in 3-D. It goes on turning while the last frame is held: a clip
    /// that makes whole turns is a loop without a jump
    #[arg(long, value_name = "DEGREES_PER_SECOND", value_parser = speed, allow_hyphen_values = true)]
    orbit: Option<f64>,

    /// How losses become heights in 3-D; logarithmic needs a known minimum [default: as the preset
    /// says]
    #[arg(long, value_enum)]
    heights: Option<HeightsChoice>,

    /// Whether distant parts look smaller in 3-D [default: as the preset says, or perspective]
    #[arg(long, value_enum)]
    projection: Option<ProjectionChoice>,

    /// The step shown in a picture [default: the last]
    #[arg(long, value_name = "K")]
    step: Option<usize>,

    /// Frames per second of a clip, from 1 to 100
    #[arg(long, value_name = "N", default_value_t = 25)]
    fps: u16,

    /// Steps per frame, from 0.001 to 1,000,000; 0.5 is slow motion. A clip can have at most
    /// 100,000 frames and 100 billion pixels in total
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = number)]
    steps_per_frame: f64,

    /// Seconds for which a clip holds its last frame, from 0 to 60
    #[arg(long, value_name = "SECONDS", default_value_t = 1.5, value_parser = number)]
    hold: f64,

    /// Make the background transparent (.png, .svg and .pdf)
    #[arg(long)]
    transparent: bool,

    /// Leave the experiment out of the file, which otherwise opens again in Slalom
    #[arg(long)]
    no_experiment: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ThemeChoice {
    #[default]
    Dark,
    Light,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum LayoutChoice {
    #[default]
    Slalom,
    Radford,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum HeightsChoice {
    Linear,
    Logarithmic,
    Compressed,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ProjectionChoice {
    Perspective,
    Parallel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    None,
    Title,
    Caption,
    Legend,
    Axes,
    Chart,
    Leaderboard,
    Lens,
    Predictions,
}

impl Render {
    pub(super) fn execute(&self, trust: Trust) -> Result<(), Failure> {
        let preset = trust.load(&self.preset)?;
        let timing = Timing {
            step: self.step,
            fps: self.fps,
            steps_per_frame: self.steps_per_frame,
            hold: self.hold,
            orbit: self.orbit,
        };
        let options = self.options()?;
        let link = self.link(&preset);
        let mut bar = Bar::default();
        let done = film::write_until(
            &self.output,
            preset,
            options,
            timing,
            link.as_deref(),
            &Signal::default(),
            &mut |done, all| {
                bar.show(done, all);
                ControlFlow::Continue(())
            },
        );
        bar.clear();
        let missing = done.map_err(ExportError::with_option)?;
        if !missing.is_empty() {
            let letters = brief(&missing);
            complain(&format!(
                "note: no font on this computer has “{letters}”; a box stands for each of these letters"
            ));
        }
        Ok(())
    }

    /// The link that the picture carries. If there can be none, a line on stderr says why.
    fn link(&self, preset: &Preset) -> Option<String> {
        if self.no_experiment {
            return None;
        }
        preset::link(preset)
            .map_err(|why| {
                let why = one_line(&why.to_string());
                complain(&format!("note: the picture carries no experiment: {why}"));
            })
            .ok()
    }

    #[expect(clippy::cast_possible_truncation, reason = "a scale is a small number")]
    fn options(&self) -> Result<FigureOptions, Failure> {
        let radford = self.layout == LayoutChoice::Radford;
        let parts = match &self.show {
            Some(parts) => {
                let has = |part| parts.contains(&part);
                Parts {
                    title: has(Part::Title),
                    caption: has(Part::Caption),
                    legend: has(Part::Legend),
                    axes: has(Part::Axes),
                    chart: has(Part::Chart),
                    leaderboard: has(Part::Leaderboard),
                    lens: has(Part::Lens),
                    predictions: Some(has(Part::Predictions)),
                }
            }
            None => Parts {
                axes: !radford,
                predictions: radford.then_some(false),
                ..Parts::default()
            },
        };
        // The published frames have 620 by 480 pixels and show roughly this window.
        let (size, view) = if radford {
            let view = self.view.unwrap_or(View::Window(Window::square(5.0)));
            ([620, 480], view)
        } else {
            ([800, 600], self.view.unwrap_or_default())
        };
        let options = FigureOptions {
            size: self.size.unwrap_or(size),
            scale: self.scale as f32,
            paper: None,
            theme: match self.theme {
                _ if radford => Theme::Radford,
                ThemeChoice::Dark => Theme::Dark,
                ThemeChoice::Light => Theme::Light,
            },
            parts,
            view,
            eye: self.eye,
            projection: self.projection.map(|choice| match choice {
                ProjectionChoice::Perspective => Projection::Perspective,
                ProjectionChoice::Parallel => Projection::Parallel,
            }),
            heights: self.heights.map(|choice| match choice {
                HeightsChoice::Linear => Heights::Linear,
                HeightsChoice::Logarithmic => Heights::Logarithmic,
                HeightsChoice::Compressed => Heights::Compressed,
            }),
            transparent: self.transparent,
        };
        let Some(inches) = self.inches else {
            return Ok(options);
        };
        let font_size = self.font_size.map_or(8.0, |size| size as f32);
        let paper = Paper { inches, font_size };
        options
            .on(paper)
            .map_err(|error| error.with_option().into())
    }
}

/// A progress bar, shown only on a terminal.
#[derive(Default)]
struct Bar {
    shown: Option<usize>,
}

impl Bar {
    const WIDTH: usize = 30;

    fn show(&mut self, done: usize, all: usize) {
        let filled = done * Self::WIDTH / all.max(1);
        if io::stderr().is_terminal() && self.shown != Some(done) {
            let bar = "█".repeat(filled) + &"░".repeat(Self::WIDTH - filled);
            // A bar that cannot be shown is no reason to stop.
            let _ = write!(io::stderr(), "\r{bar} {done}/{all} ");
            self.shown = Some(done);
        }
    }

    fn clear(&mut self) {
        if self.shown.take().is_some() {
            let _ = write!(io::stderr(), "\r{}\r", " ".repeat(Self::WIDTH + 24));
        }
    }
}

fn size(text: &str) -> Result<[usize; 2], String> {
    let sides = text.split_once(['x', 'X', '×']);
    let sides = sides.and_then(|(width, height)| {
        Some([width.trim().parse().ok()?, height.trim().parse().ok()?])
    });
    sides.ok_or_else(|| "expected a size like 800x600".to_owned())
}

fn inches(text: &str) -> Result<[f32; 2], String> {
    let sides = text.trim_end_matches("in").split_once(['x', 'X', '×']);
    let sides = sides.and_then(|(width, height)| {
        Some([width.trim().parse().ok()?, height.trim().parse().ok()?])
    });
    sides.ok_or_else(|| "expected a size in inches like 3.5x2.5".to_owned())
}

fn number(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|it: &f64| it.is_finite());
    number
        .filter(|it| *it >= 0.0)
        .ok_or_else(|| "expected a number that is 0 or more".to_owned())
}

fn view(text: &str) -> Result<View, String> {
    match text {
        "paths" => return Ok(View::Paths),
        "surface" => return Ok(View::Surface),
        _ => {}
    }
    let edges: Option<Vec<f64>> = text.split(',').map(|it| it.trim().parse().ok()).collect();
    match edges.as_deref() {
        Some(&[x0, x1, y0, y1]) if x0 < x1 && y0 < y1 && (x1 - x0 + y1 - y0).is_finite() => {
            Ok(View::Window(Window::new([x0, x1], [y0, y1])))
        }
        _ => Err("expected `paths`, `surface`, or four numbers x0,x1,y0,y1".to_owned()),
    }
}

fn eye(text: &str) -> Result<Viewpoint, String> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|it| it.trim().parse().ok()).collect();
    let mut eye = match numbers.as_deref() {
        Some(&[azimuth, elevation] | &[azimuth, elevation, _]) => Viewpoint::at(azimuth, elevation),
        _ => return Err("expected two or three numbers like -60,30 or -60,30,1.5".to_owned()),
    };
    if let Some(&[_, _, zoom]) = numbers.as_deref() {
        eye.zoom = zoom;
    }
    match eye.fault() {
        Some((_, what)) => Err(what),
        None => Ok(eye),
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.trim().parse().ok().filter(|it: &f64| it.is_finite());
    speed.ok_or_else(|| "expected a number of degrees per second like 30 or -30".to_owned())
}
