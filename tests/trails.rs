//! Trails that are kept as meshes look like those drawn from scratch, and only their newest piece
//! is built in a frame.

use std::cell::RefCell;
use std::sync::Arc;

use egui::{Color32, ColorImage, Context, FullOutput, Pos2, RawInput, Rect, Vec2, pos2, vec2};
use slalom::engine;
use slalom::experiment::Experiment;
use slalom::export::raster::Rasterizer;
use slalom::plane::Window;
use slalom::preset::from_text;
use slalom::simulation::Trajectory;
use slalom::view::eye::Eye;
use slalom::view::scene::{Map, Options, Scene, SceneRacer, TrailMeshes, nearest_point};
use slalom::view::{Colors, racer_looks};

const SIZE: [usize; 2] = [720, 540];
const WINDOW: Window = Window::new([-2.0, 2.0], [-1.0, 2.0]);

/// A race of racers that swing back and forth, creep, leave the window, and have dashed trails.
struct Race {
    experiment: Experiment,
    paths: Vec<Arc<Trajectory>>,
    window: Window,
    colors: Colors,
    options: Options,
    selected: Option<usize>,
    decided_from: Option<usize>,
}

impl Race {
    fn new() -> Self {
        let racers = "
            (optimizer: GradientDescent(learning_rate: 0.0035)),
            (optimizer: Momentum(learning_rate: 0.0008, momentum: 0.99)),
            (optimizer: Adam(learning_rate: 0.05)),
            (optimizer: Adam(learning_rate: 0.5)),
            (optimizer: Adagrad(learning_rate: 0.5)),
            (optimizer: RMSProp(learning_rate: 0.1)),
            (optimizer: Nadam(learning_rate: 0.3)),
            (optimizer: Nesterov(learning_rate: 0.0002)),
            (optimizer: Adam(learning_rate: 0.01)),
            (optimizer: RMSProp(learning_rate: 0.02)),";
        Self::of("Rosenbrock", racers)
    }

    fn of(surface: &str, racers: &str) -> Self {
        let text = format!(
            "(version: 1, surface: {surface}, start: (-1.2, 1.0), steps: 1900, racers: [{racers}])"
        );
        let experiment = from_text("trails", &text).unwrap().experiment;
        let paths = engine::simulate(&experiment);
        Self {
            experiment,
            paths: paths.into_iter().map(Arc::new).collect(),
            window: WINDOW,
            colors: Colors::dark(),
            options: Options::default(),
            selected: Some(2),
            decided_from: None,
        }
    }

    fn racers(&self, playhead: f64) -> Vec<SceneRacer<'_>> {
        let looks = racer_looks(&self.experiment, &self.colors);
        (0..self.paths.len())
            .map(|index| SceneRacer {
                name: "",
                path: &self.paths[index],
                colors: looks[index],
                playhead,
                decided_from: self.decided_from,
                selected: self.selected == Some(index),
                median: None,
            })
            .collect()
    }

    fn scene<'a>(&'a self, map: &'a Map, racers: &'a [SceneRacer<'a>], rect: Rect) -> Scene<'a> {
        Scene {
            colors: &self.colors,
            eye: Eye::above(self.window, rect),
            map,
            racers,
            axes: ["x", "y"],
            start: self.experiment.start,
            minima: &[],
            stationary: &[],
            playhead: 0.0,
            clouds: &[],
            ghosts: &[],
            step: None,
            curvature: None,
            options: self.options,
            meshes: None,
        }
    }
}

fn grey_map(context: &Context, window: Window) -> Map {
    let grey = ColorImage::filled([2, 2], Color32::from_gray(128));
    Map::painted(context, window, grey)
}

/// A picture without a window.
struct Easel {
    context: Context,
    rasterizer: Rasterizer,
    pixels_per_point: f32,
}

impl Easel {
    fn new(pixels_per_point: f32) -> Self {
        Self {
            context: Context::default(),
            rasterizer: Rasterizer::new(),
            pixels_per_point,
        }
    }

