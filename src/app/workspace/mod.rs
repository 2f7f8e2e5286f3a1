//! The state of the application: open documents, settings, and what the user was asked.

pub mod settings;

use std::path::PathBuf;

use super::command::Command;
use super::document::Document;
use super::document::clock::Clock;
use super::games::Game;
use settings::Settings;

pub use super::command::Notice;

/// The application's state.
#[derive(Debug)]
pub struct State {
    pub(super) documents: Vec<Document>,
    pub(super) active: usize,
    /// The user's preferences.
    pub settings: Settings,
    /// What the user is asked.
    pub asked: Option<Asked>,
    /// The notice at the bottom of the window.
    pub notice: Option<Notice>,
    /// The command to run after saving, chosen in the dialog about unsaved changes.
    pub(super) after_saving: Option<Box<Command>>,
    /// The user's own settings while a preset overrides them.
    own: Option<Settings>,
    /// The current game.
    pub game: Option<Game>,
    /// Text to copy to the clipboard.
    pub clipboard: Option<String>,
    /// Whether the window should close.
    pub quit: bool,
}

impl State {
    /// Creates a state with one open document.
    #[must_use]
    pub fn new(document: Document, settings: Settings) -> Self {
        Self {
            documents: vec![document],
            active: 0,
            settings,
            asked: None,
            notice: None,
            after_saving: None,
            own: None,
            game: None,
            clipboard: None,
            quit: false,
        }
    }

    /// Returns the active document.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "there is always a document, and it is active"
    )]
    pub fn document(&self) -> &Document {
        &self.documents[self.active]
    }

    /// Returns the active document, mutably.
    #[expect(
        clippy::indexing_slicing,
        reason = "there is always a document, and it is active"
    )]
    pub fn document_mut(&mut self) -> &mut Document {
        &mut self.documents[self.active]
    }

    /// Returns the clock of the active document.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock::of(self.document(), self.settings.against)
    }

    /// Returns the user's own settings, without those of a preset's author.
    #[must_use]
    pub fn own_settings(&self) -> Settings {
        let mut settings = self.settings.clone();
        if let Some(own) = &self.own {
            settings.restore(own);
        }
        settings
    }

    /// Returns the open documents, in the order of their tabs.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Returns the index of the active document.
    #[must_use]
    pub fn active(&self) -> usize {
        self.active
    }

    /// Applies the view settings of the document's author, after restoring the user's own.
    pub fn set_up(&mut self) {
        self.follow_author();
        self.document_mut().set_up();
    }

    /// Applies the part of the author's view settings that replaces the user's own.
    pub(super) fn follow_author(&mut self) {
        if let Some(own) = self.own.take() {
            self.settings.restore(&own);
        }
        let view = self.document().author_view().clone();
        if !view.is_empty() {
            self.own = Some(self.settings.clone());
            self.settings.follow(&view);
        }
    }

    /// Shows a success message.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            error: false,
        });
    }

    /// Shows an error message.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            error: true,
        });
    }
}

/// What the user is asked. A dialog shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Which preset to open.
    Open,
    /// Where to save the preset.
    Save,
    /// Whether unsaved changes may be lost by a command.
    Unsaved {
        /// The command.
        then: Box<Command>,
    },
    /// What to export.
    Export,
    /// Which data to use: those of this file, or of the surface.
    Data(Option<PathBuf>),
    /// What to do next: anything can be searched for.
    Palette,
    /// Nothing: keys and gestures are listed.
    Help,
}
