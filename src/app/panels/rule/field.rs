//! The field in which the lines are typed, and what is wrong with them.

use egui::{Align, Color32, Id, Layout, RichText, Ui, vec2};

use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::panels::typing::{self, Field, Mended, Stays};
use crate::optimizer::{Family, NoteRole, OwnRule, Rule as _};
use crate::view::Colors;
use crate::view::theme::CAPTION;

/// Shows the field, and below it what is wrong with its text, or what the rule remembers.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, rule: &OwnRule) {
    let draft = desk.document.rule_draft().cloned();
    let colors = desk.colors;
    let notes: Vec<(String, Color32)> = rule
        .notes()
        .into_iter()
        .filter(|note| matches!(note.role, NoteRole::Gradient | NoteRole::Other(_)))
        .map(|note| (note.name.into_owned(), colors.family(note.role.family())))
        .collect();
    let names = |name: &str| color(rule, &notes, colors, name);
    let field = Field {
        id: Id::unique(("rule", desk.document.id())),
        label: "Lines of the rule",
        text: rule.text(),
        draft: draft.as_ref(),
        names: &names,
    };
    if let Some(text) = typing::show(ui, desk, &field) {
        desk.act(DocumentAction::TypeRule(text));
    }
    let Some(draft) = draft else {
        remembered(ui, desk, rule);
        return;
    };
    match typing::explain(ui, desk, &draft, Stays::Rule) {
        Some(Mended::Text(text)) => desk.act(DocumentAction::TypeRule(text)),
        Some(Mended::Slider(name)) => desk.act(DocumentAction::MakeRuleSlider(name)),
        None => {}
    }
}

/// Returns the colour of a name: that of its quantity in the typeset lines.
fn color(
    rule: &OwnRule,
    notes: &[(String, Color32)],
    colors: &Colors,
    name: &str,
) -> Option<Color32> {
    if rule.parameters().get(name).is_some() {
        return Some(colors.family(Family::Decay));
    }
    let mut notes = notes.iter();
    notes
        .find(|(known, _)| known == name)
        .map(|(_, color)| *color)
}

/// Says what is kept from step to step, and that nothing is wrong.
fn remembered(ui: &mut Ui, desk: &Desk<'_>, rule: &OwnRule) {
    let size = vec2(ui.available_width(), 18.0);
    let say = |text: &str| RichText::new(text).size(CAPTION).color(desk.colors.dim);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.label(say("no error"));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(egui::Label::new(say(&memory(rule))).truncate());
        });
    });
}

/// Says what a rule keeps from step to step.
fn memory(rule: &OwnRule) -> String {
    let Some(program) = rule.program() else {
        return String::new();
    };
    let kept = program.assigned().iter().filter(|it| it.is_state);
    let kept: Vec<&str> = kept.map(|it| it.name.as_str()).collect();
    let statements = program.unicode();
    let begins = |name: &&&str| {
        let first = format!("{name}_0");
        statements.iter().any(|line| line.name == first)
    };
    let from = match kept.iter().filter(begins).count() {
        0 => ", from 0 on",
        some if some == kept.len() => ", from the first value given",
        _ => "",
    };
    match &kept[..] {
        [] => "nothing is remembered from step to step".to_owned(),
        [one] => format!("{one} is remembered from step to step{from}"),
        [before @ .., last] => format!(
            "{} and {last} are remembered from step to step{from}",
            before.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Parameters;

    #[test]
    fn what_a_rule_remembers_is_one_sentence() {
        for (lines, expected) in [
            (
                "theta <- theta - 0.1*g",
                "nothing is remembered from step to step",
            ),
            (
                "m <- 0.9*m + g\ntheta <- theta - 0.1*m",
                "m is remembered from step to step, from 0 on",
            ),
            (
                "m <- m + g\nv <- v + g^2\ns <- s + 1\ntheta <- theta - m/(v + s)",
                "m, v and s are remembered from step to step, from 0 on",
            ),
            (
                "m_0 = theta\nm <- 0.9*m + g\ntheta <- theta - 0.1*m",
                "m is remembered from step to step, from the first value given",
            ),
        ] {
            let rule = OwnRule::new("", Parameters::default(), lines);
            assert_eq!(memory(&rule), expected, "{lines}");
        }
    }
}
