//! The number of rows on which a network is tested.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::super::data::NetworkError;

/// The number of rows on which a network is tested: a share, or a number of rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TestSize {
    /// A share of the rows in [0, 1), rounded to whole rows; one row if it is less.
    Share(f64),
    /// A number of rows.
    Rows(usize),
}

impl Default for TestSize {
    /// No row.
    fn default() -> Self {
        Self::Rows(0)
    }
}

impl TestSize {
    /// Whether no row is for testing.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Rows(0)) || *self == Self::Share(0.0)
    }

    /// Checks that a share is valid.
    pub(super) fn check(self) -> Result<(), NetworkError> {
        match self {
            Self::Share(share) if !(0.0..1.0).contains(&share) => Err(NetworkError::Test {
                test: format!("{share:?}"),
            }),
            _ => Ok(()),
        }
    }

    /// Returns the number of rows for testing.
    ///
    /// # Errors
    /// Returns an error if that leaves none to train on.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a share of the rows is a number of rows"
    )]
    pub(super) fn of(self, rows: usize) -> Result<usize, NetworkError> {
        let test = match self {
            Self::Share(0.0) => 0,
            Self::Share(share) => ((share * rows as f64).round() as usize).max(1),
            Self::Rows(test) => test,
        };
        if test < rows {
            Ok(test)
        } else {
            Err(NetworkError::NothingToTrain { test, rows })
        }
    }
}

impl Serialize for TestSize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Share(share) => serializer.serialize_f64(share),
            Self::Rows(rows) => serializer.serialize_u64(rows as u64),
        }
    }
}

impl<'de> Deserialize<'de> for TestSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

/// Reads a share if there is a decimal point, and a number of rows otherwise.
struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = TestSize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a share like 0.3 or a whole number of rows")
    }

    fn visit_f64<E>(self, share: f64) -> Result<TestSize, E> {
        Ok(TestSize::Share(share))
    }

    fn visit_u64<E: de::Error>(self, rows: u64) -> Result<TestSize, E> {
        // More rows than memory has are refused like any number that leaves none to train on.
        Ok(TestSize::Rows(usize::try_from(rows).unwrap_or(usize::MAX)))
    }

    #[expect(clippy::cast_precision_loss, reason = "any negative number is refused")]
    fn visit_i64<E>(self, rows: i64) -> Result<TestSize, E> {
        Ok(match usize::try_from(rows) {
            Ok(rows) => TestSize::Rows(rows),
            Err(_) => TestSize::Share(rows as f64),
        })
    }
}
