//! The errors of a typed surface.

use crate::expression::{ExpressionError, Fault, ParameterFault};
use crate::plane::Window;

/// An error in a typed surface, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TypedError {
    /// The formula cannot be read.
    #[error("in the formula, {0}")]
    Formula(ExpressionError),
    /// The formula has a name that is no parameter.
    #[error("in the formula, {fault}; give it a value, as in parameters: {{\"{name}\": 1.0}}")]
    NoValue {
        /// Where it is.
        fault: ExpressionError,
        /// The name.
        name: String,
    },
    /// A parameter is wrong.
    #[error(transparent)]
    Parameters(#[from] ParameterFault),
    /// The window is not one.
    #[error(
        "{axis} of the window is ({}, {}), but must be a smaller and a larger number",
        range[0], range[1]
    )]
    Window {
        /// The axis.
        axis: &'static str,
        /// The ends of the range.
        range: [String; 2],
    },
}

impl From<ExpressionError> for TypedError {
    fn from(fault: ExpressionError) -> Self {
        match &fault.fault {
            Fault::NoQuantity { name, near: None } => Self::NoValue {
                name: name.clone(),
                fault,
            },
            _ => Self::Formula(fault),
        }
    }
}

impl TypedError {
    /// The field of the surface that the error is about.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Formula(_) | Self::NoValue { .. } => "loss",
            Self::Window { .. } => "window",
            _ => "parameters",
        }
    }

    /// The mistake in the formula, if there is one.
    #[must_use]
    pub const fn in_formula(&self) -> Option<&ExpressionError> {
        match self {
            Self::Formula(fault) | Self::NoValue { fault, .. } => Some(fault),
            _ => None,
        }
    }
}

/// Checks that a window is one.
pub fn check_window(window: &Window) -> Result<(), TypedError> {
    match window.wrong_axis() {
        Some((axis, range)) => Err(TypedError::Window {
            axis,
            range: range.map(|end| end.to_string()),
        }),
        None => Ok(()),
    }
}
