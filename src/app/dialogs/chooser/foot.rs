//! What stands below the cards: what a rule is good for, and the buttons.

use egui::{Align, Frame, Label, Layout, Margin, RichText, Ui, vec2};

use super::Chooser;
use super::entries::Card;
use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::widgets::{link_text, primary};
use crate::app::workspace::Opening;
use crate::experiment::trial_of;
use crate::optimizer::{Claim, Listed, Shown};
use crate::preset;
use crate::view::theme::touch::TARGET;

/// The height of the two sentences, and that of the buttons.
const SENTENCES: f32 = 56.0;
const BUTTONS: f32 = 56.0;

/// Returns the height of the foot.
pub fn height(is_sheet: bool) -> f32 {
    if is_sheet {
        SENTENCES + 2.0 * TARGET + 32.0
    } else {
        SENTENCES + BUTTONS + 1.0
    }
}

impl Chooser {
    /// Shows the foot.
    pub(super) fn foot(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        cards: &[Card],
        shown: &[Card],
        is_sheet: bool,
    ) {
        let frame = Frame::new().inner_margin(Margin::symmetric(16, 8));
        frame.show(ui, |ui| {
            let size = vec2(ui.available_width(), SENTENCES - 16.0);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                ui.set_min_height(size.y);
                ui.spacing_mut().item_spacing.y = 2.0;
                if let Some(card) = shown.get(self.cursor) {
                    sentences(ui, desk, card);
                }
            });
        });
        super::rule(ui, desk);
        let frame = Frame::new().inner_margin(Margin::symmetric(16, 10));
        frame.show(ui, |ui| self.buttons(ui, desk, cards, is_sheet));
    }

    fn buttons(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, cards: &[Card], is_sheet: bool) {
        let size = vec2(ui.available_width(), 34.0);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            let count = self.chosen.len();
            if !is_sheet {
                let text = match count {
                    0 => "New racers start with the published values.".to_owned(),
                    _ => format!("{count} chosen. New racers start with the published values."),
                };
                ui.label(RichText::new(text).color(desk.colors.dim));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let text = match count {
                    0 => "Add racers".to_owned(),
                    1 => "Add 1 racer".to_owned(),
                    _ => format!("Add {count} racers"),
                };
                let button = primary(desk, &text);
                if ui.add_enabled(count > 0, button).clicked() {
                    self.add(desk, cards);
                }
                if ui.button("Cancel").clicked() {
                    desk.perform(&table::help::DISMISS);
                }
                if !is_sheet {
                    let hint = "arrows move    Space choose    F favourite";
                    ui.label(RichText::new(hint).size(11.0).color(desk.colors.dim));
                }
                if ui.button("New rule").clicked() {
                    desk.perform(&table::help::DISMISS);
                    desk.perform(&table::edit::NEW_RULE);
                }
            });
        });
    }
}

/// Says what the rule under the pointer is good for and when it fails, and offers the races.
fn sentences(ui: &mut Ui, desk: &mut Desk<'_>, card: &Card) {
    let Some(history) = card.history else {
        let text = "A rule of your own, from your library.";
        ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
        return;
    };
    for (what, claim) in [
        ("Good for", &history.good_for),
        ("Fails when", &history.fails_when),
    ] {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let head = format!("{}, {}:", card.title, what.to_lowercase());
            ui.label(RichText::new(head).size(12.0).color(desk.colors.dim));
            let room = ui.available_width() - 70.0;
            ui.scope(|ui| {
                ui.set_max_width(room);
                ui.add(Label::new(RichText::new(claim.sentence).size(12.0)).truncate());
            });
            if let Some(opening) = opening(card, claim) {
                let link = link_text(ui, "see it", desk.colors.accent);
                link.widget_info(|| {
                    let label = format!("Race: {}, {}", card.title, what.to_lowercase());
                    egui::WidgetInfo::labeled(egui::Role::Button, true, label)
                });
                if link.clicked() {
                    desk.perform(&table::help::DISMISS);
                    desk.send(AppAction::OpenBeside(opening));
                }
            }
        });
    }
}

/// Returns the race that shows a statement; `None` if none can be run.
fn opening(card: &Card, claim: &Claim) -> Option<Opening> {
    match &claim.shown {
        Shown::Preset(name) => Some(Opening::BuiltIn(name)),
        Shown::Trial(trial) => {
            let race = trial_of(Listed::named(&card.name)?, trial)?;
            preset::to_text(&race.into()).ok().map(Opening::Text)
        }
    }
}
