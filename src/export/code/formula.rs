//! A formula as the body of a Python function that PyTorch and JAX can differentiate.

use super::python::number;
use crate::expression::{Dialect as Notation, Expression};
use crate::surface::typed::Parameters;

/// A function that a script needs, spelled out because the libraries lack it, or because its slope
/// is infinite or undefined in them where Slalom takes it as level.
struct Helper {
    /// The name in the language.
    of: &'static str,
    /// The name in the script.
    name: &'static str,
    /// Its text.
    text: &'static str,
}

const HELPERS: &[Helper] = &[
    Helper {
        of: "sqrt",
        name: "root",
        text: "def root(x):
    \"\"\"The square root, level at 0.\"\"\"
    return where(x == 0, 0.0, sqrt(where(x == 0, 1.0, x)))
",
    },
    Helper {
        of: "cbrt",
        name: "cube_root",
        text: "def cube_root(x):
    \"\"\"The cube root, level at 0.\"\"\"
    return where(x == 0, 0.0, sign(x) * abs(where(x == 0, 1.0, x)) ** (1 / 3))
",
    },
    Helper {
        of: "max",
        name: "larger",
        text: "def larger(a, b):
    \"\"\"The larger number; NaN if one is.\"\"\"
    return where((a > b) | (a != a), a, b)
",
    },
    Helper {
        of: "min",
        name: "smaller",
        text: "def smaller(a, b):
    \"\"\"The smaller number; NaN if one is.\"\"\"
    return where((a < b) | (a != a), a, b)
",
    },
    Helper {
        of: "hypot",
        name: "distance",
        text: "def distance(a, b):
    \"\"\"The length of (a, b), level at 0.\"\"\"
    square = a * a + b * b
    return where(square == 0, 0.0, sqrt(where(square == 0, 1.0, square)))
",
    },
    Helper {
        of: "atan2",
        name: "direction",
        text: "def direction(y, x):
    \"\"\"The angle of (x, y), level at 0.\"\"\"
    nowhere = (x == 0) & (y == 0)
    return arctan2(where(nowhere, 0.0, y + 0 * x), where(nowhere, 1.0, x + 0 * y))
",
    },
    Helper {
        of: "sigmoid",
        name: "sigmoid",
        text: "def sigmoid(x):
    return (1 + tanh(x / 2)) / 2
",
    },
    Helper {
        of: "softplus",
        name: "softplus",
        text: "def softplus(x):
    \"\"\"log(1 + exp(x))\"\"\"
    return logaddexp(x, 0 * x)
",
    },
    Helper {
        of: "relu",
        name: "relu",
        text: "def relu(x):
    return where(x > 0, x, 0.0)
",
    },
];

/// What a formula and its helpers may import. `torch` and `jax.numpy` provide it under these names,
/// except for [`ERF`].
const NAMES: &[&str] = &[
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "ceil",
    "cos",
    "cosh",
    "e",
    "erf",
    "exp",
    "floor",
    "log",
    "log10",
    "log2",
    "logaddexp",
    "pi",
    "sign",
    "sin",
    "sinh",
    "sqrt",
    "tan",
    "tanh",
    "where",
];

/// The error function, which JAX has elsewhere.
pub(super) const ERF: &str = "erf";

/// Names that mean something else in the script.
const TAKEN: &[&str] = &[
    "abs",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "cube_root",
    "direction",
    "distance",
    "erf",
    "jax",
    "jnp",
    "keras",
    "larger",
    "logaddexp",
    "loss",
    "math",
    "position",
    "range",
    "root",
    "smaller",
    "sum",
    "torch",
    "where",
];

/// A formula in Python.
pub(super) struct Formula {
    /// The lines of a function of `x` and `y`.
    pub(super) body: String,
    /// The functions that it calls, each with its text.
    pub(super) helpers: Vec<&'static str>,
    /// The names that it imports.
    pub(super) names: Vec<&'static str>,
}

impl Formula {
    /// Prints a formula. A parameter is made by `array`, so that every library takes it as a number
    /// of its own.
    pub(super) fn new(expression: &Expression, parameters: &Parameters, array: &str) -> Self {
        let renamed = HELPERS.iter().map(|it| (it.of, it.name));
        let renamed: Vec<(&str, &str)> = renamed.chain([("abs", "abs")]).collect();
        let notation = Notation {
            prefix: "",
            renamed: &renamed,
            of_constants: Some("math."),
            taken: TAKEN,
        };
        let mut lines: Vec<String> = Vec::new();
        for name in expression.parameters() {
            let value = parameters.get(name).map_or(f64::NAN, |it| it.value);
            let name = notation.name(name);
            lines.push(format!("{name} = {array}({})", number(value)));
        }
        lines.extend(expression.python(&notation));
        let body = lines.join("\n");
        let helpers = HELPERS.iter().filter(|it| calls(&body, it.name));
        let helpers: Vec<&str> = helpers.map(|it| it.text).collect();
        let all = helpers.join("\n") + &body;
        let names = NAMES.iter().filter(|name| has_word(&all, name));
        Self {
            names: names.copied().collect(),
            helpers,
            body,
        }
    }
}

/// Whether code calls a function by its plain name.
fn calls(code: &str, name: &str) -> bool {
    has_word_before(code, name, Some('('))
}

/// Whether a name stands in code, other than behind a dot or as a part of another name.
pub(super) fn has_word(code: &str, name: &str) -> bool {
    has_word_before(code, name, None)
}

fn has_word_before(code: &str, name: &str, next: Option<char>) -> bool {
    let is_part = |sign: char| sign.is_alphanumeric() || sign == '_' || sign == '.';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        let ends = match next {
            Some(next) => after == Some(next),
            None => !after.is_some_and(|sign| is_part(sign) && sign != '.'),
        };
        ends && !before.is_some_and(is_part)
    })
}
