//! The time for a frame of the whole window: layout, the scene, the charts, and tessellation.
//!
//! Twelve racers, each with a trail of 2,000 or 20,000 steps, at the end of the race or while it
//! plays towards it. In `valley` the trails are typical; in `zigzag` every step of every racer is
//! longer than a pixel, which is the worst case.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use eframe::{App, CreationContext};
use egui::{ClippedPrimitive, Context, Event, Pos2, RawInput, Rect, pos2, vec2};
use slalom::app::{Action, DocumentAction, Entry, SlalomApp, table};
use slalom::preset::{Preset, from_text};

const SIZE: egui::Vec2 = vec2(1280.0, 800.0);
const SCENE: Pos2 = pos2(600.0, 400.0);

/// The app without a window.
struct Stage {
    context: Context,
    app: SlalomApp,
    frame: eframe::Frame,
    time: f64,
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
        };
        stage.show(vec![]);
        for entry in [&table::play::PLAY_OR_PAUSE, &table::play::TO_END] {
            stage.perform(entry);
        }
        for _ in 0..60 {
            stage.show(vec![]);
        }
        let playback = &stage.app.workspace().active().playback;
        assert!(!playback.playing && playback.playhead >= 2000.0);
        stage
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

    fn tessellate(&self, output: egui::FullOutput) -> Vec<ClippedPrimitive> {
        let pixels_per_point = output.pixels_per_point;
        self.context.tessellate(output.shapes, pixels_per_point)
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
    let mut group = criterion.benchmark_group("frame");
    let races = [
        ("valley", valley(2_000)),
        ("zigzag", zigzag(2_000)),
        ("valley, 20,000 steps", valley(20_000)),
        ("zigzag, 20,000 steps", zigzag(20_000)),
    ];
    for (name, race) in races {
        let mut stage = Stage::new(race);
        group.bench_function(BenchmarkId::new("whole", name), |bencher| {
            bencher.iter(|| {
                let output = stage.show(vec![]);
                stage.tessellate(output)
            });
        });
        group.bench_function(BenchmarkId::new("whole, playing", name), |bencher| {
            bencher.iter(|| {
                stage.advance();
                let output = stage.show(vec![]);
                stage.tessellate(output)
            });
        });
        stage.perform(&table::play::TO_END);
        let mut left = false;
        group.bench_function(BenchmarkId::new("whole, pointer moving", name), |bencher| {
            bencher.iter(|| {
                left = !left;
                let at = SCENE + vec2(if left { -3.0 } else { 3.0 }, 0.0);
                let output = stage.show(vec![Event::PointerMoved(at)]);
                stage.tessellate(output)
            });
        });
        stage.show(vec![Event::PointerGone]);
        group.bench_function(BenchmarkId::new("layout alone", name), |bencher| {
            bencher.iter(|| stage.show(vec![]));
        });
    }
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
