//! An open experiment and everything that belongs to it.

pub mod change;
pub mod clock;
pub mod data_models;
pub mod ghost;
pub mod history;
pub mod lessons;
pub mod playback;
pub mod race;
pub mod rate_scale;
pub mod story;
pub mod wording;

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::experiment::{Experiment, Fault, Lesson, Racer};
use crate::optimizer::Origin;
use crate::plane::Window;
use crate::preset::{Preset, ViewSettings};
use crate::sampling::framing;
use crate::simulation::Trajectory;
use change::Change;
use ghost::GhostPath;
use history::History;
use lessons::Neighbours;
use playback::Playback;
use race::Race;
use rate_scale::RateScale;
use story::story;

/// The state that undo and redo restore.
#[derive(Clone, Debug, PartialEq)]
struct Snapshot {
    experiment: Experiment,
    rates: RateScale,
}

/// An open experiment.
#[derive(Debug)]
pub struct Document {
    history: History<Snapshot>,
    saved: Experiment,
    /// The view settings chosen by the preset's author.
    author_view: ViewSettings,
    /// The lesson's task, if the preset is a lesson.
    lesson: Option<Lesson>,
    /// The file it was read from or saved to.
    pub path: Option<PathBuf>,
    /// The position of the playhead.
    pub playback: Playback,
    /// The index of the selected racer.
    pub selected: Option<usize>,
    /// The index of the only racer shown, if the others are hidden.
    pub solo: Option<usize>,
    /// The visible part of the plane, before it is widened to the aspect ratio of the picture.
    pub window: Window,
    /// Whether to fit the window to the paths once they are available.
    unfitted: bool,
    /// The trajectories.
    pub race: Race,
    /// The names of the parameters that are changed in all racers together.
    pub linked: BTreeSet<String>,
    /// The paths pinned as a baseline.
    pub pinned: Vec<GhostPath>,
    /// Paths recorded elsewhere.
    pub imported: Vec<GhostPath>,
    /// The lessons before and after this one.
    pub neighbours: Neighbours,
    /// Whether the lesson's goal has been reached.
    pub goal_found: bool,
    /// The version of the paths on which the goal was last checked.
    judged: Option<u64>,
    /// The library whose form of the selected racer is shown next to it.
    pub compare: Option<Origin>,
}

impl Document {
    /// Opens an experiment.
    #[must_use]
    pub fn new(preset: impl Into<Preset>, path: Option<PathBuf>, playing: bool) -> Self {
        let preset = preset.into();
        let neighbours = Neighbours::of(&preset, path.as_deref());
        let Preset {
            experiment,
            view,
            lesson,
        } = preset;
        let race = Race::new(&experiment);
        let selected = experiment.racers.len().checked_sub(1).map(|last| {
            let adam = |racer: &Racer| racer.plan.optimizer.rule().about().name == "Adam";
            experiment.racers.iter().position(adam).unwrap_or(last)
        });
        Self {
            saved: experiment.clone(),
            author_view: view,
            lesson,
            path,
            playback: Playback::new(playing),
            selected,
            solo: None,
            window: race.surface().window(),
            unfitted: true,
            race,
            linked: BTreeSet::new(),
            pinned: Vec::new(),
            imported: Vec::new(),
            compare: None,
            neighbours,
            goal_found: false,
            judged: None,
            history: History::new(Snapshot {
                experiment,
                rates: RateScale::default(),
            }),
        }
    }

