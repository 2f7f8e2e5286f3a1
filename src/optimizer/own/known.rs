//! Parameters with names that nearly all rules use.

use std::borrow::Cow;

use crate::expression::{self, latex_name};
use crate::optimizer::describe::{Parameter, ParameterKind, Role, Valid};

/// A name, and what is known about a parameter of that name.
struct Entry {
    name: &'static str,
    symbol: &'static str,
    latex: &'static str,
    role: Role,
    slider: [f64; 2],
    help: &'static str,
}

const fn entry(
    name: &'static str,
    [symbol, latex]: [&'static str; 2],
    role: Role,
    slider: [f64; 2],
    help: &'static str,
) -> Entry {
    Entry {
        name,
        symbol,
        latex,
        role,
        slider,
        help,
    }
}

const TABLE: &[Entry] = &[
    entry(
        "learning_rate",
        ["η", r"\eta"],
        Role::Rate,
        [1e-5, 10.0],
        "How far a step goes: too small crawls, too large bounces or flies off.",
    ),
    entry(
        "momentum",
        ["μ", r"\mu"],
        Role::Momentum,
        [0.0, 0.999],
        "How much of earlier steps is kept.",
    ),
    entry(
        "beta_1",
        ["β₁", r"\beta_1"],
        Role::Momentum,
        [0.0, 0.999],
        "How slowly gradients are forgotten.",
    ),
    entry(
        "beta_2",
        ["β₂", r"\beta_2"],
        Role::Forgetting,
        [0.5, 0.99999],
        "How slowly squared gradients are forgotten.",
    ),
    entry(
        "rho",
        ["ρ", r"\rho"],
        Role::Forgetting,
        [0.0, 0.999],
        "How slowly squared gradients are forgotten.",
    ),
    entry(
        "epsilon",
        ["ε", r"\epsilon"],
        Role::Guard,
        [1e-12, 1.0],
        "Keeps a division finite where gradients vanish.",
    ),
    entry(
        "weight_decay",
        ["λ", r"\lambda"],
        Role::WeightDecay,
        [0.0, 0.1],
        "Shrinks the position in every step.",
    ),
];

/// Whether a parameter of this name has a slider of its own.
pub fn is_known(name: &str) -> bool {
    TABLE.iter().any(|known| known.name == name)
}

/// The symbol of a name, in Unicode.
pub fn sign(name: &str) -> String {
    let known = TABLE.iter().find(|known| known.name == name);
    if let Some(known) = known {
        return known.symbol.to_owned();
    }
    if let Some(letter) = name.strip_suffix("_hat") {
        let letter = expression::unicode_name(letter);
        if letter.chars().count() == 1 {
            return format!("{letter}\u{302}");
        }
    }
    expression::unicode_name(name).replace('_', " ")
}

/// The description of the parameter of this name. Any finite value is valid, but a rate that a
/// schedule drives is never negative.
pub fn describe(name: &str, parameter: &expression::Parameter) -> Parameter {
    let known = TABLE.iter().find(|known| known.name == name);
    let role = known.map_or(Role::Other, |known| known.role);
    let slider = match (parameter.range, known) {
        (None, Some(known)) => known.slider,
        _ => parameter.slider(),
    };
    let valid = match role {
        Role::Rate => Valid::NonNegative,
        _ => Valid::Finite,
    };
    let latex = known.map_or_else(|| latex_name(name), |known| known.latex.to_owned());
    Parameter {
        name: Cow::Owned(name.to_owned()),
        symbol: Cow::Owned(sign(name)),
        latex: Some(latex),
        called: None,
        role,
        kind: ParameterKind::Number {
            valid,
            slider,
            logarithmic: slider[0] > 0.0,
        },
        help: known.map_or("A number in the lines of the rule.", |known| known.help),
        whose: Cow::Borrowed(""),
    }
}
