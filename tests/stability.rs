//! The stability limit of every rule, checked by simulation.

mod common;

use std::sync::Arc;

use common::bowl::Bowl;
use common::{edit, with};
use slalom::analysis::{Curvature, Stability, learning_rate_limit};
use slalom::experiment::Racer;
use slalom::optimizer::Notebook;
use slalom::simulation::{anatomy, simulate_racer};
use slalom::surface::{Rotated, Surface};

/// The number of steps over which a frozen state is observed.
const WATCHED: usize = 80;

/// The racer's stability after `warm_up` steps.
fn stability(
    surface: &Arc<dyn Surface>,
    racer: &Racer,
    start: [f64; 2],
    warm_up: usize,
) -> Stability {
    let path = simulate_racer(surface, &racer.plan, start, warm_up, 0);
    let step = anatomy(surface, &racer.plan, &path, warm_up, 0).unwrap();
    let optimizer = racer.plan.optimizer_at(warm_up);
    let hessian = surface.hessian(step.from);
    Stability::of(optimizer.rule(), &step.notes, warm_up, hessian).unwrap()
}

/// The factor by which the distance to the minimum along the steepest mode grows over `WATCHED`
/// steps if the racer continues at `share` of its limit, not counting the transient after the
/// change of rate.
fn growth(
    surface: &Arc<dyn Surface>,
    racer: &Racer,
    start: [f64; 2],
    warm_up: usize,
    share: f64,
) -> f64 {
    let stability = stability(surface, racer, start, warm_up);
    let [across, _] = stability.measures;
    let mut racer = racer.clone();
    let rate = share * stability.limit();
    racer.plan.edits.push(edit(warm_up, "learning_rate", rate));
    let settled = warm_up + 20;
    let path = simulate_racer(surface, &racer.plan, start, settled + WATCHED + 10, 0);
    let size = |from: usize| {
        let parts = (from..from + 10).map(|step| {
            let [x, y] = path.at(step);
            (across[0] * x + across[1] * y).abs()
        });
        parts.fold(0.0, f64::max)
    };
    size(settled + WATCHED) / size(settled)
}

/// Asserts that the racer converges just below the limit and diverges just above it.
fn assert_limit_is_where_it_breaks(surface: &Arc<dyn Surface>, racer: &Racer, warm_up: usize) {
    let start = [0.7, 0.4];
    let below = growth(surface, racer, start, warm_up, 0.98);
    let above = growth(surface, racer, start, warm_up, 1.02);
    assert!(below < 0.1, "{racer:?}: {below:e} below the limit");
    assert!(above > 10.0, "{racer:?}: {above:e} above the limit");
}

fn turned() -> Arc<dyn Surface> {
    Arc::new(Rotated::new(Arc::new(Bowl(0.5, 4.0)), 0.6, [0.0, 0.0]))
}

/// A racer whose averages are frozen from step `from` on.
fn held(optimizer: &str, decay: &str, from: usize) -> Racer {
    let mut racer = with(optimizer);
    racer
        .plan
        .edits
        .push(edit(from, decay, 1.0 - f64::EPSILON / 2.0));
    racer
}

#[test]
fn the_limit_of_rules_without_scaling_is_where_they_break() {
    for optimizer in [
        "GradientDescent(learning_rate: 0.01)",
        "Momentum(learning_rate: 0.01, momentum: 0.0)",
        "Momentum(learning_rate: 0.01, momentum: 0.9)",
        "Momentum(learning_rate: 0.01, momentum: 0.7, dampening: 0.4, velocity: Unscaled)",
        "Nesterov(learning_rate: 0.01, momentum: 0.9)",
        "Nesterov(learning_rate: 0.01, momentum: 0.6, form: Reformulated)",
        "Nesterov(learning_rate: 0.01, momentum: 0.6, form: Reformulated, velocity: Unscaled)",
    ] {
        let bowl: Arc<dyn Surface> = Arc::new(Bowl(0.5, 4.0));
        assert_limit_is_where_it_breaks(&bowl, &with(optimizer), 5);
        assert_limit_is_where_it_breaks(&turned(), &with(optimizer), 5);
    }
}

/// Near the minimum, the gradients are negligible compared with the accumulated squares.
#[test]
fn the_limit_of_adagrad_is_where_it_breaks() {
    for optimizer in [
        "Adagrad(learning_rate: 0.5)",
        "Adagrad(learning_rate: 0.5, epsilon: 2.0, epsilon_inside_sqrt: false)",
        "Adagrad(learning_rate: 0.5, matrix: Full)",
        "Adagrad(learning_rate: 0.5, matrix: Full, epsilon: 2.0, epsilon_inside_sqrt: false)",
        "Adagrad(learning_rate: 0.5, initial_accumulator: 1e10)",
    ] {
        assert_limit_is_where_it_breaks(&turned(), &with(optimizer), 60);
    }
}

