//! Whether an experiment's values make sense.

use std::fmt;

use super::{Edit, Experiment, Racer, Setting};
use crate::optimizer::{Kind, Value};

/// What is wrong with an experiment, and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{what}")]
pub struct Fault {
    /// One sentence.
    pub what: String,
    /// The value that is wrong.
    pub place: Place,
}

/// The way to a value inside an experiment, as field names and places in lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(pub Vec<Key>);

/// One stretch of a [`Place`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A field of a struct.
    Field(String),
    /// An entry of a list or tuple.
    Entry(usize),
}

impl Place {
    fn field(mut self, name: &str) -> Self {
        self.0.push(Key::Field(name.to_owned()));
        self
    }

    fn entry(mut self, index: usize) -> Self {
        self.0.push(Key::Entry(index));
        self
    }
}

impl Experiment {
    /// Checks every value that a file or a person can set.
    ///
    /// # Errors
    /// The first value that makes no sense, with its place.
    pub fn check(&self) -> Result<(), Fault> {
        let fault = |what: String, place| Err(Fault { what, place });
        for (index, (name, value)) in ["x", "y"].iter().zip(self.start).enumerate() {
            if !value.is_finite() {
                let place = Place::default().field("start").entry(index);
                return fault(
                    format!("{name} of the start is {value}, not a finite number"),
                    place,
                );
            }
        }
        if !(1..=Self::MOST_STEPS).contains(&self.steps) {
            let what = format!("steps is {}, but must be from 1 to 1,000,000", self.steps);
            return fault(what, Place::default().field("steps"));
        }
        for (index, (racer, name)) in self.racers.iter().zip(self.names()).enumerate() {
            let place = Place::default().field("racers").entry(index);
            check_racer(racer, &name, &place)?;
        }
        Ok(())
    }
}

fn check_racer(racer: &Racer, name: &str, place: &Place) -> Result<(), Fault> {
    let rule = racer.optimizer.rule();
    for (index, parameter) in rule.parameters().enumerate() {
        if let (Kind::Number { valid, .. }, Some(Value::Number(value))) =
            (parameter.kind, rule.get(index))
            && !valid.allows(value)
        {
            return Err(out_of_range(
                name,
                parameter.name,
                value,
                &valid,
                place.clone().field("optimizer").field(parameter.name),
            ));
        }
    }
    if let Some(conflict) = rule.conflict() {
        return Err(Fault {
            what: format!("{name}: {conflict}"),
            place: place.clone().field("optimizer"),
        });
    }

    let mut schedule = racer.schedule;
    for (setting, value) in schedule.settings() {
        let place = || place.clone().field("schedule").field(setting);
        match value {
            Setting::Steps(0) => {
                return Err(out_of_range(name, setting, 0.0, &"1 or more", place()));
            }
            Setting::Number(value) if !(value.is_finite() && *value >= 0.0) => {
                let valid = "a finite number, 0 or more";
                return Err(out_of_range(name, setting, *value, &valid, place()));
            }
            Setting::Steps(_) | Setting::Number(_) => {}
        }
    }
    for (index, edit) in racer.edits.iter().enumerate() {
        check_edit(
            racer,
            edit,
            name,
            &place.clone().field("edits").entry(index),
        )?;
    }
    Ok(())
}

fn check_edit(racer: &Racer, edit: &Edit, name: &str, place: &Place) -> Result<(), Fault> {
    let mut optimizer = racer.optimizer;
    let rule = optimizer.rule_mut();
    let numbers = || {
        rule.parameters()
            .filter(|parameter| matches!(parameter.kind, Kind::Number { .. }))
    };
    let Some(parameter) = numbers().find(|parameter| parameter.name == edit.parameter) else {
        let optimizer = rule.about().name;
        let known: Vec<&str> = numbers().map(|parameter| parameter.name).collect();
        let hint = match nearest(&edit.parameter, &known) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("it has {}", known.join(", ")),
        };
        return Err(Fault {
            what: format!(
                "{name}: {optimizer} has no number \"{}\" to edit; {hint}",
                edit.parameter
            ),
            place: place.clone().field("parameter"),
        });
    };
    let Kind::Number { valid, .. } = parameter.kind else {
        return Ok(());
    };
    let place = place.clone().field("value");
    if !valid.allows(edit.value) {
        return Err(out_of_range(
            name,
            parameter.name,
            edit.value,
            &valid,
            place,
        ));
    }
    if let Some(index) = rule.find(&edit.parameter) {
        rule.set(index, Value::Number(edit.value));
    }
    match rule.conflict() {
        Some(conflict) => Err(Fault {
            what: format!("{name}, edit at step {}: {conflict}", edit.step),
            place,
        }),
        None => Ok(()),
    }
}

fn out_of_range(
    racer: &str,
    parameter: &str,
    value: f64,
    valid: &dyn fmt::Display,
    place: Place,
) -> Fault {
    Fault {
        what: format!("{racer}: {parameter} is {value}, but must be {valid}"),
        place,
    }
}

/// The known name that is nearest to a misspelt one, if any is near.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let distance = |candidate: &str| {
        strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase())
    };
    let best = known.iter().min_by_key(|candidate| distance(candidate))?;
    (distance(best) <= name.chars().count().max(3).div_ceil(2)).then_some(best)
}
