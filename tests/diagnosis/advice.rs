//! Other properties of advice.

use slalom::analysis::diagnosis::{Attempt, FindingKind, Situation, diagnose};
use slalom::simulation::{anatomy, simulate};
use slalom::surface::minima::worth_marking;

use super::case::{diagnosed, on, valley};
use super::common::race;

#[test]
fn a_start_on_the_ridge_is_moved_aside_where_that_helps() {
    let ridge = on(
        "Saddle",
        [-1.2, 0.0],
        "(optimizer: GradientDescent(learning_rate: 0.1))",
        100,
    );
    let advice = ridge.says(FindingKind::OnSaddle, &[]).advice.unwrap();
    let order = "Move the start a little to the side, to (−1.2, 0.004243): ";
    assert!(advice.starts_with(order), "{advice}");
    let hollow = on(
        "Easom",
        [0.3, 0.3],
        "(optimizer: GradientDescent(learning_rate: 0.1))",
        50,
    );
    assert_eq!(hollow.says(FindingKind::OnSaddle, &[]).advice, None);
}

#[test]
fn who_has_arrived_may_arrive_sooner() {
    let case = on(
        "Booth",
        [-1.0, 0.8],
        "(optimizer: GradientDescent(learning_rate: 0.05))",
        400,
    );
    let advice = case.says(FindingKind::AtMinimum, &[]).advice.unwrap();
    let step = |rate: f64| {
        let racer = format!("(optimizer: GradientDescent(learning_rate: {rate}))");
        let path = simulate(&race(case.surface, case.start, case.steps, &racer)).remove(0);
        path.status().step().unwrap()
    };
    let [sooner, own] = [step(0.1), step(0.05)];
    let expected = format!(
        "Raise the learning rate to 0.1: it then arrives at step {sooner} rather than {own}."
    );
    assert_eq!(advice, expected);
}

/// The stability limit of a rule that scales its rates is computed from its current scaling, so it
/// does not tell what a rate a hundred times as high would do.
#[test]
fn limits_of_adaptive_rules_are_told_only_close_to_them() {
    let far_below = valley("(optimizer: Adam(learning_rate: 0.01))", 20);
    let finding = far_below.says(FindingKind::Timid, &[]);
    assert!(!finding.what.contains("stable"), "{finding:#?}");
    let plain = valley("(optimizer: GradientDescent(learning_rate: 0.0001))", 10);
    plain.says(
        FindingKind::Timid,
        &["a learning rate of up to 0.04 would still be stable"],
    );
    let close = on(
        "Rosenbrock",
        [-1.5, 2.0],
        "(optimizer: RMSProp(learning_rate: 0.02))",
        150,
    );
    close.says(FindingKind::Bouncing, &["(a learning rate of 0.0197)"]);
}

#[test]
fn an_advice_that_helps_twice_is_given_once() {
    let case = valley("(optimizer: GradientDescent(learning_rate: 0.036))", 5);
    let [first, second] = &diagnosed(&case)[..] else {
        panic!("it oscillates and crawls");
    };
    assert!(first.advice.as_deref().unwrap().starts_with("Try Momentum"));
    assert_eq!(
        (second.kind, &second.advice),
        (FindingKind::Crawling, &None)
    );
}

/// If nothing can be tried, nothing is promised.
#[test]
fn untried_advice_is_not_given() {
    let case = valley("(optimizer: GradientDescent(learning_rate: 0.046))", 5);
    let experiment = race(case.surface, case.start, case.steps, case.racer);
    let path = simulate(&experiment).remove(0);
    let surface = experiment.surface.open();
    let plan = &experiment.racers[0].plan;
    let step = |step| anatomy(&surface, plan, &path, step, 0).unwrap();
    let (first, now) = (step(0), step(case.step));
    let minima = worth_marking(&*surface);
    let trials = |_: &Attempt| None;
    let situation = Situation::new(&*surface, plan, &path, &minima, [&first, &now], &trials);
    for finding in diagnose(&situation) {
        assert_eq!(finding.advice, None, "{finding:#?}");
    }
}
