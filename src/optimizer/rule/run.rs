//! A rule on its way.

use super::{Oracle, Probe};

/// Hyper-parameters that can be changed by index while a race runs.
pub trait Adjustable {
    /// The number of its own hyper-parameters; those of a wrapped rule follow behind.
    fn parameter_count() -> usize;

    /// Sets the numeric parameter with this index; others are left alone.
    fn adjust(&mut self, parameter: usize, value: f64);
}

/// Why a step is no number though all that the rule asked for is: it has divided by 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undefined {
    /// What it has divided by and why that is 0, as in "√(G + ε), and both are 0".
    pub divisor: &'static str,
    /// The coordinate in which it did so; `None`: in all of them together.
    pub coordinate: Option<usize>,
}

/// An optimizer on its way: its hyper-parameters of this moment and its state.
pub trait Run: Send {
    /// Makes step `t` = 1, 2, … from `at`, in place.
    fn step(&mut self, at: &mut [f64], t: u64, oracle: &mut dyn Oracle);

    /// The same step, told to a probe.
    fn step_noted(
        &mut self,
        at: &mut [f64],
        t: u64,
        oracle: &mut dyn Oracle,
        probe: &mut dyn Probe,
    );

    /// Why the step that has just led to `at`, which is no longer finite, is undefined, if it is;
    /// `None`: the numbers have grown beyond their range.
    fn undefined(&mut self, at: &[f64]) -> Option<Undefined>;

    /// Sets the numeric parameter with this index from the next step on.
    fn adjust(&mut self, parameter: usize, value: f64);

    /// A copy; both continue in the same way.
    fn fork(&self) -> Box<dyn Run>;
}

impl Clone for Box<dyn Run> {
    fn clone(&self) -> Self {
        (**self).fork()
    }
}
