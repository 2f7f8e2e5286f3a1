//! The final status of a racer, as precisely defined.

mod common;

use std::sync::Arc;

use common::bowl::Bowl;
use common::{run, with};
use slalom::simulation::{Status, simulate_racer};
use slalom::surface::{Surface, SurfaceChoice};

fn rest_on(surface: impl Surface + 'static) -> Status {
    let racer = with("GradientDescent(learning_rate: 0.1)");
    let surface: Arc<dyn Surface> = Arc::new(surface);
    simulate_racer(&surface, &racer.plan, [0.0, 0.0], 5, 0).status()
}

/// y ← y − 10·50·y = −499 y, from 1: the last finite power of 499 is the 114th.
#[test]
fn a_diverged_racer_keeps_its_last_finite_step() {
    let optimizer = "GradientDescent(learning_rate: 10.0)";
    let path = run("LongValley", optimizer, [0.0, 1.0], 200);
    let last = (1..usize::MAX)
        .scan(1.0_f64, |y, step| {
            *y *= -499.0;
            y.is_finite().then_some(step)
        })
        .last()
        .unwrap();
    assert_eq!(last, 114);
    assert_eq!(path.status(), Status::Diverged(last));
    assert_eq!(path.len(), last + 1);
    assert_eq!(path.last_step(), last);
    assert_eq!(path.learning_rate.len(), last);
    assert!(path.x.iter().chain(&path.y).all(|it| it.is_finite()));
    assert!(path.y[last].abs() > 1e305);
    assert!(
        path.loss[last].is_infinite(),
        "the loss alone stops nothing"
    );
    assert_ne!(path.status_at(last - 1), Status::Diverged(last));
    assert_eq!(path.at(500), path.at(last), "past its end it stays there");
}

#[test]
fn a_racer_can_diverge_in_its_first_step() {
    let path = run(
        "LongValley",
        "GradientDescent(learning_rate: 1e9)",
        [1e300, 1e300],
        10,
    );
    assert_eq!(path.status(), Status::Diverged(0));
    assert_eq!(path.len(), 1);
    assert_eq!(path.at(0), [1e300, 1e300]);
}

#[test]
fn the_last_step_may_be_finite_though_the_next_would_not() {
    let optimizer = "GradientDescent(learning_rate: 10.0)";
    assert_eq!(
        run("LongValley", optimizer, [0.0, 1.0], 114).status(),
        Status::Far
    );
    assert_eq!(
        run("LongValley", optimizer, [0.0, 1.0], 115).status(),
        Status::Diverged(114)
    );
}

/// y ← y − 0.05·50·y = −1.5 y, and the valley's window ends at ±2: 1.5¹⁸ = 1478, 1.5¹⁹ = 2217.
#[test]
fn far_is_outside_a_thousand_windows_and_stops_nothing() {
    let path = run(
        "LongValley",
        "GradientDescent(learning_rate: 0.05)",
        [0.0, 1.0],
        60,
    );
    assert_eq!(path.len(), 61);
    for step in 0..=18 {
        assert_eq!(path.status_at(step), Status::Running);
    }
    for step in 19..=60 {
        assert_eq!(path.status_at(step), Status::Far);
    }
    assert_eq!(path.status(), Status::Far);
    let ratio = path.y[60] / path.y[59];
    assert!((ratio + 1.5).abs() < 1e-12, "not clipped: {ratio}");
}

#[test]
fn far_is_measured_from_the_middle_of_the_window() {
    // Branin's window has x in −5…10 and y in 0…15, so its centre is (2.5, 7.5).
    let still = "GradientDescent(learning_rate: 0.0)";
    for (start, status) in [
        ([2.5 + 7500.0, 7.5], Status::Running),
        ([2.5 + 7500.1, 7.5], Status::Far),
        ([2.5 - 7500.0, 7.5], Status::Running),
        ([2.5 - 7500.1, 7.5], Status::Far),
        ([2.5, 7.5 + 7500.1], Status::Far),
        ([2.5, 7.5 - 7500.1], Status::Far),
    ] {
        assert_eq!(run("Branin", still, start, 3).status(), status, "{start:?}");
    }
}

/// x ← x/2 from 1: gradient and step are both 2⁻ᵏ, below 1e-8 from the 27th step on.
#[test]
fn converged_says_since_when() {
    let halves = |steps| {
        run(
            "LongValley",
            "GradientDescent(learning_rate: 0.5)",
            [1.0, 0.0],
            steps,
        )
    };
    let path = halves(40);
    assert_eq!(path.status(), Status::Converged(27));
    assert_eq!(path.status_at(26), Status::Running);
    assert_eq!(path.status_at(27), Status::Converged(27));
    assert_eq!(path.len(), 41, "nothing stops it");
    assert_eq!(halves(27).status(), Status::Converged(27));
    assert_eq!(halves(26).status(), Status::Running);
}

