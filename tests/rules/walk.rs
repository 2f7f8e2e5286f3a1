//! Runs a rule on given gradients, step by step.

use std::collections::BTreeMap;

use super::common::with;
use slalom::objective::Block;
use slalom::optimizer::{NoteId, Notebook, OptimizerChoice, Oracle, Run};

/// An oracle that gives the same answers everywhere.
#[derive(Clone, Default)]
pub struct Told {
    pub value: f64,
    pub gradient: Vec<f64>,
    pub hessian: Vec<f64>,
}

impl Oracle for Told {
    fn gradient(&mut self, _at: &[f64], gradient: &mut [f64]) {
        gradient.copy_from_slice(&self.gradient);
    }

    fn value(&mut self, _at: &[f64]) -> f64 {
        self.value
    }

    fn hessian(&mut self, _at: &[f64], hessian: &mut [f64]) {
        hessian.copy_from_slice(&self.hessian);
    }

    fn hessian_diagonal(&mut self, _at: &[f64], _diagonal: &mut [f64]) {
        panic!("no rule asks for it")
    }
}

/// A rule in progress.
pub struct Walk {
    optimizer: OptimizerChoice,
    run: Box<dyn Run>,
    pub at: Vec<f64>,
    t: u64,
    pub told: BTreeMap<(String, usize), f64>,
}

impl Walk {
    pub fn from(start: &[f64], optimizer: &str) -> Self {
        let optimizer = with(optimizer).plan.optimizer;
        let run = optimizer.begin(start, &[Block::Vector(start.len())]);
        Self {
            optimizer,
            run,
            at: start.to_vec(),
            t: 0,
            told: BTreeMap::new(),
        }
    }

    pub fn step_on(&mut self, mut oracle: Told) {
        self.t += 1;
        let mut notes = Notebook::new(self.optimizer.rule().notes());
        self.run
            .step_noted(&mut self.at, self.t, &mut oracle, &mut notes);
        let named = |&(axis, id, value): &(usize, NoteId, f64)| {
            let name = notes.list()[usize::from(id)].name.to_string();
            ((name, axis), value)
        };
        self.told = notes.values().iter().map(named).collect();
    }

    pub fn step(&mut self, gradient: &[f64]) {
        self.step_on(Told {
            gradient: gradient.to_vec(),
            ..Told::default()
        });
    }

    /// Takes a step with this gradient, then checks the position and the notes.
    #[track_caller]
    pub fn expect(&mut self, gradient: f64, at: f64, notes: &[(&str, f64)]) {
        self.step(&[gradient]);
        self.assert_at(&[at]);
        for &(name, value) in notes {
            self.assert_told(name, &[value]);
        }
    }

    #[track_caller]
    pub fn assert_at(&self, expected: &[f64]) {
        assert_eq!(self.at.len(), expected.len());
        for (&found, &expected) in self.at.iter().zip(expected) {
            assert!(
                close(found, expected),
                "step {}: {found}, not {expected}",
                self.t
            );
        }
    }

    /// Checks the values noted for every coordinate.
    #[track_caller]
    pub fn assert_told(&self, name: &str, expected: &[f64]) {
        for (axis, &expected) in expected.iter().enumerate() {
            let found = self.told[&(name.to_owned(), axis)];
            assert!(
                close(found, expected),
                "step {}: {name} is {found}, not {expected}",
                self.t
            );
        }
    }

    /// Checks that a rule does not note what it does not have in this form.
    #[track_caller]
    pub fn assert_not_told(&self, names: &[&str]) {
        for &name in names {
            let found = self.told.get(&(name.to_owned(), 0));
            assert_eq!(found, None, "step {}: {name} was told", self.t);
        }
    }

    /// Sets a hyper-parameter from the next step on.
    pub fn set(&mut self, parameter: &str, value: f64) {
        let index = self.optimizer.rule().find(parameter).unwrap();
        self.run.adjust(index, value);
    }
}

/// Whether two numbers are equal up to a few roundings.
pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-14 * (1.0 + b.abs())
}

pub fn gain(optimizer: &str, t: u64) -> f64 {
    let optimizer = with(optimizer).plan.optimizer;
    optimizer.rule().alternating_gain(t).unwrap()
}
