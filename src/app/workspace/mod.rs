//! The workspace: open documents, preferences, and what the user was asked.

mod asked;
mod comparison;
mod drawer;
mod keeping;
mod sides;
mod tabs;
mod waiting;

use super::document::Document;
use super::document::ids::{DocumentId, RacerId};
use super::games::Game;
use super::settings::Settings;

pub use asked::{Asked, Next, Notice, Opening, Target};
pub use comparison::{Comparison, Layout, List};
pub use drawer::{Drawer, Pane};
pub use sides::{Editor, Racers, Side};
pub use waiting::{Arrived, LinkTo, Waiting};

/// The state of the window.
#[derive(Debug)]
pub struct Workspace {
    documents: Vec<Document>,
    /// The index of the document that sliders and undo act on.
    active: usize,
    /// Documents that were closed or replaced with changes, the last one last.
    closed: Vec<Document>,
    comparison: Option<Comparison>,
    /// The user's preferences.
    pub settings: Settings,
    /// Whether the theme that is shown is dark.
    pub is_dark: bool,
    /// What the user is asked.
    pub asked: Option<Asked>,
    /// The notice at the bottom of the window.
    pub notice: Option<Notice>,
    /// What to do after saving, chosen in the dialog about unsaved changes.
    pub(super) after_saving: Option<Next>,
    /// The current game, which is played on the active document.
    pub game: Option<Game>,
    /// The racers with which the game was started.
    pub(super) players: Vec<RacerId>,
    /// What is open as a drawer in a narrow window.
    pub drawer: Option<Drawer>,
    /// The width of the window in points, which decides what is a drawer.
    pub width: f32,
    /// What is being read.
    waiting: Option<Waiting>,
    /// Text to copy to the clipboard.
    pub clipboard: Option<String>,
    /// The address to open in a tab of a browser.
    pub visit: Option<String>,
    /// The address of the page that opens links, if there is one; what follows `#` is not part of it.
    pub page: Option<String>,
    /// Whether the window is a figure in an article: scene and timeline alone.
    pub is_figure: bool,
    /// Whether the figure has a chart beside its scene, or below it.
    pub has_chart: bool,
    /// Whether the window should close.
    pub quit: bool,
}

impl Workspace {
    /// Creates a workspace with one open document.
    #[must_use]
    pub fn new(document: Document, settings: Settings) -> Self {
        Self {
            documents: vec![document],
            active: 0,
            closed: Vec::new(),
            comparison: None,
            settings,
            is_dark: true,
            asked: None,
            notice: None,
            after_saving: None,
            game: None,
            players: Vec::new(),
            drawer: None,
            width: f32::INFINITY,
            waiting: None,
            clipboard: None,
            visit: None,
            page: None,
            is_figure: false,
            has_chart: false,
            quit: false,
        }
    }

    /// Returns the active document.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "there is always a document, and it is active"
    )]
    pub fn active(&self) -> &Document {
        &self.documents[self.active]
    }

    /// Returns the active document, mutably.
    #[expect(
        clippy::indexing_slicing,
        reason = "there is always a document, and it is active"
    )]
    pub fn active_mut(&mut self) -> &mut Document {
        &mut self.documents[self.active]
    }

    /// Returns an open document.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> Option<&Document> {
        self.documents.iter().find(|document| document.id() == id)
    }

    /// Returns an open document, mutably.
    pub fn document_mut(&mut self, id: DocumentId) -> Option<&mut Document> {
        self.documents
            .iter_mut()
            .find(|document| document.id() == id)
    }

    /// Returns the open documents, in the order of their tabs.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Shows a message of success.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::success(text));
    }

    /// Shows an error message.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::error(text));
    }
}
