//! Prints expressions as they were typed, with brackets only where they are needed.

mod latex;
mod piece;
mod python;
mod unicode;

pub use python::Dialect;

use super::formula::Expression;
use super::tree::{Id, Tree};
pub(super) use piece::{Piece, Printer, Rank};
pub(super) use python::Python;

impl Expression {
    /// The lines in LaTeX: the definitions, `u = …`, and the formula itself. `symbol` may give a
    /// name another notation.
    #[must_use]
    pub fn latex(&self, symbol: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
        let printer = latex::Latex { symbol };
        let lines = self.tree().statements.iter().map(|statement| {
            let value = latex(self.tree(), statement.value, symbol);
            match &statement.target {
                Some((name, _)) => {
                    let name = printer.symbol(&self.tree().names[*name]);
                    format!("{name} = {value}")
                }
                None => value,
            }
        });
        lines.collect()
    }

    /// The formula in one line of Unicode, which can be read again.
    #[must_use]
    pub fn unicode(&self) -> String {
        let lines = self.tree().statements.iter().map(|statement| {
            let value = unicode(self.tree(), statement.value, &|_| None);
            match &statement.target {
                Some((name, _)) => {
                    let name = super::names::unicode(&self.tree().names[*name]);
                    format!("{name} = {value}")
                }
                None => value,
            }
        });
        lines.collect::<Vec<_>>().join("; ")
    }

    /// The body of a Python function: the definitions, and a line that returns the formula.
    #[must_use]
    pub fn python(&self, dialect: &Dialect<'_>) -> Vec<String> {
        let lines = self.tree().statements.iter().map(|statement| {
            let value = python(self.tree(), statement.value, dialect);
            match &statement.target {
                Some((name, _)) => {
                    let name = python::name(&self.tree().names[*name], dialect.taken);
                    format!("{name} = {value}")
                }
                None => format!("return {value}"),
            }
        });
        lines.collect()
    }
}

/// An expression in LaTeX.
pub(super) fn latex(tree: &Tree, id: Id, symbol: &dyn Fn(&str) -> Option<String>) -> String {
    latex::Latex { symbol }.print(tree, id)
}

/// An expression in Unicode.
pub(super) fn unicode(tree: &Tree, id: Id, symbol: &dyn Fn(&str) -> Option<String>) -> String {
    unicode::Unicode { symbol }.print(tree, id)
}

/// An expression in Python.
pub(super) fn python(tree: &Tree, id: Id, dialect: &Dialect<'_>) -> String {
    python::Python { dialect }.print(tree, id)
}
