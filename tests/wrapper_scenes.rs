//! What the notes of the presets on wrappers and classical rules claim.

use slalom::analysis::TimeUnit;
use slalom::experiment::Experiment;
use slalom::preset::BuiltIn;
use slalom::simulation::{Record, Trajectory, record, simulate};

fn scene(name: &str) -> Experiment {
    let mut all = BuiltIn::all();
    let found = all.find(|it| it.name == name).unwrap();
    found.preset().unwrap().experiment
}

fn assert_near([x, y]: [f64; 2], [to_x, to_y]: [f64; 2], within: f64) {
    let distance = (x - to_x).hypot(y - to_y);
    assert!(distance <= within, "({x}, {y}) is no ({to_x}, {to_y})");
}

fn record_of(scene: &Experiment, index: usize, path: &Trajectory) -> Record {
    let surface = scene.open_surface();
    record(&surface, &scene.racers[index].plan, path, scene.seed)
}

#[test]
fn coupled_decay_rests_at_the_same_point_whatever_the_rule() {
    let scene = scene("coupled-or-decoupled-decay");
    let ends: Vec<[f64; 2]> = simulate(&scene).iter().map(|path| path.at(1000)).collect();
    assert_near(ends[0], [1.098, 2.837], 6e-4);
    assert_near(ends[2], [1.098, 2.837], 6e-4);
    assert_near(ends[1], [1.451, 2.189], 8e-4);
    assert!(scene.notes.contains("both at (1.098, 2.837)"));
    assert!(scene.notes.contains("it is at (1.451, 2.189)"));
}

#[test]
fn a_millionth_in_the_norm_shows_where_the_path_bounces() {
    let scene = scene("clipping-with-epsilon");
    let paths = simulate(&scene);
    let apart = |step: usize| {
        let ([x, y], [u, v]) = (paths[0].at(step), paths[1].at(step));
        (x - u).hypot(y - v)
    };
    for (distance, from) in [(0.001, 41), (0.1, 48)] {
        let first = (0..100).find(|&step| apart(step) > distance).unwrap();
        assert_eq!(first, from, "{distance}");
        let told = format!("from step {from}");
        assert!(scene.notes.contains(&told), "{told}");
    }
    let clipped = record_of(&scene, 0, &paths[0]).clipped.unwrap();
    assert!((100..200).contains(&clipped), "{clipped}");
}

#[test]
fn sam_walks_along_the_floor_to_where_it_is_flat() {
    let scene = scene("sharp-and-flat");
    let paths = simulate(&scene);
    for (index, end, told) in [
        (0, [0.31, 3.19], "at (0.31, 3.19)"),
        (1, [0.40, 2.66], "at (0.40, 2.66)"),
        (2, [0.90, 1.06], "at (0.90, 1.06)"),
    ] {
        assert_near(paths[index].at(400), end, 8e-3);
        assert!(scene.notes.contains(told), "{told}");
    }
    // The largest curvature where xy = 1.
    let [x, y] = paths[0].at(400);
    let curvature = 2.0 * (x * x + y * y);
    assert!((curvature - 20.5).abs() < 0.06, "{curvature}");
    let cost = |index: usize| {
        let record = record_of(&scene, index, &paths[index]);
        TimeUnit::Cost.at(&paths[index], Some(&record), 400)
    };
    assert_eq!([cost(0), cost(2)], [Some(1200.0), Some(2400.0)]);
}

/// What each racer has paid when its loss first falls below a millionth.
#[test]
fn on_rosenbrock_curvature_pays() {
    let scene = scene("rosenbrock-at-equal-cost");
    let paths = simulate(&scene);
    let paid: Vec<Option<f64>> = paths
        .iter()
        .enumerate()
        .map(|(index, path)| {
            let record = record_of(&scene, index, path);
            let step = (0..=path.last_step()).find(|&step| path.loss[step] < 1e-6)?;
            TimeUnit::Cost.at(path, Some(&record), step)
        })
        .collect();
    let told = |(name, paid): (&String, &Option<f64>)| match paid {
        Some(paid) => format!("**{name}** {paid}"),
        None => format!("**{name}** not"),
    };
    let told: Vec<String> = scene.names().iter().zip(&paid).map(told).collect();
    let is_missing = |told: &&String| !scene.notes.contains(&**told);
    let missing: Vec<&String> = told.iter().filter(is_missing).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
