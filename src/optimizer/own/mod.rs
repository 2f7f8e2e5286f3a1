//! Rules of one's own: update rules that are typed, line by line.

mod copy;
mod describe;
mod fault;
mod known;
mod notes;
mod run;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use copy::NO_COPY;
pub use fault::OwnRuleFault;

use super::describe::Note;
use crate::expression::{Parameters, Program, Rules};
use notes::Noted;

/// An update rule that is typed: lines over `theta`, `g`, `t`, and parameters with values.
///
/// See [`expression`](crate::expression) for the language. A rule whose lines cannot be read is kept
/// as it was typed and says [what is wrong](Self::fault); it takes no step.
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "InFile", into = "InFile")]
pub struct OwnRule {
    title: String,
    parameters: Parameters,
    lines: String,
    read: Arc<Result<Known, OwnRuleFault>>,
}

/// What is known once the lines have been read.
#[derive(Debug)]
struct Known {
    program: Program,
    /// For each parameter that the lines read, its index among those given.
    order: Vec<usize>,
    notes: Vec<Note>,
    noted: Vec<Noted>,
}

/// A rule as represented in a file.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Rule", deny_unknown_fields)]
struct InFile {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "Parameters::is_empty")]
    parameters: Parameters,
    lines: String,
}

impl From<InFile> for OwnRule {
    fn from(rule: InFile) -> Self {
        Self::new(rule.title, rule.parameters, rule.lines)
    }
}

impl From<OwnRule> for InFile {
    fn from(rule: OwnRule) -> Self {
        Self {
            title: rule.title,
            parameters: rule.parameters,
            lines: rule.lines,
        }
    }
}

impl PartialEq for OwnRule {
    fn eq(&self, other: &Self) -> bool {
        // What has been read follows from the rest.
        self.title == other.title
            && self.parameters == other.parameters
            && self.lines == other.lines
    }
}

impl fmt::Debug for OwnRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("title", &self.title)
            .field("parameters", &self.parameters)
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}

impl OwnRule {
    /// The title of a rule that has been given none.
    pub const UNTITLED: &'static str = "Own rule";

    /// A rule with this title, these parameters, and these lines.
    #[must_use]
    pub fn new(title: impl Into<String>, parameters: Parameters, lines: impl Into<String>) -> Self {
        let lines = lines.into();
        let read = Arc::new(Known::read(&parameters, &lines));
        Self {
            title: title.into(),
            parameters,
            lines,
            read,
        }
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.title.trim().is_empty() {
            Self::UNTITLED
        } else {
            &self.title
        }
    }

    /// The title as it was typed, possibly none.
    #[must_use]
    pub fn typed_title(&self) -> &str {
        &self.title
    }

    /// The lines as they were typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.lines
    }

    /// The parameters with their values.
    #[must_use]
    pub const fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Whether a parameter of this name has a slider that suits what such a name means nearly
    /// everywhere, such as a learning rate.
    #[must_use]
    pub fn has_usual_slider(name: &str) -> bool {
        known::is_known(name)
    }

    /// The rule as read; `None` if it cannot be.
    #[must_use]
    pub fn program(&self) -> Option<&Program> {
        self.known().map(|known| &known.program)
    }

    /// The first mistake in the lines or the parameters.
    #[must_use]
    pub fn fault(&self) -> Option<&OwnRuleFault> {
        self.read.as_ref().as_ref().err()
    }

    /// The names in lines that are no parameters yet, in the order of their appearance.
    ///
    /// # Errors
    /// The first mistake in the lines.
    pub fn unknown_names(&self) -> Result<Vec<String>, OwnRuleFault> {
        let known: Vec<&str> = self.parameters.names().collect();
        let program = Program::parse(
            &self.lines,
            &Rules {
                parameters: &known,
                open: true,
            },
        )?;
        let names = program.parameters().iter();
        let unknown = names.filter(|name| self.parameters.get(name).is_none());
        Ok(unknown.cloned().collect())
    }

    fn known(&self) -> Option<&Known> {
        self.read.as_ref().as_ref().ok()
    }
}

impl Known {
    fn read(parameters: &Parameters, lines: &str) -> Result<Self, OwnRuleFault> {
        parameters.check(read_name)?;
        let names: Vec<&str> = parameters.names().collect();
        let rules = Rules {
            parameters: &names,
            open: false,
        };
        let program = Program::parse(lines, &rules)?;
        let order = program.parameters().iter();
        let order = order.filter_map(|name| names.iter().position(|known| known == name));
        let order = order.collect();
        let (notes, noted) = notes::of(&program, parameters);
        Ok(Self {
            program,
            order,
            notes,
            noted,
        })
    }
}

/// The name as which a rule reads a name that stands for a parameter.
fn read_name(name: &str) -> Option<String> {
    let lines = format!("theta <- theta - {name}");
    let program = Program::parse(&lines, &Rules::default()).ok()?;
    match program.parameters() {
        [known] if program.assigned().is_empty() => Some(known.clone()),
        _ => None,
    }
}
