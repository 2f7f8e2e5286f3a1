//! The quantities of every step that charts and the diagnosis use.

use std::sync::Arc;

use super::price::of_passing;
use super::{Course, Job, Progress, Trajectory};
use crate::experiment::Plan;
use crate::optimizer::{Note, NoteId, NoteRole, NoteShape, Probe};
use crate::real::norm;
use crate::surface::Surface;

/// Internal quantities of a racer along its path; entry k belongs to the step from k to k + 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The length of the velocity after the step over all parameters, or of the first moment for
    /// rules without a velocity; `None` for rules without memory of gradients.
    pub memory: Option<Vec<f64>>,
    /// The effective learning rate along each axis of a surface of two parameters; for rules without a rate per axis, the learning
    /// rate of the step on both.
    pub effective_rate: Vec<[f64; 2]>,
    /// The number of gradient evaluations so far, including those of the step.
    pub gradients: Vec<u64>,
    /// What the step and all before it have [cost](super::Asked::cost), in evaluations of the loss.
    pub cost: Vec<u64>,
    /// The number of steps whose gradient was clipped; `None` if the rule does not clip.
    pub clipped: Option<usize>,
}

/// The record of a racer's path, obtained from the rule by running the race again.
#[must_use]
pub fn record(surface: &Arc<dyn Surface>, plan: &Plan, path: &Trajectory, seed: u64) -> Record {
    let job = RecordJob::new(surface, plan, path, seed);
    job.map(Job::finish).unwrap_or_default()
}

/// Obtains the record of a racer's path in slices.
pub struct RecordJob {
    course: Course,
    listener: Listener,
    memory: Vec<f64>,
    record: Record,
    steps: usize,
    /// The cost of one step, in evaluations of a row or a formula.
    price: u64,
}

impl RecordJob {
    /// Prepares the record of a path; `None` if its rule cannot race on this surface.
    #[must_use]
    pub fn new(
        surface: &Arc<dyn Surface>,
        plan: &Plan,
        path: &Trajectory,
        seed: u64,
    ) -> Option<Self> {
        let steps = path.last_step();
        Some(Self {
            course: Course::over(surface, plan, path.at(0), seed).ok()?,
            listener: Listener::new(&plan.optimizer.rule().notes()),
            memory: Vec::with_capacity(steps),
            record: Record {
                effective_rate: Vec::with_capacity(steps),
                gradients: Vec::with_capacity(steps),
                cost: Vec::with_capacity(steps),
                ..Record::default()
            },
            steps,
            price: of_passing(plan, &**surface),
        })
    }

    /// Makes one step; returns `false` if the position is no longer finite.
    fn step(&mut self) -> bool {
        let listener = &mut self.listener;
        listener.forget();
        let Some((_, learning_rate)) = self.course.pass(listener) else {
            return false;
        };
        self.memory.extend(listener.memory().map(norm));
        let rate = match listener.rate.heard() {
            Some([x, y, ..]) => [*x, *y],
            _ => [learning_rate; 2],
        };
        self.record.effective_rate.push(rate);
        let asked = self.course.asked();
        self.record.gradients.push(asked.gradients);
        let parameters = self.course.at().len() as u64;
        self.record.cost.push(asked.cost(parameters));
        if let Some(kept) = self.listener.kept.heard() {
            let is_clipped = kept.iter().any(|&share| share < 1.0);
            let clipped = self.record.clipped.get_or_insert_default();
            *clipped += usize::from(is_clipped);
        }
        true
    }

    fn close(&mut self) -> Record {
        let memory = std::mem::take(&mut self.memory);
        self.record.memory = (!memory.is_empty()).then_some(memory);
        std::mem::take(&mut self.record)
    }
}

impl Job for RecordJob {
    type Out = Record;

    fn advance(&mut self, work: u64) -> Progress<Record> {
        for _ in 0..(work / self.price).max(1) {
            if self.course.step() == self.steps || !self.step() {
                return Progress::Done(self.close());
            }
        }
        Progress::Working {
            done: self.course.step() as u64 * self.price,
            of: self.steps as u64 * self.price,
        }
    }
}

/// A probe that keeps the notes of a step that the record needs.
struct Listener {
    coordinate: usize,
    velocity: Ear,
    moment: Ear,
    rate: Ear,
    kept: Ear,
}

/// Collects one quantity for all coordinates.
struct Ear {
    /// The index and shape of the note, if the rule has it.
    note: Option<(NoteId, NoteShape)>,
    /// One value for each coordinate; empty if nothing was heard.
    values: Vec<f64>,
}

impl Ear {
    /// Collects the first note with this role.
    fn for_role(notes: &[Note], role: NoteRole) -> Self {
        let is_it = |note: &Note| note.role == role && note.shape != NoteShape::Pair;
        let mut notes = (0..).zip(notes);
        let found = notes.find(|(_, note)| is_it(note));
        Self {
            note: found.map(|(id, note)| (id, note.shape)),
            values: Vec::new(),
        }
    }

    fn hear(&mut self, coordinate: usize, id: NoteId, value: f64) {
        match self.note {
            Some((mine, NoteShape::Scalar)) if mine == id => {
                self.values.clear();
                self.values.extend([value; 2]);
            }
            Some((mine, _)) if mine == id => {
                if coordinate >= self.values.len() {
                    self.values.resize(coordinate + 1, 0.0);
                }
                if let Some(entry) = self.values.get_mut(coordinate) {
                    *entry = value;
                }
            }
            _ => {}
        }
    }

    fn heard(&self) -> Option<&[f64]> {
        (!self.values.is_empty()).then_some(&*self.values)
    }
}

impl Listener {
    fn new(notes: &[Note]) -> Self {
        Self {
            coordinate: 0,
            velocity: Ear::for_role(notes, NoteRole::Velocity),
            moment: Ear::for_role(notes, NoteRole::Moment),
            rate: Ear::for_role(notes, NoteRole::Rate),
            kept: Ear::for_role(notes, NoteRole::Kept),
        }
    }

    fn forget(&mut self) {
        for ear in self.ears() {
            ear.values.clear();
        }
    }

    fn ears(&mut self) -> [&mut Ear; 4] {
        let Self {
            velocity,
            moment,
            rate,
            kept,
            ..
        } = self;
        [velocity, moment, rate, kept]
    }

    fn memory(&self) -> Option<&[f64]> {
        self.velocity.heard().or(self.moment.heard())
    }
}

impl Probe for Listener {
    fn coordinate(&mut self, index: usize) {
        self.coordinate = index;
    }

    fn hear(&mut self, id: NoteId, value: f64) {
        let coordinate = self.coordinate;
        for ear in self.ears() {
            ear.hear(coordinate, id, value);
        }
    }
}
