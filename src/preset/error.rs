//! What can be wrong with a preset.

use super::tokens::Position;
use crate::experiment::{Fault, FaultKind, Location};
use crate::file::ReadError;
use crate::table::TableError;

/// What can be wrong with a preset, each as one sentence that says where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PresetError {
    /// Neither a file nor a built-in preset.
    #[error(
        "there is no file and no built-in preset \"{name}\"; {}",
        near.map_or_else(
            || "`slalom list presets` names the built-in ones".to_owned(),
            |near| format!("did you mean {near}?"),
        )
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// The built-in preset with the nearest name, if one is near.
        near: Option<&'static str>,
    },
    /// The file is there but cannot be read.
    #[error("{file} cannot be read: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: ReadError,
    },
    /// A recorded path is no table, or it is not clear how it is to be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The file cannot be written.
    #[error("{file} cannot be written: {why}")]
    Unwritable {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// The text is no preset.
    #[error("{file}:{}:{}: {fault}", at.line, at.column)]
    Fault {
        /// The file, or the name of the built-in preset.
        file: String,
        /// Where in its text.
        at: Position,
        /// What is wrong, and which value it is.
        fault: Fault,
    },
    /// The text is no recorded path.
    #[error("{file}:{}:{}: {what}", at.line, at.column)]
    Wrong {
        /// The file.
        file: String,
        /// Where in it.
        at: Position,
        /// One sentence.
        what: String,
    },
}

impl PresetError {
    /// What is wrong, in a word for programs that read it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown-preset",
            Self::Unreadable { .. } => "unreadable",
            Self::Unwritable { .. } => "unwritable",
            Self::Fault { fault, .. } => fault.kind.word(),
            Self::Wrong { .. } | Self::Table(_) => FaultKind::Data.word(),
        }
    }

    /// Where in the text of a file it is, if it is in one.
    #[must_use]
    pub const fn position(&self) -> Option<Position> {
        match self {
            Self::Fault { at, .. } | Self::Wrong { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// The value that is wrong, if it is one of a preset's.
    #[must_use]
    pub const fn location(&self) -> Option<&Location> {
        match self {
            Self::Fault { fault, .. } => Some(&fault.location),
            _ => None,
        }
    }

    /// What is wrong, without file, line and column.
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::Fault { fault, .. } => fault.what.clone(),
            Self::Wrong { what, .. } => what.clone(),
            other => other.to_string(),
        }
    }
}
