//! An open experiment and everything that belongs to it.

pub mod change;
pub mod clock;
pub mod data_models;
pub mod difference;
pub mod draft;
pub mod formula;
pub mod formula_change;
pub mod gesture;
pub mod ghost;
pub mod group_change;
pub mod history;
pub mod ids;
pub mod kept;
pub mod kept_rate;
pub mod lessons;
pub mod lineup;
mod looks;
pub mod network_words;
mod new_racer;
mod new_surface;
mod own_rule;
mod parameter_change;
pub mod playback;
pub mod race;
pub mod rate_scale;
pub mod rule_change;
mod selection;
pub mod sensitivity;
pub mod source;
pub mod story;
mod timeline;
mod trial;
pub mod wording;

use std::collections::BTreeSet;

use crate::experiment::{Experiment, Fault, Lesson};
use crate::optimizer::Origin;
use crate::plane::Window;
use crate::preset::{Preset, ViewSettings, Viewpoint};
use crate::subspace::PlaneChoice;
use change::Change;
use clock::Clock;
use draft::Draft;
use formula_change::{is_morphed, keeps_window};
use ghost::GhostPath;
use history::History;
use ids::{DocumentId, RacerId, RevisionId};
use lessons::Neighbours;
use lineup::Lineup;
use own_rule::Rules;
use playback::Playback;
use race::Race;
use rate_scale::RateScale;
use sensitivity::Studies;
use source::Source;
use story::story;
use trial::Trial;

pub use selection::Shown;

/// The state that undo and redo restore.
#[derive(Clone, Debug, PartialEq)]
struct Snapshot {
    lineup: Lineup,
    rates: RateScale,
}

/// An open experiment.
#[derive(Debug)]
pub struct Document {
    id: DocumentId,
    history: History<Snapshot>,
    saved: Experiment,
    /// Changes with `saved`.
    saved_revision: RevisionId,
    /// Whether the file no longer holds what was saved.
    adrift: bool,
    /// The lesson's task, if the preset is a lesson.
    lesson: Option<Lesson>,
    /// Where it comes from.
    pub source: Source,
    /// The position of the playhead.
    pub playback: Playback,
    /// The number of steps of a longer race that it is compared with.
    reach: usize,
    /// The selected racer.
    selected: Option<RacerId>,
    /// The only racer shown, if the others are hidden.
    solo: Option<RacerId>,
    /// How the race is looked at.
    pub view: ViewSettings,
    /// The visible part of the plane, before it is widened to the aspect ratio of the picture.
    window: Window,
    /// The viewpoint to which the eye goes back.
    home: Viewpoint,
    /// Whether to fit the window to the paths once they are available.
    unfitted: bool,
    /// The trajectories.
    pub race: Race,
    /// How the racers would end with other values of a hyper-parameter.
    studies: Studies,
    /// The names of the parameters that are changed in all racers together.
    pub linked: BTreeSet<String>,
    /// Whether sliders change their values only from the playhead's step on.
    pub from_here: bool,
    /// Whether the open racer's card shows everything.
    pub expanded: bool,
    /// The paths pinned as a baseline.
    pub pinned: Vec<GhostPath>,
    /// Paths recorded elsewhere.
    pub imported: Vec<GhostPath>,
    /// What there was before the surface that is on trial, if any.
    trial: Option<Box<Trial>>,
    /// The text of the formula that cannot be read yet, if there is one.
    draft: Option<Draft>,
    /// The rule that is edited.
    rules: Rules,
    /// The lessons before and after this one.
    pub neighbours: Neighbours,
    /// Whether the lesson's goal has been reached.
    pub goal_found: bool,
    /// The number of finished attempts at the lesson's goal that have failed.
    pub tries: usize,
    /// Whether the race is one to which undo or redo has led.
    has_travelled: bool,
    /// Whether the current attempt fails so far. It is finished when the user lets go.
    failing: bool,
    /// Whether the hint to the lesson's goal is shown.
    pub hint_shown: bool,
    /// The version of the paths on which the goal was last checked.
    judged: Option<u64>,
    /// The library whose form of the selected racer is shown next to it.
    pub variant: Option<Origin>,
}

