//! A lesson of the tour, shown above the racers: its task and its text. What leads to other lessons
//! stands at the foot of the panel, where it is always to be seen.

mod task;
mod ways;

use egui::{Align, Label, Layout, Ui};
use egui_commonmark::CommonMarkViewer;

use crate::app::action::table;
use crate::app::desk::Desk;
use crate::app::widgets::link_text;
use crate::view::theme::{TITLE, blend, caption, strong};

pub use ways::{HEIGHT as WAYS, show as ways};

/// Shows the title and the task, if the document is a lesson.
pub fn head(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.document;
    let Some(lesson) = document.lesson() else {
        return;
    };
    ui.spacing_mut().item_spacing.y = 6.0;
    heading(ui, desk);
    let experiment = document.experiment();
    if !experiment.title.is_empty() {
        let title = strong(&experiment.title).size(TITLE);
        ui.add(Label::new(title).wrap().selectable(false));
    }
    if let Some(goal) = &lesson.goal {
        ui.add_space(2.0);
        task::show(ui, desk, goal);
    }
    ui.add_space(2.0);
}

fn heading(ui: &mut Ui, desk: &mut Desk<'_>) {
    let size = egui::vec2(ui.available_width(), 20.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let text = match desk.document.neighbours.index {
            Some([number, of]) => format!("Lesson {number} of {of}"),
            None => "Lesson".to_owned(),
        };
        ui.add(Label::new(caption(&text).color(desk.colors.dim)).selectable(false));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let leave = link_text(ui, "leave the tour", desk.colors.dim);
            let tooltip = table::help::LEAVE_TOUR.tooltip(ui.ctx());
            if leave.on_hover_text(tooltip).clicked() {
                desk.perform(&table::help::LEAVE_TOUR);
            }
        });
    });
}

/// Shows the lesson's text, formatted as Markdown. Bold text stands out from the rest.
pub fn text(ui: &mut Ui, desk: &mut Desk<'_>) {
    let notes = &desk.document.experiment().notes;
    let quiet = blend(desk.colors.text, desk.colors.dim, 0.4);
    ui.scope(|ui| {
        ui.visuals_mut().widgets.noninteractive.fg_stroke.color = quiet;
        ui.visuals_mut().widgets.active.fg_stroke.color = desk.colors.text;
        CommonMarkViewer::new().show(ui, &mut desk.memory.markdown, notes);
    });
    ui.add_space(2.0);
    ui.separator();
}