#[test]
fn no_slope_alone_or_no_step_alone_is_no_rest() {
    // The first step reaches the minimum but is long; the second is zero.
    let path = run(
        "LongValley",
        "GradientDescent(learning_rate: 1.0)",
        [1.0, 0.0],
        3,
    );
    assert_eq!(path.at(1), [0.0, 0.0]);
    assert_eq!(path.status_at(1), Status::Running);
    assert_eq!(path.status(), Status::Converged(2));
    // A racer that never moves, at a point with a gradient.
    let path = run(
        "LongValley",
        "GradientDescent(learning_rate: 0.0)",
        [1.0, 0.0],
        3,
    );
    assert_eq!(path.status(), Status::Running);
    // A racer with a velocity passes through the minimum.
    let path = run(
        "LongValley",
        "Momentum(learning_rate: 1.0, momentum: 0.5)",
        [1.0, 0.0],
        2,
    );
    assert_eq!(path.gradient_norm[1], 0.0);
    assert_eq!(path.status(), Status::Running);
}

/// Exactly on the ridge there is no sideways gradient. x ← 0.8 x from −1.2 has the gradient 2x:
/// 2.4·0.8ᵏ is below 1e-8 from k = 87 on, and the step 0.3·0.8ᵏ even earlier.
#[test]
fn exactly_on_the_ridge_of_a_saddle_a_racer_is_stuck() {
    let path = run(
        "Saddle",
        "GradientDescent(learning_rate: 0.1)",
        [-1.2, 0.0],
        120,
    );
    assert_eq!(path.status(), Status::Stuck(87));
    assert_eq!(path.status_at(86), Status::Running);
    for optimizer in [
        "GradientDescent()",
        "Adam()",
        "Momentum()",
        "Nesterov()",
        "Adadelta()",
    ] {
        let path = run("Saddle", optimizer, [0.0, 0.0], 10);
        assert_eq!(path.status(), Status::Stuck(1), "{optimizer}");
    }
}

/// Near the ridge a racer rests at the saddle for a while and then leaves.
#[test]
fn who_leaves_a_saddle_was_not_stuck() {
    let near = |steps| {
        run(
            "Saddle",
            "GradientDescent(learning_rate: 0.1)",
            [0.0, 1e-12],
            steps,
        )
    };
    assert_eq!(near(20).status(), Status::Stuck(1));
    let path = near(160);
    assert_eq!(path.status(), Status::Running);
    assert_eq!(path.status_at(20), Status::Running);
}

#[test]
fn stuck_is_a_point_without_slope_that_is_no_minimum() {
    assert_eq!(rest_on(Bowl(0.0, 0.0)), Status::Stuck(1), "plain");
    assert_eq!(rest_on(Bowl(-1.0, -1.0)), Status::Stuck(1), "summit");
    assert_eq!(rest_on(Bowl(1.0, -1e-3)), Status::Stuck(1), "saddle");
    // The eigenvalues are twice the factors: 8e-7 counts as flat, 1.2e-6 does not.
    assert_eq!(rest_on(Bowl(4e-7, 4e-7)), Status::Stuck(1), "plateau");
    assert_eq!(
        rest_on(Bowl(6e-7, 4e-7)),
        Status::Converged(1),
        "shallow bowl"
    );
    assert_eq!(
        rest_on(Bowl(1.0, 0.0)),
        Status::Converged(1),
        "floor of a level valley"
    );
    assert_eq!(rest_on(Bowl(1.0, 1.0)), Status::Converged(1), "bowl");
    let path = run("MonkeySaddle", "Adam()", [0.0, 0.0], 3);
    assert_eq!(path.status(), Status::Stuck(1));
}

/// e^(−(x−π)²−(y−π)²) is practically zero far from π.
#[test]
fn the_plain_around_easoms_hole_is_a_plateau() {
    let path = run(
        "Easom",
        "GradientDescent(learning_rate: 0.1)",
        [-6.0, -6.0],
        5,
    );
    assert_eq!(path.status(), Status::Stuck(1));
}

#[test]
fn at_every_global_minimum_a_racer_has_converged() {
    let racer = with("GradientDescent(learning_rate: 1e-4)");
    for choice in SurfaceChoice::BUILT_IN {
        let surface = choice.open();
        for minimum in surface.minima().iter().filter(|minimum| minimum.global) {
            let path = simulate_racer(&surface, &racer.plan, minimum.at, 3, 0);
            assert_eq!(
                path.status(),
                Status::Converged(1),
                "{choice:?} {:?}",
                minimum.at
            );
        }
    }
}

#[test]
fn the_tip_of_ackleys_cone_is_a_minimum() {
    for optimizer in [
        "GradientDescent()",
        "Adam()",
        "RMSProp()",
        "Adagrad(matrix: Full)",
    ] {
        let path = run("Ackley", optimizer, [0.0, 0.0], 10);
        assert_eq!(path.status(), Status::Converged(1), "{optimizer}");
        assert_eq!(path.at(10), [0.0, 0.0]);
        assert!(path.loss_at(0).abs() < 1e-14);
        assert_eq!(path.gradient_norm[0], 0.0);
    }
}

#[test]
fn statuses_have_words_and_steps() {
    let expected = [
        (Status::Running, "running", None, "running"),
        (Status::Far, "far", None, "far"),
        (Status::Converged(3), "converged", Some(3), "converged at 3"),
        (Status::Stuck(4), "stuck", Some(4), "stuck at 4"),
        (Status::Diverged(5), "diverged", Some(5), "diverged at 5"),
    ];
    for (status, word, step, shown) in expected {
        assert_eq!((status.word(), status.step()), (word, step));
        assert_eq!(status.to_string(), shown);
    }
}
