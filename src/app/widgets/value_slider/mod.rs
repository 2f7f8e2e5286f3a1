//! A slider with a number: drag, scroll, double-click, or type.

mod number_field;
mod rail;

use egui::{Align, Layout, Ui, Vec2, vec2};

use crate::app::slider_memory::SliderMemory;
use crate::optimizer::Valid;
use crate::view::number;
use crate::view::theme::touch::{TARGET, is_for_fingers, target};

/// A slider with its number.
pub struct ValueSlider<'a> {
    label: &'a str,
    value: f64,
    reset: Option<f64>,
    range: [f64; 2],
    logarithmic: bool,
    mark: Option<f64>,
    valid: Valid,
    within: Option<[f64; 2]>,
}

/// The width of the number on one line with the slider: seven characters.
const NUMBER: f32 = 62.0;
/// The width of the number above the slider.
const TALL_NUMBER: f32 = 92.0;
/// The height of the number.
const HEIGHT: f32 = 22.0;
/// The width from which all stands on one line, if that is as high as a finger.
const WIDE: f32 = 300.0;
/// The share of the heading on it.
const NAME: f32 = 0.4;

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
            valid: Valid::Finite,
            within: None,
        }
    }

    /// Marks a value on the rail.
    #[must_use]
    pub fn mark(mut self, value: Option<f64>) -> Self {
        self.mark = value;
        self
    }

    /// Sets the value that a double click on the rail or the context menu restores.
    #[must_use]
    pub fn reset(mut self, value: Option<f64>) -> Self {
        self.reset = value;
        self
    }

    /// Refuses typed numbers that are not valid.
    #[must_use]
    pub fn valid(mut self, valid: Valid) -> Self {
        self.valid = valid;
        self
    }

    /// Refuses typed numbers outside a range, which may be wider than the slider's.
    #[must_use]
    pub fn within(mut self, range: [f64; 2]) -> Self {
        self.within = Some(range);
        self
    }

    /// Shows the slider on one line over the full width, with its number on the right, and returns
    /// the new value if the user changed it.
    pub fn show(self, ui: &mut Ui, memory: &mut SliderMemory) -> Option<f64> {
        let mut changed = None;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            changed = self.apart(ui, memory, vec2(NUMBER, target(ui, HEIGHT)));
            ui.spacing_mut().slider_width = (ui.available_width() - 4.0).max(24.0);
            changed = self.rail(ui, memory).or(changed);
        });
        self.different(changed)
    }

    /// Shows the number alone, and returns the new value if the user changed it.
    pub fn show_number(self, ui: &mut Ui, memory: &mut SliderMemory, width: f32) -> Option<f64> {
        let changed = self.apart(ui, memory, vec2(width, target(ui, HEIGHT)));
        self.different(changed)
    }

    /// Shows a heading with the number on the right and, below it, the slider over the full width, or
    /// all on one line that is as high as a finger; returns the new value if the user changed it.
    pub fn show_tall(
        self,
        ui: &mut Ui,
        memory: &mut SliderMemory,
        heading: impl FnOnce(&mut Ui),
    ) -> Option<f64> {
        let mut changed = None;
        let width = ui.available_width();
        if is_for_fingers(ui.style()) && width >= WIDE {
            ui.allocate_ui(vec2(width, TARGET), |ui| {
                ui.horizontal_centered(|ui| {
                    let name = vec2(NAME * width, TARGET);
                    let left_to_right = Layout::left_to_right(Align::Center);
                    ui.allocate_ui_with_layout(name, left_to_right, |ui| {
                        ui.set_min_size(name);
                        ui.set_max_width(name.x);
                        heading(ui);
                    });
                    changed = self.show(ui, memory);
                });
            });
            return changed;
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let right_to_left = Layout::right_to_left(Align::Center);
            let height = target(ui, HEIGHT);
            ui.allocate_ui_with_layout(vec2(width, height), right_to_left, |ui| {
                changed = self.apart(ui, memory, vec2(TALL_NUMBER, height));
                ui.with_layout(Layout::left_to_right(Align::Center), heading);
            });
            ui.spacing_mut().slider_width = width.max(24.0);
            changed = self.rail(ui, memory).or(changed);
        });
        self.different(changed)
    }

    /// Shows the number with a numbering of its own for its widgets: a number that is typed has more
    /// of them, and the focus would not find those that follow.
    fn apart(&self, ui: &mut Ui, memory: &mut SliderMemory, size: Vec2) -> Option<f64> {
        ui.push_id("number", |ui| self.number(ui, memory, size))
            .inner
    }

    fn different(&self, changed: Option<f64>) -> Option<f64> {
        changed.filter(|value| value.to_bits() != self.value.to_bits())
    }

    /// Shows the item of the context menu that resets the value, and returns that value when it is
    /// clicked.
    fn reset_item(&self, ui: &mut Ui) -> Option<f64> {
        match self.reset {
            Some(value) => {
                let text = format!("Reset to {}", number::fitted(value, 12));
                ui.button(text).clicked().then_some(value)
            }
            None => {
                ui.weak("There is no value to go back to.");
                None
            }
        }
    }

    /// Returns what a number would have to be, if it is refused.
    fn objection(&self, value: f64) -> Option<String> {
        if !self.valid.allows(value) {
            return Some(self.valid.to_string());
        }
        let [low, high] = self.within?;
        let inside = (low..=high).contains(&value);
        (!inside).then(|| format!("from {} to {}", number::short(low), number::short(high)))
    }

    /// Returns the step size of a linear slider.
    fn step(&self) -> Option<f64> {
        (!self.logarithmic).then(|| (self.range[1] - self.range[0]) / 1000.0)
    }
}

/// Rounds a moved value to three significant digits or, on a linear slider, to whole steps; a
/// finely moved one has one digit more.
fn tidy(value: f64, step: Option<f64>, fine: bool) -> f64 {
    let more = usize::from(fine);
    let text = match step {
        Some(step) if step > 0.0 => {
            let power = step.log10().floor();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small number"
            )]
            let decimals = (-power).clamp(0.0, 12.0) as usize + more;
            format!("{value:.decimals$}")
        }
        _ => {
            let decimals = 2 + more;
            format!("{value:.decimals$e}")
        }
    };
    text.parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn dragged_values_have_few_digits() {
        assert_eq!(tidy(0.012_345_6, None, false), 0.0123);
        assert_eq!(tidy(0.012_345_6, None, true), 0.01235);
        assert_eq!(tidy(0.912_345, Some(0.001), false), 0.912);
        assert_eq!(tidy(0.912_345, Some(0.001), true), 0.9123);
    }
}
