//! Lessons: races with a task, and the condition for having solved it.

mod freedom;
mod trespass;

use serde::{Deserialize, Serialize};

pub use freedom::{Freedom, RaceField};

/// A race that teaches something; the text of the lesson is in its notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// The task, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// The task, in one sentence.
    pub ask: String,
    /// The condition that the race meets once the task is solved.
    pub when: Condition,
    /// What the learner may change to get there, each as `start`, as a racer's name with one of its
    /// hyper-parameters or fields, or as a racer's name alone, which means all its hyper-parameters
    /// and its schedule. Without a list, that holds for the racers in the condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allows: Option<Vec<String>>,
    /// A hint for learners who have tried without success, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What the solution shows, in a sentence or two.
    pub praise: String,
}

/// The condition that a race must meet for a goal to be reached. Racers are named as in
/// [`Experiment::names`](super::Experiment::names).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub enum Condition {
    /// Each of the last steps reverses the previous one, and their lengths stay about the same.
    Bounces {
        /// The racer.
        racer: String,
    },
    /// The race ends higher than it began, or diverges.
    FliesOff {
        /// The racer.
        racer: String,
    },
    /// The racer comes close to a global minimum and stays there until the end.
    Settles {
        /// The racer.
        racer: String,
        /// The maximum distance, in the plane's units.
        within: f64,
        /// The latest step.
        by_step: usize,
    },
    /// The loss has been below a threshold.
    LossBelow {
        /// The racer.
        racer: String,
        /// The threshold.
        loss: f64,
        /// The latest step.
        by_step: usize,
    },
    /// One racer ends with a lower loss than another.
    Beats {
        /// The better racer.
        racer: String,
        /// The other racer.
        other: String,
    },
    /// The racer leaves the surface's own window.
    Escapes {
        /// The racer.
        racer: String,
        /// The latest step.
        by_step: usize,
    },
    /// One racer leaves the surface's own window, and another one does so later or never.
    EscapesBefore {
        /// The earlier racer.
        racer: String,
        /// The later racer.
        other: String,
    },
    /// The racer's rule is typed: it asks for a gradient or the loss, and takes other steps than
    /// every other racer.
    Invented {
        /// The racer.
        racer: String,
    },
    /// The race runs with several seeds.
    Seeds {
        /// The minimum number of seeds.
        at_least: usize,
    },
    /// All of these together.
    All(Vec<Condition>),
}

/// A number in a condition, with its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A positive distance.
    Distance(&'static str, f64),
    /// Any finite number.
    Number(&'static str, f64),
    /// A number of seeds, from 2 on.
    Seeds(&'static str, usize),
}

impl Condition {
    /// The names of racers in the condition, each with its field.
    #[must_use]
    pub fn racers(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Bounces { racer }
            | Self::FliesOff { racer }
            | Self::Settles { racer, .. }
            | Self::LossBelow { racer, .. }
            | Self::Escapes { racer, .. }
            | Self::Invented { racer } => vec![("racer", racer)],
            Self::Beats { racer, other } | Self::EscapesBefore { racer, other } => {
                vec![("racer", racer), ("other", other)]
            }
            Self::Seeds { .. } => Vec::new(),
            Self::All(parts) => parts.iter().flat_map(Self::racers).collect(),
        }
    }

    /// The number in the condition that can be out of range.
    #[must_use]
    pub fn bound(&self) -> Option<Bound> {
        match self {
            Self::Settles { within, .. } => Some(Bound::Distance("within", *within)),
            Self::LossBelow { loss, .. } => Some(Bound::Number("loss", *loss)),
            Self::Seeds { at_least } => Some(Bound::Seeds("at_least", *at_least)),
            _ => None,
        }
    }
}
