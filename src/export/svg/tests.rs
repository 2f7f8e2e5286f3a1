//! Parses documents with an XML parser and checks their contents.

use std::sync::Arc;

use egui::emath::TSTransform;
use egui::epaint::{
    BandPoint, BandShape, Brush, ClippedShape, CubicBezierShape, EllipseShape, Mesh, PathShape,
    PathStroke, QuadraticBezierShape, RectShape, TextShape, Vertex,
};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Color32, ColorImage, CornerRadius, FontFamily, FontId, Galley, Pos2, Rect, Shape, Stroke,
};
use egui::{StrokeKind, TextureId, pos2, vec2};
use roxmltree::{Document, Node};

mod shapes;
mod text;

const PAGE: Rect = Rect {
    min: Pos2::ZERO,
    max: pos2(400.0, 300.0),
};
const PICTURE: TextureId = TextureId::User(7);

fn sheet(background: Option<Color32>) -> super::Sheet {
    super::Sheet {
        size: PAGE.size(),
        inches: None,
        background,
    }
}

fn written_within(clips: &[(Rect, Shape)]) -> String {
    let picture = ColorImage::new(
        [2, 2],
        vec![Color32::RED, Color32::GREEN, Color32::BLUE, Color32::WHITE],
    );
    let clipped: Vec<ClippedShape> = clips
        .iter()
        .map(|(clip_rect, shape)| ClippedShape {
            clip_rect: *clip_rect,
            shape: shape.clone(),
            transform_after_tessellation: TSTransform::IDENTITY,
        })
        .collect();
    super::svg(&clipped, sheet(Some(Color32::BLACK)), |id| {
        (id == PICTURE).then_some(&picture)
    })
}

fn written(shapes: impl IntoIterator<Item = Shape>) -> String {
    let all: Vec<_> = shapes
        .into_iter()
        .map(|shape| (Rect::EVERYTHING, shape))
        .collect();
    written_within(&all)
}

