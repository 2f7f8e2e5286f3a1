//! The description of a surface, apart from its formula.

use std::fmt;

use crate::expression::{Expression, Vocabulary};
use crate::plane::Window;

/// The description of a surface.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The name in preset files, for instance `ThreeHumpCamel`.
    pub name: &'static str,
    /// The display name, for instance `Three-hump camel`.
    pub title: &'static str,
    /// The formula.
    pub equation: Equation,
    /// The initial window; for a loss over data, only if the data determine none.
    pub window: Window,
    /// The known minima inside the window; [`super::minima::find`] finds others.
    pub minima: &'static [Minimum],
    /// The source of the formula.
    pub source: &'static str,
    /// What a race on this surface teaches, in one sentence.
    pub teaches: &'static str,
}

/// The formula of a surface as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equation {
    /// In the language of [`crate::expression`], over x and y: what is printed, what scripts compute,
    /// and what a typed copy begins with. A test holds it against the surface.
    Formula(&'static str),
    /// In words, where it depends on data.
    Words(&'static str),
}

impl Equation {
    /// The formula, if it does not depend on data.
    #[must_use]
    pub fn expression(&self) -> Option<Expression> {
        match self {
            Self::Formula(text) => Expression::parse(text, &Vocabulary::default()).ok(),
            Self::Words(_) => None,
        }
    }
}

impl fmt::Display for Equation {
    /// The formula in Unicode text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.expression(), self) {
            (Some(expression), _) => f.write_str(&expression.unicode()),
            (None, Self::Formula(text) | Self::Words(text)) => f.write_str(text),
        }
    }
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
