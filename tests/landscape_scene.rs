//! The scene as a landscape: axes around it, and what the surface hides or what lies beside it.

mod common;

use std::sync::Arc;

use common::scenery::{Easel, Painted, Scenery};
use egui::{Color32, Pos2, Rect, Shape};
use slalom::plane::Window;
use slalom::preset::{Projection, Viewpoint, from_text, load_built_in};
use slalom::sampling::Heights;
use slalom::surface::{About, Equation, Formula, Number};
use slalom::view::eye::Eye;
use slalom::view::scene::Quadratic;

const SIZES: [[f32; 2]; 4] = [
    [300.0, 240.0],
    [454.0, 636.0],
    [664.0, 636.0],
    [1280.0, 720.0],
];

fn scenery(name: &str) -> Scenery {
    let mut scenery = Scenery::of(load_built_in(name).unwrap());
    scenery.options.lens = false;
    scenery.options.legend = false;
    scenery
}

/// Six racers that leave the saddle in the same direction.
fn escape() -> Scenery {
    let racers = "(optimizer: GradientDescent(learning_rate: 0.2)),".repeat(6);
    let text =
        format!("(version: 1, surface: Saddle, start: (0.4, 0.3), steps: 30, racers: [{racers}])");
    let mut scenery = Scenery::of(from_text("escape", &text).unwrap());
    scenery.heights = Heights::Linear;
    scenery.options.lens = false;
    scenery.options.legend = false;
    scenery
}

/// Viewpoints all around, low and high, near and far.
fn viewpoints(count: u32) -> impl Iterator<Item = Viewpoint> {
    (0..count).map(|index| {
        // Golden angles: no two are alike.
        let turn = f64::from(index) * 0.618_033_988_75;
        let rise = f64::from(index) * 0.754_877_666_25;
        let zoom = f64::from(index) * 0.569_840_290_998;
        Viewpoint {
            zoom: if index % 3 == 0 {
                (zoom.fract() * 5.5 - 1.3).exp()
            } else {
                1.0
            },
            projection: if index % 5 == 4 {
                Projection::Parallel
            } else {
                Projection::Perspective
            },
            shift: [0.1 * zoom.fract(), 0.0],
            ..Viewpoint::at(turn.fract() * 360.0 - 180.0, rise.fract() * 90.0)
        }
    })
}

fn overlap(one: &Rect, other: &Rect) -> bool {
    let both = one.intersect(*other);
    both.width() > 0.1 && both.height() > 0.1
}

#[track_caller]
fn assert_apart(painted: &Painted, about: &str) {
    let (boxes, edges) = (painted.room.boxes(), painted.room.edges());
    let all: Vec<&Rect> = boxes.iter().chain(edges).collect();
    for (index, one) in all.iter().enumerate() {
        for other in &all[..index] {
            assert!(!overlap(one, other), "{about}: {one} and {other}");
        }
    }
    let picture = painted.eye.rect();
    for edge in edges {
        assert!(picture.contains_rect(*edge), "{about}: {edge}");
    }
}

#[test]
fn numbers_and_labels_neither_overlap_nor_leave_the_picture() {
    let mut numbers = 0;
    for name in ["saddle", "radford-beale", "rosenbrock", "long-valley"] {
        for (index, size) in SIZES.into_iter().enumerate() {
            let mut scenery = scenery(name);
            scenery.heights = Heights::ALL[index % 3];
            scenery.selected = Some(index % 2);
            scenery.options.legend = index > 1;
            scenery.options.lens = index > 1;
            scenery.options.text = if index == 2 { 18.0 } else { 12.0 };
            let mut easel = scenery.easel(size);
            for viewpoint in viewpoints(24) {
                easel.look_from(&viewpoint);
                let painted = easel.paint(40);
                assert_apart(&painted, &format!("{name}, {size:?}, {viewpoint:?}"));
                numbers += painted.room.edges().len();
            }
        }
    }
    assert!(numbers > 2500, "{numbers}");
}

/// The texts in a picture.
fn texts(painted: &Painted) -> Vec<String> {
    let mut found = Vec::new();
    each(painted, &mut |shape| {
        if let Shape::Text(text) = shape {
            found.push(text.galley.text().to_owned());
        }
    });
    found
}

