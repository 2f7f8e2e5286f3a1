//! The menu of all schedules.

use egui::{Rect, Role, Stroke, Ui, WidgetInfo, vec2};

use super::settings::Scope;
use crate::app::controls::rows;
use crate::experiment::Schedule;
use crate::view::Colors;
use crate::view::curve::Curve;

/// The width of the menu.
const MENU: f32 = 160.0;

/// Shows all schedules, each with its curve; sequences only where they are allowed.
pub(super) fn menu(
    ui: &mut Ui,
    colors: &Colors,
    scope: &Scope,
    with_sequence: bool,
    schedule: &mut Schedule,
) {
    let response = rows::menu(("schedule", &scope.label), MENU)
        .height(400.0)
        .selected_text(schedule.title())
        .show_ui(ui, |ui| {
            ui.set_min_width(220.0);
            // All of them fit the largest menu that there is room for, without scrolling.
            ui.spacing_mut().item_spacing.y = 2.0;
            for choice in Schedule::all() {
                if matches!(choice, Schedule::Sequence { .. }) && !with_sequence {
                    continue;
                }
                let about = choice.about();
                let chosen = choice.name() == schedule.name();
                let item = ui.selectable_label(chosen, about.title);
                let right = item.rect.right() - 10.0;
                let room = Rect::from_x_y_ranges(right - 56.0..=right, item.rect.y_range());
                let color = if chosen { colors.text } else { colors.dim };
                example(choice, scope.eta).paint(
                    ui.painter(),
                    room.shrink2(vec2(0.0, 5.0)),
                    Stroke::new(1.4, color),
                );
                let help = format!("{}\n{}", about.idea, about.formula);
                if item.on_hover_text(help).clicked() && !chosen {
                    *schedule = choice.clone();
                }
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &scope.label));
    let about = schedule.about();
    response.on_hover_text(format!("{}\n{}", about.idea, about.formula));
}

/// The curve of a schedule over as many steps as suit its default settings.
fn example(schedule: &Schedule, eta: f64) -> Curve {
    const STEPS: usize = 200;
    /// The steps at which a loss might cease to fall.
    const PLATEAUS: [usize; 2] = [90, 150];
    Curve::of(STEPS, |step| {
        if schedule.watches_loss() {
            let passed = PLATEAUS.iter().filter(|plateau| **plateau <= step);
            passed.fold(eta, |rate, _| rate * 0.4)
        } else {
            schedule.learning_rate(eta, step as u64)
        }
    })
}
