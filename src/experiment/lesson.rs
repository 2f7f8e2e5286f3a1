//! What makes a race a lesson: something to try, and how to tell that it was found.

use serde::{Deserialize, Serialize};

/// A race that teaches something; its notes are the text of the lesson.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// What there is to try.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
}

/// Something to try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// What to try, in one sentence.
    pub ask: String,
    /// What the race is like once it is found.
    pub when: Condition,
    /// What that shows, in a sentence or two.
    pub praise: String,
}

/// What a race must be like for a goal to be reached. Racers are named as in
/// [`Experiment::names`](super::Experiment::names).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub enum Condition {
    /// Each of the last steps leads back over the one before, and they grow neither shorter nor
    /// longer to speak of.
    Bounces {
        /// Who.
        racer: String,
    },
    /// The race ends higher than it began, or beyond all numbers.
    FliesOff {
        /// Who.
        racer: String,
    },
    /// The nearest global minimum is near from some step on, until the end.
    Settles {
        /// Who.
        racer: String,
        /// Nearer than this, in the plane's units.
        within: f64,
        /// This step at the latest.
        by_step: usize,
    },
    /// The loss has been below a value.
    LossBelow {
        /// Who.
        racer: String,
        /// The value.
        loss: f64,
        /// This step at the latest.
        by_step: usize,
    },
    /// One racer ends with a lower loss than another.
    Beats {
        /// Who.
        racer: String,
        /// Than whom.
        other: String,
    },
    /// The racer has left the surface's own window.
    Escapes {
        /// Who.
        racer: String,
        /// This step at the latest.
        by_step: usize,
    },
    /// One racer leaves the surface's own window, and another later or never.
    EscapesBefore {
        /// Who.
        racer: String,
        /// Before whom.
        other: String,
    },
    /// All of these at once.
    All(Vec<Condition>),
}

/// A number in a condition, with its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A distance, more than 0.
    Distance(&'static str, f64),
    /// Any finite number.
    Number(&'static str, f64),
}

impl Condition {
    /// The racers that it names, with the fields that do.
    #[must_use]
    pub fn racers(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Bounces { racer }
            | Self::FliesOff { racer }
            | Self::Settles { racer, .. }
            | Self::LossBelow { racer, .. }
            | Self::Escapes { racer, .. } => vec![("racer", racer)],
            Self::Beats { racer, other } | Self::EscapesBefore { racer, other } => {
                vec![("racer", racer), ("other", other)]
            }
            Self::All(parts) => parts.iter().flat_map(Self::racers).collect(),
        }
    }

    /// The number in it that can be out of range.
    #[must_use]
    pub fn bound(&self) -> Option<Bound> {
        match self {
            Self::Settles { within, .. } => Some(Bound::Distance("within", *within)),
            Self::LossBelow { loss, .. } => Some(Bound::Number("loss", *loss)),
            _ => None,
        }
    }
}
