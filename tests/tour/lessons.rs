//! Shortcuts to lessons, changed lessons, and measurements of their races.

use slalom::analysis::sensitivity::{Curve, Ground, Sweep, finish};
use slalom::analysis::settled;
use slalom::engine::Signal;
use slalom::experiment::{Experiment, Goal, Schedule};
use slalom::optimizer::Value;
use slalom::preset::load_built_in;
use slalom::simulation::{Trajectory, simulate, simulate_racer};
use slalom::surface::{Minimum, SurfaceChoice};

pub const GRADIENT_DESCENT: &str = "01-gradient-descent";
pub const STOCHASTIC: &str = "02-batch-and-stochastic";
pub const MOMENTUM: &str = "03-momentum";
pub const NESTEROV: &str = "04-nesterov";
pub const ADAGRAD: &str = "05-adagrad";
pub const FULL: &str = "06-adagrad-full";
pub const FORGETTING: &str = "07-forgetting";
pub const ADAM: &str = "08-adam";
pub const BIAS: &str = "09-bias-correction";
pub const NADAM: &str = "10-nadam";
pub const RADFORD: &str = "11-radfords-race";
pub const SADDLE: &str = "12-saddle";
pub const FAIR: &str = "13-a-fair-race";
pub const NETWORK: &str = "14-from-the-plane-to-a-network";
pub const INVENTED: &str = "15-invent-an-optimizer";

/// The distance that counts as near in all lessons but the second.
pub const NEAR: f64 = 0.01;

pub fn lesson(name: &str) -> Experiment {
    load_built_in(name).unwrap().experiment
}

/// Returns the goal of a lesson.
pub fn goal(name: &str) -> Goal {
    let lesson = load_built_in(name).unwrap().lesson;
    let goal = lesson.and_then(|it| it.goal);
    goal.expect("every lesson of the tour has a goal")
}

/// Returns a lesson after a change.
pub fn changed(name: &str, change: impl FnOnce(&mut Experiment)) -> Experiment {
    let mut experiment = lesson(name);
    change(&mut experiment);
    assert_eq!(experiment.check(), Ok(()));
    experiment
}

fn place(experiment: &Experiment, racer: &str) -> usize {
    let names = experiment.names();
    names.iter().position(|name| name == racer).expect(racer)
}

/// Sets a parameter of a racer.
pub fn set(experiment: &mut Experiment, racer: &str, parameter: &str, value: f64) {
    let place = place(experiment, racer);
    let rule = experiment.racers[place].plan.optimizer.rule_mut();
    let parameter = rule.find(parameter).expect(parameter);
    rule.set(parameter, Value::Number(value));
}

/// Gives a racer another rule, as written in a preset file.
pub fn give(experiment: &mut Experiment, racer: &str, rule: &str) {
    let place = place(experiment, racer);
    experiment.racers[place].plan.optimizer = super::common::with(rule).plan.optimizer;
}

/// Sets every racer to its best rate, as the window does.
pub fn tune(experiment: &mut Experiment) {
    let ground = Ground::of(experiment);
    for racer in &mut experiment.racers {
        let mut sweep: Vec<Sweep> = Sweep::new(&racer.plan, None).into_iter().collect();
        finish(&mut sweep, &ground, &Signal::default());
        let best = Curve::of(&sweep[0], None, &ground).best.unwrap();
        racer.plan = sweep[0].knob().set(&racer.plan, best.value).unwrap();
    }
}

pub fn schedule(experiment: &mut Experiment, racer: &str, schedule: Schedule) {
    let place = place(experiment, racer);
    experiment.racers[place].plan.schedule = schedule;
}

/// Rotates the surface, and the start with it, as the window does.
pub fn turn(experiment: &mut Experiment, degrees: f64) {
    let (shape, surface) = (experiment.shape, &experiment.surface);
    experiment.start = shape.carry(surface, experiment.start, degrees);
    experiment.shape.rotation = degrees;
}

/// Moves the race to another surface.
pub fn moved(experiment: &mut Experiment, surface: SurfaceChoice, start: [f64; 2], steps: usize) {
    experiment.surface = surface;
    (experiment.start, experiment.steps) = (start, steps);
}

pub fn path_in(experiment: &Experiment, racer: &str) -> Trajectory {
    let racer = &experiment.racers[place(experiment, racer)];
    let surface = experiment.open_surface();
    let (start, steps) = (experiment.start, experiment.steps);
    simulate_racer(&surface, &racer.plan, start, steps, experiment.seed)
}

pub fn path(name: &str, racer: &str) -> Trajectory {
    path_in(&lesson(name), racer)
}

/// Returns the final loss.
pub fn loss_in(experiment: &Experiment, racer: &str) -> f64 {
    path_in(experiment, racer).loss_at(experiment.steps)
}

pub fn loss(name: &str, racer: &str) -> f64 {
    loss_in(&lesson(name), racer)
}

/// Returns the step from which a racer stays near a minimum.
pub fn settles_in(experiment: &Experiment, racer: &str) -> Option<usize> {
    let minima = experiment.open_surface().minima();
    settled(&path_in(experiment, racer), &minima, NEAR)
}

pub fn settles(name: &str, racer: &str) -> f64 {
    number(settles_in(&lesson(name), racer).expect(racer))
}

/// Returns the first step at which a racer is near a minimum.
pub fn arrives(name: &str, racer: &str) -> f64 {
    let experiment = lesson(name);
    let path = path_in(&experiment, racer);
    let minima: Vec<Minimum> = experiment.open_surface().minima();
    let is_near = |at: [f64; 2]| slalom::analysis::distance(at, &minima).unwrap() < NEAR;
    number(
        (0..path.len())
            .position(|step| is_near(path.at(step)))
            .unwrap(),
    )
}

/// Returns the step at which a racer leaves the window.
pub fn escapes(experiment: &Experiment, racer: &str) -> Option<usize> {
    slalom::analysis::escape(&path_in(experiment, racer), experiment)
}

pub fn lowest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

pub fn highest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

#[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
pub fn number(count: usize) -> f64 {
    count as f64
}

/// Whether a race reaches the goal.
pub fn is_reached(goal: &Goal, experiment: &Experiment) -> bool {
    goal.is_reached(experiment, &simulate(experiment))
}
