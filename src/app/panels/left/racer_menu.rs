//! The menu of a racer.

use egui::{Button, Ui};

use crate::app::action::DocumentAction;
use crate::app::controls::Card;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::export::code::Framework;

/// Shows what can be done with a racer.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let id = card.id;
    let racers = desk.document.lineup().ids().len();
    let index = desk.document.lineup().index_of(id).unwrap_or_default();
    ui.set_min_width(160.0);
    let alone = if desk.document.solo() == Some(id) {
        "Show all racers"
    } else {
        "Show only this racer"
    };
    item(ui, desk, alone, DocumentAction::Solo(id));
    let edit = if card.racer.plan.optimizer.own_rule().is_some() {
        "Edit the rule"
    } else {
        "Edit a copy"
    };
    let why_not = desk.document.why_not_edited(id);
    item_unless(ui, desk, edit, why_not, DocumentAction::EditRule(id));
    item(ui, desk, "Duplicate", Change::Duplicate(id).into());
    let is_first = (index == 0).then_some("It is the first one");
    let up = Change::Reorder(id, index.saturating_sub(1));
    item_unless(ui, desk, "Move up", is_first, up.into());
    let is_last = (index + 1 >= racers).then_some("It is the last one");
    let down = Change::Reorder(id, index + 1);
    item_unless(ui, desk, "Move down", is_last, down.into());
    ui.separator();
    for framework in Framework::ALL {
        let text = format!("Copy as {}", framework.label());
        let copy = DocumentAction::CopyCode(Some(id), *framework);
        item(ui, desk, &text, copy);
    }
    ui.separator();
    let remove = format!("Remove {}", card.name);
    item(ui, desk, &remove, Change::Remove(id).into());
}

fn item(ui: &mut Ui, desk: &mut Desk<'_>, text: &str, action: DocumentAction) {
    item_unless(ui, desk, text, None, action);
}

/// Shows an item that is disabled if there is a reason.
fn item_unless(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    text: &str,
    reason: Option<&str>,
    action: DocumentAction,
) {
    let button = Button::new(text).truncate();
    let response = ui
        .add_enabled(reason.is_none(), button)
        .on_disabled_hover_text(reason.unwrap_or_default());
    if response.clicked() {
        desk.act(action);
        ui.close();
    }
}
