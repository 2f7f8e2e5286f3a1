//! What can be wrong with a rule that is typed.

use crate::expression::{ExpressionError, Fault, ParameterFault};

/// A mistake in a rule that is typed, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OwnRuleFault {
    /// The lines cannot be read.
    #[error("in the lines of the rule, {0}")]
    Lines(ExpressionError),
    /// The lines have a name that is no parameter.
    #[error(
        "in the lines of the rule, {fault}; give it a value, as in parameters: {{\"{name}\": 1.0}}"
    )]
    NoValue {
        /// Where it is.
        fault: ExpressionError,
        /// The name.
        name: String,
    },
    /// A parameter is wrong.
    #[error(transparent)]
    Parameters(#[from] ParameterFault),
}

impl From<ExpressionError> for OwnRuleFault {
    fn from(fault: ExpressionError) -> Self {
        match &fault.fault {
            Fault::NoQuantity { name, near: None } => Self::NoValue {
                name: name.clone(),
                fault,
            },
            _ => Self::Lines(fault),
        }
    }
}

impl OwnRuleFault {
    /// The field of the rule that the mistake is in.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Lines(_) | Self::NoValue { .. } => "lines",
            Self::Parameters(_) => "parameters",
        }
    }

    /// The mistake in the lines, if it is there.
    #[must_use]
    pub const fn in_lines(&self) -> Option<&ExpressionError> {
        match self {
            Self::Lines(fault) | Self::NoValue { fault, .. } => Some(fault),
            Self::Parameters(_) => None,
        }
    }
}
