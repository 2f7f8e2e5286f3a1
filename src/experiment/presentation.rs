//! How a race wants to be seen, as its author set it up.

use serde::{Deserialize, Serialize};

use super::{Quantity, Record, Trajectory};
use crate::plane::Window;

/// How a race is shown when it is opened; what is left out, the viewer's settings decide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Presentation {
    /// The part of the plane that is seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// The name of the racer that is looked at from inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<String>,
    /// The step at which the race stands still at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// Whether the selected racer's step is drawn as arrows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrows: Option<Arrows>,
    /// Whether the ground's curvature is drawn at the selected racer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curvature: Option<bool>,
    /// What the chart shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chart: Option<Quantity>,
    /// What it shows it against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
    /// Whether its vertical axis is linear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linear: Option<bool>,
    /// Whether the data are shown beside their loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<bool>,
}

impl Presentation {
    /// Whether nothing is set up.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a step is drawn as arrows, and how long they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arrows {
    /// Only those that are pointed at in the equations.
    #[default]
    Off,
    /// Long enough to be seen, in proportion to each other.
    Normalised,
    /// As long as they are in the plane.
    ToScale,
}

impl Arrows {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Off, Self::Normalised, Self::ToScale];

    /// The name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Normalised => "large",
            Self::ToScale => "to scale",
        }
    }

    /// One sentence on it.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Off => "Only the arrow that is pointed at in the equation",
            Self::Normalised => {
                "The step magnified until it can be seen well; slopes on a scale of their own"
            }
            Self::ToScale => "Every arrow as long as it is in the plane",
        }
    }

    /// The next one in the order of the menu.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Off => Self::Normalised,
            Self::Normalised => Self::ToScale,
            Self::ToScale => Self::Off,
        }
    }
}

/// What a chart is drawn against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Against {
    /// Steps.
    #[default]
    Steps,
    /// Gradients that were worked out.
    Gradients,
    /// Rows of the data that were looked at.
    Rows,
    /// How often the data were gone through.
    Epochs,
}

impl Against {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Steps, Self::Gradients, Self::Rows, Self::Epochs];

    /// The name on screen.
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

    /// Whether only the rule itself can tell it, by running the race again.
    #[must_use]
    pub const fn needs_record(self) -> bool {
        matches!(self, Self::Gradients)
    }

    /// How much of it every point of a path has used up; `None`: as many as steps, or nobody
    /// counted.
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
            Self::Epochs => {
                has_rows.then(|| (0..path.len()).map(|step| path.epochs_at(step)).collect())
            }
        }
    }
}
