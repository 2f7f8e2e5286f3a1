//! One open experiment with all that belongs to it.

use std::path::PathBuf;

use super::change::Change;
use super::history::History;
use super::playback::Playback;
use super::race::Race;
use crate::experiment::{Experiment, Fault, Trajectory};
use crate::sampling::framing;
use crate::surface::Window;

/// What undo goes back to.
#[derive(Clone, Debug, PartialEq)]
struct Snapshot {
    experiment: Experiment,
    /// By how much all learning rates were multiplied, for the control that shows it.
    rate_scale: f64,
}

/// One open experiment.
#[derive(Debug)]
pub struct Document {
    history: History<Snapshot>,
    saved: Experiment,
    /// The file that it was read from or saved to.
    pub path: Option<PathBuf>,
    /// Where it stands in time.
    pub playback: Playback,
    /// The racer that is open in the panels.
    pub selected: Option<usize>,
    /// The one racer that is shown, while all others are kept out of sight.
    pub solo: Option<usize>,
    /// The part of the plane that is shown, before it is widened to the picture's shape.
    pub view: Window,
    /// Its trajectories.
    pub race: Race,
}

impl Document {
    /// Opens an experiment.
    #[must_use]
    pub fn new(experiment: Experiment, path: Option<PathBuf>, playing: bool) -> Self {
        let race = Race::new(&experiment);
        let selected = experiment.racers.len().checked_sub(1).map(|last| {
            let adam = |racer: &crate::experiment::Racer| racer.optimizer.rule().about().name == "Adam";
            experiment.racers.iter().position(adam).unwrap_or(last)
        });
        let mut document = Self {
            saved: experiment.clone(),
            path,
            playback: Playback::new(playing),
            selected,
            solo: None,
            view: race.surface().window(),
            race,
            history: History::new(Snapshot {
                experiment,
                rate_scale: 1.0,
            }),
        };
        document.fit();
        document
    }

    /// The experiment.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.history.now().experiment
    }

    /// By how much all learning rates were multiplied.
    #[must_use]
    pub fn rate_scale(&self) -> f64 {
        self.history.now().rate_scale
    }

    /// Whether it differs from what was opened or saved.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        *self.experiment() != self.saved
    }

    /// It was saved as it is now.
    pub fn mark_saved(&mut self, path: PathBuf) {
        self.saved = self.experiment().clone();
        self.path = Some(path);
    }

    /// Applies a change as a step that can be undone.
    ///
    /// # Errors
    /// If the changed experiment would make no sense; then nothing changes.
    pub fn change(&mut self, change: Change) -> Result<(), Fault> {
        let now = self.history.now();
        let gesture = change.gesture();
        let rate_scale = match change {
            Change::ScaleRates(factor) => now.rate_scale * factor,
            _ => now.rate_scale,
        };
        let moved = match change {
            Change::Move { from, to } => Some((from, to)),
            _ => None,
        };
        let new_surface = matches!(change, Change::Surface(_));
        let added = match change {
            Change::Add(_) => Some(now.experiment.racers.len()),
            Change::Duplicate(place) => Some(place + 1),
            _ => None,
        };
        let experiment = change.applied(&now.experiment);
        experiment.check()?;
        self.history.change(
            Snapshot {
                experiment,
                rate_scale,
            },
            gesture,
        );
        match (moved, added) {
            (Some((from, to)), _) if self.selected == Some(from) => self.selected = Some(to),
            (_, Some(place)) => self.selected = Some(place),
            _ => {}
        }
        if new_surface {
            self.view = self.experiment().surface.about().window;
        }
        self.keep_in_range();
        Ok(())
    }

    /// The hand has let go: what follows is a new step of the history.
    pub fn rest(&mut self) {
        self.history.rest();
    }

    /// Whether there is anything to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is anything to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Takes the last change back.
    pub fn undo(&mut self) {
        let before = self.experiment().surface.clone();
        self.history.undo();
        self.after_time_travel(&before);
    }

    /// Makes the last change that was taken back again.
    pub fn redo(&mut self) {
        let before = self.experiment().surface.clone();
        self.history.redo();
        self.after_time_travel(&before);
    }

    fn after_time_travel(&mut self, surface_before: &crate::surface::SurfaceChoice) {
        if self.experiment().surface != *surface_before {
            self.view = self.experiment().surface.about().window;
        }
        self.keep_in_range();
    }

    /// The last step, as the playhead counts.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn steps(&self) -> f64 {
        self.experiment().steps as f64
    }

    /// The whole step that is shown.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the playhead is between 0 and the number of steps"
    )]
    pub fn step(&self) -> usize {
        self.playback.playhead.max(0.0) as usize
    }

    /// Selection, solo and playhead may point past the end of a smaller experiment.
    fn keep_in_range(&mut self) {
        let racers = self.experiment().racers.len();
        let last = racers.checked_sub(1);
        self.selected = self.selected.and_then(|place| last.map(|last| place.min(last)));
        self.solo = self.solo.filter(|&place| place < racers);
        self.playback.seek(self.playback.playhead, self.steps());
    }

    /// The racers that are to be seen, with their paths.
    pub fn shown(&self) -> impl Iterator<Item = (usize, &Trajectory)> {
        let racers = &self.race.experiment().racers;
        let paths = self.race.paths().iter().map(|path| &**path);
        racers
            .iter()
            .zip(paths)
            .enumerate()
            .filter(|(place, (racer, _))| match self.solo {
                Some(solo) => solo == *place,
                None => racer.visible,
            })
            .map(|(place, (_, path))| (place, path))
    }

    /// Shows the part of the plane in which the paths lie.
    pub fn fit(&mut self) {
        self.view = framing::fit(
            self.race.surface().window(),
            self.experiment().start,
            self.shown().map(|(_, path)| path),
            self.race.minima(),
        );
    }

    /// Shows the surface's own window.
    pub fn show_all(&mut self) {
        self.view = self.race.surface().window();
    }
}