    /// Draws a frame as shapes.
    fn draw(
        &mut self,
        race: &Race,
        playhead: f64,
        meshes: Option<&RefCell<TrailMeshes>>,
    ) -> FullOutput {
        if let Some(meshes) = meshes {
            meshes.borrow_mut().begin(&race.paths);
        }
        let racers = race.racers(playhead);
        #[expect(clippy::cast_precision_loss, reason = "the size of a picture")]
        let size = Vec2::from(SIZE.map(|side| side as f32)) / self.pixels_per_point;
        let rect = Rect::from_min_size(egui::Pos2::ZERO, size);
        let mut input = RawInput {
            screen_rect: Some(rect),
            ..RawInput::default()
        };
        let root = input.viewports.entry(input.viewport_id).or_default();
        root.native_pixels_per_point = Some(self.pixels_per_point);
        let map = grey_map(&self.context, race.window);
        let mut output = self.context.run_ui(input, |ui| {
            let scene = Scene {
                playhead,
                meshes,
                ..race.scene(&map, &racers, rect)
            };
            scene.paint(ui.painter());
        });
        self.rasterizer.update_textures(&mut output.textures_delta);
        assert_eq!(output.pixels_per_point, self.pixels_per_point);
        output
    }

    fn paint(
        &mut self,
        race: &Race,
        playhead: f64,
        meshes: Option<&RefCell<TrailMeshes>>,
    ) -> ColorImage {
        let output = self.draw(race, playhead, meshes);
        let primitives = self
            .context
            .tessellate(output.shapes, self.pixels_per_point);
        self.rasterizer
            .paint(&primitives, self.pixels_per_point, SIZE, Color32::BLACK)
    }

    /// Checks that a scene with these meshes looks like one drawn from scratch.
    fn compare(&mut self, race: &Race, playhead: f64, meshes: &RefCell<TrailMeshes>) {
        let different = self.different(race, playhead, meshes, 0);
        assert_eq!(different, 0, "pixels at step {playhead}");
    }

    /// The number of pixels that differ from those drawn from scratch by more than this.
    fn different(
        &mut self,
        race: &Race,
        playhead: f64,
        meshes: &RefCell<TrailMeshes>,
        by: u8,
    ) -> usize {
        let fresh = self.paint(race, playhead, None);
        let kept = self.paint(race, playhead, Some(meshes));
        let pairs = fresh.pixels.iter().zip(&kept.pixels);
        let differs = |(fresh, kept): (&Color32, &Color32)| {
            let channels = fresh.to_array().into_iter().zip(kept.to_array());
            channels.map(|(fresh, kept)| fresh.abs_diff(kept)).max() > Some(by)
        };
        pairs.filter(|&pair| differs(pair)).count()
    }
}

fn built(meshes: &RefCell<TrailMeshes>) -> usize {
    meshes.borrow().built()
}

#[test]
fn kept_trails_look_like_those_drawn_from_scratch() {
    for pixels_per_point in [1.0, 1.5] {
        let mut easel = Easel::new(pixels_per_point);
        let meshes = RefCell::default();
        let mut race = Race::new();
        race.options.lens = false;
        for decided_from in [None, Some(690)] {
            race.decided_from = decided_from;
            for playhead in [0.0, 0.4, 3.0, 700.3, 701.0, 1900.0, 1900.0, 250.5] {
                easel.compare(&race, playhead, &meshes);
            }
            assert!(meshes.borrow().kept() >= race.paths.len());
        }
    }
}

/// The pixels of a trail's colour: dashes have fewer than a line.
#[test]
fn a_trail_is_dashed_from_where_rounding_decides() {
    let mut race = Race::of("Beale", "(optimizer: Momentum(learning_rate: 0.0005)),");
    race.window = Window::new([-4.5, 4.5], [-4.5, 4.5]);
    race.options.lens = false;
    for colors in [Colors::dark(), Colors::radford()] {
        race.colors = colors;
        let mut easel = Easel::new(1.0);
        let mut inked = |decided_from, playhead| {
            race.decided_from = decided_from;
            let picture = easel.paint(&race, playhead, None);
            let color = racer_looks(&race.experiment, &race.colors)[0].color;
            let is_near = |pixel: &&Color32| {
                let channels = pixel.to_array().into_iter().zip(color.to_array());
                channels.map(|(one, other)| one.abs_diff(other)).max() < Some(70)
            };
            picture.pixels.iter().filter(is_near).count()
        };
        assert_eq!(inked(Some(100), 100.0), inked(None, 100.0));
        let (dashed, line) = (inked(Some(100), 1900.0), inked(None, 1900.0));
        assert!(dashed + 50 < line, "{dashed} {line}");
        assert!(dashed > inked(None, 100.0));
    }
}

