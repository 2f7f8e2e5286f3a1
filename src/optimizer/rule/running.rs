//! The run of any optimizer.

use super::probe::Shifted;
use super::{Adjustable, NoteId, Optimizer, Oracle, Probe, Run, Silent, Undefined};
use crate::objective::Block;
use crate::real::Real;

/// The [`Run`] of any [`Optimizer`].
#[derive(Clone)]
pub struct Running<O: Optimizer, N: Real = f64> {
    rule: O,
    state: O::State<N>,
}

impl<O: Optimizer, N: Real> Running<O, N> {
    /// Starts the rule at `at`.
    pub fn begin(rule: O, at: &[N], blocks: &[Block]) -> Self {
        let state = rule.begin(at, blocks);
        Self { rule, state }
    }
}

impl<O, N: Real> Run<N> for Running<O, N>
where
    O: Optimizer + Adjustable + Send + 'static,
{
    fn query(&mut self, at: &[N], point: &mut [N]) {
        self.rule.query(at, &mut self.state, point);
    }

    fn step(&mut self, at: &mut [N], t: u64, oracle: &mut dyn Oracle<N>) {
        self.rule.step(at, &mut self.state, t, oracle, &mut Silent);
    }

    fn step_noted(
        &mut self,
        at: &mut [N],
        t: u64,
        oracle: &mut dyn Oracle<N>,
        mut probe: &mut dyn Probe,
    ) {
        self.rule.step(at, &mut self.state, t, oracle, &mut probe);
    }

    fn undefined(&mut self, at: &[N]) -> Option<Undefined> {
        self.rule.undefined(at, &mut self.state)
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        match parameter.checked_sub(self.rule.own_parameters()) {
            None => self.rule.adjust(parameter, value),
            Some(parameter) => {
                if let Some(inner) = O::inner::<N>(&mut self.state) {
                    inner.adjust(parameter, value);
                }
            }
        }
    }

    fn pace(&mut self, rate: f64, eta: f64) {
        if let Some(inner) = O::inner::<N>(&mut self.state) {
            inner.pace(rate, eta);
        }
    }

    fn fork(&self) -> Box<dyn Run<N>> {
        Box::new(self.clone())
    }
}

/// Makes a step of an inner rule, whose notes follow the wrapper's `own_notes` notes.
pub fn step_wrapped<N: Real, P: Probe>(
    inner: &mut dyn Run<N>,
    at: &mut [N],
    t: u64,
    oracle: &mut dyn Oracle<N>,
    probe: &mut P,
    own_notes: NoteId,
) {
    if probe.listening() {
        let mut shifted = Shifted {
            probe,
            by: own_notes,
        };
        inner.step_noted(at, t, oracle, &mut shifted);
    } else {
        inner.step(at, t, oracle);
    }
}
