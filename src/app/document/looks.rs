//! How a document is looked at: its window, the eye that goes round its surface, and the view
//! settings that are saved with it.

use super::Document;
use super::lineup::Lineup;
use super::selection::first_choice;
use crate::analysis::{Quantity, Ranking, TimeUnit};
use crate::plane::Window;
use crate::preset::{Card, Pictures, ViewSettings, Viewpoint};
use crate::sampling::{Heights, framing};

impl Document {
    /// Returns the visible part of the plane, before it is widened to the aspect ratio of the
    /// picture.
    #[must_use]
    pub fn window(&self) -> Window {
        self.window
    }

    /// Shows a part of the plane.
    pub fn show_window(&mut self, window: Window) {
        self.window = window;
        self.view.window = Some(window);
    }

    /// Shows the part of the plane that another document shows, until it is moved by hand.
    pub fn follow_window(&mut self, window: Window) {
        self.window = window;
        self.unfitted = false;
    }

    /// Fits the window to the paths once they are available.
    pub fn fit(&mut self) {
        self.unfitted = true;
        self.view.window = None;
    }

    /// Shows the surface's own window. The eye goes back if it is not above.
    pub fn show_all(&mut self) {
        self.show_window(self.race.surface().window());
        if self.view.pictures.has_relief() {
            self.look_from(self.home());
        }
    }

    /// Shows contours, landscape, or both.
    pub fn show_pictures(&mut self, pictures: Pictures) {
        self.view.pictures = pictures;
    }

    /// Shows the landscape, beside the contours if it already is.
    fn show_relief(&mut self) {
        if !self.view.pictures.has_relief() {
            self.view.pictures = Pictures::Relief;
        }
    }

    /// Moves the eye.
    pub fn look_from(&mut self, viewpoint: Viewpoint) {
        self.view.eye = viewpoint;
        if viewpoint.is_named() {
            self.home = viewpoint;
        }
    }

    /// Shows the landscape from a named viewpoint.
    pub fn look_from_named(&mut self, viewpoint: Viewpoint) {
        self.show_relief();
        self.look_from(Viewpoint {
            projection: self.view.eye.projection,
            ..viewpoint
        });
    }

    /// Returns the viewpoint to which the eye goes back: the last one with a name, or that of the
    /// preset, neither enlarged nor moved.
    #[must_use]
    pub fn home(&self) -> Viewpoint {
        Viewpoint {
            projection: self.view.eye.projection,
            ..Viewpoint::at(self.home.azimuth, self.home.elevation)
        }
    }

    /// Shows the landscape with losses as heights on another scale.
    pub fn scale_heights(&mut self, heights: Heights) {
        self.show_relief();
        self.view.heights = heights;
    }

    /// Returns the loss of the global minimum, if it is known.
    #[must_use]
    pub fn lowest(&self) -> Option<f64> {
        let global = self.race.minima().iter().filter(|it| it.global);
        global.map(|it| it.value).reduce(f64::min)
    }

    /// Returns the scale of the heights that are shown: without a known minimum, they cannot be
    /// logarithmic.
    #[must_use]
    pub fn heights(&self) -> Heights {
        match self.view.heights {
            Heights::Logarithmic if self.lowest().is_none() => Heights::Compressed,
            heights => heights,
        }
    }

    /// Enlarges what is seen about the middle: the landscape, or the part of the plane if there are
    /// contours.
    pub fn zoom(&mut self, factor: f64) {
        if self.view.pictures == Pictures::Relief {
            self.look_from(self.view.eye.zoomed(factor, [0.0; 2]));
        } else if let Some(window) = self.zoomed(self.window, factor, self.window.centre()) {
            self.show_window(window);
        }
    }

    /// Returns a window enlarged about a point, unless that goes too far.
    #[must_use]
    pub fn zoomed(&self, window: Window, factor: f64, about: [f64; 2]) -> Option<Window> {
        /// The range of the zoom, as the width of the window relative to the surface's own window.
        const REACH: [f64; 2] = [1e-9, 1e4];
        let window = window.zoomed(1.0 / factor, about);
        let share = window.width() / self.race.surface().window().width();
        (REACH[0]..=REACH[1]).contains(&share).then_some(window)
    }

    /// Moves the window along with a surface that is rotated: it fits the paths again, or keeps the
    /// point in its middle if it was chosen by hand.
    pub(super) fn turn_window(&mut self, before: &Lineup) {
        if self.view.window.is_none() {
            self.unfitted = true;
            return;
        }
        let (old, now) = (before.experiment(), self.experiment());
        let middle = self.window.centre();
        let [x, y] = old.shape.carry(&old.surface, middle, now.shape.rotation);
        let moved = self.window.moved(x - middle[0], y - middle[1]);
        self.show_window(moved);
    }

    pub(super) fn fit_paths(&mut self) {
        self.window = framing::fit(
            self.race.surface().window(),
            self.start(),
            self.shown().map(|shown| &**shown.path),
            self.race.minima(),
        );
    }

    /// Applies the view settings of the preset to what is stored elsewhere in the document.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub(super) fn follow_view(&mut self) {
        if let Some(window) = self.view.window {
            self.window = window;
            self.unfitted = false;
        }
        if let Some(step) = self.view.step {
            self.playback.seek(step as f64, self.steps());
            self.playback.playing = false;
        }
        if let Some(name) = &self.view.selected {
            let names = self.experiment().names();
            let index = names.iter().position(|known| known == name);
            self.selected = index.and_then(|index| self.lineup().ids().get(index).copied());
        }
        if self.view.rule {
            self.follow_rule_of_view();
        }
    }

    /// Returns the view settings as they are now. What no longer fits the race is left out.
    pub(super) fn view_to_save(&self) -> ViewSettings {
        let names = self.experiment().names();
        let name_of = |id| names.into_iter().nth(self.lineup().index_of(id)?);
        let is_usual = self.selected == first_choice(self.lineup());
        let is_paused = !self.playback.playing && self.playback.playhead > 0.0;
        let mut view = ViewSettings {
            selected: match &self.view.selected {
                None if is_usual => None,
                _ => self.selected.and_then(name_of),
            },
            step: is_paused.then(|| self.step()),
            ..self.view.clone()
        };
        let surface = self.experiment().surface.open();
        if surface.network().is_none() {
            (view.features, view.large_data) = (None, false);
        }
        view.formula &= self.typed().is_some();
        view.rule &= self.edited_rule().is_some();
        if surface.rows() == 0 {
            view.data = view.data.filter(|shown| !shown);
        }
        let is_unusual = |unit: &TimeUnit| {
            let fits = surface.rows() > 0 || !unit.needs_data();
            fits && *unit != TimeUnit::usual_on(&*surface)
        };
        view.against = view.against.filter(is_unusual);
        view.ranking = view
            .ranking
            .filter(|ranking| *ranking != Ranking::usual_on(&*surface));
        view
    }

    /// Returns the unit of time.
    #[must_use]
    pub fn time_unit(&self) -> TimeUnit {
        self.view.time_unit(&**self.race.surface())
    }

    /// Returns how the leaderboard ranks.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        self.view.ranked_by(&**self.race.surface())
    }

    /// Returns the quantity in the chart.
    #[must_use]
    pub fn charted(&self) -> Quantity {
        self.view.charted_on(&**self.race.surface())
    }

    /// Returns what the card about the selected racer shows.
    #[must_use]
    pub fn card(&self) -> Card {
        self.view.card_on(&**self.race.surface())
    }
}
