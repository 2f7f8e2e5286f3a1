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
    /// What the rule has asked for, in evaluations of the loss; see
    /// [`Asked::cost`](crate::simulation::Asked::cost).
    Cost,
    /// Rows of the data that were used.
    Rows,
    /// Passes over the data.
    Epochs,
}

impl TimeUnit {
    /// All of them, in menu order.
    pub const ALL: [Self; 5] = [
        Self::Steps,
        Self::Gradients,
        Self::Cost,
        Self::Rows,
        Self::Epochs,
    ];

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
            Self::Cost => "cost",
            Self::Rows => "row seen",
            Self::Epochs => "epoch",
        }
    }

    /// A sentence on how it is counted, if that has to be said.
    #[must_use]
    pub const fn help(self) -> Option<&'static str> {
        match self {
            Self::Cost => Some(
                "In evaluations of the loss: a loss is 1, a gradient 3, a Hessian 6 for each parameter",
            ),
            _ => None,
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
        matches!(self, Self::Gradients | Self::Cost)
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
            Self::Gradients | Self::Cost => record.map(|record| {
                let mut along = counted(self.of(record));
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
            Self::Gradients | Self::Cost => match step.checked_sub(1) {
                None => Some(0.0),
                Some(before) => Some(*self.of(record?).get(before)? as f64),
            },
            Self::Rows => path.rows_seen_at(step),
            Self::Epochs => {
                let rows = path.rows_seen_at(step)?;
                Some(rows / path.rows_per_epoch() as f64)
            }
        }
    }

    /// What is counted in a record.
    fn of(self, record: &Record) -> &[u64] {
        match self {
            Self::Cost => &record.cost,
            _ => &record.gradients,
        }
    }
}
