//! Takes the steps of a rule that is typed.

use super::notes::Noted;
use super::{Known, OwnRule};
use crate::expression::{Memory, Quantity, Questions, Whole};
use crate::objective::{Block, Queries};
use crate::optimizer::rule::{Adjustable, NoteId, Optimizer, Oracle, Probe, Undefined};
use crate::real::Real;

/// The memory of a rule between steps.
#[derive(Clone, Debug)]
pub struct State<N> {
    /// `None` for a rule that cannot be read.
    memory: Option<Memory<N>>,
    /// The values of the parameters that the lines read.
    numbers: Vec<f64>,
    /// The number of the next step.
    next: u64,
    /// The position before the step.
    before: Vec<N>,
    first: First<N>,
}

/// The first gradient of a step.
#[derive(Clone, Debug)]
struct First<N> {
    point: Vec<N>,
    gradient: Vec<N>,
    is_known: bool,
}

/// What the lines ask, in a step.
struct Asking<'a, N: Real> {
    oracle: &'a mut dyn Oracle<N>,
    first: &'a mut First<N>,
    /// Whether anybody wants to know where the first gradient is asked for.
    is_heard: bool,
}

impl<N: Real> Questions<N> for Asking<'_, N> {
    fn value(&mut self, at: &[N]) -> N {
        self.oracle.value(at)
    }

    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        self.oracle.gradient(at, gradient);
        if !self.first.is_known {
            self.first.is_known = true;
            if self.is_heard {
                copy(at, &mut self.first.point);
            }
            copy(gradient, &mut self.first.gradient);
        }
    }
}

/// Copies numbers, mostly two, where a call would take longer than the rest of some rules.
#[inline]
fn copy<N: Real>(from: &[N], to: &mut [N]) {
    match (from, &mut *to) {
        ([x, y], [to_x, to_y]) => (*to_x, *to_y) = (*x, *y),
        _ => to.copy_from_slice(from),
    }
}

impl Adjustable for OwnRule {
    fn own_parameters(&self) -> usize {
        self.parameters.names().count()
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        self.parameters.set_value(parameter, value);
    }
}

impl OwnRule {
    fn fill(&self, known: &Known, numbers: &mut [f64]) {
        for (number, index) in numbers.iter_mut().zip(&known.order) {
            *number = self.parameters.value(*index).unwrap_or(f64::NAN);
        }
    }
}

/// Numbers as large as this are on their way out of range.
const HUGE: f64 = 1e100;

impl Optimizer for OwnRule {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        let Some(program) = self.program() else {
            return Queries::GRADIENT;
        };
        Queries {
            gradient: program.reads_gradient() || program.calls(Whole::Gradient),
            value: program.calls(Whole::Value),
            ..Queries::GRADIENT
        }
    }

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> State<N> {
        let known = self.known();
        let zeros = || vec![N::ZERO; at.len()];
        State {
            memory: known.map(|known| known.program.begin(at.len())),
            numbers: vec![0.0; known.map_or(0, |known| known.order.len())],
            next: 1,
            before: zeros(),
            first: First {
                point: zeros(),
                gradient: zeros(),
                is_known: false,
            },
        }
    }

    fn query<N: Real>(&self, at: &[N], state: &mut State<N>, point: &mut [N]) {
        point.copy_from_slice(at);
        if let (Some(known), Some(memory)) = (self.known(), &state.memory) {
            self.fill(known, &mut state.numbers);
            let program = &known.program;
            program.first_question(memory, at, state.next, &state.numbers, point);
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        let (Some(known), Some(memory)) = (self.known(), &mut state.memory) else {
            at.fill(N::from(f64::NAN));
            return;
        };
        self.fill(known, &mut state.numbers);
        copy(at, &mut state.before);
        state.first.is_known = false;
        memory.keep_parts(probe.listening());
        let mut asking = Asking {
            oracle,
            first: &mut state.first,
            is_heard: probe.listening(),
        };
        let program = &known.program;
        program.step(memory, at, t, &state.numbers, &mut asking);
        state.next = t + 1;
        if probe.listening() {
            known.note(at, state, probe);
        }
    }

    fn undefined<N: Real>(&self, at: &[N], state: &mut State<N>) -> Option<Undefined> {
        let is_small = |part: &N| part.to_f64().abs() < HUGE;
        let gradient = state.first.is_known.then_some(&state.first.gradient);
        let mut asked = gradient.into_iter().flatten();
        let were_small = state.before.iter().all(is_small) && asked.all(is_small);
        were_small.then(|| Undefined {
            divisor: None,
            coordinate: at.iter().position(|part| !part.is_finite()),
        })
    }
}

impl Known {
    /// Notes a step that has been taken.
    fn note<N: Real, P: Probe>(&self, at: &[N], state: &State<N>, probe: &mut P) {
        let Some(memory) = &state.memory else {
            return;
        };
        let noted = || (0..).zip(&self.noted);
        probe.coordinate(0);
        for (id, noted) in noted() {
            if let Noted::Number(name) = noted
                && let Some(Quantity::Number(number)) = self.program.quantity(memory, name)
            {
                probe.note(id, number);
            }
        }
        let parts = self.program.part_values(memory);
        let all: Vec<(NoteId, &[N])> = noted()
            .filter_map(|(id, noted)| {
                let values: &[N] = match noted {
                    Noted::Asked if state.first.is_known => &state.first.point,
                    Noted::Gradient if state.first.is_known => &state.first.gradient,
                    Noted::Vector(name) => match self.program.quantity(memory, name)? {
                        Quantity::Vector(values) => values,
                        Quantity::Number(_) => return None,
                    },
                    Noted::Part(index) => parts.get(*index)?,
                    _ => return None,
                };
                Some((id, values))
            })
            .collect();
        let earlier = noted().find(|(_, noted)| **noted == Noted::Earlier);
        for (index, (to, from)) in at.iter().zip(&state.before).enumerate() {
            probe.coordinate(index);
            for (id, values) in &all {
                if let Some(value) = values.get(index) {
                    probe.note(*id, *value);
                }
            }
            if let Some((id, _)) = earlier {
                let last = parts.iter().filter_map(|part| part.get(index).copied());
                probe.note(id, *to - *from - last.sum::<N>());
            }
        }
    }
}
