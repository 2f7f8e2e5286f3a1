//! Nothing that floats over a scene covers anything else: legend, lens, labels, numbers, and the
//! boxes of the window.

mod common;

use std::collections::{BTreeMap, HashSet};

use common::scenery::{Painted, Scenery};
use egui::{Pos2, Rect, Shape, Vec2, vec2};
use slalom::export::{FigureOptions, Studio};
use slalom::preset::{BuiltIn, from_text, load_built_in};
use slalom::view::Colors;
use slalom::view::scene::Room;

const SIZES: [[f32; 2]; 4] = [
    [480.0, 360.0],
    [660.0, 664.0],
    [960.0, 640.0],
    [1920.0, 1080.0],
];

/// The races in the plane. A network of thousands of weights takes too long to draw four times.
fn names() -> impl Iterator<Item = &'static str> {
    let in_the_plane = |preset: &&BuiltIn| {
        let surface = preset.preset().unwrap().experiment.surface;
        !surface.has_own_start()
    };
    BuiltIn::all()
        .filter(in_the_plane)
        .map(|preset| preset.name)
}

fn scenery(name: &str) -> Scenery {
    Scenery::of(load_built_in(name).unwrap())
}

/// A race of equal racers that leave the window in the same direction.
fn escape(racers: usize) -> Scenery {
    let racer = "(optimizer: GradientDescent(learning_rate: 0.2)),".repeat(racers);
    let text =
        format!("(version: 1, surface: Saddle, start: (0.4, 0.3), steps: 30, racers: [{racer}])");
    Scenery::of(from_text("escape", &text).unwrap())
}

/// Some steps of a race, from its first to its last.
fn steps(scenery: &Scenery) -> impl Iterator<Item = usize> {
    let last = scenery.experiment.steps;
    [0, last / 20, last / 5, last / 2, last].into_iter()
}

/// Rectangles that share only an edge, up to rounding, do not overlap.
fn overlap(one: &Rect, other: &Rect) -> bool {
    let both = one.intersect(*other);
    both.width() > 0.1 && both.height() > 0.1
}

#[track_caller]
fn assert_apart(room: &Room, about: &str) {
    let boxes = room.boxes();
    for (index, one) in boxes.iter().enumerate() {
        for other in boxes[..index].iter().chain(room.edges()) {
            assert!(!overlap(one, other), "{about}: {one} and {other}");
        }
    }
    for (index, one) in room.edges().iter().enumerate() {
        for other in &room.edges()[..index] {
            assert!(!overlap(one, other), "{about}: {one} and {other}");
        }
    }
}

/// Every built-in race with arrows, at several sizes and steps.
fn every_scene(mut see: impl FnMut(&Scenery, &Painted, &str)) {
    for name in names() {
        let mut scenery = scenery(name);
        for (index, size) in SIZES.into_iter().enumerate() {
            scenery.selected = Some(index % scenery.paths.len());
            scenery.options.legend = index != 1;
            let mut easel = scenery.easel(size);
            for step in steps(&scenery) {
                let painted = easel.paint(step);
                see(
                    &scenery,
                    &painted,
                    &format!("{name}, {size:?}, step {step}"),
                );
            }
        }
    }
}

#[test]
fn boxes_overlap_neither_each_other_nor_the_axes() {
    let mut boxes = 0;
    every_scene(|_, painted, about| {
        assert_apart(&painted.room, about);
        boxes += painted.room.boxes().len();
    });
    assert!(boxes > 2000, "{boxes}");
}

#[test]
fn larger_text_keeps_apart_as_well() {
    let mut scenery = scenery("radford-beale");
    scenery.selected = Some(6);
    scenery.options.text = 18.0;
    scenery.options.head_size = 18.0;
    for size in SIZES {
        let mut easel = scenery.easel(size);
        for step in steps(&scenery) {
            assert_apart(&easel.paint(step).room, &format!("{size:?}, step {step}"));
        }
    }
}

/// The places near a box to which it could be moved.
fn places_near(rect: Rect) -> impl Iterator<Item = Rect> {
    let steps = || (-8..=8_i8).map(|step| 8.0 * f32::from(step));
    steps().flat_map(move |x| steps().map(move |y| rect.translate(vec2(x, y))))
}

