//! What each command does. Nothing else changes the state.

mod files;
mod hindrance;
mod play;
mod tabs;

use super::command::Command;
use super::document::Document;
use super::document::change::Change;
use super::document::ghost;
use super::document::wording::in_words;
use super::games;
use super::workspace::{Asked, State};
use crate::preset;

impl State {
    /// Executes a command, asking first if it would discard unsaved changes.
    pub fn apply(&mut self, command: Command) {
        if command.hindrance(self).is_some() {
            return;
        }
        match command {
            // A path for comparison does not replace the document.
            Command::OpenFile(path) if preset::is_table(&path) => self.open_table(&path),
            Command::CloseActiveTab => self.apply(Command::CloseTab(self.active)),
            command => match self.would_lose(&command) {
                Some(tab) => {
                    self.show_tab(tab);
                    self.asked = Some(Asked::Unsaved {
                        then: Box::new(command),
                    });
                }
                None => self.apply_surely(command),
            },
        }
    }

    /// Returns the tab whose unsaved changes a command would discard first, if there is one.
    fn would_lose(&self, command: &Command) -> Option<usize> {
        let is_unsaved = |tab: &usize| self.documents.get(*tab).is_some_and(Document::is_unsaved);
        let active = || Some(self.active).filter(is_unsaved);
        match command {
            Command::Quit => active().or_else(|| (0..self.documents.len()).find(is_unsaved)),
            Command::CloseTab(tab) => Some(*tab).filter(is_unsaved),
            Command::StartGame(games::GameKind::Ladder)
            | Command::New
            | Command::OpenFile(_)
            | Command::OpenBuiltIn(_)
            | Command::OpenText(_) => active(),
            _ => None,
        }
    }

    /// Executes a command without asking about unsaved changes.
    fn apply_surely(&mut self, command: Command) {
        let steps = self.document().steps();
        match command {
            Command::New => self.replace(files::new_experiment(), None),
            Command::Open => self.asked = Some(Asked::Open),
            Command::OpenFile(path) => {
                let opened = preset::open(&path);
                self.open(opened, Some(path));
            }
            Command::OpenBuiltIn(name) => self.open(preset::load_built_in(name), None),
            Command::OpenText(text) => self.open(preset::from_text("pasted text", &text), None),
            Command::AddText(text) => self.add_text(&text),
            Command::Save => {
                self.after_saving = match self.asked.take() {
                    Some(Asked::Unsaved { then }) => Some(then),
                    _ => None,
                };
                match self.document().path.clone() {
                    Some(path) => self.save(&path),
                    None => self.asked = Some(Asked::Save),
                }
            }
            Command::SaveAs => self.asked = Some(Asked::Save),
            Command::SaveTo(path) => self.save(&path),
            Command::Export => self.asked = Some(Asked::Export),
            Command::Notify(notice) => self.notice = Some(notice),
            Command::Share => self.share(),
            Command::Quit => self.quit = true,

            Command::NewTab => self.new_tab(),
            Command::InNewTab(command) => {
                self.new_tab();
                self.apply_surely(*command);
            }
            Command::ShowTab(index) => self.show_tab(index),
            Command::NextTab => self.next_tab(1),
            Command::PreviousTab => self.next_tab(self.documents.len().saturating_sub(1)),
            Command::CloseTab(index) => self.close_tab(index),
            Command::CloseActiveTab => self.close_tab(self.active),
            Command::MoveTab { from, to } => self.move_tab(from, to),

            Command::Change(change) => self.change(change),
            Command::Undo => self.document_mut().undo(),
            Command::Redo => self.document_mut().redo(),
            Command::GoTo(position) => self.document_mut().go_to(position),

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

            Command::Select(index) => {
                let racers = self.document().experiment().racers.len();
                self.document_mut().selected = index.filter(|&index| index < racers);
            }
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
            Command::AskForData => self.asked = Some(Asked::Data(None)),
            Command::StartGame(kind) => self.start_game(kind),
            Command::LeaveGame => self.game = None,
            Command::PlayGame(step) => self.play(step),
            Command::PinBaseline => {
                let document = self.document_mut();
                document.pinned = if document.pinned.is_empty() {
                    ghost::baseline(document)
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
                let linked = &mut self.document_mut().linked;
                if !linked.remove(&name) {
                    linked.insert(name);
                }
            }
            Command::Rank(ranking) => self.settings.ranking = ranking,
            Command::Palette => self.asked = Some(Asked::Palette),
            Command::Help => self.asked = Some(Asked::Help),
            Command::Dismiss => self.dismiss(),
            Command::Discard => {
                if let Some(Asked::Unsaved { then }) = self.asked.take() {
                    self.apply_surely(*then);
                }
            }
        }
    }

    /// Closes the topmost dialog, notice or game, and leaves presenter mode last.
    fn dismiss(&mut self) {
        self.after_saving = None;
        if self.asked.take().is_some() || self.notice.take().is_some() || self.game.take().is_some()
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
}
