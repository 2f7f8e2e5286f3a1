//! `slalom check --json` prints one object, whether or not there is an error.

use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::{Value as Json, json};

const HEAD: &str = "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 9,\n ";

fn check(preset: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(["check", preset])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The output for a text; standard error is the same as without `--json`.
fn checked(text: &str) -> Json {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("race.ron");
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let output = check(file, &["--json"]);
    assert_eq!(output.stderr, check(file, &[]).stderr);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed.matches('\n').count(), 1, "{printed}");
    let mut answer: Json = serde_json::from_str(&printed).unwrap();
    let is_well = output.status.code() == Some(0);
    assert_eq!(answer["ok"], json!(is_well));
    assert_eq!(output.status.code(), Some(if is_well { 0 } else { 2 }));
    assert_eq!(output.stderr.is_empty(), is_well);
    if !is_well && answer["line"].is_u64() {
        let said = format!(
            "{file}:{}:{}: {}\n",
            answer["line"],
            answer["column"],
            answer["message"].as_str().unwrap()
        );
        assert_eq!(String::from_utf8_lossy(&output.stderr), said);
    }
    assert_eq!(answer["file"], file);
    answer.as_object_mut().unwrap().remove("file");
    answer
}

/// Asserts that a race with one fault is reported with its location, path and kind.
fn assert_fault(racers: &str, at: [usize; 2], path: &str, kind: &str) {
    let text = format!("{HEAD}{racers}\n)");
    let answer = checked(&text);
    let found = json!([
        answer["line"],
        answer["column"],
        answer["path"],
        answer["kind"]
    ]);
    assert_eq!(found, json!([at[0], at[1], path, kind]), "{answer}");
}

#[test]
fn a_preset_that_makes_sense_is_ok() {
    let text = format!("{HEAD}racers: [(optimizer: Adam())])");
    let answer = json!({
        "ok": true,
        "data": null,
        "memory": "1 racer makes 9 steps: every step is kept (less than 1 MB).",
    });
    assert_eq!(checked(&text), answer);
}

#[test]
fn a_fault_has_line_column_path_kind_and_message() {
    let text = format!(
        "{HEAD}racers: [(optimizer: Adam(), name: \"A\"),\n (optimizer: Adam(beta_1: 7))])"
    );
    let answer = json!({
        "ok": false,
        "line": 3,
        "column": 27,
        "path": "racers[1].optimizer.beta_1",
        "kind": "out-of-range",
        "message": "Adam: beta_1 is 7, but must be 0 or more and less than 1",
    });
    assert_eq!(checked(&text), answer);
}

#[test]
fn every_kind_of_fault_has_its_word_and_path() {
    let optimizer = "racers[0].optimizer";
    for (racers, column, path, kind) in [
        (
            "racers: [(optimizer: Adam(lr: 1))]",
            28,
            "racers[0].optimizer.lr",
            "unknown-field",
        ),
        (
            "racers: [(optimizer: Adam(amsgrad: On))]",
            37,
            "racers[0].optimizer.amsgrad",
            "wrong-choice",
        ),
        (
            "racers: [(optimizer: SGD())]",
            23,
            optimizer,
            "wrong-choice",
        ),
        ("racers: [(name: \"A\")]", 21, optimizer, "missing-field"),
        (
            "racers: [(name: \"A\", name: \"B\")]",
            23,
            "racers[0].name",
            "duplicate-field",
        ),
        (
            "racers: [(optimizer: Adam(beta_1: \"a\"))]",
            36,
            "racers[0].optimizer.beta_1",
            "wrong-type",
        ),
        (
            "racers: [(optimizer: Lookahead(inner: Adam(beta_1: 2)))]",
            53,
            "racers[0].optimizer.inner.beta_1",
            "out-of-range",
        ),
        (
            "racers: [(optimizer: Momentum(dampening: 0.5))]",
            23,
            optimizer,
            "conflict",
        ),
        (
            "racers: [(optimizer: Adam(), edits: [(step: 1, parameter: \"wheels\", value: 1)])]",
            60,
            "racers[0].edits[0].parameter",
            "unknown-name",
        ),
        (
            "racers: [(optimizer: Adam(), schedule: Step(every: 0, factor: 1))]",
            53,
            "racers[0].schedule.every",
            "out-of-range",
        ),
        (
            "racers: [], view: (selected: \"A\")",
            31,
            "view.selected",
            "unknown-name",
        ),
        (
            "racers: [(optimizer: Adam() name: \"A\")]",
            30,
            "racers[0].name",
            "syntax",
        ),
    ] {
        assert_fault(racers, [2, column], path, kind);
    }
    let version = checked("(version: 2)");
    assert_eq!(version["kind"], "version");
    assert_eq!(version["path"], "version");
    let data = checked(
        "(version: 1, surface: LinearRegression(data: \"none.csv\"), start: (0, 0), steps: 1, racers: [])",
    );
    assert_eq!(data["kind"], "data");
    assert_eq!(data["path"], "surface.data");
}

/// The keys are the same, with null values.
#[test]
fn what_cannot_be_read_has_no_line() {
    let output = check("no-such-preset", &["--json"]);
    assert_eq!(output.status.code(), Some(2));
    let answer: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        answer,
        json!({
            "file": "no-such-preset",
            "ok": false,
            "line": null,
            "column": null,
            "path": null,
            "kind": "unknown-preset",
            "message": "there is no file or built-in preset named \"no-such-preset\"; \
                        `slalom list presets` lists the built-in ones",
        })
    );
    let folder = tempfile::tempdir().unwrap();
    let output = check(folder.path().to_str().unwrap(), &["--json"]);
    let answer: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["kind"], "unreadable");
}

#[test]
fn the_data_of_a_network_are_told_with_its_layers() {
    let text = "(version: 1, steps: 9, racers: [],
        surface: Network(data: \"iris\", hidden: [8, 4], activation: Relu, test: 30))";
    let answer = checked(text);
    assert_eq!(
        answer["network"],
        "4–8–4–3 with ReLU, 91 weights, cross-entropy"
    );
    let data = &answer["data"];
    assert_eq!(data["train"], 120);
    assert_eq!(data["test"], 30);
    assert_eq!(data["classes"][2]["name"], "virginica");
    assert_eq!(data["source"]["rows_used"], 150);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("race.ron");
    fs::write(&file, text.replace("[8, 4], activation: Relu", "[]")).unwrap();
    let said = check(file.to_str().unwrap(), &[]);
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(
        said.contains("120 rows to train on, 30 rows to test on"),
        "{said}"
    );
    let network = "network: 4–3, linear, 15 weights, cross-entropy\n";
    assert!(said.contains(network), "{said}");
    let run = Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(["run", "--format", "json", file.to_str().unwrap()])
        .output()
        .unwrap();
    let run: Json = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(run, json!([]));
    let text = text.replace("racers: []", "racers: [(optimizer: Adam())]");
    fs::write(&file, text).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(["run", "--format", "json", file.to_str().unwrap()])
        .output()
        .unwrap();
    let run: Json = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(run[0]["data"], *data);
}
