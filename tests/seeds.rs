//! Races with several seeds, as the command line runs, checks and draws them.

mod common;

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::{Command, Output};

use common::leaderboard::leaderboard;
use slalom::simulation::simulate;
use slalom::{preset, surface::SurfaceChoice};
use tempfile::TempDir;

const NOISY: &str = "(version: 1, surface: LinearRegression(data: \"line\"), start: (-1.0, -2.0), \
    steps: 30, seed: 7, seeds: 4, racers: [(name: \"All\", optimizer: GradientDescent(learning_rate: 0.05)), \
    (name: \"One\", optimizer: GradientDescent(learning_rate: 0.05), batch: Sample)])";

fn written(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("race.ron");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

fn slalom(arguments: &[&str], preset: &std::path::Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_slalom"));
    let (first, rest) = arguments.split_first().unwrap();
    command.arg(first).arg(preset).args(rest).output().unwrap()
}

fn texts(output: &Output) -> [String; 2] {
    [&output.stdout, &output.stderr].map(|it| String::from_utf8(it.clone()).unwrap())
}

#[test]
fn run_prints_the_race_with_every_seed() {
    let (_folder, path) = written(NOISY);
    let [csv, remark] = texts(&slalom(&["run"], &path));
    assert_eq!(remark, "");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    assert_eq!(&header[header.len() - 1], "seed");
    let mut losses: HashMap<(String, u64), Vec<f64>> = HashMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        let key = (row[0].to_owned(), row[row.len() - 1].parse().unwrap());
        losses.entry(key).or_default().push(row[5].parse().unwrap());
    }
    assert_eq!(losses.len(), 2 * 4);
    for seed in 7..11 {
        let mut single = preset::from_text("test", NOISY).unwrap().experiment;
        (single.seed, single.seeds) = (seed, 1);
        let race = simulate(&single);
        for (name, path) in ["All", "One"].into_iter().zip(race) {
            assert_eq!(
                losses[&(name.to_owned(), seed)],
                path.loss,
                "{name}, {seed}"
            );
        }
    }
    assert_ne!(losses[&("One".into(), 7)], losses[&("One".into(), 8)]);

    let [json, _] = texts(&slalom(&["run", "--format", "json"], &path));
    let list: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let told: Vec<(&str, u64)> = list
        .iter()
        .map(|it| (it["racer"].as_str().unwrap(), it["seed"].as_u64().unwrap()))
        .collect();
    let runs = ["All", "One"].map(|name| (7..11).map(move |seed| (name, seed)));
    let expected: Vec<(&str, u64)> = runs.into_iter().flatten().collect();
    assert_eq!(told, expected);
}

#[test]
fn one_seed_has_no_column() {
    let (_folder, path) = written(&NOISY.replace("seeds: 4", "seeds: 1"));
    let [csv, _] = texts(&slalom(&["run"], &path));
    assert!(csv.starts_with("racer,optimizer,step,x,y,loss,rows_seen,epoch"));
    assert!(!csv.lines().next().unwrap().contains("seed"));
    let [json, _] = texts(&slalom(&["run", "--format", "json"], &path));
    assert!(!json.contains("\"seed\""));
}

#[test]
fn seeds_without_chance_are_said_to_be_pointless() {
    let calm = "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 5, seeds: 3, \
                racers: [(optimizer: Adam())])";
    let (_folder, path) = written(calm);
    let run = slalom(&["run"], &path);
    let [csv, remark] = texts(&run);
    assert!(run.status.success());
    assert_eq!(csv.lines().count(), 1 + 3 * 6);
    assert!(
        remark.starts_with("There is no chance in this race"),
        "{remark}"
    );
    assert_eq!(remark.lines().count(), 1);
    let [sound, _] = texts(&slalom(&["check"], &path));
    assert!(sound.contains("There is no chance in this race"), "{sound}");
    let [json, _] = texts(&slalom(&["check", "--json"], &path));
    assert!(json.contains("every seed gives the same paths"), "{json}");
    let noisy = calm.replace("Adam()", "Adam(), noise: 0.1");
    let (_folder, path) = written(&noisy);
    let [_, remark] = texts(&slalom(&["run"], &path));
    assert_eq!(remark, "");
}

#[test]
fn wrong_numbers_of_seeds_are_refused() {
    for (text, said) in [
        ("seeds: 0", "seeds is 0, but must be from 1 to 1,000"),
        ("seeds: 1001", "seeds is 1001, but must be from 1 to 1,000"),
        (
            "seed: 18446744073709551615, seeds: 2",
            "beyond the largest seed",
        ),
        ("runs: 20", "it is called seeds here"),
    ] {
        let (_folder, path) = written(&NOISY.replace("seed: 7, seeds: 4", text));
        let output = slalom(&["check"], &path);
        let [_, stderr] = texts(&output);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
        assert!(stderr.contains(":1:"), "{stderr}");
    }
}

#[test]
fn pictures_rank_by_the_median() {
    let (_folder, path) = written(NOISY);
    let texts: Vec<String> = leaderboard(&path)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    assert!(texts.contains(&"median loss".to_owned()), "{texts:?}");
    let mut single = preset::from_text("test", NOISY).unwrap().experiment;
    assert!(matches!(single.surface, SurfaceChoice::LinearRegression(_)));
    let mut losses: Vec<f64> = (7..11)
        .map(|seed| {
            single.seed = seed;
            simulate(&single)[1].loss_at(30)
        })
        .collect();
    losses.sort_by(f64::total_cmp);
    let median = slalom::number::short(f64::midpoint(losses[1], losses[2]));
    assert!(texts.contains(&median), "{median} in {texts:?}");
}
