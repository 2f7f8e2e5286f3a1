//! A race as a whole: which racers run, their names, and that they do not affect each other.

mod common;

use common::{any_experiment, any_racer, cases, race, racer, run};
use proptest::prelude::*;
use slalom::experiment::Experiment;
use slalom::simulation::{Status, Trajectory, anatomy, simulate, simulate_racer};
use slalom::surface::SurfaceChoice;

#[test]
fn an_empty_race_is_a_race() {
    let experiment = race("Beale", [1.0, 1.6], 10, "");
    assert_eq!(experiment.check(), Ok(()));
    assert!(simulate(&experiment).is_empty());
    assert!(experiment.names().is_empty());
}

#[test]
fn a_hidden_racer_is_simulated_like_any_other() {
    let racers = "(optimizer: Adam()), (optimizer: Adam(), visible: false)";
    let paths = simulate(&race("Beale", [1.0, 1.6], 50, racers));
    assert_eq!(paths.len(), 2);
    assert_eq!(paths[0], paths[1]);
    assert_eq!(paths[1].len(), 51);
}

#[test]
fn names_default_to_the_optimizers_and_equal_ones_are_numbered() {
    let experiment = race(
        "Beale",
        [1.0, 1.6],
        1,
        r#"(optimizer: Adam()), (optimizer: Adam()), (name: "Mine", optimizer: Adam()),
           (optimizer: GradientDescent()), (optimizer: Adam()), (name: "Mine", optimizer: Nadam()),
           (name: "Adam", optimizer: Momentum())"#,
    );
    let names = [
        "Adam",
        "Adam 2",
        "Mine",
        "GradientDescent",
        "Adam 3",
        "Mine 2",
        "Adam 4",
    ];
    assert_eq!(experiment.names(), names);
    let titles = [
        "Adam",
        "Adam 2",
        "Mine",
        "Gradient descent",
        "Adam 3",
        "Mine 2",
        "Adam 4",
    ];
    assert_eq!(experiment.titles(), titles);
}

#[test]
fn a_number_that_is_taken_is_passed_over() {
    let experiment = race(
        "Beale",
        [1.0, 1.6],
        1,
        r#"(name: "A 2", optimizer: Adam()), (name: "A", optimizer: Adam()),
           (name: "A", optimizer: Adam()), (name: "A 2", optimizer: Adam())"#,
    );
    assert_eq!(experiment.names(), ["A 2", "A", "A 3", "A 2 2"]);
}

#[test]
fn the_same_race_twice_is_the_same_race() {
    let experiment = race(
        "Beale",
        [1.0, 1.6],
        100,
        "(optimizer: Adam()), (optimizer: Nadam())",
    );
    assert_eq!(simulate(&experiment), simulate(&experiment));
    let alone = simulate_racer(
        &experiment.open_surface(),
        &racer("(optimizer: Nadam())").plan,
        experiment.start,
        100,
        0,
    );
    assert_eq!(simulate(&experiment)[1], alone);
}

#[test]
fn a_playhead_between_two_steps_is_on_the_line_between_them() {
    let path = run(
        "LongValley",
        "GradientDescent(learning_rate: 0.5)",
        [4.0, 0.0],
        3,
    );
    assert_eq!(path.between(0.0), [4.0, 0.0]);
    assert_eq!(path.between(0.25), [3.5, 0.0]);
    assert_eq!(path.between(2.5), [0.75, 0.0]);
    assert_eq!(path.between(99.5), [0.5, 0.0]);
    assert_eq!(path.between(-1.0), [4.0, 0.0]);
    assert_eq!(path.best_until(2), Some((2, 0.5)));
    assert_eq!(path.best_until(0), Some((0, 8.0)));
}

