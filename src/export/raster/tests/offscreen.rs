//! Tests of whole UIs without a window.

use egui::Color32;

use super::{count, rect};
use crate::export::raster::{Offscreen, picture};

fn frame_with_label(ui: &mut egui::Ui) {
    let target = rect(20.0, 20.0, 60.0, 30.0);
    ui.painter()
        .rect_filled(target, 4, Color32::from_rgb(20, 40, 120));
    ui.painter().text(
        target.center(),
        egui::Align2::CENTER_CENTER,
        "Adam",
        egui::FontId::proportional(14.0),
        Color32::WHITE,
    );
}

#[test]
fn a_ui_is_shown_and_nothing_else_is_touched() {
    let fill = Color32::from_rgb(20, 40, 120);
    let image = picture([100, 70], 1.0, Color32::TRANSPARENT, frame_with_label);
    assert!(count(&image, fill) > 1000);
    assert!(image.pixels.iter().any(|pixel| pixel.r() > 200), "no text");
    for (i, pixel) in image.pixels.iter().enumerate() {
        let (x, y) = (i % 100, i / 100);
        if (20..80).contains(&x) && (20..50).contains(&y) {
            let corner = !(24..76).contains(&x) && !(24..46).contains(&y);
            assert!(corner || pixel.is_opaque(), "{x} {y}: {pixel:?}");
        } else {
            assert_eq!(*pixel, Color32::TRANSPARENT, "{x} {y}");
        }
    }
}

#[test]
fn the_same_ui_gives_the_same_bytes() {
    let ui = |ui: &mut egui::Ui| {
        frame_with_label(ui);
        ui.add_space(60.0);
        egui::Frame::group(ui.style()).show(ui, |ui| ui.label("loss 3.27"));
        let _ = ui.button("Reset");
        ui.add(egui::Slider::new(&mut 0.3, 0.0..=1.0).text("rate"));
        egui::Window::new("window").show(ui.ctx(), |ui| ui.label("inside"));
    };
    let first = picture([300, 200], 1.5, Color32::BLACK, ui);
    assert_eq!(picture([300, 200], 1.5, Color32::BLACK, ui), first);
    // A context that was used before must give the same picture.
    let mut window = Offscreen::new([300, 200], 1.5);
    window.picture(Color32::BLACK, ui);
    assert_eq!(window.picture(Color32::BLACK, ui), first);
}

#[test]
fn pixels_per_point_enlarge_what_is_shown() {
    let fill = Color32::from_rgb(20, 40, 120);
    let image = picture([200, 140], 2.0, Color32::TRANSPARENT, frame_with_label);
    assert!(count(&image, fill) > 4000);
    assert_eq!(image[(50, 50)], fill);
    assert_eq!(image[(38, 50)], Color32::TRANSPARENT);
}
