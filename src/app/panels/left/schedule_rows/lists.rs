//! The entries of a schedule that is a list: changes of the rate, or parts.

use egui::{RichText, Role, Ui, WidgetInfo, vec2};

use super::kinds;
use super::settings::{self, Scope, converted, count, real};
use crate::app::controls::rows;
use crate::app::widgets::icon_button;
use crate::experiment::Schedule;
use crate::experiment::schedule::{Part, RateChange};
use crate::view::Colors;
use crate::view::icon::Icon;

/// The width of a number.
const NUMBER: f32 = 64.0;
/// The width of a menu of units.
const UNIT: f32 = 68.0;
/// The size of a button that removes an entry.
const CROSS: f32 = 24.0;

/// Shows the entries of the schedule, if it is a list.
pub(super) fn show(ui: &mut Ui, colors: &Colors, scope: &Scope, schedule: &mut Schedule) {
    match schedule {
        Schedule::PiecewiseConstant { changes } => show_changes(ui, colors, scope, changes),
        Schedule::Sequence { parts } => show_parts(ui, colors, scope, parts),
        _ => {}
    }
}

/// Shows each change with its step and what it does.
fn show_changes(ui: &mut Ui, colors: &Colors, scope: &Scope, changes: &mut Vec<RateChange>) {
    let mut removed = None;
    let last = changes.len();
    let name = if scope.has_data { "from" } else { "from step" };
    for (index, change) in changes.iter_mut().enumerate() {
        let of = format!("{}, change {}", scope.label, index + 1);
        let help = "From this step on the learning rate is another one";
        rows::row(ui, colors, name, help, |ui| {
            if last > 1 && remove(ui, &of) {
                removed = Some(index);
            }
            length(
                ui,
                colors,
                scope,
                &of,
                ["step", "epoch"],
                [&mut change.step, &mut change.epoch],
            );
        });
        rows::row(ui, colors, "", help, |ui| {
            ui.add_space(CROSS + 6.0);
            level(ui, scope, &of, change);
        });
    }
    if let Some(index) = removed {
        changes.remove(index);
    }
    if add(ui, colors, &scope.label, "a change") {
        let next = changes.last().map(|last| RateChange {
            step: last.step.map(|step| step.saturating_add(50)),
            epoch: last.epoch.map(|epoch| epoch.saturating_add(10)),
            ..RateChange::by(50, 0.5)
        });
        changes.push(next.unwrap_or(RateChange::by(50, 0.5)));
    }
}

/// Shows the factor or the learning rate of a change.
fn level(ui: &mut Ui, scope: &Scope, of: &str, change: &mut RateChange) {
    let is_factor = change.factor.is_some();
    let kinds = ["times", "to"];
    let chosen = usize::from(!is_factor);
    let label = format!("{of}: by a factor or to a rate");
    let value = change.factor.or(change.learning_rate).unwrap_or(1.0);
    let (name, help) = if is_factor {
        ("factor", "What the learning rate is multiplied by")
    } else {
        ("learning rate", "The new learning rate")
    };
    let wanted = real(ui, NUMBER, &format!("{of}: {name}"), help, value);
    match menu(ui, &label, kinds, chosen) {
        Some(0) => (change.factor, change.learning_rate) = (Some(0.5), None),
        Some(_) => (change.factor, change.learning_rate) = (None, Some(scope.eta)),
        None => {
            if let Some(value) = wanted {
                *(if is_factor {
                    &mut change.factor
                } else {
                    &mut change.learning_rate
                }) = Some(value);
            }
        }
    }
}

/// Shows each part with its kind, its length and its settings.
fn show_parts(ui: &mut Ui, colors: &Colors, scope: &Scope, parts: &mut Vec<Part>) {
    let mut removed = None;
    let number = parts.len();
    for (index, part) in parts.iter_mut().enumerate() {
        let of_part = Scope {
            label: format!("{}, part {}", scope.label, index + 1),
            ..*scope
        };
        let help = "Begins with its own step 0 when its turn comes";
        rows::row(ui, colors, &format!("part {}", index + 1), help, |ui| {
            if number > 1 && remove(ui, &of_part.label) {
                removed = Some(index);
            }
            kinds::menu(ui, colors, &of_part, false, &mut part.schedule);
        });
        ui.indent(("part", index), |ui| {
            if index + 1 < number {
                let help = "How long this part lasts until the next one begins";
                rows::row(ui, colors, "lasts", help, |ui| {
                    length(
                        ui,
                        colors,
                        scope,
                        &format!("{} lasts", of_part.label),
                        ["steps", "epochs"],
                        [&mut part.steps, &mut part.epochs],
                    );
                });
            }
            settings::show(ui, colors, &of_part, &mut part.schedule);
            if let Schedule::PiecewiseConstant { changes } = &mut part.schedule {
                show_changes(ui, colors, &of_part, changes);
            }
        });
    }
    if let Some(index) = removed {
        parts.remove(index);
    }
    if add(ui, colors, &scope.label, "a part") {
        if let Some(last) = parts.last_mut()
            && last.steps.is_none()
            && last.epochs.is_none()
        {
            last.steps = Some(50);
        }
        parts.push(Part::last(Schedule::Constant));
    }
}

/// Shows a number of steps or epochs, with a menu of both where there are data.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the field takes whole numbers up to a million"
)]
fn length(
    ui: &mut Ui,
    colors: &Colors,
    scope: &Scope,
    of: &str,
    names: [&'static str; 2],
    [steps, epochs]: [&mut Option<u64>; 2],
) {
    let chosen = usize::from(steps.is_none() && epochs.is_some());
    let value = steps.or(*epochs).unwrap_or(1) as f64;
    let name = names[chosen];
    let mut picked = None;
    if scope.has_data {
        picked = menu(ui, &format!("{of}: steps or epochs"), names, chosen);
    } else if name == "steps" {
        rows::title(ui, colors, name);
    }
    let wanted = count(ui, NUMBER, &format!("{of}: {name}"), "How many", 1.0, value);
    let (unit, value) = match picked {
        Some(unit) => (unit, converted(value, name, names[unit], scope)),
        None => (chosen, wanted.unwrap_or(value)),
    };
    let wanted = Some(value.round() as u64);
    (*steps, *epochs) = if unit == 0 {
        (wanted, None)
    } else {
        (None, wanted)
    };
}

/// Shows a small menu of two words and returns the index of another one that is chosen.
fn menu(ui: &mut Ui, label: &str, words: [&'static str; 2], chosen: usize) -> Option<usize> {
    let mut picked = None;
    let response = rows::menu(label, UNIT)
        .selected_text(words[chosen])
        .show_ui(ui, |ui| {
            for (index, word) in words.iter().enumerate() {
                let item = ui.selectable_label(index == chosen, *word);
                if item.clicked() && index != chosen {
                    picked = Some(index);
                }
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, label));
    picked
}

fn remove(ui: &mut Ui, of: &str) -> bool {
    let label = format!("Remove: {of}");
    let button = icon_button(ui, Icon::Cross, vec2(CROSS, CROSS), &label);
    button.on_hover_text("Remove this entry").clicked()
}

/// Shows a button that adds an entry.
fn add(ui: &mut Ui, colors: &Colors, of: &str, what: &str) -> bool {
    let text = RichText::new(format!("Add {what}")).size(rows::remark_size(ui));
    let response = ui.add(rows::quiet(text.color(colors.accent)));
    let label = format!("{of}: add {what}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    response.clicked()
}
