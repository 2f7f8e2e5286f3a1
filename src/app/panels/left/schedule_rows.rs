//! A racer's schedule: its type, its parameters, and the resulting learning rate.

use egui::{
    Align2, CornerRadius, DragValue, FontId, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::card::Card;
use super::rows;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::experiment::schedule::Setting;
use crate::experiment::{Plan, Schedule};
use crate::optimizer::spelled;
use crate::view::curve::Curve;
use crate::view::number;

/// The width of the menu, and of a number.
const MENU: f32 = 160.0;
const NUMBER: f32 = 92.0;

/// Shows the rows.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, card: Card<'_>) {
    let plan = &card.racer.plan;
    let mut schedule = plan.schedule;
    let help = "How the learning rate changes over the steps";
    rows::row(ui, desk.colors, "schedule", help, |ui| {
        menu(ui, desk, plan, &mut schedule);
    });
    let settings = schedule.values().collect::<Vec<_>>();
    for (setting, value) in settings {
        if let Some(value) = row(ui, desk, setting, value) {
            setting.set(&mut schedule, value);
        }
    }
    if schedule != plan.schedule && !desk.memory.just_escaped(ui.ctx()) {
        desk.change(Change::Schedule(card.id, schedule));
    }
    curve(ui, desk, card);
}

/// Shows all schedules, each with its curve.
fn menu(ui: &mut Ui, desk: &Desk<'_>, plan: &Plan, schedule: &mut Schedule) {
    /// The number of steps in a curve, which suits the default parameters of the schedules.
    const STEPS: usize = 200;
    let eta = plan.optimizer.rule().learning_rate().unwrap_or(1.0);
    let response = rows::menu("schedule", MENU)
        .height(320.0)
        .selected_text(schedule.title())
        .show_ui(ui, |ui| {
            ui.set_min_width(220.0);
            for choice in Schedule::ALL {
                let about = choice.about();
                let chosen = choice.name() == schedule.name();
                let item = ui.selectable_label(chosen, about.title);
                let right = item.rect.right() - 10.0;
                let room = Rect::from_x_y_ranges(right - 56.0..=right, item.rect.y_range());
                let color = if chosen {
                    desk.colors.text
                } else {
                    desk.colors.dim
                };
                let rate = |step: usize| choice.learning_rate(eta, step as u64);
                Curve::of(STEPS, rate).paint(
                    ui.painter(),
                    room.shrink2(vec2(0.0, 5.0)),
                    Stroke::new(1.4, color),
                );
                let help = format!("{}\n{}", about.idea, about.formula);
                if item.on_hover_text(help).clicked() && !chosen {
                    *schedule = *choice;
                }
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Schedule"));
    let about = schedule.about();
    response.on_hover_text(format!("{}\n{}", about.idea, about.formula));
}

/// Shows a parameter of a schedule and returns its new value if it was changed.
fn row(ui: &mut Ui, desk: &Desk<'_>, setting: &Setting, value: f64) -> Option<f64> {
    /// The maximum number of steps in a race.
    const MOST: u32 = 1_000_000;
    /// The number of characters that fit the field.
    const DIGITS: usize = 10;
    let title = spelled(setting.name);
    let mut wanted = value;
    rows::row(ui, desk.colors, &title, setting.help, |ui| {
        let field = DragValue::new(&mut wanted).custom_parser(number::parse);
        let field = if setting.is_count() {
            field.range(1.0..=f64::from(MOST)).fixed_decimals(0)
        } else {
            let speed = (value.abs() * 0.01).max(1e-4);
            let field = field.range(0.0..=f64::MAX).speed(speed);
            field.custom_formatter(|value, _| number::fitted(value, DIGITS))
        };
        let response = ui.add_sized(vec2(NUMBER, 22.0), field);
        response.widget_info(|| WidgetInfo {
            label: Some(format!("Schedule: {title}")),
            ..WidgetInfo::new(Role::SpinButton)
        });
        response.on_hover_text(setting.help);
    });
    // A number that was looked at but not changed may have lost digits that do not fit.
    let is_changed = number::fitted(wanted, DIGITS) != number::fitted(value, DIGITS);
    is_changed.then_some(wanted)
}

/// Plots the learning rate over the race if it changes and the rule uses it.
#[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
fn curve(ui: &mut Ui, desk: &Desk<'_>, card: Card<'_>) {
    let (plan, rule) = (&card.racer.plan, card.racer.plan.optimizer.rule());
    let Some((index, parameter)) = rule.rate().and_then(|it| Some((it, rule.parameter(it)?)))
    else {
        return;
    };
    let is_edited = plan.edits.iter().any(|it| it.parameter == parameter.name);
    if (plan.schedule.is_constant() && !is_edited) || !rule.heeds_rate() {
        return;
    }
    let steps = desk.document.experiment().steps;
    let rate = |step: usize| {
        let eta = plan.number_at(index, step).unwrap_or_default();
        plan.schedule.learning_rate(eta, step as u64)
    };
    let curve = Curve::of(steps, rate);
    let last = steps.saturating_sub(1);
    let label = format!(
        "Learning rate over the race: {} in the first step, {} at most, {} in the last step",
        number::short(rate(0)),
        number::short(curve.highest()),
        number::short(rate(last))
    );
    let size = vec2(ui.available_width(), 52.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, CornerRadius::same(4), desk.colors.panel);
    let picture = rect.shrink2(vec2(6.0, 6.0));
    let picture = picture.with_min_x(picture.left() + 46.0);
    let text = |at, align, value: f64| {
        let font = FontId::proportional(10.5);
        painter.text(at, align, number::short(value), font, desk.colors.dim);
    };
    let left = picture.left() - 5.0;
    text(
        egui::pos2(left, picture.top()),
        Align2::RIGHT_TOP,
        curve.highest(),
    );
    text(
        egui::pos2(left, picture.bottom()),
        Align2::RIGHT_BOTTOM,
        0.0,
    );
    painter.hline(
        picture.x_range(),
        picture.bottom(),
        Stroke::new(1.0, desk.colors.line),
    );
    curve.paint(&painter, picture, Stroke::new(1.6, desk.colors.text));
    let now = desk.step_of(card.id).min(last);
    let at = curve.spot(picture, [now as f64, rate(now)]);
    painter.circle_filled(at, 3.2, desk.colors.accent);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
    let pointed = response
        .hover_pos()
        .map_or(now, |at| curve.step_at(picture, at.x));
    response.on_hover_text_at_pointer(format!(
        "step {}: learning rate {}",
        number::count(pointed + 1),
        number::short(rate(pointed))
    ));
}
