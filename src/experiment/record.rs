//! What a rule told about every step of a race, as far as charts and the diagnosis follow it.

use super::simulate::{Pace, Watch};
use super::{Racer, Trajectory};
use crate::optimizer::{Note, Oracle, Probe};
use crate::surface::Surface;

/// The inner quantities of a racer over its whole path; entry k is of the step from k to k + 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The length of the velocity after the step, or of the first moment of rules that have no
    /// velocity; `None` for rules without memory of gradients.
    pub memory: Option<Vec<f64>>,
    /// What the gradient or first moment was multiplied with on each axis; the step's learning
    /// rate on both, for rules without a rate per axis.
    pub effective_rate: Vec<[f64; 2]>,
    /// How many gradients had been asked for when the step was made, its own included.
    pub gradients: Vec<u64>,
}

/// The record of a racer's path, told by the rule itself while the race is run again.
#[must_use]
pub fn record(surface: &dyn Surface, racer: &Racer, path: &Trajectory, seed: u64) -> Record {
    let steps = path.last_step();
    let mut pace = Pace::of(racer);
    let mut at = path.at(0);
    let mut run = racer.optimizer.rule().run(at.len());
    let mut oracle = Counting {
        watch: Watch::on(surface, at, racer, seed),
        asked: 0,
    };
    let mut memory = Vec::with_capacity(steps);
    let mut record = Record {
        effective_rate: Vec::with_capacity(steps),
        gradients: Vec::with_capacity(steps),
        ..Record::default()
    };
    for (step, &learning_rate) in path.learning_rate.iter().enumerate() {
        let mut heard = Heard::default();
        pace.keep(&mut *run, step);
        oracle.watch.turn_to(step);
        run.step_noted(&mut at, step as u64 + 1, &mut oracle, &mut heard);
        memory.extend(heard.velocity.or(heard.moment).map(|[x, y]| x.hypot(y)));
        let rate = heard.rate.unwrap_or([learning_rate; 2]);
        record.effective_rate.push(rate);
        record.gradients.push(oracle.asked);
    }
    record.memory = (!memory.is_empty()).then_some(memory);
    record
}

/// Counts what a rule asks for.
struct Counting<'a> {
    watch: Watch<'a>,
    asked: u64,
}

impl Oracle for Counting<'_> {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        self.asked += 1;
        self.watch.gradient(at, gradient);
    }
}

/// Keeps of a step's notes what the record needs.
#[derive(Default)]
struct Heard {
    axis: usize,
    velocity: Option<[f64; 2]>,
    moment: Option<[f64; 2]>,
    rate: Option<[f64; 2]>,
}

impl Probe for Heard {
    fn axis(&mut self, axis: usize) {
        self.axis = axis;
    }

    fn note(&mut self, what: Note, value: f64) {
        let quantity = match what {
            Note::Velocity => &mut self.velocity,
            Note::FirstMoment => &mut self.moment,
            Note::EffectiveRate => &mut self.rate,
            _ => return,
        };
        if let Some(entry) = quantity.get_or_insert_default().get_mut(self.axis) {
            *entry = value;
        }
    }
}
