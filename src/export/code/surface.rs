//! A surface as a Python function.

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
    let mut text = format!(
        "def loss(position):\n    \"\"\"{}: {}\"\"\"\n    x, y = position\n",
        about.title, about.source
    );
    for line in about.python.lines() {
        text.push_str(&format!("    {line}\n"));
    }
    Definition {
        imports: names_in(about.python),
        text,
    }
}

fn names_in(code: &str) -> Vec<&'static str> {
    let words = || code.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let used = |name: &&&str| words().any(|word| word == **name);
    NAMES.iter().filter(used).copied().collect()
}
