//! Assembles a script.

use super::Framework;
use super::chance::{ALL_ROWS, Chance};
use super::dialect::{Call, Counterpart, Dialect, Lack, Manner, Race, Share, indented};
use super::layout::Code;
use super::python::{Numbers, number, string};
use super::surface::{surface_definition, surface_lack};
use super::values::Values;
use crate::experiment::{Experiment, Schedule};
use crate::text::one_line;

/// A racer and its counterpart in the library.
struct Entrant {
    /// Its name, as a literal.
    name: String,
    /// The name of its rule, as a literal.
    rule: String,
    schedule: Schedule,
    /// Its counterpart in the library and its random inputs.
    counterpart: Result<(Counterpart, Share), Lack>,
}

impl Entrant {
    fn changes(&self) -> bool {
        let counterpart = self.counterpart.as_ref();
        counterpart.is_ok_and(|(counterpart, _)| counterpart.changes())
    }

    fn share(&self) -> Option<&Share> {
        let (_, share) = self.counterpart.as_ref().ok()?;
        Some(share)
    }

    fn manner(&self) -> Manner {
        let counterpart = self.counterpart.as_ref();
        counterpart.map_or_else(|_| Manner::default(), |(counterpart, _)| counterpart.manner)
    }
}

pub(super) fn assemble(experiment: &Experiment, racers: &[usize], library: Framework) -> String {
    let dialect = library.dialect();
    let mut chance = Chance::of(experiment);
    let entrants = entrants(experiment, racers, dialect, &mut chance);
    let surface = surface_definition(experiment, dialect, chance.has_batches());
    let manners = entrants.iter().map(Entrant::manner);
    let manner = manners.fold(Manner::default(), Manner::or);
    let package = dialect.package(manner);
    let heading = heading(experiment, library, package);
    let mut parts = vec![heading + &dialect.head(&surface.imports, package)];
    parts.extend(surface.parts);
    parts.extend(helpers(&entrants, dialect.numbers()));
    let mut shares = entrants.iter().filter_map(Entrant::share);
    let with_all = shares.any(|share| share.batches.is_none());
    parts.extend(chance.definitions(dialect, with_all));
    parts.push(match &*entrants {
        [
            Entrant {
                counterpart: Ok((counterpart, share)),
                name,
                rule,
                ..
            },
        ] => {
            let who = format!("{name}, {rule}");
            alone(experiment, &who, counterpart, share.clone(), dialect)
        }
        _ => together(experiment, &entrants, manner, &chance, dialect),
    });
    parts.join("\n\n")
}

fn entrants(
    experiment: &Experiment,
    racers: &[usize],
    dialect: &dyn Dialect,
    chance: &mut Chance,
) -> Vec<Entrant> {
    let steps = experiment.steps;
    let lack = surface_lack(experiment);
    let mut counterpart = |racer| {
        let counterpart = dialect.counterpart(&Values::of(racer, steps))?;
        let share = lack.map_or_else(|| chance.share(racer), Err)?;
        Ok((counterpart, share))
    };
    let named = experiment.racers.iter().zip(experiment.names()).enumerate();
    named
        .filter(|(index, _)| racers.contains(index))
        .map(|(_, (racer, name))| Entrant {
            name: string(&name),
            rule: string(racer.plan.optimizer.rule().about().name),
            schedule: racer.plan.schedule,
            counterpart: counterpart(racer),
        })
        .collect()
}

fn heading(experiment: &Experiment, library: Framework, package: Option<&str>) -> String {
    let title = match &*experiment.title {
        "" => String::new(),
        title => format!("# {}\n", one_line(title).trim_end()),
    };
    let but = if experiment.surface.open().rows() > 0 {
        " but for rows_seen and epoch"
    } else {
        ""
    };
    let package = package.map_or_else(String::new, |name| {
        format!(" and {name} (`pip install {name}`)")
    });
    format!(
        "{title}# Prints the race as CSV, as `slalom run` does{but}. Needs {}{package}.\n\n",
        library.packages()
    )
}

const RESTARTS: &str = "def restarts(step, start, end, period, factor, times):
    \"\"\"`cosine` again and again, each period `factor` times as long as the one before.\"\"\"
    for _ in range(times):
        if step >= period:
            step, period = step - period, period * factor
    return cosine(step, start, end, period)
";

const TRACED_RESTARTS: &str = "def restarts(step, start, end, period, factor, times):
    \"\"\"`cosine` again and again, each period `factor` times as long as the one before.\"\"\"
    for _ in range(times):
        again = step >= period
        step = jnp.where(again, step - period, step)
        period = jnp.where(again, period * factor, period)
    return cosine(step, start, end, period)
";

