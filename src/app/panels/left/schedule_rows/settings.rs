//! The numbers and choices of a schedule.

use egui::{DragValue, Role, Ui, WidgetInfo, vec2};

use crate::app::controls::rows;
use crate::experiment::Schedule;
use crate::experiment::schedule::Setting;
use crate::optimizer::spelled;
use crate::view::{Colors, number};

/// The maximum number of steps in a race.
const MOST: u32 = 1_000_000;
/// The number of characters that fit a field.
const DIGITS: usize = 10;
/// The width of a number, and of one with a menu beside it.
const NUMBER: f32 = 92.0;
const NARROW: f32 = 72.0;
/// The width of a menu of alternatives.
const MENU: f32 = 28.0;

/// What the rows belong to.
pub(super) struct Scope {
    /// What the accessible labels begin with.
    pub label: String,
    /// The learning rate before the schedule.
    pub eta: f64,
    /// The number of steps of an epoch.
    pub per_epoch: u64,
    /// Whether there are data, and thus epochs.
    pub has_data: bool,
}

/// Shows a row for each setting that has a value.
pub(super) fn show(ui: &mut Ui, colors: &Colors, scope: &Scope, schedule: &mut Schedule) {
    let settings = schedule.values().collect::<Vec<_>>();
    for (setting, value) in settings {
        let title = spelled(setting.name);
        let label = format!("{}: {title}", scope.label);
        rows::row(ui, colors, &title, setting.help, |ui| {
            if let Some(names) = setting.choices() {
                choice(ui, &label, setting, names, schedule);
                return;
            }
            let others = alternatives(schedule, setting, scope);
            if let Some(other) = alternative(ui, &label, &others) {
                let value = converted(value, setting.name, other.name, scope);
                other.choose(schedule, value);
                return;
            }
            let width = if others.is_empty() { NUMBER } else { NARROW };
            let wanted = if setting.is_count() {
                let least = if setting.valid.allows(0.0) { 0.0 } else { 1.0 };
                count(ui, width, &label, setting.help, least, value)
            } else {
                real(ui, width, &label, setting.help, value)
            };
            if let Some(value) = wanted {
                setting.set(schedule, value);
            }
        });
    }
}

/// Shows a field for a count, `least` or more, and returns its new value if it was changed.
pub(super) fn count(
    ui: &mut Ui,
    width: f32,
    label: &str,
    help: &str,
    least: f64,
    mut value: f64,
) -> Option<f64> {
    let before = value;
    let field = DragValue::new(&mut value).custom_parser(number::parse);
    let field = field.range(least..=f64::from(MOST)).fixed_decimals(0);
    add(ui, width, label, help, field);
    (value.to_bits() != before.to_bits()).then_some(value)
}

/// Shows a field for a number and returns its new value if it was changed.
pub(super) fn real(ui: &mut Ui, width: f32, label: &str, help: &str, value: f64) -> Option<f64> {
    let mut wanted = value;
    let field = DragValue::new(&mut wanted).custom_parser(number::parse);
    let field = field.range(0.0..=f64::MAX);
    let field = field.speed((value.abs() * 0.01).max(1e-4));
    let field = field.custom_formatter(|value, _| number::fitted(value, DIGITS));
    add(ui, width, label, help, field);
    // A number that was looked at but not changed may have lost digits that do not fit.
    let is_changed = number::fitted(wanted, DIGITS) != number::fitted(value, DIGITS);
    is_changed.then_some(wanted)
}

fn add(ui: &mut Ui, width: f32, label: &str, help: &str, field: DragValue<'_>) {
    let response = ui.add_sized(vec2(width, rows::height(ui)), field);
    response.widget_info(|| WidgetInfo {
        label: Some(label.to_owned()),
        ..WidgetInfo::new(Role::SpinButton)
    });
    response.on_hover_text(help);
}

/// Shows a menu of names for a setting that is one of them.
fn choice(ui: &mut Ui, label: &str, setting: &Setting, names: &[&str], schedule: &mut Schedule) {
    let chosen = setting.get(schedule).unwrap_or_default();
    let is_chosen = |index: usize| u32::try_from(index).is_ok_and(|it| f64::from(it) == chosen);
    let mut shown = (0..).zip(names).filter(|(index, _)| is_chosen(*index));
    let text = shown.next().map_or("", |(_, name)| *name).to_lowercase();
    let response = rows::menu(label, NUMBER)
        .selected_text(text)
        .show_ui(ui, |ui| {
            for (index, name) in names.iter().enumerate() {
                let item = ui.selectable_label(is_chosen(index), name.to_lowercase());
                if item.clicked() {
                    let index = u32::try_from(index).unwrap_or_default();
                    setting.set(schedule, f64::from(index));
                }
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, label));
    response.on_hover_text(setting.help);
}

/// The settings that can be given in place of one; epochs only where there are data.
fn alternatives(schedule: &Schedule, setting: &Setting, scope: &Scope) -> Vec<&'static Setting> {
    let all = schedule.about().settings.iter();
    all.filter(|other| other.excludes(setting))
        .filter(|other| scope.has_data || !other.name.ends_with("epochs"))
        .collect()
}

/// Shows a menu of the settings that can be given instead, and returns the one that is chosen.
fn alternative(ui: &mut Ui, label: &str, others: &[&'static Setting]) -> Option<&'static Setting> {
    if others.is_empty() {
        return None;
    }
    let mut chosen = None;
    let label = format!("{label}, or something else");
    let response = rows::menu(&label, MENU)
        .selected_text("")
        .show_ui(ui, |ui| {
            for other in others {
                let item = ui.selectable_label(false, spelled(other.name));
                if item.on_hover_text(other.help).clicked() {
                    chosen = Some(*other);
                }
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &label));
    response.on_hover_text("Give something else instead");
    chosen
}

/// The value of one setting in the units of another that can be given instead.
#[expect(
    clippy::cast_precision_loss,
    reason = "step numbers are far below 2^53"
)]
pub(super) fn converted(value: f64, from: &str, to: &str, scope: &Scope) -> f64 {
    let per_epoch = scope.per_epoch.max(1) as f64;
    let steps = match from {
        "total_steps" => value - 1.0,
        name if name.starts_with("epoch") || name.ends_with("epochs") => value * per_epoch,
        "final_factor" => value * scope.eta,
        _ => value,
    };
    match to {
        "total_steps" => steps + 1.0,
        name if name.starts_with("epoch") || name.ends_with("epochs") => {
            (steps / per_epoch).round().max(1.0)
        }
        "final_factor" if scope.eta > 0.0 => steps / scope.eta,
        "final_learning_rate" | "final_factor" => steps,
        _ => steps.max(1.0),
    }
}
