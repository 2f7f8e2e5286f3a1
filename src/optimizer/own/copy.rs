//! A rule of the program as text, to be edited.

use super::OwnRule;
use super::known::is_known;
use crate::expression::{Parameter, Parameters, Program, Rules};
use crate::optimizer::describe::{ParameterKind, Rule};

/// Why a rule has no copy that can be edited, as one sentence.
pub const NO_COPY: &str =
    "Its equations cannot be typed: they need matrices, or more than values and gradients";

impl OwnRule {
    /// A rule to begin with: gradient descent with a velocity.
    #[must_use]
    pub fn template() -> Self {
        let number = |value: f64| Parameter { value, range: None };
        let parameters = [("momentum", number(0.9)), ("learning_rate", number(0.01))];
        let parameters = parameters.map(|(name, number)| (name.to_owned(), number));
        let lines = "v <- momentum*v + g\ntheta <- theta - learning_rate*v";
        Self::new("My rule", parameters.into_iter().collect(), lines)
    }

    /// A rule in its present form as text: its lines, in which choices and switches are settled, and
    /// the numbers that they read. `None` for a rule whose lines cannot be typed, such as a wrapper or
    /// one of matrices.
    #[must_use]
    pub fn from_rule(rule: &(dyn Rule + 'static)) -> Option<Self> {
        let lines = rule.equations();
        if lines.is_empty() || rule.inner().is_some() {
            return None;
        }
        // One statement in each line, so that each has its value beside it.
        let statements = lines.iter().flat_map(|line| line.split(';')).map(str::trim);
        let lines = statements.collect::<Vec<_>>().join("\n");
        let all: Vec<_> = rule.parameters().enumerate().collect();
        let names: Vec<&str> = all.iter().map(|(_, it)| &*it.name).collect();
        let rules = Rules {
            parameters: &names,
            open: false,
        };
        let program = Program::parse(&lines, &rules).ok()?;
        let read = all.iter().filter(|(_, it)| {
            let mut read = program.parameters().iter();
            read.any(|name| *name == it.name)
        });
        let parameters: Option<Parameters> = read
            .map(|(index, it)| {
                let value = rule.number(*index)?;
                let range = match it.kind {
                    ParameterKind::Number { slider, .. } => Some(slider),
                    _ => None,
                };
                let range = range.filter(|_| !is_known(&it.name));
                Some((it.name.to_string(), Parameter { value, range }))
            })
            .collect();
        let title = format!("{}, edited", rule.title());
        let copy = Self::new(title, parameters?, lines);
        copy.fault().is_none().then_some(copy)
    }
}
