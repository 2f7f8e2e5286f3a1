//! A rule as statements in Python, for a library of arrays.
//!
//! Python's own numbers raise an error where arrays give an infinity, and functions of a library may
//! take arrays only. So every part of a rule has a [`Kind`], and what is a Python number but is
//! computed with in a way that needs an array becomes one.

mod kinds;
mod write;

pub use kinds::Kind;

use super::super::function::{Function, Whole};
use super::Program;
use kinds::Kinds;
use write::Writer;

/// A printed part of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Operand<'a> {
    /// The text, which binds as tightly as the argument of a function has to.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
    /// Its value, if no name is in it.
    pub value: Option<f64>,
}

/// A library of arrays.
pub trait Library {
    /// The name in Python of a name of the rule.
    fn name(&self, name: &str) -> String;

    /// Whether a parameter is an array from the beginning.
    fn is_array(&self, parameter: &str) -> bool;

    /// Whether functions take Python's numbers, too.
    fn takes_numbers(&self) -> bool;

    /// A call of a function, at least one argument of which is an array, or a number if such are
    /// taken.
    fn call(&self, function: Function, arguments: &[Operand<'_>]) -> String;

    /// The one or the other, depending on a condition.
    fn choose(&self, condition: &str, ways: [Operand<'_>; 2]) -> String;

    /// Python's number as an array.
    fn array(&self, number: &str) -> String;

    /// A number as a vector like θ.
    fn spread(&self, number: Operand<'_>) -> String;

    /// The name of the result of a function of whole vectors, if it has to be computed in a sentence
    /// of its own.
    fn apart(&self, _function: Whole) -> Option<&'static str> {
        None
    }
}

/// What a sentence gives a value to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A state, before the first step.
    First,
    /// A state.
    State,
    /// A value of the step.
    Local,
    /// θ
    Position,
    /// The result of a function of whole vectors, which another sentence reads.
    Result,
}

/// A statement in Python: `name = text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What the name on the left is.
    pub target: Target,
    /// The name on the left.
    pub name: String,
    /// The expression on the right.
    pub text: String,
    /// Whether the value is a vector.
    pub is_vector: bool,
    /// The vectors that it reads, without repetition.
    pub vectors: Vec<String>,
    /// For the result of a function of whole vectors, its arguments with the vectors that they read.
    pub arguments: Vec<(String, Vec<String>)>,
}

/// A rule in Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The statements, in order.
    pub sentences: Vec<Sentence>,
    /// The parameters that have to be arrays, under their names in the rule.
    pub arrays: Vec<String>,
}

impl Script {
    /// The statements that give states their first values.
    pub fn first(&self) -> impl Iterator<Item = &Sentence> {
        let mut all = self.sentences.iter();
        std::iter::from_fn(move || all.find(|it| it.target == Target::First))
    }

    /// The statements of every step.
    pub fn step(&self) -> impl Iterator<Item = &Sentence> {
        let all = self.sentences.iter();
        all.filter(|sentence| sentence.target != Target::First)
    }
}

impl Program {
    /// The statements in Python, for a library.
    #[must_use]
    pub fn python(&self, library: &dyn Library) -> Script {
        let kinds = Kinds::of(&self.tree, &self.roles, library);
        let sentences = Writer::new(&self.tree, &self.roles, &kinds, library).sentences();
        Script {
            sentences,
            arrays: kinds.lifted_parameters(&self.tree, &self.roles),
        }
    }

    /// Whether the number of the step is read, in first values or in the steps.
    #[must_use]
    pub fn reads_time(&self, in_first_values: bool) -> bool {
        self.reads("t", in_first_values)
    }

    /// Whether θ is read in first values.
    #[must_use]
    pub fn begins_with_position(&self) -> bool {
        self.reads("theta", true)
    }

    fn reads(&self, name: &str, in_first_values: bool) -> bool {
        let statements = self.tree.statements.iter().zip(&self.roles.initial);
        let mut statements = statements.filter(|(_, first)| first.is_some() == in_first_values);
        statements.any(|(statement, _)| {
            let mut nodes = self.tree.start(statement.value)..=statement.value;
            nodes.any(|id| self.tree.is_name(id, name) && !self.roles.counting[id])
        })
    }

    /// All names in the rule other than θ, g and t: parameters first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let is_first = |name: &&str| self.parameters.iter().any(|known| known == name);
        let names = || self.tree.names.iter().map(String::as_str);
        let others = names().filter(move |name| !is_first(name));
        let others = others.filter(|name| !["theta", "g", "t"].contains(name));
        self.parameters.iter().map(String::as_str).chain(others)
    }
}
