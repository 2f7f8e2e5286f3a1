//! The editor of a typed surface: its formula, the sliders of its parameters, its stationary points,
//! and its window.

mod field;
mod foot;
mod points;
mod sliders;
mod typeset;
mod words;

use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};

use crate::app::action::table;
use crate::app::desk::Desk;
use crate::app::panels::typing::{self, GAP, MARGIN, group};
use crate::app::widgets::icon_button;
use crate::surface::typed::Typed;
use crate::view::icon::Icon;
use crate::view::theme::{CAPTION, strong};

/// Shows the editor of the document's formula.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(typed) = desk.document.typed().cloned() else {
        return;
    };
    let inside = Frame::new().inner_margin(Margin::symmetric(MARGIN, 0));
    inside.show(ui, |ui| heading(ui, desk));
    ui.separator();
    let scroll = ScrollArea::vertical()
        .id_salt((desk.document.id(), "formula"))
        .auto_shrink(false);
    scroll.show(ui, |ui| {
        inside.show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui, desk, &typed);
        });
    });
}

fn content(ui: &mut Ui, desk: &mut Desk<'_>, typed: &Typed) {
    ui.spacing_mut().item_spacing.y = 6.0;
    let typeset = desk.caches.formula.of(typed);
    group(ui, desk, "Formula", "an unknown name can become a slider");
    field::show(ui, desk, typed);
    typeset::show(ui, desk, &typeset);
    if !typed.parameters.is_empty() {
        ui.add_space(GAP);
        group(ui, desk, "Parameters", "range");
        sliders::show(ui, desk, typed, &typeset);
    }
    ui.add_space(GAP);
    points::show(ui, desk);
    ui.add_space(GAP);
    foot::show(ui, desk, typed);
}

fn heading(ui: &mut Ui, desk: &mut Desk<'_>) {
    let kept = if desk.document.is_changed() {
        "not saved yet"
    } else {
        "saved in the preset"
    };
    let size = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let label = "Close the formula";
        let close = icon_button(ui, Icon::Cross, vec2(28.0, 28.0), label);
        if close.on_hover_text(label).clicked() {
            desk.perform(&table::edit::FORMULA);
        }
        typing::words(ui, desk, &words::WORDS);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(strong("Surface by formula").size(14.0));
            let kept = RichText::new(kept).size(CAPTION).color(desk.colors.dim);
            ui.add(Label::new(kept).truncate());
        });
    });
}
