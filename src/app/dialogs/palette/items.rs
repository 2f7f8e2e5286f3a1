//! Everything that the palette can find.

use std::borrow::Cow;

use egui::KeyboardShortcut;

use crate::app::action::{Action, AppAction, DocumentAction, table};
use crate::app::document::Document;
use crate::app::document::change::Change;
use crate::app::document::data_models;
use crate::app::document::ids::RacerId;
use crate::app::settings::library::Thing;
use crate::app::workspace::{Opening, Workspace};
use crate::optimizer::OptimizerChoice;
use crate::preset::{BUILT_IN, BuiltIn, TOUR};
use crate::surface::SurfaceChoice;
use crate::view::icon::Icon;

/// A group of items, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Racers of the open document.
    Racers,
    /// Actions.
    Do,
    /// Optimizers that can be added.
    Add,
    /// Surfaces to race on.
    Surfaces,
    /// Open documents, presets and lessons.
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
pub struct Item {
    /// The group it is listed in.
    pub group: Group,
    /// The text that is searched.
    pub title: String,
    /// A note at its right end.
    pub note: String,
    /// What stands in front of it.
    pub sign: Sign,
    /// What it does.
    pub action: Action,
    /// The keys that do the same.
    pub keys: Option<KeyboardShortcut>,
    /// Why it cannot be done now; `None` if it can.
    pub hindrance: Option<Cow<'static, str>>,
}

/// What stands in front of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// The marker of a racer.
    Racer(RacerId),
    /// An icon.
    Icon(Icon),
}

impl Item {
    fn new(
        group: Group,
        title: impl Into<String>,
        note: &str,
        icon: Icon,
        action: impl Into<Action>,
    ) -> Self {
        Self {
            group,
            title: title.into(),
            note: note.to_owned(),
            sign: Sign::Icon(icon),
            action: action.into(),
            keys: None,
            hindrance: None,
        }
    }

    /// Returns the item that does the same in a new tab; `None` if it opens nothing.
    pub fn beside(&self) -> Option<Action> {
        match &self.action {
            Action::App(AppAction::Open(opening)) => {
                Some(AppAction::OpenBeside(opening.clone()).into())
            }
            _ => None,
        }
    }
}

/// Returns everything that can be found, group by group.
pub fn items(workspace: &Workspace) -> Vec<Item> {
    let document = workspace.active();
    let mut items = racers(document);
    items.extend(entries(workspace, document));
    items.extend(actions(document));
    items.extend(optimizers(document));
    items.extend(kept(workspace));
    items.extend(surfaces(document));
    items.extend(documents(workspace));
    items.extend(presets());
    items
}

fn racers(document: &Document) -> Vec<Item> {
    let names = document.experiment().titles();
    let racers = document.lineup().ids().iter().zip(names);
    let select = |(&racer, name): (&RacerId, String)| {
        let action = DocumentAction::Select(Some(racer));
        let action = Action::Document(document.id(), action);
        Item {
            sign: Sign::Racer(racer),
            ..Item::new(Group::Racers, name, "select", Icon::Eye, action)
        }
    };
    racers.map(select).collect()
}

/// The entries of the table.
fn entries(workspace: &Workspace, document: &Document) -> impl Iterator<Item = Item> {
    let is_here = [&table::help::PALETTE, &table::help::DISMISS];
    let entries = table::all().filter(move |entry| !is_here.contains(entry));
    entries.map(|entry| {
        let note = entry.category.title().to_lowercase();
        let action = entry.on(document.id());
        Item {
            keys: entry.shortcuts().next(),
            hindrance: entry.hindrance(workspace, document).map(Cow::Borrowed),
            ..Item::new(Group::Do, entry.label, &note, entry.icon, action)
        }
    })
}

