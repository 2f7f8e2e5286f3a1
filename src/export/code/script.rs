//! Assembles a script.

use std::fmt::Write;

use super::Framework;
use super::chance::Chance;
use super::counterpart::{Call, Manner};
use super::dialect::{Dialect, Race, Share, indented};
use super::entrant::{Entrant, Fields, entrants, entry, own_schedule, remarks};
use super::ground::Ground;
use super::helpers::helpers;
use super::network::OnNetwork;
use super::python::Numbers;
use super::surface::OnSurface;
use super::team::Team;
use crate::experiment::Experiment;
use crate::subspace::Subspace;
use crate::text::one_line;

/// The script for these racers, where those of a network are seen on `plane`.
pub(super) fn assemble(
    experiment: &Experiment,
    racers: &[usize],
    library: Framework,
    plane: Option<&Subspace>,
) -> String {
    let dialect = library.dialect();
    let surface = experiment.surface.open();
    let network = surface
        .network()
        .map(|learner| OnNetwork::new(experiment, learner, plane, library));
    let on_surface = OnSurface {
        experiment,
        dialect,
    };
    let ground: &dyn Ground = network.as_ref().map_or(&on_surface, |network| network);
    let mut chance = Chance::of(experiment);
    let entrants = entrants(experiment, racers, ground, dialect, &mut chance);
    let manners = entrants.iter().map(Entrant::manner);
    let manner = manners.fold(Manner::default(), Manner::or);
    let package = dialect.package(manner);
    let heading = heading(experiment, library, package);
    let mut parts = vec![heading + &ground.head(package, &chance)];
    parts.extend(ground.parts(&chance));
    let own = own_schedule(&entrants, experiment, dialect);
    parts.extend(helpers(&entrants, dialect.numbers(), own.is_some()));
    let definitions = written_out(&entrants);
    if definitions.iter().any(|text| text.contains("(NamedTuple)")) {
        let import = "import sys\nfrom typing import NamedTuple\n";
        parts[0] = parts[0].replacen("import sys\n", import, 1);
    }
    parts.extend(definitions.into_iter().map(str::to_owned));
    let mut shares = entrants.iter().filter_map(Entrant::share);
    let with_all = shares.any(|share| share.batches.is_none());
    parts.extend(chance.definitions(dialect, with_all));
    let script = Script {
        experiment,
        ground,
        dialect,
        manner,
        watches: entrants.iter().any(|it| it.watches(surface.rows())),
    };
    parts.push(match &*entrants {
        [
            Entrant {
                counterpart: Ok((team, share)),
                name,
                rule,
                ..
            },
        ] if !script.lists(team) => script.alone([name, rule], team, share.clone(), own.as_deref()),
        _ => script.together(&entrants, &chance),
    });
    parts.join("\n\n")
}

/// The definitions of the optimizers that are written out, each of them once.
fn written_out(entrants: &[Entrant]) -> Vec<&str> {
    let calls = entrants
        .iter()
        .filter_map(Entrant::team)
        .flat_map(Team::calls);
    let mut definitions: Vec<&str> = Vec::new();
    for call in calls {
        let code = call.code.iter().map(|it| &**it);
        for definition in code.chain(call.helpers.iter().copied()) {
            if !definitions.contains(&definition) {
                definitions.push(definition);
            }
        }
    }
    definitions
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

const WRITE: &str = "write = csv.writer(sys.stdout, lineterminator=\"\\n\").writerow
write([\"racer\", \"optimizer\", \"step\", \"x\", \"y\", \"loss\"])
";

const ABOUT_GROUPS: &str = "# A group has an optimizer, the numbers of its weights and biases, and hyper-parameters; all weights
# and biases are numbered from the first layer to the last.
";

/// What the end of a script is made of, beside its racers.
struct Script<'a> {
    experiment: &'a Experiment,
    ground: &'a dyn Ground,
    dialect: &'a dyn Dialect,
    /// What any of the racers needs.
    manner: Manner,
    /// Whether any racer needs a loss that is not printed.
    watches: bool,
}

impl Script<'_> {
    /// Whether several rules move a racer, which are written as a list of them.
    fn lists(&self, team: &Team) -> bool {
        team.is_grouped() && self.dialect.numbers() == Numbers::Plain
    }

    /// The end of the script for a single racer, which needs no list.
    fn alone(
        &self,
        [name, rule]: [&str; 2],
        team: &Team,
        share: Share,
        own: Option<&str>,
    ) -> String {
        let Self {
            ground, dialect, ..
        } = self;
        let make = dialect.make(team, ground.weights());
        let arguments = team.calls().flat_map(|Call { arguments, .. }| arguments);
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
            steps: self.experiment.steps,
            name: name.to_owned(),
            who: format!("{name}, {rule}"),
            make: make.lay_out(0, "optimizer = ".len()),
            change,
            share,
            watches: self.watches,
            manner: self.manner,
            is_alone: true,
            is_grouped: false,
        };
        format!(
            "{}{WRITE}\n{memory}{}{}",
            ground.derivative(),
            remarks(team),
            ground.steps(&race)
        )
    }

    /// The end of the script for several racers: a list of them, and one loop over it.
    fn together(&self, entrants: &[Entrant], chance: &Chance) -> String {
        let Self {
            ground,
            dialect,
            manner,
            ..
        } = self;
        // Every entry has a field if any entry needs it.
        let field = |name: &str, is_needed: bool| is_needed.then(|| name.to_owned());
        let mut intervals = entrants.iter().filter_map(Entrant::share);
        let first = intervals.next().and_then(|share| share.interval.as_ref());
        let differ = intervals.any(|share| share.interval.as_ref() != first);
        let fields = Share {
            batches: field("batches", chance.has_batches()),
            sigma: field("sigma", chance.has_noise()),
            interval: field("interval", differ),
        };
        let is_grouped = entrants.iter().any(Entrant::is_grouped);
        let own = [
            Some(dialect.entry_names(is_grouped)),
            manner.looks_ahead.then_some("looks_ahead"),
            fields.batches.as_deref(),
            fields.sigma.as_deref(),
            fields.interval.as_deref(),
        ];
        let names = own.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let fields = Fields {
            manner: *manner,
            share: fields,
            is_grouped,
        };
        let entries = entrants.iter().map(|it| entry(it, &fields, *dialect));
        let entries: String = entries.collect();
        let changes = entrants.iter().any(Entrant::changes);
        let weights = if is_grouped {
            "[weights[number] for number in numbers]"
        } else {
            ground.weights()
        };
        let change = if changes { dialect.change_entry() } else { "" };
        let race = Race {
            steps: self.experiment.steps,
            name: "name".to_owned(),
            who: "name, rule".to_owned(),
            make: dialect.make_entry(changes, weights),
            change: change.to_owned(),
            share: Share {
                interval: fields.share.interval.or_else(|| first.cloned()),
                ..fields.share
            },
            watches: self.watches,
            manner: *manner,
            is_alone: false,
            is_grouped,
        };
        let about = if is_grouped && dialect.numbers() == Numbers::Plain {
            ABOUT_GROUPS
        } else {
            ""
        };
        format!(
            "# {names}\n{about}racers = [\n{entries}]\n\n{}{WRITE}for {names} in racers:\n{}",
            ground.derivative(),
            indented(&ground.steps(&race))
        )
    }
}
