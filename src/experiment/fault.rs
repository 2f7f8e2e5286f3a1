//! What can be wrong with an experiment, and where.

use std::fmt;

/// An invalid value.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{what}")]
pub struct Fault {
    /// The message, one sentence.
    pub what: String,
    /// The path of the invalid value.
    pub location: Location,
    /// The kind of fault.
    pub kind: FaultKind,
    /// For a mistake in a text of mathematics: the line that is meant, and below it a line with carets
    /// under the mistake.
    pub excerpt: Option<String>,
}

impl Fault {
    /// A number outside its valid range.
    #[must_use]
    pub fn out_of_range(what: String, location: Location) -> Self {
        Self {
            what,
            location,
            kind: FaultKind::OutOfRange,
            excerpt: None,
        }
    }

    /// A value that conflicts with another one.
    #[must_use]
    pub fn conflict(what: String, location: Location) -> Self {
        Self {
            what,
            location,
            kind: FaultKind::Conflict,
            excerpt: None,
        }
    }

    /// A name that does not exist.
    #[must_use]
    pub fn unknown(what: String, location: Location) -> Self {
        Self {
            what,
            location,
            kind: FaultKind::UnknownName,
            excerpt: None,
        }
    }
}

/// The kind of fault, for programs that process it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// The text does not follow the syntax of presets.
    Syntax,
    /// This program does not support the version.
    Version,
    /// The field does not exist.
    UnknownField,
    /// A field is missing.
    MissingField,
    /// A field is given twice.
    DuplicateField,
    /// The name is not one of the choices.
    WrongChoice,
    /// The value has the wrong type, for instance text instead of a number.
    WrongType,
    /// A number is outside its valid range.
    OutOfRange,
    /// A value conflicts with another one.
    Conflict,
    /// The racer or parameter does not exist.
    UnknownName,
    /// The data cannot be read or are invalid.
    Data,
    /// The data lie outside of the preset's folder.
    Outside,
}

impl FaultKind {
    /// Its name in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Version => "version",
            Self::UnknownField => "unknown-field",
            Self::MissingField => "missing-field",
            Self::DuplicateField => "duplicate-field",
            Self::WrongChoice => "wrong-choice",
            Self::WrongType => "wrong-type",
            Self::OutOfRange => "out-of-range",
            Self::Conflict => "conflict",
            Self::UnknownName => "unknown-name",
            Self::Data => "data",
            Self::Outside => "outside",
        }
    }
}

/// The path to a value inside an experiment, as field names and list indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location(pub Vec<Key>);

/// A component of a [`Location`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A field of a struct.
    Field(String),
    /// An entry of a list or tuple.
    Entry(usize),
}

impl Location {
    /// Appends the field with this name.
    #[must_use]
    pub fn field(mut self, name: &str) -> Self {
        self.0.push(Key::Field(name.to_owned()));
        self
    }

    /// Appends the entry with this index.
    #[must_use]
    pub fn entry(mut self, index: usize) -> Self {
        self.0.push(Key::Entry(index));
        self
    }
}

impl fmt::Display for Location {
    /// Formats the path as in code: `racers[0].optimizer.beta_1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, key) in self.0.iter().enumerate() {
            match key {
                Key::Field(name) if index == 0 => f.write_str(name)?,
                Key::Field(name) => write!(f, ".{name}")?,
                Key::Entry(entry) => write!(f, "[{entry}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_like_a_path_in_a_program() {
        let location = Location::default().field("racers").entry(2).field("edits");
        assert_eq!(
            location.entry(0).field("value").to_string(),
            "racers[2].edits[0].value"
        );
        assert_eq!(Location::default().to_string(), "");
    }
}
