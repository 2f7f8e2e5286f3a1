//! The formula of a typed surface, typeset, kept until its text changes.

use std::sync::Arc;

use crate::expression::latex_name;
use crate::surface::typed::Typed;
use crate::view::equation::{Equation, marked};

/// A formula and the symbols of its parameters, laid out.
#[derive(Clone, Debug, Default)]
pub struct Typeset {
    /// The definitions, and the formula itself.
    pub lines: Vec<Equation>,
    /// The parameters that appear in it.
    pub used: Vec<String>,
    /// The symbol of each parameter, in order.
    pub symbols: Vec<Option<Equation>>,
}

/// The typeset formula of a document.
#[derive(Debug, Default)]
pub struct FormulaCache {
    key: (String, Vec<String>),
    typeset: Arc<Typeset>,
}

impl FormulaCache {
    /// Returns the formula, typeset.
    pub fn of(&mut self, typed: &Typed) -> Arc<Typeset> {
        let is_same = self.key.0 == typed.loss && typed.parameters.names().eq(&self.key.1);
        if !is_same {
            let names = typed.parameters.names().map(str::to_owned).collect();
            self.key = (typed.loss.clone(), names);
            self.typeset = Arc::new(typeset(typed, &self.key.1));
        }
        Arc::clone(&self.typeset)
    }
}

fn typeset(typed: &Typed, names: &[String]) -> Typeset {
    let symbol = |name: &str| {
        let index = names.iter().position(|known| known == name)?;
        Some(marked(&latex_name(name), index))
    };
    let lay_out = |latex: &str, text: &str| Equation::of_formula(latex, names.len(), text);
    let symbols = names.iter().map(|name| lay_out(&symbol(name)?, name));
    let symbols = symbols.collect();
    let Ok(expression) = typed.expression() else {
        return Typeset {
            symbols,
            ..Typeset::default()
        };
    };
    let mut latex = expression.latex(&symbol);
    if let Some(last) = latex.last_mut() {
        last.insert_str(0, "f(x, y) = ");
    }
    let unicode = expression.unicode();
    // A definition has no semicolon inside, nor has the formula.
    let spoken = unicode.split("; ");
    Typeset {
        lines: latex
            .iter()
            .zip(spoken)
            .filter_map(|(latex, text)| lay_out(latex, text))
            .collect(),
        used: expression.parameters().to_vec(),
        symbols,
    }
}
