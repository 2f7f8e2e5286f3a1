//! `slalom render` of networks: what they have learned stands below the surface.

use std::sync::Arc;

use egui::{Color32, ColorImage, Pos2, Rect, pos2, vec2};
use slalom::export::{FigureOptions, Studio};
use slalom::preset::{self, Preset, Viewpoint, load_built_in};
use slalom::sampling::learned::{LearnedJob, Outlook};
use slalom::simulation::{Job as _, simulate};
use slalom::view::Colors;
use slalom::view::figure::{Layout, Parts};
use slalom::view::network::strip::Areas;
use slalom::view::network::{Painted, Strip, palette};

const SIZE: [usize; 2] = [480, 360];
const STEPS: usize = 40;

/// A race of two networks, seen as `view` says.
fn race(network: &str, view: &str) -> Preset {
    let text = format!(
        "(version: 1, steps: {STEPS}, surface: Network({network}), racers: [
            (optimizer: Adam(learning_rate: 0.05), batch: MiniBatch(16)),
            (optimizer: GradientDescent(learning_rate: 0.1), batch: MiniBatch(16)),
        ], view: ({view}))"
    );
    preset::from_text("test", &text).unwrap()
}

const MOONS: &str = "moons: (rows: 80, noise: 0.1, seed: 0), hidden: [8], activation: Tanh";
const CURVE: &str =
    "data: \"iris\", features: [\"petal_length_cm\"], target: \"petal_width_cm\", hidden: [4]";
const HEAT: &str = "data: \"iris\", features: [\"petal_length_cm\", \"sepal_width_cm\"], \
                    target: \"petal_width_cm\", hidden: [4]";

fn options(predictions: Option<bool>) -> FigureOptions {
    FigureOptions {
        size: SIZE,
        parts: Parts {
            predictions,
            ..Parts::default()
        },
        ..FigureOptions::default()
    }
}

fn picture(race: Preset, options: FigureOptions, playhead: f64) -> ColorImage {
    Studio::new(race, options).unwrap().picture(playhead)
}

#[expect(clippy::cast_precision_loss, reason = "sides of a picture")]
fn layout() -> Layout {
    let page = Rect::from_min_size(Pos2::ZERO, vec2(SIZE[0] as f32, SIZE[1] as f32));
    Layout::of(page, options(Some(true)).parts, 2)
}

/// The area of a racer's small picture.
fn tile(racer: usize) -> Rect {
    let strip = layout().strip;
    let size = Strip::size(strip, true, 2);
    let mut corner = Areas::of(strip, true).tiles.min;
    if racer == 1 {
        corner.x += size.x + 6.0;
    }
    Rect::from_min_size(corner, size)
}

fn part(picture: &ColorImage, area: Rect) -> ColorImage {
    picture.region(&area, None)
}

#[test]
fn predictions_are_shown_unless_the_preset_or_the_figure_hides_them() {
    let shown = picture(race(MOONS, ""), options(None), 30.0);
    assert_eq!(shown, picture(race(MOONS, ""), options(Some(true)), 30.0));
    let hidden = picture(race(MOONS, ""), options(Some(false)), 30.0);
    assert_ne!(shown, hidden);
    let author = "data: false";
    assert_eq!(hidden, picture(race(MOONS, author), options(None), 30.0));
    let asked = picture(race(MOONS, author), options(Some(true)), 30.0);
    assert_eq!(shown, asked);
}

#[test]
fn a_surface_without_a_network_has_no_predictions() {
    for name in ["radford-beale", "penguins"] {
        let race = || load_built_in(name).unwrap();
        let with = picture(race(), options(Some(true)), 10.0);
        assert_eq!(with, picture(race(), options(Some(false)), 10.0), "{name}");
    }
}

#[test]
fn predictions_follow_the_playhead_and_come_back_with_it() {
    for network in [MOONS, CURVE, HEAT] {
        let mut studio = Studio::new(race(network, ""), options(None)).unwrap();
        let first = studio.picture(0.0);
        let later = studio.picture(30.0);
        for racer in 0..2 {
            let area = tile(racer);
            assert_ne!(part(&first, area), part(&later, area), "{network}");
        }
        assert_eq!(studio.picture(0.0), first, "{network}");
        let fresh = picture(race(network, ""), options(None), 30.0);
        assert_eq!(fresh, later, "{network}");
    }
}

/// The colours that the predictions of a racer have at the nodes of a small picture.
fn colours(race: &Preset, racer: usize, step: usize) -> ColorImage {
    let surface = race.experiment.open_surface();
    let outlook = Arc::new(Outlook::new(surface.network().unwrap(), None));
    let paths = simulate(&race.experiment);
    let (_, weights) = paths[racer].parameters_by(step).unwrap();
    let size = tile(racer).size();
    let nodes = slalom::view::network::Tile::nodes(size);
    let learned = LearnedJob::new(Arc::clone(&outlook), weights.to_vec(), nodes).finish();
    let palette = palette(&Colors::dark(), outlook.classes());
    let ctx = egui::Context::default();
    let painted = Painted::new(&ctx, &outlook, &Arc::new(learned), &palette, None);
    painted.image().unwrap().1.clone()
}

fn distance(one: Color32, other: Color32) -> u8 {
    let pairs = one.to_array().into_iter().zip(other.to_array());
    pairs.map(|(one, other)| one.abs_diff(other)).max().unwrap()
}

