//! A rule on its way.

use super::{Oracle, Probe};

/// Hyper-parameters that can be changed by index while a race runs.
pub trait Adjustable {
    /// The number of its own hyper-parameters; those of a wrapped rule follow behind.
    fn parameter_count() -> usize;

    /// Sets the numeric parameter with this index; others are left alone.
    fn adjust(&mut self, parameter: usize, value: f64);
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

    /// Sets the numeric parameter with this index from the next step on.
    fn adjust(&mut self, parameter: usize, value: f64);

    /// The same once more; both go on alike.
    fn fork(&self) -> Box<dyn Run>;
}

impl Clone for Box<dyn Run> {
    fn clone(&self) -> Self {
        (**self).fork()
    }
}
