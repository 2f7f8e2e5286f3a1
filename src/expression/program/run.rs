//! Carries out the steps of a rule.

use super::super::function::Whole;
use super::super::tape::{Pair, Tape};
use super::Program;
use super::step::{GRADIENT, Operation, Slot, TIME};
use crate::real::Real;

/// What a rule may ask.
pub trait Questions<N: Real> {
    /// The loss at a point.
    fn value(&mut self, at: &[N]) -> N;
    /// The gradient at a point.
    fn gradient(&mut self, at: &[N], gradient: &mut [N]);
}

/// Answers nothing: what is not known is NaN.
struct Nobody;

impl<N: Real> Questions<N> for Nobody {
    fn value(&mut self, _at: &[N]) -> N {
        N::from(f64::NAN)
    }

    fn gradient(&mut self, _at: &[N], gradient: &mut [N]) {
        gradient.fill(N::from(f64::NAN));
    }
}

/// The memory of a rule: its states, the values of the step, and room to work in.
#[derive(Clone, Debug)]
pub struct Memory<N> {
    numbers: Vec<N>,
    vectors: Vec<Vec<N>>,
    parts: Vec<Vec<N>>,
    result: Vec<N>,
    registers: Vec<Pair<N>>,
    has_begun: bool,
    with_parts: bool,
}

/// A value of a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity<'a, N> {
    /// A number.
    Number(N),
    /// A vector.
    Vector(&'a [N]),
}

impl<N: Real> Memory<N> {
    /// Whether the parts of each step are kept, which costs time.
    pub fn keep_parts(&mut self, are_kept: bool) {
        self.with_parts = are_kept;
    }

    fn vector<'a>(&'a self, slot: Slot, position: &'a [N]) -> &'a [N] {
        match slot {
            Slot::Vector(index) => &self.vectors[index],
            Slot::Position | Slot::Number(_) => position,
        }
    }

    /// Evaluates an expression at every coordinate.
    fn evaluate(&self, tape: &Tape, position: &[N], results: &mut [N]) {
        let numbers = self.numbers.len();
        tape.each(
            &self.numbers,
            |variable| match variable.checked_sub(numbers + 1) {
                Some(vector) => &self.vectors[vector],
                None => position,
            },
            results,
        );
    }
}

/// With more coordinates than this, an instruction goes over all of them at a time.
const FEW: usize = 7;

impl Program {
    /// The memory of a run in this many dimensions.
    #[must_use]
    pub fn begin<N: Real>(&self, dimension: usize) -> Memory<N> {
        Memory {
            numbers: vec![N::ZERO; self.operations.numbers],
            vectors: vec![vec![N::ZERO; dimension]; self.operations.vectors],
            parts: vec![vec![N::ZERO; dimension]; self.operations.parts.len()],
            result: vec![N::ZERO; dimension],
            registers: vec![[N::ZERO; 2]; self.operations.registers],
            has_begun: false,
            with_parts: false,
        }
    }

    /// Takes step number `t`, from 1, with these parameters, in the order of
    /// [`parameters`](Self::parameters). `theta` has the dimension with which the memory began.
    pub fn step<N: Real>(
        &self,
        memory: &mut Memory<N>,
        theta: &mut [N],
        t: u64,
        parameters: &[f64],
        questions: &mut dyn Questions<N>,
    ) {
        self.set_numbers(memory, t, parameters);
        if !memory.has_begun {
            memory.has_begun = true;
            for operation in &self.operations.begin {
                self.operate(operation, memory, theta, questions);
            }
        }
        if self.reads_gradient {
            questions.gradient(theta, &mut memory.vectors[GRADIENT]);
        }
        let few = &self.operations.few;
        let operations = if theta.len() <= FEW && !memory.with_parts && !few.is_empty() {
            few
        } else {
            &self.operations.step
        };
        for operation in operations {
            self.operate(operation, memory, theta, questions);
        }
    }

    /// Writes into `point` where step `t` will first ask for the gradient, as far as that does not
    /// depend on what it asks before; otherwise `point` is left as it is.
    pub fn first_question<N: Real>(
        &self,
        memory: &Memory<N>,
        theta: &[N],
        t: u64,
        parameters: &[f64],
        point: &mut [N],
    ) {
        let ends = |it: &&Operation| !matches!(it, Operation::Gradient(..) | Operation::Value(..));
        let before = self.operations.step.iter().take_while(ends).count();
        let asked = self.operations.step.get(before);
        let Some(Operation::Gradient(asked, _)) = asked.filter(|_| !self.reads_gradient) else {
            return;
        };
        let mut memory = memory.clone();
        let mut theta = theta.to_vec();
        self.set_numbers(&mut memory, t, parameters);
        let begin = self.operations.begin.iter().filter(|_| !memory.has_begun);
        let begin: Vec<_> = begin.collect();
        for operation in begin.into_iter().chain(&self.operations.step[..before]) {
            self.operate(operation, &mut memory, &mut theta, &mut Nobody);
        }
        point.copy_from_slice(memory.vector(*asked, &theta));
    }

