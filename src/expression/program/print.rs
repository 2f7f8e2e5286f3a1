//! The lines of a rule, and the parts of its step, in print.

use super::super::names;
use super::super::print::{latex, unicode};
use super::super::tree::Action;
use super::Program;

/// A notation of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The name on the left; `m_0` for the first value of m.
    pub name: String,
    /// The statement.
    pub text: String,
}

impl Program {
    /// The statements in LaTeX. `symbol` may give a name another notation.
    #[must_use]
    pub fn latex(&self, symbol: &dyn Fn(&str) -> Option<String>) -> Vec<Line> {
        let name = |name: &str| symbol(name).unwrap_or_else(|| names::latex(name));
        self.lines(name, [" = ", r" \leftarrow "], |id| {
            latex(&self.tree, id, symbol)
        })
    }

    /// The statements in Unicode, which can be read again.
    #[must_use]
    pub fn unicode(&self) -> Vec<Line> {
        self.text_lines(&|_| None)
    }

    /// The statements in Unicode, where `symbol` may give a name another notation.
    #[must_use]
    pub fn text_lines(&self, symbol: &dyn Fn(&str) -> Option<String>) -> Vec<Line> {
        let name = |name: &str| symbol(name).unwrap_or_else(|| names::unicode(name));
        self.lines(name, [" = ", " ← "], |id| unicode(&self.tree, id, symbol))
    }

    fn lines(
        &self,
        symbol: impl Fn(&str) -> String,
        signs: [&str; 2],
        print: impl Fn(usize) -> String,
    ) -> Vec<Line> {
        let lines = self.tree.statements.iter().filter_map(|statement| {
            let name = &self.tree.names[statement.target.as_ref()?.0];
            let sign = signs[usize::from(statement.action == Action::Assign)];
            Some(Line {
                name: name.clone(),
                text: symbol(name) + sign + &print(statement.value),
            })
        });
        lines.collect()
    }

    /// The parts of the last move of θ in Unicode, with their signs, where `symbol` may give a name
    /// another notation.
    #[must_use]
    pub fn text_parts(&self, symbol: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
        let parts = self.operations.parts.iter();
        let parts = parts.map(|part| {
            let text = unicode(&self.tree, part.id, symbol);
            let sign = if part.is_negative { "−" } else { "" };
            format!("{sign}{text}")
        });
        parts.collect()
    }

    /// The parts of the last move of θ in LaTeX, with their signs. Where θ is no term of its own, it
    /// is subtracted from the term that takes its place.
    #[must_use]
    pub fn parts(&self, symbol: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
        let parts = self.operations.parts.iter();
        let parts = parts.map(|part| {
            let text = latex(&self.tree, part.id, symbol);
            if part.is_negative {
                format!("-{text}")
            } else {
                text
            }
        });
        parts.collect()
    }
}