    /// Returns the experiment.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.history.now().experiment
    }

    /// Returns the experiment together with the view settings and lesson stored in its file.
    #[must_use]
    pub fn preset(&self) -> Preset {
        Preset {
            experiment: self.experiment().clone(),
            view: self.author_view.clone(),
            lesson: self.lesson.clone(),
        }
    }

    /// Returns the view settings chosen by the preset's author.
    #[must_use]
    pub fn author_view(&self) -> &ViewSettings {
        &self.author_view
    }

    /// Returns the lesson's task, if the preset is a lesson.
    #[must_use]
    pub fn lesson(&self) -> Option<&Lesson> {
        self.lesson.as_ref()
    }

    /// Returns the factor by which all learning rates are multiplied.
    #[must_use]
    pub fn rate_scale(&self) -> f64 {
        self.history.now().rates.factor()
    }

    /// Returns whether the experiment differs from what was opened or saved.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        *self.experiment() != self.saved
    }

    /// Returns whether there are changes that would be missed. Those of the tour need not be saved.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.is_changed() && !self.is_of_the_tour()
    }

    /// Returns whether this is a lesson of the tour, where changes need not be saved.
    #[must_use]
    pub fn is_of_the_tour(&self) -> bool {
        self.neighbours.index.is_some()
    }

    /// Marks the current experiment as saved to `path`.
    pub fn mark_saved(&mut self, path: PathBuf) {
        self.saved = self.experiment().clone();
        self.path = Some(path);
    }

    /// Applies an undoable change.
    ///
    /// # Errors
    /// If the changed experiment is invalid; the document is then left unchanged.
    pub fn change(&mut self, change: Change) -> Result<(), Fault> {
        let now = self.history.now();
        let gesture = change.gesture();
        let mut rates = now.rates.clone();
        let new_surface = matches!(change, Change::Surface(_));
        let added = match change {
            Change::Add(_) | Change::AddRacer(_) => Some(now.experiment.racers.len()),
            Change::Duplicate(index) => Some(index + 1),
            _ => None,
        };
        let selected = self.selected.map(|index| change.index_after(index));
        let solo = self.solo.filter(|index| change != Change::Remove(*index));
        let solo = solo.map(|index| change.index_after(index));
        let told = change.clone();
        let experiment = match change {
            Change::ScaleRates(factor) => {
                let mut scaled = now.experiment.clone();
                rates.change(&mut scaled, factor);
                scaled
            }
            change => change.applied(&now.experiment),
        };
        experiment.check()?;
        let next = Snapshot { experiment, rates };
        self.history.change(next, gesture, |before, after| {
            story(&told, &before.experiment, &after.experiment)
        });
        self.selected = added.or(selected);
        self.solo = solo;
        if new_surface {
            self.window = self.experiment().surface.open().window();
        }
        self.keep_in_range();
        Ok(())
    }

    /// Ends the current gesture, so that the next change becomes a new undo step.
    pub fn rest(&mut self) {
        self.history.rest();
    }

    /// Returns whether there is a change to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Returns whether there is a change to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Undoes the last change.
    pub fn undo(&mut self) {
        self.travel(History::undo);
    }

    /// Redoes the last undone change.
    pub fn redo(&mut self) {
        self.travel(History::redo);
    }

    /// Returns what was done, oldest first, undone steps included.
    pub fn steps_done(&self) -> impl Iterator<Item = &str> {
        self.history.steps()
    }

    /// Returns how many of the steps are done rather than undone.
    #[must_use]
    pub fn position(&self) -> usize {
        self.history.position()
    }

    /// Undoes or redoes steps until `position` of them are done.
    pub fn go_to(&mut self, position: usize) {
        self.travel(|history| history.go_to(position));
    }

    fn travel(&mut self, travel: impl FnOnce(&mut History<Snapshot>)) {
        let before = self.experiment().clone();
        travel(&mut self.history);
        let after = self.experiment();
        let new_surface = after.surface != before.surface;
        let follow = |index: usize| follow(&before.racers, &after.racers, index);
        let (selected, solo) = (self.selected.map(follow), self.solo.map(follow));
        (self.selected, self.solo) = (selected, solo);
        if new_surface {
            self.window = self.experiment().surface.open().window();
        }
        self.keep_in_range();
    }

    /// Returns the number of steps, in the unit of the playhead.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn steps(&self) -> f64 {
        self.experiment().steps as f64
    }

    /// Returns the whole step at the playhead.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the playhead is between 0 and the number of steps"
    )]
    pub fn step(&self) -> usize {
        self.playback.playhead.max(0.0) as usize
    }

    /// Clamps selection, solo and playhead, which may exceed the range of a smaller experiment.
    fn keep_in_range(&mut self) {
        let racers = self.experiment().racers.len();
        let last = racers.checked_sub(1);
        self.selected = self
            .selected
            .and_then(|index| last.map(|last| index.min(last)));
        self.solo = self.solo.filter(|&index| index < racers);
        self.playback.seek(self.playback.playhead, self.steps());
    }

    /// Returns the visible racers' indices and paths.
    pub fn shown(&self) -> impl Iterator<Item = (usize, &Trajectory)> {
        let racers = &self.race.experiment().racers;
        let paths = self.race.paths().iter().map(|path| &**path);
        racers
            .iter()
            .zip(paths)
            .enumerate()
            .filter(|(index, (racer, _))| match self.solo {
                Some(solo) => solo == *index,
                None => racer.appearance.visible,
            })
            .map(|(index, (_, path))| (index, path))
    }

    /// Brings the trajectories up to date. If a worker computes them, it calls `wake` when done.
    pub fn simulate(&mut self, wake: impl Fn() + Send + 'static) {
        let wanted = &self.history.now().experiment;
        self.race.update(wanted, wake);
        if self.unfitted && self.race.experiment() == wanted {
            self.unfitted = false;
            self.fit_paths();
        }
    }

    /// Checks whether the lesson's goal is reached. Once reached, it stays reached.
    pub fn judge(&mut self) {
        let version = Some(self.race.version());
        if self.goal_found || self.judged == version || self.race.is_busy() {
            return;
        }
        self.judged = version;
        let experiment = self.race.experiment();
        let goal = self.lesson().and_then(|lesson| lesson.goal.as_ref());
        let goal = goal.filter(|_| self.race.paths().len() == experiment.racers.len());
        self.goal_found = goal.is_some_and(|goal| goal.is_reached(experiment, self.race.paths()));
    }

    /// Applies the part of the author's view settings that concerns this document.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn set_up(&mut self) {
        let view = self.author_view.clone();
        if let Some(window) = view.window {
            self.window = window;
            self.unfitted = false;
        }
        if let Some(step) = view.step {
            self.playback.seek(step as f64, self.steps());
            self.playback.playing = false;
        }
        if let Some(name) = view.selected {
            let names = self.experiment().names();
            self.selected = names.iter().position(|known| *known == name);
        }
    }

    /// Fits the window to the paths once they are available.
    pub fn fit(&mut self) {
        self.unfitted = true;
    }

    /// Fits the window to the paths.
    fn fit_paths(&mut self) {
        self.window = framing::fit(
            self.race.surface().window(),
            self.experiment().start,
            self.shown().map(|(_, path)| path),
            self.race.minima(),
        );
    }

    /// Shows the surface's own window.
    pub fn show_all(&mut self) {
        self.window = self.race.surface().window();
    }
}

/// Returns the new index of the racer at `index`, or `index` itself if the racer is gone.
fn follow(before: &[Racer], after: &[Racer], index: usize) -> usize {
    let racer = before.get(index);
    if after.get(index) == racer {
        return index;
    }
    let found = after.iter().position(|other| Some(other) == racer);
    found.unwrap_or(index)
}