#[test]
fn trails_that_move_with_the_lens_look_as_if_built_for_it() {
    let race = Race::new();
    let mut easel = Easel::new(1.0);
    let meshes = RefCell::default();
    easel.paint(&race, 1000.0, Some(&meshes));
    let trails = meshes.borrow().kept();
    assert!(trails > race.paths.len(), "there is a lens");
    let mut with_lens = 0;
    for frame in 1..=50_u8 {
        let playhead = 1000.0 + 2.0 * f64::from(frame);
        let different = easel.different(&race, playhead, &meshes, 64);
        assert!(different < 20, "{different} pixels at step {playhead}");
        with_lens += usize::from(meshes.borrow().kept() == trails);
    }
    assert!(with_lens > 5, "{with_lens}");
}

#[test]
fn a_frame_builds_only_the_newest_piece_of_each_trail() {
    let mut race = Race::new();
    race.options.lens = false;
    let mut easel = Easel::new(1.0);
    let meshes = RefCell::default();
    easel.paint(&race, 1000.0, Some(&meshes));
    let from_the_beginning = built(&meshes);
    assert!(from_the_beginning >= 7 * race.paths.len());
    for frame in 1..=20_u8 {
        easel.paint(&race, 1000.0 + f64::from(frame) * 0.9, Some(&meshes));
        let expected = from_the_beginning + usize::from(frame) * race.paths.len();
        assert_eq!(built(&meshes), expected, "after {frame} frames");
    }
    let before = built(&meshes);
    easel.paint(&race, 400.0, Some(&meshes));
    assert_eq!(built(&meshes), before + race.paths.len(), "going back");
}

#[test]
fn the_lens_stays_where_it_is_for_several_steps() {
    let race = Race::new();
    let mut easel = Easel::new(1.0);
    let meshes = RefCell::default();
    let mut moves = 0;
    let mut stays = 0;
    for step in 1000..1100_u32 {
        let before = built(&meshes);
        easel.paint(&race, f64::from(step), Some(&meshes));
        let pieces = built(&meshes) - before;
        // The newest piece of each trail, in the scene and in the lens.
        moves += usize::from(pieces > 2 * race.paths.len());
        stays += usize::from(pieces == 2 * race.paths.len());
    }
    assert!(stays > 20, "{stays}");
    assert!(moves <= 5, "{moves}");
}

#[test]
fn meshes_are_rebuilt_when_what_they_show_has_changed() {
    let mut race = Race::new();
    race.options.lens = false;
    let mut easel = Easel::new(1.0);
    let meshes = RefCell::default();
    easel.compare(&race, 1500.0, &meshes);
    let racers = race.paths.len();

    let mut changed = |race: &Race, rebuilt: usize| {
        let before = built(&meshes);
        easel.compare(race, 1500.0, &meshes);
        let pieces = built(&meshes) - before;
        assert!(pieces >= 10 * rebuilt, "{pieces} pieces built");
        // Those of the frame before are forgotten a frame later.
        easel.compare(race, 1500.0, &meshes);
        assert_eq!(meshes.borrow().kept(), racers);
        assert_eq!(built(&meshes) - before, pieces);
    };
    race.window = Window::new([-1.0, 2.0], [-1.0, 1.25]);
    changed(&race, racers);
    race.colors = Colors::light();
    changed(&race, racers);
    race.selected = Some(3);
    changed(&race, 2);
    race.options.trail_width = 4.0;
    changed(&race, racers);
    // A path of other numbers in the same place of the list.
    let mut moved = Trajectory::clone(&race.paths[5]);
    for x in &mut moved.x {
        *x += 0.3;
    }
    race.paths[5] = Arc::new(moved);
    changed(&race, 1);
}

#[test]
fn nothing_is_built_while_nothing_moves() {
    let race = Race::new();
    let mut easel = Easel::new(1.0);
    let meshes = RefCell::default();
    easel.paint(&race, 1000.5, Some(&meshes));
    let before = built(&meshes);
    for _ in 0..20 {
        easel.paint(&race, 1000.5, Some(&meshes));
    }
    assert_eq!(built(&meshes), before);
}

