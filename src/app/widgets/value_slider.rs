//! A slider with a number field: drag, scroll, double-click, or type.

use egui::{
    Align, Context, DragValue, Id, Layout, Response, Role, Slider, SliderClamping, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::just_escaped;
use crate::view::number;

const FOCUSED: &str = "slider that had the focus last";

/// Returns whether a slider has the focus, in which case the arrow keys move its value.
pub fn slider_has_focus(ctx: &Context) -> bool {
    let slider = ctx.data(|data| data.get_temp::<Id>(Id::unique(FOCUSED)));
    slider.is_some() && ctx.memory(egui::Memory::focused) == slider
}

/// A slider with its number on the right.
pub struct ValueSlider<'a> {
    label: &'a str,
    value: f64,
    reset: Option<f64>,
    range: [f64; 2],
    logarithmic: bool,
    mark: Option<f64>,
}

/// The radius of the handle.
const HANDLE: f32 = 6.0;
/// The width of the number.
const NUMBER: f32 = 58.0;

impl<'a> ValueSlider<'a> {
    /// Creates a slider over `range` for a value that may lie outside it. `label` is its accessible
    /// name.
    #[must_use]
    pub fn new(label: &'a str, value: f64, range: [f64; 2], logarithmic: bool) -> Self {
        Self {
            label,
            value,
            reset: None,
            range,
            logarithmic,
            mark: None,
        }
    }

    /// Marks a value on the rail.
    #[must_use]
    pub fn mark(mut self, value: Option<f64>) -> Self {
        self.mark = value;
        self
    }

    /// Sets the value that a double click restores.
    #[must_use]
    pub fn reset(mut self, value: Option<f64>) -> Self {
        self.reset = value;
        self
    }

