use std::sync::Arc;

use super::*;
use crate::experiment::{Edit, Schedule};
use crate::optimizer::{
    Adam, GradientDescent, Momentum, Nesterov, NesterovForm, OptimizerChoice, Velocity,
};
use crate::simulation::simulate_racer;
use crate::surface::{Shape, SurfaceChoice};

fn descent(learning_rate: f64) -> Plan {
    Plan::new(OptimizerChoice::GradientDescent(GradientDescent {
        learning_rate,
    }))
}

fn on(
    surface: &SurfaceChoice,
    plan: &Plan,
    start: [f64; 2],
    step: usize,
) -> Result<Contraction, Inapplicable> {
    let surface = surface.open();
    let path = simulate_racer(&surface, plan, start, step.max(1), 0);
    Contraction::on_path(&mut *Arc::clone(&surface).evaluator(), plan, &path, step)
}

fn in_the_valley(plan: &Plan, step: usize) -> Contraction {
    on(&SurfaceChoice::LongValley, plan, [-4.5, 1.5], step).unwrap()
}

fn factor(direction: &Direction) -> f64 {
    match direction.measured {
        Measured::Factor(factor) => factor,
        other => panic!("{other:?}"),
    }
}

#[test]
fn gradient_descent_in_the_long_valley_shrinks_by_0_964_and_0_8() {
    let found = in_the_valley(&descent(0.036), 12);
    assert_eq!(found.at, [0.0, 0.0]);
    let [along, across] = &found.directions[..] else {
        panic!("{found:?}");
    };
    assert_eq!((&along.along[..], along.curvature), (&[1.0, 0.0][..], 1.0));
    assert_eq!(
        (&across.along[..], across.curvature),
        (&[0.0, 1.0][..], 50.0)
    );
    for (direction, expected) in [(along, 0.964), (across, 0.8)] {
        assert!(
            (direction.predicted - expected).abs() < 1e-12,
            "{direction:?}"
        );
        assert!((factor(direction) - expected).abs() < 1e-9, "{direction:?}");
    }
    assert!((along.steps_per_decade().unwrap() - 62.8).abs() < 0.1);
}

#[test]
fn on_a_quadratic_theory_and_run_agree_for_every_rule_and_form() {
    let momentum = |learning_rate, momentum, dampening, velocity| {
        Plan::new(OptimizerChoice::Momentum(Momentum {
            learning_rate,
            momentum,
            dampening,
            velocity,
        }))
    };
    let nesterov = |form, velocity| {
        Plan::new(OptimizerChoice::Nesterov(Nesterov {
            learning_rate: 0.015,
            momentum: 0.8,
            form,
            velocity,
        }))
    };
    let plans = [
        descent(0.036),
        descent(0.041),
        momentum(0.03, 0.7, 0.0, Velocity::Scaled),
        momentum(0.03, 0.7, 0.0, Velocity::Unscaled),
        momentum(0.03, 0.7, 0.3, Velocity::Unscaled),
        // Two real roots, and a single one.
        momentum(0.001, 0.2, 0.0, Velocity::Scaled),
        momentum(0.03, 0.0, 0.0, Velocity::Scaled),
        nesterov(NesterovForm::LookAhead, Velocity::Scaled),
        nesterov(NesterovForm::Reformulated, Velocity::Scaled),
        nesterov(NesterovForm::Reformulated, Velocity::Unscaled),
    ];
    for plan in plans {
        for step in [3, 8, 25] {
            for direction in in_the_valley(&plan, step).directions {
                let off = (factor(&direction) - direction.predicted).abs();
                assert!(off < 1e-6, "{plan:?} at {step}: {direction:?}");
            }
        }
    }
}

#[test]
fn every_rule_that_states_a_recurrence_follows_it() {
    let mut compared = 0;
    for optimizer in OptimizerChoice::all() {
        if optimizer.rule().recurrence(1.0).is_none() {
            continue;
        }
        compared += 1;
        for direction in in_the_valley(&Plan::new(optimizer.clone()), 30).directions {
            let off = (factor(&direction) - direction.predicted).abs();
            assert!(off < 1e-6, "{optimizer:?}: {direction:?}");
        }
    }
    assert_eq!(compared, 5);
}

