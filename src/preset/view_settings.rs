//! How a race wants to be seen, as its author set it up.

use serde::{Deserialize, Serialize};

use crate::analysis::{Quantity, TimeUnit};
use crate::plane::Window;

/// How a race is shown when it is opened; what is left out, the viewer's settings decide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ViewSettings {
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
    pub against: Option<TimeUnit>,
    /// Whether its vertical axis is linear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linear: Option<bool>,
    /// Whether the data are shown beside their loss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<bool>,
}

impl ViewSettings {
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
