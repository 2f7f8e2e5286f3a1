//! Tests of how textures are sampled, and how they change.

use egui::epaint::{ImageDelta, Vertex, WHITE_UV};
use egui::{
    Color32, ColorImage, Mesh, Pos2, Rect, TextureOptions, TextureWrapMode, TexturesDelta, pos2,
};

use super::{ALL_UV, TEXTURE, change, clipped, count, gray, rasterizer, rect, rgba};
use crate::export::raster::Rasterizer;

const FOUR: [Color32; 4] = [Color32::RED, Color32::GREEN, Color32::BLUE, Color32::WHITE];

fn show(rasterizer: &Rasterizer, rect: Rect, uv: Rect, tint: Color32) -> ColorImage {
    let mut mesh = Mesh::with_texture(TEXTURE);
    mesh.add_rect_with_uv(rect, uv, tint);
    rasterizer.paint(
        &clipped(mesh, Rect::EVERYTHING),
        1.0,
        [8, 8],
        Color32::BLACK,
    )
}

#[test]
fn a_texel_on_a_pixel_is_that_texel() {
    for options in [TextureOptions::NEAREST, TextureOptions::LINEAR] {
        let four = rasterizer([2, 2], &FOUR, options);
        let image = show(&four, rect(3.0, 4.0, 2.0, 2.0), ALL_UV, Color32::WHITE);
        let seen = [(3, 4), (4, 4), (3, 5), (4, 5)].map(|at| image[at]);
        assert_eq!(seen, FOUR);
        assert_eq!(count(&image, Color32::BLACK), 60);
        let tinted = show(
            &four,
            rect(3.0, 4.0, 2.0, 2.0),
            ALL_UV,
            rgba(50, 100, 0, 255),
        );
        assert_eq!(tinted[(3, 4)], rgba(50, 0, 0, 255));
        assert_eq!(tinted[(4, 5)], rgba(50, 100, 0, 255));
    }
}

#[test]
fn nearest_shows_the_texel_that_holds_the_point() {
    let four = rasterizer([2, 2], &FOUR, TextureOptions::NEAREST);
    let image = show(&four, rect(0.0, 0.0, 8.0, 8.0), ALL_UV, Color32::WHITE);
    for y in 0..8 {
        for x in 0..8 {
            assert_eq!(image[(x, y)], FOUR[y / 4 * 2 + x / 4], "{x} {y}");
        }
    }
}

#[test]
fn linear_mixes_neighbouring_texels_and_clamps_at_the_border() {
    let options = TextureOptions::LINEAR;
    let two = rasterizer([2, 1], &[gray(0), gray(160)], options);
    let image = show(&two, rect(0.0, 0.0, 8.0, 1.0), ALL_UV, Color32::WHITE);
    let row: Vec<u8> = image.pixels[..8].iter().map(Color32::r).collect();
    // Four pixels per texel: interpolation starts and ends at the texels' centres.
    assert_eq!(row, [0, 0, 20, 60, 100, 140, 160, 160]);

    // The same along columns, which takes the slow path.
    let two = rasterizer([1, 2], &[gray(0), gray(160)], options);
    let image = show(&two, rect(0.0, 0.0, 1.0, 8.0), ALL_UV, Color32::WHITE);
    let column: Vec<u8> = (0..8).map(|y| image[(0, y)].r()).collect();
    assert_eq!(column, row);
}

#[test]
fn all_ways_through_a_texture_agree() {
    // A quad that is painted as a rectangle, and the same one as two triangles of a fan.
    let texels: Vec<_> = (0..64_u8).map(|i| gray(i.wrapping_mul(37))).collect();
    for options in [TextureOptions::LINEAR, TextureOptions::NEAREST] {
        let texture = rasterizer([8, 8], &texels, options);
        let target = rect(0.3, 0.6, 6.9, 7.1);
        let image = show(&texture, target, ALL_UV, Color32::WHITE);
        let mut mesh = Mesh::with_texture(TEXTURE);
        mesh.add_rect_with_uv(target, ALL_UV, Color32::WHITE);
        mesh.indices = vec![0, 1, 3, 0, 3, 2];
        let fan = texture.paint(
            &clipped(mesh, Rect::EVERYTHING),
            1.0,
            [8, 8],
            Color32::BLACK,
        );
        assert_eq!(image, fan);
    }
}

