//! Races over files, and the program as a shell runs it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use slalom::experiment::Experiment;
use slalom::preset::{self, Preset};
use slalom::simulation::simulate;
use tempfile::TempDir;

/// Joins lines.
pub fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

pub fn slalom(arguments: &[&str], input: &[u8]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = program.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that refuses its arguments reads nothing.
        let _ = stdin.write_all(&input);
    });
    let output = program.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

pub fn printed(arguments: &[&str], input: &[u8]) -> String {
    let output = slalom(arguments, input);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        (output.status.code(), &*said),
        (Some(0), ""),
        "{arguments:?}"
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The sentence with which a command fails.
pub fn complaint(arguments: &[&str], input: &[u8]) -> String {
    let output = slalom(arguments, input);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty());
    assert_eq!(said.matches('\n').count(), 1, "{said}");
    said.trim_end().to_owned()
}

/// A folder with a network whose data and weights lie in other folders.
pub struct Scattered {
    pub folder: TempDir,
    pub preset: PathBuf,
}

pub const POINTS: &str = "a;b;kind\n0,5;1;x\n1,5;2;y\n2,5;0;x\n3,5;5;y\n4,5;1;x\n";

impl Scattered {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for inner in ["data", "weights"] {
            fs::create_dir(at(inner)).unwrap();
        }
        fs::write(at("data/points.csv"), POINTS).unwrap();
        let weights = lines((0..17).map(|it| (f64::from(it) / 8.0).to_string()));
        fs::write(at("weights/points.csv"), weights).unwrap();
        let text = "(version: 1, title: \"Scattered\", surface: Network(data: \"data/points.csv\", \
                    hidden: [3], initial: File(\"weights/points.csv\")), steps: 5, racers: \
                    [(optimizer: Adam(learning_rate: 0.1))])";
        let preset = at("race.ron");
        fs::write(&preset, text).unwrap();
        Self { folder, preset }
    }

    pub fn open(&self) -> Preset {
        preset::open(&self.preset).unwrap()
    }
}

/// The contents of the files that a race names, by the fields that name them.
pub fn contents(experiment: &Experiment) -> Vec<(&'static str, Vec<u8>)> {
    let mut found = Vec::new();
    let looked_at = experiment.surface.with_files(|field, file| {
        found.push((field, file.read(u64::MAX)?));
        Ok::<_, slalom::file::ReadError>(file.clone())
    });
    looked_at.unwrap();
    found
}

/// A race whose files are named otherwise, for comparison.
pub fn without_files(mut experiment: Experiment) -> Experiment {
    let surface = experiment.surface.with_files(|_, _| Ok::<_, ()>("".into()));
    experiment.surface = surface.unwrap();
    experiment
}

/// The paths of a race in a form in which NaN equals itself.
pub fn paths(preset: &Preset) -> String {
    format!("{:?}", simulate(&preset.experiment))
}

/// Returns a link with this text and no files, made without the program's own code.
pub fn forged(text: &str) -> String {
    use flate2::write::DeflateEncoder;
    let mut all = u32::try_from(text.len()).unwrap().to_le_bytes().to_vec();
    all.extend(text.as_bytes());
    all.extend([0, 0]);
    let mut deflate = DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    deflate.write_all(&all).unwrap();
    let rest = deflate.finish().unwrap();
    let mut crc = flate2::Crc::new();
    crc.update(&rest);
    let mut bytes = u32::try_from(rest.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(crc.sum().to_le_bytes());
    bytes.extend(rest);
    format!("slalom1:{}", slalom::base64::encode_for_address(&bytes))
}

pub static LINK: LazyLock<String> =
    LazyLock::new(|| preset::link(&Scattered::new().open()).unwrap());
