//! What a rule says of itself: conflicts, equations, remarks, sliders.

use std::collections::BTreeSet;

use super::common::with;
use ron::extensions::Extensions;
use slalom::optimizer::{Kind, Line, OptimizerChoice, Term};

/// A rule that no preset file could hold, perhaps.
fn unchecked(optimizer: &str) -> OptimizerChoice {
    let extensions = Extensions::UNWRAP_VARIANT_NEWTYPES;
    let options = ron::Options::default().with_default_extension(extensions);
    options.from_str(optimizer).unwrap()
}

#[test]
fn values_that_cannot_go_together_are_told_from_those_that_can() {
    for (optimizer, conflict) in [
        ("Momentum()", false),
        ("Momentum(velocity: Unscaled)", false),
        ("Momentum(velocity: Unscaled, dampening: 0.1)", false),
        ("Momentum(dampening: 0.1)", true),
        ("Nesterov()", false),
        ("Nesterov(form: Reformulated)", false),
        ("Nesterov(form: Reformulated, velocity: Unscaled)", false),
        ("Nesterov(velocity: Unscaled)", true),
        ("Adam(epsilon_hat: true)", false),
        ("Adam(epsilon_hat: true, amsgrad: MaxOfRaw)", false),
        ("Adam(amsgrad: MaxOfCorrected)", false),
        ("Adam(epsilon_hat: true, amsgrad: MaxOfCorrected)", true),
        ("AdamW(amsgrad: MaxOfCorrected)", false),
        ("AdamW(epsilon_hat: true, amsgrad: MaxOfCorrected)", true),
        ("Rprop(step_min: 0.25, step_max: 0.5)", false),
        ("Rprop(step_min: 0.5, step_max: 0.5)", false),
        ("Rprop(step_min: 0.5, step_max: 0.25)", true),
    ] {
        let choice = unchecked(optimizer);
        assert_eq!(choice.rule().conflict().is_some(), conflict, "{optimizer}");
    }
}

/// The names of all notes and hyper-parameters in a rule's equations.
fn named_in_equations(optimizer: &str) -> BTreeSet<String> {
    let choice = with(optimizer).plan.optimizer;
    let rule = choice.rule();
    let notes = rule.notes();
    let name = |term: Term| match term {
        Term::Note(id, _) => Some(notes[usize::from(id)].name.to_string()),
        Term::Parameter(index) => rule.parameter(index).map(|it| it.name.to_string()),
        Term::Position => None,
    };
    let terms = rule.lines().into_iter().flat_map(|line| line.terms());
    terms.filter_map(name).collect()
}

/// What has no effect with these values is not in the equations, and what has is.
#[test]
fn equations_name_what_the_values_use() {
    for (optimizer, name, without, with) in [
        (
            "Momentum",
            "dampening",
            "velocity: Unscaled",
            "velocity: Unscaled, dampening: 0.1",
        ),
        (
            "Adagrad",
            "learning_rate_decay",
            "",
            "learning_rate_decay: 0.1",
        ),
        ("RMSProp", "momentum", "", "momentum: 0.1"),
        ("RMSProp", "b", "", "momentum: 0.1"),
        ("RMSProp", "m", "", "centered: true"),
        ("Adam", "weight_decay", "", "weight_decay: 0.1"),
        ("Adam", "m_hat", "bias_correction: false", ""),
        ("Adam", "v_hat", "epsilon_hat: true", ""),
        (
            "Adam",
            "v_hat",
            "bias_correction: false, epsilon_hat: true",
            "amsgrad: MaxOfRaw",
        ),
        ("AdamW", "weight_decay", "weight_decay: 0", ""),
        ("Nadam", "weight_decay", "", "weight_decay: 0.1"),
        ("ScheduleFreeSgd", "weight_decay", "", "weight_decay: 0.1"),
    ] {
        for (values, expected) in [(without, false), (with, true)] {
            let rule = format!("{optimizer}({values})");
            let found = named_in_equations(&rule).contains(name);
            assert_eq!(found, expected, "{name} in the equations of {rule}");
        }
    }
}

/// A wrapper's equations stand before those of the rule inside.
#[test]
fn equations_of_every_rule_lead_to_its_position() {
    for choice in OptimizerChoice::all() {
        let lines = choice.rule().lines();
        let inside = choice.inner().map_or(0, |it| it.rule().lines().len());
        let own = &lines[..lines.len() - inside];
        let leads = |line: &Line| line.terms().first() == Some(&Term::Position);
        assert!(own.iter().any(leads), "{}", choice.rule().about().name);
    }
}

/// Rules whose race can be misread say so on their cards; the others say nothing.
#[test]
fn remarks_are_sentences() {
    let mut with_remark = BTreeSet::new();
    for choice in OptimizerChoice::all() {
        if let Some(remark) = choice.rule().remark() {
            assert!(remark.ends_with('.'), "{remark:?}");
            with_remark.insert(choice.rule().about().name);
        }
    }
    let expected = [
        "AdamW",
        "Lookahead",
        "PolyakSgd",
        "Rprop",
        "ScheduleFreeSgd",
    ];
    assert_eq!(with_remark, BTreeSet::from(expected));
}

#[test]
fn sliders_have_two_valid_ends() {
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        for parameter in rule.parameters() {
            if let Kind::Number { valid, slider, .. } = parameter.kind {
                let [low, high] = slider;
                let is_range = low < high && valid.allows(low) && valid.allows(high);
                let name = rule.about().name;
                assert!(is_range, "{} of {name}: {slider:?}", parameter.name);
            }
        }
    }
}

#[test]
fn the_maximum_stands_in_the_equations_of_amsgrad_alone() {
    for (amsgrad, expected) in [("Off", false), ("MaxOfRaw", true), ("MaxOfCorrected", true)] {
        let choice = with(&format!("Adam(amsgrad: {amsgrad})")).plan.optimizer;
        let lines = choice.rule().lines();
        let found = lines.iter().any(|line| line.spoken().contains("max"));
        assert_eq!(found, expected, "{amsgrad}");
    }
}
