//! A session: the open tabs of one running program, as they are kept.

use serde::{Deserialize, Serialize};

use crate::app::document::Document;
use crate::app::document::kept::{Kept, Marks};
use crate::app::document::source::Source;
use crate::app::settings::Settings;
use crate::app::workspace::{Comparison, Layout, List, Workspace};

/// The open tabs of a program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The tabs, in their order.
    pub tabs: Vec<Kept>,
    /// The index of the selected tab.
    pub active: usize,
    /// The two tabs that are compared, and how.
    pub comparison: Option<Compared>,
    /// Whether the program has ended as usual, so that nothing is missing.
    pub ended: bool,
}

/// Two tabs that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The index of the first tab.
    pub a: usize,
    /// The index of the second tab.
    pub b: usize,
    /// Whether the second one is shown as ghosts in the first.
    #[serde(default)]
    pub ghosts: bool,
    /// Whether the racers are listed rather than the differences.
    #[serde(default)]
    pub racers: bool,
}

impl Compared {
    fn of(workspace: &Workspace) -> Option<Self> {
        let comparison = workspace.comparison()?;
        let index_of = |id| workspace.documents().iter().position(|it| it.id() == id);
        Some(Self {
            a: index_of(comparison.a)?,
            b: index_of(comparison.b)?,
            ghosts: comparison.layout == Layout::Ghosts,
            racers: comparison.list == List::Racers,
        })
    }

    /// Compares the documents again.
    fn restore(self, workspace: &mut Workspace) {
        let id = |index| workspace.documents().get(index).map(Document::id);
        if let (Some(a), Some(b)) = (id(self.a), id(self.b)) {
            let mut comparison = Comparison::new(a, b);
            if self.ghosts {
                comparison.layout = Layout::Ghosts;
            }
            if self.racers {
                comparison.list = List::Racers;
            }
            workspace.compare(Some(comparison));
        }
    }
}

impl Session {
    /// Returns the session as it is kept when the window is closed: files are as they were saved,
    /// since the user was asked about their changes. Races without a file are kept as they are.
    #[must_use]
    pub fn closed(mut self) -> Self {
        for tab in &mut self.tabs {
            if matches!(tab.source, Source::File(_)) {
                *tab = tab.clone().without_changes();
            }
        }
        self.ended = true;
        self
    }

    /// Appends the tabs of another session. A tab that is there already is not doubled.
    pub fn append(&mut self, other: Self) {
        if self.tabs.is_empty() {
            *self = other;
            return;
        }
        for tab in other.tabs {
            let is_same = |it: &Kept| it.source == tab.source && it.preset == tab.preset;
            if !self.tabs.iter().any(is_same) {
                self.tabs.push(tab);
            }
        }
    }

    /// Removes a tab. The selected one stays selected, or the one in its place is.
    pub fn remove(&mut self, index: usize) {
        self.tabs.remove(index);
        let after = |kept: usize| kept - usize::from(index < kept);
        self.active = after(self.active).min(self.tabs.len().saturating_sub(1));
        self.comparison = self
            .comparison
            .filter(|it| it.a != index && it.b != index)
            .map(|it| Compared {
                a: after(it.a),
                b: after(it.b),
                ..it
            });
    }

    /// Opens the tabs, and before them a document that the user has asked for, which is then shown.
    /// Without any of them, there is no workspace.
    #[must_use]
    pub fn open(&self, asked_for: Option<Document>, settings: Settings) -> Option<Workspace> {
        let is_asked_for = asked_for.is_some();
        let tabs = self.tabs.iter().map(Document::restored);
        let mut documents = asked_for.into_iter().chain(tabs);
        let mut workspace = Workspace::new(documents.next()?, settings);
        documents.for_each(|document| workspace.append(document));
        if !is_asked_for {
            if let Some(id) = workspace.documents().get(self.active).map(Document::id) {
                workspace.show_restored(id);
            }
            if let Some(comparison) = self.comparison {
                comparison.restore(&mut workspace);
            }
        }
        Some(workspace)
    }
}

/// Keeps the session in step with the window.
#[derive(Debug, Default)]
pub struct Watch {
    marks: Vec<Marks>,
    session: Session,
}

impl Watch {
    /// Returns the session if it has changed since the last time. Only what has changed is copied.
    pub fn changed(&mut self, workspace: &Workspace) -> Option<&Session> {
        let documents = workspace.documents();
        let mut has_changed = documents.len() != self.session.tabs.len();
        self.session.tabs.truncate(documents.len());
        self.marks.truncate(documents.len());
        for (index, document) in documents.iter().enumerate() {
            match (self.marks.get_mut(index), self.session.tabs.get_mut(index)) {
                (Some(marks), Some(tab)) if document.has(marks) => {
                    let playhead = document.playback.playhead;
                    has_changed |= tab.playhead != playhead;
                    tab.playhead = playhead;
                }
                (Some(marks), Some(tab)) => {
                    (*marks, *tab) = (document.marks(), document.kept());
                    has_changed = true;
                }
                _ => {
                    self.marks.push(document.marks());
                    self.session.tabs.push(document.kept());
                    has_changed = true;
                }
            }
        }
        let id = workspace.active().id();
        let active = documents.iter().position(|it| it.id() == id);
        let active = active.unwrap_or_default();
        let comparison = Compared::of(workspace);
        has_changed |= (active, comparison) != (self.session.active, self.session.comparison);
        (self.session.active, self.session.comparison) = (active, comparison);
        has_changed.then_some(&self.session)
    }

    /// Returns the session as it was the last time.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }
}
