//! Snapshots of the whole window, and the pictures in `screenshots/`.
//!
//! Everything is painted by the CPU renderer, so neither a display nor a GPU is needed. One command
//! regenerates all pictures, including those in `screenshots/` and the README:
//!
//! ```text
//! UPDATE_SNAPSHOTS=1 cargo test --test snapshots
//! ```

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::renderer::CpuRenderer;
use common::wish::Wish;
use egui::{Event, Vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions};
use slalom::analysis::{Quantity, Ranking};
use slalom::app::{
    AppAction, Change, DocumentAction, Drawer, GameKind, Opening, Pane, SlalomApp, table,
};
use slalom::experiment::{Edit, Schedule};
use slalom::export::film::{self, Timing};
use slalom::export::{FigureOptions, Theme};
use slalom::preset;
use slalom::preset::{Arrows, Card, Preset, Viewpoint};
use slalom::surface::{LogisticRegression, SurfaceChoice};

/// A list of wishes of several kinds.
macro_rules! wishes {
    ($($wish:expr),* $(,)?) => { [$(Wish::from($wish)),*] };
}

/// A paused window with a built-in preset at a given step.
fn window(preset: &str, size: [f32; 2], step: f64, wishes: &[Wish]) -> Harness<'static, SlalomApp> {
    opened(preset::load_built_in(preset).unwrap(), size, step, wishes)
}

/// Six networks that learn the species of penguins.
const PENGUINS: &str = r#"
    title: "Penguins, 2–8–8–3",
    surface: Network(
        data: "penguins", features: ["bill_length_mm", "bill_depth_mm"], target: "species",
        hidden: [8, 8], activation: Tanh, loss: CategoricalCrossEntropy, standardize: true, test: 0.3,
    ),
    steps: 480,
    racers: [
        (optimizer: GradientDescent(learning_rate: 0.05), batch: MiniBatch(32)),
        (optimizer: Momentum(learning_rate: 0.05), batch: MiniBatch(32)),
        (optimizer: Adagrad(learning_rate: 0.05), batch: MiniBatch(32)),
        (optimizer: RMSProp(learning_rate: 0.01), batch: MiniBatch(32)),
        (optimizer: Adam(learning_rate: 0.01), batch: MiniBatch(32)),
        (optimizer: Nadam(learning_rate: 0.01), batch: MiniBatch(32)),
    ],
"#;

/// Two networks that fit one number by another one.
const CURVES: &str = r#"
    title: "Petals, 1–6–1",
    surface: Network(
        data: "iris", features: ["petal_length_cm"], target: "petal_width_cm", hidden: [6],
        activation: Tanh, standardize: true, test: 0.3,
    ),
    steps: 120,
    racers: [(optimizer: GradientDescent(learning_rate: 0.1)), (optimizer: Adam(learning_rate: 0.02))],
"#;

/// The same by two numbers.
const HEAT: &str = r#"
    title: "Petals, 2–6–1",
    surface: Network(
        data: "iris", features: ["petal_length_cm", "sepal_width_cm"], target: "petal_width_cm",
        hidden: [6], activation: Tanh, standardize: true, test: 0.3,
    ),
    steps: 120,
    racers: [(optimizer: GradientDescent(learning_rate: 0.1)), (optimizer: Adam(learning_rate: 0.02))],
"#;

/// A paused window with a race of networks at a given step.
fn network(race: &str, step: f64, wishes: &[Wish]) -> Harness<'static, SlalomApp> {
    let race = preset::from_text("network", &format!("(version: 1, {race})")).unwrap();
    opened(race, SMALL, step, wishes)
}

/// A paused window with a preset at a given step.
fn opened(
    experiment: Preset,
    size: [f32; 2],
    step: f64,
    wishes: &[Wish],
) -> Harness<'static, SlalomApp> {
    let mut window = Harness::builder()
        .with_size(Vec2::from(size))
        .with_step_dt(1.0 / 25.0)
        .renderer(CpuRenderer::default())
        .build_eframe(|creation| SlalomApp::new(creation, Some(experiment), None));
    window.run_steps(2);
    let pause = wishes![&table::play::PLAY_OR_PAUSE, DocumentAction::Seek(step)];
    for wish in pause.iter().chain(wishes) {
        let action = wish.clone().of(window.state());
        window.state_mut().perform(action);
        window.run_steps(2);
        while window.state().workspace().is_waiting() {
            window.step();
        }
    }
    // Lets all animations finish.
    window.run_steps(12);
    settle(&mut window);
    window
}

