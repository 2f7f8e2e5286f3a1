//! From which step on rounding decides a path, compared with 60 digits (`tests/data/horizons.py`).

mod common;

use std::collections::BTreeMap;

use common::{horizon_of, race};
use slalom::experiment::{Batch, Experiment, Racer};
use slalom::export::trajectories::{write_csv, write_json};
use slalom::optimizer::{OptimizerChoice, Value};
use slalom::preset::{BuiltIn, load_built_in};
use slalom::simulation::{Horizon, simulate};
use slalom::surface::SurfaceChoice;

/// The positions in 60 digits after step 1, 2, …, by race.
fn exact() -> BTreeMap<&'static str, Vec<[f64; 2]>> {
    let mut races: BTreeMap<_, Vec<[f64; 2]>> = BTreeMap::new();
    for line in include_str!("data/horizons.csv").lines() {
        let parts: Vec<&'static str> = line.split(',').collect();
        let path = races.entry(parts[0]).or_default();
        path.push([parts[2].parse().unwrap(), parts[3].parse().unwrap()]);
        assert_eq!(parts[1], path.len().to_string());
    }
    races
}

/// The same races: surface, start and rule.
const RACES: &[(&str, &str, [f64; 2], &str)] = &[
    (
        "RMSProp on Beale",
        "Beale",
        [1.0, 1.6],
        "RMSProp(learning_rate: 0.075, rho: 0.95)",
    ),
    (
        "Momentum on Rastrigin",
        "Rastrigin",
        [2.2, 1.7],
        "Momentum(learning_rate: 0.01, momentum: 0.9)",
    ),
    (
        "Nadam on Beale",
        "Beale",
        [1.0, 1.5],
        "Nadam(learning_rate: 1.0)",
    ),
    (
        "Full Adagrad on Rosenbrock",
        "Rosenbrock",
        [-1.2, 1.0],
        "Adagrad(learning_rate: 0.5, matrix: Full)",
    ),
    (
        "RMSProp on Ackley",
        "Ackley",
        [2.2, 1.7],
        "RMSProp(learning_rate: 0.3)",
    ),
    (
        "Adadelta on Rosenbrock",
        "Rosenbrock",
        [-1.2, 1.0],
        "Adadelta(learning_rate: 100.0)",
    ),
    (
        "Adam on Himmelblau",
        "Himmelblau",
        [0.5, 0.5],
        "Adam(learning_rate: 3.0, beta_2: 0.9)",
    ),
];

#[test]
fn rounding_decides_from_where_60_digits_say() {
    let exact = exact();
    let mut decided = 0;
    for &(name, surface, start, optimizer) in RACES {
        let path = &exact[name];
        let optimizer = format!("(optimizer: {optimizer})");
        let experiment = race(surface, start, path.len(), &optimizer);
        let ours = &simulate(&experiment)[0];
        let expected = (1..=path.len()).find(|&step| {
            let pairs = ours.at(step).into_iter().zip(path[step - 1]);
            pairs
                .into_iter()
                .any(|(x, exact)| (x - exact).abs() > 1e-6 * (1.0 + x.abs()))
        });
        let found = horizon_of(&experiment, 0).decided_from;
        let is_near = match (found, expected) {
            (Some(found), Some(expected)) => found.abs_diff(expected) <= 5,
            (None, None) => true,
            _ => false,
        };
        assert!(is_near, "{name}: {found:?} instead of {expected:?}");
        decided += usize::from(expected.is_some());
    }
    assert_eq!(decided, 6);
}

#[test]
fn in_radfords_race_rounding_decides_the_end_of_rmsprop_alone() {
    for preset in ["radford-beale", "11-radfords-race"] {
        let race = load_built_in(preset).unwrap().experiment;
        for (index, name) in race.names().iter().enumerate() {
            let Horizon { decided_from, .. } = horizon_of(&race, index);
            if name == "RMSProp" {
                let step = decided_from.unwrap();
                assert!(step.abs_diff(150) <= 5, "{preset}: {step}");
            } else {
                assert_eq!(decided_from, None, "{preset}: {name}");
            }
        }
    }
}

