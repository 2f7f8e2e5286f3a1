//! What stands below the scenes of a comparison: how they are shown, and what acts on which.

use egui::{Align, Button, Label, Layout as Arrangement, Rect, RichText, Ui, pos2, vec2};

use crate::app::action::table::{self, Entry};
use crate::app::desk::Desk;
use crate::app::widgets::{Segment, entry_button, name, segments};
use crate::app::workspace::Layout;

/// The height.
pub const HEIGHT: f32 = 26.0;
/// The width from which buttons have texts.
const ROOMY: f32 = 540.0;
/// The width from which the sentence is shown.
const LEGIBLE: f32 = 130.0;

/// Shows the layout, the buttons and the sentence.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some([other, own]) = desk.letters() else {
        return;
    };
    let is_roomy = ui.available_width() > ROOMY;
    ui.horizontal(|ui| {
        ui.set_height(HEIGHT);
        ui.spacing_mut().item_spacing.x = 8.0;
        layouts(ui, desk, [other, own]);
        if is_roomy {
            swap_button(ui, desk);
            let end = Button::new("End comparison").min_size(vec2(0.0, HEIGHT));
            let response = ui.add(end);
            let tooltip = table::tabs::COMPARE.tooltip(ui.ctx());
            if response.on_hover_text(tooltip).clicked() {
                desk.perform(&table::tabs::COMPARE);
            }
        } else {
            entry_button(ui, desk, &table::tabs::SWAP);
            entry_button(ui, desk, &table::tabs::COMPARE);
        }
        if ui.available_width() < LEGIBLE {
            return;
        }
        ui.with_layout(Arrangement::right_to_left(Align::Center), |ui| {
            let text = RichText::new(sentence(desk, [other, own])).size(11.0);
            let label = Label::new(text.color(desk.colors.dim));
            ui.add(label.truncate().selectable(false));
        });
    });
}

/// The two layouts; a narrow window has room for one.
fn layouts(ui: &mut Ui, desk: &mut Desk<'_>, [other, own]: [&str; 2]) {
    let is_beside = desk.workspace.layout() == Some(Layout::SideBySide);
    let hindrance = table::tabs::GHOSTS.hindrance(desk.workspace, desk.document);
    let ghosts = format!("Ghosts of {other} in {own}");
    let choices = [
        Segment::new("Side by side", is_beside).unless(hindrance),
        Segment::new(&ghosts, !is_beside),
    ];
    let clicked = segments(ui, desk.colors, None, &choices);
    if clicked.is_some_and(|index| (index == 0) != is_beside) {
        desk.perform(&table::tabs::GHOSTS);
    }
}

fn swap_button(ui: &mut Ui, desk: &mut Desk<'_>) {
    let entry: &'static Entry = &table::tabs::SWAP;
    let button = Button::new("      Swap").min_size(vec2(0.0, HEIGHT));
    let response = ui.add(button);
    let middle = pos2(response.rect.left() + 18.0, response.rect.center().y);
    let area = Rect::from_center_size(middle, vec2(16.0, 16.0));
    let color = ui.style().interact(&response).text_color();
    entry.icon.paint(ui.painter(), area, color);
    name(ui, &response, entry.label);
    if response.on_hover_text(entry.tooltip(ui.ctx())).clicked() {
        desk.perform(entry);
    }
}

fn sentence(desk: &Desk<'_>, [other, own]: [&str; 2]) -> String {
    let is_beside = desk.workspace.layout() == Some(Layout::SideBySide);
    let on_one_surface = desk.workspace.rival().is_some_and(|rival| {
        let race = desk.document.experiment();
        rival.experiment().same_surface(race)
    });
    if is_beside {
        format!("Sliders and undo act on {own}, the framed one; click {other} to work on {other}.")
    } else if on_one_surface {
        format!("Sliders and undo act on {own}.")
    } else {
        format!("{other} runs on another surface, so its paths are not drawn here.")
    }
}
