//! The timeline of a phone: two rows, or one above which a drawer is open.

use egui::{Align, Layout, Ui, Vec2, vec2};

use super::{Sizes, counter, play_button, scrubber, speed};
use crate::app::action::table::play;
use crate::app::desk::Desk;
use crate::app::widgets::entry_icon;
use crate::view::theme::touch::TARGET;

/// The height of both rows.
const TALL: f32 = 104.0;
/// The height of the slider's row.
const SLIDER: f32 = 44.0;
/// The height of the only row.
const FLAT: f32 = 52.0;
/// The height of a window from which there is room for two rows.
const ROOMY: f32 = 560.0;
/// The space on both sides of the rows.
const MARGIN: f32 = 8.0;

const SIZES: Sizes = Sizes {
    height: FLAT,
    text: 14.5,
    scale: 1.1,
    handle: 11.0,
    is_small: true,
};

/// Returns the height: both rows if the scene has room enough above them.
pub fn height(ui: &Ui, desk: &Desk<'_>) -> f32 {
    let is_flat = desk.workspace.phone_drawer().is_some() || is_low(ui);
    if is_flat { FLAT } else { TALL }
}

/// Returns whether the window is too low for more than the most important things.
pub fn is_low(ui: &Ui) -> bool {
    ui.ctx().content_rect().height() < ROOMY
}

/// Shows the timeline.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    if height(ui, desk) > FLAT {
        rows(ui, desk);
    } else {
        row(ui, desk);
    }
}

/// The slider above the buttons.
fn rows(ui: &mut Ui, desk: &mut Desk<'_>) {
    let width = ui.available_width();
    ui.allocate_ui(vec2(width, SLIDER), |ui| {
        ui.horizontal_centered(|ui| {
            ui.add_space(MARGIN);
            scrubber::show(ui, desk, width - 2.0 * MARGIN, SIZES);
        });
    });
    let buttons = vec2(width, ui.available_height());
    ui.allocate_ui_with_layout(buttons, Layout::left_to_right(Align::Center), |ui| {
        /// The size of the button in the middle.
        const PLAY: f32 = 48.0;
        const GAP: f32 = 10.0;
        let transport = 2.0 * (TARGET + GAP) + PLAY;
        let left = ui.max_rect().center().x - transport / 2.0;
        ui.add_space(MARGIN);
        let counted = counter::width(ui, desk, SIZES);
        counter::show(ui, desk, counted, SIZES);
        ui.add_space((left - ui.cursor().left()).max(0.0));
        entry_icon(ui, desk, &play::STEP_BACK, Vec2::splat(TARGET));
        ui.add_space(GAP);
        play_button(ui, desk, Vec2::splat(PLAY), PLAY);
        ui.add_space(GAP);
        entry_icon(ui, desk, &play::STEP_FORWARD, Vec2::splat(TARGET));
        let room = ui.available_width() - MARGIN - speed::width(SIZES);
        ui.add_space(room.max(0.0));
        speed::show(ui, desk, SIZES);
    });
}

/// The slider between the button and the counter.
fn row(ui: &mut Ui, desk: &mut Desk<'_>) {
    /// The diameter of the button's disc.
    const DISC: f32 = 36.0;
    ui.horizontal_centered(|ui| {
        ui.add_space(MARGIN / 2.0);
        play_button(ui, desk, Vec2::splat(TARGET), DISC);
        let counted = counter::width(ui, desk, SIZES);
        let room = ui.available_width() - counted - 3.0 * MARGIN;
        ui.add_space(MARGIN);
        scrubber::show(ui, desk, room.max(40.0), SIZES);
        ui.add_space(MARGIN);
        counter::show(ui, desk, counted, SIZES);
    });
}