/// Over data, with batches and noise, on turned and stretched surfaces, and with every rule: if
/// anything were computed differently, both would part at once.
#[test]
fn the_shadow_of_every_rule_goes_the_same_way_on_every_kind_of_surface() {
    let presets = BuiltIn::all().map(|preset| load_built_in(preset.name).unwrap());
    let experiments = presets.map(|preset| preset.experiment);
    // Networks have only doubles.
    let in_the_plane = |race: &Experiment| !race.surface.has_own_start();
    let mut surfaces: Vec<Experiment> = experiments.filter(in_the_plane).collect();
    for surface in SurfaceChoice::BUILT_IN {
        let start = surface.about().window.centre();
        let start = [start[0] + 0.3, start[1] + 0.2];
        surfaces.push(Experiment {
            surface: surface.clone(),
            start,
            ..Experiment::default()
        });
    }
    for mut experiment in surfaces {
        experiment.steps = 8;
        let rules = OptimizerChoice::for_points().cloned();
        experiment.racers = rules.map(Racer::new).collect();
        for racer in &mut experiment.racers {
            // With the rates that some rules have by default, all is chaos on a wavy surface.
            let rule = racer.plan.optimizer.rule_mut();
            if let Some(rate) = rule.rate() {
                rule.set(rate, Value::Number(1e-3));
            }
            racer.plan.noise = 0.01;
            racer.plan.batch = Batch::MiniBatch(16);
        }
        for (index, name) in experiment.names().iter().enumerate() {
            let horizon = horizon_of(&experiment, index);
            let surface = &experiment.surface;
            assert_eq!(horizon.decided_from, None, "{name} on {surface:?}");
        }
    }
}

#[test]
fn a_racer_that_flies_off_is_not_decided_by_rounding() {
    for surface in [
        "Rosenbrock",
        "Beale",
        "GoldsteinPrice",
        "LongValley",
        "Saddle",
    ] {
        let racer = "(optimizer: GradientDescent(learning_rate: 0.6))";
        let experiment = race(surface, [1.3, 0.7], 3000, racer);
        let path = &simulate(&experiment)[0];
        assert!(path.status().is_out(), "{surface}: {}", path.status());
        let horizon = horizon_of(&experiment, 0);
        assert_eq!(horizon.decided_from, None, "{surface}");
    }
}

#[test]
fn files_tell_from_which_step_rounding_decides() {
    let race = load_built_in("radford-beale").unwrap().experiment;
    let mut json = Vec::new();
    write_json(&mut json, &race).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let mut csv = Vec::new();
    write_csv(&mut csv, &race).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("racer,optimizer,step,x,y,loss,decided_by_rounding")
    );
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    for racer in json.as_array().unwrap() {
        let name = racer["racer"].as_str().unwrap();
        assert_eq!(racer["status"], "running");
        assert!(racer.get("rounding_checked_to").is_none());
        let decided = racer["decided_by_rounding"].as_u64();
        assert_eq!(decided.is_some(), name == "RMSProp");
        for row in rows.iter().filter(|row| row[0] == name) {
            let step: u64 = row[2].parse().unwrap();
            let is_decided = decided.is_some_and(|decided| step >= decided);
            assert_eq!(row[6], is_decided.to_string(), "{row:?}");
        }
    }
}

/// What is not compared is neither decided nor undecided.
#[test]
fn a_race_too_long_to_compare_says_how_far_it_was_compared() {
    let racer = "(optimizer: GradientDescent(learning_rate: 1e-7))";
    let race = race("LongValley", [2.0, 1.0], 510_000, racer);
    let mut csv = Vec::new();
    write_csv(&mut csv, &race).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let (mut compared, mut others) = (0, 0);
    for line in csv.lines().skip(1) {
        match line.rsplit(',').next().unwrap() {
            "false" => compared += 1,
            "" => others += 1,
            other => panic!("{other}"),
        }
    }
    assert_eq!(compared, 500_001);
    assert_eq!(others, 10_000);
    let mut json = Vec::new();
    write_json(&mut json, &race).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert!(json[0]["decided_by_rounding"].is_null());
    assert_eq!(json[0]["rounding_checked_to"], 500_000);
}
