//! Checks that an experiment is no larger than a computer can bear, whoever wrote it.

use super::of_group;
use crate::experiment::{Experiment, Fault, Location, Plan, Racer, Schedule};
use crate::number::count;
use crate::objective::{Block, Objective};
use crate::optimizer::OptimizerChoice;

impl Experiment {
    /// Checks the lengths of texts and lists.
    pub(super) fn check_amounts(&self) -> Result<(), Fault> {
        let at = |field: &str| Location::default().field(field);
        check_text("title", &self.title, Self::LONGEST_NAME, at("title"))?;
        check_text("notes", &self.notes, Self::LONGEST_NOTES, at("notes"))?;
        check_list("racers", self.racers.len(), Self::MOST_RACERS, at("racers"))?;
        for (index, racer) in self.racers.iter().enumerate() {
            check_racer(racer, &at("racers").entry(index))?;
        }
        Ok(())
    }

    /// Checks that a text of a preset has at most `most` letters.
    ///
    /// # Errors
    /// Returns the fault, with its location.
    pub fn check_text(
        name: &str,
        text: &str,
        most: usize,
        location: Location,
    ) -> Result<(), Fault> {
        check_text(name, text, most, location)
    }
}

fn check_racer(racer: &Racer, location: &Location) -> Result<(), Fault> {
    let at = |field: &str| location.clone().field(field);
    if let Some(name) = &racer.appearance.name {
        check_text("name", name, Experiment::LONGEST_NAME, at("name"))?;
    }
    let Plan {
        groups,
        edits,
        schedule,
        ..
    } = &racer.plan;
    let most = Experiment::MOST_ENTRIES;
    check_list("groups", groups.len(), most, at("groups"))?;
    check_list("edits", edits.len(), most, at("edits"))?;
    check_schedule(schedule, &at("schedule"))
}

fn check_schedule(schedule: &Schedule, location: &Location) -> Result<(), Fault> {
    let at = |field: &str| location.clone().field(field);
    let most = Experiment::MOST_ENTRIES;
    match schedule {
        Schedule::PiecewiseConstant { changes } => {
            check_list("changes", changes.len(), most, at("changes"))
        }
        Schedule::Sequence { parts } => {
            check_list("parts", parts.len(), most, at("parts"))?;
            for (index, part) in parts.iter().enumerate() {
                let location = at("parts").entry(index).field("schedule");
                // A sequence in a sequence is refused by a check of its own.
                if !matches!(part.schedule, Schedule::Sequence { .. }) {
                    check_schedule(&part.schedule, &location)?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn check_text(name: &str, text: &str, most: usize, location: Location) -> Result<(), Fault> {
    // A letter takes up to four bytes, so most texts need not be counted.
    if text.len() <= most || text.chars().nth(most).is_none() {
        return Ok(());
    }
    let what = format!(
        "{name} has {} letters, but may have at most {}",
        count(text.chars().count()),
        count(most)
    );
    Err(Fault::out_of_range(what, location))
}

fn check_list(name: &str, length: usize, most: usize, location: Location) -> Result<(), Fault> {
    if length <= most {
        return Ok(());
    }
    let what = format!(
        "{name} has {} entries, but may have at most {}",
        count(length),
        count(most)
    );
    Err(Fault::out_of_range(what, location))
}

/// Checks that no rule of a racer keeps a matrix that is too large.
pub(super) fn check_matrices(
    plan: &Plan,
    name: &str,
    objective: &dyn Objective,
    location: &Location,
) -> Result<(), Fault> {
    let blocks = objective.blocks();
    let Ok((own, groups)) = plan.deal(blocks, objective.provides()) else {
        return Ok(());
    };
    let taken = |indices: &[usize]| -> Vec<Block> {
        let blocks = indices.iter().filter_map(|&index| blocks.get(index));
        blocks.copied().collect()
    };
    let refused = |optimizer: &OptimizerChoice, indices: &[usize], whose: &str, at: Location| {
        let Some(refusal) = optimizer.oversize(&taken(indices)) else {
            return Ok(());
        };
        let what = format!("{whose}: {refusal}");
        Err(Fault::conflict(what, at.field("optimizer")))
    };
    refused(&plan.optimizer, &own, name, location.clone())?;
    for (index, (group, indices)) in plan.groups.iter().zip(&groups).enumerate() {
        let at = location.clone().field("groups").entry(index);
        refused(&group.optimizer, indices, &of_group(name, group), at)?;
    }
    Ok(())
}
