//! Scenes of whole races, painted without a window.

use egui::epaint::ClippedShape;
use egui::{Color32, ColorImage, Context, FullOutput, RawInput, Rect, Vec2};
use slalom::analysis::Spread;
use slalom::engine;
use slalom::experiment::Experiment;
use slalom::export::raster::Rasterizer;
use slalom::plane::Window;
use slalom::preset::{Preset, Viewpoint};
use slalom::sampling::{Heights, Relief, Sampled, framing, nodes};
use slalom::simulation::{Anatomy, Arrow, Trajectory, anatomy};
use slalom::surface::{Minimum, Surface, minima};
use slalom::view::eye::Eye;
use slalom::view::scene::{
    Cloud, Ghost, Lengths, Map, Options, Quadratic, Room, Scene, SceneRacer, StepDrawing,
};
use slalom::view::{Colors, racer_looks, theme};
use std::sync::Arc;

/// The number of cells of a landscape along its longer side.
const CELLS: usize = 120;

/// A race with its paths.
pub struct Scenery {
    pub experiment: Experiment,
    pub surface: Arc<dyn Surface>,
    pub names: Vec<String>,
    pub paths: Vec<Trajectory>,
    pub minima: Vec<Minimum>,
    pub colors: Colors,
    pub options: Options,
    /// The scale of the heights of a landscape.
    pub heights: Heights,
    /// The racer whose step is drawn as arrows.
    pub selected: Option<usize>,
    /// The curvature at the selected racer's position.
    pub curvature: Option<Quadratic>,
    /// A path to compare with, like the gradient flow.
    pub flow: Option<Trajectory>,
    /// Paths with other seeds.
    pub others: Vec<Arc<Trajectory>>,
    view: Option<Window>,
}

/// A picture of a scene: what is in it, and where.
pub struct Painted {
    pub room: Room,
    pub shapes: Vec<ClippedShape>,
    pub eye: Eye,
}

/// A scene at one size, at any step.
pub struct Easel<'a> {
    scenery: &'a Scenery,
    context: Context,
    rasterizer: Rasterizer,
    map: Map,
    relief: Arc<Relief>,
    eye: Eye,
}

impl Scenery {
    pub fn of(preset: Preset) -> Self {
        let experiment = preset.experiment;
        let surface = experiment.open_surface();
        Self {
            names: experiment.titles(),
            paths: engine::simulate(&experiment),
            minima: minima::worth_marking(&*surface),
            colors: Colors::dark(),
            options: Options {
                legend: true,
                ..Options::default()
            },
            heights: Heights::Compressed,
            selected: None,
            curvature: None,
            flow: None,
            others: Vec::new(),
            view: preset.view.window,
            experiment,
            surface,
        }
    }

    pub fn easel(&self, size: [f32; 2]) -> Easel<'_> {
        let context = Context::default();
        theme::apply(&context);
        context.set_theme(if self.colors.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        });
        let points = size.map(f64::from);
        let (surface, start) = (&*self.surface, self.experiment.start);
        let fitted = || framing::fit(surface.window(), start, self.paths.iter(), &self.minima);
        let view = self.view.unwrap_or_else(fitted);
        let view = framing::shaped(view, points[0] / points[1], false);
        let nodes = nodes(surface, points, 1e6);
        let sampled = Sampled::new(surface, view, nodes, points);
        let best = self.minima.iter().map(|minimum| minimum.value);
        let best = best.reduce(f64::min);
        let relief = Arc::new(Relief::of(&sampled, CELLS, self.heights, best));
        let map = Map::new(&context, &sampled, &self.colors, size.into());
        Easel {
            map: map.raised(Arc::clone(&relief)),
            relief,
            eye: Eye::above(view, Rect::from_min_size(egui::Pos2::ZERO, size.into())),
            rasterizer: Rasterizer::new(),
            scenery: self,
            context,
        }
    }

    pub fn racers(&self, playhead: f64) -> Vec<SceneRacer<'_>> {
        let looks = racer_looks(&self.experiment, &self.colors);
        let racers = self.experiment.racers.iter().enumerate();
        let seen = racers.filter(|(_, racer)| racer.appearance.visible);
        let racer = |(index, _): (usize, _)| SceneRacer {
            name: &self.names[index],
            path: &self.paths[index],
            colors: looks[index],
            playhead,
            decided_from: None,
            selected: self.selected == Some(index),
            median: None,
        };
        seen.map(racer).collect()
    }

    fn step(&self, step: usize) -> Option<Step> {
        let index = self.selected?;
        let plan = &self.experiment.racers[index].plan;
        let step = step.min(self.paths[index].last_step().checked_sub(1)?);
        let anatomy = anatomy(
            &self.surface,
            plan,
            &self.paths[index],
            step,
            self.experiment.seed,
        )?;
        Some(Step {
            arrows: anatomy.arrows(&*self.surface),
            spread: Spread::of(&*self.surface, plan, anatomy.asked_at()),
            anatomy,
        })
    }
}

struct Step {
    anatomy: Anatomy,
    arrows: Vec<Arrow>,
    spread: Option<Spread>,
}

impl Easel<'_> {
    pub fn eye(&self) -> Eye {
        self.eye.clone()
    }

    /// Looks from another viewpoint.
    pub fn look_from(&mut self, viewpoint: &Viewpoint) {
        self.eye = Eye::orbit(&self.relief, viewpoint, self.eye.rect());
    }

    pub fn paint(&mut self, step: usize) -> Painted {
        let (room, output) = self.run(step);
        Painted {
            room,
            shapes: output.shapes,
            eye: self.eye.clone(),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn run(&mut self, step: usize) -> (Room, FullOutput) {
        let scenery = self.scenery;
        let racers = scenery.racers(step as f64);
        let drawn = scenery.step(step);
        let flow = scenery.flow.iter();
        let ghosts: Vec<_> = flow
            .map(|path| Ghost::flow(path, &scenery.colors))
            .collect();
        let cloud = Cloud {
            paths: &scenery.others,
            color: scenery.colors.racers[0],
            playhead: step as f64,
        };
        let clouds = [cloud];
        let scene = Scene {
            colors: &scenery.colors,
            eye: self.eye.clone(),
            map: &self.map,
            racers: &racers,
            axes: scenery.surface.axes(),
            start: scenery.experiment.start,
            minima: &scenery.minima,
            stationary: &[],
            playhead: step as f64,
            clouds: &clouds,
            ghosts: &ghosts,
            step: drawn.as_ref().map(|step| StepDrawing {
                at: step.anatomy.from,
                arrows: &step.arrows,
                squares: step.anatomy.squares(),
                asked_at: step.anatomy.asked_at(),
                spread: step.spread,
                lengths: Lengths::Normalised,
                lit: None,
                only_lit: false,
            }),
            curvature: scenery.curvature,
            options: scenery.options,
            meshes: None,
        };
        let input = RawInput {
            screen_rect: Some(self.eye.rect()),
            ..RawInput::default()
        };
        let mut room = None;
        let mut output = self.context.run_ui(input, |ui| {
            room = Some(scene.paint(ui.painter()));
        });
        self.rasterizer.update_textures(&mut output.textures_delta);
        (room.unwrap(), output)
    }

    /// The picture in pixels.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the size of a picture"
    )]
    pub fn picture(&mut self, step: usize) -> ColorImage {
        let (_, output) = self.run(step);
        let primitives = self.context.tessellate(output.shapes, 1.0);
        let size: Vec2 = self.eye.rect().size();
        let size = [size.x as usize, size.y as usize];
        self.rasterizer
            .paint(&primitives, 1.0, size, Color32::BLACK)
    }
}
