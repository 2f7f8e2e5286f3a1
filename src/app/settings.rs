//! What the user likes: kept from one start to the next, and no part of any experiment.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::analysis::{Quantity, Ranking, TimeUnit};
use crate::preset::{Arrows, ViewSettings};

/// What the user likes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Dark, light, or the system's.
    pub theme: egui::ThemePreference,
    /// Whether the racers' panel is open.
    pub left: bool,
    /// Whether the panel with chart and leaderboard is open.
    pub right: bool,
    /// Whether the race starts over at its end.
    pub looping: bool,
    /// 1 is 25 steps a second.
    pub speed: f64,
    /// How many steps of trail stay visible; `None`: all.
    pub trail_length: Option<f64>,
    /// Whether crowded heads are shown enlarged.
    pub lens: bool,
    /// Large text and trails, nothing but scene and timeline.
    pub presenter: bool,
    /// Whether a unit of x may be longer than one of y, to fill the picture.
    pub stretch: bool,
    /// Whether "as PyTorch" and the like leave the learning rate alone.
    pub keep_rate: bool,
    /// Whether motion is kept to what is asked for.
    pub reduced_motion: bool,
    /// Whether the selected racer's step is drawn as arrows.
    pub arrows: Arrows,
    /// Whether the data are shown beside the surface, where there are data.
    pub data: bool,
    /// Whether the ground's curvature is drawn at the selected racer.
    pub curvature: bool,
    /// What the chart shows.
    pub chart: Quantity,
    /// What it shows it against.
    pub against: TimeUnit,
    /// Whether its vertical axis is linear.
    pub linear: bool,
    /// How the leaderboard ranks.
    pub ranking: Ranking,
    /// The parameters, by name, that are changed in all racers together.
    pub linked: BTreeSet<String>,
    /// Whether the first hint was seen.
    pub hint_seen: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: egui::ThemePreference::System,
            left: true,
            right: true,
            looping: true,
            speed: 1.0,
            trail_length: None,
            lens: true,
            presenter: false,
            stretch: false,
            keep_rate: true,
            reduced_motion: false,
            arrows: Arrows::Off,
            data: true,
            curvature: false,
            chart: Quantity::Loss,
            against: TimeUnit::Steps,
            linear: false,
            ranking: Ranking::Loss,
            linked: BTreeSet::new(),
            hint_seen: false,
        }
    }
}

impl Settings {
    /// Takes over what an author set up.
    pub fn follow(&mut self, view: &ViewSettings) {
        self.arrows = view.arrows.unwrap_or(self.arrows);
        self.curvature = view.curvature.unwrap_or(self.curvature);
        self.chart = view.chart.unwrap_or(self.chart);
        self.against = view.against.unwrap_or(self.against);
        self.linear = view.linear.unwrap_or(self.linear);
        self.data = view.data.unwrap_or(self.data);
    }

    /// Goes back to the user's own choices, as far as an author can set up others.
    pub fn restore(&mut self, own: &Self) {
        self.arrows = own.arrows;
        self.curvature = own.curvature;
        self.chart = own.chart;
        self.against = own.against;
        self.linear = own.linear;
        self.data = own.data;
    }
}
