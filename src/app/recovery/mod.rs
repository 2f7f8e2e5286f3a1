//! What outlives the program: settings and open tabs, however it ends.
//!
//! On the desktop, every running program keeps its tabs in a session file of its own
//! ([`running`]); at the start, the sessions of programs that have ended are restored ([`begin`]).
//! Web pages share one storage for both, to which they write in their frames ([`storage`]).

mod attempt;
#[cfg(not(target_arch = "wasm32"))]
mod begin;
#[cfg(not(target_arch = "wasm32"))]
mod folder;
mod in_file;
#[cfg(not(target_arch = "wasm32"))]
mod keeper;
#[cfg(not(target_arch = "wasm32"))]
mod last_start;
#[cfg(not(target_arch = "wasm32"))]
mod on_disk;
#[cfg(not(target_arch = "wasm32"))]
mod running;
mod session;
#[cfg(not(target_arch = "wasm32"))]
mod settings_file;
#[cfg(not(target_arch = "wasm32"))]
mod signals;
#[cfg(any(test, target_arch = "wasm32"))]
mod storage;
mod tab_in_file;
#[cfg(not(target_arch = "wasm32"))]
mod window_place;

#[cfg(not(target_arch = "wasm32"))]
use crate::app::document::kept::Kept;
use crate::app::settings::Settings;
use crate::app::workspace::Notice;
#[cfg(not(target_arch = "wasm32"))]
use crate::app::workspace::Workspace;

pub use attempt::Attempt;
#[cfg(not(target_arch = "wasm32"))]
pub use begin::begin;
#[cfg(not(target_arch = "wasm32"))]
pub use folder::Folder;
pub use in_file::{Unusable, session_from, settings_from, settings_to_text};
pub use session::Session;
#[cfg(not(target_arch = "wasm32"))]
pub use signals::end_on_signals;
#[cfg(target_arch = "wasm32")]
pub use storage::{Names, SESSION, Storage, Texts};
pub use tab_in_file::Lost;

/// What was kept when the program ran before.
#[derive(Debug, Default)]
pub struct Found {
    /// The settings.
    pub settings: Settings,
    /// The tabs to restore; there may be none.
    pub session: Session,
    /// What the user should know, each in one sentence.
    pub notices: Vec<Notice>,
    /// The start with the selected tab, until it has succeeded.
    pub start: Option<Attempt>,
}

impl Found {
    /// Returns everything that the user should know as one notice.
    #[must_use]
    pub fn notice(&self) -> Option<Notice> {
        let error = self.notices.iter().any(|notice| notice.error);
        let texts: Vec<&str> = self.notices.iter().map(|it| &*it.text).collect();
        (!texts.is_empty()).then(|| Notice {
            text: texts.join("\n"),
            error,
        })
    }
}

/// Keeps settings and tabs while the program runs.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
pub struct Recovery {
    keeper: keeper::Keeper,
    watch: session::Watch,
    settings: Settings,
    place: Option<window_place::WindowPlace>,
}

#[cfg(not(target_arch = "wasm32"))]
impl Recovery {
    /// Hands over what has changed in a frame. It is written beside the frames within two seconds.
    pub fn keep(&mut self, ctx: &egui::Context, workspace: &mut Workspace) {
        let place = window_place::WindowPlace::of(ctx, self.place);
        if let Some(place) = place.filter(|_| place != self.place) {
            self.place = Some(place);
            self.keeper.keep_place(place);
        }
        if let Some(session) = self.watch.changed(workspace) {
            self.keeper.keep_session(session.clone());
        }
        if self.settings != workspace.settings {
            self.settings.clone_from(&workspace.settings);
            self.keeper.keep_settings(self.settings.clone());
        }
        if let Some(failure) = self.keeper.take_failure() {
            workspace.fail(failure);
        }
    }

    /// Writes what is left before a signal from outside ends the program.
    pub fn keep_on_signals(&self) {
        signals::keep_on_signals(self.keeper.flush());
    }

    /// Keeps the session of a window that has been closed.
    pub fn end(&mut self, workspace: &Workspace) {
        self.watch.changed(workspace);
        let session = self.watch.session().clone();
        // Unless the user was asked about them, changes must come back.
        let is_closed = workspace.quit || !session.tabs.iter().any(Kept::is_unsaved);
        self.keeper
            .keep_session(if is_closed { session.closed() } else { session });
        self.keeper.flush().now();
    }
}
