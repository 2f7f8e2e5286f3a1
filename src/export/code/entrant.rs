//! The racers of a script.

use super::chance::{ALL_ROWS, Chance};
use super::dialect::{Counterpart, Dialect, Lack, Manner, PLATEAU, Share, indented};
use super::ground::Ground;
use super::layout::Code;
use super::python::{Numbers, plateau_arguments, string};
use super::values::Values;
use crate::experiment::{Batch, Experiment, Racer, Schedule};

/// A racer and its counterpart in the library.
pub(super) struct Entrant {
    /// Its name, as a literal.
    pub(super) name: String,
    /// The name of its rule, as a literal.
    pub(super) rule: String,
    pub(super) schedule: Schedule,
    pub(super) batch: Batch,
    /// Whether its rate changes by its schedule alone.
    pub(super) rate_is_constant: bool,
    /// Its counterpart in the library, and its share of everything else.
    pub(super) counterpart: Result<(Counterpart, Share), Lack>,
}

impl Entrant {
    pub(super) fn changes(&self) -> bool {
        let counterpart = self.counterpart.as_ref();
        counterpart.is_ok_and(|(counterpart, _)| counterpart.changes())
    }

    pub(super) fn share(&self) -> Option<&Share> {
        let (_, share) = self.counterpart.as_ref().ok()?;
        Some(share)
    }

    /// Whether its schedule watches a loss that is not printed.
    pub(super) fn watches(&self, rows: usize) -> bool {
        let interval = self.share().and_then(|share| share.interval.as_ref());
        let per_epoch = self.batch.steps_per_epoch(rows);
        let is_printed = interval.is_none_or(|interval| {
            let interval = interval.parse::<u64>();
            interval.is_ok_and(|interval| per_epoch.is_multiple_of(interval))
        });
        self.schedule.watches_loss() && !is_printed
    }

    pub(super) fn manner(&self) -> Manner {
        let counterpart = self.counterpart.as_ref();
        counterpart.map_or_else(|_| Manner::default(), |(counterpart, _)| counterpart.manner)
    }
}

/// The racers with these indices, with their shares of `chance`.
pub(super) fn entrants(
    experiment: &Experiment,
    racers: &[usize],
    ground: &dyn Ground,
    dialect: &dyn Dialect,
    chance: &mut Chance,
) -> Vec<Entrant> {
    let steps = experiment.steps;
    let lack = ground.lack();
    let rows = experiment.surface.open().rows();
    let mut counterpart = |racer: &Racer| {
        if racer.plan.schedule.watches_loss() && dialect.numbers() == Numbers::Traced {
            return Err(PLATEAU);
        }
        if !racer.plan.groups.is_empty() {
            return Err("it moves groups of parameters by rules of their own");
        }
        let counterpart = dialect.counterpart(&Values::of(racer, steps, rows))?;
        let mut share = lack.map_or_else(|| chance.share(racer), Err)?;
        let interval = ground.interval(racer.plan.batch.steps_per_epoch(rows));
        share.interval = (interval > 1).then(|| interval.to_string());
        Ok((counterpart, share))
    };
    let named = experiment.racers.iter().zip(experiment.names()).enumerate();
    named
        .filter(|(index, _)| racers.contains(index))
        .map(|(_, (racer, name))| (racer.in_steps(rows), name))
        .map(|(racer, name)| Entrant {
            name: string(&name),
            rule: string(racer.plan.optimizer.rule().about().name),
            counterpart: counterpart(&racer),
            rate_is_constant: Values::of(&racer, steps, rows).rate().constant().is_some(),
            batch: racer.plan.batch.clone(),
            schedule: racer.plan.schedule,
        })
        .collect()
}

/// The code that runs the library's own schedule, if there is a single racer whose rate changes by
/// nothing else.
pub(super) fn own_schedule(
    entrants: &[Entrant],
    experiment: &Experiment,
    dialect: &dyn Dialect,
) -> Option<String> {
    let [entrant] = entrants else {
        return None;
    };
    if !entrant.rate_is_constant {
        return None;
    }
    let rows = experiment.surface.open().rows();
    let per_epoch = entrant.batch.steps_per_epoch(rows);
    dialect.plateau(&plateau_arguments(&entrant.schedule)?, per_epoch)
}

/// The entry of a racer, with a field for everything that any racer of the list needs, including
/// those in `fields`.
pub(super) fn entry(
    entrant: &Entrant,
    manner: Manner,
    fields: &Share,
    dialect: &dyn Dialect,
) -> String {
    let Entrant { name, rule, .. } = entrant;
    match &entrant.counterpart {
        Ok((counterpart, share)) => {
            let field = |field: &Option<String>, own: &Option<String>, otherwise: &str| {
                let own = own.as_deref().unwrap_or(otherwise);
                field.as_ref().map(|_| Code::Word(own.to_owned()))
            };
            let mut items = vec![Code::Word(name.clone()), Code::Word(rule.clone())];
            items.extend(dialect.entry(counterpart));
            items.extend(manner.looks_ahead.then(|| looks_ahead(counterpart)));
            items.extend(field(&fields.batches, &share.batches, ALL_ROWS));
            items.extend(field(&fields.sigma, &share.sigma, "0.0"));
            items.extend(field(&fields.interval, &share.interval, "1"));
            let tuple = Code::call("", items).lay_out(4, 0);
            let remark = counterpart.remark.map_or_else(String::new, comment);
            format!("{}    {tuple},\n", indented(&remark))
        }
        Err(lack) => indented(&comment(&format!("{name} is left out: {lack}."))),
    }
}

fn looks_ahead(counterpart: &Counterpart) -> Code {
    let is_so = counterpart.manner.looks_ahead;
    Code::Word(if is_so { "True" } else { "False" }.to_owned())
}

pub(super) fn comment(text: &str) -> String {
    format!("# {text}\n")
}
