//! Measurements from which the numbers in the lessons are computed.

use slalom::experiment::{Experiment, Schedule};
use slalom::objective::{Block, Objective};
use slalom::optimizer::{Momentum, NoteRole, OptimizerChoice, Oracle};
use slalom::simulation::{anatomy, record};
use slalom::surface::SurfaceChoice;

use super::lessons::*;

/// The number of seeds in a mean.
const SEEDS: u64 = 20;

/// The largest curvature of the first lesson's valley.
pub fn steepest() -> f64 {
    let [[xx, _], [_, yy]] = lesson(GRADIENT_DESCENT).open_surface().hessian([0.0, 0.0]);
    xx.max(yy)
}

pub fn bold(rate: f64) -> f64 {
    let bolder = changed(GRADIENT_DESCENT, |it| {
        set(it, "Bold", "learning_rate", rate);
    });
    loss_in(&bolder, "Bold")
}

pub fn settled_with(name: &str, racer: &str, parameter: &str, value: f64) -> f64 {
    let changed = changed(name, |it| set(it, racer, parameter, value));
    number(settles_in(&changed, racer).unwrap())
}

#[expect(clippy::cast_precision_loss, reason = "20")]
pub fn mean(of: impl Fn(u64) -> f64) -> f64 {
    (0..SEEDS).map(of).sum::<f64>() / SEEDS as f64
}

fn seeded(seed: u64) -> Experiment {
    changed(STOCHASTIC, |it| it.seed = seed)
}

/// The minimum loss of the line.
fn lowest_loss() -> f64 {
    lesson(STOCHASTIC).open_surface().minima()[0].value
}

/// The number of rows a racer has used when its loss is first within 0.01 of the minimum.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are small")]
pub fn rows_to_low(seed: u64, racer: &str) -> f64 {
    let path = path_in(&seeded(seed), racer);
    let is_low = |loss: &f64| loss - lowest_loss() < NEAR;
    let step = path.loss.iter().position(is_low).unwrap();
    path.rows_seen[step] as f64
}

/// The mean loss above the minimum over the last 200 steps.
pub fn excess(seed: u64, racer: &str, falling: Schedule) -> f64 {
    let mut experiment = seeded(seed);
    schedule(&mut experiment, racer, falling);
    let path = path_in(&experiment, racer);
    let last = &path.loss[path.len() - 200..];
    last.iter().sum::<f64>() / 200.0 - lowest_loss()
}

/// An oracle whose gradient is 1 everywhere.
struct EvenSlope;

impl Oracle for EvenSlope {
    fn gradient(&mut self, _: &[f64], gradient: &mut [f64]) {
        gradient.fill(1.0);
    }

    fn value(&mut self, at: &[f64]) -> f64 {
        at.iter().sum()
    }

    fn hessian(&mut self, _: &[f64], hessian: &mut [f64]) {
        hessian.fill(0.0);
    }

    fn hessian_diagonal(&mut self, _: &[f64], diagonal: &mut [f64]) {
        diagonal.fill(0.0);
    }
}

/// The length of a step of Momentum on a constant slope after a while, in gradients.
pub fn sum_on_an_even_slope() -> f64 {
    let rule = OptimizerChoice::Momentum(Momentum {
        learning_rate: 0.036,
        momentum: 0.9,
        ..Momentum::default()
    });
    let (mut at, mut before) = ([0.0], 0.0);
    let mut run = rule.begin(&at, &[Block::Vector(1)]);
    for t in 1..=500 {
        before = at[0];
        run.step(&mut at, t, &mut EvenSlope);
    }
    (before - at[0]) / 0.036
}

/// The rate above which a racer climbs, found by bisection.
pub fn breaks(name: &str, racer: &str) -> f64 {
    let flies_off = |rate: f64| {
        let long = changed(name, |it| {
            it.steps = 5000;
            set(it, racer, "learning_rate", rate);
        });
        let path = path_in(&long, racer);
        path.last_step() < 5000 || path.loss_at(5000) > path.loss_at(0)
    };
    let (mut holds, mut breaks) = (0.01, 0.2);
    while breaks - holds > 1e-5 {
        let rate = f64::midpoint(holds, breaks);
        if flies_off(rate) {
            breaks = rate;
        } else {
            holds = rate;
        }
    }
    breaks
}

