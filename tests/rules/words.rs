//! The texts of a rule: conflicts, equations, remarks, sliders.

use std::collections::BTreeSet;

use super::common::with;
use ron::extensions::Extensions;
use slalom::optimizer::{Line, OptimizerChoice, ParameterKind, Term};
use slalom::simulation::{anatomy, simulate_racer};
use slalom::surface::SurfaceChoice;

/// Parses a rule without the checks of a preset file.
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

/// Returns the names of all notes and hyper-parameters in a rule's equations.
fn named_in_equations(optimizer: &str) -> BTreeSet<String> {
    let choice = with(optimizer).plan.optimizer;
    let rule = choice.rule();
    let notes = rule.notes();
    let name = |term: Term| match term {
        Term::Note(id, _) => Some(notes[usize::from(id)].name.to_string()),
        Term::Parameter(index) => rule.parameter(index).map(|it| it.name.to_string()),
        Term::Position => None,
    };
    let terms = rule.lines(2).into_iter().flat_map(|line| line.terms());
    terms.filter_map(name).collect()
}

/// The equations contain exactly what has an effect with these values.
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
        ("AdaBelief", "epsilon_root", "epsilon_root: 0", ""),
        ("Lion", "weight_decay", "", "weight_decay: 0.1"),
        ("ScheduleFreeSgd", "weight_decay", "", "weight_decay: 0.1"),
    ] {
        for (values, expected) in [(without, false), (with, true)] {
            let rule = format!("{optimizer}({values})");
            let found = named_in_equations(&rule).contains(name);
            assert_eq!(found, expected, "{name} in the equations of {rule}");
        }
    }
}

/// A wrapper's equations come before those of the inner rule.
#[test]
fn equations_of_every_rule_lead_to_its_position() {
    for choice in OptimizerChoice::all() {
        let lines = choice.rule().lines(2);
        let inside = choice.inner().map_or(0, |it| it.rule().lines(2).len());
        let own = &lines[..lines.len() - inside];
        let leads = |line: &Line| line.terms().first() == Some(&Term::Position);
        assert!(own.iter().any(leads), "{}", choice.rule().about().name);
    }
}

/// Rules that are easily misjudged have a remark on their cards; the others have none.
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
        "Adan",
        "Asgd",
        "Bfgs",
        "ConjugateGradient",
        "DAdaptAdam",
        "Ftrl",
        "LBfgs",
        "LDoG",
        "Lion",
        "Lookahead",
        "Muon",
        "NelderMead",
        "NovoGrad",
        "PolyakSgd",
        "Prodigy",
        "Rprop",
        "Sam",
        "ScheduleFreeAdamW",
        "ScheduleFreeSgd",
        "Shampoo",
        "SignSgd",
        "SophiaH",
    ];
    assert_eq!(with_remark, BTreeSet::from(expected));
}

#[test]
fn sliders_have_two_valid_ends() {
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        for parameter in rule.parameters() {
            if let ParameterKind::Number { valid, slider, .. } = parameter.kind {
                let [low, high] = slider;
                let is_range = low < high && valid.allows(low) && valid.allows(high);
                let name = rule.about().name;
                assert!(is_range, "{} of {name}: {slider:?}", parameter.name);
            }
        }
    }
}

/// Returns a rule's lines in step `t`, as read aloud.
fn lines(optimizer: &str, t: u64) -> Vec<String> {
    let choice = with(optimizer).plan.optimizer;
    let lines = choice.rule().lines(t);
    lines.iter().map(Line::spoken).collect()
}

