//! A text of mathematics that cannot be read yet.

use crate::expression::ExpressionError;
use crate::optimizer::OwnRuleFault;
use crate::surface::typed::TypedError;

/// A text that is no formula and no rule yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The text.
    pub text: String,
    /// The mistake in it, if it has a place there.
    pub mistake: Option<ExpressionError>,
    /// What is wrong, as one sentence.
    pub sentence: String,
    /// The names in it that could become parameters.
    pub unknown: Vec<String>,
}

impl Draft {
    /// Creates the draft of a formula.
    #[must_use]
    pub fn of_formula(text: String, fault: &TypedError, unknown: Vec<String>) -> Self {
        Self::new(text, fault.in_formula(), fault.to_string(), unknown)
    }

    /// Creates the draft of a rule.
    #[must_use]
    pub fn of_rule(text: String, fault: &OwnRuleFault, unknown: Vec<String>) -> Self {
        Self::new(text, fault.in_lines(), fault.to_string(), unknown)
    }

    /// Creates a draft that could be read, but is not possible in the race.
    #[must_use]
    pub fn refused(text: String, sentence: String) -> Self {
        Self::new(text, None, sentence, Vec::new())
    }

    fn new(
        text: String,
        mistake: Option<&ExpressionError>,
        sentence: String,
        unknown: Vec<String>,
    ) -> Self {
        Self {
            text,
            mistake: mistake.cloned(),
            sentence: mistake.map_or(sentence, ToString::to_string),
            unknown,
        }
    }
}