pub fn first_slope(axis: usize) -> f64 {
    let experiment = lesson(ADAGRAD);
    experiment.open_surface().gradient(experiment.start).1[axis]
}

pub fn first_move(name: &str, racer: &str, axis: usize) -> f64 {
    let path = path(name, racer);
    (path.at(1)[axis] - path.at(0)[axis]).abs()
}

/// The factor by which the first step corrects an average.
pub fn first_correction(role: NoteRole) -> f64 {
    let experiment = lesson(BIAS);
    let (surface, plan) = (experiment.open_surface(), &experiment.racers[0].plan);
    let path = path(BIAS, "Corrected");
    let notes = anatomy(&surface, plan, &path, 0, experiment.seed).unwrap();
    let [raw, corrected] = [notes.notes.first(role), notes.notes.last(role)];
    corrected.unwrap()[0] / raw.unwrap()[0]
}

/// The longest step along an axis.
pub fn longest_move(name: &str, racer: &str) -> f64 {
    let path = path(name, racer);
    let moves = |values: &[f64]| -> Vec<f64> {
        values
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).abs())
            .collect()
    };
    highest(&moves(&path.x)).max(highest(&moves(&path.y)))
}

pub fn booth() -> Experiment {
    changed(FULL, |it| {
        moved(it, SurfaceChoice::Booth, [-8.0, -6.0], 200);
        set(it, "Diagonal", "learning_rate", 1.0);
        set(it, "Full", "learning_rate", 1.0);
    })
}

/// The fraction of Adagrad's first rate along x that remains at the end.
pub fn kept_of_the_rate() -> f64 {
    let experiment = lesson(FORGETTING);
    let path = path_in(&experiment, "Adagrad");
    let plan = &experiment.racers[0].plan;
    let record = record(&experiment.open_surface(), plan, &path, experiment.seed);
    let rates = &record.effective_rate;
    rates[rates.len() - 1][0] / rates[0][0]
}

pub fn rosenbrock() -> Experiment {
    changed(NADAM, |it| {
        moved(it, SurfaceChoice::Rosenbrock, [-1.5, 2.0], 400);
    })
}

pub fn tuned() -> Experiment {
    changed(RADFORD, |it| {
        set(it, "Gradient descent", "learning_rate", 0.03);
    })
}

pub fn leaves(degrees: f64, racer: &str) -> Option<f64> {
    let turned = changed(SADDLE, |it| turn(it, degrees));
    escapes(&turned, racer).map(number)
}

/// Returns the step from which rounding decides a racer's path.
pub fn decided_from(lesson: &str, racer: &str) -> f64 {
    let race = self::lesson(lesson);
    let place = race.names().iter().position(|name| name == racer).unwrap();
    let horizon = crate::common::horizon_of(&race, place);
    number(horizon.decided_from.unwrap())
}

/// Returns how far apart the racers of the fair race end at their best rates.
pub fn apart_at_their_best() -> f64 {
    let tuned = changed(FAIR, tune);
    let losses: Vec<f64> = tuned
        .names()
        .iter()
        .map(|name| loss_in(&tuned, name))
        .collect();
    highest(&losses) - lowest(&losses)
}

/// The number of weights and biases of the network's lesson.
#[expect(clippy::cast_precision_loss, reason = "33")]
pub fn weights() -> f64 {
    let surface = lesson(NETWORK).open_surface();
    surface.network().unwrap().perceptron.dimension() as f64
}

/// The lowest loss of a straight border on the points of the network's lesson: that of a network without
/// hidden layers. Its loss is convex, so a race that has come to rest has found it.
pub fn straight_border() -> f64 {
    let straight = changed(NETWORK, |it| {
        let SurfaceChoice::Network(network) = &mut it.surface else {
            panic!("that lesson is about a network")
        };
        network.hidden.clear();
        it.surface.load(None).unwrap();
        set(it, "Gradient descent", "learning_rate", 4.0);
    });
    let path = path_in(&straight, "Gradient descent");
    assert!(path.loss_at(200) - path.loss_at(300) < 1e-6, "at rest");
    path.loss_at(300)
}
