//! The application's state. Commands change it; panels read it.

mod files;
mod play;

use crate::app::change::Change;
use crate::app::command::Command;
use crate::app::data_dialog::DataDialog;
use crate::app::dialogs::Dialog;
use crate::app::document::Document;
use crate::app::export_dialog::ExportDialog;
use crate::app::games::{self, Game};
use crate::app::ghosts;
use crate::app::settings::Settings;
use crate::app::wording::in_words;
use crate::preset;

/// A one-sentence message for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The message.
    pub text: String,
    /// Whether it reports an error.
    pub error: bool,
}

/// The application's state.
#[derive(Debug)]
pub struct State {
    documents: Vec<Document>,
    active: usize,
    /// The user's preferences.
    pub settings: Settings,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The notice at the bottom of the window.
    pub notice: Option<Notice>,
    /// The command to run after saving, chosen in the dialog about unsaved changes.
    after_saving: Option<Box<Command>>,
    /// The user's own settings while a preset overrides them.
    own: Option<Settings>,
    /// The current game.
    pub game: Option<Game>,
    /// Text to copy to the clipboard.
    pub clipboard: Option<String>,
    /// Whether the window should close.
    pub quit: bool,
}

impl State {
    /// Creates a state with one open document.
    #[must_use]
    pub fn new(document: Document, settings: Settings) -> Self {
        Self {
            documents: vec![document],
            active: 0,
            settings,
            dialog: None,
            notice: None,
            after_saving: None,
            own: None,
            game: None,
            clipboard: None,
            quit: false,
        }
    }

    /// Returns the active document.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "there is always a document, and it is active"
    )]
    pub fn document(&self) -> &Document {
        &self.documents[self.active]
    }

    /// Returns the active document, mutably.
    #[expect(
        clippy::indexing_slicing,
        reason = "there is always a document, and it is active"
    )]
    pub fn document_mut(&mut self) -> &mut Document {
        &mut self.documents[self.active]
    }

    /// Executes a command, asking first if it would discard unsaved changes.
    pub fn apply(&mut self, command: Command) {
        if command.hindrance(self).is_some() {
            return;
        }
        match command {
            // A path for comparison does not replace the document.
            Command::OpenFile(path) if preset::is_table(&path) => self.open_table(&path),
            Command::StartGame(games::GameKind::Ladder)
            | Command::New
            | Command::OpenFile(_)
            | Command::OpenBuiltIn(_)
            | Command::OpenText(_)
            | Command::Quit
                if self.document().is_changed() && !self.document().is_of_the_tour() =>
            {
                self.dialog = Some(Dialog::Unsaved {
                    then: Box::new(command),
                });
            }
            other => self.apply_surely(other),
        }
    }

    /// Executes a command without asking about unsaved changes.
    fn apply_surely(&mut self, command: Command) {
        let steps = self.document().steps();
        match command {
            Command::New => self.replace(files::new_experiment(), None),
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

            Command::Select(index) => self.document_mut().selected = index,
            Command::Solo(index) => {
                let document = self.document_mut();
                document.solo = (document.solo != Some(index)).then_some(index);
            }
            Command::ShowWindow(window) => self.document_mut().window = window,
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
            Command::AskForData => {
                let surface = &self.document().experiment().surface;
                let dialog = DataDialog::of_surface(surface);
                self.dialog = Some(Dialog::Data(Box::new(dialog)));
            }
            Command::StartGame(kind) => self.start_game(kind),
            Command::LeaveGame => self.game = None,
            Command::PlayGame(step) => self.play(step),
            Command::PinBaseline => {
                let document = self.document_mut();
                document.pinned = if document.pinned.is_empty() {
                    ghosts::baseline(document)
                } else {
                    Vec::new()
                };
            }
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

    /// Closes the topmost dialog, notice or game, and leaves presenter mode last.
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
            // "From here on" means one step, not every step that passes while a slider moves.
            self.document_mut().playback.playing = false;
        }
        match self.document_mut().change(change) {
            Ok(()) => {
                self.settings.hint_seen = true;
                self.notice = None;
            }
            Err(fault) => self.fail(in_words(&fault.to_string())),
        }
    }

    /// Returns the user's own settings, without those of a preset's author.
    #[must_use]
    pub fn own_settings(&self) -> Settings {
        let mut settings = self.settings.clone();
        if let Some(own) = &self.own {
            settings.restore(own);
        }
        settings
    }

    /// Applies the view settings of the document's author, after restoring the user's own.
    pub fn set_up(&mut self) {
        if let Some(own) = self.own.take() {
            self.settings.restore(&own);
        }
        let view = self.document().author_view().clone();
        if !view.is_empty() {
            self.own = Some(self.settings.clone());
            self.settings.follow(&view);
        }
        self.document_mut().set_up();
    }

    /// Shows a success message.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            error: false,
        });
    }

    /// Shows an error message.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            error: true,
        });
    }
}
