//! What a test asks of the window, without having to know the ids of what is shown.
#![allow(dead_code, reason = "no test file uses all of it")]

use std::rc::Rc;

use slalom::app::{Action, AppAction, Change, Document, DocumentAction, Entry, RacerId, SlalomApp};

/// An action on the window or on the active document.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "there are few")]
pub enum Wish {
    App(AppAction),
    Document(DocumentAction),
    Entry(&'static Entry),
    /// An action with a racer of the active document, by its index.
    Racer(usize, Rc<dyn Fn(RacerId) -> DocumentAction>),
}

impl Wish {
    /// An action that takes a racer, which is given by its index.
    pub fn racer<A: Into<DocumentAction>>(
        index: usize,
        action: impl Fn(RacerId) -> A + 'static,
    ) -> Self {
        Self::Racer(index, Rc::new(move |id| action(id).into()))
    }

    /// Returns the action on what the application shows.
    pub fn of(self, app: &SlalomApp) -> Action {
        let document = app.workspace().active();
        match self {
            Self::App(action) => Action::App(action),
            Self::Document(action) => Action::Document(document.id(), action),
            Self::Entry(entry) => entry.on(document.id()),
            Self::Racer(index, action) => {
                Action::Document(document.id(), action(id_of(document, index)))
            }
        }
    }
}

/// Returns the id of a racer.
#[track_caller]
pub fn id_of(document: &Document, index: usize) -> RacerId {
    document.lineup().ids()[index]
}

impl From<AppAction> for Wish {
    fn from(action: AppAction) -> Self {
        Self::App(action)
    }
}

impl From<DocumentAction> for Wish {
    fn from(action: DocumentAction) -> Self {
        Self::Document(action)
    }
}

impl From<Change> for Wish {
    fn from(change: Change) -> Self {
        Self::Document(change.into())
    }
}

impl From<&'static Entry> for Wish {
    fn from(entry: &'static Entry) -> Self {
        Self::Entry(entry)
    }
}
