//! Links between sliders: a change of a linked parameter is made in all racers that have it.
//!
//! To link changes nothing by itself. As long as a parameter is linked, its card and the panel's
//! heading say so.

use egui::{RichText, Ui, vec2};

use super::rows;
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::widgets::{icon_toggle, link_text};
use crate::optimizer::{Parameter, Role};
use crate::view::icon::Icon;

/// Shows the toggle that links a parameter, if other racers have it.
pub fn toggle(ui: &mut Ui, desk: &mut Desk<'_>, parameter: &Parameter) {
    let linked = is_linked(desk.document, parameter);
    let sharing = sharing(desk.document, &parameter.name);
    if sharing < 2 && !linked {
        return;
    }
    let label = format!("Link {} across racers", parameter.label());
    let response = icon_toggle(ui, Icon::Chain, linked, vec2(24.0, 22.0), &label);
    let what = a(&parameter.label());
    let text = if linked {
        "Click to unlink: a change then applies only to this racer".to_owned()
    } else {
        format!("Link: a change then applies to all {sharing} racers that have {what}")
    };
    if response.on_hover_text(text).clicked() {
        desk.act(DocumentAction::ToggleLink(parameter.name.to_string()));
    }
}

/// Says that a parameter is linked, if it is, and offers to unlink it.
pub fn remark(ui: &mut Ui, desk: &mut Desk<'_>, parameter: &Parameter) {
    if !is_linked(desk.document, parameter) {
        return;
    }
    let label = parameter.label();
    // The sentence does not depend on the step, so that nothing moves while the race plays.
    let said = match sharing(desk.document, &parameter.name) {
        0 | 1 => format!("linked, but no other racer has {}", a(&label)),
        _ if desk.document.from_here => {
            "linked at the start; a change from a later step is this racer’s alone".to_owned()
        }
        count => format!("linked: changes all {count} racers that have {}", a(&label)),
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        ui.label(
            RichText::new(said)
                .size(rows::remark_size(ui))
                .color(desk.colors.text),
        );
        let unlink = link_text(ui, "unlink", desk.colors.accent);
        unlink.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Unlink {label}"))
        });
        if unlink.clicked() {
            desk.act(DocumentAction::ToggleLink(parameter.name.to_string()));
        }
    });
}

/// Returns which parameters are linked, in a few words; `None` if there are none.
pub fn summary(document: &Document) -> Option<String> {
    let linked = linked(document);
    match &linked[..] {
        [] => None,
        [only] if only.role == Role::Rate => Some(format!("{}s linked", only.label())),
        [only] => Some(format!("{} linked", only.label())),
        several => Some(format!("{} links", several.len())),
    }
}

/// Returns what the links do, in a sentence.
pub fn explanation(document: &Document) -> String {
    let labels = linked(document);
    let labels: Vec<String> = labels.iter().map(Parameter::label).collect();
    let labels = match &labels[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        labels => labels.concat(),
    };
    format!("A change of {labels} is made in all racers that have it")
}

/// Returns the linked parameters, each as the first racer that has it knows it.
fn linked(document: &Document) -> Vec<Parameter> {
    let known = |name: &String| {
        let rules = document.experiment().racers.iter();
        let mut rules = rules.map(|racer| racer.plan.optimizer.rule());
        rules.find_map(|rule| rule.parameter(rule.find(name)?))
    };
    document.linked.iter().filter_map(known).collect()
}

fn is_linked(document: &Document, parameter: &Parameter) -> bool {
    document.linked.contains(&*parameter.name)
}

/// Returns the number of racers that have a parameter.
fn sharing(document: &Document, name: &str) -> usize {
    let racers = document.experiment().racers.iter();
    racers
        .filter(|racer| racer.plan.optimizer.rule().find(name).is_some())
        .count()
}

/// Puts the indefinite article before a label.
fn a(label: &str) -> String {
    let article = if label.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {label}")
}
