//! Checks the values of an experiment.

mod amount;
mod schedule;

use std::fmt;

use super::names::{field_elsewhere, nearest};
use super::{Edit, Experiment, Fault, FaultKind, Group, GroupFault, Location, Plan, Shape};
use crate::objective::{Objective, Queries};
use crate::optimizer::{OptimizerChoice, ParameterKind, Rule, Valid, Value};
use crate::text::brief;
use amount::check_matrices;
use schedule::check_schedule;

impl Experiment {
    /// Checks every value that a file or a person can set.
    ///
    /// # Errors
    /// Returns the first invalid value, with its path.
    pub fn check(&self) -> Result<(), Fault> {
        let fault = |what: String, location| Err(Fault::out_of_range(what, location));
        for (index, (name, value)) in ["x", "y"].iter().zip(self.start).enumerate() {
            if !value.is_finite() {
                let location = Location::default().field("start").entry(index);
                return fault(
                    format!("{name} of the start is {value}, not a finite number"),
                    location,
                );
            }
        }
        self.check_amounts()?;
        self.check_shape()?;
        if !(1..=Self::MOST_STEPS).contains(&self.steps) {
            let what = format!("steps is {}, but must be from 1 to 1,000,000", self.steps);
            return fault(what, Location::default().field("steps"));
        }
        self.check_seeds()?;
        let surface = self.surface.open();
        let (rows, provides) = (surface.rows(), surface.provides());
        for (index, (racer, name)) in self.racers.iter().zip(self.names()).enumerate() {
            let name = brief(&name);
            let location = Location::default().field("racers").entry(index);
            check_slot(racer.appearance.slot, &name, &location)?;
            check_needs(&racer.plan, &name, provides, &location)?;
            check_groups(&racer.plan, &name, &*surface, &location)?;
            check_matrices(&racer.plan, &name, &*surface, &location)?;
            check_racer(&racer.plan, &name, rows, &location)?;
            check_chance(&racer.plan, rows, &name, &location)?;
        }
        Ok(())
    }

    fn check_seeds(&self) -> Result<(), Fault> {
        let location = Location::default().field("seeds");
        if !(1..=Self::MOST_SEEDS).contains(&self.seeds) {
            let what = format!("seeds is {}, but must be from 1 to 1,000", self.seeds);
            return Err(Fault::out_of_range(what, location));
        }
        if self.seed.checked_add(self.seeds as u64 - 1).is_none() {
            let what = format!(
                "{} seeds from {} on would go beyond the largest seed, {}",
                self.seeds,
                self.seed,
                u64::MAX
            );
            return Err(Fault::conflict(what, location));
        }
        Ok(())
    }

    fn check_shape(&self) -> Result<(), Fault> {
        let Shape {
            rotation,
            condition,
        } = self.shape;
        let location = |field: &str| Location::default().field(field);
        if !rotation.is_finite() || rotation.abs() > 360.0 {
            let what = format!("rotation is {rotation}, but must be from -360 to 360 degrees");
            return Err(Fault::out_of_range(what, location("rotation")));
        }
        match condition {
            Some(_) if !Shape::has_condition(&self.surface) => {
                let what = "condition belongs to the surface LongValley alone";
                Err(Fault::conflict(what.to_owned(), location("condition")))
            }
            Some(condition) if !(1.0..=1e6).contains(&condition) => {
                let what = format!("condition is {condition}, but must be from 1 to 1,000,000");
                Err(Fault::out_of_range(what, location("condition")))
            }
            _ => Ok(()),
        }
    }
}

fn check_slot(slot: Option<u8>, name: &str, location: &Location) -> Result<(), Fault> {
    let Some(slot) = slot.filter(|slot| usize::from(*slot) >= Experiment::SLOTS) else {
        return Ok(());
    };
    let last = Experiment::SLOTS - 1;
    let what = format!("{name}: slot is {slot}, but must be a whole number from 0 to {last}");
    Err(Fault::out_of_range(what, location.clone().field("slot")))
}

/// Checks that the rule can move the parameters of the objective.
fn check_needs(
    plan: &Plan,
    name: &str,
    provides: Queries,
    location: &Location,
) -> Result<(), Fault> {
    // With groups, it depends on what they leave.
    let refusal = plan.optimizer.refusal(provides);
    let refusal = refusal.filter(|_| plan.groups.is_empty());
    refusal.map_or(Ok(()), |refusal| {
        let what = format!("{name}: {refusal}");
        Err(Fault::conflict(what, location.clone().field("optimizer")))
    })
}

/// Checks the rules of the groups, and that they fit the blocks of the objective.
fn check_groups(
    plan: &Plan,
    name: &str,
    objective: &dyn Objective,
    location: &Location,
) -> Result<(), Fault> {
    let entry = |index: usize| location.clone().field("groups").entry(index);
    let (blocks, provides) = (objective.blocks(), objective.provides());
    if let Err((index, fault)) = plan.check_groups(blocks, provides) {
        let (whose, location) = match index {
            Some(index) => (of_group(name, &plan.groups[index]), entry(index)),
            None => (name.to_owned(), location.clone()),
        };
        let what = format!("{whose}: {fault}");
        return Err(match fault {
            GroupFault::Unknown { .. } => Fault::unknown(what, location.field("block")),
            GroupFault::Refused { .. } => Fault::conflict(what, location.field("optimizer")),
            _ => Fault::conflict(what, location.field("block")),
        });
    }
    for (index, group) in plan.groups.iter().enumerate() {
        check_rule(&group.optimizer, &of_group(name, group), &entry(index))?;
    }
    Ok(())
}