/// Steps until no worker is busy, and what they have found has been drawn. One may set another to
/// work.
fn settle(window: &mut Harness<'_, SlalomApp>) {
    let mut quiet = 0;
    while quiet < 8 {
        quiet = if window.state().is_busy() {
            0
        } else {
            quiet + 1
        };
        if quiet == 0 {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        window.step();
    }
}

/// A few pixels may differ, because math libraries round differently.
fn options(folder: &str) -> SnapshotOptions {
    SnapshotOptions::new()
        .threshold(1.2)
        .max_failed_pixels(60)
        .output_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
}

fn compare(folder: &str, name: &str, mut window: Harness<'_, SlalomApp>) {
    window.snapshot_options(name, &options(folder));
}

const SMALL: [f32; 2] = [1280.0, 800.0];
const LARGE: [f32; 2] = [1920.0, 1080.0];

#[test]
fn main_window_dark() {
    compare(
        "screenshots",
        "main-dark",
        window("radford-beale", SMALL, 96.0, &[]),
    );
}

#[test]
fn main_window_light() {
    let light = window("radford-beale", SMALL, 96.0, &wishes![&table::view::THEME]);
    compare("screenshots", "main-light", light);
}

#[test]
fn networks_and_what_they_have_learned() {
    let wishes = wishes![
        Wish::racer(4, |id| DocumentAction::Select(Some(id))),
        DocumentAction::Card(Card::Confusion),
    ];
    let dark = network(PENGUINS, 192.0, &wishes);
    compare("screenshots", "network-dark", dark);
}

#[test]
fn a_large_picture_of_regions() {
    let wishes = wishes![&table::view::LARGE_DATA, &table::view::THEME];
    let light = network(PENGUINS, 192.0, &wishes);
    compare("tests/snapshots", "network-large", light);
}

#[test]
fn networks_on_a_landscape() {
    let relief = wishes![&table::pictures::RELIEF];
    let dark = network(PENGUINS, 192.0, &relief);
    compare("tests/snapshots", "network-landscape", dark);
}

#[test]
fn fitted_curves() {
    let dark = network(CURVES, 60.0, &[]);
    compare("tests/snapshots", "network-curves", dark);
}

#[test]
fn heat_maps() {
    let light = network(HEAT, 60.0, &wishes![&table::view::THEME]);
    compare("tests/snapshots", "network-heat", light);
}

#[test]
fn a_landscape() {
    let dark = window("saddle", SMALL, 22.0, &[]);
    compare("screenshots", "landscape-dark", dark);
}

#[test]
fn a_landscape_along_its_valley() {
    let light = wishes![&table::view::THEME];
    let light = window("radford-long-valley", [1024.0, 600.0], 60.0, &light);
    compare("tests/snapshots", "along-the-valley", light);
}

#[test]
fn contours_and_landscape() {
    let both = wishes![&table::pictures::BOTH, &table::view::THEME];
    let both = window("radford-beale", SMALL, 96.0, &both);
    compare("screenshots", "both-light", both);
}

#[test]
fn a_landscape_from_behind() {
    let look = DocumentAction::LookFrom(Viewpoint::at(115.0, 55.0));
    let behind = wishes![&table::pictures::RELIEF, look];
    let behind = window("rosenbrock", SMALL, 120.0, &behind);
    compare("tests/snapshots", "from-behind", behind);
}

#[test]
fn large_window() {
    compare(
        "tests/snapshots",
        "large",
        window("rosenbrock", LARGE, 260.0, &[]),
    );
}

#[test]
fn narrow_window() {
    let narrow = window("saddle", [900.0, 700.0], 40.0, &[]);
    compare("tests/snapshots", "narrow", narrow);
}

#[test]
fn narrower_window() {
    let narrower = window("saddle", [600.0, 640.0], 40.0, &[]);
    compare("tests/snapshots", "narrower", narrower);
}

const PHONE: [f32; 2] = [390.0, 844.0];

/// A window of a phone with Adam selected, and a drawer or none.
fn phone(drawer: Option<Drawer>, theme: &[Wish]) -> Harness<'static, SlalomApp> {
    let adam = Wish::racer(6, |id| DocumentAction::Select(Some(id)));
    let open = wishes![adam, AppAction::ShowDrawer(drawer)];
    let wishes = [&open, theme].concat();
    window("radford-beale", PHONE, 96.0, &wishes)
}

#[test]
fn a_phone_at_rest() {
    compare("tests/snapshots", "phone", phone(None, &[]));
}

#[test]
fn the_racers_on_a_phone() {
    let half = phone(Some(Drawer::half(Pane::Racers)), &[]);
    compare("tests/snapshots", "phone-racers", half);
}

