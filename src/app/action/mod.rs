//! Everything that a user can do.
//!
//! What needs no argument is an [`Entry`] of the one table in [`table`], from which menus, buttons,
//! tooltips, keys, the palette and the help are made. Everything else is an [`AppAction`] or a
//! [`DocumentAction`] with its arguments. Panels and dialogs send actions; only
//! [`Workspace::perform`] changes anything.

mod app;
mod document;
mod files;
mod games;
pub mod table;

use super::document::change::Change;
use super::document::ids::DocumentId;
use super::workspace::Workspace;

pub use app::AppAction;
pub use document::DocumentAction;
pub use files::LONGEST_ADDRESS;
pub use table::{Category, Entry};

/// An action of the user.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "there are few at a time, and none is kept"
)]
pub enum Action {
    /// An action on the whole window.
    App(AppAction),
    /// An action on one document.
    Document(DocumentId, DocumentAction),
}

impl Entry {
    /// Returns the action of this entry, on this document if it concerns a document.
    #[must_use]
    pub fn on(&'static self, document: DocumentId) -> Action {
        if self.is_of_document() {
            Action::Document(document, DocumentAction::Do(self))
        } else {
            Action::App(AppAction::Do(self))
        }
    }
}

impl From<AppAction> for Action {
    fn from(action: AppAction) -> Self {
        Self::App(action)
    }
}

impl From<Change> for DocumentAction {
    fn from(change: Change) -> Self {
        Self::Change(change)
    }
}

impl Workspace {
    /// Performs an action. One that would lose unsaved changes asks first.
    pub fn perform(&mut self, action: Action) {
        let leader = match action {
            Action::App(action) => {
                self.perform_app(action);
                self.active().id()
            }
            Action::Document(id, action) => {
                self.perform_on(id, action);
                id
            }
        };
        self.keep_game();
        self.keep_together(leader);
    }
}
