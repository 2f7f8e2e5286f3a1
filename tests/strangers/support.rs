//! Presets whose data lie somewhere, and the program as a shell runs it.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

pub const POINTS: &str = "a,b\n1,2\n2,4\n3,6.5\n4,8\n";
/// As many weights as a network with two features, one hidden neuron and two outputs has.
pub const WEIGHTS: &str = "0.1\n0.2\n0.3\n0.4\n0.5\n0.6\n0.7\n";

/// A folder `home` for a preset, with files in it and around it.
pub struct Around {
    folder: TempDir,
}

impl Around {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let around = Self { folder };
        fs::create_dir_all(around.at("home/sub")).unwrap();
        for file in ["outside.csv", "home/inside.csv", "home/sub/deep.csv"] {
            fs::write(around.at(file), POINTS).unwrap();
        }
        fs::write(around.at("weights.csv"), WEIGHTS).unwrap();
        around
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn text_of(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    /// Writes a preset into the folder `home`.
    pub fn preset(&self, text: &str) -> PathBuf {
        let path = self.at("home/race.ron");
        fs::write(&path, text).unwrap();
        path
    }

    /// Returns the names of the files in a folder, in order.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.at(folder)).unwrap();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

/// A race over a table.
pub fn over(data: &str) -> String {
    format!(
        "(version: 1, surface: LinearRegression(data: {data:?}), start: (0.0, 0.0), steps: 9,\n \
         racers: [(optimizer: Adam(learning_rate: 0.1))])"
    )
}

/// A race of a network from weights.
pub fn from_weights(weights: &str) -> String {
    format!(
        "(version: 1, surface: Network(moons: (rows: 9), hidden: [1], initial: File({weights:?})), \
         steps: 9,\n racers: [(optimizer: Adam(learning_rate: 0.1))])"
    )
}
