//! Update rules that one can type.
//!
//! Statements run from top to bottom, each with the values above it. `name <- e` assigns a state, or
//! `theta`; `name = e` is local to the step; `name_0 = e` is the value of a state before the first
//! step, otherwise 0. `theta` and `g`, the gradient at the position with which the step begins, are
//! vectors; `t` and the parameters are numbers; another name is a vector if anything assigned to it
//! is. What is written between vectors holds for each coordinate.
//!
//! ```
//! use slalom::expression::{Program, Questions, Rules};
//!
//! struct Bowl;
//! impl Questions<f64> for Bowl {
//!     fn value(&mut self, at: &[f64]) -> f64 {
//!         at.iter().map(|x| x * x).sum()
//!     }
//!     fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
//!         for (slope, x) in gradient.iter_mut().zip(at) {
//!             *slope = 2.0 * x;
//!         }
//!     }
//! }
//!
//! let rule = Program::parse("v <- beta*v + g; theta <- theta - η v", &Rules::default())?;
//! assert_eq!(rule.parameters(), ["beta", "eta"]);
//! let mut memory = rule.begin(2);
//! let mut theta = [1.0, -2.0];
//! rule.step(&mut memory, &mut theta, 1, &[0.9, 0.25], &mut Bowl);
//! assert_eq!(theta, [0.5, -1.0]);
//! # Ok::<(), slalom::expression::ExpressionError>(())
//! ```

mod degree;
mod print;
mod python;
mod roles;
mod run;
mod step;

pub use print::Line;
pub use python::{Kind, Library, Operand, Script, Sentence, Target};
pub use run::{Memory, Quantity, Questions};

use super::error::ExpressionError;
use super::function::{Function, Whole};
use super::parse::{Words, parse};
use super::tree::{Node, Tree};
use roles::{Role, Roles};
use step::Operations;

/// The names in a rule.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Names that are known to be parameters.
    pub parameters: &'a [&'a str],
    /// Whether other names become parameters too; if not, they are errors.
    pub open: bool,
}

impl Default for Rules<'_> {
    /// A rule in which every name without another meaning becomes a parameter.
    fn default() -> Self {
        Self {
            parameters: &[],
            open: true,
        }
    }
}

/// An update rule, read and ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    text: String,
    tree: Tree,
    parameters: Vec<String>,
    assigned: Vec<Assigned>,
    roles: Roles,
    operations: Operations,
    reads_gradient: bool,
}

/// A name to which a rule assigns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The name.
    pub name: String,
    /// Whether it is a vector.
    pub is_vector: bool,
    /// Whether it is kept from step to step.
    pub is_state: bool,
}

impl Program {
    /// Reads a rule.
    ///
    /// # Errors
    /// The first mistake in the text.
    pub fn parse(text: &str, rules: &Rules<'_>) -> Result<Self, ExpressionError> {
        let known: Vec<&str> = ["theta", "g", "t"]
            .iter()
            .chain(rules.parameters)
            .copied()
            .collect();
        let words = Words {
            known: &known,
            in_rule: true,
        };
        let tree = parse(text, &words)?;
        let placed = |(at, fault)| ExpressionError::new(text, at, fault);
        let roles = Roles::of(&tree, rules).map_err(placed)?;
        let operations = Operations::of(&tree, &roles).map_err(placed)?;
        let reads_gradient = tree.nodes.iter().any(|node| match node {
            Node::Name(name) => roles.by_name[*name] == Some(Role::Gradient),
            _ => false,
        });
        Ok(Self {
            text: text.to_owned(),
            parameters: roles.parameters.clone(),
            assigned: assigned(&tree, &roles),
            operations,
            reads_gradient,
            roles,
            tree,
        })
    }

    /// The text as it was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of the parameters, in the order of their first appearance.
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// The names to which the rule assigns, other than θ, in order.
    #[must_use]
    pub fn assigned(&self) -> &[Assigned] {
        &self.assigned
    }

    /// Whether the gradient g at the position is asked for in each step.
    #[must_use]
    pub const fn reads_gradient(&self) -> bool {
        self.reads_gradient
    }

    /// The number of times that θ is assigned.
    #[must_use]
    pub fn moves(&self) -> usize {
        let targets = self.tree.statements.iter();
        let targets = targets.filter_map(|statement| statement.target.as_ref());
        targets
            .filter(|(name, _)| self.tree.names[*name] == "theta")
            .count()
    }

    /// Whether a function is called anywhere.
    #[must_use]
    pub fn calls(&self, function: Whole) -> bool {
        let call = |node: &Node| matches!(node, Node::Call(Function::Whole(called), _) if *called == function);
        self.tree.nodes.iter().any(call)
    }

    /// Whether each coordinate goes its own way, given its gradient.
    #[must_use]
    pub fn acts_on_each_coordinate(&self) -> bool {
        let is_whole = |node: &Node| matches!(node, Node::Call(Function::Whole(_), _));
        !self.tree.nodes.iter().any(is_whole)
    }
}

fn assigned(tree: &Tree, roles: &Roles) -> Vec<Assigned> {
    let mut found: Vec<Assigned> = Vec::new();
    for (statement, initial) in tree.statements.iter().zip(&roles.initial) {
        let Some(name) = initial.or(statement.target.as_ref().map(|it| it.0)) else {
            continue;
        };
        let text = &tree.names[name];
        let is_state = roles.by_name[name] == Some(Role::State);
        if roles.by_name[name] == Some(Role::Position) || found.iter().any(|it| it.name == *text) {
            continue;
        }
        found.push(Assigned {
            name: text.clone(),
            is_vector: roles.vectors[name],
            is_state,
        });
    }
    found
}
