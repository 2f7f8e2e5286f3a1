//! What stands below the family tree: the selected rule, and races against its relatives.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use super::FamilyTree;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::widgets::primary;
use crate::app::workspace::Opening;
use crate::experiment::{Racer, race_against};
use crate::optimizer::Listed;
use crate::preset;
use crate::view::theme::strong;

impl FamilyTree {
    /// Shows the foot.
    pub(super) fn foot(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let Some(rule) = Listed::named(self.selected) else {
            return;
        };
        ui.add_space(8.0);
        let frame = Frame::new()
            .stroke(Stroke::new(1.0, desk.colors.accent))
            .fill(desk.colors.card)
            .corner_radius(6.0)
            .inner_margin(Margin::symmetric(14, 8));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.label(strong(rule.title));
                ui.label(RichText::new(rule.source).color(desk.colors.dim));
            });
            ui.label(&rule.idea);
            ui.horizontal_wrapped(|ui| buttons(ui, desk, rule));
        });
    }
}

/// The races of a rule against its relatives, and its place in the race that is open.
fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, rule: &'static Listed) {
    for (place, parent) in rule.parents().enumerate() {
        let text = if place == 0 {
            format!("{} against {}", rule.title, parent.title)
        } else {
            format!("against {}", parent.title)
        };
        race_button(ui, desk, rule, &[parent], &text, place == 0);
    }
    let children: Vec<&Listed> = rule.children().collect();
    match &*children {
        [] => {}
        [one] => race_button(ui, desk, rule, &[*one], "against its child", false),
        many => {
            let text = format!("against its {} children", many.len());
            race_button(ui, desk, rule, many, &text, false);
        }
    }
    let ancestors = rule.ancestors();
    if ancestors.len() > 1 {
        race_button(ui, desk, rule, &ancestors, "against all before it", false);
    }
    let provides = desk.document.race.surface().provides();
    let refusal = rule.optimizer.refusal(provides);
    let add = ui.add_enabled(refusal.is_none(), egui::Button::new("Add to this race"));
    if add.clicked() {
        let mut racer = Racer::new(rule.optimizer.clone());
        // A form of a rule goes by its own name.
        if racer.plan.optimizer.rule().title() != rule.title {
            racer.appearance.name = Some(rule.title.to_owned());
        }
        desk.change(Change::Add(Box::new(racer)));
        desk.perform(&table::help::DISMISS);
    }
    if let Some(refusal) = refusal {
        add.on_disabled_hover_text(refusal);
    }
}

/// A button that opens a race in a tab of its own. There is none if the rules cannot race.
fn race_button(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    rule: &Listed,
    rivals: &[&Listed],
    text: &str,
    is_first: bool,
) {
    let Some(race) = race_against(rule, rivals) else {
        return;
    };
    let button = if is_first {
        primary(desk, text)
    } else {
        egui::Button::new(text)
    };
    if ui.add(button).clicked()
        && let Ok(text) = preset::to_text(&race.into())
    {
        desk.perform(&table::help::DISMISS);
        desk.send(AppAction::OpenBeside(Opening::Text(text)));
    }
}
