//! Whether an experiment's values make sense.

use std::fmt;

use super::names::{field_elsewhere, nearest};
use super::{Edit, Experiment, Fault, FaultKind, Place, Plan, Schedule, Shape};
use crate::optimizer::{Kind, OptimizerChoice, Rule, Valid, Value};

impl Experiment {
    /// Checks every value that a file or a person can set.
    ///
    /// # Errors
    /// The first value that makes no sense, with its place.
    pub fn check(&self) -> Result<(), Fault> {
        let fault = |what: String, place| Err(Fault::out_of_range(what, place));
        for (index, (name, value)) in ["x", "y"].iter().zip(self.start).enumerate() {
            if !value.is_finite() {
                let place = Place::default().field("start").entry(index);
                return fault(
                    format!("{name} of the start is {value}, not a finite number"),
                    place,
                );
            }
        }
        self.check_shape()?;
        if !(1..=Self::MOST_STEPS).contains(&self.steps) {
            let what = format!("steps is {}, but must be from 1 to 1,000,000", self.steps);
            return fault(what, Place::default().field("steps"));
        }
        let rows = self.surface.open().rows();
        for (index, (racer, name)) in self.racers.iter().zip(self.names()).enumerate() {
            let place = Place::default().field("racers").entry(index);
            check_racer(&racer.plan, &name, &place)?;
            check_chance(&racer.plan, rows, &name, &place)?;
        }
        Ok(())
    }

    fn check_shape(&self) -> Result<(), Fault> {
        let Shape {
            rotation,
            condition,
        } = self.shape;
        let place = |field: &str| Place::default().field(field);
        if !rotation.is_finite() || rotation.abs() > 360.0 {
            let what = format!("rotation is {rotation}, but must be from -360 to 360 degrees");
            return Err(Fault::out_of_range(what, place("rotation")));
        }
        match condition {
            Some(_) if !Shape::has_condition(&self.surface) => {
                let what = "condition belongs to the surface LongValley alone";
                Err(Fault::conflict(what.to_owned(), place("condition")))
            }
            Some(condition) if !(1.0..=1e6).contains(&condition) => {
                let what = format!("condition is {condition}, but must be from 1 to 1,000,000");
                Err(Fault::out_of_range(what, place("condition")))
            }
            _ => Ok(()),
        }
    }
}

fn check_racer(plan: &Plan, name: &str, place: &Place) -> Result<(), Fault> {
    let rule = plan.optimizer.rule();
    for (index, parameter) in rule.parameters().enumerate() {
        if let (Kind::Number { valid, .. }, Some(Value::Number(value))) =
            (parameter.kind, rule.get(index))
            && !valid.allows(value)
        {
            let path = parameter.name.split('.');
            let place = path.fold(place.clone().field("optimizer"), Place::field);
            return Err(out_of_range(name, &parameter.name, value, &valid, place));
        }
    }
    if let Some(conflict) = rule.conflict() {
        let what = format!("{name}: {conflict}");
        return Err(Fault::conflict(what, place.clone().field("optimizer")));
    }

    if !plan.schedule.is_constant() && rule.rate().is_none() {
        let rule = rule.about().name;
        let what = format!("{name}: {rule} has no learning rate that a schedule could drive");
        return Err(Fault::conflict(what, place.clone().field("schedule")));
    }
    check_schedule(&plan.schedule, name, place)?;
    for (index, edit) in plan.edits.iter().enumerate() {
        let whose = format!("{name}, edit at step {}", edit.step);
        let place = place.clone().field("edits").entry(index);
        check_edit(plan.optimizer.clone(), edit, &whose, &place)?;
    }
    Ok(())
}

fn check_schedule(schedule: &Schedule, name: &str, place: &Place) -> Result<(), Fault> {
    let whose = format!("{name}, schedule");
    let place = place.clone().field("schedule");
    for (setting, value) in schedule.values() {
        if !setting.valid.allows(value) {
            let place = place.clone().field(setting.name);
            return Err(out_of_range(
                &whose,
                setting.name,
                value,
                &setting.valid,
                place,
            ));
        }
    }
    schedule.conflict().map_or(Ok(()), |conflict| {
        Err(Fault::conflict(format!("{whose}: {conflict}"), place))
    })
}

/// Whether the rows that the racer wants can be drawn from this many, and whether its noise is a number.
fn check_chance(plan: &Plan, rows: usize, name: &str, place: &Place) -> Result<(), Fault> {
    let valid = Valid::NonNegative;
    if !valid.allows(plan.noise) {
        let place = place.clone().field("noise");
        return Err(out_of_range(name, "noise", plan.noise, &valid, place));
    }
    let fault = |field: &str, what: &str| {
        Fault::conflict(format!("{name}: {what}"), place.clone().field(field))
    };
    if let Some(conflict) = plan.batch.conflict(rows) {
        return Err(fault("batch", &conflict));
    }
    if plan.replacement && plan.batch.drawn().is_none() {
        let what = "replacement says how rows are drawn, so it needs batch: Sample or MiniBatch";
        return Err(fault("replacement", what));
    }
    Ok(())
}

fn check_edit(
    mut optimizer: OptimizerChoice,
    edit: &Edit,
    whose: &str,
    place: &Place,
) -> Result<(), Fault> {
    let rule = optimizer.rule_mut();
    let named = rule.find(&edit.parameter);
    let kind = named
        .and_then(|index| rule.parameter(index))
        .map(|it| it.kind);
    let (Some(index), Some(Kind::Number { valid, .. })) = (named, kind) else {
        return Err(Fault {
            what: format!("{whose}: {}", no_number(rule, &edit.parameter)),
            place: place.clone().field("parameter"),
            kind: match named {
                Some(_) => FaultKind::WrongType,
                None => FaultKind::UnknownName,
            },
        });
    };
    let place = place.clone().field("value");
    if !valid.allows(edit.value) {
        return Err(out_of_range(
            whose,
            &edit.parameter,
            edit.value,
            &valid,
            place,
        ));
    }
    rule.set(index, Value::Number(edit.value));
    rule.conflict().map_or(Ok(()), |conflict| {
        Err(Fault::conflict(format!("{whose}: {conflict}"), place))
    })
}

/// Why `parameter` cannot be edited: only numbers can.
fn no_number(rule: &(dyn Rule + 'static), parameter: &str) -> String {
    let optimizer = rule.about().name;
    if rule.find(parameter).is_some() {
        return format!("{parameter} is no number, and only numbers can be edited");
    }
    let numbers = rule
        .parameters()
        .filter(|parameter| matches!(parameter.kind, Kind::Number { .. }));
    let names: Vec<_> = numbers.map(|parameter| parameter.name).collect();
    let known: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let hint =
        field_elsewhere(optimizer, parameter).unwrap_or_else(|| match nearest(parameter, &known) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("it has {}", known.join(", ")),
        });
    format!("{optimizer} has no parameter \"{parameter}\"; {hint}")
}

fn out_of_range(
    whose: &str,
    parameter: &str,
    value: f64,
    valid: &dyn fmt::Display,
    place: Place,
) -> Fault {
    let plain = value.to_string();
    let value = if plain.len() > 20 {
        format!("{value:e}")
    } else {
        plain
    };
    let what = format!("{whose}: {parameter} is {value}, but must be {valid}");
    Fault::out_of_range(what, place)
}
