//! Assembles a script.

use std::fmt::Write;

use super::Framework;
use super::chance::{ALL_ROWS, Chance};
use super::dialect::{Call, Counterpart, Dialect, Lack, Manner, PLATEAU, Race, Share, indented};
use super::layout::Code;
use super::python::{Numbers, number, plateau_arguments, string};
use super::surface::{surface_definition, surface_lack};
use super::values::Values;
use crate::experiment::{Batch, Experiment, Racer, Schedule};
use crate::text::one_line;

/// A racer and its counterpart in the library.
struct Entrant {
    /// Its name, as a literal.
    name: String,
    /// The name of its rule, as a literal.
    rule: String,
    schedule: Schedule,
    batch: Batch,
    /// Whether its rate changes by its schedule alone.
    rate_is_constant: bool,
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
    let own = own_schedule(&entrants, experiment, dialect);
    parts.extend(helpers(&entrants, dialect.numbers(), own.is_some()));
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
            let own = own.as_deref();
            alone(experiment, &who, counterpart, share.clone(), own, dialect)
        }
        _ => together(experiment, &entrants, manner, &chance, dialect),
    });
    parts.join("\n\n")
}

/// The code that runs the library's own schedule, if there is a single racer whose rate changes by
/// nothing else.
fn own_schedule(
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

fn entrants(
    experiment: &Experiment,
    racers: &[usize],
    dialect: &dyn Dialect,
    chance: &mut Chance,
) -> Vec<Entrant> {
    let steps = experiment.steps;
    let lack = surface_lack(experiment);
    let rows = experiment.surface.open().rows();
    let mut counterpart = |racer: &Racer| {
        if racer.plan.schedule.watches_loss() && dialect.numbers() == Numbers::Traced {
            return Err(PLATEAU);
        }
        if !racer.plan.groups.is_empty() {
            return Err("it moves groups of parameters by rules of their own");
        }
        let counterpart = dialect.counterpart(&Values::of(racer, steps, rows))?;
        let share = lack.map_or_else(|| chance.share(racer), Err)?;
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

fn heading(experiment: &Experiment, library: Framework, package: Option<&str>) -> String {
    let title = match &*experiment.title {
        "" => String::new(),
        title => format!("# {}\n", one_line(title).trim_end()),
    };
    let seed = if experiment.seeds > 1 {
        format!(", with seed {} alone", experiment.seed)
    } else {
        String::new()
    };
    let package = package.map_or_else(String::new, |name| {
        format!(" and {name} (`pip install {name}`)")
    });
    format!(
        "{title}# Prints the first six columns of `slalom run`{seed}. Needs {}{package}.\n\n",
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

const PLATEAU_CLASS: &str = "class Plateau:
    \"\"\"A rate that falls when `value`, the loss over all rows, has stopped falling.\"\"\"

    def __init__(self, per_epoch, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps):
        self.per_epoch, self.factor, self.patience = per_epoch, factor, patience
        self.threshold, self.is_relative = threshold, threshold_mode == \"rel\"
        self.cooldown, self.min_lr, self.eps = cooldown, min_lr, eps
        self.eta = None
        self.lowest, self.waited, self.cooling = math.inf, 0, 0

    def __call__(self, step, eta):
        if self.eta is None:
            self.eta, self.rate, self.begin = eta, eta, step
        elif step > self.begin and step % self.per_epoch == 0:
            self.see(value.item())
        if eta != self.eta:
            self.rate = eta * (self.rate / self.eta) if self.eta else eta
            self.eta = eta
        return self.rate

    def see(self, loss):
        limit = self.lowest * (1 - self.threshold) if self.is_relative else self.lowest - self.threshold
        if loss < limit:
            self.lowest, self.waited = loss, 0
        else:
            self.waited += 1
        if self.cooling > 0:
            self.cooling, self.waited = self.cooling - 1, 0
        if self.waited > self.patience:
            reduced = max(self.rate * self.factor, self.min_lr)
            if self.rate - reduced > self.eps:
                self.rate = reduced
            self.cooling, self.waited = self.cooldown, 0
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
fn helpers(entrants: &[Entrant], numbers: Numbers, is_own: bool) -> Vec<String> {
    let (module, least) = (numbers.module(), numbers.least());
    let mut cosine = false;
    let mut restarts = false;
    let mut one_cycle = false;
    let mut linear = false;
    let mut polynomial = false;
    let mut plateau = false;
    let changing = entrants.iter().filter(|entrant| entrant.changes());
    for schedule in changing.flat_map(|entrant| entrant.schedule.parts()) {
        match *schedule {
            Schedule::Cosine { .. } => cosine = true,
            Schedule::CosineWarmRestarts { factor, .. } => {
                cosine = true;
                restarts |= factor > 1;
            }
            Schedule::OneCycle { .. } => one_cycle = true,
            Schedule::Linear { .. } => linear = true,
            Schedule::Polynomial { .. } => polynomial = true,
            Schedule::ReduceOnPlateau { .. } => plateau = !is_own,
            _ => {}
        }
    }
    let mut helpers = Vec::new();
    if linear {
        helpers.push(format!(
            "def linear(step, start, end, steps):
    \"\"\"From `start` to `end` in `steps` steps, in a straight line.\"\"\"
    return start + (end - start) * {least}(step, steps) / steps
"
        ));
    }
    if plateau {
        helpers.push(PLATEAU_CLASS.to_owned());
    }
    if polynomial {
        helpers.push(format!(
            "def polynomial(step, start, end, steps, power):
    \"\"\"From `start` to `end` in `steps` steps, along a power of what is left.\"\"\"
    left = 1 - 1.0 * {least}(step, steps) / steps
    return end + (start - end) * left ** power
"
        ));
    }
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
    own: Option<&str>,
    dialect: &dyn Dialect,
) -> String {
    let make = dialect.make(counterpart).lay_out(0, "optimizer = ".len());
    let arguments = counterpart
        .parts
        .iter()
        .flat_map(|Call { arguments, .. }| arguments);
    let mut memory = String::new();
    let changes = arguments.filter_map(|(name, amount)| {
        let at_step = amount.at_step.as_ref()?;
        if let (Some(own), [_, ..]) = (own, &*amount.memory) {
            return Some(own.to_owned());
        }
        for (name, made) in &amount.memory {
            let _ = writeln!(memory, "{name} = {made}");
        }
        dialect.set(name, at_step)
    });
    let change: String = changes.collect();
    let race = Race {
        start: start(experiment),
        steps: experiment.steps,
        who: who.to_owned(),
        make,
        change,
        share,
        manner: counterpart.manner,
        is_alone: true,
    };
    format!(
        "{}{WRITE}\n{memory}{}{}",
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
