//! What is open and how it is seen; commands change it, panels read it.

use std::path::{Path, PathBuf};

use super::change::Change;
use super::command::Command;
use super::dialogs::Dialog;
use super::document::Document;
use super::export_dialog::ExportDialog;
use super::games::{self, Game, Move};
use super::ghosts;
use super::settings::Settings;
use crate::experiment::{Experiment, Racer};
use crate::export::code;
use crate::optimizer::{Adam, GradientDescent, OptimizerChoice};
use crate::preset::{self, PresetError};
use crate::surface::SurfaceChoice;

/// A sentence for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// Whether something went wrong.
    pub error: bool,
}

/// What is open and how it is seen.
#[derive(Debug)]
pub struct State {
    documents: Vec<Document>,
    active: usize,
    /// What the user likes.
    pub settings: Settings,
    /// What lies over the window.
    pub dialog: Option<Dialog>,
    /// What is said at the lower edge.
    pub notice: Option<Notice>,
    /// What was asked about while there were unsaved changes, until they are saved.
    after_saving: Option<Box<Command>>,
    /// The game that is being played.
    pub game: Option<Game>,
    /// Text that is to be put on the clipboard.
    pub clipboard: Option<String>,
    /// Whether the window is to be closed.
    pub quit: bool,
}

impl State {
    /// A state with one open experiment.
    #[must_use]
    pub fn new(document: Document, settings: Settings) -> Self {
        Self {
            documents: vec![document],
            active: 0,
            settings,
            dialog: None,
            notice: None,
            after_saving: None,
            game: None,
            clipboard: None,
            quit: false,
        }
    }

