//! The real program is killed in the middle of its work, and started again.
//!
//! The window needs a display: the test starts one with Xvfb, and presses keys with xdotool. Where
//! there are none, it says that it was skipped.
#![cfg(all(unix, feature = "window"))]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use slalom::app::{Session, session_from};
use tempfile::TempDir;

/// A machine without a graphics card is slow, and may be busy.
const PATIENCE: Duration = Duration::from_mins(3);

const RACE: &str = r#"(
    version: 1,
    title: "Three racers",
    surface: Beale,
    start: (1.0, 1.6),
    steps: 200,
    racers: [
        (optimizer: GradientDescent(learning_rate: 0.001)),
        (optimizer: Momentum(learning_rate: 0.001, momentum: 0.95)),
        (optimizer: Adam(learning_rate: 0.15)),
    ],
    view: (step: 10),
)"#;

/// A program that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display that nobody sees.
struct Display {
    name: String,
    _server: Running,
}

impl Display {
    /// Starts the display, if the machine has what it needs.
    fn start() -> Option<Self> {
        let has_xdotool = Command::new("xdotool").arg("version").output().is_ok();
        let server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x800x24",
                "-nolisten",
                "tcp",
                // Otherwise it starts over, deaf for a moment, when the last window is closed.
                "-noreset",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Some(mut server) = server.ok().map(Running).filter(|_| has_xdotool) else {
            eprintln!("skipped: there is no Xvfb or no xdotool (Debian: xvfb, xdotool)");
            return None;
        };
        let mut number = String::new();
        let told = server.0.stdout.take().unwrap();
        BufReader::new(told).read_line(&mut number).unwrap();
        Some(Self {
            name: format!(":{}", number.trim()),
            _server: server,
        })
    }

    /// Runs xdotool and returns what it prints.
    fn xdotool(&self, words: &[&str]) -> String {
        let mut command = Command::new("xdotool");
        command.args(words).env("DISPLAY", &self.name);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    }
}

/// The folder that holds the program's data.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("slalom")
    }

    /// Returns what the program said on stderr and in its log.
    fn said(&self) -> String {
        let files = [
            self.0.path().join("stderr"),
            self.folder().join("slalom.log"),
        ];
        files
            .map(|file| fs::read_to_string(file).unwrap_or_default())
            .join("\n")
    }

    /// Returns the sessions with their files.
    fn sessions(&self) -> Vec<(PathBuf, Session)> {
        let files = fs::read_dir(self.folder().join("sessions"));
        let paths = files.into_iter().flatten().map(|file| file.unwrap().path());
        let sessions = paths.filter(|path| path.extension().is_some_and(|it| it == "ron"));
        sessions
            .filter_map(|path| {
                // It may just be removed.
                let text = fs::read_to_string(&path).ok()?;
                Some((path, session_from(&text).unwrap().0))
            })
            .collect()
    }

    /// Waits for the only session to be as it should.
    #[track_caller]
    fn session(&self, what: &str, is_right: impl Fn(&Session) -> bool) -> (PathBuf, Session) {
        self.session_after(Path::new(""), what, is_right)
    }

    /// Waits for the only session to be another than before, and as it should.
    #[track_caller]
    fn session_after(
        &self,
        before: &Path,
        what: &str,
        is_right: impl Fn(&Session) -> bool,
    ) -> (PathBuf, Session) {
        wait_for(what, || match &self.sessions()[..] {
            [(path, session)] if path != before && is_right(session) => {
                Some((path.clone(), session.clone()))
            }
            _ => None,
        })
    }
}

#[track_caller]
fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < until, "{what}: in vain");
        thread::sleep(Duration::from_millis(50));
    }
}

/// A window of the program.
struct Window<'a> {
    program: Running,
    display: &'a Display,
    id: String,
}

impl<'a> Window<'a> {
    fn open(display: &'a Display, home: &Home, preset: Option<&Path>) -> Self {
        let said = home.0.path().join("stderr");
        let program = Command::new(env!("CARGO_BIN_EXE_slalom"))
            .args(preset)
            .env("DISPLAY", &display.name)
            .env("XDG_DATA_HOME", home.0.path())
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env_remove("SLALOM_LOG")
            .stdin(Stdio::null())
            .stderr(fs::File::create(&said).unwrap())
            .spawn()
            .unwrap();
        let mut program = Running(program);
        let id = program.0.id().to_string();
        let window = wait_for("window", || {
            let ended = program.0.try_wait().unwrap();
            assert!(ended.is_none(), "{ended:?}: {}", home.said());
            let ids = display.xdotool(&["search", "--onlyvisible", "--pid", &id]);
            ids.lines().next().map(str::to_owned)
        });
        Self {
            program,
            display,
            id: window,
        }
    }