#[test]
fn a_step_on_a_phone() {
    let light = wishes![&table::view::THEME];
    let half = phone(Some(Drawer::half(Pane::Step)), &light);
    compare("tests/snapshots", "phone-step", half);
}

#[test]
fn the_settings_of_the_scene_on_a_phone() {
    let half = phone(Some(Drawer::half(Pane::Scene)), &[]);
    compare("tests/snapshots", "phone-scene", half);
}

#[test]
fn the_chart_on_a_phone() {
    let full = Drawer {
        is_full: true,
        ..Drawer::half(Pane::Chart)
    };
    let light = phone(Some(full), &wishes![&table::view::THEME]);
    compare("tests/snapshots", "phone-chart", light);
}

#[test]
fn a_tablet() {
    let tablet = window("radford-beale", [768.0, 1024.0], 96.0, &[]);
    compare("tests/snapshots", "tablet", tablet);
}

#[test]
fn panels_folded_away() {
    let folded = wishes![&table::view::LEFT, &table::view::RIGHT];
    compare(
        "tests/snapshots",
        "folded",
        window("long-valley", SMALL, 60.0, &folded),
    );
}

#[test]
fn presenter_mode() {
    let presenter = wishes![&table::view::PRESENTER, &table::view::THEME];
    compare(
        "tests/snapshots",
        "presenter",
        window("long-valley", SMALL, 60.0, &presenter),
    );
}

#[test]
fn help() {
    compare(
        "tests/snapshots",
        "help",
        window("radford-beale", SMALL, 20.0, &wishes![&table::help::KEYS]),
    );
}

#[test]
fn export_dialog() {
    let export = window("radford-beale", SMALL, 96.0, &wishes![&table::file::EXPORT]);
    compare("tests/snapshots", "export", export);
}

#[test]
fn how_a_table_was_understood() {
    let asked = wishes![&table::view::THEME, &table::file::FIT_DATA];
    compare(
        "tests/snapshots",
        "table",
        window("penguins", SMALL, 20.0, &asked),
    );
}

#[test]
fn what_the_columns_of_a_table_are_used_for() {
    let mut flowers = LogisticRegression::default();
    flowers.data = Some("iris".into());
    flowers.x1 = Some("petal_length_cm".into());
    flowers.x2 = Some("petal_width_cm".into());
    flowers.positive = Some("virginica".into());
    let iris = DocumentAction::UseSurface(SurfaceChoice::LogisticRegression(flowers));
    compare(
        "tests/snapshots",
        "table-of-classes",
        window(
            "saddle",
            [1024.0, 600.0],
            20.0,
            &wishes![iris, &table::file::FIT_DATA],
        ),
    );
}

#[test]
fn the_palette_and_what_it_finds() {
    let mut palette = window(
        "radford-beale",
        SMALL,
        96.0,
        &wishes![&table::help::PALETTE],
    );
    palette.event(Event::Text("adam".into()));
    palette.run_steps(4);
    compare("tests/snapshots", "palette", palette);
}

#[test]
fn the_chooser_of_rules() {
    let mut chooser = window("radford-beale", SMALL, 96.0, &wishes![&table::racer::ADD]);
    chooser.run_steps(4);
    chooser.get_by_label("Newton").click();
    // A thumbnail is computed in a frame.
    chooser.run_steps(60);
    compare("tests/snapshots", "chooser", chooser);
}

#[test]
fn the_family_tree_of_the_rules() {
    let wishes = wishes![&table::racer::FAMILY_TREE];
    let mut tree = window("radford-beale", SMALL, 96.0, &wishes);
    tree.run_steps(4);
    compare("tests/snapshots", "family-tree", tree);
}

#[test]
fn tabs_of_several_presets() {
    let beside = |name| AppAction::OpenBeside(Opening::BuiltIn(name));
    let tabs = wishes![
        beside("nadam-keras-against-pytorch"),
        Change::Steps(150),
        beside("long-valley"),
        &table::play::PLAY_OR_PAUSE,
        DocumentAction::Seek(60.0),
    ];
    compare(
        "tests/snapshots",
        "tabs",
        window("radford-beale", SMALL, 96.0, &tabs),
    );
}

#[test]
fn a_broken_preset_is_a_sentence() {
    let broken = AppAction::Open(Opening::Text("(version: 1, surfce: Beale)".into()));
    compare(
        "tests/snapshots",
        "broken",
        window("beale", SMALL, 30.0, &wishes![broken]),
    );
}

