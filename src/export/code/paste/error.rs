//! The reasons why a constructor cannot be raced.

use crate::optimizer::Valid;

/// An error while reading a constructor.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PasteError {
    /// The text ends before the call does.
    #[error("the call of {class} is not complete: a bracket or a quotation mark is missing")]
    Unclosed {
        /// The constructor.
        class: String,
    },
    /// The text goes on after the call.
    #[error("after the call of {class} follows \"{rest}\"; paste the constructor alone")]
    Rest {
        /// The constructor.
        class: String,
        /// The text after the call.
        rest: String,
    },
    /// There is no such optimizer here.
    #[error("{class} cannot be added: {why}")]
    Unknown {
        /// The constructor.
        class: String,
        /// What it is, or what may be meant.
        why: String,
    },
    /// The constructor has no such argument.
    #[error("{class} has no argument {argument}; {hint}")]
    NoSuchArgument {
        /// The constructor.
        class: String,
        /// The argument.
        argument: String,
        /// What may be meant.
        hint: String,
    },
    /// An argument without a name comes after the last one that can be without.
    #[error("{class} has too many arguments without a name: {value}")]
    TooMany {
        /// The constructor.
        class: String,
        /// The value of the argument.
        value: String,
    },
    /// An argument is given twice.
    #[error("{class} is given {argument} twice")]
    Twice {
        /// The constructor.
        class: String,
        /// The argument.
        argument: String,
    },
    /// An argument without a default is left out.
    #[error("{class} needs a value for {argument}")]
    Missing {
        /// The constructor.
        class: String,
        /// The argument.
        argument: String,
    },
    /// The argument does something that is not here.
    #[error("{argument}={value} of {class} cannot be had here: {why}")]
    Absent {
        /// The constructor.
        class: String,
        /// The argument.
        argument: String,
        /// Its value.
        value: String,
        /// The reason.
        why: String,
    },
    /// The value is of another kind, or would have to be evaluated.
    #[error("{argument}={value} of {class} is not read here, only {expected}")]
    Value {
        /// The constructor.
        class: String,
        /// The argument.
        argument: String,
        /// Its value.
        value: String,
        /// The kind of value that is read.
        expected: &'static str,
    },
    /// A number is out of range.
    #[error("{argument} of {class} is {value}, but must be {valid}")]
    OutOfRange {
        /// The constructor.
        class: String,
        /// The argument.
        argument: String,
        /// Its value.
        value: String,
        /// The valid range.
        valid: Valid,
    },
    /// The values do not go together.
    #[error("{class}: {why}")]
    Conflict {
        /// The constructor.
        class: String,
        /// The reason.
        why: &'static str,
    },
}