#[test]
fn wrap_modes_repeat_and_mirror() {
    let shown = |wrap_mode| {
        let options = TextureOptions {
            wrap_mode,
            ..TextureOptions::NEAREST
        };
        let three = rasterizer([3, 1], &[gray(10), gray(20), gray(30)], options);
        let uv = Rect::from_min_max(pos2(-1.0, 0.0), pos2(5.0 / 3.0, 1.0));
        let image = show(&three, rect(0.0, 0.0, 8.0, 1.0), uv, Color32::WHITE);
        image.pixels[..8].iter().map(Color32::r).collect::<Vec<_>>()
    };
    let clamped = shown(TextureWrapMode::ClampToEdge);
    assert_eq!(clamped, [10, 10, 10, 10, 20, 30, 30, 30]);
    let repeated = shown(TextureWrapMode::Repeat);
    assert_eq!(repeated, [10, 20, 30, 10, 20, 30, 10, 20]);
    let mirrored = shown(TextureWrapMode::MirroredRepeat);
    assert_eq!(mirrored, [30, 20, 10, 10, 20, 30, 30, 20]);
}

#[test]
fn a_texture_is_updated_in_part() {
    let mut textured = rasterizer([2, 2], &FOUR, TextureOptions::NEAREST);
    let patch = ColorImage::filled([1, 2], Color32::GRAY);
    change(
        &mut textured,
        ImageDelta::partial([1, 0], patch, TextureOptions::NEAREST),
    );
    let image = show(&textured, rect(0.0, 0.0, 2.0, 2.0), ALL_UV, Color32::WHITE);
    let seen = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|at| image[at]);
    assert_eq!(
        seen,
        [Color32::RED, Color32::GRAY, Color32::BLUE, Color32::GRAY]
    );

    // The part of a patch outside the texture is cut off.
    let patch = ColorImage::filled([3, 3], Color32::YELLOW);
    change(
        &mut textured,
        ImageDelta::partial([1, 1], patch, TextureOptions::NEAREST),
    );
    let image = show(&textured, rect(0.0, 0.0, 2.0, 2.0), ALL_UV, Color32::WHITE);
    assert_eq!(image[(1, 1)], Color32::YELLOW);
    assert_eq!(count(&image, Color32::YELLOW), 1);
}

#[test]
fn a_freed_texture_is_kept_for_the_frame_that_frees_it() {
    let mut textured = rasterizer([2, 2], &FOUR, TextureOptions::NEAREST);
    let colors = |rasterizer: &Rasterizer| {
        let whole = rect(0.0, 0.0, 8.0, 8.0);
        count(
            &show(rasterizer, whole, ALL_UV, Color32::WHITE),
            Color32::BLACK,
        )
    };
    let mut delta = TexturesDelta::default();
    delta.free(TEXTURE);
    textured.update_textures(&mut delta);
    assert!(delta.is_empty());
    assert_eq!(colors(&textured), 0);
    textured.update_textures(&mut delta);
    assert_eq!(colors(&textured), 64);
}

#[test]
fn a_triangle_with_one_point_of_a_texture_has_its_colour() {
    let four = rasterizer([2, 2], &FOUR, TextureOptions::LINEAR);
    let vertex = |pos: Pos2, uv: Pos2| Vertex {
        pos,
        uv,
        color: Color32::WHITE,
    };
    let shown = |uv: Pos2| {
        let mesh = Mesh {
            indices: vec![0, 1, 2],
            vertices: [pos2(0.0, 0.0), pos2(20.0, 0.0), pos2(0.0, 20.0)]
                .map(|pos| vertex(pos, uv))
                .to_vec(),
            texture_id: TEXTURE,
        };
        four.paint(
            &clipped(mesh, Rect::EVERYTHING),
            1.0,
            [2, 2],
            Color32::BLACK,
        )[(1, 1)]
    };
    assert_eq!(shown(WHITE_UV), Color32::RED);
    assert_eq!(shown(pos2(0.75, 0.25)), Color32::GREEN);
    assert_eq!(shown(pos2(0.5, 0.25)), rgba(128, 128, 0, 255));
}
