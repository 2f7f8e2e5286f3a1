//! Data files for tests.

use std::fs;
use std::path::PathBuf;

use slalom::experiment::Experiment;
use slalom::preset::{self, PresetError};
use tempfile::TempDir;

/// A folder with a data file and a preset beside it.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    /// `points.csv` with this text.
    pub fn with(csv: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("points.csv"), csv).unwrap();
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The race on `surface` of these racers, as a preset beside the data.
    pub fn open(&self, surface: &str, racers: &str) -> Result<Experiment, PresetError> {
        let preset = self.path("race.ron");
        let text = format!(
            "(version: 1, surface: {surface}, start: (0, 0), steps: 10, racers: [{racers}])"
        );
        fs::write(&preset, text).unwrap();
        preset::open(&preset).map(|preset| preset.experiment)
    }

    /// What is wrong with it: line and column in the preset, and the sentence without the folder.
    pub fn wrong(&self, surface: &str) -> String {
        let error = self.open(surface, "").expect_err(surface).to_string();
        let folder = format!("{}/", self.folder.path().display());
        error.replace(&folder, "")
    }
}
