//! Everything that is needed to take pictures of a race.

mod besides;
mod ground;
mod learned;
mod options;

use std::sync::Arc;

use egui::{Color32, ColorImage, Rect, Vec2, pos2};

pub use options::{FigureOptions, Theme, View};

#[cfg(not(target_arch = "wasm32"))]
use super::pdf::{Page, pdf};
use super::raster::Offscreen;
use super::svg::{Sheet, svg};
use super::{EncodeError, ExportError};
use crate::analysis::Ensemble;
use crate::engine::{Signal, at_once, horizons_until, pause, race_until};
use crate::experiment::Experiment;
use crate::preset::{Pictures, Preset};
use crate::sampling::framing;
use crate::simulation::{Raced, Repeats, Trajectory};
use crate::surface::stationary::{self, Stationary};
use crate::surface::{Minimum, Surface, minima};
use crate::view::chart::{Band, Scale, Series};
use crate::view::figure::{Figure, Layout, Picture};
use crate::view::scene::Map;
use crate::view::{Colors, fonts, theme};
use besides::{follow, medians, with_seeds};
use ground::{Ground, Place, Subject};
use learned::Gallery;

/// Takes pictures of a race.
pub struct Studio {
    window: Offscreen,
    race: Race,
    grounds: Vec<Ground>,
    /// What the networks have learned, if that is shown.
    gallery: Option<Gallery>,
    /// How far the eye has turned, in degrees, if it turns.
    turn: Option<f64>,
}

/// What a figure shows of a race.
struct Race {
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
    stationary: Vec<Stationary>,
    axes: [String; 2],
    options: FigureOptions,
}

impl Studio {
    /// Simulates the race and prepares its map.
    ///
    /// # Errors
    /// Returns the errors of [`FigureOptions::pixels`], or what is wrong with the eye.
    pub fn new(preset: impl Into<Preset>, options: FigureOptions) -> Result<Self, ExportError> {
        Self::until(preset, options, &Signal::default())
    }

    /// The same, unless `signal` stops it.
    ///
    /// # Errors
    /// Returns the errors of [`Studio::new`], or [`ExportError::Stopped`].
    pub fn until(
        preset: impl Into<Preset>,
        options: FigureOptions,
        signal: &Signal,
    ) -> Result<Self, ExportError> {
        at_once(Self::in_slices(preset, options, signal))
    }

