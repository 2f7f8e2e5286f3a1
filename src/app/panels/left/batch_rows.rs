//! The source of a racer's gradient: the number of rows, how they are drawn, and the noise.

use egui::{Align, DragValue, Layout, Role, Ui, WidgetInfo, vec2};

use crate::app::controls::{Card, rows};
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::widgets::ValueSlider;
use crate::experiment::Batch;
use crate::optimizer::Valid;

/// The width of the menu, and of the number beside it.
const MENU: f32 = 96.0;
const NUMBER: f32 = 48.0;
/// The width of the slider.
const WIDTH: f32 = 168.0;

/// Returns a batch in words.
pub fn title(batch: &Batch) -> String {
    match batch {
        Batch::Full => "all rows".to_owned(),
        Batch::Sample => "1 row".to_owned(),
        Batch::MiniBatch(size) => format!("{size} rows"),
        Batch::Rows(_) => "listed rows".to_owned(),
    }
}

/// Shows how many rows a step uses, and how they are drawn.
pub fn batch(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let plan = &card.racer.plan;
    let rows = desk.document.race.surface().rows();
    let mut wanted = plan.batch.clone();
    let help = "How many rows of the data each step uses";
    rows::row(ui, desk.colors, "batch size", help, |ui| {
        if let Batch::MiniBatch(size) = &mut wanted {
            let field = DragValue::new(size).range(1..=rows).speed(0.3);
            let response = ui.add_sized(vec2(NUMBER, rows::height(ui)), field);
            let label = format!("{}: rows in a batch", card.name);
            response.widget_info(|| WidgetInfo {
                label: Some(label.clone()),
                ..WidgetInfo::new(Role::SpinButton)
            });
        }
        if let Some(choice) = menu(ui, card, rows) {
            wanted = choice;
        }
    });
    if wanted != plan.batch && !desk.memory.just_escaped(ui.ctx()) {
        desk.change(Change::Batch(card.id, wanted));
    }
    if plan.batch.drawn().is_some() {
        replacement(ui, desk, card);
    }
}

/// Shows the kinds of batches and returns the one that is chosen.
fn menu(ui: &mut Ui, card: Card<'_>, rows: usize) -> Option<Batch> {
    let batch = &card.racer.plan.batch;
    let size = match batch {
        Batch::MiniBatch(size) => *size,
        _ => 16.min(rows),
    };
    let mut chosen = None;
    let response = rows::menu("batch", MENU)
        .selected_text(title(batch))
        .show_ui(ui, |ui| {
            for choice in [Batch::Full, Batch::MiniBatch(size), Batch::Sample] {
                let help = match choice {
                    Batch::Full => {
                        "Batch gradient descent: the exact gradient, at the cost of every row"
                    }
                    Batch::Sample => {
                        "Stochastic gradient descent: the cheapest step, correct only on average"
                    }
                    _ => "Mini-batches: a cheap step that is nearly correct",
                };
                let item = ui.selectable_label(choice == *batch, title(&choice));
                if item.on_hover_text(help).clicked() {
                    chosen = Some(choice);
                }
            }
        })
        .response;
    let label = format!("{}: batch size", card.name);
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &label));
    chosen
}

fn replacement(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    const TITLE: &str = "sample with replacement";
    let help = "On: every row is drawn from all rows. Off: shuffled epochs, in which each row comes \
                up once";
    let now = card.racer.plan.replacement;
    let mut wanted = now;
    let response = rows::check(ui, desk.colors, &mut wanted, TITLE);
    response.on_hover_text(help);
    if wanted != now {
        desk.change(Change::Replacement(card.id, wanted));
    }
}

/// Shows the slider of the noise.
pub fn noise(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let help = "Gaussian noise of this size is added to each component of every gradient. This is \
                not stochastic gradient descent, which samples rows of real data";
    let label = format!("{}: noise", card.name);
    let slider = ValueSlider::new(&label, card.racer.plan.noise, [0.0, 5.0], false)
        .reset(Some(0.0))
        .valid(Valid::NonNegative);
    let mut moved = None;
    rows::row(ui, desk.colors, "noise", help, |ui| {
        let room = vec2(WIDTH, rows::height(ui));
        let left_to_right = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(room, left_to_right, |ui| {
            moved = slider.show(ui, &mut desk.memory.sliders);
        });
    });
    if let Some(noise) = moved {
        desk.change(Change::Noise(card.id, noise));
    }
}
