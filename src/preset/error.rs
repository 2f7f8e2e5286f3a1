//! The errors of presets.

use super::link_error::LinkError;
use super::tokens::Position;
use crate::experiment::{Fault, FaultKind, Location};
use crate::file::ReadError;
use crate::surface::DataError;
use crate::table::TableError;
use crate::text::{brief, message};

/// An error in a preset, as one sentence that includes the location.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PresetError {
    /// There is neither a file nor a built-in preset of this name.
    #[error(
        "there is no file or built-in preset named \"{}\"; {}",
        brief(name), near.map_or_else(
            || "`slalom list presets` lists the built-in ones".to_owned(),
            |near| format!("did you mean {near}?"),
        )
    )]
    Unknown {
        /// The name.
        name: String,
        /// The most similar name of a built-in preset, if any.
        near: Option<&'static str>,
    },
    /// The file exists but cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// The reason.
        why: ReadError,
    },
    /// A link, or the one in a picture, cannot be opened.
    #[error("{name} cannot be opened: {why}")]
    Link {
        /// The file of the picture, or what the link is.
        name: String,
        /// The reason.
        why: LinkError,
    },
    /// A recorded path is not a table, or it can be read in more than one way.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Data that lie elsewhere cannot be copied beside a preset.
    #[error("{file} lies outside of the preset's folder and cannot be copied into it: {why}")]
    Uncopied {
        /// The file.
        file: String,
        /// The reason.
        why: ReadError,
    },
    /// The file cannot be written.
    #[error("{file} cannot be written: {why}")]
    Unwritable {
        /// The file.
        file: String,
        /// The reason.
        why: String,
    },
    /// The text is not a valid preset.
    #[error("{file}:{}:{}: {fault}", at.line, at.column)]
    Fault {
        /// The file, or the name of the built-in preset.
        file: String,
        /// The position in the text.
        at: Position,
        /// What is wrong, and with which value.
        fault: Fault,
    },
    /// The text is not a recorded path.
    #[error("{file}:{}:{}: {what}", at.line, at.column)]
    Wrong {
        /// The file.
        file: String,
        /// The position in the file.
        at: Position,
        /// What is wrong, as one sentence.
        what: String,
    },
}

impl PresetError {
    /// The error that a table is none of what it looks like.
    #[must_use]
    pub fn in_table(file: &str, fault: &DataError) -> Self {
        Self::Wrong {
            file: file.to_owned(),
            at: Position { line: 1, column: 1 },
            what: message(&fault.to_string()),
        }
    }

    /// Returns the kind of error as a word that programs can parse.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown-preset",
            Self::Unreadable { .. } | Self::Uncopied { .. } => "unreadable",
            Self::Link { .. } => "link",
            Self::Unwritable { .. } => "unwritable",
            Self::Fault { fault, .. } => fault.kind.word(),
            Self::Wrong { .. } | Self::Table(_) => FaultKind::Data.word(),
        }
    }

    /// Returns the position in the text of a file, if the error has one.
    #[must_use]
    pub const fn position(&self) -> Option<Position> {
        match self {
            Self::Fault { at, .. } | Self::Wrong { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// Returns whether the preset reads files outside of its folder, which the user may allow.
    #[must_use]
    pub fn is_outside(&self) -> bool {
        matches!(self, Self::Fault { fault, .. } if fault.kind == FaultKind::Outside)
    }

    /// Returns the invalid value, if it is a value of a preset.
    #[must_use]
    pub const fn location(&self) -> Option<&Location> {
        match self {
            Self::Fault { fault, .. } => Some(&fault.location),
            _ => None,
        }
    }

    /// Returns the line of mathematics that is meant, and below it a line with carets under the mistake,
    /// if the error is one in mathematics.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        match self {
            Self::Fault { fault, .. } => fault.excerpt.as_deref(),
            _ => None,
        }
    }

    /// Returns the message without file, line and column.
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::Fault { fault, .. } => fault.what.clone(),
            Self::Wrong { what, .. } => what.clone(),
            other => other.to_string(),
        }
    }
}