#[test]
fn racers_far_and_diverged() {
    let fast = wishes![Change::ScaleRates(40.0), &table::view::WHOLE];
    compare(
        "tests/snapshots",
        "diverged",
        window("radford-beale", SMALL, 12.0, &fast),
    );
}

#[test]
fn nobody_races() {
    let empty = vec![Wish::racer(0, Change::Remove); 8];
    compare(
        "tests/snapshots",
        "empty",
        window("radford-beale", SMALL, 0.0, &empty),
    );
}

#[test]
fn a_step_from_inside() {
    let inside = wishes![
        DocumentAction::Arrows(Arrows::Normalised),
        &table::view::CURVATURE,
        DocumentAction::Chart(Quantity::GradientNorm),
    ];
    let window = window("radford-beale", [1280.0, 960.0], 20.0, &inside);
    compare("screenshots", "a-step-from-inside", window);
}

/// A window with the open card of a racer with a schedule.
fn scheduled(theme: &[Wish]) -> Harness<'static, SlalomApp> {
    let schedule = Schedule::warm_restarts(40, 2, 0.001);
    let racer = [
        Wish::racer(6, |id| DocumentAction::Select(Some(id))),
        Wish::racer(6, move |id| Change::Schedule(id, schedule.clone())),
    ];
    let wishes = [&racer[..], theme].concat();
    let mut window = window("radford-beale", [1280.0, 960.0], 100.0, &wishes);
    window.get_by_label_contains("schedule…").click();
    window.run_steps(8);
    window
}

#[test]
fn a_schedule_and_its_curve() {
    compare("tests/snapshots", "schedule", scheduled(&[]));
}

#[test]
fn the_menu_of_schedules() {
    let mut window = scheduled(&wishes![&table::view::THEME]);
    window.get_by_label("Schedule").click();
    window.run_steps(8);
    compare("tests/snapshots", "schedules", window);
}

#[test]
fn ghosts_of_a_baseline_and_of_an_old_future() {
    let edit = Edit {
        step: 30,
        parameter: "learning_rate".into(),
        value: 0.6,
    };
    let edited = Wish::racer(6, move |id| Change::Edit(id, edit.clone()));
    let ghosts = wishes![&table::edit::PIN, edited];
    compare(
        "tests/snapshots",
        "ghosts",
        window("radford-beale", SMALL, 80.0, &ghosts),
    );
}

#[test]
fn data_beside_their_loss() {
    let moons = wishes![
        Wish::racer(0, |id| DocumentAction::Select(Some(id))),
        DocumentAction::Arrows(Arrows::Normalised),
        &table::view::THEME,
    ];
    compare(
        "screenshots",
        "noisy-moons",
        window("noisy-moons", SMALL, 40.0, &moons),
    );
}

#[test]
fn a_lesson() {
    let open = wishes![
        AppAction::Open(Opening::BuiltIn("04-nesterov")),
        DocumentAction::Seek(5.0)
    ];
    compare(
        "screenshots",
        "a-lesson",
        window("saddle", SMALL, 5.0, &open),
    );
}

/// What the fair comparison shows: final losses at other rates, and each racer at its best.
#[test]
fn a_fair_race() {
    let fair = wishes![
        DocumentAction::Chart(Quantity::Sensitivity),
        DocumentAction::Rank(Ranking::Tuned),
    ];
    let window = window("radford-beale", SMALL, 160.0, &fair);
    compare("screenshots", "a-fair-race", window);
}

#[test]
fn a_typed_surface() {
    let typed = window("second-minimum", SMALL, 60.0, &[]);
    compare("screenshots", "typed-surface", typed);
}

#[test]
fn a_mistake_in_a_formula() {
    let mistake = "u = y - c*x^2\n(x^2 - 1)^2 + a*x + b*sine(u)^2";
    let mistaken = wishes![
        DocumentAction::TypeFormula(mistake.to_owned()),
        &table::view::THEME,
    ];
    let mistaken = window("second-minimum", SMALL, 60.0, &mistaken);
    compare("tests/snapshots", "typed-mistake", mistaken);
}

#[test]
fn several_seeds() {
    let seeds = wishes![Change::Seeds(20), &table::view::THEME];
    let mut window = window("batch-against-stochastic", SMALL, 200.0, &seeds);
    let is_waiting = |window: &Harness<'_, SlalomApp>| {
        let mut waiting = window.query_all_by_label_contains("seeds …");
        waiting.next().is_some()
    };
    while is_waiting(&window) {
        std::thread::sleep(std::time::Duration::from_millis(2));
        window.step();
    }
    window.run_steps(8);
    compare("tests/snapshots", "seeds", window);
}

