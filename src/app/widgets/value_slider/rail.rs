//! The rail of a slider with its handle: drag, scroll, double-click, arrow keys.

use egui::{
    Color32, PointerButton, PointerState, Popup, Pos2, Rect, Response, SetOpenCommand, Slider,
    SliderClamping, Stroke, Ui, Visuals, WidgetInfo, pos2, vec2,
};

use super::{ValueSlider, tidy};
use crate::app::slider_memory::SliderMemory;
use crate::app::widgets::finger::{self, Way};
use crate::view::theme::touch::{is_for_fingers, target};

/// The radius of the handle, for a mouse and for a finger.
const HANDLES: [f32; 2] = [6.0, 11.0];
/// The height of the slider in radii of the handle, as egui has it.
const HEIGHT: f32 = 2.5;

/// Returns the radius of the handle.
fn radius(ui: &Ui) -> f32 {
    let [mouse, finger] = HANDLES;
    if is_for_fingers(ui.style()) {
        finger
    } else {
        mouse
    }
}

impl ValueSlider<'_> {
    /// Shows the rail and returns the new value if the user moved it.
    pub(super) fn rail(&self, ui: &mut Ui, memory: &mut SliderMemory) -> Option<f64> {
        let [low, high] = self.range;
        let mut value = self.value;
        let slider = Slider::new(&mut value, low..=high)
            .logarithmic(self.logarithmic)
            .smallest_positive(low.max(1e-12))
            .clamping(SliderClamping::Never)
            .show_value(false);
        let for_fingers = is_for_fingers(ui.style());
        // Neutral, as the accent colour is reserved for selections.
        let response = ui
            .scope(|ui| {
                let visuals = ui.visuals_mut();
                let [done, rail] = rail_colors(visuals);
                visuals.selection.bg_fill = done;
                visuals.widgets.inactive.bg_fill = rail;
                if for_fingers {
                    // The rail of a slider that is as high as a finger is painted by `paint_rail`.
                    visuals.selection.bg_fill = Color32::TRANSPARENT;
                    visuals.widgets.inactive.bg_fill = Color32::TRANSPARENT;
                }
                // The handle is painted by `paint_handle`.
                for state in [
                    &mut visuals.widgets.inactive,
                    &mut visuals.widgets.hovered,
                    &mut visuals.widgets.active,
                ] {
                    state.fg_stroke = Stroke::NONE;
                }
                visuals.widgets.hovered.bg_fill = visuals.widgets.inactive.bg_fill;
                visuals.widgets.active.bg_fill = visuals.widgets.inactive.bg_fill;
                ui.spacing_mut().interact_size.y = target(ui, HEIGHT * radius(ui));
                ui.add(slider)
            })
            .inner;
        if for_fingers {
            self.paint_rail(ui, &response, value);
        }
        self.paint_mark(ui, &response);
        self.paint_handle(ui, &response, value);
        if response.has_focus() {
            memory.focused = Some(response.id);
        }
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), value, self.label));
        // A slider senses only drags, so its response reports no clicks.
        let clicked = |clicked: fn(&PointerState) -> bool| {
            ui.input(|input| clicked(&input.pointer)) && response.contains_pointer()
        };
        if clicked(|it| it.button_double_clicked(PointerButton::Primary)) {
            return self.reset;
        }
        let menu = Popup::context_menu(&response);
        let is_asked = clicked(PointerState::secondary_clicked) || finger::rests(ui, &response);
        let open = is_asked.then_some(SetOpenCommand::Bool(true));
        let reset = menu.open_memory(open).show(|ui| self.reset_item(ui));
        if let Some(value) = reset.and_then(|menu| menu.inner) {
            return Some(value);
        }
        match finger::way(ui, &response) {
            None => {}
            // Wherever a finger touches the rail, the handle goes with it and does not jump there.
            Some(Way::Along) => return self.pulled_by(ui, &response, memory, 1.0),
            Some(_) => return None,
        }
        let fine = ui.input(|input| input.modifiers.shift);
        let dragged = response.dragged() || response.drag_stopped();
        let relative = dragged && (fine || memory.relative == Some(response.id));
        // Without Shift again, the handle must not jump to the pointer.
        memory.relative = relative.then_some(response.id).or(memory.relative);
        if response.drag_stopped() {
            memory.relative = None;
        }
        let share = match turned(ui, &response) {
            Some(share) => share,
            None if relative => {
                return self.pulled_by(ui, &response, memory, if fine { 0.1 } else { 1.0 });
            }
            None if response.changed() => {
                // Rounding must not exceed the range, beyond which a value may be invalid.
                return Some(tidy(value, self.step(), false).clamp(low, high));
            }
            None => return None,
        };
        self.shifted(&response, memory, share, fine)
    }

    /// Returns the value after the pointer has pulled the handle in this frame, by a factor.
    fn pulled_by(
        &self,
        ui: &Ui,
        response: &Response,
        memory: &mut SliderMemory,
        factor: f64,
    ) -> Option<f64> {
        self.shifted(response, memory, pulled(ui, response, factor), factor < 1.0)
    }

    /// Returns the value after a move by a fraction of the slider's length.
    fn shifted(
        &self,
        response: &Response,
        memory: &mut SliderMemory,
        share: f64,
        fine: bool,
    ) -> Option<f64> {
        let [low, high] = self.range;
        if share == 0.0 {
            return None;
        }
        let exact = self.moved(memory.unrounded(response.id, self.value), share);
        let rounded = tidy(exact, self.step(), fine).clamp(low, high);
        memory.moved(response.id, exact, rounded);
        Some(rounded)
    }

    /// Paints the rail, as long as the way of the handle.
    fn paint_rail(&self, ui: &Ui, response: &Response, value: f64) {
        let [low, high] = self.range;
        let [done, rail] = rail_colors(ui.visuals());
        let [left, here, right] = [low, value, high].map(|it| self.position(response, it));
        let reach = vec2(radius(ui), 2.0);
        let whole = Rect::from_two_pos(left, right).expand2(reach);
        ui.painter().rect_filled(whole, 2.0, rail);
        ui.painter()
            .rect_filled(whole.with_max_x(here.x), 2.0, done);
    }

    /// Paints a round handle in the text colour; egui's would have the colour of the rail.
    fn paint_handle(&self, ui: &Ui, response: &Response, value: f64) {
        let centre = self.position(response, value);
        let grown = if response.hovered() || response.dragged() {
            1.0
        } else {
            0.0
        };
        let focus = if response.has_focus() {
            ui.visuals().hyperlink_color
        } else {
            ui.visuals().window_fill
        };
        let fill = ui.visuals().text_color();
        ui.painter()
            .circle(centre, radius(ui) + grown, fill, Stroke::new(1.5, focus));
    }

    /// Paints a tick on the rail at the marked value.
    fn paint_mark(&self, ui: &Ui, response: &Response) {
        let [low, high] = self.range;
        let inside = |value: &f64| (low..=high).contains(value);
        if let Some(value) = self.mark.filter(inside) {
            let at = self.position(response, value);
            let color = ui.visuals().error_fg_color;
            let reach = vec2(0.0, 7.0);
            ui.painter()
                .line_segment([at - reach, at + reach], Stroke::new(2.0, color));
        }
    }

    /// Returns the position of a value on the rail.
    fn position(&self, response: &Response, value: f64) -> Pos2 {
        let [low, high] = self.range;
        let share = if self.logarithmic {
            (value.max(low) / low).ln() / (high / low).ln()
        } else {
            (value - low) / (high - low)
        };
        #[expect(clippy::cast_possible_truncation, reason = "a share of the rail")]
        let share = share.clamp(0.0, 1.0) as f32;
        let rail = response
            .rect
            .shrink2(vec2(response.rect.height() / HEIGHT, 0.0));
        pos2(rail.left() + share * rail.width(), rail.center().y)
    }

    /// Returns a value moved by a fraction of the slider's length.
    fn moved(&self, value: f64, share: f64) -> f64 {
        let [low, high] = self.range;
        if self.logarithmic {
            (value.max(low) * (high / low).powf(share)).clamp(low, high)
        } else {
            (value + share * (high - low)).clamp(low, high)
        }
    }
}

/// Returns the colours of the rail up to the handle, and beyond it.
fn rail_colors(visuals: &Visuals) -> [Color32; 2] {
    [
        visuals.weak_text_color(),
        visuals.widgets.noninteractive.bg_stroke.color,
    ]
}

/// Returns how far the handle moves, as a fraction of the slider's length: the way of the pointer
/// in this frame times a factor.
fn pulled(ui: &Ui, response: &Response, factor: f64) -> f64 {
    let moved = f64::from(ui.input(|input| input.pointer.delta().x));
    factor * moved / f64::from(response.rect.width().max(1.0))
}

/// Returns how far the wheel was turned over the slider, which does not scroll the panel, as a
/// fraction of the slider's length.
fn turned(ui: &Ui, response: &Response) -> Option<f64> {
    if !response.hovered() {
        return None;
    }
    let wheel = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta));
    let turned = f64::from(wheel.x + wheel.y);
    (turned != 0.0).then_some(turned / 2500.0)
}
