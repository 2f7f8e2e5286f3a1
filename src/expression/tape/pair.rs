//! Executes an instruction for two entries at once: what to do is decided once for both.

use super::evaluate::compute;
use super::instruction::{Instruction, Op};
use crate::expression::arithmetic::Arithmetic;
use crate::expression::function::{Binary, Unary};
use crate::real::Real;

/// A number of each of two entries.
pub type Pair<N> = [N; 2];

/// Executes one instruction. The registers hold variables and results alike; there are no parameters.
#[inline]
pub fn execute<N: Real>(instruction: &Instruction, registers: &mut [Pair<N>]) {
    let parts = instruction.parts.map(usize::from);
    let [k, l, _] = instruction.constants;
    let result = {
        let [a, b, c] = [0, 1, 2].map(|part| {
            let registers = &*registers;
            move || registers[parts[part]]
        });
        match instruction.op {
            Op::Add => both(a(), b(), |a, b| a + b),
            Op::AddConstant => each(a(), |a| a + k),
            Op::Subtract => both(a(), b(), |a, b| a - b),
            Op::FromConstant => each(a(), |a| -a + k),
            Op::Multiply => both(a(), b(), |a, b| a * b),
            Op::MultiplyConstant => each(a(), |a| a * k),
            Op::Negate => each(a(), |a| -a),
            Op::MultiplyAdd => all(a(), b(), c(), |a, b, c| a * b + c),
            Op::MultiplySubtract => all(a(), b(), c(), |a, b, c| a * b - c),
            Op::SubtractMultiply => all(a(), b(), c(), |a, b, c| c - a * b),
            Op::MultiplyAddConstant => both(a(), b(), |a, b| a * b + k),
            Op::ScaleAdd => both(a(), b(), |a, b| a * k + b),
            Op::Affine => each(a(), |a| a * k + l),
            Op::Divide => both(a(), b(), Arithmetic::over),
            Op::Unary(Unary::Sqrt) => each(a(), Real::sqrt),
            Op::Unary(Unary::Sign) => each(a(), |a| Unary::Sign.of(a)),
            Op::Unary(Unary::Abs) => each(a(), Real::abs),
            Op::Binary(Binary::Min) => both(a(), b(), |a, b| a.apply_pair(Binary::Min, b)),
            Op::Binary(Binary::Max) => both(a(), b(), |a, b| a.apply_pair(Binary::Max, b)),
            Op::Compare(relation) => both(a(), b(), |a, b| {
                N::from(if relation.holds(&a, &b) { 1.0 } else { 0.0 })
            }),
            Op::Select => all(a(), b(), c(), |a, b, c| if a == 0.0 { c } else { b }),
            op => [0, 1].map(|entry| {
                let operand = |part: usize| registers[parts[part]][entry];
                compute(op, operand, instruction.constants)
            }),
        }
    };
    registers[usize::from(instruction.to)] = result;
}

/// Executes one instruction whose operands are the same for both entries.
#[inline]
pub fn execute_shared<N: Real>(instruction: &Instruction, registers: &mut [Pair<N>]) {
    let parts = instruction.parts.map(usize::from);
    let operand = |part: usize| registers[parts[part]][0];
    let result = compute(instruction.op, operand, instruction.constants);
    registers[usize::from(instruction.to)] = [result; 2];
}

#[inline]
fn each<N: Real>([a, b]: Pair<N>, function: impl Fn(N) -> N) -> Pair<N> {
    [function(a), function(b)]
}

#[inline]
fn both<N: Real>(a: Pair<N>, b: Pair<N>, function: impl Fn(N, N) -> N) -> Pair<N> {
    [function(a[0], b[0]), function(a[1], b[1])]
}

#[inline]
fn all<N: Real>(a: Pair<N>, b: Pair<N>, c: Pair<N>, function: impl Fn(N, N, N) -> N) -> Pair<N> {
    [function(a[0], b[0], c[0]), function(a[1], b[1], c[1])]
}
