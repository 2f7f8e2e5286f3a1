//! The user's preferences, kept between sessions and not part of any experiment.

use serde::{Deserialize, Serialize};

use crate::analysis::{Quantity, Ranking, TimeUnit};
use crate::preset::{Arrows, ViewSettings};

/// The user's preferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The theme: dark, light, or the system's.
    pub theme: egui::ThemePreference,
    /// Whether the racers' panel is open.
    pub left: bool,
    /// Whether the panel with chart and leaderboard is open.
    pub right: bool,
    /// Whether playback starts over at the end of the race.
    pub looping: bool,
    /// The speed; 1 is 25 steps per second.
    pub speed: f64,
    /// The number of steps for which the trail stays visible; `None` for all.
    pub trail_length: Option<f64>,
    /// Whether crowded heads are magnified.
    pub lens: bool,
    /// Presenter mode: large text, thick trails, and only scene and timeline.
    pub presenter: bool,
    /// Whether x and y may have different scales to fill the picture.
    pub stretch: bool,
    /// Whether applying a library's defaults keeps the learning rate.
    pub keep_rate: bool,
    /// Whether to avoid motion that the user did not start.
    pub reduced_motion: bool,
    /// How the selected racer's step is drawn as arrows.
    pub arrows: Arrows,
    /// Whether the data, if any, are shown beside the surface.
    pub data: bool,
    /// Whether the curvature of the surface is drawn at the selected racer.
    pub curvature: bool,
    /// The quantity shown in the chart.
    pub chart: Quantity,
    /// The unit of the chart's horizontal axis.
    pub against: TimeUnit,
    /// Whether the chart's vertical axis is linear.
    pub linear: bool,
    /// How the leaderboard ranks.
    pub ranking: Ranking,
    /// Whether the first hint has been seen.
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
            hint_seen: false,
        }
    }
}

impl Settings {
    /// Applies an author's view settings.
    pub fn follow(&mut self, view: &ViewSettings) {
        self.arrows = view.arrows.unwrap_or(self.arrows);
        self.curvature = view.curvature.unwrap_or(self.curvature);
        self.chart = view.chart.unwrap_or(self.chart);
        self.against = view.against.unwrap_or(self.against);
        self.linear = view.linear.unwrap_or(self.linear);
        self.data = view.data.unwrap_or(self.data);
    }

    /// Restores the user's own choice of everything that an author can set.
    pub fn restore(&mut self, own: &Self) {
        self.arrows = own.arrows;
        self.curvature = own.curvature;
        self.chart = own.chart;
        self.against = own.against;
        self.linear = own.linear;
        self.data = own.data;
    }
}
