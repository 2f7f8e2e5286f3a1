//! Figures with all parts at sizes too small for them: none may panic, divide by zero or hang.

#![expect(
    clippy::cast_precision_loss,
    reason = "sides and steps are small numbers"
)]

use egui::Color32;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use slalom::experiment::Experiment;
use slalom::export::{FigureOptions, Studio, Theme, View};
use slalom::plane::Window;
use slalom::preset::{self, Pictures, Preset, Viewpoint};
use slalom::view::figure::Parts;

const SIZES: usize = 200;

/// A race whose racers leave the window, one of them for good.
const LEAVING: &str =
    "(version: 1, title: \"Away\", surface: Beale, start: (1.0, 1.6), steps: 9, racers: [
    (optimizer: GradientDescent(learning_rate: 0.3)),
    (optimizer: Momentum(learning_rate: 0.003)),
    (optimizer: Adam(learning_rate: 900.0)),
    (optimizer: Adam(learning_rate: 700.0)),
])";

fn races() -> Vec<Experiment> {
    let mut races: Vec<Experiment> = ["radford-beale", "saddle", "noisy-moons", "one-rate-or-many"]
        .into_iter()
        .map(|name| preset::load_built_in(name).unwrap().experiment)
        .collect();
    races.push(preset::from_text("leaving", LEAVING).unwrap().experiment);
    for race in &mut races {
        race.steps = race.steps.min(40);
    }
    races
}

/// A source of random choices.
struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, below: usize) -> usize {
        self.0.next_u32() as usize % below
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    /// Usually a few dozen points, sometimes enough for all parts. Pages of one to three points are
    /// rare, because their glyphs become huge and take long.
    fn size(&mut self) -> [usize; 2] {
        if self.below(40) == 0 {
            return [1 + self.below(3), 1 + self.below(3)];
        }
        let most = [16, 40, 130, 420][self.below(4)];
        [4 + self.below(most), 4 + self.below(most)]
    }

    fn parts(&mut self) -> Parts {
        let all = self.coin();
        let mut has = || all || self.coin();
        Parts {
            title: has(),
            caption: has(),
            legend: has(),
            axes: has(),
            chart: has(),
            leaderboard: has(),
            lens: has(),
            predictions: Some(has()),
        }
    }

    fn options(&mut self) -> FigureOptions {
        let size = self.size();
        // No picture has fewer than 64 pixels per side, so the smallest pages have to be enlarged.
        let least = size.map(|side| 64_f32 / side as f32);
        FigureOptions {
            size,
            paper: None,
            scale: least[0]
                .max(least[1])
                .max(if self.coin() { 0.9 } else { 0.3 }),
            theme: [Theme::Dark, Theme::Light, Theme::Radford][self.below(3)],
            parts: self.parts(),
            view: match self.below(4) {
                0 => View::Author,
                1 => View::Surface,
                2 => View::Paths,
                // A window that contains no racer.
                _ => View::Window(Window::new([50.0, 50.1], [-70.0, -69.0])),
            },
            eye: self.coin().then(|| self.eye()),
            projection: None,
            heights: None,
            transparent: self.coin(),
        }
    }

    fn eye(&mut self) -> Viewpoint {
        let [azimuth, elevation, zoom] = [360, 91, 64].map(|most| self.below(most) as f64);
        Viewpoint {
            zoom: 0.25 * (zoom + 1.0),
            ..Viewpoint::at(azimuth, elevation)
        }
    }
}

/// Whether a picture is possible and quick to draw; an enlarged long and narrow page is neither.
fn is_cheap(options: &FigureOptions) -> bool {
    options
        .pixels()
        .is_ok_and(|[width, height]| width * height <= 200_000)
}

#[test]
fn all_parts_are_drawn_at_any_size() {
    let races = races();
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(160));
    let mut drawn = 0;
    while drawn < SIZES {
        let options = dice.options();
        if !is_cheap(&options) {
            continue;
        }
        let mut race = Preset::from(races[drawn % races.len()].clone());
        race.view.pictures = Pictures::ALL[dice.below(3)];
        let playhead = dice.below(race.experiment.steps + 1) as f64;
        let mut studio = Studio::new(race, options).unwrap();
        let picture = studio.picture(playhead);
        assert_eq!(picture.size, options.pixels().unwrap(), "{options:?}");
        if !options.transparent {
            let opaque = |pixel: &Color32| pixel.is_opaque();
            assert!(picture.pixels.iter().all(opaque), "{options:?}");
        }
        let drawing = studio.drawing(playhead);
        if let Err(error) = roxmltree::Document::parse(&drawing) {
            panic!("{error}: {options:?}");
        }
        drawn += 1;
    }
}

#[test]
fn parts_that_leave_the_scene_no_room_leave_it_out() {
    for (size, caption_only) in [([160, 120], true), ([800, 96], false)] {
        let parts = Parts {
            title: false,
            caption: true,
            legend: !caption_only,
            axes: !caption_only,
            chart: false,
            leaderboard: false,
            lens: false,
            predictions: Some(!caption_only),
        };
        let options = FigureOptions {
            size,
            parts,
            ..FigureOptions::default()
        };
        for race in races() {
            let mut studio = Studio::new(race, options).unwrap();
            assert_eq!(studio.picture(40.0).size, size);
            assert!(studio.drawing(40.0).ends_with("</svg>\n"));
        }
    }
}