/// Parses the document and lists the elements with a given name.
fn each<R>(svg: &str, name: &str, read: impl Fn(Node<'_, '_>) -> R) -> Vec<R> {
    let document = Document::parse(svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
    document
        .descendants()
        .filter(|node| node.has_tag_name(name))
        .map(read)
        .collect()
}

fn count(svg: &str, name: &str) -> usize {
    each(svg, name, |_| ()).len()
}

fn attribute(svg: &str, element: &str, name: &str) -> String {
    let values = each(svg, element, |node| node.attribute(name).map(str::to_owned));
    values
        .into_iter()
        .next()
        .flatten()
        .unwrap_or_else(|| panic!("no {element} with {name} in {svg}"))
}

fn laid_out(job: &LayoutJob) -> Arc<Galley> {
    let context = egui::Context::default();
    let mut galley = None;
    let mut output = context.run_ui(egui::RawInput::default(), |ui| {
        galley = Some(ui.fonts_mut(|fonts| fonts.layout_job(job.clone())));
    });
    output.textures_delta.clear();
    galley.unwrap()
}

fn format(size: f32, family: FontFamily, color: Color32) -> TextFormat {
    TextFormat::simple(FontId::new(size, family), color)
}

fn text(words: &str) -> TextShape {
    let format = format(13.0, FontFamily::Proportional, Color32::WHITE);
    TextShape::new(
        pos2(20.0, 30.0),
        laid_out(&LayoutJob::single_section(words.into(), format)),
        Color32::RED,
    )
}

#[test]
fn equal_shapes_give_equal_documents_without_exponents() {
    let shapes = || {
        (0..50_u8).map(|n| {
            Shape::circle_filled(
                pos2(1e-9, f32::from(n).sin() * 50.0),
                9.0,
                Color32::from_gray(n + 1),
            )
        })
    };
    let svg = written(shapes());
    assert_eq!(svg, written(shapes()));
    assert!(
        each(&svg, "circle", |node| node
            .attribute("cx")
            .unwrap()
            .to_owned())
        .iter()
        .all(|x| x == "0")
    );
}

#[test]
fn neighbours_in_one_clip_share_a_group() {
    let half = Rect::from_min_max(Pos2::ZERO, pos2(200.0, 300.0));
    let other = half.translate(vec2(100.0, 0.0));
    let dot = || Shape::circle_filled(pos2(150.0, 50.0), 5.0, Color32::RED);
    let away = Shape::circle_filled(pos2(350.0, 50.0), 5.0, Color32::RED);
    let svg = written_within(&[
        (half, dot()),
        (half, dot()),
        (half, away),
        (other, dot()),
        (half, dot()),
        (PAGE.expand(9.0), dot()),
        (Rect::NOTHING, dot()),
    ]);
    let clips = each(&svg, "g", |node| {
        (
            node.attribute("clip-path").map(str::to_owned),
            node.children().filter(Node::is_element).count(),
        )
    });
    let clip = |name: &str| Some(format!("url(#{name})"));
    assert_eq!(
        clips,
        [(clip("d0"), 2), (clip("d1"), 1), (clip("d0"), 1), (None, 1)]
    );
    assert_eq!(count(&svg, "clipPath"), 2);
    assert!(svg.contains(
        r#"<clipPath id="d1"><rect x="100" y="0" width="200" height="300"/></clipPath>"#
    ));
}

#[test]
fn moved_shapes_are_clipped_where_they_come_to_lie() {
    let clipped = ClippedShape {
        clip_rect: Rect::from_min_max(pos2(100.0, 0.0), pos2(200.0, 300.0)),
        shape: Shape::circle_filled(pos2(40.0, 10.0), 5.0, Color32::RED),
        transform_after_tessellation: TSTransform::new(vec2(50.0, 0.0), 2.0),
    };
    let svg = super::svg(&[clipped], sheet(None), |_| None);
    assert_eq!(count(&svg, "circle"), 1);
    assert!(svg.contains(r#"<g transform="translate(50,0) scale(2)"><circle"#));
}

#[test]
fn every_shape_has_its_element() {
    let stroke = Stroke::new(2.0, Color32::LIGHT_BLUE);
    let points = || vec![pos2(10.0, 10.0), pos2(50.0, 20.0), pos2(30.0, 60.0)];
    let rect = Rect::from_min_size(pos2(100.0, 100.0), vec2(40.0, 30.0));
    let mut mesh = Mesh::default();
    for (point, color) in points()
        .into_iter()
        .zip([Color32::RED, Color32::GREEN, Color32::BLUE])
    {
        mesh.colored_vertex(point, color);
    }
    mesh.add_triangle(0, 1, 2);
    let band = [(10.0, 5.0..=9.0), (20.0, 2.0..=4.0)]
        .map(|(x, y)| BandPoint::new(x, y))
        .to_vec();
    let svg = written([
        Shape::Noop,
        Shape::circle_filled(pos2(50.0, 50.0), 10.0, Color32::RED),
        EllipseShape::stroke(pos2(80.0, 50.0), vec2(20.0, 10.0), stroke)
            .with_angle(0.5)
            .into(),
        Shape::line_segment([pos2(0.0, 0.0), pos2(5.0, 5.0)], stroke),
        Shape::Vec(vec![
            Shape::line(points(), stroke),
            Shape::closed_line(points(), stroke),
        ]),
        BandShape::filled(band, Color32::GOLD).into(),
        Shape::rect_filled(rect, 4.0, Color32::GRAY),
        text("hello").into(),
        Shape::mesh(mesh),
        QuadraticBezierShape::from_points_stroke(
            [pos2(0.0, 0.0), pos2(50.0, 0.0), pos2(50.0, 50.0)],
            false,
            Color32::TRANSPARENT,
            stroke,
        )
        .into(),
        CubicBezierShape::from_points_stroke(
            [
                pos2(0.0, 0.0),
                pos2(50.0, 0.0),
                pos2(0.0, 50.0),
                pos2(50.0, 50.0),
            ],
            true,
            Color32::RED,
            stroke,
        )
        .into(),
    ]);
    let expected = [
        ("circle", 1),
        ("ellipse", 1),
        ("line", 1),
        ("polyline", 1),
        ("polygon", 2),
        ("rect", 2), // one of them is the background
        ("text", 1),
        ("path", 3),
        ("image", 0),
        ("clipPath", 0),
        ("g", 1),
    ];
    for (name, number) in expected {
        assert_eq!(count(&svg, name), number, "{name} in {svg}");
    }
    assert_eq!(
        attribute(&svg, "ellipse", "transform"),
        "rotate(28.648 80,50)"
    );
    let paths = each(&svg, "path", |node| {
        node.attribute("d").map(str::to_owned).unwrap()
    });
    assert_eq!(paths[1..], ["M0,0Q50,0 50,50", "M0,0C50,0 0,50 50,50Z"]);
}

#[test]
fn numbers_that_are_none_do_no_harm() {
    let bad = pos2(f32::NAN, f32::INFINITY);
    let svg = written([
        Shape::line(
            vec![pos2(1.0, 1.0), bad, pos2(9.0, 9.0)],
            Stroke::new(1.0, Color32::RED),
        ),
        Shape::circle_filled(bad, 3.0, Color32::RED),
        Shape::rect_filled(Rect::EVERYTHING, 0.0, Color32::RED),
        Shape::Mesh(Arc::new(Mesh {
            indices: vec![0, 1, 2],
            ..Mesh::default()
        })),
    ]);
    assert_eq!(attribute(&svg, "polyline", "points"), "1,1 9,9");
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
}
