//! Tests of which pixels are painted, and in what colour.

use std::f32::consts::TAU;

use egui::{Color32, ColorImage, Mesh, Pos2, Rect, TextureId, TextureOptions, Vec2, pos2, vec2};

use super::{clipped, count, gray, rasterizer, rect, rgba};
use crate::export::raster::Rasterizer;

fn plain() -> Rasterizer {
    rasterizer([1, 1], &[Color32::WHITE], TextureOptions::LINEAR)
}

fn paint_on(background: Color32, mesh: Mesh, size: [usize; 2]) -> ColorImage {
    plain().paint(&clipped(mesh, Rect::EVERYTHING), 1.0, size, background)
}

fn paint(mesh: Mesh, size: [usize; 2]) -> ColorImage {
    paint_on(Color32::TRANSPARENT, mesh, size)
}

fn triangle(corners: [Pos2; 3], color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for corner in corners {
        mesh.colored_vertex(corner, color);
    }
    mesh.add_triangle(0, 1, 2);
    mesh
}

fn rectangle(rect: Rect, color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(rect, color);
    mesh
}

/// Equally spaced points on a circle, rotated by `angle`.
fn ring(centre: Pos2, radius: f32, count: u16, angle: f32) -> Vec<Pos2> {
    let turn = |i: u16| angle + TAU * f32::from(i) / f32::from(count);
    (0..count)
        .map(|i| centre + radius * Vec2::angled(turn(i)))
        .collect()
}

/// Triangles around a centre, which share all inner edges.
fn fan(centre: Pos2, rim: &[Pos2], color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.colored_vertex(centre, color);
    for &corner in rim {
        mesh.colored_vertex(corner, color);
    }
    let count = u32::try_from(rim.len()).unwrap();
    for i in 0..count {
        mesh.add_triangle(0, 1 + i, 1 + (i + 1) % count);
    }
    mesh
}

#[test]
fn shared_edges_are_painted_exactly_once() {
    // Half-transparent paint makes both overlaps and gaps visible.
    let half = rgba(100, 0, 0, 128);
    for step in 0..60_u8 {
        let angle = f32::from(step) * 0.37;
        let centre = pos2(32.0 + f32::from(step) / 64.0, 31.5);
        let image = paint(fan(centre, &ring(centre, 25.0, 7, angle), half), [64, 64]);
        let inside = count(&image, half);
        assert_eq!(inside + count(&image, Color32::TRANSPARENT), 64 * 64);
        // Half of 7 · 25² · sin(2π/7), give or take pixels on the rim.
        assert!(inside.abs_diff(1710) < 30, "{inside} pixels");
    }
}

#[test]
fn shared_edges_through_pixel_centres_are_painted_exactly_once() {
    let half = rgba(100, 0, 0, 128);
    // Each spoke of the fan and each side of the square passes through pixel centres.
    let rim = [(2.5, 2.5), (6.5, 2.5), (6.5, 6.5), (2.5, 6.5)].map(Pos2::from);
    let image = paint(fan(pos2(4.5, 4.5), &rim, half), [9, 9]);
    for y in 0..9 {
        for x in 0..9 {
            // Centres on the left and top sides are inside, those on the right and bottom sides are
            // not.
            let inside = (2..6).contains(&x) && (2..6).contains(&y);
            let color = if inside { half } else { Color32::TRANSPARENT };
            assert_eq!(image[(x, y)], color, "{x} {y}");
        }
    }
}

#[test]
fn a_triangle_covers_the_pixels_whose_centres_it_holds() {
    let corners = [pos2(0.0, 0.0), pos2(8.0, 0.0), pos2(0.0, 8.0)];
    let image = paint(triangle(corners, Color32::WHITE), [8, 8]);
    for y in 0..8 {
        for x in 0..8 {
            // Centres on the slanted right side, x + y + 1 = 8, are outside.
            let inside = x + y + 1 < 8;
            assert_eq!(image[(x, y)] == Color32::WHITE, inside, "{x} {y}");
        }
    }
}

#[test]
fn the_order_of_corners_does_not_matter() {
    let [a, b, c] = [pos2(1.3, 2.1), pos2(14.2, 5.7), pos2(6.6, 13.9)];
    let first = paint(triangle([a, b, c], Color32::WHITE), [16, 16]);
    for corners in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
        assert_eq!(paint(triangle(corners, Color32::WHITE), [16, 16]), first);
    }
}

#[test]
fn a_rectangle_covers_the_same_pixels_as_its_two_triangles() {
    for step in 0..8_u8 {
        let shift = f32::from(step) / 8.0;
        let mesh = rectangle(rect(1.0 + shift, 2.0 + shift, 3.0, 4.0), Color32::WHITE);
        let mut halves = mesh.clone();
        halves.indices = [0, 2, 1, 1, 3, 2].to_vec();
        let image = paint(mesh, [8, 8]);
        assert_eq!(image, paint(halves, [8, 8]));
        assert_eq!(count(&image, Color32::WHITE), 12);
    }
}

#[test]
fn colours_are_blended_as_premultiplied() {
    let color = rgba(100, 50, 0, 128);
    let image = paint_on(
        gray(200),
        rectangle(rect(0.0, 0.0, 1.0, 1.0), color),
        [2, 1],
    );
    // 200 · (255 − 128) / 255 = 99.6
    assert_eq!(image[(0, 0)], rgba(200, 150, 100, 255));
    assert_eq!(image[(1, 0)], gray(200));
}

