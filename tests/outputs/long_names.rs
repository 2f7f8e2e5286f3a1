//! Names and values of any length, which no message repeats as a whole.

use std::fs;
use std::process::{Command, Stdio};

use crate::stage::Stage;

/// More than anyone reads, with the escapes and the wide letters of foreign text.
const LONGEST_MESSAGE: usize = 4000;

/// Runs a command that fails, and returns what it says.
fn complaint(stage: &Stage, arguments: &[&str]) -> String {
    let ended = Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(arguments)
        .current_dir(stage.folder())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    let begin: String = said.chars().take(200).collect();
    assert_eq!(ended.status.code(), Some(2), "{begin}");
    assert!(
        said.len() < LONGEST_MESSAGE,
        "{} bytes: {begin}",
        said.len()
    );
    assert!(said.len() > 20 && said.matches('\n').count() == 1, "{said}");
    // Programs find the file there as it was given.
    let given = arguments.iter().map(|it| it.len()).max().unwrap_or(0);
    let told = ended.stdout;
    assert!(
        told.len() < given + 3 * LONGEST_MESSAGE,
        "{} bytes: {begin}",
        told.len()
    );
    said
}

/// Presets with a fault near a name, or in a name, that stands for `LONG`.
const PRESETS: &[&str] = &[
    "surface: LONG, start: (1, 1), steps: 9, racers: []",
    "surface: LONG(), start: (1, 1), steps: 9, racers: []",
    "LONG: 1, surface: Beale, start: (1, 1), steps: 9, racers: []",
    "surface: Beale, start: (1, 1), steps: \"LONG\", racers: []",
    "surface: Beale, start: (1, 1), steps: LONG, racers: []",
    "surface: Beale, start: (1, 1), steps: 9, racers: \"LONG\"",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(optimizer: LONG())]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(optimizer: Adam(LONG: 1))]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(optimizer: Adam(), LONG: 1)]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(name: \"LONG\", optimizer: Adam(beta_1: 2))]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(name: \"LONG\", optimizer: Adam(), \
        edits: [(step: 1, parameter: \"beta_1\", value: 2)])]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(optimizer: Adam(), \
        edits: [(step: 1, parameter: \"LONG\", value: 2)])]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(name: \"LONG\", optimizer: Adam(), \
        schedule: Cosine(steps: 0))]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(optimizer: Adam(), schedule: LONG)]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(optimizer: Adam(), color: \"LONG\")]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(name: \"LONG\", optimizer: Adam(), batch: Sample)]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(optimizer: Adam(), \
        groups: [(blocks: [\"LONG\"], settings: {\"learning_rate\": 1})])]",
    "surface: Beale, start: (1, 1), steps: 9, title: LONG, racers: []",
    "surface: Beale, start: (1, 1), steps: 9, racers: [], view: (LONG: 1)",
    "surface: Beale, start: (1, 1), steps: 9, racers: [], lesson: (goal: (LONG: 1))",
    "surface: Formula(loss: \"LONG\"), start: (1, 1), steps: 9, racers: []",
    "surface: Formula(loss: \"x + LONG\", parameters: {\"LONG\": 1}), start: (1, 1), steps: 9, racers: []",
    "surface: Formula(loss: \"x\", parameters: {\"LONG\": 1}), start: (1, 1), steps: 9, racers: []",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(optimizer: \
        Rule(title: \"LONG\", parameters: {}, lines: \"theta <- nothing\"))]",
    "surface: Beale, start: (1, 1), steps: 9, racers: [(optimizer: \
        Rule(title: \"a\", parameters: {\"LONG\": 1}, lines: \"theta <- LONG\"))]",
    "surface: LinearRegression(data: \"LONG\", x: \"a\", y: \"b\"), start: (1, 1), steps: 9, racers: []",
    "surface: LinearRegression(data: \"LONG.csv\", x: \"a\", y: \"b\"), start: (1, 1), steps: 9, racers: []",
    "surface: LinearRegression(data: \"penguins\", x: \"LONG\", y: \"body_mass_g\"), start: (1, 1), \
        steps: 9, racers: []",
    "surface: LinearRegression(data: \"header.csv\", x: \"c\", y: \"b\"), start: (1, 1), steps: 9, racers: []",
    "surface: LinearRegression(data: \"cell.csv\", x: \"a\", y: \"b\"), start: (1, 1), steps: 9, racers: []",
    "surface: LogisticRegression(data: \"penguins\", x: \"flipper_length_mm\", y: \"species\", \
        positive: \"LONG\"), start: (1, 1), steps: 9, racers: []",
    "surface: Network(data: \"iris\", features: [\"LONG\"], target: \"species\", hidden: []), steps: 9, racers: []",
    "surface: Network(data: \"iris\", target: \"LONG\", hidden: []), steps: 9, racers: []",
    "surface: Network(data: \"iris\", target: \"species\", classes: [\"LONG\", \"setosa\"], hidden: []), \
        steps: 9, racers: []",
    "surface: Network(data: \"header.csv\", target: \"LONG\", hidden: []), steps: 9, racers: []",
    "surface: Network(data: \"cell.csv\", target: \"b\", hidden: []), steps: 9, racers: []",
    "surface: Network(xor: (rows: 40), hidden: [2], initial: File(\"LONG\")), steps: 9, racers: []",
    "surface: Network(xor: (rows: 40), hidden: [2], initial: File(\"cell.csv\")), steps: 9, racers: []",
    "surface: Network(xor: (rows: 40), hidden: [2], initial: LONG), steps: 9, racers: []",
    "surface: Beale, start: (1, 1), steps: 9, racers: [] /* LONG",
    "surface: Beale, start: (1, 1), steps: 9, racers: [], title: \"LONG",
];

#[test]
fn names_of_five_megabytes_are_shortened() {
    let stage = Stage::new();
    for letter in ["x", "ü"] {
        let long = letter.repeat(5_000_000 / letter.len());
        fs::write(
            stage.path("header.csv"),
            format!("{long},b\n1,2\n3,4\n5,6\n"),
        )
        .unwrap();
        fs::write(stage.path("cell.csv"), format!("a,b\n1,2\n{long},z\n5,6\n")).unwrap();
        for text in PRESETS {
            let name = "long.ron";
            let text = text.replace("LONG", &long);
            fs::write(stage.path(name), format!("(version: 1, {text})")).unwrap();
            for arguments in [&["check", name][..], &["check", name, "--json"]] {
                complaint(&stage, arguments);
            }
        }
    }
}

#[test]
fn a_wrong_racer_is_answered_with_few_names() {
    let stage = Stage::new();
    let long = "y".repeat(5_000_000);
    let racer = format!("(name: \"{long}\", optimizer: Adam(learning_rate: 1e300))");
    let race = format!(
        "(version: 1, surface: Network(xor: (rows: 40), hidden: [3]), steps: 9, racers: [{racer}, {racer}])"
    );
    fs::write(stage.path("long.ron"), race).unwrap();
    let weights = ["run", "long.ron", "--weights", "weights.csv"];
    complaint(&stage, &weights);
    complaint(&stage, &[&weights[..], &["--racer", "nobody"]].concat());
}

/// An argument may have 128 kB.
#[test]
fn arguments_are_shortened() {
    let stage = Stage::new();
    let long = "z".repeat(100_000);
    let with_name = |name: &str| format!("{long}.{name}");
    for arguments in [
        &["run", &*long][..],
        &["check", &long],
        &["check", &long, "--json"],
        &["check", "race.ron", "--lesson", &long],
        &["run", &with_name("ron")],
        &["run", "race.ron", "-o", &long],
        &["run", "race.ron", "--format", &long],
        &[
            "run",
            "network.ron",
            "--weights",
            "weights.csv",
            "--racer",
            &long,
        ],
        &[
            "run",
            "network.ron",
            "--weights",
            "weights.csv",
            "--step",
            &long,
        ],
        &["code", "race.ron", "--library", &long],
        &["code", "race.ron", "--library", "keras", "-o", &long],
        &["render", "race.ron", "-o", &long],
        &["render", "race.ron", "-o", &with_name("png")],
        &["render", "race.ron", "-o", &with_name("mp4")],
        &["render", "race.ron", "-o", "race.png", "--size", &long],
        &["render", "race.ron", "-o", "race.png", "--show", &long],
        &["render", "race.ron", "-o", "race.png", "--eye", &long],
        &["list", &long],
        &["race.ron", &long],
        &[&format!("--{long}")],
    ] {
        complaint(&stage, arguments);
    }
}