/// The name of a racer's group.
fn of_group(name: &str, group: &Group) -> String {
    format!("{name}, group {:?}", brief(&group.block))
}

/// Checks the hyper-parameters of a rule in the field `optimizer`.
fn check_rule(optimizer: &OptimizerChoice, name: &str, location: &Location) -> Result<(), Fault> {
    let location_of_rule = location.clone().field("optimizer");
    if let Some((path, rule)) = optimizer.broken_rule()
        && let Some(fault) = rule.fault()
    {
        let location = path.into_iter().fold(location_of_rule, Location::field);
        let what = format!("{name}: {fault}");
        return Err(Fault {
            excerpt: fault.in_lines().map(|mistake| mistake.caret(rule.text())),
            ..Fault::conflict(what, location.field(fault.field()))
        });
    }
    let rule = optimizer.rule();
    for (index, parameter) in rule.parameters().enumerate() {
        if let (ParameterKind::Number { valid, .. }, Some(Value::Number(value))) =
            (parameter.kind, rule.get(index))
            && !valid.allows(value)
        {
            let location = place_of(optimizer, &parameter.name, location_of_rule);
            return Err(out_of_range(name, &parameter.name, value, &valid, location));
        }
    }
    if let Some(conflict) = rule.conflict() {
        let what = format!("{name}: {conflict}");
        return Err(Fault::conflict(what, location.clone().field("optimizer")));
    }
    Ok(())
}

/// The place of a parameter of a rule. Those of a rule that is typed have a list of their own.
fn place_of(optimizer: &OptimizerChoice, parameter: &str, rule: Location) -> Location {
    let (mut held, mut place) = (Some(optimizer), rule);
    for field in parameter.split('.') {
        let rule = held;
        held = match field {
            "inner" => rule.and_then(OptimizerChoice::inner),
            "vectors" => rule.and_then(OptimizerChoice::vectors),
            _ => None,
        };
        if held.is_none() && matches!(rule, Some(OptimizerChoice::Rule(_))) {
            place = place.field("parameters");
        }
        place = place.field(field);
    }
    place
}

fn check_racer(plan: &Plan, name: &str, rows: usize, location: &Location) -> Result<(), Fault> {
    let rule = plan.optimizer.rule();
    check_rule(&plan.optimizer, name, location)?;
    if !plan.schedule.is_constant() && rule.rate().is_none() {
        let rule = rule.about().name;
        let what = format!("{name}: {rule} has no learning rate that a schedule could drive");
        return Err(Fault::conflict(what, location.clone().field("schedule")));
    }
    check_schedule(plan, name, rows, location)?;
    for (index, edit) in plan.edits.iter().enumerate() {
        let whose = format!("{name}, edit at step {}", edit.step);
        let location = location.clone().field("edits").entry(index);
        check_edit(plan.optimizer.clone(), edit, &whose, &location)?;
    }
    Ok(())
}

/// Checks that the racer's batch fits the number of rows, and that its noise is valid.
fn check_chance(plan: &Plan, rows: usize, name: &str, location: &Location) -> Result<(), Fault> {
    let valid = Valid::NonNegative;
    if !valid.allows(plan.noise) {
        let location = location.clone().field("noise");
        return Err(out_of_range(name, "noise", plan.noise, &valid, location));
    }
    let fault = |field: &str, what: &str| {
        Fault::conflict(format!("{name}: {what}"), location.clone().field(field))
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
    location: &Location,
) -> Result<(), Fault> {
    let rule = optimizer.rule_mut();
    let named = rule.find(&edit.parameter);
    let kind = named
        .and_then(|index| rule.parameter(index))
        .map(|it| it.kind);
    let (Some(index), Some(ParameterKind::Number { valid, .. })) = (named, kind) else {
        return Err(Fault {
            what: format!("{whose}: {}", no_number(rule, &edit.parameter)),
            location: location.clone().field("parameter"),
            kind: match named {
                Some(_) => FaultKind::WrongType,
                None => FaultKind::UnknownName,
            },
            excerpt: None,
        });
    };
    let location = location.clone().field("value");
    if !valid.allows(edit.value) {
        return Err(out_of_range(
            whose,
            &edit.parameter,
            edit.value,
            &valid,
            location,
        ));
    }
    rule.set(index, Value::Number(edit.value));
    rule.conflict().map_or(Ok(()), |conflict| {
        Err(Fault::conflict(format!("{whose}: {conflict}"), location))
    })
}

/// The reason why `parameter` cannot be edited: only numbers can.
fn no_number(rule: &(dyn Rule + 'static), parameter: &str) -> String {
    let optimizer = rule.about().name;
    if rule.find(parameter).is_some() {
        return format!("{parameter} is no number, and only numbers can be edited");
    }
    let numbers = rule
        .parameters()
        .filter(|parameter| matches!(parameter.kind, ParameterKind::Number { .. }));
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
    location: Location,
) -> Fault {
    let plain = value.to_string();
    let value = if plain.len() > 20 {
        format!("{value:e}")
    } else {
        plain
    };
    let what = format!("{whose}: {parameter} is {value}, but must be {valid}");
    Fault::out_of_range(what, location)
}
