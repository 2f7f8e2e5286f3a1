//! The view settings of a preset, chosen by its author.

use serde::{Deserialize, Serialize};

use crate::analysis::{Quantity, TimeUnit};
use crate::plane::Window;

/// The view settings with which a race opens. Those left out are taken from the user's settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ViewSettings {
    /// The visible part of the plane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// The name of the selected racer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<String>,
    /// The step at which the race is paused at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// How the selected racer's step is drawn as arrows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrows: Option<Arrows>,
    /// Whether the curvature of the surface is drawn at the selected racer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curvature: Option<bool>,
    /// The quantity shown in the chart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chart: Option<Quantity>,
    /// The unit of the chart's horizontal axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<TimeUnit>,
    /// Whether the chart's vertical axis is linear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linear: Option<bool>,
    /// Whether the data are shown beside the surface.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<bool>,
}

impl ViewSettings {
    /// Whether no setting is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How a step is drawn as arrows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arrows {
    /// Only the arrows highlighted in the equations.
    #[default]
    Off,
    /// Magnified to a visible length, in proportion to each other.
    Normalised,
    /// At their true length in the plane.
    ToScale,
}

impl Arrows {
    /// All choices, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Off, Self::Normalised, Self::ToScale];

    /// Returns the name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Normalised => "large",
            Self::ToScale => "to scale",
        }
    }

    /// Returns an explanation in one sentence.
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

    /// Returns the next choice in the order of the menu.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Off => Self::Normalised,
            Self::Normalised => Self::ToScale,
            Self::ToScale => Self::Off,
        }
    }
}
