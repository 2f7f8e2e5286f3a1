//! The meaning of each condition, on races made for it.

use slalom::experiment::{Condition, Goal};
use slalom::simulation::simulate;

use super::common::race;

fn holds(surface: &str, start: [f64; 2], steps: usize, racers: &str, when: Condition) -> bool {
    let experiment = race(surface, start, steps, racers);
    let goal = Goal {
        ask: String::new(),
        when,
        allows: None,
        hint: None,
        praise: String::new(),
    };
    goal.is_reached(&experiment, &simulate(&experiment))
}

/// Whether a condition holds for "A", a gradient descent with this rate on the long valley, over
/// 100 steps.
fn descent(learning_rate: f64, when: &Condition) -> bool {
    let racer =
        format!("(name: \"A\", optimizer: GradientDescent(learning_rate: {learning_rate:?}))");
    holds("LongValley", [-4.5, 1.5], 100, &racer, when.clone())
}

fn a() -> String {
    "A".to_owned()
}

/// Each step multiplies y by 1 − 50η: −0.9, −0.975, −1, −1.025 and −1.1.
#[test]
fn bouncing_is_to_and_fro_without_getting_anywhere() {
    let bounces = Condition::Bounces { racer: a() };
    let rates = [0.03, 0.038, 0.0395, 0.04, 0.0405, 0.042, 20.0];
    let expected = [false, false, true, true, true, false, false];
    assert_eq!(rates.map(|rate| descent(rate, &bounces)), expected);
    // Too few steps to judge, and steps too small to see.
    let racer = "(name: \"A\", optimizer: GradientDescent(learning_rate: 0.04))";
    let when = || bounces.clone();
    assert!(!holds("LongValley", [-4.5, 1.5], 20, racer, when()));
    assert!(holds("LongValley", [-4.5, 1.5], 21, racer, when()));
    assert!(!holds("LongValley", [0.0, 1e-3], 100, racer, when()));
    // Movement in one direction does not count.
    let ahead = "(name: \"A\", optimizer: GradientDescent(learning_rate: 0.01))";
    assert!(!holds("Saddle", [0.0, 1.0], 100, ahead, when()));
}

#[test]
fn who_flies_off_ends_higher_than_it_began() {
    let flies_off = Condition::FliesOff { racer: a() };
    // With a rate of 20, the position overflows.
    let rates = [0.03, 0.0399, 0.041, 0.05, 20.0];
    let expected = [false, false, true, true, true];
    assert_eq!(rates.map(|rate| descent(rate, &flies_off)), expected);
}

/// Each step multiplies x by 1 − η, and the first makes y 0: |x| < 0.5 from 4.5 · 0.98ᵏ on, which
/// is step 109.
#[test]
fn who_settles_stays() {
    let settles = |by_step| {
        let racer = "(name: \"A\", optimizer: GradientDescent(learning_rate: 0.02))";
        let when = Condition::Settles {
            racer: a(),
            within: 0.5,
            by_step,
        };
        holds("LongValley", [-4.5, 1.5], 200, racer, when)
    };
    assert!(!settles(108) && settles(109) && settles(1000));
    // Being there for a moment is not enough.
    let racer = "(name: \"A\", optimizer: Momentum(learning_rate: 0.02, momentum: 0.9))";
    let settles = |steps| {
        let when = Condition::Settles {
            racer: a(),
            within: 0.2,
            by_step: 100,
        };
        holds("LongValley", [-4.5, 1.5], steps, racer, when)
    };
    let (passing, past, at_rest) = (settles(36), settles(37), settles(100));
    assert!(passing && !past && at_rest);
}

/// The first step removes ½ · 50 · 1.5² = 56.25, and ½ · 4.5² · 0.98²ᵏ < 1 from step 58 on.
#[test]
fn a_loss_counts_as_soon_as_it_was_there() {
    let below = |loss, by_step| {
        let when = Condition::LossBelow {
            racer: a(),
            loss,
            by_step,
        };
        descent(0.02, &when)
    };
    assert!(!below(1.0, 57) && below(1.0, 58) && below(1.0, 1000));
    assert!(!below(0.01, 1000));
}

