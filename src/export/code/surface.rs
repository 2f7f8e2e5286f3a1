//! A surface as a Python function.

use super::dialect::indented;
use crate::surface::SurfaceChoice;

/// What a formula may use beside numbers, operators, `x` and `y`; `torch` and `jax.numpy` both
/// have all of it under these names.
const NAMES: &[&str] = &["cos", "e", "exp", "pi", "sin", "sqrt", "where"];

/// A surface as a Python function.
pub(super) struct Definition {
    /// The names that it needs from `torch` or `jax.numpy`.
    pub(super) imports: Vec<&'static str>,
    /// The function `loss(position)`.
    pub(super) text: String,
}

/// The definition of `loss`, which differentiates in every library as it stands.
pub(super) fn surface_definition(surface: &SurfaceChoice) -> Definition {
    let about = surface.about();
    Definition {
        imports: names_in(about.python),
        text: format!(
            "def loss(position):\n    \"\"\"The surface {}.\"\"\"\n    x, y = position\n{}",
            about.title,
            indented(about.python)
        ),
    }
}

fn names_in(code: &str) -> Vec<&'static str> {
    let words = || code.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let used = |name: &&&str| words().any(|word| word == **name);
    NAMES.iter().filter(used).copied().collect()
}
