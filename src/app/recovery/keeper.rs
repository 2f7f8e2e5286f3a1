//! Writes settings, session and the place of the window beside the frames of the window.
//!
//! The window hands over what has changed in every frame; a thread writes the newest at most every
//! two seconds. So nothing depends on further frames: a window at rest draws none.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::running::Held;
use super::session::Session;
use super::settings_file::SettingsFile;
use super::window_place::WindowPlace;
use crate::app::settings::Settings;
use crate::engine::caught;
use crate::file;

/// How long the thread rests after it has written.
const PAUSE: Duration = Duration::from_secs(2);
/// How long it rests after it could not write.
const LONG_PAUSE: Duration = Duration::from_secs(10);
/// How long the end of the program waits for the last writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the window and the thread share.
#[derive(Debug, Default)]
struct Shared {
    board: Mutex<Board>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Board {
    session: Option<Session>,
    settings: Option<Settings>,
    place: Option<WindowPlace>,
    /// Whether the thread is writing.
    is_writing: bool,
    /// Whether someone waits for it.
    is_urgent: bool,
    /// Whether the thread should end once everything is written.
    should_end: bool,
    /// Why nothing can be kept, until the window has taken it.
    failure: Option<String>,
}

impl Board {
    fn has_work(&self) -> bool {
        self.session.is_some() || self.settings.is_some() || self.place.is_some()
    }
}

impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, board: MutexGuard<'a, Board>, long: Duration) -> MutexGuard<'a, Board> {
        let waited = self.changed.wait_timeout(board, long);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Where the thread writes.
#[derive(Debug)]
pub struct Files {
    /// The session of this program.
    pub own: Held,
    /// The settings.
    pub settings: SettingsFile,
    /// The file of the window's place.
    pub window: PathBuf,
    /// The sessions that have been restored, which are removed once this program has kept theirs.
    pub restored: Vec<Held>,
}

impl Files {
    fn write_session(&mut self, session: &Session) -> io::Result<()> {
        let text = session.to_text().map_err(io::Error::other)?;
        file::replace(&self.own.file, text.as_bytes())?;
        self.restored.drain(..).for_each(Held::remove);
        Ok(())
    }
}

/// The thread that keeps settings and session.
#[derive(Debug)]
pub struct Keeper {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// Has everything written at once, from any thread.
#[derive(Clone, Debug)]
pub struct Flush(Arc<Shared>);

impl Keeper {
    /// Starts the thread. It calls `wake` when the window has to say that something failed.
    ///
    /// # Errors
    /// Returns an error if the system has no thread for it.
    pub fn start(files: Files, wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let name = "keeper".to_owned();
        let work = move || work(&theirs, files, &wake);
        let thread = thread::Builder::new().name(name).spawn(work)?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Hands over a session to be kept in place of any before it.
    pub fn keep_session(&self, session: Session) {
        self.shared.board().session = Some(session);
        self.shared.changed.notify_all();
    }

    /// Hands over settings to be kept.
    pub fn keep_settings(&self, settings: Settings) {
        self.shared.board().settings = Some(settings);
        self.shared.changed.notify_all();
    }

    /// Hands over the place of the window to be kept.
    pub fn keep_place(&self, place: WindowPlace) {
        self.shared.board().place = Some(place);
        self.shared.changed.notify_all();
    }

    /// Returns why nothing can be kept, once.
    #[must_use]
    pub fn take_failure(&self) -> Option<String> {
        self.shared.board().failure.take()
    }

    /// Returns a handle for those who end the program.
    #[must_use]
    pub fn flush(&self) -> Flush {
        Flush(Arc::clone(&self.shared))
    }
}

impl Flush {
    /// Writes what has been handed over, and returns when that is done or takes too long.
    pub fn now(&self) {
        let until = Instant::now() + PATIENCE;
        let mut board = self.0.board();
        board.is_urgent = true;
        self.0.changed.notify_all();
        while board.has_work() || board.is_writing {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            board = self.0.wait(board, left);
        }
    }
}

impl Drop for Keeper {
    /// Writes what is left.
    fn drop(&mut self) {
        self.flush().now();
        let mut board = self.shared.board();
        board.should_end = true;
        let is_stuck = board.is_writing;
        drop(board);
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take().filter(|_| !is_stuck) {
            // A panic there has nothing more to say.
            let _ = thread.join();
        }
    }
}

fn work(shared: &Shared, mut files: Files, wake: &dyn Fn()) {
    let mut rest_until = Instant::now();
    let mut is_failing = false;
    loop {
        let mut board = shared.board();
        while !board.should_end {
            let left = rest_until.saturating_duration_since(Instant::now());
            if board.has_work() && (left.is_zero() || board.is_urgent) {
                break;
            }
            // With nothing to do, it would sleep for ever; the length of a nap does not matter.
            let nap = if board.has_work() { left } else { LONG_PAUSE };
            board = shared.wait(board, nap);
        }
        if !board.has_work() {
            return;
        }
        let (session, settings) = (board.session.take(), board.settings.take());
        let place = board.place.take();
        let may_try_again = !board.is_urgent && !board.should_end;
        board.is_writing = true;
        board.is_urgent = false;
        drop(board);

        let kept = caught(|| keep(&mut files, session.as_ref(), settings.as_ref(), place));
        let kept =
            kept.unwrap_or_else(|panic| Err(format!("The open tabs cannot be kept: {panic}")));

        let mut board = shared.board();
        board.is_writing = false;
        let pause = match kept {
            Ok(()) => {
                is_failing = false;
                PAUSE
            }
            Err(why) => {
                if may_try_again {
                    // What has been handed over in the meantime is newer.
                    board.session = board.session.take().or(session);
                    board.settings = board.settings.take().or(settings);
                }
                // Said once until it works again.
                if !std::mem::replace(&mut is_failing, true) {
                    board.failure = Some(why);
                }
                LONG_PAUSE
            }
        };
        rest_until = Instant::now() + pause;
        let should_wake = board.failure.is_some();
        drop(board);
        shared.changed.notify_all();
        if should_wake {
            wake();
        }
    }
}

/// Writes everything, even if some of it fails.
fn keep(
    files: &mut Files,
    session: Option<&Session>,
    settings: Option<&Settings>,
    place: Option<WindowPlace>,
) -> Result<(), String> {
    let session = session.map_or(Ok(()), |it| files.write_session(it));
    let settings = settings.map_or(Ok(()), |it| files.settings.write(it));
    if let Some(Ok(text)) = place.map(WindowPlace::to_text) {
        // A window in another place is no loss worth a word.
        let _ = file::replace(&files.window, text.as_bytes());
    }
    session.map_err(|cause| format!("The open tabs cannot be kept for the next start: {cause}"))?;
    settings.map_err(|cause| format!("The settings cannot be kept: {cause}"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::channel;

    use super::super::folder::Folder;
    use super::super::in_file::session_from;
    use super::*;

    fn files(folder: &Folder) -> Files {
        folder.create().unwrap();
        Files {
            own: Held::create(&folder.sessions()).unwrap(),
            settings: SettingsFile::open(folder).0,
            window: folder.window(),
            restored: Vec::new(),
        }
    }

    fn session(active: usize) -> Session {
        Session {
            ended: active == 1,
            ..Session::default()
        }
    }

    #[test]
    fn what_is_handed_over_last_is_written_and_restored_sessions_are_removed() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::new(temporary.path().to_owned());
        let mut files = files(&folder);
        let path = files.own.file.clone();
        let restored = Held::create(&folder.sessions()).unwrap();
        let gone = restored.file.clone();
        fs::write(&gone, "tabs").unwrap();
        files.restored.push(restored);
        let keeper = Keeper::start(files, || {}).unwrap();
        for active in [0, 1] {
            keeper.keep_session(session(active));
            keeper.flush().now();
        }
        let read = || session_from(&fs::read_to_string(&path).unwrap()).unwrap().0;
        assert_eq!(read(), session(1));
        assert!(!gone.exists());
        keeper.keep_session(session(0));
        keeper.keep_settings(Settings::default());
        drop(keeper);
        assert_eq!(read(), session(0));
        assert!(folder.settings().exists());
    }

    /// A folder stands where the session would be written.
    #[test]
    fn a_failure_is_said_once_and_hinders_nothing() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::new(temporary.path().to_owned());
        let files = files(&folder);
        fs::create_dir(&files.own.file).unwrap();
        let restored = Held::create(&folder.sessions()).unwrap();
        let stays = restored.file.clone();
        fs::write(&stays, "tabs").unwrap();
        let files = Files {
            restored: vec![restored],
            ..files
        };
        let (wake, woken) = channel();
        let keeper = Keeper::start(files, move || wake.send(()).unwrap()).unwrap();
        keeper.keep_session(session(0));
        woken.recv().unwrap();
        let said = keeper.take_failure().unwrap();
        assert!(said.starts_with("The open tabs cannot be kept"), "{said}");
        keeper.keep_session(session(0));
        keeper.keep_settings(Settings::default());
        keeper.flush().now();
        assert_eq!(keeper.take_failure(), None);
        assert!(folder.settings().exists());
        assert!(stays.exists(), "nothing else has it");
    }
}
