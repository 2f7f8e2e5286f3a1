//! The task of a lesson, with its hint, or what its solution shows.

use std::sync::Arc;

use egui::{Color32, Frame, Galley, Label, Margin, Stroke, TextStyle, Ui};

use crate::app::action::table;
use crate::app::desk::Desk;
use crate::app::widgets::entry_text_button;
use crate::experiment::Goal;
use crate::optimizer::Family;
use crate::view::theme::strong;

/// The gap between the task and its hint.
const GAP: f32 = 8.0;
/// The height of the button for the hint.
const BUTTON: f32 = 28.0;

/// Shows the task, or the praise once it is solved. The box has room for both, so that the slider
/// that is being moved stays where it is.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, goal: &Goal) {
    let is_found = desk.document.goal_found;
    let color = if is_found {
        desk.colors.family(Family::Squares)
    } else {
        desk.colors.accent
    };
    let frame = Frame::new()
        .fill(color.gamma_multiply(0.12))
        .stroke(Stroke::new(1.0, color.gamma_multiply(0.6)))
        .corner_radius(6)
        .inner_margin(Margin::same(12));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let word = if is_found { "Found!" } else { "Try it" };
        ui.add(Label::new(strong(word).color(color)).selectable(false));
        let texts = Texts::of(ui, goal);
        let height = texts.height(desk.document.hint_shown);
        let size = egui::vec2(ui.available_width(), height);
        ui.allocate_ui(size, |ui| {
            ui.set_min_size(size);
            ui.spacing_mut().item_spacing.y = GAP;
            if is_found {
                say(ui, texts.praise);
                return;
            }
            say(ui, texts.ask);
            match texts.hint {
                None => {}
                Some(hint) if desk.document.hint_shown => say(ui, hint),
                Some(_) => {
                    entry_text_button(ui, desk, &table::help::HINT, "Hint");
                }
            }
        });
    });
}

/// The laid out texts of a goal.
struct Texts {
    ask: Arc<Galley>,
    hint: Option<Arc<Galley>>,
    praise: Arc<Galley>,
}

impl Texts {
    fn of(ui: &Ui, goal: &Goal) -> Self {
        let hint = goal.hint.as_ref().map(|hint| format!("Hint: {hint}"));
        Self {
            ask: laid_out(ui, &goal.ask),
            hint: hint.map(|hint| laid_out(ui, &hint)),
            praise: laid_out(ui, &goal.praise),
        }
    }

    /// Returns the height of the task with its hint, or the button for it, or of the praise,
    /// whichever is higher.
    fn height(&self, hint_shown: bool) -> f32 {
        let hint = match &self.hint {
            None => 0.0,
            Some(hint) if hint_shown => GAP + hint.size().y,
            Some(_) => GAP + BUTTON,
        };
        (self.ask.size().y + hint).max(self.praise.size().y)
    }
}

fn laid_out(ui: &Ui, text: &str) -> Arc<Galley> {
    let font = TextStyle::Body.resolve(ui.style());
    let width = ui.available_width();
    ui.painter()
        .layout(text.to_owned(), font, Color32::PLACEHOLDER, width)
}

fn say(ui: &mut Ui, text: Arc<Galley>) {
    ui.add(Label::new(text).selectable(false));
}
