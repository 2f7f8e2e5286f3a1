//! The user's preferences, kept between sessions and not part of any experiment.

pub mod library;
mod merge;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::sampling::GroundMap;
use library::Library;

/// The user's preferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The theme: dark, light, or the system's.
    pub theme: egui::ThemePreference,
    /// The scale of the interface; 1 is the system's.
    pub scale: f32,
    /// The colours of surfaces.
    pub surface_colours: GroundMap,
    /// The number of digits of numbers on screen.
    pub digits: usize,
    /// Whether to avoid motion that the user did not start.
    pub reduced_motion: bool,
    /// Whether the racers' panel is open, and its width.
    pub left_panel: Fold,
    /// Whether the racers' panel is open beside two pictures of the surface, which a strip of markers
    /// leaves more room.
    pub racers_beside_both: bool,
    /// Whether the panel with chart and leaderboard is open, and its width.
    pub right_panel: Fold,
    /// Whether playback starts over at the end of the race.
    pub looping: bool,
    /// The speed; 1 is 25 steps per second.
    pub speed: f64,
    /// Presenter mode: large text, thick trails, and only scene and timeline.
    pub presenter: bool,
    /// Whether applying a library's defaults keeps the learning rate.
    pub keep_rate: bool,
    /// Whether the first hint has been seen.
    pub hint_seen: bool,
    /// The names of the lessons whose goals have been reached.
    pub lessons_done: BTreeSet<String>,
    /// The user's own rules and surfaces.
    pub library: Library,
    /// The names of the rules with a star in the chooser.
    pub favourites: Vec<String>,
    /// The titles of the entries of the palette that were used last, newest first.
    pub recent_entries: Vec<String>,
    /// The files that were opened or saved last, newest first.
    pub recent_files: Vec<std::path::PathBuf>,
}

/// A panel that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fold {
    /// Whether it is open.
    pub open: bool,
    /// Its width in points.
    pub width: f32,
}

impl Default for Fold {
    fn default() -> Self {
        Self {
            open: true,
            width: 292.0,
        }
    }
}

impl Settings {
    /// The scales of the interface on offer.
    pub const SCALES: [f32; 7] = [0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0];
    /// The maximum number of recent files and entries.
    const RECENT: usize = 10;
    /// The maximum number of rules with a star.
    const FAVOURITES: usize = 200;

    /// Returns the settings with every number in its range: a file can hold any.
    #[must_use]
    pub fn checked(mut self) -> Self {
        let usual = Self::default();
        let number = |value: f32, [low, high]: [f32; 2], usual: f32| {
            if value.is_finite() {
                value.clamp(low, high)
            } else {
                usual
            }
        };
        self.scale = number(self.scale, [0.75, 2.0], usual.scale);
        self.digits = self.digits.clamp(3, 6);
        self.speed = if self.speed.is_finite() {
            self.speed.clamp(0.1, 50.0)
        } else {
            usual.speed
        };
        let width = |fold: Fold, usual: Fold| Fold {
            width: number(fold.width, [0.0, 10_000.0], usual.width),
            ..fold
        };
        self.left_panel = width(self.left_panel, usual.left_panel);
        self.right_panel = width(self.right_panel, usual.right_panel);
        self.recent_entries.truncate(Self::RECENT);
        self.favourites.truncate(Self::FAVOURITES);
        // A path that is no text cannot be written.
        self.recent_files.retain(|path| path.to_str().is_some());
        self.recent_files.truncate(Self::RECENT);
        self
    }

    /// Returns the next larger (`1`) or smaller (`-1`) scale on offer.
    #[must_use]
    pub fn next_scale(&self, way: i8) -> f32 {
        let scales = Self::SCALES.into_iter();
        let next = if way > 0 {
            scales
                .filter(|scale| *scale > self.scale + 0.01)
                .min_by(f32::total_cmp)
        } else {
            scales
                .filter(|scale| *scale < self.scale - 0.01)
                .max_by(f32::total_cmp)
        };
        next.unwrap_or(self.scale)
    }

    /// Remembers a file as the one used last.
    pub fn remember_file(&mut self, path: &std::path::Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        remember(&mut self.recent_files, path, Self::RECENT);
    }

    /// Gives a rule a star, or takes it away.
    pub fn toggle_favourite(&mut self, name: &str) {
        let before = self.favourites.len();
        self.favourites.retain(|it| it != name);
        if self.favourites.len() == before {
            self.favourites.push(name.to_owned());
            self.favourites.truncate(Self::FAVOURITES);
        }
    }

    /// Remembers an entry of the palette as the one used last.
    pub fn remember_entry(&mut self, title: String) {
        remember(&mut self.recent_entries, title, Self::RECENT);
    }
}

/// Moves an item to the front of a list of at most `most` items.
fn remember<T: PartialEq>(list: &mut Vec<T>, item: T, most: usize) {
    list.retain(|other| *other != item);
    list.insert(0, item);
    list.truncate(most);
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: egui::ThemePreference::System,
            scale: 1.0,
            surface_colours: GroundMap::default(),
            digits: 3,
            reduced_motion: false,
            left_panel: Fold::default(),
            racers_beside_both: false,
            right_panel: Fold {
                width: 300.0,
                ..Fold::default()
            },
            looping: true,
            speed: 1.0,
            presenter: false,
            keep_rate: true,
            hint_seen: false,
            lessons_done: BTreeSet::new(),
            library: Library::default(),
            favourites: Vec::new(),
            recent_entries: Vec::new(),
            recent_files: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_go_up_and_down_and_stop_at_the_ends() {
        let mut settings = Settings::default();
        for expected in [1.1, 1.25, 1.5, 2.0, 2.0] {
            settings.scale = settings.next_scale(1);
            assert_eq!(settings.scale, expected);
        }
        for expected in [1.5, 1.25, 1.1, 1.0, 0.9, 0.75, 0.75] {
            settings.scale = settings.next_scale(-1);
            assert_eq!(settings.scale, expected);
        }
    }

    #[test]
    fn what_was_used_last_comes_first_and_only_once() {
        let mut settings = Settings::default();
        for title in ["a", "b", "a"] {
            settings.remember_entry(title.to_owned());
        }
        assert_eq!(settings.recent_entries, ["a", "b"]);
    }

    #[test]
    fn numbers_that_no_window_can_show_are_replaced() {
        let settings = Settings {
            scale: f32::NAN,
            speed: f64::INFINITY,
            digits: 0,
            left_panel: Fold {
                open: false,
                width: -1e9,
            },
            recent_files: vec!["a".into(); 99],
            ..Settings::default()
        };
        let checked = settings.checked();
        assert_eq!((checked.scale, checked.speed), (1.0, 1.0));
        assert_eq!((checked.digits, checked.left_panel.width), (3, 0.0));
        assert_eq!(checked.recent_files.len(), Settings::RECENT);
        assert_eq!(Settings::default().checked(), Settings::default());
    }

    /// Settings written by an earlier version lack fields and have others.
    #[test]
    fn settings_of_other_versions_are_read() {
        let settings: Settings = ron::from_str("(speed: 2.0, trail_length: None)").unwrap();
        assert_eq!(settings.speed, 2.0);
        assert_eq!(settings.right_panel, Settings::default().right_panel);
    }
}
