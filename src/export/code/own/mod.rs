//! Rules of one's own, written as classes.

mod body;
mod keras;
mod names;
mod optax;
mod pytorch;

use super::Framework;
use super::counterpart::{Call, Counterpart, Lack, Manner};
use super::definition::Definition;
use super::python::{Amount, Numbers, number};
use super::values::Values;
use crate::expression::{Line, Program, Script, Whole};
use crate::optimizer::OwnRule;
use crate::text::one_line;
use names::Names;

pub(super) use names::{Taken, give_names};

/// Stands for the name of the class in a definition.
const CLASS: &str = "\u{1}";
/// Stands for the name of the function in a definition.
const FUNCTION: &str = "\u{2}";

const UNREADABLE: Lack = "its lines cannot be read";

/// A rule that is being written for a library.
struct Writing<'a> {
    rule: &'a OwnRule,
    program: &'a Program,
    script: Script,
    names: Names,
}

impl Writing<'_> {
    /// The title and the lines, as the documentation of a class or a function, indented by four.
    fn documentation(&self, more: &str) -> String {
        let title = one_line(self.rule.title());
        let is_fit = |sign: &char| !sign.is_control();
        let title: String = title.chars().filter(is_fit).collect();
        let title = title.replace('\\', "\\\\").replace('"', "'");
        let lines = self.program.unicode().into_iter();
        let line = |line: Line| format!("    {}\n", line.text);
        let lines: String = lines.map(line).collect();
        let more = match more {
            "" => String::new(),
            more => format!("\n{}", super::dialect::indented(more)),
        };
        format!("    \"\"\"{}:\n\n{lines}{more}    \"\"\"\n", title.trim())
    }

    /// The parameters that the lines read, with their values.
    fn parameters(&self) -> impl Iterator<Item = (&str, f64)> {
        parameters(self.rule, self.program)
    }

    /// The arguments of a constructor, `name=value`.
    fn arguments(&self) -> Vec<String> {
        let argument = |(name, value)| format!("{}={}", self.names.argument(name), number(value));
        self.parameters().map(argument).collect()
    }

    /// The states: their names in Python, and whether they are vectors.
    fn states(&self) -> Vec<(String, bool)> {
        let states = self.program.assigned().iter().filter(|it| it.is_state);
        let state = |it: &crate::expression::Assigned| (self.names.of(&it.name), it.is_vector);
        states.map(state).collect()
    }

    /// Whether it asks for the loss or for a gradient elsewhere.
    fn asks(&self) -> bool {
        asks(self.program)
    }
}

/// The parameters that the lines read, in the order in which they were given, with their values.
fn parameters<'a>(rule: &'a OwnRule, program: &Program) -> impl Iterator<Item = (&'a str, f64)> {
    let all = rule.parameters().iter();
    let read = all.filter(|(name, _)| program.parameters().iter().any(|read| read == name));
    read.map(|(name, parameter)| (name, parameter.value))
}

fn asks(program: &Program) -> bool {
    program.calls(Whole::Value) || program.calls(Whole::Gradient)
}

/// The class of a rule, as the counterpart of a racer.
pub(super) fn counterpart(
    values: &Values,
    rule: &OwnRule,
    library: Framework,
) -> Result<Counterpart, Lack> {
    let program = rule.program().ok_or(UNREADABLE)?;
    let numbers = library.dialect().numbers();
    let (text, helpers, names) = match library {
        Framework::PyTorch => pytorch::definition(rule, program),
        Framework::Keras => keras::definition(rule, program),
        Framework::Optax => optax::definition(rule, program),
    };
    let argument = |(name, _): (&str, f64)| {
        let amount = amount(values, numbers, name);
        (names.argument(name).into(), amount)
    };
    let arguments = parameters(rule, program).map(argument).collect();
    let mut key = rule.text().to_owned();
    for (name, _) in parameters(rule, program) {
        key += "\n";
        key += name;
    }
    let call = Call::new("", arguments).of_own(Definition {
        title: rule.title().to_owned(),
        key,
        text,
        helpers,
        is_function: library == Framework::Optax,
    });
    Ok(Counterpart::from(call).in_manner(Manner {
        asks: asks(program),
        ..Manner::default()
    }))
}

fn amount(values: &Values, numbers: Numbers, name: &str) -> Amount {
    if values.is_rate(name) {
        numbers.rate(values)
    } else {
        numbers.amount(&values.pieces(name))
    }
}
