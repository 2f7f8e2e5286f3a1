//! The counter of steps, in which the number of steps can be changed.

use egui::{DragValue, FontId, RichText, Role, Stroke, Ui, WidgetInfo, vec2};

use super::Sizes;
use crate::analysis::TimeUnit;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::experiment::Experiment;
use crate::view::{fonts, number};

/// Returns the width of the counter, which stays the same while the race plays.
pub fn width(ui: &Ui, desk: &Desk<'_>, sizes: Sizes) -> f32 {
    let steps = desk.document.experiment().steps.to_string();
    let letters = text(desk).chars().count() + steps.len();
    #[expect(clippy::cast_precision_loss, reason = "a few letters")]
    let letters = letters as f32;
    letters * ui.fonts_mut(|fonts| fonts.glyph_width(&font(sizes), '0')) + 14.0
}

/// Shows the counter.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, width: f32, sizes: Sizes) {
    let size = vec2(width, 30.0);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(width);
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.label(RichText::new(text(desk)).font(font(sizes)));
        number_of_steps(ui, desk, sizes);
    });
}

fn font(sizes: Sizes) -> FontId {
    fonts::numbers(sizes.text - 1.0)
}

/// Returns where the playhead is, in the unit of time.
fn text(desk: &Desk<'_>) -> String {
    let digits = desk.document.experiment().steps.to_string().len();
    match desk.clock().now() {
        Some([now, end]) => {
            let unit = match desk.document.view.against {
                TimeUnit::Epochs => "epoch",
                _ => "row",
            };
            let [now, end] = [now, end].map(|it| number::whole(it.floor()));
            let room = end.chars().count();
            format!("{unit} {now:>room$} of {end} · steps")
        }
        None => format!("step {:>digits$} /", desk.document.step()),
    }
}

fn number_of_steps(ui: &mut Ui, desk: &mut Desk<'_>, sizes: Sizes) {
    let steps = desk.document.experiment().steps;
    let mut wanted = steps;
    let response = ui
        .scope(|ui| {
            let visuals = &mut ui.visuals_mut().widgets.inactive;
            visuals.weak_bg_fill = egui::Color32::TRANSPARENT;
            visuals.bg_stroke = Stroke::NONE;
            ui.spacing_mut().button_padding.x = 2.0;
            ui.spacing_mut().interact_size.x = 20.0;
            ui.style_mut().drag_value_text_style = egui::TextStyle::Monospace;
            ui.style_mut()
                .text_styles
                .insert(egui::TextStyle::Monospace, font(sizes));
            ui.add(
                DragValue::new(&mut wanted)
                    .range(1..=Experiment::MOST_STEPS)
                    .update_while_editing(false)
                    .speed(1.0)
                    .custom_formatter(|value, _| format!("{value:.0}")),
            )
        })
        .inner
        .on_hover_text("Number of steps; click to type, drag to change");
    response.widget_info(|| WidgetInfo {
        label: Some("Number of steps".into()),
        #[expect(clippy::cast_precision_loss, reason = "at most a million")]
        value: Some(steps as f64),
        ..WidgetInfo::new(Role::SpinButton)
    });
    if wanted != steps && !desk.memory.just_escaped(ui.ctx()) {
        desk.change(Change::Steps(wanted));
    }
}