    /// The same in slices.
    ///
    /// # Errors
    /// Returns the errors of [`Studio::until`].
    #[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
    pub async fn in_slices(
        preset: impl Into<Preset>,
        mut options: FigureOptions,
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
        let mut colors = match options.theme {
            Theme::Dark => Colors::dark(),
            Theme::Light => Colors::light(),
            Theme::Radford => Colors::radford(),
        };
        let raced = race_until(&experiment, &author.plane, signal).await;
        let Raced { surface, paths } = raced.ok_or(ExportError::Stopped)?;
        let page = Rect::from_min_size(
            pos2(0.0, 0.0),
            Vec2::from(options.size.map(|side| side as f32)),
        );
        let shows_data = options.parts.predictions.unwrap_or(author.shows_data());
        options.parts.predictions = Some(shows_data && surface.network().is_some());
        let layout = Layout::of(page, options.parts, experiment.racers.len());
        // An eye looks at the surface.
        let enlarged = author.large_data && options.eye.is_none();
        let gallery = shows_data.then(|| {
            let kind = (options.parts.axes, enlarged);
            Gallery::new(&surface, &experiment, &author, &colors, &layout, kind)
        });
        let gallery = gallery.flatten();
        let minima = minima::worth_marking_in_slices(&*surface).await;
        pause().await;
        let stationary = match experiment.surface.typed() {
            Some(_) => {
                let points = stationary::find_in_slices(&*surface, &surface.window()).await;
                stationary::worth_marking(&points)
            }
            None => Vec::new(),
        };
        let lowest = minima.iter().find(|it| it.global).map(|it| it.value);
        let look = options.look(&author, lowest.is_some())?;
        if options.transparent && look.pictures == Pictures::Relief && !options.parts.lens {
            // Nor is there anything behind a landscape.
            colors.window = Color32::TRANSPARENT;
        }
        let places = match &gallery {
            Some(gallery) if gallery.is_enlarged() => Vec::new(),
            _ => Place::all(layout.scene, &look, &*surface),
        };
        let map_work: u64 = places.iter().map(|it| it.work(&*surface)).sum();
        let repeats = Repeats::of(&experiment, &surface);
        signal.expect(map_work + repeats.work_of(repeats.racers().len()));
        let paths: Vec<Arc<Trajectory>> = paths.into_iter().map(Arc::new).collect();
        let ensembles = with_seeds(&experiment, &paths, &repeats, signal).await;
        let flow = if author.flow && surface.subspace().is_none() {
            Some(follow(&surface, experiment.start, signal).await?)
        } else {
            None
        };
        let horizons = horizons_until(&experiment, signal).await;
        let horizons = horizons.ok_or(ExportError::Stopped)?;
        let scale = Scale::of(&minima);
        let start = paths.first().map_or(experiment.start, |path| path.at(0));
        let fitted = || {
            let paths = paths.iter().map(|path| &**path);
            framing::fit(surface.window(), start, paths, &minima)
        };
        let view = match options.view {
            View::Author => author.window.unwrap_or_else(fitted),
            View::Paths => fitted(),
            View::Surface => surface.window(),
            View::Window(window) => window,
        };
        let subject = Subject {
            surface: &surface,
            view,
            stretch: match options.view {
                View::Author => author.stretch,
                View::Window(_) => true,
                View::Paths | View::Surface => false,
            },
            heights: look.heights,
            lowest,
            colors: &colors,
        };
        let mut grounds = Vec::with_capacity(places.len());
        for place in places {
            let ground = place.sample(&window, &subject, signal).await;
            grounds.push(ground.ok_or(ExportError::Stopped)?);
            pause().await;
        }
        let own = || paths.iter().map(|path| Series::of_losses(path, scale));
        let (series, bands) = match &*ensembles {
            [] => (own().collect(), Vec::new()),
            ensembles => {
                let grid = [repeats.every(), experiment.steps];
                let chart = |paths: &Vec<_>| medians(Ensemble::of(paths), grid, &minima, scale);
                ensembles.iter().map(chart).unzip()
            }
        };
        let race = Race {
            ensembles,
            series,
            bands,
            colors,
            experiment,
            paths,
            flow,
            decided_from: horizons.iter().map(|it| it.decided_from).collect(),
            scale,
            minima,
            stationary,
            axes: axes(&*surface),
            options,
        };
        Ok(Self {
            window,
            race,
            grounds,
            gallery,
            turn: None,
        })
    }

