use super::*;

#[test]
fn strokes_lie_where_egui_puts_them() {
    let rect = Rect::from_min_size(pos2(10.0, 10.0), vec2(40.0, 30.0));
    let x = |kind, color| {
        let svg = written([
            RectShape::new(rect, 0.0, Color32::RED, Stroke::new(4.0, color), kind).into(),
        ]);
        each(&svg, "rect", |node| {
            node.attribute("x").unwrap_or_default().to_owned()
        })[1..]
            .to_vec()
    };
    assert_eq!(x(StrokeKind::Inside, Color32::WHITE), ["12"]);
    assert_eq!(x(StrokeKind::Middle, Color32::WHITE), ["10"]);
    assert_eq!(x(StrokeKind::Outside, Color32::WHITE), ["8"]);
    // There is no fill under a translucent stroke.
    assert_eq!(
        x(StrokeKind::Inside, Color32::from_white_alpha(99)),
        ["14", "12"]
    );
}

#[test]
fn corners_angles_and_blurs_of_rectangles() {
    let rect = Rect::from_min_size(pos2(10.0, 10.0), vec2(40.0, 30.0));
    let one = RectShape::filled(
        rect,
        CornerRadius {
            nw: 0,
            ne: 5,
            sw: 0,
            se: 10,
        },
        Color32::RED,
    );
    assert_eq!(
        attribute(&written([one.into()]), "path", "d"),
        "M45,10A5,5 0 0 1 50,15L50,30A10,10 0 0 1 40,40L10,40A0,0 0 0 1 10,40L10,10A0,0 0 0 1 10,10Z"
    );
    let turned = RectShape {
        angle: 1.0,
        ..RectShape::filled(rect, 3.0, Color32::RED)
    };
    assert!(written([turned.into()]).contains(r#"rx="3" transform="rotate(57.296 30,25)""#));
    let soft = RectShape::filled(rect, 3.0, Color32::RED).with_blur_width(8.0);
    assert_eq!(
        attribute(&written([soft.into()]), "feGaussianBlur", "stdDeviation"),
        "2.31"
    );
}

/// Two triangles that cover a rectangle.
fn quad(rect: Rect, uv: Rect, colors: [Color32; 4], texture_id: TextureId) -> Shape {
    let corners = |rect: Rect| {
        [
            rect.left_top(),
            rect.right_top(),
            rect.right_bottom(),
            rect.left_bottom(),
        ]
    };
    let vertices = corners(rect).into_iter().zip(corners(uv)).zip(colors);
    let vertices = vertices
        .map(|((pos, uv), color)| Vertex { pos, uv, color })
        .collect();
    Shape::mesh(Mesh {
        indices: vec![0, 1, 2, 0, 2, 3],
        vertices,
        texture_id,
    })
}

#[test]
fn textures_become_pictures() {
    let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(80.0, 60.0));
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    let brush = Some(Arc::new(Brush {
        fill_texture_id: PICTURE,
        uv: whole,
    }));
    let round = RectShape {
        brush,
        ..RectShape::filled(rect, 6.0, Color32::WHITE)
    };
    let svg = written([
        quad(rect, whole, [Color32::WHITE; 4], PICTURE),
        quad(
            rect,
            Rect::from_min_max(pos2(0.25, 0.0), pos2(1.0, 0.5)),
            [Color32::WHITE; 4],
            PICTURE,
        ),
        quad(rect, whole, [Color32::WHITE; 4], TextureId::User(8)),
        round.into(),
    ]);
    let widths = each(&svg, "image", |node| {
        node.attribute("width").unwrap().to_owned()
    });
    assert_eq!(widths, ["80", "106.67", "80"]);
    assert_eq!(count(&svg, "clipPath"), 2);
    let xlink = ("http://www.w3.org/1999/xlink", "href");
    let data = each(&svg, "image", |node| {
        node.attribute(xlink).unwrap().to_owned()
    });
    assert!(
        data.iter()
            .all(|data| data.starts_with("data:image/png;base64,iVBOR"))
    );
    assert_eq!(data[0], data[2]);
}

#[test]
fn meshes_become_gradients_or_flat_pieces() {
    let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(80.0, 60.0));
    let [a, b] = [Color32::RED, Color32::BLUE];
    let plain = |colors| quad(rect, Rect::ZERO, colors, TextureId::default());
    let svg = written([
        plain([a, b, b, a]),
        plain([a, a, b, b]),
        plain([a; 4]),
        plain([a, b, a, b]),
    ]);
    assert_eq!(count(&svg, "linearGradient"), 2);
    let fills = each(&svg, "path", |node| {
        node.attribute("fill").unwrap().to_owned()
    });
    // Two triangles of the same colour share a path.
    assert_eq!(fills, ["#ff0000", "#aa0055"]);
}

#[test]
fn a_line_of_changing_color_is_cut_into_pieces() {
    let points: Vec<Pos2> = (0..10_u8).map(|n| pos2(f32::from(n) * 10.0, 5.0)).collect();
    let color = |_: Rect, at: Pos2| {
        if at.x < 40.0 {
            Color32::RED
        } else {
            Color32::BLUE
        }
    };
    let svg = written([PathShape::line(points, PathStroke::new_uv(2.0, color)).into()]);
    let pieces = each(&svg, "polyline", |node| {
        node.attribute("points").unwrap().split(' ').count()
    });
    assert_eq!(pieces, [5, 6]);
}
