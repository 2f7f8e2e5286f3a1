//! A folder with a race in it, and the exports of that race.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long a test waits for what has to happen, before it fails instead of waiting for ever.
const PATIENCE: Duration = Duration::from_mins(2);

/// Copies its input to its last argument.
pub const COPYING: &str = "for last; do :; done\nexec cat > \"$last\"\n";

/// The exports: the file to write, and the arguments without it.
pub const EXPORTS: &[(&str, &[&str])] = &[
    ("race.csv", &["run", "race.ron"]),
    ("race.json", &["run", "race.ron", "--format", "json"]),
    ("race.py", &["code", "race.ron", "--library", "pytorch"]),
    ("weights.csv", &["run", "network.ron"]),
    ("weights.npy", &["run", "network.ron"]),
    ("race.png", &["render", "race.ron", "--size", "320x240"]),
    ("race.svg", &["render", "race.ron", "--size", "320x240"]),
    ("race.pdf", &["render", "race.ron", "--size", "320x240"]),
    ("race.gif", &["render", "race.ron", "--size", "320x240"]),
    ("race.apng", &["render", "race.ron", "--size", "320x240"]),
    ("race.mp4", &["render", "race.ron", "--size", "320x240"]),
    ("race.webm", &["render", "race.ron", "--size", "320x240"]),
];

/// The presets in the folder of a stage.
const PRESETS: [&str; 2] = ["race.ron", "network.ron"];

/// A folder with presets, and another with a script that stands in for ffmpeg.
pub struct Stage {
    folder: TempDir,
    programs: TempDir,
}

impl Stage {
    /// A race of a few steps.
    pub fn new() -> Self {
        Self::with_steps(6)
    }

    pub fn with_steps(steps: usize) -> Self {
        let stage = Self {
            folder: tempfile::tempdir().unwrap(),
            programs: tempfile::tempdir().unwrap(),
        };
        let race = format!(
            "(version: 1, surface: Beale, start: (1.0, 1.6), steps: {steps}, racers: [
                (optimizer: Momentum(learning_rate: 0.001)), (optimizer: Adam(learning_rate: 0.1))])"
        );
        let network = format!(
            "(version: 1, surface: Network(xor: (rows: 40), hidden: [16, 16]), steps: {steps},
                racers: [(optimizer: Adam(learning_rate: 0.05))])"
        );
        fs::write(stage.path("race.ron"), race).unwrap();
        fs::write(stage.path("network.ron"), network).unwrap();
        stage.ffmpeg(COPYING);
        stage
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lets a shell script stand in for ffmpeg.
    pub fn ffmpeg(&self, script: &str) {
        let file = self.programs.path().join("ffmpeg");
        let begin = "#!/bin/sh\n[ \"$1\" = -version ] && exit 0\n";
        // Written beside, since a script that is being written cannot be started.
        let new = self.programs.path().join("new");
        fs::write(&new, format!("{begin}{script}")).unwrap();
        fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
        fs::rename(new, file).unwrap();
    }

    /// The command of an export into `output`.
    pub fn export(&self, output: &str, arguments: &[&str]) -> Command {
        self.prefixed(&[], output, arguments)
    }

    /// The same, started by another program.
    pub fn prefixed(&self, prefix: &[&str], output: &str, arguments: &[&str]) -> Command {
        let slalom = env!("CARGO_BIN_EXE_slalom");
        let option = if output.contains("weights") {
            "--weights"
        } else {
            "-o"
        };
        let mut all = prefix.to_vec();
        all.push(slalom);
        all.extend(arguments);
        all.extend([option, output]);
        let paths = std::env::var_os("PATH").unwrap();
        let paths = std::env::split_paths(&paths);
        let paths = [self.programs.path().to_owned()].into_iter().chain(paths);
        let mut command = Command::new(all[0]);
        command
            .args(&all[1..])
            .current_dir(self.folder())
            .env("PATH", std::env::join_paths(paths).unwrap())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// The names of all files in the folder except the presets.
    pub fn files(&self) -> Vec<String> {
        names(self.folder())
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !PRESETS.contains(&&**name)).collect();
    names.sort();
    names
}

/// The temporary file in a folder, when there is one.
pub fn unfinished(folder: &Path) -> Option<PathBuf> {
    let names = names(folder).into_iter();
    let mut hidden = names.filter(|name| name.starts_with(".slalom-"));
    hidden.next().map(|name| folder.join(name))
}

/// Waits until `found` finds something.
pub fn wait_for<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(begin.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// The sentence on standard error of a program that ended with this exit code.
pub fn sentence(ended: &Output, code: i32) -> String {
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(code), "{said}");
    assert_eq!(said.matches('\n').count(), 1, "{said}");
    assert!(said.starts_with("slalom: ") && said.len() < 1000, "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said.trim_end().to_owned()
}

/// Asserts that a program succeeded and said nothing.
pub fn assert_silent_success(ended: &Output) {
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!((ended.status.code(), &*said), (Some(0), ""));
}

/// Sends a signal to a process.
pub fn send(signal: &str, process: u32) {
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -{signal} {process}")])
        .status();
    assert!(sent.unwrap().success());
}
