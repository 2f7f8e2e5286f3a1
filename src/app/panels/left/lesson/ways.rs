//! The foot of a lesson: the ways to the lessons before and after it, and on from the last one.

use egui::containers::menu::MenuButton;
use egui::{Align, Button, Layout, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::document::lessons::LessonAt;
use crate::app::document::source::Source;
use crate::app::widgets::{entry_item, name, primary};
use crate::optimizer::Family;
use crate::preset::{self, TOUR};

/// The height of the foot.
pub const HEIGHT: f32 = 40.0;
const BUTTON: f32 = 28.0;

/// Shows the foot.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let line = ui.max_rect().with_max_y(ui.max_rect().top());
    ui.painter().hline(
        line.x_range(),
        line.top(),
        Stroke::new(1.0, desk.colors.line),
    );
    let size = vec2(ui.available_width(), HEIGHT - BUTTON);
    ui.add_space(size.y);
    let size = vec2(ui.available_width(), BUTTON);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        back(ui, desk);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if desk.document.neighbours.after.is_some() {
                next(ui, desk);
            } else {
                onwards(ui, desk);
            }
            progress(ui, desk);
        });
    });
}

fn back(ui: &mut Ui, desk: &mut Desk<'_>) {
    let before = desk.document.neighbours.before.clone();
    let button = ui
        .add_enabled(before.is_some(), Button::new("Back"))
        .on_disabled_hover_text("This is the first lesson")
        .on_hover_text(table::help::PREVIOUS_LESSON.tooltip(ui.ctx()));
    if let Some(lesson) = before.filter(|_| button.clicked()) {
        desk.send(AppAction::from(&lesson));
    }
}

fn next(ui: &mut Ui, desk: &mut Desk<'_>) {
    let button = ui
        .add(accented(desk, "Next"))
        .on_hover_text(table::help::NEXT_LESSON.tooltip(ui.ctx()));
    if button.clicked() {
        desk.perform(&table::help::NEXT_LESSON);
    }
}

/// Returns a button that is in the accent colour once the task is solved.
fn accented(desk: &Desk<'_>, text: &str) -> Button<'static> {
    if desk.document.goal_found {
        primary(desk, text)
    } else {
        Button::new(text.to_owned())
    }
}

/// Shows what to do after the last lesson.
fn onwards(ui: &mut Ui, desk: &mut Desk<'_>) {
    const TITLE: &str = "What next?";
    let (response, _) = MenuButton::from_button(accented(desk, TITLE)).ui(ui, |ui| {
        ui.set_min_width(280.0);
        if item(ui, "Open a race of your own") {
            desk.perform(&table::file::NEW);
        }
        if item(ui, "Start over with the first lesson") {
            start_over(desk);
        }
        ui.separator();
        for game in [
            &table::help::PREDICT,
            &table::help::WHO_AM_I,
            &table::help::LADDER,
        ] {
            entry_item(ui, desk, game);
        }
    });
    name(ui, &response, TITLE);
    response.on_hover_text("This is the last lesson");
}

fn item(ui: &mut Ui, text: &str) -> bool {
    let button = Button::new(format!("        {text}")).min_size(vec2(ui.available_width(), 26.0));
    let response = ui.add(button);
    name(ui, &response, text);
    response.clicked()
}

/// Opens the first lesson of the folder, or of the tour.
fn start_over(desk: &mut Desk<'_>) {
    let first = match &desk.document.source {
        Source::File(path) => preset::first_lesson(path).map(LessonAt::File),
        _ => None,
    };
    match first {
        Some(lesson) => desk.send(AppAction::from(&lesson)),
        None => desk.perform(&table::help::TOUR_START),
    }
}

/// Shows a dot for each lesson of the tour: filled if its task is solved, ringed if it is open.
fn progress(ui: &mut Ui, desk: &Desk<'_>) {
    /// The largest distance between two dots.
    const APART: f32 = 11.0;
    let Some([number, of]) = desk.document.neighbours.index else {
        return;
    };
    let done = &desk.workspace.settings.lessons_done;
    let is_done: Vec<bool> = TOUR.iter().map(|it| done.contains(it.name)).collect();
    let count = is_done.iter().filter(|done| **done).count();
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let said = format!("Lesson {number} of {of}, {count} solved");
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    #[expect(clippy::cast_precision_loss, reason = "a tour has few lessons")]
    let (of, index) = (of as f32, |index: usize| index as f32);
    let apart = APART.min(rect.width() / of.max(1.0));
    let left = rect.center().x - apart * (of - 1.0) / 2.0;
    for (lesson, is_done) in is_done.into_iter().enumerate() {
        let middle = egui::pos2(left + apart * index(lesson), rect.center().y);
        let color = if is_done {
            desk.colors.family(Family::Squares)
        } else {
            desk.colors.line
        };
        ui.painter().circle_filled(middle, 3.0, color);
        if lesson + 1 == number {
            let ring = Stroke::new(1.5, desk.colors.accent);
            ui.painter().circle_stroke(middle, 4.5, ring);
        }
    }
    response.on_hover_text(said);
}