/// Most nodes show through between the rows and the borders.
#[test]
fn small_pictures_have_the_colours_of_what_is_predicted() {
    for network in [MOONS, HEAT] {
        let race = race(network, "");
        let shown = picture(race.clone(), options(None), 30.0);
        for racer in 0..2 {
            let expected = colours(&race, racer, 30);
            let area = tile(racer);
            let [columns, rows] = expected.size;
            let (mut near, mut all) = (0, 0);
            for row in 1..rows - 1 {
                for column in 1..columns - 1 {
                    let [x, y] = at(area, [column, row], expected.size);
                    all += 1;
                    near += usize::from(distance(shown[(x, y)], expected[(column, row)]) <= 6);
                }
            }
            assert!(2 * near > all, "{network}: {near} of {all}");
        }
    }
}

/// The pixel at a node.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides of a picture"
)]
fn at(area: Rect, node: [usize; 2], size: [usize; 2]) -> [usize; 2] {
    let share = |axis: usize| node[axis] as f32 / (size[axis] - 1) as f32;
    let at = area.min + vec2(share(0), share(1)) * area.size();
    [at.x as usize, at.y as usize]
}

#[test]
fn a_drawing_has_the_regions_as_images_and_curves_as_lines() {
    let drawing = |network| {
        let mut studio = Studio::new(race(network, ""), options(None)).unwrap();
        let drawing = studio.drawing(30.0);
        roxmltree::Document::parse(&drawing).unwrap();
        drawing
    };
    let images = |drawing: &str| drawing.matches("<image").count();
    let plane = images(&drawing(CURVE));
    assert_eq!(images(&drawing(MOONS)), plane + 2);
    assert_eq!(images(&drawing(HEAT)), plane + 2);
    for text in ["DECISION REGIONS", "upper", "wrong", "x1 across, x2 up"] {
        assert!(drawing(MOONS).contains(text), "{text}");
    }
    for text in ["FITTED CURVES", "petal length cm across, petal width cm up"] {
        assert!(drawing(CURVE).contains(text), "{text}");
    }
    assert!(drawing(HEAT).contains("PREDICTIONS"));
}

#[test]
fn a_large_picture_takes_the_place_of_the_surface() {
    let author = "large_data: true, selected: \"GradientDescent\"";
    let large = picture(race(MOONS, author), options(None), 30.0);
    let usual = picture(race(MOONS, ""), options(None), 30.0);
    let Layout { scene, strip, .. } = layout();
    assert_ne!(part(&large, scene), part(&usual, scene));
    assert_eq!(part(&large, strip), part(&usual, strip));
    let other = picture(race(MOONS, "large_data: true"), options(None), 30.0);
    assert_ne!(part(&large, scene), part(&other, scene));
    // An eye looks at the surface.
    let eye = FigureOptions {
        eye: Some(Viewpoint::ABOVE),
        ..options(None)
    };
    let seen = [author, ""].map(|view| picture(race(MOONS, view), eye, 30.0));
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn hidden_racers_have_no_picture() {
    let mut race = race(MOONS, "");
    race.experiment.racers[0].appearance.visible = false;
    let mut studio = Studio::new(race, options(None)).unwrap();
    let alone = studio.drawing(30.0);
    assert!(alone.contains("Gradient descent") && !alone.contains(">Adam<"));
}

/// Digits are seen one by one, with their predicted classes.
#[test]
fn digits_are_shown_with_their_classes() {
    let digits = "data: \"digits\", hidden: [10], loss: CategoricalCrossEntropy, test: 0.2";
    let mut race = race(digits, "");
    race.experiment.steps = 6;
    let mut studio = Studio::new(race, options(None)).unwrap();
    let drawing = studio.drawing(6.0);
    assert!(drawing.contains("PREDICTED CLASSES"));
    let area = tile(0);
    let middle = pos2(area.center().x, area.center().y);
    let seen = studio.picture(6.0);
    let column = seen.region(&Rect::from_center_size(middle, vec2(40.0, 40.0)), None);
    let first = column.pixels[0];
    assert!(column.pixels.iter().any(|pixel| *pixel != first));
}

#[test]
fn pictures_are_those_of_the_data_whatever_their_scale() {
    let pictures = |standardize: bool| {
        let text = format!(
            "(version: 1, steps: 1, racers: [],
              surface: Network(data: \"digits\", standardize: {standardize}, test: 20))"
        );
        let preset = preset::from_text("digits", &text).unwrap();
        let surface = preset.experiment.open_surface();
        let outlook = Outlook::new(surface.network().unwrap(), None);
        let rows = outlook.dots().iter().map(|dot| dot.row);
        let pictures = rows.flat_map(|row| outlook.picture(row).collect::<Vec<f64>>());
        pictures.collect::<Vec<f64>>()
    };
    let [plain, scaled] = [false, true].map(pictures);
    assert_eq!((plain.len(), scaled.len()), (20 * 64, 20 * 64));
    let is_ink = |ink: &f64| ink.fract() == 0.0 && (0.0..=16.0).contains(ink);
    assert!(plain.iter().all(is_ink));
    for (plain, scaled) in plain.iter().zip(&scaled) {
        assert!((plain - scaled).abs() < 1e-12, "{plain} {scaled}");
    }
}