    /// Shows the slider over the full width and returns the new value if the user changed it.
    pub fn show(self, ui: &mut Ui) -> Option<f64> {
        let mut changed = None;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            changed = self.number(ui);
            ui.spacing_mut().slider_width = (ui.available_width() - 4.0).max(24.0);
            changed = self.slider(ui).or(changed);
        });
        changed.filter(|value| value.to_bits() != self.value.to_bits())
    }

    fn slider(&self, ui: &mut Ui) -> Option<f64> {
        let [low, high] = self.range;
        let mut value = self.value;
        let slider = Slider::new(&mut value, low..=high)
            .logarithmic(self.logarithmic)
            .smallest_positive(low.max(1e-12))
            .clamping(SliderClamping::Never)
            .show_value(false);
        // Neutral, as the accent colour is reserved for selections.
        let response = ui
            .scope(|ui| {
                let visuals = ui.visuals_mut();
                visuals.selection.bg_fill = visuals.weak_text_color();
                visuals.widgets.inactive.bg_fill = visuals.widgets.noninteractive.bg_stroke.color;
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
                ui.spacing_mut().interact_size.y = 2.5 * HANDLE;
                ui.add(slider)
            })
            .inner;
        self.paint_mark(ui, &response);
        self.paint_handle(ui, &response, value);
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(Id::unique(FOCUSED), response.id));
        }
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), value, self.label));
        // A slider only senses drags, so its response reports no clicks.
        let double = ui.input(|input| {
            let primary = egui::PointerButton::Primary;
            input.pointer.button_double_clicked(primary)
        });
        if double && response.contains_pointer() {
            return self.reset;
        }
        if let Some(nudged) = self.nudged(ui, &response) {
            return Some(nudged);
        }
        if !response.changed() {
            return None;
        }
        let dragged = response.dragged();
        let fine = dragged && ui.input(|input| input.modifiers.shift);
        let value = if fine {
            self.fine(ui, &response)
        } else {
            value
        };
        // Rounding must not exceed the range, beyond which a value may be invalid.
        Some(tidy(value, self.step()).clamp(low, high))
    }

    /// Paints a round handle in the text colour; egui's would have the colour of the rail.
    fn paint_handle(&self, ui: &Ui, response: &Response, value: f64) {
        let centre = self.index(response, value);
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
            .circle(centre, HANDLE + grown, fill, Stroke::new(1.5, focus));
    }

    /// Paints a tick on the rail at the marked value.
    fn paint_mark(&self, ui: &Ui, response: &Response) {
        let [low, high] = self.range;
        let inside = |value: &f64| (low..=high).contains(value);
        if let Some(value) = self.mark.filter(inside) {
            let at = self.index(response, value);
            let color = ui.visuals().error_fg_color;
            let reach = vec2(0.0, 7.0);
            ui.painter()
                .line_segment([at - reach, at + reach], Stroke::new(2.0, color));
        }
    }

    /// Returns the position of a value on the rail.
    fn index(&self, response: &Response, value: f64) -> egui::Pos2 {
        let [low, high] = self.range;
        let share = if self.logarithmic {
            (value.max(low) / low).ln() / (high / low).ln()
        } else {
            (value - low) / (high - low)
        };
        #[expect(clippy::cast_possible_truncation, reason = "a share of the rail")]
        let share = share.clamp(0.0, 1.0) as f32;
        let rail = response.rect.shrink2(vec2(HANDLE, 0.0));
        pos2(rail.left() + share * rail.width(), rail.center().y)
    }

    /// Returns the value when dragging with Shift, which moves it a tenth as far as the pointer.
    fn fine(&self, ui: &Ui, response: &Response) -> f64 {
        let moved = f64::from(ui.input(|input| input.pointer.delta().x));
        let width = f64::from(response.rect.width().max(1.0));
        self.moved(0.1 * moved / width)
    }

    /// Returns the value after scrolling over the slider, which does not scroll the panel.
    fn nudged(&self, ui: &Ui, response: &Response) -> Option<f64> {
        if !response.hovered() {
            return None;
        }
        let wheel = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta));
        let turned = f64::from(wheel.x + wheel.y);
        let [low, high] = self.range;
        (turned != 0.0).then(|| tidy(self.moved(turned / 2500.0), self.step()).clamp(low, high))
    }

    /// Returns the value moved by a fraction of the slider's length.
    fn moved(&self, share: f64) -> f64 {
        let [low, high] = self.range;
        if self.logarithmic {
            let value = self.value.max(low);
            (value * (high / low).powf(share)).clamp(low, high)
        } else {
            (self.value + share * (high - low)).clamp(low, high)
        }
    }

    /// Returns the step size of a linear slider.
    fn step(&self) -> Option<f64> {
        (!self.logarithmic).then(|| (self.range[1] - self.range[0]) / 1000.0)
    }

    fn number(&self, ui: &mut Ui) -> Option<f64> {
        let mut value = self.value;
        let speed = if self.logarithmic {
            (value.abs() * 0.01).max(1e-12)
        } else {
            (self.range[1] - self.range[0]) / 400.0
        };
        let number = DragValue::new(&mut value)
            .speed(speed)
            .update_while_editing(false)
            .custom_formatter(|value, _| number::exact(value))
            .custom_parser(number::parse);
        let response = ui
            .scope(|ui| {
                let visuals = &mut ui.visuals_mut().widgets;
                visuals.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
                visuals.inactive.bg_stroke = egui::Stroke::NONE;
                ui.spacing_mut().button_padding.x = 4.0;
                ui.add_sized(vec2(NUMBER, 22.0), number)
            })
            .inner;
        response.widget_info(|| WidgetInfo {
            label: Some(format!("{}, number", self.label)),
            value: Some(value),
            ..WidgetInfo::new(Role::SpinButton)
        });
        if response.double_clicked() {
            return self.reset;
        }
        let dragged = response.dragged();
        (response.changed() && !just_escaped(ui)).then(|| {
            if dragged {
                tidy(value, self.step())
            } else {
                value
            }
        })
    }
}

/// Rounds a dragged value to three significant digits or, on a linear slider, to whole steps.
fn tidy(value: f64, step: Option<f64>) -> f64 {
    let text = match step {
        Some(step) if step > 0.0 => {
            let power = step.log10().floor();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small number"
            )]
            let decimals = (-power).clamp(0.0, 12.0) as usize;
            format!("{value:.decimals$}")
        }
        _ => format!("{value:.2e}"),
    };
    text.parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn dragged_values_have_few_digits() {
        assert!((tidy(0.012_345_6, None) - 0.0123).abs() < 1e-18);
        assert!((tidy(0.912_345, Some(0.001)) - 0.912).abs() < 1e-18);
    }
}