impl Document {
    /// Opens a preset.
    #[must_use]
    pub fn new(preset: impl Into<Preset>, source: Source) -> Self {
        let preset = preset.into();
        let neighbours = Neighbours::of(&preset, &source);
        let Preset {
            experiment,
            view,
            lesson,
        } = preset;
        let lineup = Lineup::new(experiment);
        let race = Race::new(&lineup, &view.plane);
        let mut document = Self {
            id: DocumentId::fresh(),
            saved: lineup.experiment().clone(),
            saved_revision: RevisionId::fresh(),
            adrift: false,
            lesson,
            source,
            playback: Playback::new(true),
            reach: 0,
            selected: selection::first_choice(&lineup),
            solo: None,
            home: view.eye,
            view,
            window: race.surface().window(),
            unfitted: true,
            race,
            studies: Studies::default(),
            linked: BTreeSet::new(),
            from_here: false,
            expanded: false,
            pinned: Vec::new(),
            imported: Vec::new(),
            trial: None,
            draft: None,
            rules: Rules::default(),
            variant: None,
            neighbours,
            goal_found: false,
            tries: 0,
            has_travelled: false,
            failing: false,
            hint_shown: false,
            judged: None,
            history: History::new(Snapshot {
                lineup,
                rates: RateScale::default(),
            }),
        };
        document.follow_view();
        document
    }

    /// Returns the document's id.
    #[must_use]
    pub fn id(&self) -> DocumentId {
        self.id
    }

