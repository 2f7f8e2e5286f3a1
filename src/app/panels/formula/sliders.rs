//! The sliders of the formula's parameters.

use egui::{Align, Layout, RichText, Sense, Ui, vec2};

use crate::app::caches::formula::Typeset;
use crate::app::desk::Desk;
use crate::app::document::formula_change::FormulaChange;
use crate::app::widgets::{ValueSlider, icon_button};
use crate::optimizer::Family;
use crate::surface::typed::{Parameter, Typed};
use crate::view::equation::Equation;
use crate::view::icon::Icon;

/// The height of a row.
const HEIGHT: f32 = 26.0;
/// The size of the symbols.
const EM: f32 = 16.0;
/// The width of the symbols.
const SYMBOL: f32 = 26.0;
/// The width of an end of a range.
const END: f32 = 36.0;
/// The width of the button that removes a parameter.
const REMOVE: f32 = 20.0;

/// Shows a row for each parameter.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, typed: &Typed, typeset: &Typeset) {
    for (index, (name, parameter)) in typed.parameters.iter().enumerate() {
        let symbol = typeset.symbols.get(index).and_then(Option::as_ref);
        let is_used = typeset.used.iter().any(|used| used == name);
        let size = vec2(ui.available_width(), HEIGHT);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            range(ui, desk, name, parameter);
            if !is_used {
                remove(ui, desk, name);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                sign(ui, desk, name, symbol);
                value(ui, desk, name, parameter);
            });
        });
    }
}

fn sign(ui: &mut Ui, desk: &Desk<'_>, name: &str, symbol: Option<&Equation>) {
    let color = desk.colors.family(Family::Decay);
    let Some(symbol) = symbol else {
        ui.label(RichText::new(name).monospace().color(color));
        return;
    };
    let size = symbol.size(EM);
    let room = vec2(size.x.max(SYMBOL - 4.0), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(room, Sense::hover());
    let corner = rect.left_center() - vec2(0.0, size.y / 2.0);
    symbol.paint(ui.painter(), corner, EM, |_| color);
}

fn value(ui: &mut Ui, desk: &mut Desk<'_>, name: &str, parameter: &Parameter) {
    let label = format!("Parameter {name}");
    let slider = ValueSlider::new(&label, parameter.value, parameter.slider(), false);
    if let Some(value) = slider.show(ui, &mut desk.memory.sliders) {
        desk.change(FormulaChange::Value(name.to_owned(), value).into());
    }
}

/// Shows both ends of the range, from right to left.
fn range(ui: &mut Ui, desk: &mut Desk<'_>, name: &str, parameter: &Parameter) {
    let [low, high] = parameter.slider();
    let least = (high - low) * 1e-6;
    let mut changed = None;
    ui.push_id((name, "range"), |ui| {
        ui.visuals_mut().override_text_color = Some(desk.colors.dim);
        let label = format!("Upper end of {name}");
        let end =
            ValueSlider::new(&label, high, [low, high], false).within([low + least, FARTHEST]);
        let upper = end.show_number(ui, &mut desk.memory.sliders, END);
        ui.label(RichText::new("…").color(desk.colors.dim));
        let label = format!("Lower end of {name}");
        let end =
            ValueSlider::new(&label, low, [low, high], false).within([-FARTHEST, high - least]);
        let lower = end.show_number(ui, &mut desk.memory.sliders, END);
        changed = match (lower, upper) {
            (Some(low), _) => Some([low, high]),
            (None, Some(high)) => Some([low, high]),
            (None, None) => None,
        };
    });
    if let Some(range) = changed {
        desk.change(FormulaChange::Range(name.to_owned(), range).into());
    }
}

/// The farthest end of a range.
const FARTHEST: f64 = 1e9;

fn remove(ui: &mut Ui, desk: &mut Desk<'_>, name: &str) {
    let label = format!("Remove {name}");
    let button = icon_button(ui, Icon::Cross, vec2(REMOVE, REMOVE), &label);
    let why = format!("{label}, which the formula does not use");
    if button.on_hover_text(why).clicked() {
        desk.change(FormulaChange::Remove(name.to_owned()).into());
    }
}