/// The helper functions that the racers' hyper-parameters call.
fn helpers(entrants: &[Entrant], numbers: Numbers) -> Vec<String> {
    let (module, least) = (numbers.module(), numbers.least());
    let mut cosine = false;
    let mut restarts = false;
    let mut one_cycle = false;
    for entrant in entrants.iter().filter(|entrant| entrant.changes()) {
        match entrant.schedule {
            Schedule::Cosine { .. } => cosine = true,
            Schedule::CosineWarmRestarts { factor, .. } => {
                cosine = true;
                restarts |= factor > 1;
            }
            Schedule::OneCycle { .. } => one_cycle = true,
            _ => {}
        }
    }
    let mut helpers = Vec::new();
    if cosine || one_cycle {
        helpers.push(format!(
            "def cosine(step, start, end, steps):
    \"\"\"From `start` to `end` in `steps` steps.\"\"\"
    angle = {module}.pi * {least}(step, steps) / steps
    return end + (start - end) * (1 + {module}.cos(angle)) / 2
"
        ));
    }
    if restarts {
        helpers.push(match numbers {
            Numbers::Plain => RESTARTS.to_owned(),
            Numbers::Traced => TRACED_RESTARTS.to_owned(),
        });
    }
    if one_cycle {
        let choice = match numbers {
            Numbers::Plain => "up if step < turn else down",
            Numbers::Traced => "jnp.where(step < turn, up, down)",
        };
        helpers.push(format!(
            "def one_cycle(step, top, steps):
    \"\"\"From top / 25 up to `top`, then down to top / 250,000.\"\"\"
    turn = 0.3 * (steps + 1) - 1
    up = cosine(step, top / 25, top, turn)
    down = cosine(step - turn, top, top / 250_000, steps - turn)
    return {choice}
"
        ));
    }
    if numbers == Numbers::Plain && entrants.len() > 1 && entrants.iter().any(Entrant::changes) {
        helpers.push(
            "def at(step, parameters):
    \"\"\"The hyper-parameters of the update from `step` to the next.\"\"\"
    return {key: value(step) if callable(value) else value for key, value in parameters.items()}
"
            .to_owned(),
        );
    }
    helpers
}

/// The starting point, written as `1.0, 1.6`.
fn start(experiment: &Experiment) -> String {
    let [x, y] = experiment.start.map(number);
    format!("{x}, {y}")
}

const WRITE: &str = "write = csv.writer(sys.stdout, lineterminator=\"\\n\").writerow
write([\"racer\", \"optimizer\", \"step\", \"x\", \"y\", \"loss\"])
";

/// The script for a single racer, which needs no list.
fn alone(
    experiment: &Experiment,
    who: &str,
    counterpart: &Counterpart,
    share: Share,
    dialect: &dyn Dialect,
) -> String {
    let make = dialect.make(counterpart).lay_out(0, "optimizer = ".len());
    let arguments = counterpart
        .parts
        .iter()
        .flat_map(|Call { arguments, .. }| arguments);
    let changes = arguments.filter_map(|(name, amount)| {
        let at_step = amount.at_step.as_ref()?;
        dialect.set(name, at_step)
    });
    let race = Race {
        start: start(experiment),
        steps: experiment.steps,
        who: who.to_owned(),
        make,
        change: changes.collect(),
        share,
        manner: counterpart.manner,
        is_alone: true,
    };
    format!(
        "{}{WRITE}\n{}{}",
        dialect.derivative(),
        counterpart.remark.map_or_else(String::new, comment),
        dialect.steps(&race)
    )
}

/// The script for several racers: a list of them, and one loop over it.
fn together(
    experiment: &Experiment,
    entrants: &[Entrant],
    manner: Manner,
    chance: &Chance,
    dialect: &dyn Dialect,
) -> String {
    // Every entry has a field if any entry needs it.
    let field = |name: &str, is_needed: bool| is_needed.then(|| name.to_owned());
    let share = Share {
        batches: field("batches", chance.has_batches()),
        sigma: field("sigma", chance.has_noise()),
    };
    let own = [
        Some(dialect.entry_names()),
        manner.looks_ahead.then_some("looks_ahead"),
        share.batches.as_deref(),
        share.sigma.as_deref(),
    ];
    let names = own.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let entries = entrants
        .iter()
        .map(|entrant| entry(entrant, manner, &share, dialect));
    let entries: String = entries.collect();
    let changes = entrants.iter().any(Entrant::changes);
    let change = if changes { dialect.change_entry() } else { "" };
    let make = dialect.make_entry(changes);
    let race = Race {
        start: start(experiment),
        steps: experiment.steps,
        who: "name, rule".to_owned(),
        make,
        change: change.to_owned(),
        share,
        manner,
        is_alone: false,
    };
    format!(
        "# {names}\nracers = [\n{entries}]\n\n{}{WRITE}for {names} in racers:\n{}",
        dialect.derivative(),
        indented(&dialect.steps(&race))
    )
}

/// The entry of a racer, with a field for everything that any racer of the list needs, including
/// the random inputs in `fields`.
fn entry(entrant: &Entrant, manner: Manner, fields: &Share, dialect: &dyn Dialect) -> String {
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

fn comment(text: &str) -> String {
    format!("# {text}\n")
}
