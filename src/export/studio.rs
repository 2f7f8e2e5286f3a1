//! Everything that is needed to take pictures of a race.

mod besides;
mod options;

use std::sync::Arc;

use egui::{Color32, ColorImage, Rect, Ui, Vec2, pos2, vec2};

pub use options::{FigureOptions, Theme, View};

use super::ExportError;
use super::raster::Offscreen;
use super::svg::svg;
use crate::analysis::Ensemble;
use crate::engine::{Signal, horizons_until, sample, simulate_until};
use crate::experiment::Experiment;
use crate::plane::Window;
use crate::preset::Preset;
use crate::sampling::{Sampled, Tone, framing, nodes};
use crate::simulation::{Repeats, Trajectory};
use crate::surface::{Minimum, minima};
use crate::view::chart::{Band, Scale, Series};
use crate::view::eye::Eye;
use crate::view::figure::{Figure, Layout};
use crate::view::scene::{Map, paint_ground};
use crate::view::{Colors, theme};
use besides::{follow, medians, with_seeds};

/// The number of data rows that may be evaluated for the background of a figure, which bounds the
/// time to about a second.
const BUDGET: f64 = 1e8;

/// Takes pictures of a race.
pub struct Studio {
    window: Offscreen,
    colors: Colors,
    experiment: Experiment,
    paths: Vec<Arc<Trajectory>>,
    /// The paths of each racer with all its seeds; empty if there is only one seed.
    ensembles: Vec<Vec<Arc<Trajectory>>>,
    /// The gradient flow, if the preset shows it.
    flow: Option<Trajectory>,
    decided_from: Vec<Option<usize>>,
    series: Vec<Series>,
    bands: Vec<Band>,
    scale: Scale,
    minima: Vec<Minimum>,
    axes: [&'static str; 2],
    view: Window,
    options: FigureOptions,
    /// The map with its tones and iso-lines.
    map: Map,
    /// The map as it was painted for the first picture, to be reused by all others.
    painted: Option<Map>,
}

impl Studio {
    /// Simulates the race and prepares its map.
    ///
    /// # Errors
    /// Returns the errors of [`FigureOptions::pixels`].
    pub fn new(preset: impl Into<Preset>, options: FigureOptions) -> Result<Self, ExportError> {
        Self::until(preset, options, &Signal::default())
    }

    /// The same, unless `signal` stops it.
    ///
    /// # Errors
    /// Returns the errors of [`FigureOptions::pixels`], or [`ExportError::Stopped`].
    #[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
    pub fn until(
        preset: impl Into<Preset>,
        options: FigureOptions,
        signal: &Signal,
    ) -> Result<Self, ExportError> {
        let Preset {
            experiment,
            view: author,
            ..
        } = preset.into();
        let pixels = options.pixels()?;
        let window = Offscreen::new(pixels, options.scale);
        let ctx = window.context();
        theme::apply(ctx);
        ctx.set_theme(match options.theme {
            Theme::Dark => egui::Theme::Dark,
            Theme::Light | Theme::Radford => egui::Theme::Light,
        });
        let colors = match options.theme {
            Theme::Dark => Colors::dark(),
            Theme::Light => Colors::light(),
            Theme::Radford => Colors::radford(),
        };
        let surface = experiment.open_surface();
        let page = Rect::from_min_size(
            pos2(0.0, 0.0),
            Vec2::from(options.size.map(|side| side as f32)),
        );
        let scene = Layout::of(page, options.parts, experiment.racers.len()).scene;
        let size = scene.size().max(vec2(16.0, 16.0));
        let shown = [f64::from(size.x), f64::from(size.y)];
        let nodes = nodes(&*surface, shown, BUDGET);
        let map_work = (nodes[0] * nodes[1]) as u64 * surface.cost() as u64;
        let repeats = Repeats::of(&experiment, &surface);
        signal.expect(map_work + repeats.work_of(repeats.racers().len()));
        let paths = simulate_until(&experiment, signal).ok_or(ExportError::Stopped)?;
        let paths: Vec<Arc<Trajectory>> = paths.into_iter().map(Arc::new).collect();
        let ensembles = with_seeds(&experiment, &paths, &repeats, signal);
        let flow = author
            .flow
            .then(|| follow(&surface, experiment.start, signal))
            .transpose()?;
        let horizons = horizons_until(&experiment, signal).ok_or(ExportError::Stopped)?;
        let minima = minima::worth_marking(&*surface);
        let scale = Scale::of(&minima);
        let fitted = || {
            let paths = paths.iter().map(|path| &**path);
            framing::fit(surface.window(), experiment.start, paths, &minima)
        };
        let view = match options.view {
            View::Author => author.window.unwrap_or_else(fitted),
            View::Paths => fitted(),
            View::Surface => surface.window(),
            View::Window(window) => window,
        };
        let stretch = matches!(options.view, View::Window(_));
        let view = framing::shaped(view, f64::from(size.x / size.y), stretch);
        let grid = sample(&surface, view, nodes, &signal.aside()).ok_or(ExportError::Stopped)?;
        signal.advance(map_work);
        let tone = Tone::of(&grid);
        let sampled = Sampled::with_tone(grid, tone, shown);
        let map = Map::new(ctx, &sampled, &colors, size);
        let own = || paths.iter().map(|path| Series::of_losses(path, scale));
        let (series, bands) = match &*ensembles {
            [] => (own().collect(), Vec::new()),
            ensembles => {
                let grid = [repeats.every(), experiment.steps];
                let chart = |paths: &Vec<_>| medians(Ensemble::of(paths), grid, &minima, scale);
                ensembles.iter().map(chart).unzip()
            }
        };
        Ok(Self {
            ensembles,
            series,
            bands,
            window,
            colors,
            experiment,
            paths,
            flow,
            decided_from: horizons.iter().map(|it| it.decided_from).collect(),
            scale,
            minima,
            axes: surface.axes(),
            view,
            options,
            map,
            painted: None,
        })
    }