/// PyTorch and Keras divide the largest v by 1 − β₂ᵗ, whereas Optax uses the largest quotient.
/// Without correction, both use the largest v.
#[test]
fn the_maximum_of_amsgrad_stands_where_it_is_taken() {
    for (values, expected) in [
        ("amsgrad: Off", None),
        ("amsgrad: Off, epsilon_hat: true", None),
        ("amsgrad: MaxOfRaw", Some("v max ← max(v max, v)")),
        (
            "amsgrad: MaxOfCorrected",
            Some("v̂ ← max(v̂, (v) / (1 − β₂ to the power t))"),
        ),
        (
            "amsgrad: MaxOfRaw, epsilon_hat: true",
            Some("v max ← max(v max, v)"),
        ),
        (
            "amsgrad: MaxOfRaw, bias_correction: false",
            Some("v max ← max(v max, v)"),
        ),
        (
            "amsgrad: MaxOfCorrected, bias_correction: false",
            Some("v max ← max(v max, v)"),
        ),
    ] {
        let lines = lines(&format!("Adam({values})"), 2).join("; ");
        assert_eq!(
            lines.contains("max"),
            expected.is_some(),
            "{values}: {lines}"
        );
        let expected = expected.unwrap_or_default();
        assert!(lines.contains(expected), "{values}: {lines}");
    }
}

#[test]
fn the_first_step_of_a_dampened_velocity_is_the_gradient() {
    let rule = "Momentum(velocity: Unscaled, dampening: 0.5)";
    let velocity = "v ← g if t = 1 , μ v + (1 − τ) g otherwise";
    assert_eq!(lines(rule, 1)[0], velocity);
    // Without dampening, an initial velocity of 0 makes no difference.
    let rule = "Momentum(velocity: Unscaled)";
    assert_eq!(lines(rule, 1), lines(rule, 2));
}

/// Returns the names of the quantities shown beside the lines of the second step.
fn beside(optimizer: &str) -> Vec<String> {
    let racer = with(optimizer);
    let surface = SurfaceChoice::Beale.open();
    let path = simulate_racer(&surface, &racer.plan, [1.0, 1.6], 3, 0);
    let anatomy = anatomy(&surface, &racer.plan, &path, 1, 0).unwrap();
    let notes = anatomy.notes.beside(&racer.plan.optimizer.rule().lines(2));
    notes
        .iter()
        .map(|(_, note, _)| note.name.to_string())
        .collect()
}

#[test]
fn beside_the_lines_stands_what_they_name() {
    const EVERYWHERE: [&str; 2] = ["asked", "g"];
    for (optimizer, expected) in [
        (
            "Adam()",
            &[
                "m",
                "m_hat",
                "v",
                "v_hat",
                "rate",
                "from_memory",
                "from_gradient",
                "from_decay",
            ][..],
        ),
        (
            "Adam(bias_correction: false)",
            &[
                "m",
                "v",
                "rate",
                "from_memory",
                "from_gradient",
                "from_decay",
            ],
        ),
        (
            "Adam(epsilon_hat: true)",
            &[
                "m",
                "v",
                "rate",
                "from_memory",
                "from_gradient",
                "from_decay",
            ],
        ),
        (
            "Adam(epsilon_hat: true, amsgrad: MaxOfRaw)",
            &[
                "m",
                "v",
                "v_max",
                "rate",
                "from_memory",
                "from_gradient",
                "from_decay",
            ],
        ),
        (
            "RMSProp()",
            &["E", "s", "rate", "from_memory", "from_gradient"],
        ),
        (
            "RMSProp(momentum: 0.5, centered: true)",
            &[
                "b",
                "m",
                "E",
                "V",
                "s",
                "rate",
                "from_memory",
                "from_gradient",
            ],
        ),
        ("Adagrad()", &["G", "rate", "from_gradient"]),
        (
            "Adagrad(matrix: Full)",
            &["G", "G_xy", "rate", "rate_xy", "from_gradient"],
        ),
        ("PolyakSgd()", &["gap", "n", "a", "from_gradient"]),
    ] {
        let found = beside(optimizer);
        assert_eq!(found, [&EVERYWHERE, expected].concat(), "{optimizer}");
    }
}

/// RMSProp's average is E and Adagrad's sum is G, and the help texts of their parameters say so.
#[test]
fn a_rule_speaks_of_its_own_quantities() {
    for (optimizer, sign) in [("Adagrad()", "√(G + ε)"), ("RMSProp()", "√(E + ε)")] {
        let choice = with(optimizer).plan.optimizer;
        let index = choice.rule().find("epsilon_inside_sqrt").unwrap();
        let help = choice.rule().parameter(index).unwrap().help;
        assert!(help.contains(sign), "{optimizer}: {help}");
    }
}
