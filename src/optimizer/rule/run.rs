//! A rule during a race.

use super::{Oracle, Probe};
use crate::real::Real;

/// Hyper-parameters that can be changed by index during a race.
pub trait Adjustable {
    /// The number of its own hyper-parameters; those of an inner rule follow.
    fn own_parameters(&self) -> usize;

    /// Sets the numeric parameter with this index; other kinds are left unchanged.
    fn adjust(&mut self, parameter: usize, value: f64);
}

/// Why a step is no number though all that the rule asked for is: it has divided by 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undefined {
    /// What it has divided by and why that is 0, as in "√(G + ε), and both are 0"; `None` for a rule
    /// that is typed, which may also have taken the root of a negative number.
    pub divisor: Option<&'static str>,
    /// The coordinate in which it did so; `None`: in all of them together.
    pub coordinate: Option<usize>,
}

/// An optimizer during a race: its current hyper-parameters and its state.
pub trait Run<N: Real = f64>: Send {
    /// Writes into `point` where the next step from `at` will first ask for a gradient, as far as
    /// the rule can tell before it makes the step.
    fn query(&mut self, at: &[N], point: &mut [N]);

    /// Makes step `t` = 1, 2, … from `at`, in place.
    fn step(&mut self, at: &mut [N], t: u64, oracle: &mut dyn Oracle<N>);

    /// Makes the same step and reports it to a probe.
    fn step_noted(
        &mut self,
        at: &mut [N],
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut dyn Probe,
    );

    /// Why the step that has just led to `at`, which is no longer finite, is undefined, if it is;
    /// `None`: the numbers have grown beyond their range.
    fn undefined(&mut self, at: &[N]) -> Option<Undefined>;

    /// Sets the numeric parameter with this index, starting with the next step.
    fn adjust(&mut self, parameter: usize, value: f64);

    /// Hears that the schedule has changed the rule's rate from η to `rate`, which is set apart from
    /// this: rules that it holds beside itself change theirs by the same factor.
    fn pace(&mut self, rate: f64, eta: f64);

    /// An independent copy that continues identically.
    fn fork(&self) -> Box<dyn Run<N>>;
}

impl<N: Real> Clone for Box<dyn Run<N>> {
    fn clone(&self) -> Self {
        (**self).fork()
    }
}
