//! The slider of a parameter, with its range.

use egui::{Align, Color32, Layout, RichText, Sense, Ui, vec2};

use crate::app::desk::Desk;
use crate::app::widgets::{ValueSlider, icon_button};
use crate::optimizer::{Family, Valid};
use crate::view::equation::Equation;
use crate::view::icon::Icon;

/// The height of a row.
const HEIGHT: f32 = 26.0;
/// The size of the symbols.
const EM: f32 = 16.0;
/// The width of the symbols.
const SYMBOL: f32 = 26.0;
/// The width of an end of a range.
const END: f32 = 50.0;
/// The width of the button that removes a parameter.
const REMOVE: f32 = 20.0;

/// A parameter.
pub struct Row<'a> {
    /// Its name in the text.
    pub name: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// Its symbol; the name if there is none.
    pub symbol: Option<&'a Equation>,
    /// Its value.
    pub value: f64,
    /// The range of the slider.
    pub range: [f64; 2],
    /// Whether equal ways on the slider are equal factors.
    pub logarithmic: bool,
    /// The values that are possible.
    pub valid: Valid,
    /// The value to which a double click leads.
    pub reset: Option<f64>,
    /// What the text is that does not use it; `None` if it is used.
    pub unused_in: Option<&'a str>,
    /// What it does.
    pub help: &'a str,
}

/// What happens to a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// It gets this value.
    Value(f64),
    /// Its slider gets this range.
    Range([f64; 2]),
    /// It is removed.
    Remove,
}

/// Shows a row and returns what the user has changed.
pub fn row(ui: &mut Ui, desk: &mut Desk<'_>, row: &Row<'_>) -> Option<Change> {
    let mut changed = None;
    let size = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        changed = row.range(ui, desk).map(Change::Range);
        if row.unused_in.is_some() && row.remove(ui) {
            changed = Some(Change::Remove);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            row.sign(ui, desk.colors.family(Family::Decay));
            if let Some(value) = row.value(ui, desk) {
                changed = Some(Change::Value(value));
            }
        });
    });
    changed
}

impl Row<'_> {
    fn sign(&self, ui: &mut Ui, color: Color32) {
        let Some(symbol) = self.symbol else {
            ui.label(RichText::new(self.name).monospace().color(color));
            return;
        };
        let size = symbol.size(EM);
        let room = vec2(size.x.max(SYMBOL - 4.0), HEIGHT);
        let (rect, response) = ui.allocate_exact_size(room, Sense::hover());
        let corner = rect.left_center() - vec2(0.0, size.y / 2.0);
        symbol.paint(ui.painter(), corner, EM, |_| color);
        if !self.help.is_empty() {
            response.on_hover_text(format!("{}: {}", self.label, self.help));
        }
    }

    fn value(&self, ui: &mut Ui, desk: &mut Desk<'_>) -> Option<f64> {
        let label = format!("Parameter {}", self.label);
        let slider = ValueSlider::new(&label, self.value, self.range, self.logarithmic);
        let slider = slider.valid(self.valid).reset(self.reset);
        slider.show(ui, &mut desk.memory.sliders)
    }

    /// Shows both ends of the range, from right to left, and returns the range if it was changed.
    fn range(&self, ui: &mut Ui, desk: &mut Desk<'_>) -> Option<[f64; 2]> {
        let [low, high] = self.range;
        let least = (high - low) * 1e-6;
        ui.push_id((self.name, "range"), |ui| {
            ui.visuals_mut().override_text_color = Some(desk.colors.dim);
            let label = format!("Upper end of {}", self.label);
            let end =
                ValueSlider::new(&label, high, [low, high], false).within([low + least, FARTHEST]);
            let upper = end.show_number(ui, &mut desk.memory.sliders, END);
            ui.label(RichText::new("…").color(desk.colors.dim));
            let label = format!("Lower end of {}", self.label);
            let end =
                ValueSlider::new(&label, low, [low, high], false).within([-FARTHEST, high - least]);
            let lower = end.show_number(ui, &mut desk.memory.sliders, END);
            match (lower, upper) {
                (Some(low), _) => Some([low, high]),
                (None, Some(high)) => Some([low, high]),
                (None, None) => None,
            }
        })
        .inner
    }

    fn remove(&self, ui: &mut Ui) -> bool {
        let label = format!("Remove {}", self.label);
        let button = icon_button(ui, Icon::Cross, vec2(REMOVE, REMOVE), &label);
        let text = self.unused_in.unwrap_or_default();
        let why = format!("{label}, which the {text} does not use");
        button.on_hover_text(why).clicked()
    }
}

/// The farthest end of a range.
const FARTHEST: f64 = 1e9;
