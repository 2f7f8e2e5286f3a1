//! The editor of a rule of one's own: its lines, what they do in this step, and the sliders of its
//! parameters.

mod field;
mod foot;
mod heading;
mod sliders;
mod typeset;
mod words;

use egui::{Frame, Margin, Panel, ScrollArea, Ui};

use crate::app::controls::{checked, rows};
use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::app::panels::typing::{GAP, MARGIN, group};
use crate::optimizer::OwnRule;

/// The least height of an editor in which the buttons are always seen.
const HIGH: f32 = 520.0;

/// Shows the editor of the rule that is edited in the document.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some((racer, rule)) = desk.document.edited_rule() else {
        return;
    };
    let rule = rule.clone();
    let inside = Frame::new().inner_margin(Margin::symmetric(MARGIN, 0));
    inside.show(ui, |ui| heading::show(ui, desk, racer, &rule));
    ui.separator();
    let is_high = !desk.workspace.is_phone() && ui.available_height() >= HIGH;
    if is_high {
        let margin = Margin {
            top: 8,
            ..Margin::symmetric(MARGIN, 0)
        };
        Panel::bottom("foot of the rule")
            .resizable(false)
            .frame(Frame::new().inner_margin(margin))
            .show(ui, |ui| foot::show(ui, desk, racer, &rule));
    }
    let scroll = ScrollArea::vertical()
        .id_salt((desk.document.id(), racer, "rule"))
        .auto_shrink(false);
    scroll.show(ui, |ui| {
        inside.show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui, desk, racer, &rule);
            if !is_high {
                ui.add_space(GAP - 4.0);
                foot::show(ui, desk, racer, &rule);
                ui.add_space(8.0);
            }
        });
    });
}

fn content(ui: &mut Ui, desk: &mut Desk<'_>, racer: RacerId, rule: &OwnRule) {
    ui.spacing_mut().item_spacing.y = 6.0;
    field::show(ui, desk, rule);
    ui.add_space(GAP - 6.0);
    typeset::show(ui, desk, racer, rule);
    if !rule.parameters().is_empty() {
        ui.add_space(GAP - 4.0);
        group(ui, desk, "Parameters", "range");
        ui.scope(|ui| sliders::show(ui, desk, racer, rule));
    }
    if desk.workspace.is_phone() {
        ui.add_space(GAP - 4.0);
        group(ui, desk, "Checked", "");
        for sentence in checked::sentences(desk, racer) {
            rows::remark(ui, desk.colors, &sentence);
        }
    }
    ui.add_space(8.0);
}
