//! The timeline of a figure in an article: a button, the scrubber, the step, and a way to the page.

use egui::{Align, FontId, Layout, RichText, Ui, Vec2};

use super::{Sizes, counter, play_button, scrubber};
use crate::app::action::AppAction;
use crate::app::desk::Desk;
use crate::app::widgets::link_text;
use crate::view::fonts;

/// The height of the whole.
pub const HEIGHT: f32 = 48.0;
/// The diameter of the button.
const BUTTON: f32 = 32.0;
/// The space between the parts.
const GAP: f32 = 10.0;
/// The width below which the step stands there alone, without the way to the page.
const NARROW: f32 = 260.0;

/// The sizes of what it shares with the window's timeline.
const SIZES: Sizes = Sizes {
    height: HEIGHT,
    text: 13.0,
    scale: 1.0,
    handle: 7.5,
    is_small: true,
};

/// Shows the timeline.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let has_page = desk.workspace.page.is_some() && ui.available_width() >= NARROW;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        play_button(ui, desk, Vec2::splat(BUTTON), BUTTON);
        let text = counter::whole(desk);
        let step = width(ui, &text, fonts::numbers(SIZES.text - 1.0)) + GAP;
        let page = if has_page {
            width(ui, PAGE, FontId::proportional(SIZES.text)) + 3.0 * GAP
        } else {
            0.0
        };
        let room = (ui.available_width() - step - page).max(40.0);
        scrubber::show(ui, desk, room, SIZES);
        ui.label(RichText::new(text).font(fonts::numbers(SIZES.text - 1.0)));
        if has_page {
            ui.separator();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let page = link_text(ui, PAGE, desk.colors.accent);
                let page = page.on_hover_text("Open this race in Slalom, in a tab of its own");
                if page.clicked() {
                    desk.send(AppAction::OpenPage);
                }
            });
        }
    });
}

/// What leads to the page.
const PAGE: &str = "Slalom ↗";

/// Returns the width of a text.
fn width(ui: &Ui, text: &str, font: FontId) -> f32 {
    let color = ui.visuals().text_color();
    ui.painter()
        .layout_no_wrap(text.to_owned(), font, color)
        .size()
        .x
}
