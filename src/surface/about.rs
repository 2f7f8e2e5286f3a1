//! What is known of a surface besides its formula.

use crate::plane::Window;

/// What is known of a surface: the texts and figures that stand beside its formula.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Name in preset files, for instance `ThreeHumpCamel`.
    pub name: &'static str,
    /// Name on screen, for instance `Three-hump camel`.
    pub title: &'static str,
    /// The formula as people write it, in Unicode text.
    pub equation: &'static str,
    /// The same formula as the body of a Python function of `x` and `y`, for scripts that race in
    /// the libraries themselves: numbers, operators, and what both `torch` and `jax.numpy` have of
    /// `cos`, `e`, `exp`, `pi`, `sin`, `sqrt` and `where`.
    pub python: &'static str,
    /// The part of the plane that is shown at first; of a loss over data, only if they say none.
    pub window: Window,
    /// The minima inside the window that are known by name; [`super::minima::find`] finds others.
    pub minima: &'static [Minimum],
    /// Where the surface comes from.
    pub source: &'static str,
    /// One sentence: what a race on this surface teaches.
    pub teaches: &'static str,
}

/// A local minimum of a surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Minimum {
    /// Where it is, as (x, y).
    pub at: [f64; 2],
    /// The loss there.
    pub value: f64,
    /// Whether no point of the surface's own window lies lower.
    pub global: bool,
}

impl Minimum {
    /// A minimum that no other point of the surface's own window undercuts.
    #[must_use]
    pub const fn global(at: [f64; 2], value: f64) -> Self {
        Self {
            at,
            value,
            global: true,
        }
    }

    /// A minimum of its neighbourhood only.
    #[must_use]
    pub const fn local(at: [f64; 2], value: f64) -> Self {
        Self {
            at,
            value,
            global: false,
        }
    }
}
