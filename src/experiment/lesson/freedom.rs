//! The fields that a learner may change.

use std::fmt;

use super::Goal;
use crate::experiment::{Experiment, nearest};
use crate::text::{brief, briefly};

/// A field, or several, that a learner may change to reach a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Freedom {
    /// A field of the race.
    Race(RaceField),
    /// All hyper-parameters of a racer, and its schedule.
    Racer(String),
    /// A field of a racer, or one of its hyper-parameters.
    Part {
        /// The racer's name.
        racer: String,
        /// The name of the field or hyper-parameter.
        field: String,
    },
}

/// A field of the race.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RaceField {
    /// The surface.
    Surface,
    /// Its rotation.
    Rotation,
    /// The condition number of the valley.
    Condition,
    /// The start.
    Start,
    /// The number of steps.
    Steps,
    /// The seed.
    Seed,
    /// The number of seeds.
    Seeds,
}

impl RaceField {
    const ALL: [Self; 7] = [
        Self::Surface,
        Self::Rotation,
        Self::Condition,
        Self::Start,
        Self::Steps,
        Self::Seed,
        Self::Seeds,
    ];

    /// Its name in preset files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Surface => "surface",
            Self::Rotation => "rotation",
            Self::Condition => "condition",
            Self::Start => "start",
            Self::Steps => "steps",
            Self::Seed => "seed",
            Self::Seeds => "seeds",
        }
    }
}

/// The fields of a racer that are no hyper-parameters.
pub(super) const FIELDS: [&str; 7] = [
    "optimizer",
    "groups",
    "schedule",
    "edits",
    "batch",
    "replacement",
    "noise",
];

impl Freedom {
    /// Reads an entry of a goal's list.
    ///
    /// # Errors
    /// Returns a sentence if it names nothing in the race.
    pub fn read(text: &str, race: &Experiment) -> Result<Self, String> {
        if let Some(field) = RaceField::ALL.into_iter().find(|it| it.name() == text) {
            return Ok(Self::Race(field));
        }
        let names = race.names();
        if names.iter().any(|name| name == text) {
            return Ok(Self::Racer(text.to_owned()));
        }
        // A name may contain a full stop, and so may a hyper-parameter.
        let owner = names.iter().enumerate().find_map(|(index, name)| {
            let field = text.strip_prefix(name.as_str())?.strip_prefix('.')?;
            Some((index, name, field))
        });
        let Some((index, name, field)) = owner else {
            let racer = text.split('.').next().unwrap_or(text);
            let mut known: Vec<&str> = RaceField::ALL.iter().map(|it| it.name()).collect();
            known.extend(names.iter().map(String::as_str));
            let hint = match nearest(racer, &known) {
                Some(near) => format!("did you mean \"{}\"?", brief(near)),
                None => format!("there are {}", briefly(&known)),
            };
            return Err(format!(
                "there is no racer or field \"{}\"; {hint}",
                brief(racer)
            ));
        };
        let rule = race.racers[index].plan.optimizer.rule();
        if FIELDS.contains(&field) || rule.find(field).is_some() {
            return Ok(Self::Part {
                racer: name.clone(),
                field: field.to_owned(),
            });
        }
        let parameters: Vec<_> = rule.parameters().map(|it| it.name).collect();
        let mut known: Vec<&str> = parameters.iter().map(AsRef::as_ref).collect();
        known.extend(FIELDS);
        let hint = match nearest(field, &known) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("it has {}", known.join(", ")),
        };
        Err(format!(
            "{} has no \"{}\"; {hint}",
            brief(name),
            brief(field)
        ))
    }
}

impl Goal {
    /// The fields that a learner may change: those of the goal's list, or else all hyper-parameters
    /// and schedules of the racers in its condition.
    #[must_use]
    pub fn freedoms(&self, race: &Experiment) -> Vec<Freedom> {
        match &self.allows {
            Some(list) => {
                let read = |text: &String| Freedom::read(text, race).ok();
                list.iter().filter_map(read).collect()
            }
            None => {
                let racers = self.when.racers().into_iter();
                racers
                    .map(|(_, name)| Freedom::Racer(name.to_owned()))
                    .collect()
            }
        }
    }
}

impl fmt::Display for Freedom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Race(field) => f.write_str(field.name()),
            Self::Racer(name) => f.write_str(name),
            Self::Part { racer, field } => write!(f, "{racer}.{field}"),
        }
    }
}
