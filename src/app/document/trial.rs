//! A surface on trial: the race follows every choice of a dialog, which is one undo step if it is
//! kept, and as if nothing had happened if it is not.

use super::change::Change;
use super::ghost::GhostPath;
use super::history::History;
use super::ids::RacerId;
use super::playback::Playback;
use super::{Document, Snapshot};
use crate::experiment::Fault;
use crate::plane::Window;
use crate::preset::ViewSettings;
use crate::surface::SurfaceChoice;

/// Everything that a change of the surface may change, as it was before the trial.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    history: History<Snapshot>,
    view: ViewSettings,
    window: Window,
    unfitted: bool,
    pinned: Vec<GhostPath>,
    imported: Vec<GhostPath>,
    selected: Option<RacerId>,
    solo: Option<RacerId>,
    playback: Playback,
}

impl Document {
    /// Shows the race on another surface, on trial. All surfaces that are tried make one undo step.
    ///
    /// # Errors
    /// If the race is not possible on this surface; it is then as it was before the trial.
    pub fn try_surface(&mut self, surface: SurfaceChoice) -> Result<(), Fault> {
        let before = self.trial.take().unwrap_or_else(|| {
            Box::new(Trial {
                history: self.history.clone(),
                view: self.view.clone(),
                window: self.window,
                unfitted: self.unfitted,
                pinned: self.pinned.clone(),
                imported: self.imported.clone(),
                selected: self.selected,
                solo: self.solo,
                playback: self.playback,
            })
        });
        let (trial, playback) = (before.clone(), self.playback);
        // From the race as it was, so that a choice that is taken back leaves no trace.
        self.restore(*before);
        self.playback = playback;
        let changed = if surface == self.experiment().surface {
            Ok(())
        } else {
            self.change(Change::Surface(surface))
        };
        self.trial = Some(trial);
        changed
    }

    /// Keeps the surface that was tried.
    pub fn keep_surface(&mut self) {
        self.trial = None;
        self.rest();
    }

    /// Goes back to the race as it was before the trial. Without a trial, nothing happens.
    pub fn revert_surface(&mut self) {
        if let Some(trial) = self.trial.take() {
            self.restore(*trial);
        }
    }

    fn restore(&mut self, trial: Trial) {
        self.history = trial.history;
        self.view = trial.view;
        self.window = trial.window;
        self.unfitted = trial.unfitted;
        self.pinned = trial.pinned;
        self.imported = trial.imported;
        self.selected = trial.selected;
        self.solo = trial.solo;
        self.playback = trial.playback;
        self.has_travelled = true;
    }
}
