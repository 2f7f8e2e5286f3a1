//! The racers, with at most one card open, and above them the lesson and the network.

use egui::{Response, ScrollArea, Ui};

use super::{add_menu, chance, heading, lesson, network_card, racer_card};
use crate::app::controls::Card;
use crate::app::desk::{Before, Desk};
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::view::racer_looks;

/// The gap between cards.
const GAP: f32 = 6.0;

/// Shows the racers, below the lesson if there is one. Only one area scrolls, and every document has
/// its own position. What a lesson asks stays in view if the window is not too low.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    /// The least height with room for the task above what scrolls.
    const LOWEST: f32 = 400.0;
    let is_lesson = desk.document.lesson().is_some();
    let is_low = ui.available_height() < LOWEST;
    if !is_lesson {
        network_card::show(ui, desk);
        heading::show(ui, desk);
    } else if !is_low {
        lesson::head(ui, desk);
    }
    let scroll = ScrollArea::vertical()
        .id_salt(desk.document.id())
        .auto_shrink(false);
    scroll.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = GAP;
        if is_lesson {
            if is_low {
                lesson::head(ui, desk);
            }
            lesson::text(ui, desk);
            network_card::show(ui, desk);
            heading::show(ui, desk);
        }
        cards(ui, desk);
        add_menu::show(ui, desk);
        chance::show(ui, desk);
    });
}

fn cards(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.document;
    let names = document.experiment().titles();
    let looks = racer_looks(document.experiment(), desk.colors);
    let mut cards = Vec::with_capacity(names.len());
    for card in Card::all(document, &names, looks) {
        cards.push((card.id, racer_card::show(ui, desk, card)));
    }
    bring_into_view(ui, desk, &cards);
    reorder(ui, desk, &cards);
}

/// Scrolls to the card of a racer that was just selected, which may have happened elsewhere.
fn bring_into_view(ui: &Ui, desk: &mut Desk<'_>, cards: &[(RacerId, Response)]) {
    let selected = desk.document.selected();
    let now = Before::Selected(selected);
    let before = std::mem::replace(&mut desk.caches.before, now);
    // A drawer opens where the selected card is.
    let is_drawer = desk.workspace.is_phone() && desk.document.lesson().is_none();
    let is_first = before == Before::Unknown && !is_drawer;
    if before == now || is_first {
        return;
    }
    if let Some((_, card)) = cards.iter().find(|(id, _)| selected == Some(*id)) {
        ui.scroll_to_rect(card.rect, None);
    }
}

/// Moves a card that is being dragged past others.
fn reorder(ui: &Ui, desk: &mut Desk<'_>, cards: &[(RacerId, Response)]) {
    let has_fingers = ui.input(egui::InputState::any_touches);
    let held = cards.iter().find(|(_, card)| card.drag_started());
    if let Some((id, _)) = held.filter(|_| !has_fingers) {
        desk.caches.carried = Some(*id);
    }
    let (held, pointer) =
        ui.input(|input| (input.pointer.any_down(), input.pointer.interact_pos()));
    desk.caches.carried = desk.caches.carried.filter(|_| held);
    let (Some(carried), Some(pointer)) = (desk.caches.carried, pointer) else {
        return;
    };
    let Some(from) = cards.iter().position(|(id, _)| *id == carried) else {
        return;
    };
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    let others = cards.iter().filter(|(id, _)| *id != carried);
    let to = others
        .filter(|(_, card)| card.rect.center().y < pointer.y)
        .count();
    if to != from {
        desk.change(Change::Reorder(carried, to));
    }
}
