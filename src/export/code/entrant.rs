//! The racers of a script.

use super::chance::{ALL_ROWS, Chance};
use super::counterpart::{Lack, Manner, PLATEAU};
use super::dialect::{Dialect, Share, indented};
use super::ground::Ground;
use super::layout::Code;
use super::own::{Taken, give_names};
use super::python::{Numbers, plateau_arguments, string};
use super::team::Team;
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
    pub(super) counterpart: Result<(Team, Share), Lack>,
}

impl Entrant {
    pub(super) fn changes(&self) -> bool {
        self.team().is_some_and(Team::changes)
    }

    /// The rules that move it, if the library has them.
    pub(super) fn team(&self) -> Option<&Team> {
        let (team, _) = self.counterpart.as_ref().ok()?;
        Some(team)
    }

    /// Whether several rules move it.
    pub(super) fn is_grouped(&self) -> bool {
        self.team().is_some_and(Team::is_grouped)
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
        self.team().map(Team::manner).unwrap_or_default()
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
    let surface = experiment.surface.open();
    let rows = surface.rows();
    let mut counterpart = |racer: &Racer| {
        if racer.plan.schedule.watches_loss() && dialect.numbers() == Numbers::Traced {
            return Err(PLATEAU);
        }
        let team = Team::of(racer, steps, &*surface, &|values| {
            dialect.counterpart(values)
        })?;
        let mut share = lack.map_or_else(|| chance.share(racer), Err)?;
        let interval = ground.interval(racer.plan.batch.steps_per_epoch(rows));
        share.interval = (interval > 1).then(|| interval.to_string());
        Ok((team, share))
    };
    let named = experiment.racers.iter().zip(experiment.names()).enumerate();
    let mut entrants: Vec<Entrant> = named
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
        .collect();
    let mut taken = Taken::default();
    let teams = entrants
        .iter_mut()
        .filter_map(|it| it.counterpart.as_mut().ok());
    for call in teams.flat_map(|(team, _)| team.calls_mut()) {
        give_names(call, &mut taken);
    }
    entrants
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
    if !entrant.rate_is_constant || entrant.is_grouped() {
        return None;
    }
    let rows = experiment.surface.open().rows();
    let per_epoch = entrant.batch.steps_per_epoch(rows);
    dialect.plateau(&plateau_arguments(&entrant.schedule)?, per_epoch)
}

/// What every entry of a list of racers has.
pub(super) struct Fields {
    /// What any racer needs.
    pub(super) manner: Manner,
    /// The names of the fields for random inputs and for evaluations, if there are any.
    pub(super) share: Share,
    /// Whether any racer is moved by several rules.
    pub(super) is_grouped: bool,
}

/// The entry of a racer, with a field for everything that any racer of the list needs.
pub(super) fn entry(entrant: &Entrant, fields: &Fields, dialect: &dyn Dialect) -> String {
    let Entrant { name, rule, .. } = entrant;
    match &entrant.counterpart {
        Ok((team, share)) => {
            let field = |field: &Option<String>, own: &Option<String>, otherwise: &str| {
                let own = own.as_deref().unwrap_or(otherwise);
                field.as_ref().map(|_| Code::Word(own.to_owned()))
            };
            let mut items = vec![Code::Word(name.clone()), Code::Word(rule.clone())];
            items.extend(dialect.entry(team, fields.is_grouped));
            items.extend(fields.manner.looks_ahead.then(|| looks_ahead(team)));
            items.extend(field(&fields.share.batches, &share.batches, ALL_ROWS));
            items.extend(field(&fields.share.sigma, &share.sigma, "0.0"));
            items.extend(field(&fields.share.interval, &share.interval, "1"));
            let tuple = Code::call("", items).lay_out(4, 0);
            format!("{}    {tuple},\n", indented(&remarks(team)))
        }
        Err(lack) => indented(&comment(&format!("{name} is left out: {lack}."))),
    }
}

fn looks_ahead(team: &Team) -> Code {
    let is_so = team.around.is_some();
    Code::Word(if is_so { "True" } else { "False" }.to_owned())
}

/// The remarks on a racer, as comments.
pub(super) fn remarks(team: &Team) -> String {
    team.remarks().into_iter().map(comment).collect()
}

pub(super) fn comment(text: &str) -> String {
    format!("# {text}\n")
}
