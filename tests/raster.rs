//! An `egui_kittest` harness with the CPU renderer shows what a window would.

mod common;

use common::renderer::CpuRenderer;
use egui::{Color32, Rect, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

const PANEL: Color32 = Color32::from_rgb(23, 27, 38);
const SWATCH: Color32 = Color32::from_rgb(248, 110, 62);

fn ui(ui: &mut egui::Ui, checked: &mut bool) {
    ui.painter().rect_filled(ui.ctx().content_rect(), 0, PANEL);
    ui.checkbox(checked, "Show minima");
    ui.label("Loss");
    let swatch = Rect::from_min_size(pos2(100.0, 60.0), vec2(20.0, 10.0));
    ui.painter().rect_filled(swatch, 0, SWATCH);
}

fn harness(pixels_per_point: f32) -> Harness<'static, bool> {
    Harness::builder()
        .with_size(Vec2::new(160.0, 90.0))
        .with_pixels_per_point(pixels_per_point)
        .renderer(CpuRenderer::default())
        .build_ui_state(ui, false)
}

fn pixel(image: &image::RgbaImage, x: u32, y: u32) -> Color32 {
    let [red, green, blue, alpha] = image.get_pixel(x, y).0;
    Color32::from_rgba_premultiplied(red, green, blue, alpha)
}

#[test]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positions in a small window"
)]
fn a_harness_is_rendered_without_a_gpu() {
    let mut harness = harness(1.0);
    harness.run();
    let image = harness.render().expect("a picture");
    assert_eq!(image.dimensions(), (160, 90));
    assert_eq!(pixel(&image, 155, 5), PANEL);
    assert_eq!(pixel(&image, 0, 89), PANEL);
    assert_eq!(pixel(&image, 100, 60), SWATCH);
    assert_eq!(pixel(&image, 119, 69), SWATCH);
    assert_eq!(pixel(&image, 99, 60), PANEL);
    assert_eq!(pixel(&image, 120, 69), PANEL);
    let label = harness.get_by_label("Loss").rect();
    let [left, top] = [label.left(), label.top()].map(|edge| edge.round() as u32);
    let bright = (left..left + 20)
        .flat_map(|x| (top..top + 14).map(move |y| (x, y)))
        .filter(|&(x, y)| pixel(&image, x, y).r() > 100);
    assert!(bright.count() > 10, "the label cannot be read");
}

#[test]
fn a_click_changes_the_picture() {
    let mut harness = harness(1.0);
    harness.run();
    let before = harness.render().expect("a picture");
    harness.get_by_label("Show minima").click();
    harness.run();
    assert!(*harness.state());
    assert_ne!(harness.render().expect("a picture"), before);
}

#[test]
fn a_dense_screen_has_more_pixels() {
    let mut harness = harness(2.0);
    harness.run();
    let image = harness.render().expect("a picture");
    assert_eq!(image.dimensions(), (320, 180));
    assert_eq!(pixel(&image, 200, 120), SWATCH);
    assert_eq!(pixel(&image, 239, 139), SWATCH);
    assert_eq!(pixel(&image, 199, 120), PANEL);
}
