//! What can be wrong with an experiment, and where.

use std::fmt;

/// A value that makes no sense.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{what}")]
pub struct Fault {
    /// One sentence.
    pub what: String,
    /// The value that is wrong.
    pub place: Place,
    /// What is wrong with it, in a word.
    pub kind: FaultKind,
}

impl Fault {
    /// A number outside its valid range.
    #[must_use]
    pub fn out_of_range(what: String, place: Place) -> Self {
        Self {
            what,
            place,
            kind: FaultKind::OutOfRange,
        }
    }

    /// A value that does not go together with another one.
    #[must_use]
    pub fn conflict(what: String, place: Place) -> Self {
        Self {
            what,
            place,
            kind: FaultKind::Conflict,
        }
    }

    /// A name that nothing has.
    #[must_use]
    pub fn unknown(what: String, place: Place) -> Self {
        Self {
            what,
            place,
            kind: FaultKind::UnknownName,
        }
    }
}

/// What is wrong with a value, for programs that read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// The text is not written as a preset is.
    Syntax,
    /// The version is one that this program does not read.
    Version,
    /// There is no such field.
    UnknownField,
    /// A field is missing.
    MissingField,
    /// A field is given twice.
    DuplicateField,
    /// A name that is none of the choices.
    WrongChoice,
    /// Text where a number should be, and the like.
    WrongType,
    /// A number outside its valid range.
    OutOfRange,
    /// A value that does not go together with another one.
    Conflict,
    /// A racer or parameter that there is not.
    UnknownName,
    /// The data cannot be read or make no sense.
    Data,
}

impl FaultKind {
    /// The word for it in JSON.
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
        }
    }
}

/// The way to a value inside an experiment, as field names and places in lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(pub Vec<Key>);

/// One stretch of a [`Place`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A field of a struct.
    Field(String),
    /// An entry of a list or tuple.
    Entry(usize),
}

impl Place {
    /// The field of this name, inside.
    #[must_use]
    pub fn field(mut self, name: &str) -> Self {
        self.0.push(Key::Field(name.to_owned()));
        self
    }

    /// The entry with this index, inside.
    #[must_use]
    pub fn entry(mut self, index: usize) -> Self {
        self.0.push(Key::Entry(index));
        self
    }
}

impl fmt::Display for Place {
    /// As programs write it: `racers[0].optimizer.beta_1`.
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
        let place = Place::default().field("racers").entry(2).field("edits");
        assert_eq!(
            place.entry(0).field("value").to_string(),
            "racers[2].edits[0].value"
        );
        assert_eq!(Place::default().to_string(), "");
    }
}
