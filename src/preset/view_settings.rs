//! How a race is looked at: the view settings of a preset and of an open document.

use serde::{Deserialize, Serialize};

use super::viewpoint::{Pictures, Viewpoint};
use crate::analysis::{Quantity, Ranking, TimeUnit};
use crate::experiment::{Experiment, Racer};
use crate::plane::Window;
use crate::sampling::Heights;
use crate::subspace::PlaneChoice;
use crate::surface::Surface;

/// How a race is looked at. A file contains only the settings that differ from the defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ViewSettings {
    /// The visible part of the plane; `None` fits it to the paths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// The plane on which the paths of a network are seen.
    #[serde(skip_serializing_if = "is_default")]
    pub plane: PlaneChoice,
    /// The pictures of the surface: contours, relief, or both.
    #[serde(skip_serializing_if = "is_default")]
    pub pictures: Pictures,
    /// From where the surface is seen in three dimensions.
    #[serde(skip_serializing_if = "is_default")]
    pub eye: Viewpoint,
    /// How losses are shown as heights.
    #[serde(skip_serializing_if = "is_default")]
    pub heights: Heights,
    /// The name of the selected racer; `None` leaves the choice to the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<String>,
    /// The step at which the race is paused at first; `None` plays it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// How the selected racer's step is drawn as arrows.
    #[serde(skip_serializing_if = "is_default")]
    pub arrows: Arrows,
    /// Whether the curvature of the surface is drawn at the selected racer.
    #[serde(skip_serializing_if = "is_default")]
    pub curvature: bool,
    /// Whether the gradient flow from the start is drawn.
    #[serde(skip_serializing_if = "is_default")]
    pub flow: bool,
    /// What the card about the selected racer shows.
    #[serde(skip_serializing_if = "is_default")]
    pub card: Card,
    /// The quantity shown in the chart.
    #[serde(skip_serializing_if = "is_default")]
    pub chart: Quantity,
    /// The unit of the chart's horizontal axis, and of the playhead if it counts rows; `None` is the
    /// usual one of the surface, see [`Self::time_unit`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<TimeUnit>,
    /// The name of the hyper-parameter that is swept in the charts of how races end; `None` is the
    /// learning rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub swept: Option<String>,
    /// The loss, above the minimum if that is known, that counts as reached in the chart of steps.
    #[serde(skip_serializing_if = "is_usual_target")]
    pub target: f64,
    /// Whether the chart's vertical axis is linear.
    #[serde(skip_serializing_if = "is_default")]
    pub linear: bool,
    /// Whether the data are shown beside the surface; `None` shows them if there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<bool>,
    /// The two features over which the predictions of a network are seen, the one across and the
    /// one up; `None` for the first two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features: Option<[String; 2]>,
    /// Whether the selected racer's predictions are shown at full size in place of the surface.
    #[serde(skip_serializing_if = "is_default")]
    pub large_data: bool,
    /// Whether the formula of a typed surface, with its sliders, is shown beside it.
    #[serde(skip_serializing_if = "is_default")]
    pub formula: bool,
    /// Whether the lines of the selected racer's rule, with their sliders, are shown in place of the
    /// racers, if they are typed.
    #[serde(skip_serializing_if = "is_default")]
    pub rule: bool,
    /// How the leaderboard ranks; `None` is the usual way of the surface, see [`Self::ranked_by`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranking: Option<Ranking>,
    /// The number of steps for which a trail stays visible; `None` for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trail_length: Option<f64>,
    /// Whether crowded heads are magnified.
    #[serde(skip_serializing_if = "is_true")]
    pub lens: bool,
    /// Whether x and y may have different scales to fill the picture.
    #[serde(skip_serializing_if = "is_default")]
    pub stretch: bool,
}

impl Default for ViewSettings {
    fn default() -> Self {
        Self {
            window: None,
            plane: PlaneChoice::default(),
            pictures: Pictures::default(),
            eye: Viewpoint::default(),
            heights: Heights::default(),
            selected: None,
            step: None,
            arrows: Arrows::default(),
            curvature: false,
            flow: false,
            card: Card::default(),
            chart: Quantity::default(),
            against: None,
            swept: None,
            target: USUAL_TARGET,
            linear: false,
            data: None,
            features: None,
            large_data: false,
            formula: false,
            rule: false,
            ranking: None,
            trail_length: None,
            lens: true,
            stretch: false,
        }
    }
}

