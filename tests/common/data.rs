//! Data files for tests.

use std::fs;
use std::path::PathBuf;

use slalom::experiment::Experiment;
use slalom::preset::{self, PresetError};
use tempfile::TempDir;

/// A temporary folder with a data file and a preset.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    /// A folder with this text in `points.csv`.
    pub fn with(csv: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("points.csv"), csv).unwrap();
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Opens a race of these racers on `surface`, from a preset next to the data.
    pub fn open(&self, surface: &str, racers: &str) -> Result<Experiment, PresetError> {
        let preset = self.path("race.ron");
        let text = format!(
            "(version: 1, surface: {surface}, start: (0, 0), steps: 10, racers: [{racers}])"
        );
        fs::write(&preset, text).unwrap();
        preset::open(&preset).map(|preset| preset.experiment)
    }

    /// The error that opening gives: the location in the preset and the message, without the
    /// folder's path.
    pub fn wrong(&self, surface: &str) -> String {
        let error = self.open(surface, "").expect_err(surface).to_string();
        let folder = format!("{}/", self.folder.path().display());
        error.replace(&folder, "")
    }
}