    /// The document that is shown.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "there is always a document, and it is active"
    )]
    pub fn document(&self) -> &Document {
        &self.documents[self.active]
    }

    /// The document that is shown.
    #[expect(
        clippy::indexing_slicing,
        reason = "there is always a document, and it is active"
    )]
    pub fn document_mut(&mut self) -> &mut Document {
        &mut self.documents[self.active]
    }

    /// Does what the user asked for.
    pub fn apply(&mut self, command: Command) {
        if command.hindrance(self).is_some() {
            return;
        }
        match command {
            // A path to compare with takes nothing away.
            Command::OpenFile(path) if is_recording(&path) => self.import(&path),
            Command::StartGame(games::Kind::Ladder)
            | Command::New
            | Command::OpenFile(_)
            | Command::OpenBuiltIn(_)
            | Command::OpenText(_)
            | Command::Quit
                if self.document().is_changed() =>
            {
                self.dialog = Some(Dialog::Unsaved {
                    then: Box::new(command),
                });
            }
            other => self.apply_surely(other),
        }
    }

    /// The same without asking about unsaved changes.
    fn apply_surely(&mut self, command: Command) {
        let steps = self.document().steps();
        match command {
            Command::New => self.replace(new_experiment(), None),
            Command::Open => self.dialog = Some(Dialog::open()),
            Command::OpenFile(path) => {
                let opened = preset::open(&path);
                self.open(opened, Some(path));
            }
            Command::OpenBuiltIn(name) => self.open(preset::load_built_in(name), None),
            Command::OpenText(text) => self.open(preset::from_text("pasted text", &text), None),
            Command::Save => {
                self.after_saving = match self.dialog.take() {
                    Some(Dialog::Unsaved { then }) => Some(then),
                    _ => None,
                };
                match self.document().path.clone() {
                    Some(path) => self.save(&path),
                    None => self.dialog = Some(Dialog::save(self.document())),
                }
            }
            Command::SaveAs => self.dialog = Some(Dialog::save(self.document())),
            Command::SaveTo(path) => self.save(&path),
            Command::Export => {
                let step = self.document().step();
                let dark = self.settings.theme != egui::ThemePreference::Light;
                self.dialog = Some(Dialog::Export(Box::new(ExportDialog::new(step, dark))));
            }
            Command::Notify(notice) => self.notice = Some(notice),
            Command::Share => self.share(),
            Command::Quit => self.quit = true,

            Command::Change(change) => self.change(change),
            Command::Undo => self.document_mut().undo(),
            Command::Redo => self.document_mut().redo(),

            Command::PlayPause => self.document_mut().playback.toggle(steps),
            Command::StepForward => self.document_mut().playback.step(1.0, steps),
            Command::StepBack => self.document_mut().playback.step(-1.0, steps),
            Command::TenForward => self.document_mut().playback.step(10.0, steps),
            Command::TenBack => self.document_mut().playback.step(-10.0, steps),
            Command::ToStart => self.document_mut().playback.seek(0.0, steps),
            Command::ToEnd => self.document_mut().playback.seek(steps, steps),
            Command::Replay => {
                let playback = &mut self.document_mut().playback;
                playback.seek(0.0, steps);
                playback.playing = true;
            }
            Command::Seek(step) => self.document_mut().playback.seek(step, steps),
            Command::Speed(speed) => self.settings.speed = speed.clamp(0.1, 50.0),
            Command::ToggleLoop => self.settings.looping ^= true,

            Command::Select(place) => self.document_mut().selected = place,
            Command::Solo(place) => {
                let document = self.document_mut();
                document.solo = (document.solo != Some(place)).then_some(place);
            }
            Command::Look(window) => self.document_mut().view = window,
            Command::FitPaths => self.document_mut().fit(),
            Command::ShowAll => self.document_mut().show_all(),
            Command::ToggleTheme => {}
            Command::ToggleLeft => self.settings.left ^= true,
            Command::ToggleRight => self.settings.right ^= true,
            Command::TogglePresenter => self.settings.presenter ^= true,
            Command::ToggleLens => self.settings.lens ^= true,
            Command::ToggleStretch => self.settings.stretch ^= true,
            Command::ToggleMotion => self.settings.reduced_motion ^= true,
            Command::TrailLength(length) => self.settings.trail_length = length,
            Command::Arrows(arrows) => self.settings.arrows = arrows,
            Command::CycleArrows => self.settings.arrows = self.settings.arrows.next(),
            Command::UseSurface(surface) => self.use_surface(surface),
            Command::AskForData => self.dialog = Some(Dialog::Data(Box::default())),
            Command::StartGame(kind) => self.start_game(kind),
            Command::LeaveGame => self.game = None,
            Command::Play(step) => self.play(step),
            Command::PinBaseline => {
                let document = self.document_mut();
                document.pinned = if document.pinned.is_empty() {
                    ghosts::baseline(document)
                } else {
                    Vec::new()
                };
            }
            Command::Import(path) => self.import(&path),
            Command::ForgetImported => self.document_mut().imported.clear(),
            Command::Compare(library) => self.document_mut().compare = library,
            Command::CopyCode(racer, library) => self.copy_code(racer, library),
            Command::Chart(quantity) => self.settings.chart = quantity,
            Command::ChartAgainst(against) => self.settings.against = against,
            Command::ToggleLinear => self.settings.linear ^= true,
            Command::ToggleData => self.settings.data ^= true,
            Command::ToggleCurvature => self.settings.curvature ^= true,
            Command::ToggleLink(name) => {
                if !self.settings.linked.remove(&name) {
                    self.settings.linked.insert(name);
                }
            }
            Command::Rank(ranking) => self.settings.ranking = ranking,
            Command::Help => self.dialog = Some(Dialog::Help),
            Command::Dismiss => self.dismiss(),
            Command::Discard => {
                if let Some(Dialog::Unsaved { then }) = self.dialog.take() {
                    self.apply_surely(*then);
                }
            }
        }
    }

    /// Escape closes what lies on top, and presenter mode last.
    fn dismiss(&mut self) {
        self.after_saving = None;
        if self.dialog.take().is_some()
            || self.notice.take().is_some()
            || self.game.take().is_some()
        {
            return;
        }
        self.settings.presenter = false;
        self.document_mut().solo = None;
    }

    fn change(&mut self, change: Change) {
        if matches!(change, Change::Edit(..)) {
            // "From here on" means one place in time, not each that passes while a slider moves.
            self.document_mut().playback.playing = false;
        }
        match self.document_mut().change(change) {
            Ok(()) => {
                self.settings.hint_seen = true;
                self.notice = None;
            }
            Err(fault) => self.fail(fault.to_string()),
        }
    }

    fn replace(&mut self, experiment: Experiment, path: Option<PathBuf>) {
        let document = Document::new(experiment, path, true);
        *self.document_mut() = document;
        self.game = None;
        self.notice = None;
        self.dialog = None;
    }

    fn open(&mut self, opened: Result<Experiment, PresetError>, path: Option<PathBuf>) {
        match opened {
            Ok(experiment) => self.replace(experiment, path),
            Err(error) => {
                self.dialog = None;
                self.fail(error.to_string());
            }
        }
    }

    fn start_game(&mut self, kind: games::Kind) {
        if kind == games::Kind::Ladder {
            self.replace(games::Ladder::experiment(), None);
        }
        let playback = &mut self.document_mut().playback;
        playback.playhead = 0.0;
        playback.playing = kind != games::Kind::Predict;
        self.game = Some(Game::begin(kind, self.document()));
    }

    fn play(&mut self, step: Move) {
        let Some(mut game) = self.game.take() else {
            return;
        };
        match (&mut game, step) {
            (Game::Predict(game), Move::Sketch(at, anew)) => game.draw(at, anew),
            (Game::Predict(game), Move::Vote(place)) => game.vote = Some(place),
            (Game::Predict(game), Move::Reveal) => {
                game.revealed = true;
                // A race that starts over would never come to a verdict.
                self.settings.looping = false;
                let playback = &mut self.document_mut().playback;
                playback.playhead = 0.0;
                playback.playing = true;
            }
            (Game::Predict(game), Move::Again) => {
                *game = games::Predict::default();
                let playback = &mut self.document_mut().playback;
                playback.playhead = 0.0;
                playback.playing = false;
            }
            (Game::WhoAmI(game), Move::Guess(place, guess)) => game.guess(place, guess),
            (Game::WhoAmI(game), Move::Reveal) => game.revealed = true,
            (Game::WhoAmI(game), Move::Again) => game.again(),
            (Game::Ladder(game), Move::Ingredient(ingredient, on)) => {
                let next = game.with(ingredient, on);
                if let Some(rule) = next.rule() {
                    let document = self.document_mut();
                    document.pinned = ghosts::baseline(document);
                    self.change(Change::Optimizer(0, rule));
                    *game = next;
                }
            }
            _ => {}
        }
        self.game = Some(game);
    }

    fn use_surface(&mut self, mut surface: SurfaceChoice) {
        let folder = self.document().path.clone();
        let folder = folder.as_deref().and_then(Path::parent);
        match surface.load(folder) {
            Ok(()) => {
                self.dialog = None;
                self.change(Change::Surface(surface));
            }
            Err(error) => self.fail(error.to_string()),
        }
    }

    fn copy_code(&mut self, racer: Option<usize>, library: code::Library) {
        let experiment = self.document().experiment();
        let script = match racer {
            Some(place) => code::script_of(experiment, &[place], library),
            None => code::script(experiment, library),
        };
        self.clipboard = Some(script);
        self.say(format!(
            "A {} script is on the clipboard; it prints the same numbers as `slalom run`",
            library.label()
        ));
    }

    fn import(&mut self, path: &Path) {
        self.dialog = None;
        let surface = std::sync::Arc::clone(self.document().race.surface());
        match ghosts::imported(path, &*surface) {
            Ok(paths) => {
                let count = paths.len();
                self.document_mut().imported.extend(paths);
                let what = if count == 1 { "a path" } else { "paths" };
                self.say(format!("Imported {what} from {}", path.display()));
            }
            Err(error) => self.fail(error.to_string()),
        }
    }

    fn save(&mut self, path: &Path) {
        match preset::save(path, self.document().experiment()) {
            Ok(()) => {
                self.document_mut().mark_saved(path.to_owned());
                self.dialog = None;
                self.say(format!("Saved to {}", path.display()));
                if let Some(next) = self.after_saving.take() {
                    self.apply_surely(*next);
                }
            }
            Err(error) => {
                self.fail(error.to_string());
                // With the dialog still open, another file can be named.
                if self.dialog.is_none() {
                    self.after_saving = None;
                }
            }
        }
    }

    fn share(&mut self) {
        match preset::to_text(self.document().experiment()) {
            Ok(text) => {
                self.clipboard = Some(text);
                self.say("The preset's text is on the clipboard; paste it into a Slalom window to open it");
            }
            Err(error) => self.fail(error.to_string()),
        }
    }

    /// Says that something worked.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            error: false,
        });
    }

    /// Says what went wrong.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            error: true,
        });
    }
}

/// Whether a file is a path recorded elsewhere rather than a preset.
fn is_recording(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

/// What "New" opens: two racers on Rosenbrock's valley, to be changed at will.
fn new_experiment() -> Experiment {
    let racer = |optimizer| Racer::new(optimizer);
    Experiment {
        title: "New experiment".into(),
        surface: SurfaceChoice::Rosenbrock,
        start: [-1.5, 2.0],
        racers: vec![
            racer(OptimizerChoice::GradientDescent(GradientDescent {
                learning_rate: 0.001,
            })),
            racer(OptimizerChoice::Adam(Adam {
                learning_rate: 0.1,
                ..Adam::default()
            })),
        ],
        ..Experiment::default()
    }
}
