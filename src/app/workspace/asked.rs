//! What the user is asked, and what is done after the answer.

use std::path::PathBuf;

use crate::app::document::ids::DocumentId;
use crate::app::document::lessons::LessonAt;
use crate::app::games::GameKind;
use crate::app::settings::library::Entry;
use crate::text::bounded;

/// What the user is asked. A dialog shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Which preset to open.
    Open,
    /// Where to save the preset.
    Save,
    /// Whether unsaved changes may be lost.
    Unsaved {
        /// What would lose them.
        then: Next,
    },
    /// Whether a preset may read data outside of its folder.
    Outside {
        /// The preset.
        opening: Opening,
        /// Where it goes.
        target: Target,
        /// What it wants to read, in one sentence.
        what: String,
    },
    /// What to export.
    Export,
    /// Where to save the weights of the selected racer.
    Weights,
    /// Which data to use: those of this file, or of the surface.
    Data(Option<PathBuf>),
    /// Under which name to keep a rule or a surface in the library.
    Keep(Box<Entry>),
    /// What to do with the rules and surfaces in the library.
    Library,
    /// Which rules to add as racers.
    Racers,
    /// Which rule of the family tree to race.
    FamilyTree,
    /// The title and the notes.
    Description,
    /// Which race to compare with.
    Comparison,
    /// The preferences.
    Settings,
    /// What to do next: anything can be searched for.
    Palette,
    /// Nothing: keys and gestures are listed.
    Help,
}

/// Where an opened preset goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// In place of the active document.
    Here,
    /// Into a new tab.
    Beside,
    /// Into a new tab, compared with the active document.
    Compared,
}

/// What can be opened.
#[derive(Clone, Debug, PartialEq)]
pub enum Opening {
    /// A new experiment.
    New,
    /// A built-in preset.
    BuiltIn(&'static str),
    /// A preset file, or a picture that carries its experiment.
    File(PathBuf),
    /// The text of a preset or a link, as pasted.
    Text(String),
    /// A game that brings its own race.
    Game(GameKind),
}

impl From<&LessonAt> for Opening {
    fn from(lesson: &LessonAt) -> Self {
        match lesson {
            LessonAt::BuiltIn(name) => Self::BuiltIn(name),
            LessonAt::File(path) => Self::File(path.clone()),
        }
    }
}

/// An action that may lose unsaved changes, waiting for the user's answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Quit.
    Quit,
    /// Close a document.
    Close(DocumentId),
    /// Open something in place of the active document.
    Open(Opening),
}

/// A one-sentence message for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The message.
    pub text: String,
    /// Whether it reports an error.
    pub error: bool,
}

impl Notice {
    /// Creates a message of success.
    #[must_use]
    pub fn success(text: impl Into<String>) -> Self {
        Self {
            text: bounded(&text.into()),
            error: false,
        }
    }

    /// Creates an error message.
    #[must_use]
    pub fn error(text: impl Into<String>) -> Self {
        Self {
            text: bounded(&text.into()),
            error: true,
        }
    }
}
