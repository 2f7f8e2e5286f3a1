//! The time for a frame of the whole window: layout, the scene, the charts, and tessellation.
//!
//! Twelve racers, each with a trail of 2,000 or 20,000 steps, at the end of the race or while it
//! plays towards it, with and without the lens. In `valley` and `rosenbrock` the trails are
//! typical; in `zigzag` every step of every racer is longer than a pixel, which is the worst case.
//!
//! `landscape` is the scene alone in three dimensions.

use std::cell::RefCell;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use eframe::{App, CreationContext};
use egui::{ClippedPrimitive, Context, Event, Pos2, RawInput, Rect, pos2, vec2};
use slalom::app::{Action, DocumentAction, Entry, SlalomApp, table};
use slalom::preset::{Preset, Viewpoint, from_text};
use slalom::sampling::{Heights, Relief, Sampled, framing};
use slalom::simulation::simulate;
use slalom::view::eye::Eye;
use slalom::view::scene::{Map, Options, Scene, SceneRacer, TrailMeshes};
use slalom::view::{Colors, racer_looks};

const SIZE: egui::Vec2 = vec2(1280.0, 800.0);
const SCENE: Pos2 = pos2(600.0, 400.0);

/// The app without a window.
struct Stage {
    context: Context,
    app: SlalomApp,
    frame: eframe::Frame,
    time: f64,
    /// Where the pointer was moved last.
    left: bool,
}

impl Stage {
    fn new(race: Preset) -> Self {
        let context = Context::default();
        let creation = CreationContext::_new_kittest(context.clone());
        let mut stage = Self {
            app: SlalomApp::new(&creation, Some(race), None),
            context,
            frame: eframe::Frame::_new_kittest(),
            time: 0.0,
            left: false,
        };
        stage.show(vec![]);
        stage.perform(&table::play::PLAY_OR_PAUSE);
        stage.at_the_end();
        let playback = &stage.app.workspace().active().playback;
        assert!(!playback.playing && playback.playhead >= 2000.0);
        stage
    }

    /// Goes to the end of the race, and waits until nothing moves.
    fn at_the_end(&mut self) {
        self.perform(&table::play::TO_END);
        self.show(vec![Event::PointerGone]);
        for _ in 0..60 {
            self.show(vec![]);
        }
    }

    /// Moves the playhead on by a step, over the last tenth of the race again and again.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn advance(&mut self) {
        let document = self.app.workspace().active();
        let id = document.id();
        let steps = document.experiment().steps as f64;
        let next = document.playback.playhead + 1.0;
        let next = if next > steps { 0.9 * steps } else { next };
        self.app
            .perform(Action::Document(id, DocumentAction::Seek(next)));
    }

    fn perform(&mut self, entry: &'static Entry) {
        let document = self.app.workspace().active().id();
        self.app.perform(entry.on(document));
    }

    fn show(&mut self, events: Vec<Event>) -> egui::FullOutput {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let Self { app, frame, .. } = self;
        let mut output = self.context.run_ui(input, |ui| app.ui(ui, frame));
        output.textures_delta.clear();
        output
    }

    /// A frame, up to the triangles.
    fn draw(&mut self, events: Vec<Event>) -> Vec<ClippedPrimitive> {
        let output = self.show(events);
        let pixels_per_point = output.pixels_per_point;
        self.context.tessellate(output.shapes, pixels_per_point)
    }

    fn rest(&mut self) {
        black_box(self.draw(vec![]));
    }

    fn play(&mut self) {
        self.advance();
        self.rest();
    }

    /// Moves the pointer back and forth.
    fn point(&mut self) {
        self.left = !self.left;
        let at = SCENE + vec2(if self.left { -3.0 } else { 3.0 }, 0.0);
        black_box(self.draw(vec![Event::PointerMoved(at)]));
    }

    fn lay_out(&mut self) {
        black_box(self.show(vec![]));
    }
}

fn race(surface: &str, start: &str, steps: u32, racers: &str) -> Preset {
    let text = format!(
        "(version: 1, surface: {surface}, start: {start}, steps: {steps}, racers: [{racers}])"
    );
    from_text("benchmark", &text).expect("a preset that makes sense")
}

fn valley(steps: u32) -> Preset {
    let racers = "
        (optimizer: GradientDescent(learning_rate: 0.036)),
        (optimizer: Momentum(learning_rate: 0.02, momentum: 0.9)),
        (optimizer: Nesterov(learning_rate: 0.015, momentum: 0.9)),
        (optimizer: Adagrad(learning_rate: 0.6)),
        (optimizer: Adadelta(epsilon: 1e-4)),
        (optimizer: RMSProp(learning_rate: 0.05)),
        (optimizer: Adam(learning_rate: 0.1)),
        (optimizer: Nadam(learning_rate: 0.1)),
        (optimizer: GradientDescent(learning_rate: 0.002)),
        (optimizer: Momentum(learning_rate: 0.01, momentum: 0.98)),
        (optimizer: Adam(learning_rate: 0.01)),
        (optimizer: RMSProp(learning_rate: 0.005)),";
    race("LongValley", "(-4.5, 1.5)", steps, racers)
}