#[test]
fn the_limit_of_rules_that_forget_is_where_they_break_with_their_averages_held() {
    for optimizer in [
        "RMSProp(learning_rate: 0.01)",
        "RMSProp(learning_rate: 0.01, momentum: 0.8)",
        "RMSProp(learning_rate: 0.01, momentum: 0.8, velocity: Unscaled)",
        "RMSProp(learning_rate: 0.01, centered: true, epsilon_inside_sqrt: false)",
        "Adadelta(learning_rate: 2.0, epsilon: 1e-4)",
    ] {
        assert_limit_is_where_it_breaks(&turned(), &held(optimizer, "rho", 20), 20);
    }
    for optimizer in [
        "Adam(learning_rate: 0.01, bias_correction: false)",
        "Adam(learning_rate: 0.01, beta_1: 0.5, bias_correction: false, epsilon_hat: true)",
        "Adam(learning_rate: 0.01, bias_correction: false, amsgrad: MaxOfRaw)",
    ] {
        assert_limit_is_where_it_breaks(&turned(), &held(optimizer, "beta_2", 20), 20);
    }
}

/// If ε is far larger than all gradients, the scaling is constant.
#[test]
fn the_limit_of_the_adams_is_where_they_break_when_epsilon_rules() {
    for optimizer in [
        "Adam(learning_rate: 1e4, epsilon: 1e12)",
        "Adam(learning_rate: 1e4, epsilon: 1e12, beta_1: 0.0)",
        "Nadam(learning_rate: 1e4, epsilon: 1e12, momentum_schedule: Constant)",
        "Nadam(learning_rate: 1e4, epsilon: 1e12, beta_1: 0.6, momentum_schedule: Simplified)",
        "Nadam(learning_rate: 1e4, epsilon: 1e12, momentum_decay: 0.0)",
        "Nadam(learning_rate: 1e4, epsilon: 1e12, momentum_decay: 1.0)",
        "Adamax(learning_rate: 1e4, epsilon: 1e12)",
        "Adamax(learning_rate: 1e4, epsilon: 1e12, beta_1: 0.5, epsilon_place: Added)",
        "RAdam(learning_rate: 0.01, epsilon: 1e12, beta_2: 0.9)",
        "RAdam(learning_rate: 0.01, beta_2: 0.5)",
        "AdaBelief(learning_rate: 1e4, epsilon: 1e12)",
        "Yogi(learning_rate: 1e4, epsilon: 1e12)",
    ] {
        assert_limit_is_where_it_breaks(&turned(), &with(optimizer), 400);
    }
}

/// On the long valley λ is 50.
#[test]
fn the_limits_are_those_of_the_textbooks() {
    let limit = |optimizer: &str| {
        let surface: Arc<dyn Surface> = Arc::new(Bowl(0.5, 25.0));
        stability(&surface, &with(optimizer), [1.0, 1.0], 0).limit()
    };
    let (mu, lambda) = (0.9, 50.0);
    for (optimizer, expected) in [
        ("GradientDescent()", 2.0 / lambda),
        ("Momentum(momentum: 0.9)", 2.0 * (1.0 + mu) / lambda),
        (
            "Nesterov(momentum: 0.9)",
            2.0 * (1.0 + mu) / ((1.0 + 2.0 * mu) * lambda),
        ),
    ] {
        let limit = limit(optimizer);
        assert!(
            (limit / expected - 1.0).abs() < 1e-12,
            "{optimizer}: {limit}"
        );
    }
}

#[test]
fn there_is_no_limit_where_nothing_curves_upwards() {
    let racer = with("GradientDescent(learning_rate: 0.1)");
    let rule = racer.plan.optimizer.rule();
    let limit = |hessian| learning_rate_limit(rule, &Notebook::default(), 0, hessian);
    let saddle = limit([[2.0, 0.0], [0.0, -9.0]]).unwrap();
    assert!((saddle - 1.0).abs() < 1e-12, "{saddle}");
    assert_eq!(limit([[-2.0, 0.0], [0.0, -9.0]]), None);
    assert_eq!(limit([[0.0, 0.0], [0.0, 0.0]]), None);
    assert_eq!(limit([[f64::NAN, 0.0], [0.0, 1.0]]), None);
    let still = with("GradientDescent(learning_rate: 0.0)");
    let hessian = [[1.0, 0.0], [0.0, 1.0]];
    let notes = Notebook::default();
    assert_eq!(
        Stability::of(still.plan.optimizer.rule(), &notes, 0, hessian),
        None
    );
}

#[test]
fn a_share_of_one_is_the_limit() {
    let racer = with("GradientDescent(learning_rate: 0.046)");
    let hessian = [[1.0, 0.0], [0.0, 50.0]];
    let notes = Notebook::default();
    let stability = Stability::of(racer.plan.optimizer.rule(), &notes, 0, hessian).unwrap();
    assert!((stability.sharpness[0] - 2.3).abs() < 1e-12);
    assert!((stability.share() - 1.15).abs() < 1e-12);
    assert!((stability.limit() - 0.04).abs() < 1e-12);
    let steepest = Curvature::of(hessian).unwrap().directions[0];
    assert!((stability.measures[0][1] - steepest[1]).abs() < 1e-12);
}