    fn set_numbers<N: Real>(&self, memory: &mut Memory<N>, t: u64, parameters: &[f64]) {
        #[expect(clippy::cast_precision_loss, reason = "steps are fewer than 2⁵³")]
        let time = t as f64;
        memory.numbers[TIME] = N::from(time);
        let known = memory.numbers[1..].iter_mut().take(self.parameters.len());
        for (index, number) in known.enumerate() {
            *number = N::from(parameters.get(index).copied().unwrap_or(f64::NAN));
        }
    }

    fn operate<N: Real>(
        &self,
        operation: &Operation,
        memory: &mut Memory<N>,
        theta: &mut [N],
        questions: &mut dyn Questions<N>,
    ) {
        match operation {
            Operation::Evaluate(tape, Slot::Number(to)) => {
                memory.numbers[*to] = tape.number(&memory.numbers);
            }
            Operation::Evaluate(tape, slot) => {
                let mut result = std::mem::take(&mut memory.result);
                memory.evaluate(tape, theta, &mut result);
                match slot {
                    Slot::Vector(to) => std::mem::swap(&mut memory.vectors[*to], &mut result),
                    Slot::Position | Slot::Number(_) => theta.copy_from_slice(&result),
                }
                memory.result = result;
            }
            Operation::Together(strip) => {
                let Memory {
                    numbers,
                    vectors,
                    registers,
                    ..
                } = memory;
                strip.run(registers, numbers, theta, vectors);
            }
            Operation::Reduce(function, [a, b], to) => {
                let (a, b) = (memory.vector(*a, theta), memory.vector(*b, theta));
                memory.numbers[*to] = reduce(*function, a, b);
            }
            Operation::Value(at, to) => {
                memory.numbers[*to] = questions.value(memory.vector(*at, theta));
            }
            Operation::Gradient(at, to) => {
                let mut gradient = std::mem::take(&mut memory.vectors[*to]);
                questions.gradient(memory.vector(*at, theta), &mut gradient);
                memory.vectors[*to] = gradient;
            }
            Operation::Parts if memory.with_parts => {
                let mut parts = std::mem::take(&mut memory.parts);
                for (part, values) in self.operations.parts.iter().zip(&mut parts) {
                    memory.evaluate(&part.tape, theta, values);
                    if part.is_negative {
                        for value in values {
                            *value = -*value;
                        }
                    }
                }
                memory.parts = parts;
            }
            Operation::Parts => {}
        }
    }

    /// The value of a name after a step; that of θ is the position itself.
    #[must_use]
    pub fn quantity<'a, N: Real>(
        &self,
        memory: &'a Memory<N>,
        name: &str,
    ) -> Option<Quantity<'a, N>> {
        let id = self.tree.names.iter().position(|known| known == name)?;
        match self.operations.slots[id]? {
            Slot::Position => None,
            Slot::Vector(index) => Some(Quantity::Vector(memory.vectors.get(index)?)),
            Slot::Number(index) => Some(Quantity::Number(*memory.numbers.get(index)?)),
        }
    }

    /// The parts of the last move of θ, in the order of [`parts`](Self::parts), if they were kept.
    #[must_use]
    pub fn part_values<'a, N: Real>(&self, memory: &'a Memory<N>) -> &'a [Vec<N>] {
        &memory.parts
    }
}

/// A function of whole vectors.
fn reduce<N: Real>(function: Whole, a: &[N], b: &[N]) -> N {
    let dot = |a: &[N], b: &[N]| a.iter().zip(b).map(|(a, b)| *a * *b).sum::<N>();
    match function {
        Whole::Norm => length(a),
        Whole::Dot => dot(a, b),
        Whole::Mean => {
            #[expect(clippy::cast_precision_loss, reason = "a number of coordinates")]
            let count = a.len() as f64;
            a.iter().copied().sum::<N>() / count
        }
        Whole::Max => a
            .iter()
            .copied()
            .fold(N::from(f64::NEG_INFINITY), |max, value| {
                if max >= value || max.to_f64().is_nan() {
                    max
                } else {
                    value
                }
            }),
        // These are asked for.
        Whole::Value | Whole::Gradient => N::from(f64::NAN),
    }
}

/// The Euclidean length.
fn length<N: Real>(vector: &[N]) -> N {
    Real::sqrt(vector.iter().map(|part| *part * *part).sum::<N>())
}