    /// The last step of the race.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.race.experiment.steps
    }

    /// Turns the eye of a landscape by some degrees from where it stood at first. From now on, nothing
    /// is placed where only this eye leaves room.
    pub fn turn(&mut self, degrees: f64) {
        self.turn = Some(degrees);
    }

    /// The letters in the pictures taken so far that no font of this computer has: boxes stand for
    /// them.
    #[must_use]
    pub fn missing_letters(&self) -> String {
        fonts::missing(self.window.context())
    }

    /// The picture at the given playhead.
    pub fn picture(&mut self, playhead: f64) -> ColorImage {
        at_once(self.picture_in_slices(playhead))
    }

    /// The same in slices.
    pub async fn picture_in_slices(&mut self, playhead: f64) -> ColorImage {
        let Self {
            window,
            race,
            grounds,
            gallery,
            turn,
        } = self;
        if let Some(gallery) = gallery {
            gallery.paint(window.context(), &race.paths, playhead).await;
        }
        let mut maps: Vec<Map> = Vec::with_capacity(grounds.len());
        for ground in grounds.iter_mut() {
            maps.push(if race.options.parts.lens {
                // A lens needs the lines themselves.
                ground.bare()
            } else {
                ground.map(window, &race.colors, *turn).await
            });
        }
        let background = race.background().unwrap_or(Color32::TRANSPARENT);
        let pictures = pictures(grounds, &maps, *turn);
        let paths = race.paths();
        let figure = Figure {
            turns: turn.is_some(),
            predictions: gallery.as_ref().and_then(Gallery::predictions),
            ..race.figure(&paths, &pictures, playhead)
        };
        window
            .picture_in_slices(background, |ui| figure.show(ui))
            .await
    }

    /// The same picture as a page for a paper: a complete PDF document, with a link that opens the
    /// race again.
    ///
    /// # Errors
    /// Returns an error if the page cannot be written.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn page(&mut self, playhead: f64, link: Option<&str>) -> Result<Vec<u8>, EncodeError> {
        let drawing = self.drawing(playhead);
        let options = &self.race.options;
        pdf(&Page {
            drawing: &drawing,
            size: options.on_paper(),
            title: &self.race.experiment.title,
            link,
        })
    }

    /// A web page cannot write PDF.
    ///
    /// # Errors
    /// Always returns the reason.
    #[cfg(target_arch = "wasm32")]
    pub fn page(&mut self, _: f64, _: Option<&str>) -> Result<Vec<u8>, EncodeError> {
        let reason = "only the program on a computer of one's own does that; SVG works here";
        Err(EncodeError::Page(reason.to_owned()))
    }

    /// The same picture as vectors: a complete SVG document.
    pub fn drawing(&mut self, playhead: f64) -> String {
        at_once(self.drawing_in_slices(playhead))
    }

    /// The same in slices.
    pub async fn drawing_in_slices(&mut self, playhead: f64) -> String {
        let Self {
            window,
            race,
            grounds,
            gallery,
            turn,
        } = self;
        if let Some(gallery) = gallery {
            gallery.paint(window.context(), &race.paths, playhead).await;
        }
        let mut maps: Vec<Map> = Vec::with_capacity(grounds.len());
        for ground in grounds.iter() {
            maps.push(ground.drawn(window, &race.colors, *turn).await);
        }
        let pictures = pictures(grounds, &maps, *turn);
        let paths = race.paths();
        let figure = Figure {
            vectors: true,
            predictions: gallery.as_ref().and_then(Gallery::predictions),
            ..race.figure(&paths, &pictures, playhead)
        };
        let shapes = window.shapes_in_slices(|ui| figure.show(ui)).await;
        #[expect(clippy::cast_precision_loss, reason = "no picture is 2^23 pixels wide")]
        let sheet = Sheet {
            size: Vec2::from(race.options.size.map(|side| side as f32)),
            inches: race.options.paper.map(|paper| paper.inches),
            background: race.background(),
        };
        svg(&shapes, sheet, |texture| {
            let mut images = maps.iter().map(Map::image);
            let map = images.find_map(|(id, image)| (texture == id).then_some(image));
            map.or_else(|| gallery.as_ref()?.image(texture))
        })
    }
}

fn pictures<'a>(grounds: &[Ground], maps: &'a [Map], turn: Option<f64>) -> Vec<Picture<'a>> {
    let pictures = grounds.iter().zip(maps);
    let picture = |(ground, map): (&Ground, &'a Map)| Picture {
        eye: ground.eye(turn),
        map,
    };
    pictures.map(picture).collect()
}

/// The names of the axes, and how much of the paths of a network is seen along each.
fn axes(surface: &dyn Surface) -> [String; 2] {
    let names = surface.axes();
    let explained = surface.subspace().and_then(|plane| plane.explained());
    match explained {
        Some(shares) => [0, 1].map(|axis| {
            let share = 100.0 * shares[axis];
            format!("{}, {share:.0} % of the paths' variance", names[axis])
        }),
        None => names.map(str::to_owned),
    }
}

impl Race {
    fn background(&self) -> Option<Color32> {
        (!self.options.transparent).then_some(self.colors.panel)
    }

    fn paths(&self) -> Vec<&Trajectory> {
        self.paths.iter().map(|path| &**path).collect()
    }

    fn figure<'a>(
        &'a self,
        paths: &'a [&'a Trajectory],
        pictures: &'a [Picture<'a>],
        playhead: f64,
    ) -> Figure<'a> {
        Figure {
            colors: &self.colors,
            experiment: &self.experiment,
            paths,
            ensembles: &self.ensembles,
            flow: self.flow.as_ref(),
            decided_from: &self.decided_from,
            series: &self.series,
            bands: &self.bands,
            scale: self.scale,
            minima: &self.minima,
            stationary: &self.stationary,
            axes: self.axes.each_ref().map(String::as_str),
            pictures,
            predictions: None,
            playhead,
            parts: self.options.parts,
            vectors: false,
            turns: false,
        }
    }
}
