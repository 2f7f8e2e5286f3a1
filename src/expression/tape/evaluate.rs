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
    let parts = instruction.parts.map(usize::from);
    let result = match instruction.op {
        // The variables are there from the beginning.
        Op::Variable => return,
        Op::Parameter => A::constant(parameters.get(parts[0]).copied().unwrap_or(f64::NAN)),
        op => compute(op, |part| registers[parts[part]], instruction.constants),
    };
    registers[usize::from(instruction.to)] = result;
}

/// The result of an operation on its operands.
#[inline]
pub(super) fn compute<A: Arithmetic>(
    op: Op,
    operand: impl Fn(usize) -> A,
    [k, l, m]: [f64; 3],
) -> A {
    let [a, b, c, d] = [0, 1, 2, 3].map(|part| {
        let operand = &operand;
        move || operand(part)
    });
    match op {
        // These are not computed.
        Op::Variable | Op::Parameter => A::constant(f64::NAN),
        Op::Constant => A::constant(k),
        Op::Add => a().plus(b()),
        Op::AddConstant => a().plus_constant(k),
        Op::Subtract => a().minus(b()),
        Op::FromConstant => a().taken_from(k),
        Op::Multiply => a().times(b()),
        Op::MultiplyConstant => a().times_constant(k),
        Op::Divide => a().over(b()),
        Op::DivideConstant => a().over_constant(k),
        Op::Negate => a().negated(),
        Op::MultiplyAdd => a().times(b()).plus(c()),
        Op::MultiplySubtract => a().times(b()).minus(c()),
        Op::SubtractMultiply => c().minus(a().times(b())),
        Op::MultiplyAddConstant => a().times(b()).plus_constant(k),
        Op::ScaleAdd => a().times_constant(k).plus(b()),
        Op::Affine => a().times_constant(k).plus_constant(l),
        Op::SquareOfSum => square(a().plus_constant(k)),
        Op::SquareOfSumAdd => square(a().plus_constant(k)).plus(b()),
        Op::Linear => a().times_constant(k).plus(b().times_constant(l)),
        Op::Quadratic => {
            let line = a().times_constant(k).plus_constant(l);
            line.plus(square(a()).times_constant(m))
        }
        Op::SquareTimes => square(a().plus_constant(k)).times(b()).plus_constant(l),
        Op::SquareOfProductSum => square(a().times(b()).plus(c()).plus_constant(k)),
        Op::SquareOfProductSumAdd => square(a().times(b()).plus(c()).plus_constant(k)).plus(d()),
        Op::SquareOfProductRest => square(a().times(b()).plus(c().taken_from(k))),
        Op::SquareOfProductRestAdd => square(a().times(b()).plus(c().taken_from(k))).plus(d()),
        Op::SquareOfRest => square(c().minus(a().times(b()))).times_constant(k),
        Op::SquareOfRestAdd => square(c().minus(a().times(b())))
            .times_constant(k)
            .plus(d()),
        Op::Unary(function) => a().apply(function),
        Op::Binary(function) => a().apply_pair(function, b()),
        Op::PowerOf => a().to_power_of(b()),
        Op::Power => a().to_power(b()),
        Op::Compare(relation) => {
            let holds = a().compare(relation, b());
            A::constant(if holds { 1.0 } else { 0.0 })
        }
        Op::Select if a().is_true() => b(),
        Op::Select => c(),
    }
}