/// Sees every shape of a picture.
fn each(painted: &Painted, see: &mut impl FnMut(&Shape)) {
    fn go(shape: &Shape, see: &mut impl FnMut(&Shape)) {
        if let Shape::Vec(shapes) = shape {
            for shape in shapes {
                go(shape, see);
            }
        } else {
            see(shape);
        }
    }
    for clipped in &painted.shapes {
        go(&clipped.shape, see);
    }
}

#[test]
fn a_landscape_has_three_named_axes_and_the_plane_has_a_key() {
    let mut scenery = scenery("saddle");
    scenery.heights = Heights::Linear;
    let mut easel = scenery.easel([664.0, 636.0]);
    assert!(texts(&easel.paint(0)).iter().any(|text| text == "high"));
    easel.look_from(&Viewpoint::RADFORD);
    let found = texts(&easel.paint(0));
    for name in ["x", "y", "loss, linear", "0"] {
        assert!(found.iter().any(|text| text == name), "{name}: {found:?}");
    }
    assert!(!found.iter().any(|text| text == "high"), "{found:?}");
    easel.look_from(&Viewpoint::at(-60.0, 88.0));
    let found = texts(&easel.paint(0));
    assert!(
        !found.iter().any(|text| text == "loss, linear"),
        "{found:?}"
    );
    assert!(found.iter().any(|text| text == "x"), "{found:?}");
}

/// The colours of the closed shapes around a spot: fill and outline.
fn marks_at(painted: &Painted, spot: Pos2) -> Vec<[Color32; 2]> {
    let near = Rect::from_center_size(spot, egui::Vec2::splat(24.0));
    let mut found = Vec::new();
    each(painted, &mut |shape| match shape {
        Shape::Circle(circle) if circle.center.distance(spot) < 0.1 => {
            found.push([circle.fill, circle.stroke.color]);
        }
        Shape::Path(path) if path.closed && path.points.iter().all(|it| near.contains(*it)) => {
            let color = match path.stroke.color {
                egui::epaint::ColorMode::Solid(color) => color,
                egui::epaint::ColorMode::UV(_) => Color32::TRANSPARENT,
            };
            found.push([path.fill, color]);
        }
        _ => {}
    });
    found
}

#[test]
fn a_head_behind_the_surface_is_hollow_and_faint() {
    let mut scenery = scenery("saddle");
    scenery.heights = Heights::Linear;
    let mut easel = scenery.easel([664.0, 636.0]);
    let step = 30;
    let [mut seen, mut hidden] = [0, 0];
    for turn in 0..24 {
        easel.look_from(&Viewpoint::at(f64::from(turn) * 15.0 - 180.0, 12.0));
        let painted = easel.paint(step);
        for racer in scenery.racers(30.0) {
            let at = racer.path.at(step);
            if !painted.eye.window().contains(at) {
                continue;
            }
            let marks = marks_at(&painted, painted.eye.spot(at));
            let color = racer.colors.color;
            let is_filled = marks.iter().any(|[fill, _]| *fill == color);
            let faint = [Color32::TRANSPARENT, color.gamma_multiply(0.28)];
            if painted.eye.hides(at) {
                hidden += 1;
                assert!(!is_filled, "{} {turn}: {marks:?}", racer.name);
                assert!(marks.contains(&faint), "{} {turn}: {marks:?}", racer.name);
            } else {
                seen += 1;
                assert!(is_filled, "{} {turn}: {marks:?}", racer.name);
            }
        }
    }
    assert!(seen > 20 && hidden > 20, "{seen} {hidden}");
}

/// The arrows in these colours, faint or not, at the edge of the landscape or the picture: tip and
/// notch.
fn arrows(painted: &Painted, color: Color32) -> Vec<[Pos2; 2]> {
    let mut found = Vec::new();
    each(painted, &mut |shape| {
        if let Shape::Path(path) = shape
            && path.points.len() == 4
            && (path.fill == color || path.fill == color.gamma_multiply(0.28))
            && (path.points[1].distance(path.points[3]) - 12.0).abs() < 0.1
        {
            found.push([path.points[0], path.points[2]]);
        }
    });
    found
}