    /// The last step of the race.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.experiment.steps
    }

    /// The picture at the given playhead.
    pub fn picture(&mut self, playhead: f64) -> ColorImage {
        let map = match &self.painted {
            Some(map) => map.clone(),
            None => self.paint_ground(),
        };
        let background = self.background().unwrap_or(Color32::TRANSPARENT);
        let paths: Vec<&Trajectory> = self.paths.iter().map(|path| &**path).collect();
        let figure = Figure {
            colors: &self.colors,
            experiment: &self.experiment,
            paths: &paths,
            ensembles: &self.ensembles,
            flow: self.flow.as_ref(),
            decided_from: &self.decided_from,
            series: &self.series,
            bands: &self.bands,
            scale: self.scale,
            minima: &self.minima,
            axes: self.axes,
            window: self.view,
            map: &map,
            playhead,
            parts: self.options.parts,
            vectors: false,
        };
        self.window.picture(background, |ui| figure.show(ui))
    }

    /// The same picture as vectors: a complete SVG document.
    pub fn drawing(&mut self, playhead: f64) -> String {
        let background = self.background();
        let paths: Vec<&Trajectory> = self.paths.iter().map(|path| &**path).collect();
        let figure = Figure {
            colors: &self.colors,
            experiment: &self.experiment,
            paths: &paths,
            ensembles: &self.ensembles,
            flow: self.flow.as_ref(),
            decided_from: &self.decided_from,
            series: &self.series,
            bands: &self.bands,
            scale: self.scale,
            minima: &self.minima,
            axes: self.axes,
            window: self.view,
            map: &self.map,
            playhead,
            parts: self.options.parts,
            vectors: true,
        };
        let shapes = self.window.shapes(|ui| figure.show(ui));
        #[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
        let size = Vec2::from(self.options.size.map(|side| side as f32));
        let (id, image) = self.map.image();
        svg(&shapes, size, background, |texture| {
            (texture == id).then_some(image)
        })
    }

    fn background(&self) -> Option<Color32> {
        (!self.options.transparent).then_some(self.colors.panel)
    }

    /// Paints the map once, if possible, to be copied pixel by pixel into every picture of a clip:
    /// tones and iso-lines are most of the work and never change. A lens needs the lines
    /// themselves.
    fn paint_ground(&mut self) -> Map {
        if self.options.parts.lens {
            return self.map.clone();
        }
        let map = &self.map;
        let (view, colors) = (self.view, &self.colors);
        let (parts, racers) = (self.options.parts, self.experiment.racers.len());
        let mut scene = Rect::ZERO;
        let ground = self.window.picture(colors.panel, |ui: &mut Ui| {
            scene = Layout::of(ui.max_rect(), parts, racers).scene;
            paint_ground(ui.painter(), map, colors, &Eye::above(view, scene), true);
        });
        let pixels = scene * self.options.scale;
        let region = pixels.round();
        if !region.is_positive() {
            return self.map.clone();
        }
        if (region.min - pixels.min).length() > 0.01 || (region.max - pixels.max).length() > 0.01 {
            // A scene that does not start on a whole pixel cannot be reproduced exactly.
            return self.map.clone();
        }
        let painted = map.repainted(self.window.context(), cut(&ground, region));
        self.painted = Some(painted.clone());
        painted
    }
}

/// A part of an image, at whole pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a region inside the picture"
)]
fn cut(image: &ColorImage, region: Rect) -> ColorImage {
    let [left, right] = [region.left(), region.right()].map(|x| (x as usize).min(image.width()));
    let [top, bottom] = [region.top(), region.bottom()].map(|y| (y as usize).min(image.height()));
    let rows = image.pixels.chunks_exact(image.width().max(1));
    let pixels = rows
        .take(bottom)
        .skip(top)
        .flat_map(|row| row[left..right].to_vec())
        .collect();
    ColorImage::new([right - left, bottom - top], pixels)
}
