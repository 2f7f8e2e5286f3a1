//! A rule on its way, and meeting a rule as the type that it is.

use super::{CoordinateRule, Optimizer, Oracle, Probe, Silent};
use crate::objective::Block;

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

/// The [`Run`] of any [`Optimizer`].
#[derive(Clone, Debug)]
pub struct Running<O: Optimizer> {
    rule: O,
    state: O::State,
}

impl<O: Optimizer> Running<O> {
    /// The rule before its first step from `at`.
    pub fn begin(rule: O, at: &[f64], blocks: &[Block]) -> Self {
        let state = rule.begin(at, blocks);
        Self { rule, state }
    }
}

impl<O> Run for Running<O>
where
    O: Optimizer + Adjustable + Send + 'static,
    O::State: Send + 'static,
{
    fn step(&mut self, at: &mut [f64], t: u64, oracle: &mut dyn Oracle) {
        self.rule.step(at, &mut self.state, t, oracle, &mut Silent);
    }

    fn step_noted(
        &mut self,
        at: &mut [f64],
        t: u64,
        oracle: &mut dyn Oracle,
        probe: &mut dyn Probe,
    ) {
        self.rule.step(at, &mut self.state, t, oracle, probe);
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        match parameter.checked_sub(O::parameter_count()) {
            None => self.rule.adjust(parameter, value),
            Some(parameter) => {
                if let Some(inner) = O::inner(&mut self.state) {
                    inner.adjust(parameter, value);
                }
            }
        }
    }

    fn fork(&self) -> Box<dyn Run> {
        Box::new(self.clone())
    }
}

/// Meets a rule as the type that it is, so that what it does is compiled for that rule alone.
pub trait Visitor {
    /// What comes of it.
    type Out;

    /// Meets a rule that acts on each coordinate alone.
    fn coordinate<R>(self, rule: &R) -> Self::Out
    where
        R: CoordinateRule + Adjustable + Send + 'static,
        R::State: Send,
        R::Clock: Send;

    /// Meets a rule that looks at all coordinates together.
    fn whole<R>(self, rule: &R) -> Self::Out
    where
        R: Optimizer + Adjustable + Send + 'static,
        R::State: Send + 'static;
}

/// Sends a rule on its way.
#[derive(Clone, Copy, Debug)]
pub struct Begin<'a> {
    /// From where.
    pub at: &'a [f64],
    /// How the coordinates are laid out.
    pub blocks: &'a [Block],
}

impl Visitor for Begin<'_> {
    type Out = Box<dyn Run>;

    fn coordinate<R>(self, rule: &R) -> Box<dyn Run>
    where
        R: CoordinateRule + Adjustable + Send + 'static,
        R::State: Send,
        R::Clock: Send,
    {
        self.whole(rule)
    }

    fn whole<R>(self, rule: &R) -> Box<dyn Run>
    where
        R: Optimizer + Adjustable + Send + 'static,
        R::State: Send + 'static,
    {
        Box::new(Running::begin(rule.clone(), self.at, self.blocks))
    }
}
