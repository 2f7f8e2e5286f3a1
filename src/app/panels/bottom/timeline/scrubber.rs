//! The scrubber: drag the playhead.

use egui::{Align2, FontId, Pos2, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::Sizes;
use crate::app::desk::Desk;
use crate::plane::ticks::{HALVES, QUARTERS, ticks};
use crate::view::number;

/// The opacity of what lies beyond the steps that have been simulated.
const UNKNOWN: f32 = 0.4;

/// Shows the scrubber.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, width: f32, sizes: Sizes) {
    let document = desk.document;
    let (steps, playhead) = (document.steps(), document.playback.playhead);
    let size = vec2(width, 40.0 * sizes.scale);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(true, playhead, "Playhead, step"));
    // Below it stand the numbers of the steps, if there is room.
    let across = if sizes.is_small {
        rect.center().y - 2.5..=rect.center().y + 2.5
    } else {
        rect.center().y - 5.0 * sizes.scale..=rect.center().y - 1.0
    };
    let ends = sizes.handle + 0.5;
    let rail = Rect::from_x_y_ranges(rect.left() + ends..=rect.right() - ends, across);
    let look = Look { rail, sizes };
    look.paint(ui, desk, &response, playhead, steps);
    if let Some(pointer) = response.interact_pointer_pos() {
        let share = f64::from((pointer.x - rail.left()) / rail.width());
        desk.seek((share * steps).clamp(0.0, steps));
    }
    if let Some(step) = asked_by_screen_reader(ui, &response, playhead, steps) {
        desk.seek(step);
    }
}

/// Screen readers set the value directly or request one step more or less.
fn asked_by_screen_reader(ui: &Ui, response: &Response, playhead: f64, steps: f64) -> Option<f64> {
    use egui::accesskit::{Action, ActionData};
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(steps);
        node.set_numeric_value_step(1.0);
        for action in [Action::SetValue, Action::Increment, Action::Decrement] {
            node.add_action(action);
        }
    });
    ui.input(|input| {
        let count = |action| input.num_accesskit_action_requests(response.id, action);
        let more = count(Action::Increment);
        let less = count(Action::Decrement);
        #[expect(clippy::cast_precision_loss, reason = "a few requests")]
        let moved = more as f64 - less as f64;
        let set = input
            .accesskit_action_requests(response.id, Action::SetValue)
            .find_map(|request| match request.data {
                Some(ActionData::NumericValue(value)) => Some(value),
                _ => None,
            });
        set.or((more + less > 0).then(|| playhead.floor() + moved))
    })
}

/// Where the rail is, and how large.
struct Look {
    rail: Rect,
    sizes: Sizes,
}

impl Look {
    fn paint(&self, ui: &Ui, desk: &Desk<'_>, response: &Response, playhead: f64, steps: f64) {
        let Self { rail, sizes } = *self;
        #[expect(clippy::cast_possible_truncation, reason = "a spot on the screen")]
        let at = |step: f64| rail.left() + rail.width() * (step / steps.max(1.0)) as f32;
        let painter = ui.painter();
        let here = at(playhead);
        // What has not been simulated yet is only hinted at.
        let reached = desk.document.reached().unwrap_or(steps);
        let known = Rect::from_x_y_ranges(rail.left()..=at(reached.min(steps)), rail.y_range());
        painter.rect_filled(rail, 2.0, desk.colors.line.gamma_multiply(UNKNOWN));
        painter.rect_filled(known, 2.0, desk.colors.line);
        let done = Rect::from_x_y_ranges(rail.left()..=here.min(known.right()), rail.y_range());
        painter.rect_filled(done, 2.0, desk.colors.dim);
        // The ticks count rows or epochs if the playhead does, and otherwise steps.
        let clock = desk.clock();
        let end = clock.now().map_or(steps, |[_, end]| end);
        let font = FontId::proportional(sizes.text - 2.0);
        if sizes.is_small {
            self.paint_handle(ui, desk, response, here);
            return;
        }
        let ticks = egui::lerp(3.0..=8.0, ((rail.width() - 200.0) / 800.0).clamp(0.0, 1.0));
        for moment in round_steps(end, f64::from(ticks)) {
            let spot = pos2(at(clock.playhead_at(moment)), rail.bottom() + 6.0);
            let color = if spot.x <= known.right() + 0.5 {
                desk.colors.dim
            } else {
                desk.colors.dim.gamma_multiply(UNKNOWN)
            };
            let text = number::short(moment);
            painter.text(spot, Align2::CENTER_TOP, text, font.clone(), color);
        }
        self.paint_handle(ui, desk, response, here);
    }

    fn paint_handle(&self, ui: &Ui, desk: &Desk<'_>, response: &Response, here: f32) {
        let Self { rail, sizes } = *self;
        let handle = Pos2::new(here, rail.center().y);
        let radius = if response.hovered() || response.dragged() {
            sizes.handle + sizes.scale
        } else {
            sizes.handle
        };
        ui.painter().circle(
            handle,
            radius,
            desk.colors.text,
            Stroke::new(2.0, desk.colors.panel),
        );
    }
}

/// Returns about `count` round step numbers from 0 to the end.
fn round_steps(end: f64, count: f64) -> Vec<f64> {
    let apart = (end / count).max(1.0);
    // There is no step 2.5.
    let rounding = if apart < 10.0 { HALVES } else { QUARTERS };
    ticks([0.0, end], apart, rounding)
}
