//! The sliders of the formula's parameters.

use egui::Ui;

use crate::app::caches::formula::Typeset;
use crate::app::desk::Desk;
use crate::app::document::formula_change::FormulaChange;
use crate::app::panels::typing::{Change, Row, row};
use crate::optimizer::Valid;
use crate::surface::typed::Typed;

/// Shows a row for each parameter.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, typed: &Typed, typeset: &Typeset) {
    for (index, (name, parameter)) in typed.parameters.iter().enumerate() {
        let is_used = typeset.used.iter().any(|used| used == name);
        let shown = Row {
            name,
            label: name,
            symbol: typeset.symbols.get(index).and_then(Option::as_ref),
            value: parameter.value,
            range: parameter.slider(),
            logarithmic: false,
            valid: Valid::Finite,
            reset: None,
            unused_in: (!is_used).then_some("formula"),
            help: "",
        };
        let name = name.to_owned();
        let change = match row(ui, desk, &shown) {
            Some(Change::Value(value)) => FormulaChange::Value(name, value),
            Some(Change::Range(range)) => FormulaChange::Range(name, range),
            Some(Change::Remove) => FormulaChange::Remove(name),
            None => continue,
        };
        desk.change(change.into());
    }
}
