//! The rows that a network learns from, or is tested on.

/// Rows of features with their targets, in the units in which the network sees them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examples {
    /// The features, row by row: `rows` × `width` numbers.
    pub features: Vec<f64>,
    /// The number of features.
    pub width: usize,
    /// One target per row.
    pub targets: Targets,
}

/// The targets of all rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Targets {
    /// Numbers, for a regression.
    Numbers(Vec<f64>),
    /// Classes, counted from 0.
    Classes(Vec<u32>),
}

/// The target of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// A number, for a regression.
    Number(f64),
    /// A class, counted from 0.
    Class(u32),
}

impl Default for Targets {
    fn default() -> Self {
        Self::Numbers(Vec::new())
    }
}

impl Examples {
    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.targets {
            Targets::Numbers(numbers) => numbers.len(),
            Targets::Classes(classes) => classes.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The features of a row, counted from 0; empty if it does not exist.
    #[must_use]
    pub fn row(&self, row: usize) -> &[f64] {
        let from = row * self.width;
        self.features.get(from..from + self.width).unwrap_or(&[])
    }

    /// The target of a row, counted from 0.
    pub(super) fn target(&self, row: usize) -> Option<Target> {
        match &self.targets {
            Targets::Numbers(numbers) => numbers.get(row).copied().map(Target::Number),
            Targets::Classes(classes) => classes.get(row).copied().map(Target::Class),
        }
    }
}
