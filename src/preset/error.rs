//! What can be wrong with a preset.

use super::tokens::Position;
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
    #[error("{file}:{}:{}: {what}", at.line, at.column)]
    Wrong {
        /// The file, or the name of the built-in preset.
        file: String,
        /// Where in it.
        at: Position,
        /// One sentence.
        what: String,
    },
}