fn rosenbrock(steps: u32) -> Preset {
    let racers = "
        (optimizer: GradientDescent(learning_rate: 0.001)),
        (optimizer: Momentum(learning_rate: 0.0002)),
        (optimizer: Nesterov(learning_rate: 0.0002)),
        (optimizer: Adagrad(learning_rate: 0.5)),
        (optimizer: Adadelta(learning_rate: 10)),
        (optimizer: RMSProp(learning_rate: 0.02)),
        (optimizer: Adam(learning_rate: 0.05)),
        (optimizer: Nadam(learning_rate: 0.05)),
        (optimizer: Momentum(learning_rate: 0.001, momentum: 0.95)),
        (optimizer: Adam(learning_rate: 0.5)),
        (optimizer: Nadam(learning_rate: 0.3)),
        (optimizer: RMSProp(learning_rate: 0.1)),";
    race("Rosenbrock", "(-1.2, 1.0)", steps, racers)
}

fn zigzag(steps: u32) -> Preset {
    let racer = |place| {
        let place = f64::from(place);
        let [rate, momentum] = [0.03 + 0.001 * place, 0.9999 - 1e-5 * place];
        format!("(optimizer: Momentum(learning_rate: {rate}, momentum: {momentum})),")
    };
    let racers: String = (0..12).map(racer).collect();
    race("LongValley", "(-4.0, 1.5)", steps, &racers)
}

fn frames(criterion: &mut Criterion) {
    /// Something to be measured: what it is called, and what a stage does.
    type Task = (&'static str, fn(&mut Stage));
    const WITH_LENS: [Task; 4] = [
        ("playing", Stage::play),
        ("at rest", Stage::rest),
        ("at rest, layout alone", Stage::lay_out),
        ("pointer moving", Stage::point),
    ];
    const WITHOUT: [Task; 2] = [
        ("playing, no lens", Stage::play),
        ("at rest, no lens", Stage::rest),
    ];
    let mut group = criterion.benchmark_group("frame");
    let races = [
        ("valley", valley as fn(u32) -> Preset),
        ("rosenbrock", rosenbrock),
        ("zigzag", zigzag),
    ];
    for (race, preset) in races {
        for steps in [2_000, 20_000] {
            let mut stage = Stage::new(preset(steps));
            let mut measure = |tasks: &[Task], stage: &mut Stage| {
                for (task, run) in tasks {
                    stage.at_the_end();
                    let id = BenchmarkId::new(format!("{race}, {steps} steps"), task);
                    group.bench_function(id, |bencher| bencher.iter(|| run(stage)));
                }
            };
            measure(&WITH_LENS, &mut stage);
            stage.perform(&table::view::LENS);
            measure(&WITHOUT, &mut stage);
        }
    }
    group.finish();
}

/// A landscape of 200x200 cells with the trails on it, seen from an eye that has turned since the
/// frame before, so that nothing can be used again, or from one that stands still.
fn landscapes(criterion: &mut Criterion) {
    let size = vec2(660.0, 640.0);
    let rect = Rect::from_min_size(Pos2::ZERO, size);
    let mut group = criterion.benchmark_group("landscape");
    for (race, preset) in [
        ("valley", valley as fn(u32) -> Preset),
        ("rosenbrock", rosenbrock),
    ] {
        let experiment = preset(2_000).experiment;
        let surface = experiment.open_surface();
        let paths: Vec<_> = simulate(&experiment).into_iter().map(Arc::new).collect();
        let context = Context::default();
        let colors = Colors::dark();
        let window = framing::shaped(surface.window(), f64::from(size.x / size.y), false);
        let pixels = [f64::from(size.x), f64::from(size.y)];
        let sampled = Sampled::new(&*surface, window, [201, 201], pixels);
        let relief = Arc::new(Relief::of(&sampled, 200, Heights::Compressed, None));
        let map = Map::new(&context, &sampled, &colors, size).raised(Arc::clone(&relief));
        let (names, looks) = (experiment.titles(), racer_looks(&experiment, &colors));
        let meshes = RefCell::new(TrailMeshes::default());
        let racers: Vec<SceneRacer<'_>> = (0..paths.len())
            .map(|index| SceneRacer {
                name: &names[index],
                path: &paths[index],
                colors: looks[index],
                playhead: 2000.0,
                decided_from: None,
                selected: index == 0,
                median: None,
            })
            .collect();
        let minima = slalom::surface::minima::worth_marking(&*surface);
        let mut azimuth = -60.0;
        let mut draw = |turn: f64| {
            azimuth += turn;
            let viewpoint = Viewpoint::at(azimuth, 30.0);
            meshes.borrow_mut().begin(&paths);
            let mut output = context.run_ui(RawInput::default(), |ui| {
                let scene = Scene {
                    colors: &colors,
                    eye: Eye::orbit(&relief, &viewpoint, rect),
                    map: &map,
                    racers: &racers,
                    axes: surface.axes(),
                    start: experiment.start,
                    minima: &minima,
                    stationary: &[],
                    playhead: 2000.0,
                    clouds: &[],
                    ghosts: &[],
                    step: None,
                    curvature: None,
                    options: Options {
                        // The lens would be a second landscape.
                        lens: false,
                        ..Options::default()
                    },
                    meshes: Some(&meshes),
                };
                scene.paint(ui.painter());
            });
            output.textures_delta.clear();
            output
        };
        for (task, turn) in [("turning", 1.0), ("standing", 0.0)] {
            let id = BenchmarkId::new(race, task);
            group.bench_function(id, |bencher| bencher.iter(|| black_box(draw(turn))));
        }
        let id = BenchmarkId::new(race, "turning, with tessellation");
        group.bench_function(id, |bencher| {
            bencher.iter(|| {
                let output = draw(1.0);
                black_box(context.tessellate(output.shapes, output.pixels_per_point))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, frames, landscapes);
criterion_main!(benches);
