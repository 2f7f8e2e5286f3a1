//! Definitions of rules of one's own, as classes and functions of a script.

/// The definition of a rule, which has no name yet.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    /// The title, from which the name is made.
    pub(super) title: String,
    /// Whether two definitions are of the same rule: its lines and the names of its parameters.
    pub(super) key: String,
    /// The text.
    pub(super) text: String,
    /// What it calls.
    pub(super) helpers: Vec<&'static str>,
    /// Whether it is a function.
    pub(super) is_function: bool,
}
