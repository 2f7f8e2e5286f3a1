//! Everything that the palette can find.

use crate::app::command::Command;
use crate::app::document::change::Change;
use crate::app::document::data_models;
use crate::app::games::GameKind;
use crate::app::workspace::State;
use crate::export::code;
use crate::optimizer::OptimizerChoice;
use crate::preset::{BUILT_IN, TOUR};
use crate::surface::SurfaceChoice;

/// A group of entries, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Racers of the open document.
    Racers,
    /// Commands.
    Do,
    /// Optimizers that can be added.
    Add,
    /// Surfaces to race on.
    Surfaces,
    /// Presets and lessons.
    Open,
}

impl Group {
    /// The heading above the group.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Racers => "Racers here",
            Self::Do => "Do",
            Self::Add => "Add a racer",
            Self::Surfaces => "Race on",
            Self::Open => "Open",
        }
    }

    /// The sign that restricts a search to this group when it is typed first.
    pub const fn sign(self) -> Option<char> {
        match self {
            Self::Do => Some('>'),
            Self::Add => Some('+'),
            Self::Surfaces => Some('~'),
            Self::Racers | Self::Open => None,
        }
    }

    /// The group that a search is restricted to, and the rest of what was typed.
    pub fn of_search(typed: &str) -> (Option<Self>, &str) {
        let typed = typed.trim_start();
        let groups = [Self::Do, Self::Add, Self::Surfaces];
        let found = groups
            .into_iter()
            .find_map(|group| Some((group, typed.strip_prefix(group.sign()?)?)));
        found.map_or((None, typed), |(group, rest)| {
            (Some(group), rest.trim_start())
        })
    }
}

/// One thing that the palette can find.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The group it is listed in.
    pub group: Group,
    /// The text that is searched.
    pub title: String,
    /// A note at its right end.
    pub note: String,
    /// The index of the racer whose marker stands in front of it.
    pub racer: Option<usize>,
    /// The command that it stands for.
    pub command: Command,
    /// Why the command cannot be executed now; `None` if it can.
    pub hindrance: Option<&'static str>,
}

impl Entry {
    fn new(group: Group, title: impl Into<String>, note: &str, command: Command) -> Self {
        Self {
            group,
            title: title.into(),
            note: note.to_owned(),
            racer: None,
            command,
            hindrance: None,
        }
    }
}

/// Returns everything that can be found, group by group.
pub fn entries(state: &State) -> Vec<Entry> {
    let mut entries = racers(state);
    entries.extend(commands(state));
    entries.extend(optimizers());
    entries.extend(surfaces());
    entries.extend(presets());
    for entry in &mut entries {
        entry.hindrance = entry.command.hindrance(state);
    }
    entries
}

fn racers(state: &State) -> Vec<Entry> {
    let names = state.document().experiment().names();
    let select = |(index, name): (usize, &String)| Entry {
        racer: Some(index),
        ..Entry::new(Group::Racers, name, "select", Command::Select(Some(index)))
    };
    let racers = names.iter().enumerate();
    racers.map(select).collect()
}

/// The commands that need nothing but themselves, and those for each racer.
fn commands(state: &State) -> Vec<Entry> {
    let act = |title: String, note: &str, command| Entry::new(Group::Do, title, note, command);
    let plain = Command::PLAIN.iter();
    let plain = plain.filter(|command| !matches!(command, Command::Palette | Command::Dismiss));
    let mut entries: Vec<Entry> = plain
        .map(|command| act(command.label().to_owned(), "", command.clone()))
        .collect();
    let names = state.document().experiment().names();
    for (index, name) in names.iter().enumerate() {
        let racer = |title: String, command| Entry {
            racer: Some(index),
            ..act(title, "racer", command)
        };
        entries.extend([
            racer(format!("Show only {name}"), Command::Solo(index)),
            racer(
                format!("Duplicate {name}"),
                Command::Change(Change::Duplicate(index)),
            ),
            racer(
                format!("Remove {name}"),
                Command::Change(Change::Remove(index)),
            ),
        ]);
    }
    entries.extend(code::Framework::ALL.iter().map(|&framework| {
        let title = format!("Copy the race as a {} script", framework.label());
        act(title, "code", Command::CopyCode(None, framework))
    }));
    entries.extend(
        GameKind::ALL
            .iter()
            .map(|&kind| act(kind.label().to_owned(), "game", Command::StartGame(kind))),
    );
    entries
}

fn optimizers() -> impl Iterator<Item = Entry> {
    OptimizerChoice::all().iter().map(|optimizer| {
        let about = optimizer.rule().about();
        let add = Command::Change(Change::Add(optimizer.clone()));
        Entry::new(Group::Add, about.title, about.source, add)
    })
}

fn surfaces() -> impl Iterator<Item = Entry> {
    let formulas = SurfaceChoice::BUILT_IN.iter().map(|surface| {
        let command = Command::Change(Change::Surface(surface.clone()));
        Entry::new(Group::Surfaces, surface.about().title, "surface", command)
    });
    let models = data_models::built_in().into_iter().map(|(title, surface)| {
        Entry::new(Group::Surfaces, title, "data", Command::UseSurface(surface))
    });
    formulas.chain(models)
}

fn presets() -> impl Iterator<Item = Entry> {
    let open = |name: &'static str, title: Option<&str>, note: &str| {
        let title = title.unwrap_or(name);
        Entry::new(Group::Open, title, note, Command::OpenBuiltIn(name))
    };
    let lessons = TOUR
        .iter()
        .enumerate()
        .map(move |(index, it)| open(it.name, it.title(), &format!("lesson {}", index + 1)));
    let built_in = BUILT_IN
        .iter()
        .map(move |it| open(it.name, it.title(), "built-in"));
    built_in.chain(lessons)
}
