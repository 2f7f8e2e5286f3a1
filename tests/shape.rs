//! Rotating the surface under the racers, and elongating the long valley: which rules are affected,
//! and which are not.

mod common;

use common::{cases, race, run};
use proptest::prelude::*;
use slalom::experiment::Experiment;
use slalom::preset::{from_text, to_text};
use slalom::simulation::{Trajectory, simulate};
use slalom::surface::{Shape, SurfaceChoice};

const START: [f64; 2] = [-4.5, 1.5];

fn turned(experiment: &Experiment, rotation: f64) -> Experiment {
    let mut turned = experiment.clone();
    turned.start = turned.shape.carry(&turned.surface, turned.start, rotation);
    turned.shape.rotation = rotation;
    turned
}

fn path(experiment: &Experiment) -> Trajectory {
    simulate(experiment).remove(0)
}

/// The largest relative difference between the losses of two runs.
fn difference(optimizer: &str, rotation: f64) -> f64 {
    let straight = race(
        "LongValley",
        START,
        60,
        &format!("(optimizer: {optimizer})"),
    );
    let [before, after] = [path(&straight), path(&turned(&straight, rotation))];
    assert_eq!(before.len(), after.len());
    let pairs = before.loss.iter().zip(&after.loss);
    pairs
        .map(|(a, b)| (a - b).abs() / (1.0 + a.abs()))
        .fold(0.0, f64::max)
}

#[test]
fn rules_without_axes_do_not_feel_a_turn() {
    for rule in [
        "GradientDescent(learning_rate: 0.03)",
        "Momentum(learning_rate: 0.02)",
        "Nesterov(learning_rate: 0.015)",
        "Adagrad(learning_rate: 1, matrix: Full)",
    ] {
        assert!(
            difference(rule, 33.0) < 1e-9,
            "{rule}: {}",
            difference(rule, 33.0)
        );
    }
}

#[test]
fn rules_that_scale_each_axis_do() {
    for rule in [
        "Adagrad(learning_rate: 1)",
        "Adadelta(learning_rate: 10)",
        "RMSProp(learning_rate: 0.05)",
        "Adam(learning_rate: 0.1)",
        "Nadam(learning_rate: 0.1)",
    ] {
        assert!(difference(rule, 33.0) > 0.01, "{rule}");
    }
}

#[test]
fn turned_saddle_lets_adam_escape_later() {
    // The step at which the tour says that a racer leaves the window along the falling direction.
    let out = |optimizer: &str, rotation: f64| {
        let text = format!("(optimizer: {optimizer})");
        let straight = race("Saddle", [-1.2, 1e-4], 200, &text);
        let path = path(&turned(&straight, rotation));
        let back = Shape {
            rotation,
            ..Shape::default()
        };
        let along = |step: usize| back.carry(&SurfaceChoice::Saddle, path.at(step), 0.0)[1].abs();
        (0..path.len()).find(|&step| along(step) > 1.5)
    };
    let (adam, momentum) = ("Adam(learning_rate: 0.05)", "Momentum(learning_rate: 0.01)");
    assert_eq!(out(adam, 0.0), Some(29));
    assert_eq!(out(momentum, 0.0), Some(99));
    assert_eq!(out(adam, 45.0), Some(118));
    assert_eq!(out(momentum, 45.0), Some(99));
}

#[test]
fn condition_number_is_the_ratio_of_curvatures() {
    for condition in [1.0, 10.0, 50.0, 1000.0] {
        let shape = Shape {
            rotation: 20.0,
            condition: Some(condition),
        };
        let surface = shape.open(&SurfaceChoice::LongValley);
        let [[a, b], [_, d]] = surface.hessian([0.3, -0.2]);
        let (trace, determinant) = (a + d, a * d - b * b);
        assert!(
            (trace - (1.0 + condition)).abs() < 1e-9 * condition,
            "{condition}"
        );
        assert!(
            (determinant - condition).abs() < 1e-9 * condition,
            "{condition}"
        );
    }
    // Gradient descent oscillates forever at η = 2/κ.
    let text = "(version: 1, surface: LongValley, condition: 200, start: (-4.5, 1.5), steps: 100,
        racers: [(optimizer: GradientDescent(learning_rate: 0.01))])";
    let path = path(&from_text("test", text).unwrap().experiment);
    assert!((path.y[100].abs() - 1.5).abs() < 1e-9, "{}", path.y[100]);
}

