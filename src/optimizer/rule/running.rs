//! The run of any optimizer.

use super::probe::Shifted;
use super::{Adjustable, NoteId, Optimizer, Oracle, Probe, Run, Silent, Undefined};
use crate::objective::Block;

/// The [`Run`] of any [`Optimizer`].
#[derive(Clone, Debug)]
pub struct Running<O: Optimizer> {
    rule: O,
    state: O::State,
}

impl<O: Optimizer> Running<O> {
    /// Starts the rule at `at`.
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

    fn undefined(&mut self, at: &[f64]) -> Option<Undefined> {
        self.rule.undefined(at, &mut self.state)
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

/// Makes a step of an inner rule, whose notes follow the wrapper's `own_notes` notes.
pub fn step_wrapped<P: Probe + ?Sized>(
    inner: &mut dyn Run,
    at: &mut [f64],
    t: u64,
    oracle: &mut dyn Oracle,
    mut probe: &mut P,
    own_notes: NoteId,
) {
    if probe.listening() {
        let mut shifted = Shifted {
            probe: &mut probe,
            by: own_notes,
        };
        inner.step_noted(at, t, oracle, &mut shifted);
    } else {
        inner.step(at, t, oracle);
    }
}
