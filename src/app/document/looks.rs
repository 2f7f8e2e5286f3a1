//! How a document is looked at: its window, and the view settings that are saved with it.

use super::Document;
use super::lineup::Lineup;
use super::selection::first_choice;
use crate::plane::Window;
use crate::preset::ViewSettings;
use crate::sampling::framing;

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

    /// Shows the surface's own window.
    pub fn show_all(&mut self) {
        self.show_window(self.race.surface().window());
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
            self.experiment().start,
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
        let has_data = self.experiment().surface.open().data().is_some();
        if !has_data {
            view.data = view.data.filter(|shown| !shown);
            if view.against.needs_data() {
                view.against = ViewSettings::default().against;
            }
        }
        view
    }
}
