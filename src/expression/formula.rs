//! A formula that was typed: its definitions, its parameters, and its tape.

use super::builder::Value;
use super::compile::{Compiler, Placed};
use super::error::{ExpressionError, Fault};
use super::names::as_product;
use super::parse::{Words, parse};
use super::tape::Tape;
use super::tree::{Action, NameId, Node, Tree};
use crate::text::nearest;

/// The names in a formula.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    /// The variables, in the order in which they are given.
    pub variables: [&'a str; 2],
    /// Names that are known to be parameters.
    pub parameters: &'a [&'a str],
    /// Whether other names become parameters too; if not, they are errors.
    pub open: bool,
}

impl Default for Vocabulary<'_> {
    /// A formula over x and y, in which every other name becomes a parameter.
    fn default() -> Self {
        Self {
            variables: ["x", "y"],
            parameters: &[],
            open: true,
        }
    }
}

/// A formula, read and ready to be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    tree: Tree,
    variables: [String; 2],
    parameters: Vec<String>,
    tape: Tape,
}

impl Expression {
    /// Reads a formula: definitions such as `u = x + y`, and in the last line the formula itself.
    ///
    /// # Errors
    /// The first mistake in the text.
    pub fn parse(text: &str, vocabulary: &Vocabulary<'_>) -> Result<Self, ExpressionError> {
        let known: Vec<&str> = vocabulary
            .variables
            .iter()
            .chain(vocabulary.parameters)
            .copied()
            .collect();
        let words = Words {
            known: &known,
            in_rule: false,
        };
        let tree = parse(text, &words)?;
        let placed = |(at, fault)| ExpressionError::new(text, at, fault);
        check_statements(&tree, &known).map_err(placed)?;
        let parameters = parameters(&tree, vocabulary).map_err(placed)?;
        let mut expression = Self {
            text: text.to_owned(),
            variables: vocabulary.variables.map(str::to_owned),
            parameters,
            tape: Tape::default(),
            tree,
        };
        expression.tape = expression.compile(None).map_err(placed)?;
        Ok(expression)
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

    /// The names of the variables.
    #[must_use]
    pub const fn variables(&self) -> &[String; 2] {
        &self.variables
    }

    /// The formula for evaluation, with open parameters.
    #[must_use]
    pub const fn tape(&self) -> &Tape {
        &self.tape
    }

    /// The formula for evaluation with these parameters, in the order of
    /// [`parameters`](Self::parameters): faster, as they are constants. One that is missing counts
    /// as NaN.
    #[must_use]
    pub fn bind(&self, parameters: &[f64]) -> Tape {
        // With constants in the place of parameters, nothing grows that fitted before.
        self.compile(Some(parameters))
            .unwrap_or_else(|_| self.tape.clone())
    }

    /// The expressions as they were typed.
    pub(super) const fn tree(&self) -> &Tree {
        &self.tree
    }

    fn compile(&self, parameters: Option<&[f64]>) -> Result<Tape, Placed> {
        let mut compiler = Compiler::new(&self.tree);
        let whole = |fault| (0..0, fault);
        for (id, name) in self.tree.names.iter().enumerate() {
            let variable = self.variables.iter().position(|known| known == name);
            let parameter = self.parameters.iter().position(|known| known == name);
            compiler.names[id] = match (variable, parameter, parameters) {
                (Some(index), ..) => Some(compiler.builder.variable(short(index)).map_err(whole)?),
                (_, Some(index), None) => {
                    Some(compiler.builder.parameter(short(index)).map_err(whole)?)
                }
                (_, Some(index), Some(values)) => {
                    let value = values.get(index).copied().unwrap_or(f64::NAN);
                    Some(Value::Constant(value))
                }
                _ => None,
            };
        }
        let mut result = Value::Constant(f64::NAN);
        for statement in &self.tree.statements {
            result = compiler.compile(statement.value)?;
            if let Some((name, _)) = &statement.target {
                compiler.names[*name] = Some(result);
            }
        }
        let result = compiler.builder.step(result).map_err(whole)?;
        Tape::new(&compiler.builder.steps, result, &[true, false]).map_err(whole)
    }
}

/// There are at most as many as there are characters.
fn short(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// Whether definitions come first, each with a name of its own, and one formula last.
fn check_statements(tree: &Tree, known: &[&str]) -> Result<(), Placed> {
    let mut defined: Vec<NameId> = Vec::new();
    let last = tree.statements.len() - 1;
    for (index, statement) in tree.statements.iter().enumerate() {
        let of_value = || tree.places[statement.value].clone();
        match (&statement.target, statement.action) {
            (Some((_, at)), Action::Assign) => return Err((at.clone(), Fault::Arrow)),
            (Some((name, at)), _) => {
                let text = &tree.names[*name];
                if known.contains(&text.as_str()) {
                    return Err((at.clone(), Fault::Taken(text.clone())));
                }
                if defined.contains(name) {
                    return Err((at.clone(), Fault::DefinedTwice(text.clone())));
                }
                if index == last {
                    return Err((at.clone(), Fault::NoResult));
                }
                defined.push(*name);
            }
            (None, _) if index < last => return Err((of_value(), Fault::NotLast)),
            (None, _) => {}
        }
    }
    Ok(())
}

/// The names without another meaning, in the order of their first appearance.
fn parameters(tree: &Tree, vocabulary: &Vocabulary<'_>) -> Result<Vec<String>, Placed> {
    let defined: Vec<&str> = tree
        .statements
        .iter()
        .filter_map(|statement| Some(tree.names[statement.target.as_ref()?.0].as_str()))
        .collect();
    let mut introduced: Vec<&str> = vocabulary.variables.to_vec();
    introduced.extend(vocabulary.parameters);
    introduced.extend(&defined);
    let mut hints = introduced.clone();
    hints.extend(["pi", "e"]);
    hints.extend(
        tree.names
            .iter()
            .map(String::as_str)
            .filter(|name| name.len() == 1),
    );
    let mut found: Vec<String> = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    let mut first = 0;
    let counting = tree.counting();
    for statement in &tree.statements {
        let nodes = tree.nodes.iter().zip(&counting).enumerate();
        for (id, (node, counts)) in nodes.take(statement.value + 1).skip(first) {
            let Node::Name(name) = *node else {
                continue;
            };
            let name = tree.names[name].as_str();
            let at = || tree.places[id].clone();
            if vocabulary.variables.contains(&name) || *counts {
                continue;
            }
            if defined.contains(&name) {
                if !before.contains(&name) {
                    return Err((at(), Fault::TooEarly(name.to_owned())));
                }
                continue;
            }
            if !vocabulary.parameters.contains(&name) {
                if let Some(product) = as_product(name, &hints) {
                    return Err((at(), Fault::Product(product)));
                }
                if !vocabulary.open {
                    // Every letter is near every other one.
                    let near = nearest(name, &introduced).filter(|_| name.chars().count() > 1);
                    let near = near.map(str::to_owned);
                    let name = name.to_owned();
                    return Err((at(), Fault::NoQuantity { name, near }));
                }
            }
            if !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
        first = statement.value + 1;
        if let Some((name, _)) = &statement.target {
            before.push(&tree.names[*name]);
        }
    }
    Ok(found)
}
