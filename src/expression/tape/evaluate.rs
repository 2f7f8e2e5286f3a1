//! Evaluates a tape at one point.

use super::Tape;
use super::instruction::{Instruction, Op};
use super::scratch::with_scratch;
use crate::expression::Number;
use crate::expression::arithmetic::Arithmetic;

impl Tape {
    /// The value at a point (x, y), on any kind of number. A parameter that is missing counts as
    /// NaN.
    #[must_use]
    pub fn eval<D: Number>(&self, x: D, y: D, parameters: &[f64]) -> D {
        self.at(&[x, y], parameters)
    }

    /// The value for these variables; one that is missing counts as NaN.
    pub fn at<A: Arithmetic>(&self, variables: &[A], parameters: &[f64]) -> A {
        with_scratch(A::constant(f64::NAN), self.registers, |registers| {
            for (register, variable) in registers.iter_mut().zip(variables) {
                *register = *variable;
            }
            for instruction in &self.instructions {
                execute(instruction, registers, parameters);
            }
            registers[usize::from(self.result)]
        })
    }
}

/// a²
#[inline]
fn square<A: Arithmetic>(number: A) -> A {
    number.times(number)
}

/// Executes one instruction.
#[inline]
pub(super) fn execute<A: Arithmetic>(
    instruction: &Instruction,
    registers: &mut [A],
    parameters: &[f64],
) {
    let [a, b, c] = instruction.parts.map(usize::from);
    let k = instruction.constant;
    let result = match instruction.op {
        // The variables are there from the beginning.
        Op::Variable => return,
        Op::Parameter => A::constant(parameters.get(a).copied().unwrap_or(f64::NAN)),
        Op::Constant => A::constant(k),
        Op::Add => registers[a].plus(registers[b]),
        Op::AddConstant => registers[a].plus_constant(k),
        Op::Subtract => registers[a].minus(registers[b]),
        Op::FromConstant => registers[a].taken_from(k),
        Op::Multiply => registers[a].times(registers[b]),
        Op::MultiplyConstant => registers[a].times_constant(k),
        Op::Divide => registers[a].over(registers[b]),
        Op::DivideConstant => registers[a].over_constant(k),
        Op::Negate => registers[a].negated(),
        Op::MultiplyAdd => registers[a].times(registers[b]).plus(registers[c]),
        Op::MultiplySubtract => registers[a].times(registers[b]).minus(registers[c]),
        Op::SubtractMultiply => registers[c].minus(registers[a].times(registers[b])),
        Op::MultiplyAddConstant => registers[a].times(registers[b]).plus_constant(k),
        Op::ScaleAdd => registers[a].times_constant(k).plus(registers[b]),
        Op::Affine => registers[a]
            .times_constant(k)
            .plus_constant(instruction.offset),
        Op::SquareOfSum => square(registers[a].plus_constant(k)),
        Op::SquareOfSumAdd => square(registers[a].plus_constant(k)).plus(registers[b]),
        Op::Unary(function) => registers[a].apply(function),
        Op::Binary(function) => registers[a].apply_pair(function, registers[b]),
        Op::PowerOf => registers[a].to_power_of(registers[b]),
        Op::Power => registers[a].to_power(registers[b]),
        Op::Compare(relation) => {
            let holds = registers[a].compare(relation, registers[b]);
            A::constant(if holds { 1.0 } else { 0.0 })
        }
        Op::Select if registers[a].is_true() => registers[b],
        Op::Select => registers[c],
    };
    registers[usize::from(instruction.to)] = result;
}