#[test]
fn a_transparent_background_stays_transparent_and_premultiplied() {
    let color = rgba(60, 30, 0, 128);
    let mut mesh = rectangle(rect(0.0, 0.0, 1.0, 1.0), color);
    mesh.append(rectangle(rect(0.0, 0.0, 2.0, 1.0), color));
    let image = paint(mesh, [3, 1]);
    // Painted twice: 60 + 60 · 127 / 255 = 89.9, 30 + 14.9, 128 + 63.7
    assert_eq!(image[(0, 0)], rgba(90, 45, 0, 192));
    assert_eq!(image[(1, 0)], color);
    assert_eq!(image[(2, 0)], Color32::TRANSPARENT);
}

#[test]
fn additive_colours_add_light() {
    let light = Color32::from_rgb_additive(100, 10, 0);
    let image = paint_on(
        gray(200),
        rectangle(rect(0.0, 0.0, 1.0, 1.0), light),
        [1, 1],
    );
    assert_eq!(image[(0, 0)], rgba(255, 210, 200, 255));
}

#[test]
fn colours_vary_linearly_between_corners() {
    let mut mesh = rectangle(rect(0.0, 0.0, 255.0, 2.0), Color32::WHITE);
    for (vertex, level) in mesh.vertices.iter_mut().zip([0, 255, 0, 255]) {
        vertex.color = rgba(level, 255 - level, 7, 255);
    }
    let image = paint(mesh, [255, 2]);
    for x in 0..255_u8 {
        let pixel = image[(usize::from(x), 1)];
        // The pixel centre is at x + ½, so either rounding is correct.
        let off = i32::from(pixel.r()) - i32::from(x);
        assert!(off == 0 || off == 1, "{pixel:?} at {x}");
        assert!((i32::from(pixel.r()) + i32::from(pixel.g()) - 255).abs() <= 1);
        assert_eq!((pixel.b(), pixel.a()), (7, 255));
    }
}

#[test]
fn edges_fade_from_a_colour_to_nothing() {
    let color = rgba(200, 100, 0, 200);
    let mut mesh = rectangle(rect(0.0, 0.0, 4.0, 1.0), color);
    mesh.vertices[1].color = Color32::TRANSPARENT;
    mesh.vertices[3].color = Color32::TRANSPARENT;
    let image = paint(mesh, [4, 1]);
    let expected = [(175, 88), (125, 62), (75, 38), (25, 12)];
    for (pixel, (strong, weak)) in image.pixels.iter().zip(expected) {
        let [r, g, b, a] = pixel.to_array().map(i32::from);
        assert!(
            (r - strong).abs() <= 1 && (g - weak).abs() <= 1,
            "{pixel:?}"
        );
        assert_eq!((a, b), (r, 0));
    }
}

#[test]
fn clip_rectangles_are_rounded_to_pixels() {
    let mesh = rectangle(rect(-10.0, -10.0, 40.0, 40.0), Color32::WHITE);
    // At two pixels per point: columns 3 (2.6) to 8 (8.4), rows 2 to 6.
    let clip = Rect::from_min_max(pos2(1.3, 1.0), pos2(4.2, 3.0));
    let image = plain().paint(&clipped(mesh, clip), 2.0, [10, 10], Color32::BLACK);
    for y in 0..10 {
        for x in 0..10 {
            let inside = (3..8).contains(&x) && (2..6).contains(&y);
            assert_eq!(image[(x, y)] == Color32::WHITE, inside, "{x} {y}");
        }
    }
}

#[test]
fn shapes_beyond_all_bounds_are_painted_where_they_are() {
    let far = [pos2(-1e9, -1e9), pos2(1e9, -1e9), pos2(-1e9, 1e9)];
    let image = paint(triangle(far, Color32::WHITE), [8, 8]);
    // The slanted side is y = −x.
    assert_eq!(count(&image, Color32::WHITE), 0);
    let far = far.map(|corner| corner + vec2(1024.0, 0.0));
    assert_eq!(
        count(
            &paint(triangle(far, Color32::WHITE), [8, 8]),
            Color32::WHITE
        ),
        64
    );
}

#[test]
fn nonsense_paints_nothing() {
    let bad = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
    for bad in bad {
        let corners = [pos2(0.0, 0.0), pos2(bad, 0.0), pos2(0.0, 8.0)];
        assert_eq!(
            count(
                &paint(triangle(corners, Color32::WHITE), [4, 4]),
                Color32::WHITE
            ),
            0
        );
    }
    let mut mesh = triangle(
        [pos2(0.0, 0.0), pos2(9.0, 0.0), pos2(0.0, 9.0)],
        Color32::WHITE,
    );
    mesh.indices = vec![0, 1, 7];
    assert_eq!(count(&paint(mesh.clone(), [4, 4]), Color32::WHITE), 0);
    mesh.indices = vec![0, 1, 2];
    mesh.texture_id = TextureId::User(5);
    assert_eq!(count(&paint(mesh.clone(), [4, 4]), Color32::WHITE), 0);
    assert_eq!(paint(mesh, [0, 0]).size, [0, 0]);
}
