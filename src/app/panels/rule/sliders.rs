//! The sliders of the rule's parameters.

use std::sync::Arc;

use egui::Ui;

use crate::app::desk::Desk;
use crate::app::document::change::Change as DocumentChange;
use crate::app::document::ids::RacerId;
use crate::app::document::rule_change::RuleChange;
use crate::app::panels::typing::{Change, Row, row};
use crate::optimizer::equation::Piece;
use crate::optimizer::{Line, OwnRule, ParameterKind, Rule as _, Term};
use crate::view::equation::Equation;

/// Shows a row for each parameter.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, racer: RacerId, rule: &OwnRule) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let used = rule.program().map(|program| program.parameters().to_vec());
    let used = used.unwrap_or_default();
    let original = desk.document.original_of(racer).cloned();
    let all = (0..).map_while(|index| Some((index, rule.parameter(index)?)));
    for (index, parameter) in all {
        let ParameterKind::Number {
            valid,
            slider,
            logarithmic,
        } = parameter.kind
        else {
            continue;
        };
        let name = parameter.name.to_string();
        let symbol = parameter.latex.as_ref().and_then(|latex| {
            let symbol = Piece::Term(Term::Parameter(index), vec![Piece::Latex(latex.clone())]);
            desk.caches.insight.equation(Line(vec![symbol]))
        });
        let reset = original.as_ref().and_then(|original| {
            let theirs = original.rule();
            theirs.number(theirs.find(&name)?)
        });
        let label = parameter.label();
        let shown = Row {
            name: &name,
            label: &label,
            symbol: symbol.as_ref().map(Arc::as_ref) as Option<&Equation>,
            value: rule.parameters().value(index).unwrap_or_default(),
            range: slider,
            logarithmic,
            valid,
            reset,
            unused_in: (!used.contains(&name)).then_some("rule"),
            help: parameter.help,
        };
        let change = match row(ui, desk, &shown) {
            Some(Change::Value(value)) => RuleChange::Value(name, value),
            Some(Change::Range(range)) => RuleChange::Range(name, range),
            Some(Change::Remove) => RuleChange::Remove(name),
            None => continue,
        };
        desk.change(DocumentChange::Rule(racer, change));
    }
}