/// What can be done with each racer.
fn actions(document: &Document) -> Vec<Item> {
    let names = document.experiment().titles();
    let mut items = Vec::new();
    for (&racer, name) in document.lineup().ids().iter().zip(names) {
        let mut act = |title: String, action: DocumentAction| {
            let hindrance = match &action {
                DocumentAction::EditRule(racer) => document.why_not_edited(*racer),
                _ => None,
            };
            let action = Action::Document(document.id(), action);
            items.push(Item {
                sign: Sign::Racer(racer),
                hindrance: hindrance.map(Cow::Borrowed),
                ..Item::new(Group::Do, title, "racer", Icon::Eye, action)
            });
        };
        act(format!("Show only {name}"), DocumentAction::Solo(racer));
        act(format!("Duplicate {name}"), Change::Duplicate(racer).into());
        let optimizer = document.lineup().racer(racer).map(|it| &it.plan.optimizer);
        let edit = match optimizer.and_then(|it| it.own_rule()) {
            Some(_) => format!("Edit the rule of {name}"),
            None => format!("Edit a copy of {name}"),
        };
        act(edit, DocumentAction::EditRule(racer));
        act(format!("Remove {name}"), Change::Remove(racer).into());
    }
    items
}

fn optimizers(document: &Document) -> impl Iterator<Item = Item> {
    let (id, provides) = (document.id(), document.race.surface().provides());
    OptimizerChoice::all().iter().map(move |optimizer| {
        let about = optimizer.rule().about();
        let add = Action::Document(id, Change::add(optimizer.clone()).into());
        Item {
            hindrance: optimizer.refusal(provides).map(Cow::Owned),
            ..Item::new(Group::Add, about.title, about.source, Icon::Plus, add)
        }
    })
}

/// The rules and surfaces in the library.
fn kept(workspace: &Workspace) -> impl Iterator<Item = Item> {
    let id = workspace.active().id();
    let entries = workspace.settings.library.entries().iter();
    entries.map(move |entry| {
        let (group, icon, action) = match entry.thing() {
            Thing::Rule(rule) => {
                let add = Change::add(OptimizerChoice::Rule(rule.clone()));
                (Group::Add, Icon::Plus, add.into())
            }
            Thing::Surface(surface) => {
                let surface = SurfaceChoice::Typed(surface.clone());
                (
                    Group::Surfaces,
                    Icon::Curve,
                    DocumentAction::UseSurface(surface),
                )
            }
        };
        let action = Action::Document(id, action);
        Item::new(group, entry.name(), "my library", icon, action)
    })
}

fn surfaces(document: &Document) -> impl Iterator<Item = Item> {
    let id = document.id();
    let formulas = SurfaceChoice::BUILT_IN.iter().map(move |surface| {
        let action = Action::Document(id, Change::Surface(surface.clone()).into());
        let title = surface.about().title;
        Item::new(Group::Surfaces, title, "surface", Icon::Curve, action)
    });
    let models = data_models::built_in().into_iter();
    let models = models.map(move |(title, surface)| {
        let action = Action::Document(id, DocumentAction::UseSurface(surface));
        Item::new(Group::Surfaces, title, "data", Icon::Data, action)
    });
    formulas.chain(models)
}

/// The other open documents.
fn documents(workspace: &Workspace) -> impl Iterator<Item = Item> {
    let active = workspace.active().id();
    let others = workspace.documents().iter();
    let others = others.filter(move |document| document.id() != active);
    others.map(|document| {
        let show = AppAction::Show(document.id());
        Item::new(Group::Open, document.title(), "tab", Icon::New, show)
    })
}

fn presets() -> impl Iterator<Item = Item> {
    let open = |preset: &BuiltIn, note: &str, icon: Icon| {
        let title = preset.title().unwrap_or(preset.name);
        let action = AppAction::Open(Opening::BuiltIn(preset.name));
        Item::new(Group::Open, title, note, icon, action)
    };
    let lessons = (1..).zip(TOUR);
    let lessons =
        lessons.map(move |(number, it)| open(it, &format!("lesson {number}"), Icon::Tour));
    let built_in = BUILT_IN
        .iter()
        .map(move |it| open(it, "built-in", Icon::Open));
    built_in.chain(lessons)
}