#[test]
fn a_racer_beside_the_landscape_has_an_arrow_at_its_edge() {
    let scenery = escape();
    let mut easel = scenery.easel([664.0, 500.0]);
    let step = 14;
    for turn in 0..12 {
        easel.look_from(&Viewpoint::at(f64::from(turn) * 30.0 - 175.0, 35.0));
        let painted = easel.paint(step);
        let window = painted.eye.window();
        let racers = scenery.racers(14.0);
        let [x, y] = racers[0].path.at(step);
        assert!(!window.contains([x, y]));
        let edge = [
            x.clamp(window.x[0], window.x[1]),
            y.clamp(window.y[0], window.y[1]),
        ];
        let (edge, there) = (painted.eye.spot(edge), painted.eye.spot([x, y]));
        for (index, racer) in racers.iter().enumerate() {
            let arrows = arrows(&painted, racer.colors.color);
            assert_eq!(arrows.len(), 1, "racer {index}, turn {turn}");
            let [tip, notch] = arrows[0];
            assert!(painted.eye.rect().contains(tip));
            if index == 0 {
                let (shown, way) = ((tip - notch).normalized(), (there - edge).normalized());
                assert!(shown.dot(way) > 0.98, "turn {turn}: {shown} {way}");
                assert!(notch.distance(edge) < 40.0, "turn {turn}: {notch} {edge}");
            }
        }
    }
}

/// A surface that is undefined where x + y is negative.
#[derive(Debug)]
struct Torn;

impl Formula for Torn {
    const ABOUT: About = About {
        name: "Torn",
        title: "Torn",
        equation: Equation::Words(""),
        window: Window::square(2.0),
        minima: &[],
        source: "",
        teaches: "",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        (x + y).sqrt()
    }
}

/// A surface that is defined nowhere.
#[derive(Debug)]
struct Nothing;

impl Formula for Nothing {
    const ABOUT: About = About {
        name: "Nothing",
        ..Torn::ABOUT
    };

    fn formula<D: Number>(&self, x: D, _y: D) -> D {
        x * f64::NAN
    }
}

fn look_around(easel: &mut Easel<'_>) {
    for viewpoint in viewpoints(12) {
        easel.look_from(&viewpoint);
        for step in [0, 20] {
            easel.paint(step);
        }
    }
    for zoom in Viewpoint::ZOOMS {
        easel.look_from(&Viewpoint {
            zoom,
            ..Viewpoint::RADFORD
        });
        easel.paint(5);
    }
}

#[test]
fn holes_empty_fields_and_tiny_pictures_can_be_painted() {
    for hole in 0..3 {
        let mut scenery = escape();
        scenery.options.legend = true;
        scenery.options.lens = true;
        scenery.selected = Some(0);
        scenery.flow = Some(scenery.paths[0].clone());
        scenery.others = vec![Arc::new(scenery.paths[1].clone())];
        scenery.curvature = Some(Quadratic {
            at: [0.3, 0.2],
            values: [2.0, 0.0],
            directions: [[1.0, 0.0], [0.0, 1.0]],
        });
        match hole {
            0 => {}
            1 => scenery.surface = Arc::new(Torn),
            _ => scenery.surface = Arc::new(Nothing),
        }
        for size in [[1.0, 1.0], [40.0, 3.0], [300.0, 240.0]] {
            look_around(&mut scenery.easel(size));
        }
    }
}

#[test]
fn two_eyes_on_one_surface_see_the_same_race() {
    let scenery = scenery("radford-beale");
    let mut easel = scenery.easel([454.0, 636.0]);
    let above = easel.eye();
    assert!(matches!(above, Eye::Above(_)));
    let texts_above = texts(&easel.paint(96));
    easel.look_from(&Viewpoint::RADFORD);
    easel.paint(96);
    easel.look_from(&Viewpoint::ABOVE);
    assert_eq!(easel.eye(), above);
    assert_eq!(texts(&easel.paint(96)), texts_above);
}
