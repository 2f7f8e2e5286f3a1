//! The speed of playback, and the unit of time.

use egui::{Button, RichText, Role, Ui, WidgetInfo, vec2};

use super::Sizes;
use crate::analysis::TimeUnit;
use crate::app::action::{AppAction, DocumentAction};
use crate::app::desk::Desk;
use crate::app::document::playback::{PACE, SPEEDS};
use crate::view::number;
use crate::view::theme::touch::target;

/// Returns the width of the button.
pub fn width(sizes: Sizes) -> f32 {
    if sizes.is_small {
        88.0
    } else {
        92.0 * sizes.scale
    }
}

/// Shows the button that opens the menu of speeds.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, sizes: Sizes) {
    let speed = desk.workspace.settings.speed;
    let text = pace(desk, speed);
    let label = RichText::new(&text).size(sizes.text).color(desk.colors.dim);
    let button = Button::new(label)
        .min_size(vec2(width(sizes), target(ui, 26.0)))
        .frame(false);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        for choice in SPEEDS {
            let text = format!("{}×   {}", number::short(choice), pace(desk, choice));
            if ui
                .selectable_label((choice - speed).abs() < 1e-9, text)
                .clicked()
            {
                desk.send(AppAction::Speed(choice));
                ui.close();
            }
        }
        if desk.document.race.surface().rows() > 0 {
            time_axis(ui, desk);
        }
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Speed: {text}")));
    response.on_hover_text("Playback speed; 1× is 25 steps per second");
}

/// Returns how fast the playhead moves at a speed, in epochs on a network that is timed by them.
fn pace(desk: &Desk<'_>, speed: f64) -> String {
    let document = desk.document;
    let is_network = document.race.surface().network().is_some();
    let end = document.clock().now().map(|[_, end]| end);
    match end.filter(|_| is_network && document.time_unit() == TimeUnit::Epochs) {
        Some(end) => {
            let per_second = PACE * speed * end / document.steps().max(1.0);
            format!("{} epochs/s", number::short(two_digits(per_second)))
        }
        None => format!("{} steps/s", number::short(PACE * speed)),
    }
}

/// Rounds to two digits, which is exact enough for a pace.
fn two_digits(value: f64) -> f64 {
    let unit = 10_f64.powf(value.abs().log10().floor() - 1.0);
    if unit.is_normal() {
        (value / unit).round() * unit
    } else {
        value
    }
}

/// Chooses the unit of time. By rows, racers are compared after the same number of rows.
fn time_axis(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.separator();
    ui.label(
        RichText::new("compare racers by")
            .size(11.0)
            .color(desk.colors.dim),
    );
    let now = desk.document.time_unit();
    for choice in [TimeUnit::Steps, TimeUnit::Rows, TimeUnit::Epochs] {
        let help = match choice {
            TimeUnit::Steps => "All racers are shown at the same step",
            _ => {
                "All racers are shown where they have seen the same number of rows, which is fair to small batches"
            }
        };
        let radio = ui.radio(choice == now, choice.label());
        if radio.on_hover_text(help).clicked() {
            desk.act(DocumentAction::ChartAgainst(choice));
        }
    }
}