#[test]
fn heads_minima_and_the_start_are_covered_only_where_nothing_is_free() {
    every_scene(|scenery, painted, about| {
        let room = &painted.room;
        // The legend comes first; it has only the corners.
        let movable = room.boxes().iter().enumerate();
        let movable = movable.skip(usize::from(scenery.options.legend));
        let marked = |rect: &Rect| room.marks().iter().any(|mark| overlap(mark, rect));
        for (index, rect) in movable {
            if !marked(rect) {
                continue;
            }
            let others = || room.boxes().iter().enumerate();
            let taken = |place: &Rect| {
                let solid = others().filter(|(other, _)| *other != index);
                let mut solid = solid.map(|(_, rect)| rect).chain(room.edges());
                solid.any(|other| overlap(other, place))
            };
            let seen = |place: &Rect| painted.eye.rect().shrink(2.0).contains_rect(*place);
            let mut places = places_near(*rect);
            let free = places.find(|it| seen(it) && !taken(it) && !marked(it));
            assert_eq!(free, None, "{about}: {rect} covers a mark");
        }
    });
}

/// The number of squares under a rectangle that the trails, the minima or the start lie in.
fn crossed(scenery: &Scenery, painted: &Painted, rect: Rect) -> usize {
    let racers = scenery.racers(0.0);
    let mut squares: HashSet<[i64; 2]> = HashSet::new();
    let mut enter = |at: Pos2| {
        if rect.contains(at) {
            #[expect(clippy::cast_possible_truncation, reason = "a small number")]
            squares.insert([(at.x / 8.0) as i64, (at.y / 8.0) as i64]);
        }
    };
    for racer in &racers {
        let spots: Vec<Pos2> = (0..racer.path.len())
            .map(|step| painted.eye.spot(racer.path.at(step)))
            .collect();
        for pair in spots.windows(2) {
            for part in 0..=100_u8 {
                enter(pair[0].lerp(pair[1], f32::from(part) / 100.0));
            }
        }
    }
    squares.len()
}

#[test]
fn the_legend_is_in_the_emptiest_corner() {
    let mut elsewhere = 0;
    for name in names() {
        let scenery = scenery(name);
        for size in [[960.0, 640.0], [1920.0, 1080.0]] {
            let painted = scenery.easel(size).paint(scenery.experiment.steps);
            let legend = painted.room.boxes()[0];
            let whole = painted.eye.rect();
            let [right, bottom] = [
                whole.right() - 12.0 - legend.width(),
                whole.bottom() - 26.0 - legend.height(),
            ];
            let corners = [
                vec2(right, 12.0),
                vec2(right, bottom),
                vec2(40.0, bottom),
                vec2(40.0, 36.0),
            ];
            let counts = corners.map(|corner| {
                let rect = Rect::from_min_size(corner.to_pos2(), legend.size());
                let marks = painted.room.marks().iter();
                let marked = marks.filter(|mark| mark.intersects(rect)).count();
                crossed(&scenery, &painted, rect) + 20 * marked
            });
            let fewest = counts.into_iter().min().unwrap();
            let under = crossed(&scenery, &painted, legend);
            assert!(
                under <= fewest + fewest / 3 + 6,
                "{name} {size:?}: {under} {counts:?}"
            );
            elsewhere += usize::from(legend.left() < right || legend.top() > 12.0);
        }
    }
    assert!(elsewhere > 0, "all are in the upper right corner");
}

#[test]
fn the_same_frame_has_the_same_shapes() {
    for name in ["radford-beale", "noisy-moons", "saddle"] {
        let mut scenery = scenery(name);
        scenery.selected = Some(0);
        let shapes = || scenery.easel([960.0, 640.0]).paint(40).shapes;
        assert!(shapes() == shapes(), "{name}");
    }
}

#[test]
fn the_lens_stays_in_its_corner_while_a_race_plays() {
    let mut seen = 0;
    for name in names() {
        let mut scenery = scenery(name);
        scenery.options.legend = false;
        let mut easel = scenery.easel([960.0, 640.0]);
        let mut places: Vec<Rect> = Vec::new();
        for step in (0..=scenery.experiment.steps).step_by(7) {
            let room = easel.paint(step).room;
            let square = |rect: &&Rect| rect.size() == Vec2::splat(208.0);
            places.extend(room.boxes().iter().find(square));
        }
        seen += places.len();
        assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "{name}");
    }
    assert!(seen > 50, "{seen}");
}

/// The texts of a size in a picture, with their places.
fn texts(painted: &Painted, size: f32) -> BTreeMap<String, Pos2> {
    let mut found = BTreeMap::new();
    for clipped in &painted.shapes {
        collect_texts(&clipped.shape, size, &mut found);
    }
    found
}