    /// Presses keys, one after the other.
    fn press(&self, keys: &[&str]) {
        // Without a window manager, nothing else gives it the focus.
        self.display.xdotool(&["windowfocus", "--sync", &self.id]);
        for key in keys {
            self.display.xdotool(&["key", key]);
            // xdotool is faster than a window in which a key is pressed and let go.
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// Ends the program by a signal and returns how it ended.
    fn end(mut self, signal: &str) -> ExitStatus {
        let id = self.program.0.id().to_string();
        Command::new("kill").args([signal, &id]).status().unwrap();
        self.program.0.wait().unwrap()
    }
}

/// Presses → until the playhead is somewhere else, which shows that the window hears keys.
fn step(window: &Window<'_>, home: &Home) -> f64 {
    let (_, before) = home.session("first session", |_| true);
    let playhead = before.tabs[0].playhead;
    let moved = wait_for("step", || {
        window.press(&["Right"]);
        let sessions = home.sessions();
        let now = sessions
            .first()
            .map(|(_, session)| session.tabs[0].playhead);
        now.filter(|now| *now != playhead)
    });
    assert!(moved > playhead);
    moved
}

/// Returns whether nothing is missing in a session that was restored.
fn is_as(restored: &Session, before: &Session) -> bool {
    restored.tabs == before.tabs && restored.active == before.active
}

#[test]
fn nothing_is_lost_when_the_program_is_killed() {
    let Some(display) = Display::start() else {
        return;
    };
    let home = Home::new();
    let race = home.0.path().join("race.ron");
    fs::write(&race, RACE).unwrap();
    let window = Window::open(&display, &home, Some(&race));
    step(&window, &home);
    // Without the selected racer, the race is unsaved; a second tab is opened, and is paused.
    window.press(&["Delete", "ctrl+t", "space", "Right", "Right"]);
    let (file, before) = home.session("changes", |session| {
        let tabs = &session.tabs;
        tabs.len() == 2
            && tabs[0].saved.is_some()
            && tabs[0].preset.experiment.racers.len() == 2
            && session.active == 1
            && !tabs[1].playing
            && tabs[1].playhead >= 2.0
    });
    assert_eq!(before.tabs[0].source.path(), Some(&*race));
    assert_eq!(window.end("-KILL").signal(), Some(9));

    let window = Window::open(&display, &home, None);
    let is_restored = |session: &Session| is_as(session, &before);
    let (restored, after) = home.session_after(&file, "restored tabs", is_restored);
    assert!(!after.ended && !file.exists());

    // The system ends programs more politely.
    assert_eq!(window.end("-TERM").code(), Some(143));
    let window = Window::open(&display, &home, None);
    home.session_after(&restored, "tabs again", is_restored);
    assert_eq!(
        fs::read_to_string(&race).unwrap(),
        RACE,
        "nothing was saved to it"
    );

    // The log says of each start, and of the signal.
    let log = fs::read_to_string(home.folder().join("slalom.log")).unwrap();
    let starts = log.lines().filter(|line| line.contains(" info Slalom 0"));
    assert_eq!(starts.count(), 3, "{log}");
    assert!(log.contains("ended from outside: Termination"), "{log}");
    drop(window);
}

#[test]
fn two_programs_at_once_leave_each_other_alone() {
    let Some(display) = Display::start() else {
        return;
    };
    let home = Home::new();
    let race = home.0.path().join("race.ron");
    fs::write(&race, RACE).unwrap();
    let one = Window::open(&display, &home, Some(&race));
    let (file, before) = home.session("first window", |_| true);
    let other = Window::open(&display, &home, None);
    let second = wait_for("second window", || {
        let sessions = home.sessions();
        let mut others = sessions.into_iter().filter(|(path, _)| *path != file);
        others.next().map(|(path, _)| path)
    });
    assert_eq!(one.end("-KILL").signal(), Some(9));
    // A third one restores the first, not the second, which still runs.
    let third = Window::open(&display, &home, None);
    wait_for("restored window", || {
        let sessions = home.sessions();
        let mut others = sessions
            .iter()
            .filter(|(path, _)| *path != second && *path != file);
        others
            .find(|(_, session)| is_as(session, &before))
            .map(drop)
    });
    wait_for("end of the old session", || (!file.exists()).then_some(()));
    assert!(second.exists());
    drop((other, third));
}
