//! Puts a script together.

use super::Library;
use super::dialect::{Call, Counterpart, Dialect, Lack, Race, indented};
use super::layout::Code;
use super::python::{Numbers, number, string};
use super::surface::surface_definition;
use super::values::Values;
use crate::experiment::{Experiment, Schedule};
use crate::preset::one_line;

/// A racer and what the library has for it.
struct Entrant {
    /// As a literal.
    name: String,
    /// The name of its rule, as a literal.
    rule: String,
    schedule: Schedule,
    counterpart: Result<Counterpart, Lack>,
}

impl Entrant {
    fn changes(&self) -> bool {
        self.counterpart.as_ref().is_ok_and(Counterpart::changes)
    }
}

pub(super) fn assemble(experiment: &Experiment, racers: &[usize], library: Library) -> String {
    let dialect = library.dialect();
    let named = experiment.racers.iter().zip(experiment.names()).enumerate();
    let entrants: Vec<Entrant> = named
        .filter(|(index, _)| racers.contains(index))
        .map(|(_, (racer, name))| {
            let steps = experiment.steps;
            Entrant {
                name: string(&name),
                rule: string(racer.optimizer.rule().about().name),
                schedule: racer.schedule,
                counterpart: dialect.counterpart(&Values { racer, steps }),
            }
        })
        .collect();
    let surface = surface_definition(&experiment.surface);
    let mut parts = vec![heading(experiment, library) + &dialect.head(&surface.imports)];
    parts.push(surface.text);
    parts.extend(helpers(&entrants, dialect.numbers()));
    parts.push(match &*entrants {
        [
            Entrant {
                counterpart: Ok(counterpart),
                name,
                rule,
                ..
            },
        ] => alone(experiment, &format!("{name}, {rule}"), counterpart, dialect),
        _ => together(experiment, &entrants, dialect),
    });
    parts.join("\n\n")
}

fn heading(experiment: &Experiment, library: Library) -> String {
    let title = match &*experiment.title {
        "" => String::new(),
        title => format!("# {}\n", one_line(title)),
    };
    format!(
        "{title}# Prints the race as CSV, as `slalom run` does. Needs {}.\n\n",
        library.packages()
    )
}

/// The functions that the racers' hyper-parameters call.
fn helpers(entrants: &[Entrant], numbers: Numbers) -> Vec<String> {
    let (module, least) = (numbers.module(), numbers.least());
    let mut cosine = false;
    let mut one_cycle = false;
    for entrant in entrants.iter().filter(|entrant| entrant.changes()) {
        match entrant.schedule {
            Schedule::Cosine { .. } | Schedule::CosineWarmRestarts { .. } => cosine = true,
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

fn race(experiment: &Experiment, who: &str, make: String, change: String) -> Race {
    let [x, y] = experiment.start.map(number);
    Race {
        start: format!("{x}, {y}"),
        steps: experiment.steps,
        who: who.to_owned(),
        make,
        change,
    }
}

const WRITE: &str = "write = csv.writer(sys.stdout, lineterminator=\"\\n\").writerow
write([\"racer\", \"optimizer\", \"step\", \"x\", \"y\", \"loss\"])
";

/// One racer: no list.
fn alone(
    experiment: &Experiment,
    who: &str,
    counterpart: &Counterpart,
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
    let race = race(experiment, who, make, changes.collect());
    format!(
        "{}{WRITE}\n{}{}",
        dialect.derivative(),
        counterpart.remark.map_or_else(String::new, comment),
        dialect.steps(&race)
    )
}

/// A list of racers, and one loop over them.
fn together(experiment: &Experiment, entrants: &[Entrant], dialect: &dyn Dialect) -> String {
    let names = dialect.entry_names();
    let changes = entrants.iter().any(Entrant::changes);
    let change = if changes { dialect.change_entry() } else { "" };
    let race = race(
        experiment,
        "name, rule",
        dialect.make_entry(changes),
        change.to_owned(),
    );
    let entries: String = entrants
        .iter()
        .map(|entrant| entry(entrant, dialect))
        .collect();
    format!(
        "# {names}\nracers = [\n{entries}]\n\n{}{WRITE}for {names} in racers:\n{}",
        dialect.derivative(),
        indented(&dialect.steps(&race))
    )
}

fn entry(entrant: &Entrant, dialect: &dyn Dialect) -> String {
    let Entrant { name, rule, .. } = entrant;
    match &entrant.counterpart {
        Ok(counterpart) => {
            let mut items = vec![Code::Word(name.clone()), Code::Word(rule.clone())];
            items.extend(dialect.entry(counterpart));
            let tuple = Code::call("", items).lay_out(4, 0);
            let remark = counterpart.remark.map_or_else(String::new, comment);
            format!("{}    {tuple},\n", indented(&remark))
        }
        Err(lack) => indented(&comment(&format!("{name} is left out: {lack}."))),
    }
}

fn comment(text: &str) -> String {
    format!("# {text}\n")
}