fn collect_texts(shape: &Shape, size: f32, found: &mut BTreeMap<String, Pos2>) {
    match shape {
        Shape::Vec(shapes) => {
            for shape in shapes {
                collect_texts(shape, size, found);
            }
        }
        Shape::Text(text) => {
            let sections = &text.galley.job.sections;
            if sections
                .iter()
                .any(|section| section.format.font_id.size == size)
            {
                found.insert(text.galley.text().to_owned(), text.pos);
            }
        }
        _ => {}
    }
}

#[test]
fn the_losses_of_iso_lines_stay_where_they_are_while_a_race_plays() {
    let scenery = scenery("radford-beale");
    let mut easel = scenery.easel([960.0, 640.0]);
    let mut losses = BTreeMap::new();
    for step in (0..=200).step_by(9) {
        let painted = easel.paint(step);
        for (text, at) in texts(&painted, scenery.options.text - 2.0) {
            let before = losses.insert(text.clone(), at);
            assert!(before.is_none_or(|before| before == at), "{text} at {step}");
        }
    }
    assert!((4..=6).contains(&losses.len()), "{losses:?}");
}

#[test]
fn only_a_scene_with_labels_and_tones_has_the_losses_of_iso_lines() {
    let losses = |scenery: &Scenery| {
        let painted = scenery.easel([960.0, 640.0]).paint(40);
        texts(&painted, scenery.options.text - 2.0).len()
    };
    let mut scenery = scenery("radford-beale");
    assert!(losses(&scenery) > 3);
    scenery.options.labels = false;
    assert_eq!(losses(&scenery), 0);
    scenery.options.labels = true;
    scenery.colors = Colors::radford();
    assert_eq!(losses(&scenery), 0);
}

#[test]
fn losses_of_iso_lines_are_text_in_vector_pictures() {
    let preset = load_built_in("rosenbrock").unwrap();
    let drawing = Studio::new(preset, FigureOptions::default())
        .unwrap()
        .drawing(100.0);
    let document = roxmltree::Document::parse(&drawing).unwrap();
    let small = document.descendants().filter(|node| {
        let size = node.attribute("font-size").map(str::parse::<f32>);
        node.has_tag_name("text") && size == Some(Ok(10.0))
    });
    let losses = small.filter_map(|node| node.text()?.parse::<f64>().ok());
    let count = losses.filter(|loss| *loss > 0.0).count();
    assert!((3..=6).contains(&count), "{count}");
}

#[test]
fn racers_that_leave_at_the_same_edge_stand_side_by_side() {
    for racers in [2, 8, 14] {
        let scenery = escape(racers);
        for size in SIZES {
            let mut easel = scenery.easel(size);
            for step in [5, 12, 30] {
                let painted = easel.paint(step);
                assert_apart(
                    &painted.room,
                    &format!("{racers} racers, {size:?}, step {step}"),
                );
                // The legend comes first, and every racer that has left has a box.
                let rect = painted.eye.rect();
                let racers = scenery.racers(30.0);
                let spots = racers
                    .iter()
                    .map(|racer| painted.eye.spot(racer.path.at(step)));
                let left = spots.filter(|spot| !rect.contains(*spot)).count();
                assert!(painted.room.boxes().len() > left);
            }
        }
    }
}

#[test]
fn boxes_of_the_window_avoid_everything_and_the_pointer() {
    let mut scenery = scenery("radford-beale");
    scenery.selected = Some(6);
    scenery.options.legend = false;
    let mut easel = scenery.easel([660.0, 664.0]);
    for step in [10, 96, 200] {
        let room = easel.paint(step).room;
        for x in (20..640).step_by(62) {
            for y in (20..640).step_by(62) {
                let [x, y] = [x, y].map(|side: u16| f32::from(side));
                let pointer = Pos2::new(x, y);
                let beside = room.clone().beside(pointer, vec2(150.0, 60.0));
                let corner = room.clone().in_corner(vec2(190.0, 56.0), pointer);
                for rect in [beside, corner] {
                    assert!(!rect.contains(pointer), "{rect} {pointer}");
                    let covers = room.boxes().iter().any(|it| overlap(it, &rect));
                    assert!(!covers, "{rect} at step {step}");
                }
            }
        }
        let mut room = room;
        room.at_foot(vec2(310.0, 30.0));
        assert_apart(&room, "a hint");
    }
}