#[test]
fn who_beats_whom_is_seen_at_the_end() {
    let pair = |mine: f64, theirs: f64| {
        let racer = |name: &str, rate: f64| {
            format!("(name: \"{name}\", optimizer: GradientDescent(learning_rate: {rate:?})),")
        };
        let when = Condition::Beats {
            racer: a(),
            other: "B".to_owned(),
        };
        let racers = racer("A", mine) + &racer("B", theirs);
        holds("LongValley", [-4.5, 1.5], 200, &racers, when)
    };
    assert!(pair(0.036, 0.02) && !pair(0.02, 0.036) && !pair(0.02, 0.02));
    // A position that overflows is behind all others.
    assert!(pair(0.041, 20.0) && !pair(20.0, 0.041) && !pair(20.0, 30.0));
}

/// y ← 1.2 y from 0.01 is past 1.5 after 28 steps, and y ← 1.02 y from 0.1 after 137.
#[test]
fn who_escapes_leaves_the_window() {
    let racers = "(name: \"A\", optimizer: GradientDescent(learning_rate: 0.1)),
                  (name: \"B\", optimizer: GradientDescent(learning_rate: 0.05)),
                  (name: \"C\", optimizer: GradientDescent(learning_rate: 0.0))";
    let on_saddle = |when| holds("Saddle", [-1.2, 0.01], 60, racers, when);
    let by = |by_step| {
        on_saddle(Condition::Escapes {
            racer: a(),
            by_step,
        })
    };
    assert!(!by(27) && by(28));
    let before = |racer: &str, other: &str| {
        on_saddle(Condition::EscapesBefore {
            racer: racer.to_owned(),
            other: other.to_owned(),
        })
    };
    assert!(before("A", "B") && !before("B", "A") && !before("A", "A"));
    assert!(before("A", "C") && !before("C", "A") && !before("C", "C"));
    assert!(!before("A", "Nobody"), "to be ahead of nobody is no feat");
}

#[test]
fn all_means_all_and_nobody_reaches_nothing() {
    let flies = |racer: &str| Condition::FliesOff {
        racer: racer.to_owned(),
    };
    let both = Condition::All(vec![
        flies("A"),
        Condition::LossBelow {
            racer: a(),
            loss: 1e9,
            by_step: 100,
        },
    ]);
    assert!(descent(0.041, &both) && !descent(0.02, &both));
    assert!(!descent(0.041, &flies("B")));
}

#[test]
fn who_invents_types_lines_that_look_and_lead_elsewhere() {
    let when = Condition::Invented { racer: a() };
    let invented = |rule: &str| {
        let racers = format!(
            "(name: \"A\", optimizer: {rule}), (name: \"B\", optimizer: GradientDescent(learning_rate: 0.01))"
        );
        holds("LongValley", [-4.5, 1.5], 20, &racers, when.clone())
    };
    let typed = |lines: &str| format!("Rule(parameters: {{}}, lines: \"{lines}\")");
    assert!(invented(&typed("theta <- theta - 0.02*g")));
    assert!(invented(&typed(
        "theta <- theta - 0.02*gradient(0.9*theta)"
    )));
    assert!(invented(&typed("theta <- theta*(1 - 0.001*value(theta))")));
    // Those of the other racer.
    assert!(!invented(&typed("theta <- theta - g/100")));
    // It goes where it likes, whatever the slope.
    assert!(!invented(&typed("theta <- 0.9*theta")));
    assert!(!invented("GradientDescent(learning_rate: 0.02)"));
    let nobody = Condition::Invented {
        racer: "C".to_owned(),
    };
    assert!(!descent(0.02, &nobody));
}
