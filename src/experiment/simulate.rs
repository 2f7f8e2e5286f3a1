//! Runs an experiment.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

use super::{Draws, Edit, Experiment, Noise, Racer, Trajectory};
use crate::optimizer::{Oracle, Run};
use crate::surface::Surface;

/// One trajectory for each racer of the experiment, in its order.
///
/// No racer is ever clipped, normalised or stopped, except that a trajectory ends with its last
/// finite position.
#[must_use]
pub fn simulate(experiment: &Experiment) -> Vec<Trajectory> {
    let surface = experiment.open_surface();
    let (start, steps, seed) = (experiment.start, experiment.steps, experiment.seed);
    let run = |racer| simulate_racer(&*surface, racer, start, steps, seed);
    let racers = &experiment.racers;
    let work = racers
        .len()
        .saturating_mul(steps)
        .saturating_mul(surface.cost());
    if work < WORTH_THREADS {
        return racers.iter().map(run).collect();
    }
    // No racer sees another, so that it makes no difference who runs on which thread.
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let team_size = racers.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let teams: Vec<_> = racers
            .chunks(team_size)
            .map(|team| scope.spawn(move || team.iter().map(run).collect::<Vec<_>>()))
            .collect();
        let paths = teams.into_iter().map(ScopedJoinHandle::join);
        let paths = paths.map(|paths| paths.unwrap_or_else(|panic| resume_unwind(panic)));
        paths.flatten().collect()
    })
}

/// So many looks at a row of data (or at a formula) are worth the start of a thread, some 10 ms.
const WORTH_THREADS: usize = 1_000_000;

/// The trajectory of one racer over a surface; all its chance comes from `seed`.
#[must_use]
pub fn simulate_racer(
    surface: &dyn Surface,
    racer: &Racer,
    start: [f64; 2],
    steps: usize,
    seed: u64,
) -> Trajectory {
    let mut pace = Pace::of(racer);
    let mut run = racer.optimizer.rule().run(start.len());
    let mut watch = Watch::on(surface, start, racer, seed);
    let mut trajectory = Trajectory::with_capacity(steps + 1, surface.rows());
    let mut at = start;
    trajectory.push(at, watch.loss, watch.gradient);
    let over_data = surface.rows() > 0;

    for step in 0..steps {
        pace.keep(&mut *run, step);
        watch.turn_to(step);
        run.step(&mut at, step as u64 + 1, &mut watch);
        if !at.iter().all(|coordinate| coordinate.is_finite()) {
            break;
        }
        watch.look(&at);
        trajectory.learning_rate.push(pace.rate);
        if over_data {
            trajectory.count_rows(watch.rows());
        }
        trajectory.push(at, watch.loss, watch.gradient);
    }
    trajectory.close(surface, steps);
    trajectory
}

/// The learning rate and the edits of a racer, step by step.
pub(super) struct Pace<'a> {
    racer: &'a Racer,
    /// The edits that are still to come, the next one last.
    edits: Vec<&'a Edit>,
    /// η, before the schedule.
    eta: f64,
    /// The learning rate that the rule has now.
    rate: f64,
}

impl<'a> Pace<'a> {
    pub(super) fn of(racer: &'a Racer) -> Self {
        let mut edits: Vec<&Edit> = racer.edits.iter().collect();
        edits.sort_by_key(|edit| edit.step);
        edits.reverse();
        let eta = racer.optimizer.rule().number(Racer::LEARNING_RATE);
        let eta = eta.unwrap_or_default();
        Self {
            racer,
            edits,
            eta,
            rate: eta,
        }
    }

    /// Gives the rule the values that it has in the update from `step` to `step + 1`.
    pub(super) fn keep(&mut self, run: &mut dyn Run, step: usize) {
        while let Some(edit) = self.edits.pop_if(|edit| edit.step <= step) {
            match self.racer.optimizer.rule().find(&edit.parameter) {
                Some(Racer::LEARNING_RATE) => self.eta = edit.value,
                Some(parameter) => run.adjust(parameter, edit.value),
                None => {}
            }
        }
        let rate = self.racer.schedule.learning_rate(self.eta, step as u64);
        if rate.to_bits() != self.rate.to_bits() {
            self.rate = rate;
            run.adjust(Racer::LEARNING_RATE, rate);
        }
    }
}

/// Answers a rule's questions from a surface, as far as the step's rows tell, and remembers the
/// last answer about the whole: the loss and gradient that are recorded at a point are mostly those
/// that the next step asks for.
pub(super) struct Watch<'a> {
    surface: &'a dyn Surface,
    at: [f64; 2],
    loss: f64,
    gradient: [f64; 2],
    step: usize,
    /// Where a step does not see the whole.
    draws: Option<Draws<'a>>,
    noise: Option<Noise>,
    /// What is added to the gradients of the step.
    push: [f64; 2],
}

impl<'a> Watch<'a> {
    pub(super) fn on(surface: &'a dyn Surface, at: [f64; 2], racer: &'a Racer, seed: u64) -> Self {
        let (loss, gradient) = surface.gradient(at);
        let rows = surface.rows();
        let sees_all = rows == 0 || racer.batch.is_full();
        Self {
            surface,
            at,
            loss,
            gradient,
            step: 0,
            draws: (!sees_all).then(|| Draws::of(racer, rows, seed)),
            noise: (racer.noise > 0.0).then(|| Noise::new(racer.noise, seed)),
            push: [0.0; 2],
        }
    }

    /// Answers from now on what the update from `step` to `step + 1` asks; every step has its turn.
    pub(super) fn turn_to(&mut self, step: usize) {
        self.step = step;
        if let Some(noise) = &mut self.noise {
            self.push = noise.draw();
        }
    }

    /// How many rows the step sees.
    fn rows(&mut self) -> u64 {
        match &mut self.draws {
            Some(draws) => draws.count(self.step),
            None => self.surface.rows() as u64,
        }
    }

    fn look(&mut self, at: &[f64; 2]) {
        if *at != self.at {
            self.at = *at;
            self.loss = self.surface.gradient_into(at, &mut self.gradient);
        }
    }
}

impl Oracle for Watch<'_> {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        let at: Result<&[f64; 2], _> = at.try_into();
        let gradient: Result<&mut [f64; 2], _> = gradient.try_into();
        if let (Ok(at), Ok(gradient)) = (at, gradient) {
            let drawn = self.draws.as_mut();
            match drawn.and_then(|draws| draws.rows(self.step)) {
                Some(rows) => *gradient = self.surface.batch_gradient(rows, *at),
                None => {
                    self.look(at);
                    *gradient = self.gradient;
                }
            }
            // Adding 0 would make 0 of -0.
            if self.noise.is_some() {
                gradient[0] += self.push[0];
                gradient[1] += self.push[1];
            }
        }
    }
}
