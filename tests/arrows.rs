//! The arrows of a step add up to the step, for every rule.

mod common;

use std::sync::Arc;

use common::{race, with};
use slalom::experiment::Plan;
use slalom::optimizer::{Family, NoteRole, OptimizerChoice};
use slalom::simulation::{Anatomy, Arrow, Unit, anatomy, simulate_racer};
use slalom::surface::{Surface, SurfaceChoice};

fn step_of(surface: &Arc<dyn Surface>, optimizer: &str, start: [f64; 2], step: usize) -> Anatomy {
    step_of_plan(surface, &with(optimizer).plan, start, step)
}

fn step_of_plan(surface: &Arc<dyn Surface>, plan: &Plan, start: [f64; 2], step: usize) -> Anatomy {
    let path = simulate_racer(surface, plan, start, step + 1, 0);
    anatomy(surface, plan, &path, step, 0).unwrap()
}

fn sum(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] + b[0], a[1] + b[1]]
}

#[track_caller]
fn assert_close(a: [f64; 2], b: [f64; 2]) {
    for axis in 0..2 {
        let size = 1.0 + b[axis].abs();
        assert!(
            (a[axis] - b[axis]).abs() < 1e-12 * size,
            "{a:?} is not {b:?}"
        );
    }
}

#[test]
fn parts_lead_tip_to_tail_from_the_old_position_to_the_new_one() {
    let surface = SurfaceChoice::LongValley.open();
    let more = [
        "Nesterov(form: Reformulated, velocity: Unscaled)",
        "Momentum(velocity: Unscaled, dampening: 0.3)",
        "RMSProp(momentum: 0.8)",
        "Adam(weight_decay: 0.1, epsilon_hat: true)",
        "Adagrad(matrix: Full, learning_rate: 0.5)",
        "Lookahead(inner: Momentum())",
    ];
    let every = OptimizerChoice::for_points().cloned().map(Plan::new);
    for plan in every.chain(more.map(|it| with(it).plan)) {
        let optimizer = &plan.optimizer;
        for step in [0, 1, 4, 7] {
            let anatomy = step_of_plan(&surface, &plan, [-4.5, 1.5], step);
            let arrows = anatomy.arrows(&*surface);
            let parts = arrows
                .iter()
                .filter(|arrow| arrow.unit == Unit::Plane && !arrow.other);
            let (whole, parts): (Vec<&Arrow>, Vec<&Arrow>) =
                parts.partition(|arrow| arrow.name == "step");
            // Newton's method reaches the minimum in one step, and a step of zero has no arrow.
            let rests = anatomy.from == anatomy.to;
            assert_eq!(whole.len(), usize::from(!rests), "{optimizer:?}");
            for step in whole {
                assert_close(sum(step.from, step.by), anatomy.to);
            }
            let mut at = anatomy.from;
            for part in &parts {
                assert_close(part.from, at);
                at = sum(part.from, part.by);
            }
            if !parts.is_empty() {
                assert_close(at, anatomy.to);
            }
        }
    }
}

#[test]
fn nesterovs_momentum_leads_to_the_point_where_its_gradient_is_taken() {
    let surface = SurfaceChoice::LongValley.open();
    let optimizer = "Nesterov(learning_rate: 0.015, momentum: 0.9)";
    let anatomy = step_of(&surface, optimizer, [-4.5, 1.5], 5);
    let arrows = anatomy.arrows(&*surface);
    let named = |name: &str| arrows.iter().find(|arrow| arrow.name == name).unwrap();
    let memory = named("from memory");
    let ahead = sum(memory.from, memory.by);
    assert_close(ahead, anatomy.asked_at());
    assert_eq!(named("−gradient").from, anatomy.asked_at());
    let (_, gradient) = surface.gradient(anatomy.asked_at());
    assert_close(named("−gradient").by, [-gradient[0], -gradient[1]]);
}

/// From the same velocity, Momentum makes the step −μv − η∇f(θ).
#[test]
fn plain_momentums_step_is_that_of_momentum() {
    let surface = SurfaceChoice::LongValley.open();
    let anatomy = step_of(
        &surface,
        "Nesterov(learning_rate: 0.015, momentum: 0.9)",
        [-4.5, 1.5],
        5,
    );
    let arrows = anatomy.arrows(&*surface);
    let plain = arrows.iter().find(|arrow| arrow.other).unwrap();
    let kept = anatomy.notes.first(NoteRole::Part(Family::Memory)).unwrap();
    let (_, slope) = surface.gradient(anatomy.from);
    assert_close(
        plain.by,
        [kept[0] - 0.015 * slope[0], kept[1] - 0.015 * slope[1]],
    );
    let momentum = step_of(&surface, "Momentum()", [-4.5, 1.5], 5);
    assert!(momentum.arrows(&*surface).iter().all(|arrow| !arrow.other));
}

#[test]
fn ellipse_of_squares_is_that_of_the_matrix() {
    let experiment = race(
        "Matyas",
        [-8.0, 4.0],
        9,
        "(optimizer: Adagrad(learning_rate: 2, matrix: Full))",
    );
    let surface = experiment.open_surface();
    let anatomy = step_of(
        &surface,
        "Adagrad(learning_rate: 2, matrix: Full)",
        [-8.0, 4.0],
        8,
    );
    let [long, short] = anatomy.squares().unwrap();
    assert!(long[0].hypot(long[1]) >= short[0].hypot(short[1]));
    assert!((long[0] * short[0] + long[1] * short[1]).abs() < 1e-9);
    // The outer products of both axes add up to G again.
    let entry = |i: usize, j: usize| long[i] * long[j] + short[i] * short[j];
    let [a, d] = anatomy.notes.first(NoteRole::Squares).unwrap();
    assert!((entry(0, 0) - a).abs() < 1e-9 * a);
    assert!((entry(1, 1) - d).abs() < 1e-9 * d);
    let cross = anatomy.notes.pair(NoteRole::Squares).unwrap();
    assert!((entry(0, 1) - cross).abs() < 1e-9 * a);

    let diagonal = step_of(&surface, "Adagrad(learning_rate: 2)", [-8.0, 4.0], 8);
    let [long, short] = diagonal.squares().unwrap();
    assert!(
        long[0] * long[1] == 0.0 && short[0] * short[1] == 0.0,
        "along the axes"
    );
    let descent = step_of(&surface, "GradientDescent()", [-8.0, 4.0], 8);
    assert_eq!(descent.squares(), None);
}
