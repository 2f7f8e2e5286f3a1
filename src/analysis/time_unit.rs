//! The horizontal axis of a chart.

use serde::{Deserialize, Serialize};

use crate::simulation::{Record, Trajectory};
use crate::surface::Surface;

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

    /// The unit on a surface unless another one is chosen: a network is trained for epochs.
    #[must_use]
    pub fn usual_on(surface: &dyn Surface) -> Self {
        if surface.network().is_some() {
            Self::Epochs
        } else {
            Self::Steps
        }
    }

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

    /// The value of the quantity after `step` steps of a path, interpolated linearly between kept
    /// points; `None` if it is unknown.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn at(self, path: &Trajectory, record: Option<&Record>, step: usize) -> Option<f64> {
        match self {
            Self::Steps => Some(step as f64),
            Self::Gradients => match step.checked_sub(1) {
                None => Some(0.0),
                Some(before) => Some(*record?.gradients.get(before)? as f64),
            },
            Self::Rows => path.rows_seen_at(step),
            Self::Epochs => {
                let rows = path.rows_seen_at(step)?;
                Some(rows / path.rows_per_epoch() as f64)
            }
        }
    }
}
