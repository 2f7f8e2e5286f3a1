//! The horizontal axis of a chart.

use serde::{Deserialize, Serialize};

use crate::simulation::{Record, Trajectory};

/// The quantity on the horizontal axis of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TimeUnit {
    /// Steps.
    #[default]
    Steps,
    /// Evaluations of the gradient.
    Gradients,
    /// Rows of the data that were used.
    Rows,
    /// Passes over the data.
    Epochs,
}

impl TimeUnit {
    /// All of them, in menu order.
    pub const ALL: [Self; 4] = [Self::Steps, Self::Gradients, Self::Rows, Self::Epochs];

    /// The display name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Steps => "step",
            Self::Gradients => "gradient evaluation",
            Self::Rows => "row seen",
            Self::Epochs => "epoch",
        }
    }

    /// Whether only losses over data have it.
    #[must_use]
    pub const fn needs_data(self) -> bool {
        matches!(self, Self::Rows | Self::Epochs)
    }

    /// Whether only the rule itself can provide it, by running the race again.
    #[must_use]
    pub const fn needs_record(self) -> bool {
        matches!(self, Self::Gradients)
    }

    /// The value of the quantity at every point of a path; `None` if it equals the step or is
    /// unknown.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn along(self, path: &Trajectory, record: Option<&Record>) -> Option<Vec<f64>> {
        let counted = |counts: &[u64]| -> Vec<f64> { counts.iter().map(|&it| it as f64).collect() };
        let has_rows = !path.rows_seen.is_empty();
        match self {
            Self::Steps => None,
            Self::Gradients => record.map(|record| {
                let mut along = counted(&record.gradients);
                along.insert(0, 0.0);
                along
            }),
            Self::Rows => has_rows.then(|| counted(&path.rows_seen)),
            Self::Epochs => has_rows.then(|| {
                let points = 0..path.points();
                points
                    .map(|point| path.epochs_at(path.step_of(point)))
                    .collect()
            }),
        }
    }
}
