//! The learning rate over the race.

use egui::{Align2, CornerRadius, FontId, Role, Stroke, Ui, WidgetInfo, vec2};

use crate::app::controls::Card;
use crate::app::desk::Desk;
use crate::view::curve::Curve;
use crate::view::number;
use crate::view::theme::touch::hold;

/// Plots the learning rate over the race if it changes and the rule uses it. A schedule that
/// watches the loss is shown with the rates of the race that was run.
#[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, card: Card<'_>, per_epoch: u64) {
    let (plan, rule) = (&card.racer.plan, card.racer.plan.optimizer.rule());
    let Some((index, parameter)) = rule.rate().and_then(|it| Some((it, rule.parameter(it)?)))
    else {
        return;
    };
    let is_edited = plan.edits.iter().any(|it| it.parameter == parameter.name);
    if (plan.schedule.is_constant() && !is_edited) || !rule.heeds_rate() {
        return;
    }
    let path = plan.schedule.watches_loss();
    let path = desk.document.race.path_of(card.id).filter(|_| path);
    let in_steps = plan.schedule.in_steps(per_epoch);
    let steps = desk.document.experiment().steps;
    let rate = |step: usize| {
        let run = path.and_then(|path| {
            let ended = path.learning_rate.last().copied();
            path.learning_rate_at(step).or(ended)
        });
        run.unwrap_or_else(|| {
            let eta = plan.number_at(index, step).unwrap_or_default();
            in_steps.learning_rate(eta, step as u64)
        })
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
    let (rect, response) = ui.allocate_exact_size(size, hold(ui));
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
