//! What a test asks of the window, without having to know which document is shown.

use slalom::app::{Action, AppAction, Change, DocumentAction, Entry, SlalomApp};

/// An action on the window or on the active document.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    App(AppAction),
    Document(DocumentAction),
    Entry(&'static Entry),
}

impl Wish {
    /// Returns the action on what the application shows.
    pub fn of(self, app: &SlalomApp) -> Action {
        let document = app.workspace().active().id();
        match self {
            Self::App(action) => Action::App(action),
            Self::Document(action) => Action::Document(document, action),
            Self::Entry(entry) => entry.on(document),
        }
    }
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
