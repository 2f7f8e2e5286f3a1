//! The colours of the ground.

use egui::Color32;

use crate::view::theme::{Colors, Ground};

/// The colours of tones: those of the ground or, if there are only lines, of these.
pub(super) fn tone_colors(colors: &Colors) -> impl Fn(f64) -> Color32 {
    let (ground, tones) = (colors.ground, ground_colors(colors));
    move |tone| match ground {
        Ground::Rainbow => rainbow(tone),
        Ground::Tones => tones(tone),
    }
}

/// The colours of the ground itself.
pub(super) fn ground_colors(colors: &Colors) -> impl Fn(f64) -> Color32 {
    let tones = colors.colour_map();
    move |tone| {
        let [red, green, blue] = tones.at(tone);
        Color32::from_rgb(red, green, blue)
    }
}

/// From blue through cyan, yellow and red to dark red: the "jet" colour map of matplotlib at the
/// time.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of 255"
)]
pub(super) fn rainbow(level: f64) -> Color32 {
    let ramp = |centre: f64| {
        let share = (1.5 - (4.0 * level - centre).abs()).clamp(0.0, 1.0);
        (share * 255.0).round() as u8
    };
    Color32::from_rgb(ramp(3.0), ramp(2.0), ramp(1.0))
}
