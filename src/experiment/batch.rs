//! The choice of data rows that a step uses.

use serde::{Deserialize, Serialize};

/// The rows of the data over which the gradient of one step is averaged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Batch {
    /// All rows: batch gradient descent.
    #[default]
    Full,
    /// One row: stochastic gradient descent in the strict sense.
    Sample,
    /// This many rows.
    MiniBatch(usize),
    /// These rows, counted from 0, with one list per step. After the last list the first one
    /// follows again, so a single epoch or a fixed cycle has to be written only once.
    Rows(Vec<Vec<u32>>),
}

impl Batch {
    /// Whether every step uses all rows.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full)
    }

    /// The number of rows drawn for a step, if rows are drawn.
    #[must_use]
    pub fn drawn(&self) -> Option<usize> {
        match self {
            Self::Full | Self::Rows(_) => None,
            Self::Sample => Some(1),
            Self::MiniBatch(size) => Some(*size),
        }
    }

    /// The number of steps in which every one of `rows` rows is used once: 1 without data. Listed
    /// rows make as many epochs as they contain the data.
    #[must_use]
    pub fn steps_per_epoch(&self, rows: usize) -> u64 {
        let steps = match self {
            _ if rows == 0 => 1,
            Self::Full => 1,
            Self::Sample => rows,
            Self::MiniBatch(size) => rows.div_ceil((*size).clamp(1, rows)),
            Self::Rows(lists) => {
                let listed: usize = lists.iter().map(Vec::len).sum();
                rows.saturating_mul(lists.len()).div_ceil(listed.max(1))
            }
        };
        steps as u64
    }

    /// The reason why it is impossible with this many rows of data, if it is.
    #[must_use]
    pub fn conflict(&self, rows: usize) -> Option<String> {
        match self {
            Self::Full => None,
            _ if rows == 0 => Some(
                "this surface has no data to draw a batch from; a batch needs LinearRegression, \
                 LogisticRegression or Network, and noise works on any surface"
                    .into(),
            ),
            Self::MiniBatch(0) => Some("a batch must have 1 row or more".into()),
            Self::MiniBatch(size) if *size > rows => Some(format!(
                "a batch of {size} is larger than the data, which have {rows} rows"
            )),
            Self::Sample | Self::MiniBatch(_) => None,
            Self::Rows(lists) if lists.is_empty() => {
                Some("Rows has no list, but needs one for each step".into())
            }
            Self::Rows(lists) => {
                let fault = |(step, list): (usize, &Vec<u32>)| {
                    if list.is_empty() {
                        return Some(format!("the list of step {step} in Rows is empty"));
                    }
                    let row = list.iter().find(|&&row| row as usize >= rows)?;
                    let last = rows - 1;
                    Some(format!(
                        "there is no row {row} for step {step}; rows are counted from 0 to {last}"
                    ))
                };
                lists.iter().enumerate().find_map(fault)
            }
        }
    }
}
