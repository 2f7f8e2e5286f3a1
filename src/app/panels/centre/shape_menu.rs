//! The shape of the surface: its rotation, and the condition number of the long valley.

use egui::{Align, Layout, Response, RichText, Ui, vec2};

use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::widgets::ValueSlider;
use crate::surface::Shape;

/// Shows the sliders.
pub fn sliders(ui: &mut Ui, desk: &mut Desk<'_>) {
    let shape = desk.document.experiment().shape;
    let angle = row(ui, "rotation in degrees", |ui| {
        ValueSlider::new(
            "Angle of the surface",
            shape.rotation,
            [-180.0, 180.0],
            false,
        )
        .reset(Some(0.0))
        .within([-360.0, 360.0])
        .show(ui, &mut desk.memory.sliders)
    });
    if let Some(angle) = angle {
        desk.change(Change::Rotation(angle));
    }
    say(
        ui,
        desk,
        "Gradient descent and Momentum do not care, nor does Adagrad with the full matrix. Rules \
         that scale each axis separately do: their axes do not rotate with the surface.",
    );
    if !Shape::has_condition(&desk.document.experiment().surface) {
        return;
    }
    ui.separator();
    let now = shape.condition.unwrap_or(Shape::CONDITION);
    let condition = row(ui, "condition number", |ui| {
        ValueSlider::new("Condition number", now, [1.0, 1000.0], true)
            .reset(Some(Shape::CONDITION))
            .within([1.0, 1e6])
            .show(ui, &mut desk.memory.sliders)
    });
    if let Some(condition) = condition {
        desk.change(Change::Condition(condition));
    }
    say(
        ui,
        desk,
        "How many times steeper the valley is across than along. The steep side limits the \
         learning rate, the shallow side takes the steps.",
    );
}

fn row<R>(ui: &mut Ui, label: &str, control: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), 26.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let text = egui::Label::new(label).selectable(false);
        let _: Response = ui.add_sized(vec2(130.0, 22.0), text);
        control(ui)
    })
    .inner
}

fn say(ui: &mut Ui, desk: &Desk<'_>, text: &str) {
    ui.label(RichText::new(text).size(11.5).color(desk.colors.dim));
}
