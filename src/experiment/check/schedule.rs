//! Checks the values of a schedule.

use super::out_of_range;
use crate::experiment::schedule::{Part, RateChange};
use crate::experiment::{Fault, Location, Plan, Schedule};
use crate::optimizer::Valid;

/// What a schedule belongs to.
struct Owner<'a> {
    /// The racer and the part of the schedule, in words.
    name: &'a str,
    /// The number of rows of the data; 0 without data.
    rows: usize,
}

/// Checks the schedule of a racer over data with this many rows; 0 without data.
pub(super) fn check_schedule(
    plan: &Plan,
    name: &str,
    rows: usize,
    location: &Location,
) -> Result<(), Fault> {
    let owner = Owner {
        name: &format!("{name}, schedule"),
        rows,
    };
    owner.check(&plan.schedule, location.clone().field("schedule"))
}

impl Owner<'_> {
    fn check(&self, schedule: &Schedule, location: Location) -> Result<(), Fault> {
        for (setting, value) in schedule.values() {
            if !setting.valid.allows(value) {
                let location = location.clone().field(setting.name);
                let name = setting.name;
                return Err(out_of_range(
                    self.name,
                    name,
                    value,
                    &setting.valid,
                    location,
                ));
            }
        }
        if let Some(conflict) = schedule.conflict() {
            return Err(self.conflict(&conflict, location));
        }
        let mut epochs = schedule.values().map(|(setting, _)| setting.name);
        if let Some(name) = epochs.find(|name| name.ends_with("epochs")) {
            self.check_epochs(name, location.clone().field(name))?;
        }
        match schedule {
            Schedule::PiecewiseConstant { changes } => {
                self.check_changes(changes, &location.field("changes"))
            }
            Schedule::Sequence { parts } => self.check_parts(parts, &location.field("parts")),
            _ => Ok(()),
        }
    }

    fn check_parts(&self, parts: &[Part], location: &Location) -> Result<(), Fault> {
        if parts.is_empty() {
            let what = "Sequence has no part, but needs one or more";
            return Err(self.conflict(what, location.clone()));
        }
        for (index, part) in parts.iter().enumerate() {
            let location = location.clone().entry(index);
            let name = format!("{}, part {}", self.name, index + 1);
            let of_part = Owner {
                name: &name,
                ..*self
            };
            let is_last = index + 1 == parts.len();
            if part.steps.is_none() && part.epochs.is_none() && !is_last {
                let what = "it needs steps or epochs; only the last part goes on without them";
                return Err(of_part.conflict(what, location));
            }
            of_part.check_length([("steps", part.steps), ("epochs", part.epochs)], &location)?;
            let location = location.field("schedule");
            if matches!(part.schedule, Schedule::Sequence { .. }) {
                let what = "a Sequence takes no other Sequence; list all parts in one";
                return Err(of_part.conflict(what, location));
            }
            of_part.check(&part.schedule, location)?;
        }
        Ok(())
    }

    fn check_changes(&self, changes: &[RateChange], location: &Location) -> Result<(), Fault> {
        if changes.is_empty() {
            let what = "PiecewiseConstant has no change, but needs one or more";
            return Err(self.conflict(what, location.clone()));
        }
        // A change in steps and one in epochs are put in order when the race begins.
        let mut last = [None; 2];
        for (index, change) in changes.iter().enumerate() {
            let location = location.clone().entry(index);
            let name = format!("{}, change {}", self.name, index + 1);
            let of_change = Owner {
                name: &name,
                ..*self
            };
            let length = [("step", change.step), ("epoch", change.epoch)];
            if change.step.is_none() && change.epoch.is_none() {
                return Err(of_change.conflict("it needs step or epoch", location));
            }
            of_change.check_length(length, &location)?;
            of_change.check_rate(change, &location)?;
            for (last, now) in last.iter_mut().zip([change.step, change.epoch]) {
                if now.is_some() && now <= *last {
                    let what = "it must come after the change before it; changes stand in the order \
                                of their steps";
                    return Err(of_change.conflict(what, location));
                }
                *last = now.or(*last);
            }
        }
        Ok(())
    }

    fn check_rate(&self, change: &RateChange, location: &Location) -> Result<(), Fault> {
        let given = [
            ("factor", change.factor),
            ("learning_rate", change.learning_rate),
        ];
        match given {
            [(_, None), (_, None)] => {
                Err(self.conflict("it needs factor or learning_rate", location.clone()))
            }
            [(_, Some(_)), (second, Some(_))] => {
                let what = "it takes factor or learning_rate, not both";
                Err(self.conflict(what, location.clone().field(second)))
            }
            [(name, Some(value)), _] | [_, (name, Some(value))] => {
                let (valid, location) = (Valid::NonNegative, location.clone().field(name));
                if valid.allows(value) {
                    Ok(())
                } else {
                    Err(out_of_range(self.name, name, value, &valid, location))
                }
            }
        }
    }

    /// Checks a length that is given in steps or in epochs.
    #[expect(clippy::cast_precision_loss, reason = "only whether it is 0 matters")]
    fn check_length(
        &self,
        [steps, epochs]: [(&str, Option<u64>); 2],
        location: &Location,
    ) -> Result<(), Fault> {
        if steps.1.is_some() && epochs.1.is_some() {
            let what = format!("it takes {} or {}, not both", steps.0, epochs.0);
            return Err(self.conflict(&what, location.clone().field(epochs.0)));
        }
        for (name, count) in [steps, epochs] {
            if let Some(count) = count
                && count == 0
            {
                let location = location.clone().field(name);
                let valid = Valid::Count;
                return Err(out_of_range(
                    self.name,
                    name,
                    count as f64,
                    &valid,
                    location,
                ));
            }
        }
        if epochs.1.is_some() {
            self.check_epochs(epochs.0, location.clone().field(epochs.0))?;
        }
        Ok(())
    }

    fn check_epochs(&self, name: &str, location: Location) -> Result<(), Fault> {
        if self.rows > 0 {
            return Ok(());
        }
        let what = format!(
            "{name} counts passes over the data, but this surface has no data; count steps instead"
        );
        Err(self.conflict(&what, location))
    }

    fn conflict(&self, what: &str, location: Location) -> Fault {
        Fault::conflict(format!("{}: {what}", self.name), location)
    }
}