#[test]
fn unturned_surfaces_keep_their_numbers_to_the_last_bit() {
    let straight = run("Beale", "Adam(learning_rate: 0.1)", [1.0, 1.6], 50);
    let text = "(version: 1, surface: Beale, rotation: 0, start: (1.0, 1.6), steps: 50,
        racers: [(optimizer: Adam(learning_rate: 0.1))])";
    assert_eq!(path(&from_text("test", text).unwrap().experiment), straight);
}

#[test]
fn impossible_shapes_are_refused() {
    let fails = |fields: &str| {
        let text = format!("(version: 1, {fields}, start: (0, 0), steps: 1, racers: [])");
        from_text("file", &text).unwrap_err().to_string()
    };
    let said = fails("surface: Beale, rotation: 400");
    assert!(said.starts_with("file:1:40: rotation is 400"), "{said}");
    let said = fails("surface: Beale, condition: 2");
    assert!(
        said.contains("condition belongs to the surface LongValley alone"),
        "{said}"
    );
    let said = fails("surface: LongValley, condition: 0.5");
    assert!(
        said.contains("condition is 0.5, but must be from 1 to 1,000,000"),
        "{said}"
    );
    assert!(fails("surface: LongValley, condition: NaN").contains("condition is NaN"));
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn derivatives_turn_and_stretch_with_the_surface(
        rotation in -360.0..360.0,
        condition in 1.0..500.0,
        at in [-3.0..3.0, -2.0..2.0],
    ) {
        let shape = Shape { rotation, condition: Some(condition) };
        let surface = shape.open(&SurfaceChoice::LongValley);
        let (_, gradient) = surface.gradient(at);
        let hessian = surface.hessian(at);
        for k in 0..2 {
            let mut ahead = at;
            let mut behind = at;
            ahead[k] += 1e-4;
            behind[k] -= 1e-4;
            let slope = (surface.value(ahead) - surface.value(behind)) / 2e-4;
            prop_assert!((slope - gradient[k]).abs() < 1e-6 * (1.0 + slope.abs() + condition));
            let (_, up) = surface.gradient(ahead);
            let (_, down) = surface.gradient(behind);
            for j in 0..2 {
                let bend = (up[j] - down[j]) / 2e-4;
                prop_assert!((bend - hessian[k][j]).abs() < 1e-6 * (1.0 + condition));
            }
        }
    }

    #[test]
    fn start_goes_with_the_surface(rotation in -360.0..360.0, at in [-1.5..1.5, -1.5..1.5]) {
        let straight = Shape::default();
        let turned = Shape { rotation, ..straight };
        let choice = SurfaceChoice::MonkeySaddle;
        let moved = straight.carry(&choice, at, rotation);
        let (here, there) = (straight.open(&choice).value(at), turned.open(&choice).value(moved));
        prop_assert!((here - there).abs() < 1e-12);
    }
}

#[test]
fn shape_is_written_and_read() {
    let text = "(version: 1, surface: LongValley, rotation: 30, condition: 100, start: (1, 1), steps: 1, racers: [])";
    let preset = from_text("test", text).unwrap();
    assert_eq!(
        preset.experiment.shape,
        Shape {
            rotation: 30.0,
            condition: Some(100.0)
        }
    );
    let again = from_text("test", &to_text(&preset).unwrap()).unwrap();
    assert_eq!(again, preset);
}
