//! The source of a racer's gradient: the number of rows, how they are drawn, and the noise.

use egui::{Align, ComboBox, DragValue, Layout, RichText, Role, Ui, WidgetInfo, vec2};

use super::parameter_row::named;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::app::widgets::{ValueSlider, just_escaped};
use crate::experiment::{Batch, Racer};

/// Shows the batch if there are data, and the noise otherwise.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, name: &str, racer: &Racer) {
    let rows = desk.document.race.surface().rows();
    if rows > 0 {
        batch(ui, desk, id, name, racer, rows);
    } else {
        noise(ui, desk, id, name, racer);
    }
}

/// Returns a batch in words.
pub fn title(batch: &Batch) -> String {
    match batch {
        Batch::Full => "all rows".to_owned(),
        Batch::Sample => "1 row".to_owned(),
        Batch::MiniBatch(size) => format!("{size} rows"),
        Batch::Rows(_) => "listed rows".to_owned(),
    }
}

fn batch(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, name: &str, racer: &Racer, rows: usize) {
    let mut wanted = racer.plan.batch.clone();
    row(ui, |ui| {
        named(ui, desk, "batch size").on_hover_text("How many rows of the data each step uses");
        let response = ComboBox::from_id_salt((id, "batch"))
            .width(96.0)
            .selected_text(title(&racer.plan.batch))
            .show_ui(ui, |ui| {
                let size = match racer.plan.batch {
                    Batch::MiniBatch(size) => size,
                    _ => 16.min(rows),
                };
                for choice in [Batch::Full, Batch::MiniBatch(size), Batch::Sample] {
                    let help = match choice {
                        Batch::Full => "Batch gradient descent: the exact gradient, at the cost of every row",
                        Batch::Sample => "Stochastic gradient descent: the cheapest step, correct only on average",
                        _ => "Mini-batches: a cheap step that is nearly correct",
                    };
                    let chosen = choice == racer.plan.batch;
                    if ui.selectable_label(chosen, title(&choice)).on_hover_text(help).clicked() {
                        wanted = choice;
                    }
                }
            })
            .response;
        response.widget_info(|| {
            WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: batch size"))
        });
        if let Batch::MiniBatch(size) = &mut wanted {
            let response = ui.add(DragValue::new(size).range(1..=rows).speed(0.3));
            response.widget_info(|| WidgetInfo {
                label: Some(format!("{name}: rows in a batch")),
                ..WidgetInfo::new(Role::SpinButton)
            });
        }
    });
    if wanted != racer.plan.batch && !just_escaped(ui) {
        desk.change(Change::Batch(id, wanted));
    }
    if racer.plan.batch.drawn().is_some() {
        let mut replacement = racer.plan.replacement;
        let text = RichText::new("sample with replacement").size(12.0);
        let response = ui.checkbox(&mut replacement, text).on_hover_text(
            "On: every row is drawn from all rows. Off: shuffled epochs, in which each row comes up once",
        );
        if response.changed() {
            desk.change(Change::Replacement(id, replacement));
        }
    }
}

fn noise(ui: &mut Ui, desk: &mut Desk<'_>, id: RacerId, name: &str, racer: &Racer) {
    row(ui, |ui| {
        named(ui, desk, "noise").on_hover_text(
            "Gaussian noise of this size is added to each component of every gradient. This is not \
             stochastic gradient descent, which samples rows of real data",
        );
        let moved = ValueSlider::new(
            &format!("{name}: noise"),
            racer.plan.noise,
            [0.0, 5.0],
            false,
        )
        .reset(Some(0.0))
        .show(ui);
        if let Some(noise) = moved {
            desk.change(Change::Noise(id, noise));
        }
    });
}

fn row(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), add);
}
