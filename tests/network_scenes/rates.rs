//! One rate, or one for every weight: penguins in their own units, and standardized.

use std::fs;

use slalom::experiment::Experiment;
use slalom::preset::open;

use super::scene::{Run, assert_tells, end, scene};

const RACERS: [&str; 4] = ["GradientDescent", "Momentum", "Adagrad", "Adam"];

#[test]
fn in_their_own_units_penguins_need_many_rates() {
    let scene = scene("one-rate-or-many");
    assert_tells(&scene, "varies by {802}", deviation_of_the_mass());
    assert_tells(&scene, "after 300 steps at {0.574}", end(&scene, RACERS[0]));
    let before = Run::of(&scene, RACERS[0]).to(299).loss();
    assert_tells(&scene, "a step earlier it was at {1.015}", before);
    assert_tells(&scene, "**Momentum** at {0.457}", end(&scene, RACERS[1]));
    assert_tells(&scene, "**Adagrad** is at {0.027}", end(&scene, RACERS[2]));
    assert_tells(&scene, "**Adam** at {0.0045}", end(&scene, RACERS[3]));
    let mut adam = Run::of(&scene, RACERS[3]);
    assert_eq!(adam.to(300).accuracy(), 1.0, "every penguin right");
}

/// The deviation of the body mass in grams.
fn deviation_of_the_mass() -> f64 {
    let scene = scene("one-rate-or-many");
    let surface = scene.surface.open();
    let learner = surface.network().unwrap();
    let rows = learner.perceptron.training().features.chunks(4);
    let masses: Vec<f64> = rows.map(|row| row[3]).collect();
    super::scene::spread(&masses)[1]
}

#[test]
fn standardized_penguins_need_only_one() {
    let scene = scene("one-rate-is-enough");
    assert_tells(
        &scene,
        "at a rate of 3 it ends at {0.017}",
        end(&scene, RACERS[0]),
    );
    assert_tells(
        &scene,
        "Adam, at 0.1, ends at {0.018}",
        end(&scene, RACERS[3]),
    );
}

/// Without the nine penguins of unknown sex, as many do it, the figures hardly change.
#[test]
fn complete_rows_alone_tell_the_same() {
    let table = slalom::surface::data::BUILT_IN[0].text;
    let complete: Vec<&str> = table.lines().filter(|line| !line.contains("NA")).collect();
    assert_eq!(complete.len(), 1 + 333);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("complete.csv"), complete.join("\n")).unwrap();
    let losses = |name: &str| {
        let file = format!("{}/presets/{name}.ron", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(file).unwrap();
        let preset = folder.path().join("race.ron");
        fs::write(&preset, text.replace("\"penguins\"", "\"complete.csv\"")).unwrap();
        let race: Experiment = open(&preset).unwrap().experiment;
        RACERS.map(|racer| end(&race, racer))
    };
    let [descent, momentum, adagrad, adam] = losses("one-rate-or-many");
    let figures = [
        format!("{descent:.3}"),
        format!("{momentum:.3}"),
        format!("{adagrad:.3}"),
        format!("{adam:.4}"),
    ];
    assert_eq!(figures, ["0.577", "0.458", "0.027", "0.0056"]);
    let [standardized, ..] = losses("one-rate-is-enough");
    assert_eq!(format!("{standardized:.3}"), "0.018");
}
