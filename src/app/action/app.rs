//! Actions on the whole window.

use std::path::PathBuf;

use super::table::{self, ONLY_ONE_TAB, Subject};
use crate::app::document::Document;
use crate::app::document::ids::DocumentId;
use crate::app::document::lessons::LessonAt;
use crate::app::games::{GameKind, GameMove};
use crate::app::settings::Settings;
use crate::app::settings::library::Entry;
use crate::app::workspace::{Asked, Comparison, Drawer, Next, Notice, Opening, Workspace};

/// An action on the whole window.
#[derive(Clone, Debug, PartialEq)]
pub enum AppAction {
    /// Do what an entry of the table does.
    Do(&'static table::Entry),
    /// Open something in place of the active document.
    Open(Opening),
    /// Open something in a new tab.
    OpenBeside(Opening),
    /// Open a file that was dropped or chosen: a preset, a table of data or a recorded path.
    OpenFile(PathBuf),
    /// Save the active document to a file.
    SaveTo(PathBuf),
    /// Ask for data, starting with those of a file.
    AskForData(PathBuf),
    /// Show the tab of a document.
    Show(DocumentId),
    /// Close a document.
    Close(DocumentId),
    /// Move the tab of a document to an index.
    MoveTab(DocumentId, usize),
    /// Compare two documents, or end the comparison.
    Compare(Option<Comparison>),
    /// Compare the active document with a copy of itself, which becomes the active one.
    CompareWithCopy,
    /// Open something in a new tab and compare it with the active document.
    CompareWith(Opening),
    /// Make one of the two documents that are compared the active one.
    WorkOn(DocumentId),
    /// Set the preferences.
    Settings(Box<Settings>),
    /// Keep a rule or a surface in the library, or ask under which name if that is taken or missing.
    Keep(Box<Entry>),
    /// Keep it in place of one of the same name.
    KeepAnyway(Box<Entry>),
    /// Open a drawer of a narrow window, or close the one that is open.
    ShowDrawer(Option<Drawer>),
    /// Set the speed; 1 is 25 steps per second.
    Speed(f64),
    /// Start a game.
    StartGame(GameKind),
    /// Make a move in the current game.
    PlayGame(GameMove),
    /// Leave the current game.
    LeaveGame,
    /// Show a notice at the bottom of the window.
    Notify(Notice),
    /// Give up what is being opened.
    StopWaiting,
    /// Open the page with the active document.
    OpenPage,
    /// Lose the changes that the dialog asks about.
    Discard,
    /// Let the preset that the dialog asks about read data outside of its folder.
    Allow,
}

impl From<&LessonAt> for AppAction {
    /// Returns the action that opens a lesson.
    fn from(lesson: &LessonAt) -> Self {
        Self::Open(lesson.into())
    }
}

impl AppAction {
    /// Returns why the action cannot be performed now; `None` if it can.
    #[must_use]
    pub fn hindrance(&self, workspace: &Workspace) -> Option<&'static str> {
        match self {
            Self::Do(entry) => entry.hindrance(workspace, workspace.active()),
            Self::Close(_) if workspace.documents().len() < 2 => Some(ONLY_ONE_TAB),
            _ => None,
        }
    }
}

impl Workspace {
    pub(super) fn perform_app(&mut self, action: AppAction) {
        if action.hindrance(self).is_some() {
            return;
        }
        match action {
            AppAction::Do(entry) => match entry.subject {
                Subject::App(act) => act(self),
                Subject::Document(act) => act(self.active_mut()),
            },
            AppAction::Open(opening) => self.ask_or_go_on(Next::Open(opening)),
            AppAction::OpenBeside(opening) => self.open_beside(opening),
            AppAction::OpenFile(path) => self.open_file(path),
            AppAction::SaveTo(path) => self.save(&path),
            AppAction::AskForData(path) => self.asked = Some(Asked::Data(Some(path))),
            AppAction::Show(id) => self.show(id),
            AppAction::Close(id) => self.ask_or_go_on(Next::Close(id)),
            AppAction::MoveTab(id, to) => self.move_tab(id, to),
            AppAction::Compare(comparison) => {
                self.asked = None;
                self.compare(comparison);
            }
            AppAction::CompareWithCopy => self.compare_with_copy(),
            AppAction::CompareWith(opening) => self.open_compared(opening),
            AppAction::WorkOn(id) => self.work_on(id),
            AppAction::Settings(settings) => self.settings = *settings,
            AppAction::Keep(entry) => self.ask_or_keep(*entry),
            AppAction::KeepAnyway(entry) => self.keep_in_library(*entry),
            AppAction::ShowDrawer(drawer) => self.drawer = drawer,
            AppAction::Speed(speed) => self.settings.speed = speed.clamp(0.1, 50.0),
            AppAction::StartGame(kind) => self.start_game(kind),
            AppAction::PlayGame(step) => self.play_game(step),
            AppAction::LeaveGame => self.game = None,
            AppAction::Notify(notice) => self.notice = Some(notice),
            AppAction::StopWaiting => self.stop_waiting(),
            AppAction::OpenPage => self.open_page(),
            AppAction::Allow => self.allow(),
            AppAction::Discard => {
                if let Some(Asked::Unsaved { then }) = self.asked.take() {
                    self.go_on(then);
                }
            }
        }
    }

    /// Does what may lose unsaved changes, after asking if it would.
    pub(super) fn ask_or_go_on(&mut self, next: Next) {
        match self.would_lose(&next) {
            Some(id) => {
                self.show(id);
                self.asked = Some(Asked::Unsaved { then: next });
            }
            None => self.go_on(next),
        }
    }

    /// Returns the document whose unsaved changes would be lost first, if there is one.
    fn would_lose(&self, next: &Next) -> Option<DocumentId> {
        let unsaved = |document: &Document| document.is_unsaved().then(|| document.id());
        let active = || unsaved(self.active());
        match next {
            Next::Quit => active().or_else(|| self.documents().iter().find_map(unsaved)),
            Next::Close(id) => self.document(*id).and_then(unsaved),
            Next::Open(_) => active(),
        }
    }

    /// Does what may lose unsaved changes, without asking.
    pub(super) fn go_on(&mut self, next: Next) {
        match next {
            Next::Quit => self.quit = true,
            Next::Close(id) => self.close(id),
            Next::Open(opening) => self.open(opening),
        }
    }

    /// Closes the topmost dialog, notice, game or large picture, and leaves presenter mode last.
    pub(super) fn dismiss(&mut self) {
        self.after_saving = None;
        if self.asked.take().is_some()
            || self.notice.take().is_some()
            || self.drawer.take().is_some()
            || self.game.take().is_some()
        {
            return;
        }
        let view = &mut self.active_mut().view;
        if std::mem::take(&mut view.large_data) {
            return;
        }
        self.settings.presenter = false;
        self.active_mut().end_solo();
    }
}
