//! A rule of the program as text, to be edited.

use super::OwnRule;
use super::known::is_known;
use crate::expression::{Parameter, Parameters, Program, Rules};
use crate::optimizer::describe::{ParameterKind, Rule};

impl OwnRule {
    /// A rule in its present form as text: its lines, in which choices and switches are settled, and
    /// the numbers that they read. `None` for a rule whose lines cannot be typed, such as a wrapper or
    /// one of matrices.
    #[must_use]
    pub fn from_rule(rule: &(dyn Rule + 'static)) -> Option<Self> {
        let lines = rule.equations();
        if lines.is_empty() || rule.inner().is_some() {
            return None;
        }
        let lines = lines.join("\n");
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
