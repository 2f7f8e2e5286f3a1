//! The description of a rule that is typed, for the rest of the program.

use std::borrow::Cow;

use super::known::describe;
use super::{OwnRule, OwnRuleFault};
use crate::expression::Program;
use crate::optimizer::describe::equation::Vocabulary;
use crate::optimizer::describe::{
    About, History, Line, Note, Parameter, Recurrence, Rule, Value, typed,
};

const ABOUT: About = About {
    name: "Rule",
    title: "Own rule",
    source: "typed",
    idea: "A rule of your own: type its lines, and move its parameters while it runs.",
    hue: 4,
};

impl OwnRule {
    fn described(&self) -> Vec<Parameter> {
        let all = self.parameters.iter();
        all.map(|(name, parameter)| describe(name, parameter))
            .collect()
    }

    fn own_notes(&self) -> &[Note] {
        self.known().map_or(&[], |known| &known.notes)
    }

    /// The statements, one each, as Unicode text that can be read again.
    fn statements(&self) -> Vec<String> {
        let program = self.program();
        let lines = program.map(Program::unicode).unwrap_or_default();
        lines.into_iter().map(|line| line.text).collect()
    }

    fn with_vocabulary<T>(&self, act: impl FnOnce(&Vocabulary<'_>) -> T) -> T {
        let parameters = self.described();
        let parameters: Vec<&Parameter> = parameters.iter().collect();
        act(&Vocabulary {
            notes: self.own_notes(),
            parameters: &parameters,
        })
    }
}

impl Rule for OwnRule {
    fn about(&self) -> &'static About {
        const { &ABOUT }
    }

    fn history(&self) -> Option<&'static History> {
        None
    }

    fn title(&self) -> &str {
        Self::title(self)
    }

    fn name(&self) -> &str {
        Self::title(self)
    }

    fn parameter_count(&self) -> usize {
        self.parameters.names().count()
    }

    fn parameter(&self, index: usize) -> Option<Parameter> {
        let (name, parameter) = self.parameters.iter().nth(index)?;
        Some(describe(name, parameter))
    }

    fn get(&self, index: usize) -> Option<Value> {
        self.parameters.value(index).map(Value::Number)
    }

    fn set(&mut self, index: usize, value: Value) {
        if let Value::Number(number) = value {
            self.parameters.set_value(index, number);
        }
    }

    fn conflict(&self) -> Option<&'static str> {
        self.fault().map(|fault| match fault {
            OwnRuleFault::Parameters(_) => "its parameters are wrong",
            _ => "its lines cannot be read",
        })
    }

    fn heeds_rate(&self) -> bool {
        true
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(ABOUT.idea)
    }

    fn remark(&self) -> Option<&'static str> {
        None
    }

    fn remarks(&self) -> Vec<&'static str> {
        Vec::new()
    }

    fn notes(&self) -> Vec<Note> {
        self.own_notes().to_vec()
    }

    fn lines(&self, t: u64) -> Vec<Line> {
        self.with_vocabulary(|vocabulary| typed::typeset(&self.statements(), vocabulary, t))
    }

    fn equations(&self) -> Vec<Cow<'_, str>> {
        self.statements().into_iter().map(Cow::Owned).collect()
    }

    fn equation(&self) -> String {
        self.with_vocabulary(|vocabulary| typed::text(&self.statements(), vocabulary))
    }

    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        None
    }

    fn recurrence(&self, _curvature: f64) -> Option<Recurrence> {
        None
    }

    fn inner(&self) -> Option<&dyn Rule> {
        None
    }

    fn vectors(&self) -> Option<&dyn Rule> {
        None
    }

    fn to_json(&self) -> serde_json::Result<serde_json::Value> {
        serde_json::to_value(self)
    }
}
