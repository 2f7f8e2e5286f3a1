//! A rule during a race.

use super::{Oracle, Probe};

/// Hyper-parameters that can be changed by index during a race.
pub trait Adjustable {
    /// The number of its own hyper-parameters; those of an inner rule follow.
    fn parameter_count() -> usize;

    /// Sets the numeric parameter with this index; other kinds are left unchanged.
    fn adjust(&mut self, parameter: usize, value: f64);
}

/// An optimizer during a race: its current hyper-parameters and its state.
pub trait Run: Send {
    /// Makes step `t` = 1, 2, … from `at`, in place.
    fn step(&mut self, at: &mut [f64], t: u64, oracle: &mut dyn Oracle);

    /// Makes the same step and reports it to a probe.
    fn step_noted(
        &mut self,
        at: &mut [f64],
        t: u64,
        oracle: &mut dyn Oracle,
        probe: &mut dyn Probe,
    );

    /// Sets the numeric parameter with this index, starting with the next step.
    fn adjust(&mut self, parameter: usize, value: f64);

    /// An independent copy that continues identically.
    fn fork(&self) -> Box<dyn Run>;
}

impl Clone for Box<dyn Run> {
    fn clone(&self) -> Self {
        (**self).fork()
    }
}