    /// Returns the experiment.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        self.lineup().experiment()
    }

    /// Returns the start of the racers in the plane.
    #[must_use]
    pub fn start(&self) -> [f64; 2] {
        if self.experiment().surface.has_own_start() {
            self.race.start()
        } else {
            self.experiment().start
        }
    }

    /// Returns the experiment with the ids of its racers.
    #[must_use]
    pub fn lineup(&self) -> &Lineup {
        &self.history.now().lineup
    }

    /// Returns the title, or a substitute if there is none.
    #[must_use]
    pub fn title(&self) -> &str {
        match &*self.experiment().title {
            "" => "Untitled",
            title => title,
        }
    }

    /// Returns a file name made of the title.
    #[must_use]
    pub fn file_name(&self, ending: &str) -> String {
        let title = self.experiment().title.to_lowercase();
        let words = title.split(|letter: char| !letter.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).take(6).collect();
        let name = match &words[..] {
            [] => "race".to_owned(),
            words => words.join("-"),
        };
        format!("{name}.{ending}")
    }

    /// Returns the clock of the playhead.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock::of(self)
    }

    /// Returns the experiment together with its view settings and lesson, as they are saved.
    #[must_use]
    pub fn preset(&self) -> Preset {
        Preset {
            experiment: self.experiment().clone(),
            view: self.view_to_save(),
            lesson: self.lesson.clone(),
        }
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
        self.adrift || *self.experiment() != self.saved
    }

    /// Returns whether there are changes that would be missed. Whoever plays with a built-in race
    /// need not save it.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.is_changed() && !matches!(self.source, Source::BuiltIn(_))
    }

    /// Marks the current experiment as saved to its source.
    pub fn mark_saved(&mut self, source: Source) {
        self.saved = self.experiment().clone();
        self.saved_revision = RevisionId::fresh();
        self.adrift = false;
        self.source = source;
    }

    /// Applies an undoable change.
    ///
    /// # Errors
    /// If the changed experiment is invalid; the document is then left unchanged.
    pub fn change(&mut self, change: Change) -> Result<(), Fault> {
        let Snapshot { lineup, rates } = self.history.now();
        let mut rates = rates.clone();
        let new_surface = matches!(change, Change::Surface(_));
        let adds = matches!(change, Change::Add(_) | Change::Duplicate(_));
        let (gesture, told) = (change.gesture(), change.clone());
        let mut next = match change {
            Change::ScaleRates(factor) => {
                let mut scaled = lineup.clone();
                rates.change(scaled.experiment_mut(), factor);
                scaled
            }
            change => change.applied(lineup),
        };
        if new_surface {
            self.retitle(&mut next);
            rates = self.rates_on(&mut next, rates);
        }
        next.experiment().check()?;
        let added = adds.then(|| new_racer(lineup, &next)).flatten();
        let before = lineup.clone();
        self.has_travelled = false;
        let next = Snapshot {
            lineup: next,
            rates,
        };
        self.history.change(next, gesture, |before, after| {
            story(&told, &before.lineup, &after.lineup)
        });
        self.selected = added.or(self.selected);
        self.follow(&before);
        Ok(())
    }

    /// Removes the title and notes that described the race on another surface.
    fn retitle(&self, lineup: &mut Lineup) {
        let race = lineup.experiment_mut();
        let is_opened = |now: &str, opened: &str| !now.is_empty() && now == opened;
        if race.same_surface(&self.saved) {
            race.title.clone_from(&self.saved.title);
            race.notes.clone_from(&self.saved.notes);
            return;
        }
        let was_on = |title: &str| title.starts_with(ON);
        if is_opened(&race.title, &self.saved.title) || was_on(&race.title) {
            race.title = format!("{ON}{}", network_words::name(&race.surface));
        }
        if is_opened(&race.notes, &self.saved.notes) {
            race.notes = String::new();
        }
    }

    /// Returns the multiplier of the rates on the surface that `next` has in place of the present
    /// one. Rates that suit a network stay there: elsewhere, racers get those that they had before.
    fn rates_on(&self, next: &mut Lineup, rates: RateScale) -> RateScale {
        let is_network = |lineup: &Lineup| lineup.experiment().surface.has_own_start();
        match (is_network(self.lineup()), is_network(next)) {
            (false, true) => RateScale::default(),
            (true, false) => {
                let mut earlier = self.history.earlier();
                match earlier.find(|it| !is_network(&it.lineup)) {
                    Some(earlier) => {
                        new_surface::restore(next, &earlier.lineup);
                        earlier.rates.clone()
                    }
                    None => rates,
                }
            }
            _ => rates,
        }
    }

    /// Ends the current gesture, so that the next change becomes a new undo step and a new attempt
    /// at the lesson's goal.
    pub fn rest(&mut self) {
        self.history.rest();
        self.tries += usize::from(std::mem::take(&mut self.failing));
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
        let before = self.lineup().clone();
        travel(&mut self.history);
        self.draft = None;
        self.forget_rule_draft();
        self.has_travelled = true;
        self.follow(&before);
    }

    /// Adapts what depends on the experiment after a change.
    fn follow(&mut self, before: &Lineup) {
        let surface = &self.experiment().surface;
        let was = &before.experiment().surface;
        if surface != was {
            let has_plane = surface.has_own_start();
            let window = surface.open().window();
            let (keeps_paths, keeps_window) =
                (is_morphed(was, surface), keeps_window(was, surface));
            if !keeps_window {
                self.window = window;
                self.view.window = None;
                // The plane of a network is laid through its paths, which are not there yet.
                self.unfitted = has_plane;
            }
            if !keeps_paths {
                // Paths on another surface are no longer comparable.
                self.pinned.clear();
                self.imported.clear();
                self.draft = None;
            }
        }
        let was = before.experiment().shape.rotation;
        if self.experiment().shape.rotation != was {
            self.turn_window(before);
        }
        self.keep_selection(before);
        self.playback.seek(self.playback.playhead, self.steps());
    }

    /// Shows the paths of a network on another plane.
    pub fn show_plane(&mut self, plane: PlaneChoice) {
        if self.race.is_on_plane() {
            self.view.plane = plane;
            self.refit_plane();
        }
    }

    /// Shows the predictions of a network over two of its features.
    pub fn show_features(&mut self, names: [String; 2]) {
        let network = self.race.surface().network();
        let features = network.map(|network| &network.data.features);
        if features.is_some_and(|known| names.iter().all(|name| known.contains(name))) {
            self.view.features = Some(names);
        }
    }

    /// Lays the plane of a network through its paths as they are now.
    pub fn refit_plane(&mut self) {
        self.race.refit_plane();
        self.view.window = None;
        self.unfitted = true;
    }

    /// Brings the trajectories up to date. If a worker computes them, it calls `wake` when done.
    pub fn simulate(&mut self, wake: impl Fn() + Send + Sync + 'static) {
        let wanted = &self.history.now().lineup;
        let before = self.race.version();
        self.race.update(wanted, &self.view.plane, wake);
        if self.unfitted && (self.race.version() != before || !self.race.is_busy()) {
            // While the race is being simulated, the window goes with it.
            self.unfitted = !self.race.is_up_to_date(wanted, &self.view.plane);
            self.fit_paths();
        }
    }

    /// Checks whether the lesson's goal is reached. Once reached, it stays reached.
    pub fn judge(&mut self) {
        let version = Some(self.race.version());
        if self.goal_found || self.judged == version || self.race.is_busy() {
            return;
        }
        let experiment = self.race.experiment();
        let goal = self.lesson().and_then(|lesson| lesson.goal.as_ref());
        let goal = goal.filter(|_| self.race.paths().len() == experiment.racers.len());
        let Some(goal) = goal else {
            return;
        };
        self.goal_found = goal.is_reached(experiment, self.race.paths());
        // Neither the race as opened nor what is undone is an attempt.
        let is_attempt = self.judged.is_some() && !std::mem::take(&mut self.has_travelled);
        self.failing = is_attempt && !self.goal_found;
        self.judged = version;
    }
}

/// How the title of a race begins that was moved to another surface.
const ON: &str = "A race on ";

/// Returns the racer that is new in a lineup.
fn new_racer(before: &Lineup, after: &Lineup) -> Option<RacerId> {
    let is_new = |id: &&RacerId| before.index_of(**id).is_none();
    after.ids().iter().find(is_new).copied()
}