/// A path as text, so that NaN equals NaN.
fn written(paths: &[Trajectory]) -> Vec<String> {
    paths.iter().map(|path| format!("{path:?}")).collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn removing_a_racer_changes_no_other_path(
        experiment in any_experiment(),
        another in any_racer(),
        which in any::<prop::sample::Index>(),
    ) {
        let mut experiment = Experiment { steps: 40, ..experiment };
        experiment.racers.push(another);
        let mut paths = written(&simulate(&experiment));
        let gone = which.index(paths.len());
        experiment.racers.remove(gone);
        paths.remove(gone);
        prop_assert_eq!(paths, written(&simulate(&experiment)));
    }

    #[test]
    fn the_order_of_racers_is_the_order_of_paths_and_nothing_more(
        (experiment, order) in any_experiment().prop_flat_map(|experiment| {
            let places: Vec<usize> = (0..experiment.racers.len()).collect();
            (Just(experiment), Just(places).prop_shuffle())
        }),
    ) {
        let experiment = Experiment { steps: 40, ..experiment };
        let racers = order.iter().map(|&place| experiment.racers[place].clone());
        let shuffled = Experiment { racers: racers.collect(), ..experiment.clone() };
        let paths = written(&simulate(&experiment));
        let expected: Vec<_> = order.iter().map(|&place| paths[place].clone()).collect();
        prop_assert_eq!(written(&simulate(&shuffled)), expected);
    }

    /// In every race the paths are consistent, and a path ends early only when it diverges or is undefined.
    #[test]
    fn every_path_is_whole(experiment in any_experiment()) {
        let experiment = Experiment { steps: 40, ..experiment };
        prop_assert_eq!(experiment.check(), Ok(()));
        let names = experiment.names();
        for (k, name) in names.iter().enumerate() {
            prop_assert!(!names[..k].contains(name), "{name} twice");
        }
        for path in simulate(&experiment) {
            prop_assert_eq!(path.at(0).map(f64::to_bits), experiment.start.map(f64::to_bits));
            let steps = path.last_step();
            prop_assert_eq!(path.y.len(), steps + 1);
            prop_assert_eq!(path.loss.len(), steps + 1);
            prop_assert_eq!(path.gradient_norm.len(), steps + 1);
            prop_assert_eq!(path.learning_rate.len(), steps);
            prop_assert!(path.x.iter().chain(&path.y).all(|it| it.is_finite()));
            let ends = [Status::Diverged(steps), Status::Undefined(steps)];
            prop_assert_eq!(ends.contains(&path.status()), steps < 40);
            for step in 0..steps {
                prop_assert!(!path.status_at(step).is_out());
            }
        }
    }

    /// The inspected step is the step of the race, with its schedule and edits.
    #[test]
    fn a_step_looked_at_is_the_step_that_was_made(
        racer in any_racer(),
        step in 0..30_usize,
    ) {
        let surface = SurfaceChoice::Beale.open();
        let path = simulate_racer(&surface, &racer.plan, [1.0, 1.6], 30, 0);
        let looked_at = anatomy(&surface, &racer.plan, &path, step, 0);
        prop_assert_eq!(looked_at.is_some(), step <= path.last_step());
        if let Some(looked_at) = looked_at {
            let bits = |at: [f64; 2]| at.map(f64::to_bits);
            prop_assert_eq!(bits(looked_at.from), bits(path.at(step)));
            if step < path.last_step() {
                prop_assert_eq!(bits(looked_at.to), bits(path.at(step + 1)));
            } else {
                prop_assert!(!looked_at.to.iter().all(|it| it.is_finite()), "the last one");
            }
        }
    }
}

/// Long races run on several threads, but a racer's path is the same as when it runs alone. In a
/// slightly longer race only every second step would be kept.
#[test]
fn threads_make_no_difference() {
    let racer = |rate| format!("(optimizer: Adam(learning_rate: 0.0{rate}))");
    let racers: Vec<String> = (1..=7).map(racer).collect();
    let long = race("Beale", [1.0, 1.6], 150_000, &racers.join(", "));
    let together = simulate(&long);
    assert_eq!(together.len(), 7);
    let surface = long.open_surface();
    for (racer, path) in long.racers.iter().zip(&together) {
        let alone = simulate_racer(&surface, &racer.plan, long.start, long.steps, long.seed);
        assert_eq!(alone.x, path.x);
        assert_eq!(alone.loss, path.loss);
    }
}