#[test]
fn the_loss_along_a_step() {
    let slice = wishes![DocumentAction::Card(Card::Slice)];
    let window = window("long-valley", SMALL, 12.0, &slice);
    compare("tests/snapshots", "slice", window);
}

#[test]
fn theory_beside_what_was_measured() {
    let theory = wishes![
        Wish::racer(0, |id| DocumentAction::Select(Some(id))),
        DocumentAction::Card(Card::Theory),
        &table::view::FLOW,
        &table::view::THEME,
    ];
    let window = window("long-valley", SMALL, 60.0, &theory);
    compare("tests/snapshots", "theory", window);
}

#[test]
fn the_symmetry_lab() {
    compare(
        "tests/snapshots",
        "symmetry",
        window("symmetry-lab", SMALL, 60.0, &[]),
    );
}

#[test]
fn a_guessing_game() {
    let game = wishes![
        AppAction::StartGame(GameKind::WhoAmI),
        &table::play::PLAY_OR_PAUSE,
        DocumentAction::Seek(60.0),
    ];
    compare(
        "tests/snapshots",
        "who-am-i",
        window("radford-beale", SMALL, 60.0, &game),
    );
}

/// Regenerates a file in `screenshots/` if requested, and compares with it otherwise.
fn clip(name: &str, preset: &str, options: FigureOptions, timing: Timing) {
    let experiment = preset::load_built_in(preset).unwrap();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("screenshots")
        .join(name);
    let write = |file: &Path| {
        let go_on = &mut |_, _| std::ops::ControlFlow::Continue(());
        film::write(file, experiment.clone(), options, timing, go_on).unwrap();
    };
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        write(&kept);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join(name);
    write(&fresh);
    let (kept, fresh) = (frames(&kept), frames(&fresh));
    assert_eq!(kept.len(), fresh.len(), "frames of {name}");
    for (frame, (kept, fresh)) in kept.iter().zip(&fresh).enumerate() {
        let error = difference(kept, fresh);
        assert!(
            error < 0.5,
            "frame {frame} of {name} differs by {error} of 255 levels"
        );
    }
}

/// The composed frames of a GIF.
fn frames(file: &PathBuf) -> Vec<Vec<u8>> {
    let mut decoder = gif::DecodeOptions::new();
    decoder.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = decoder.read_info(fs::File::open(file).unwrap()).unwrap();
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let mut canvas = vec![0_u8; width * height * 4];
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        for (row, pixels) in frame
            .buffer
            .chunks(usize::from(frame.width) * 4)
            .enumerate()
        {
            for (column, pixel) in pixels.chunks(4).enumerate() {
                let at = (usize::from(frame.top) + row) * width + usize::from(frame.left) + column;
                if pixel[3] > 0 {
                    canvas[at * 4..at * 4 + 4].copy_from_slice(pixel);
                }
            }
        }
        frames.push(canvas.clone());
    }
    frames
}

/// The mean difference between two pictures, in levels of 255.
#[expect(clippy::cast_precision_loss, reason = "a mean over a picture")]
fn difference(a: &[u8], b: &[u8]) -> f64 {
    let sum: u64 = a
        .iter()
        .zip(b)
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum();
    sum as f64 / a.len().max(1) as f64
}

#[test]
fn clip_of_the_race() {
    let options = FigureOptions {
        size: [640, 480],
        ..FigureOptions::default()
    };
    let timing = Timing {
        steps_per_frame: 2.0,
        ..Timing::default()
    };
    clip("radford-beale.gif", "radford-beale", options, timing);
}

#[test]
fn clip_as_radford_drew_it() {
    let options = FigureOptions {
        size: [620, 480],
        theme: Theme::Radford,
        parts: slalom::view::figure::Parts {
            axes: false,
            ..slalom::view::figure::Parts::default()
        },
        view: slalom::export::View::Window(slalom::plane::Window::square(5.0)),
        ..FigureOptions::default()
    };
    let timing = Timing {
        steps_per_frame: 4.0,
        fps: 15,
        ..Timing::default()
    };
    clip("as-radford-drew-it.gif", "radford-beale", options, timing);
}

#[test]
fn clip_of_a_landscape() {
    let options = FigureOptions {
        size: [480, 360],
        ..FigureOptions::default()
    };
    // One turn: 50 frames of the race and 30 at its end.
    let timing = Timing {
        steps_per_frame: 3.0,
        fps: 10,
        hold: 3.0,
        orbit: Some(45.0),
        ..Timing::default()
    };
    clip("saddle-3d.gif", "saddle", options, timing);
}