/// The loss above the minimum that counts as reached, unless another one is chosen.
const USUAL_TARGET: f64 = 0.01;

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_usual_target(target: &f64) -> bool {
    *target == USUAL_TARGET
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_true(value: &bool) -> bool {
    *value
}

impl ViewSettings {
    /// Whether all settings are the defaults.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The unit of time on a surface.
    #[must_use]
    pub fn time_unit(&self, surface: &dyn Surface) -> TimeUnit {
        let usual = TimeUnit::usual_on(surface);
        match self.against {
            Some(unit) if unit.needs_data() && surface.rows() == 0 => usual,
            chosen => chosen.unwrap_or(usual),
        }
    }

    /// How the leaderboard ranks racers on a surface.
    #[must_use]
    pub fn ranked_by(&self, surface: &dyn Surface) -> Ranking {
        let chosen = self.ranking.filter(|it| it.exists_on(surface));
        chosen.unwrap_or_else(|| Ranking::usual_on(surface))
    }

    /// The quantity in the chart of a race on a surface.
    #[must_use]
    pub fn charted_on(&self, surface: &dyn Surface) -> Quantity {
        if self.chart.exists_on(surface) {
            self.chart
        } else {
            Quantity::default()
        }
    }

    /// What the card about the selected racer shows on a surface.
    #[must_use]
    pub fn card_on(&self, surface: &dyn Surface) -> Card {
        if Card::all_on(surface).contains(&self.card) {
            self.card
        } else {
            Card::default()
        }
    }

    /// The index of the racer that is selected: the one that is named, or [the usual
    /// one](usual_choice).
    #[must_use]
    pub fn selected_in(&self, experiment: &Experiment) -> Option<usize> {
        match &self.selected {
            Some(name) => experiment.names().iter().position(|known| known == name),
            None => usual_choice(&experiment.racers),
        }
    }

    /// Whether the data are shown beside the surface, if there are any.
    #[must_use]
    pub fn shows_data(&self) -> bool {
        self.data.unwrap_or(true)
    }
}

/// The index of the racer that is selected unless another one is: the first one that runs Adam, or
/// the last one.
pub fn usual_choice<'a>(racers: impl IntoIterator<Item = &'a Racer>) -> Option<usize> {
    let mut last = None;
    for (index, racer) in racers.into_iter().enumerate() {
        if racer.plan.optimizer.rule().about().name == "Adam" {
            return Some(index);
        }
        last = Some(index);
    }
    last
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

/// What the card about the selected racer shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Card {
    /// The rule, typeset, with the values of its symbols in this step.
    #[default]
    Step,
    /// The loss along the step.
    Slice,
    /// The contraction per step, in theory and in this run.
    Theory,
    /// The effective rates of all weights of a network, their values and their gradients.
    Rates,
    /// How many rows of each class a network takes for each class.
    Confusion,
}

impl Card {
    /// All cards.
    pub const ALL: [Self; 5] = [
        Self::Step,
        Self::Slice,
        Self::Theory,
        Self::Rates,
        Self::Confusion,
    ];

    /// The cards on a surface, in the order of the segments. Those about the plane say nothing
    /// about the weights of a network, and only classes can be confused.
    #[must_use]
    pub fn all_on(surface: &dyn Surface) -> &'static [Self] {
        match surface.network() {
            None => &[Self::Step, Self::Slice, Self::Theory],
            Some(learner) if learner.perceptron.loss_function().classifies() => {
                &[Self::Step, Self::Rates, Self::Confusion]
            }
            Some(_) => &[Self::Step, Self::Rates],
        }
    }

    /// Returns the name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Step => "Step",
            Self::Slice => "Slice",
            Self::Theory => "Theory",
            Self::Rates => "Rates",
            Self::Confusion => "Confusion",
        }
    }

    /// Returns an explanation in one sentence.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Step => "The rule with the values of this step",
            Self::Slice => "The loss along this step: was it too short or too long?",
            Self::Theory => "How fast the racer closes in on the minimum: predicted and measured",
            Self::Rates => "The rates, values and gradients of all weights",
            Self::Confusion => "Which classes are taken for which",
        }
    }
}
