//! Changes of a rule that is typed: its title, its lines, and its parameters.

use super::gesture::Gesture;
use super::ids::RacerId;
use super::parameter_change::{NEW, range_story, set_range, set_value, value_story};
use crate::optimizer::OwnRule;

/// A change of a rule that is typed.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleChange {
    /// Replace the title.
    Title(String),
    /// Replace the lines.
    Lines(String),
    /// Set the value of a parameter.
    Value(String, f64),
    /// Set the range of a parameter's slider.
    Range(String, [f64; 2]),
    /// Append a parameter, and replace the lines if some that need it are given.
    Add {
        /// The name of the parameter.
        name: String,
        /// The lines.
        lines: Option<String>,
    },
    /// Remove a parameter.
    Remove(String),
}

/// The longest title, in characters.
const LONGEST: usize = 60;

impl RuleChange {
    /// Returns the rule after the change; `None` if it would not be valid.
    #[must_use]
    pub fn applied(self, rule: &OwnRule) -> Option<OwnRule> {
        let mut title = rule.typed_title().to_owned();
        let mut parameters = rule.parameters().clone();
        let mut lines = rule.text().to_owned();
        match self {
            Self::Title(text) => title = text.chars().take(LONGEST).collect(),
            Self::Lines(text) => lines = text,
            Self::Value(name, value) => {
                let is_usual = OwnRule::has_usual_slider(&name);
                set_value(&mut parameters, &name, value, is_usual)?;
            }
            Self::Range(name, range) => set_range(&mut parameters, &name, range)?,
            Self::Add { name, lines: text } => {
                parameters.set(&name, NEW);
                lines = text.unwrap_or(lines);
            }
            Self::Remove(name) => parameters.remove(&name),
        }
        let next = OwnRule::new(title, parameters, lines);
        next.fault().is_none().then_some(next)
    }

    /// Returns the gesture that the change of a racer's rule belongs to, if it can be part of one.
    #[must_use]
    pub fn gesture(&self, racer: RacerId) -> Option<Gesture> {
        match self {
            Self::Title(_) => Some(Gesture::RuleTitle(racer)),
            Self::Lines(_) => Some(Gesture::RuleLines(racer)),
            Self::Value(name, _) => Some(Gesture::RuleParameter(racer, name.clone())),
            Self::Range(name, _) => Some(Gesture::RuleRange(racer, name.clone())),
            Self::Add { .. } | Self::Remove(_) => None,
        }
    }

    /// Describes the change that led from one rule to another.
    #[must_use]
    pub fn story(&self, rules: [Option<&OwnRule>; 2]) -> String {
        let parameters = rules.map(|rule| rule.map(OwnRule::parameters));
        let title = rules[1].map_or("", OwnRule::title);
        match self {
            Self::Title(_) => format!("Rule “{title}”"),
            Self::Lines(_) => format!("Type the lines of {title}"),
            Self::Value(name, _) => value_story(name, parameters),
            Self::Range(name, _) => range_story(name, parameters),
            Self::Add { name, .. } => format!("New slider {name}"),
            Self::Remove(name) => format!("Remove the slider {name}"),
        }
    }
}
