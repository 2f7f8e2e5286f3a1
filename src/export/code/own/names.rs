//! The names of a rule in Python, and the names of rules in a script.

use super::super::counterpart::Call;
use super::{CLASS, FUNCTION};
use crate::expression::Program;

/// The words of Python itself, and its functions that scripts call.
const RESERVED: &[&str] = &[
    "False", "None", "True", "abs", "and", "as", "assert", "async", "await", "break", "class",
    "continue", "def", "del", "dict", "elif", "else", "except", "finally", "float", "for", "from",
    "global", "if", "import", "in", "int", "is", "lambda", "len", "list", "math", "nonlocal",
    "not", "or", "pass", "raise", "range", "return", "self", "sum", "super", "try", "while",
    "with", "yield", "zip",
];

/// The names of a rule in Python, no two of which are the same.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// Names of the rule, each with the one in Python.
    pairs: Vec<(String, String)>,
    /// The argument that the learning rate has in the library.
    rate: &'static str,
}

impl Names {
    /// Names for a rule that are none of `reserved`.
    pub(super) fn of_rule(program: &Program, reserved: &[&str], rate: &'static str) -> Self {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for name in program.names() {
            let mut python = name.to_owned();
            // A field of a state must not begin with a bar.
            if python.starts_with('_') {
                python.insert(0, 'x');
            }
            let is_taken = |python: &str| {
                RESERVED.contains(&python)
                    || reserved.contains(&python)
                    || (python == rate && name != "learning_rate")
                    || ["theta", "g", "t"].contains(&python)
            };
            while is_taken(&python) || pairs.iter().any(|(_, other)| *other == python) {
                python.push('_');
            }
            pairs.push((name.to_owned(), python));
        }
        Self { pairs, rate }
    }

    /// The name in Python.
    pub(super) fn of(&self, name: &str) -> String {
        let found = self.pairs.iter().find(|(known, _)| known == name);
        found.map_or_else(|| name.to_owned(), |(_, python)| python.clone())
    }

    /// The argument of a constructor that a parameter is.
    pub(super) fn argument(&self, parameter: &str) -> String {
        if parameter == "learning_rate" {
            self.rate.to_owned()
        } else {
            self.of(parameter)
        }
    }
}

/// The names of a script that a rule must not have.
const TAKEN: &[&str] = &[
    "all_rows",
    "arrays",
    "at",
    "base64",
    "batches",
    "change",
    "classes",
    "cosine",
    "csv",
    "data",
    "features",
    "gradient",
    "groups",
    "initial",
    "jax",
    "jnp",
    "keras",
    "linear",
    "loss",
    "loss_and_gradient",
    "model",
    "name",
    "network",
    "normals",
    "numbers",
    "numpy",
    "one_cycle",
    "optax",
    "optimizer",
    "optimizers",
    "os",
    "parameters",
    "plane",
    "polynomial",
    "position",
    "race",
    "racers",
    "report",
    "restarts",
    "rows",
    "rule",
    "seen",
    "sigma",
    "state",
    "step",
    "struct",
    "sys",
    "targets",
    "torch",
    "train",
    "update",
    "value",
    "weights",
    "write",
    "muon",
    "shampoo",
    "accuracy",
    "decoded",
    "origin",
    "Muon",
    "Shampoo",
    "Plateau",
    "NamedTuple",
    "None",
    "True",
    "False",
    "flat",
    "gradients",
    "put",
    "parts",
    "sign",
    "cube_root",
    "mean",
    "norm",
];

/// The names that rules have been given.
#[derive(Debug, Default)]
pub(in super::super) struct Taken {
    /// The key of each definition, and its name.
    given: Vec<(String, String)>,
}

/// Gives a call of a definition its name: that of the same rule, if it has been given one.
pub(in super::super) fn give_names(call: &mut Call, taken: &mut Taken) {
    let Some(definition) = &call.own else {
        return;
    };
    let known = taken.given.iter().find(|(key, _)| *key == definition.key);
    if let Some((_, name)) = known {
        call.function = name.clone().into();
        return;
    }
    let base = if definition.is_function {
        function_of(&definition.title)
    } else {
        class_of(&definition.title)
    };
    let is_free = |name: &str| {
        let mut given = taken.given.iter().map(|(_, name)| name.as_str());
        !given.any(|other| other == name) && !TAKEN.contains(&name) && !RESERVED.contains(&name)
    };
    let between = if definition.is_function { "_" } else { "" };
    let numbered = (2..).map(|number: u32| format!("{base}{between}{number}"));
    let first = if TAKEN.contains(&&*base) || RESERVED.contains(&&*base) {
        let own = if definition.is_function {
            "own_"
        } else {
            "Own"
        };
        format!("{own}{base}")
    } else {
        base.clone()
    };
    let mut all = std::iter::once(first).chain(numbered);
    let Some(name) = all.find(|name| is_free(name)) else {
        return;
    };
    taken.given.push((definition.key.clone(), name.clone()));
    call.code = definition
        .helpers
        .iter()
        .map(|text| (*text).into())
        .collect();
    let class = if definition.is_function {
        camel(&name)
    } else {
        name.clone()
    };
    let text = definition.text.replace(CLASS, &class);
    call.code.push(text.replace(FUNCTION, &name).into());
    call.function = name.into();
}

/// A title as the name of a class: its words in ASCII, each with a capital.
fn class_of(title: &str) -> String {
    let words = title.split(|sign: char| !sign.is_ascii_alphanumeric());
    let name: String = words.map(capitalized).collect();
    match name.chars().next() {
        None => "OwnRule".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("Rule{name}"),
        Some(_) => name,
    }
}

fn capitalized(word: &str) -> String {
    let mut signs = word.chars();
    let first = signs.next().map(|sign| sign.to_ascii_uppercase());
    first.into_iter().chain(signs).collect()
}

/// A title as the name of a function: the same words in small letters.
fn function_of(title: &str) -> String {
    let words = title.split(|sign: char| !sign.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_").to_ascii_lowercase();
    match name.chars().next() {
        None => "own_rule".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("rule_{name}"),
        Some(_) => name,
    }
}

/// `heavy_ball` as `HeavyBall`.
fn camel(function: &str) -> String {
    function.split('_').map(capitalized).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names() {
        for (title, class, function) in [
            (
                "Heavy ball that lets go",
                "HeavyBallThatLetsGo",
                "heavy_ball_that_lets_go",
            ),
            (
                "Adam with a power p",
                "AdamWithAPowerP",
                "adam_with_a_power_p",
            ),
            ("ADAM, edited", "ADAMEdited", "adam_edited"),
            ("Äther θ", "Ther", "ther"),
            ("规则", "OwnRule", "own_rule"),
            ("2nd", "Rule2nd", "rule_2nd"),
        ] {
            assert_eq!(class_of(title), class);
            assert_eq!(function_of(title), function);
        }
    }
}
