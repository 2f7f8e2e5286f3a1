//! The description of a surface, apart from its formula.

use crate::plane::Window;

/// The description of a surface.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The name in preset files, for instance `ThreeHumpCamel`.
    pub name: &'static str,
    /// The display name, for instance `Three-hump camel`.
    pub title: &'static str,
    /// The formula in Unicode text.
    pub equation: &'static str,
    /// The same formula as the body of a Python function of `x` and `y`, for scripts that run the
    /// race in other libraries: numbers, operators, and those of `cos`, `e`, `exp`, `pi`, `sin`,
    /// `sqrt` and `where` that both `torch` and `jax.numpy` provide.
    pub python: &'static str,
    /// The initial window; for a loss over data, only if the data determine none.
    pub window: Window,
    /// The known minima inside the window; [`super::minima::find`] finds others.
    pub minima: &'static [Minimum],
    /// The source of the formula.
    pub source: &'static str,
    /// What a race on this surface teaches, in one sentence.
    pub teaches: &'static str,
}

/// A local minimum of a surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Minimum {
    /// Its position, as (x, y).
    pub at: [f64; 2],
    /// The loss there.
    pub value: f64,
    /// Whether it is a lowest point of the surface's own window.
    pub global: bool,
}

impl Minimum {
    /// A lowest point of the surface's own window.
    #[must_use]
    pub const fn global(at: [f64; 2], value: f64) -> Self {
        Self {
            at,
            value,
            global: true,
        }
    }

    /// A minimum that is only local.
    #[must_use]
    pub const fn local(at: [f64; 2], value: f64) -> Self {
        Self {
            at,
            value,
            global: false,
        }
    }
}