/// The memory and the number of pieces built after each of ten thousand frames, in which a race
/// of 1,900 steps is played again and again, ten steps a frame.
fn ten_thousand_frames(race: &Race) -> Vec<(usize, usize)> {
    let mut easel = Easel::new(1.0);
    let meshes = RefCell::default();
    let mut frame = |frame: u32| {
        easel.draw(race, f64::from(frame * 10 % 1900), Some(&meshes));
        (meshes.borrow().bytes(), built(&meshes))
    };
    (0..10_000).map(&mut frame).collect()
}

#[test]
fn playing_a_race_again_builds_nothing_again() {
    let mut race = Race::of(
        "Rosenbrock",
        "(optimizer: Momentum(learning_rate: 0.0008, momentum: 0.99)),
        (optimizer: Adam(learning_rate: 0.5)),",
    );
    race.options.lens = false;
    let frames = ten_thousand_frames(&race);
    let largest = frames[..190].iter().map(|(bytes, _)| *bytes).max();
    assert!(largest > Some(10_000));
    for (frame, (bytes, built)) in frames.into_iter().enumerate() {
        assert!(Some(bytes) <= largest, "{bytes} bytes in frame {frame}");
        // Of each trail, its fourteen pieces once, and the newest one in every frame.
        assert!(built <= 2 * (14 + frame + 1), "{built} in frame {frame}");
    }
}

#[test]
fn the_lens_takes_no_more_and_more_memory() {
    let racers: String = [0.001, 0.01, 0.02, 0.05]
        .map(|rate| format!("(optimizer: Adam(learning_rate: {rate})),"))
        .concat();
    let race = Race::of("Rosenbrock", &racers);
    let frames = ten_thousand_frames(&race);
    let most = |frames: &[(usize, usize)]| frames.iter().map(|(bytes, _)| *bytes).max().unwrap();
    let [before, after] = [most(&frames[..2000]), most(&frames[2000..])];
    assert!(
        after < before + (1 << 20),
        "{before} bytes and then {after}"
    );
}

#[test]
fn a_path_that_is_gone_is_not_held() {
    let mut race = Race::new();
    let mut easel = Easel::new(1.0);
    let meshes = RefCell::default();
    easel.paint(&race, 1900.0, Some(&meshes));
    let gone = Arc::downgrade(&race.paths[0]);
    race.paths[0] = Arc::clone(&race.paths[1]);
    easel.paint(&race, 1900.0, Some(&meshes));
    assert_eq!(gone.strong_count(), 0);
}

#[test]
fn trails_that_fade_out_or_have_no_rim_are_not_kept() {
    let mut easel = Easel::new(1.0);
    let meshes = RefCell::default();
    let mut race = Race::new();
    race.options.trail_length = Some(300.0);
    easel.compare(&race, 1500.0, &meshes);
    race.options.trail_length = None;
    race.options.vectors = true;
    easel.compare(&race, 1500.0, &meshes);
    race.options.vectors = false;
    race.colors = Colors::radford();
    easel.compare(&race, 1500.0, &meshes);
    assert_eq!(built(&meshes), 0);
}

#[test]
fn the_pointer_finds_the_nearest_point_of_all_trails() {
    let race = Race::new();
    let map = grey_map(&Context::default(), race.window);
    let racers = race.racers(1500.4);
    let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(720.0, 540.0));
    let scene = race.scene(&map, &racers, rect);
    let eye = &scene.eye;
    let distance =
        |racer: &SceneRacer<'_>, step: usize, at: Pos2| eye.spot(racer.path.at(step)).distance(at);
    let mut found = 0;
    for (index, racer) in racers.iter().enumerate() {
        for step in (0..=1500).step_by(97).chain([128, 1280, 1500]) {
            let at = eye.spot(racer.path.at(step));
            let (nearest, near) = nearest_point(&scene, at, 7.0).unwrap();
            assert_eq!(
                distance(&racers[nearest], near, at),
                0.0,
                "{index} at {step}"
            );
            found += usize::from(nearest == index && near == step);
        }
    }
    assert!(found > 50, "only {found} are its own");
    let passed = eye.spot(racers[0].path.at(1502));
    let beyond = nearest_point(&scene, passed, 7.0);
    assert_ne!(beyond, Some((0, 1502)));
    assert_eq!(nearest_point(&scene, pos2(700.0, 530.0), 7.0), None);
}
