//! A lesson of the tour, shown above the racers: its text, its task, and navigation.

use egui::{Align, Frame, Layout, Margin, RichText, ScrollArea, Stroke, Ui};
use egui_commonmark::CommonMarkViewer;

use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::document::lessons::Neighbours;
use crate::app::widgets::primary;
use crate::experiment::Goal;
use crate::optimizer::Family;
use crate::view::theme::{blend, caption, strong};

/// Shows the lesson, if the document is one.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.document;
    let experiment = document.experiment();
    let Some(lesson) = document.lesson() else {
        return;
    };
    let (title, notes) = (experiment.title.clone(), experiment.notes.clone());
    let goal = lesson.goal.clone();
    let found = document.goal_found;
    let around = document.neighbours.clone();
    // The racers below should stay visible while the lesson is read.
    let height = (ui.ctx().content_rect().height() * 0.32).max(160.0);
    Frame::new()
        .fill(desk.colors.card)
        .stroke(Stroke::new(1.0, desk.colors.line))
        .corner_radius(6)
        .inner_margin(Margin::same(12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 6.0;
            heading(ui, desk, &around);
            ui.label(strong(title).size(14.0));
            text(ui, desk, &notes, height);
            if let Some(goal) = &goal {
                try_it(ui, desk, goal, found);
            }
            ways(ui, desk, &around, found);
        });
    ui.add_space(8.0);
}

/// Shows the lesson's text, formatted as Markdown. Bold text stands out from the rest.
fn text(ui: &mut Ui, desk: &mut Desk<'_>, notes: &str, height: f32) {
    let quiet = blend(desk.colors.text, desk.colors.dim, 0.4);
    ScrollArea::vertical()
        .id_salt("lesson")
        .max_height(height)
        .show(ui, |ui| {
            ui.visuals_mut().widgets.noninteractive.fg_stroke.color = quiet;
            ui.visuals_mut().widgets.active.fg_stroke.color = desk.colors.text;
            CommonMarkViewer::new().show(ui, &mut desk.memory.markdown, notes);
        });
}

fn heading(ui: &mut Ui, desk: &mut Desk<'_>, around: &Neighbours) {
    ui.horizontal(|ui| {
        let text = match around.index {
            Some([number, of]) => format!("Lesson {number} of {of}"),
            None => "Lesson".to_owned(),
        };
        ui.label(caption(&text).color(desk.colors.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let link = egui::Button::new(RichText::new("leave the tour").size(11.0)).frame(false);
            if ui.add(link).clicked() {
                desk.perform(&table::help::LEAVE_TOUR);
            }
        });
    });
}

/// Shows the task and whether it has been solved.
fn try_it(ui: &mut Ui, desk: &Desk<'_>, goal: &Goal, found: bool) {
    let color = if found {
        desk.colors.family(Family::Squares)
    } else {
        desk.colors.accent
    };
    Frame::new()
        .fill(color.gamma_multiply(0.12))
        .stroke(Stroke::new(1.0, color.gamma_multiply(0.6)))
        .corner_radius(6)
        .inner_margin(Margin::same(10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            let word = if found { "Found!" } else { "Try it" };
            ui.label(strong(word).color(color));
            ui.label(&goal.ask);
            if found {
                ui.label(&goal.praise);
            }
        });
}

/// Shows the buttons to the previous and the next lesson.
fn ways(ui: &mut Ui, desk: &mut Desk<'_>, around: &Neighbours, found: bool) {
    ui.horizontal(|ui| {
        let back = ui.add_enabled(around.before.is_some(), egui::Button::new("Back"));
        if back
            .on_disabled_hover_text("This is the first lesson")
            .clicked()
            && let Some(lesson) = &around.before
        {
            desk.send(AppAction::from(lesson));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = if found {
                primary(desk, "Next")
            } else {
                egui::Button::new("Next")
            };
            let next = ui.add_enabled(around.after.is_some(), button);
            if next
                .on_disabled_hover_text("This is the last lesson")
                .clicked()
                && let Some(lesson) = &around.after
            {
                desk.send(AppAction::from(lesson));
            }
        });
    });
}