#[test]
fn a_rotated_valley_has_rotated_directions() {
    let valley = SurfaceChoice::LongValley;
    let shape = Shape {
        rotation: 30.0,
        ..Shape::default()
    };
    let surface = shape.open(&valley);
    let plan = descent(0.036);
    let path = simulate_racer(&surface, &plan, [-3.0, 1.0], 20, 0);
    let found = Contraction::on_path(&mut *surface.evaluator(), &plan, &path, 15).unwrap();
    let [along, across] = &found.directions[..] else {
        panic!("{found:?}");
    };
    assert!(
        (along.along[0].abs() - 30_f64.to_radians().cos()).abs() < 1e-9,
        "{found:?}"
    );
    assert!((factor(along) - 0.964).abs() < 1e-6 && (factor(across) - 0.8).abs() < 1e-6);
}

#[test]
fn too_high_a_rate_is_unstable_across_the_valley_only() {
    let found = in_the_valley(&descent(0.041), 10);
    let unstable = found.directions.iter().map(Direction::is_unstable);
    assert_eq!(unstable.collect::<Vec<_>>(), [false, true]);
    assert_eq!(found.directions[1].steps_per_decade(), None);
    assert!((factor(&found.directions[1]) - 1.05).abs() < 1e-9);
}

#[test]
fn near_a_minimum_that_is_no_quadratic_both_nearly_agree() {
    let plan = descent(0.01);
    let far = on(&SurfaceChoice::Beale, &plan, [1.0, 1.6], 20);
    assert_eq!(far, Err(Inapplicable::NotNear));
    let near = on(&SurfaceChoice::Beale, &plan, [3.0002, 0.5002], 5).unwrap();
    assert!((near.at[0] - 3.0).abs() < 1e-9 && (near.at[1] - 0.5).abs() < 1e-9);
    for direction in near.directions {
        let off = (factor(&direction) - direction.predicted).abs();
        assert!(off < 0.02, "{direction:?}");
    }
}

#[test]
fn what_theory_does_not_cover_is_said_in_one_sentence() {
    let steps = |plan: &Plan| on(&SurfaceChoice::LongValley, plan, [-4.5, 1.5], 20);
    let adam = Plan::new(OptimizerChoice::Adam(Adam::default()));
    let mut noisy = descent(0.036);
    noisy.noise = 0.1;
    let mut scheduled = descent(0.036);
    scheduled.schedule = Schedule::Exponential { factor: 0.99 };
    for (plan, expected) in [
        (adam, "There is no such theory for Adam: "),
        (noisy, "The gradients depend on chance"),
        (scheduled, "The learning rate follows a schedule"),
    ] {
        let sentence = steps(&plan).unwrap_err().to_string();
        assert!(
            sentence.starts_with(expected) && sentence.ends_with('.'),
            "{sentence}"
        );
    }
    let wild = on(&SurfaceChoice::Beale, &descent(10.0), [1.0, 1.6], 60);
    assert_eq!(wild, Err(Inapplicable::Diverged));
}

#[test]
fn only_steps_since_the_last_change_are_measured() {
    let mut plan = descent(0.02);
    plan.edits.push(Edit {
        step: 30,
        parameter: "learning_rate".into(),
        value: 0.036,
    });
    let measured = |step| in_the_valley(&plan, step).directions[0].measured;
    assert_eq!(measured(31), Measured::TooFewSteps);
    assert_eq!(
        in_the_valley(&plan, 2).directions[0].measured,
        Measured::TooFewSteps
    );
    let found = in_the_valley(&plan, 36);
    assert!((factor(&found.directions[0]) - 0.964).abs() < 1e-9);
}

#[test]
fn a_racer_that_has_arrived_is_not_measured() {
    let found = on(&SurfaceChoice::LongValley, &descent(0.036), [-4.5, 0.0], 9).unwrap();
    assert_eq!(found.directions[1].measured, Measured::Arrived);
    assert!((factor(&found.directions[0]) - 0.964).abs() < 1e-9);
}
