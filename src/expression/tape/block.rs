//! Executes an instruction over a block of points.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the wider registers"
)]

use super::instruction::Op;
use crate::expression::arithmetic::Arithmetic;
use crate::expression::function::{Binary, Unary};
use crate::expression::kinks::{larger, smaller};
use crate::real::Real;

/// An operand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand {
    /// A variable that changes from point to point.
    Input(u16),
    /// A result that changes from point to point.
    Row(u16),
    /// A result that is the same for all points.
    Shared(u16),
}

/// An instruction over a block of points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowInstruction {
    /// What is done.
    pub op: Op,
    /// The row of the result.
    pub to: u16,
    /// The operands.
    pub parts: [Operand; 3],
    /// k, l, m
    pub constants: [f64; 3],
}

/// The longest block, in points.
pub const BLOCK: usize = 256;

/// A result in a block of points, where a processor loads it fastest.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub struct Row<N>(pub [N; BLOCK]);

/// The values of an operand in a block.
#[derive(Clone, Copy)]
enum Values<'a, N> {
    Each(&'a [N]),
    All(N),
}

impl<N: Real> Values<'_, N> {
    #[inline(always)]
    fn at(self, index: usize) -> N {
        match self {
            Self::Each(values) => values[index],
            Self::All(value) => value,
        }
    }
}

/// Where the operands of an instruction are.
struct Place<'a, N, F> {
    length: usize,
    shared: &'a [N],
    input: F,
    before: &'a [Row<N>],
    after: &'a [Row<N>],
}

impl<'a, 'i: 'a, N: Real, F: Fn(u16) -> &'i [N]> Place<'a, N, F> {
    #[inline(always)]
    fn values(&self, operand: Operand) -> Values<'a, N> {
        match operand {
            Operand::Input(variable) => Values::Each((self.input)(variable)),
            Operand::Shared(register) => Values::All(self.shared[usize::from(register)]),
            Operand::Row(register) => {
                let register = usize::from(register);
                let row = match self.before.get(register) {
                    Some(row) => row,
                    // The row of the result lies between.
                    None => &self.after[register - self.before.len() - 1],
                };
                Values::Each(&row.0[..self.length])
            }
        }
    }
}

impl RowInstruction {
    /// Runs over a block of this many points.
    #[inline(always)]
    pub fn run<'i, N: Real>(
        &self,
        length: usize,
        shared: &[N],
        input: impl Fn(u16) -> &'i [N],
        memory: &mut [Row<N>],
    ) {
        let (before, rest) = memory.split_at_mut(usize::from(self.to));
        let Some((target, after)) = rest.split_first_mut() else {
            return;
        };
        let target = &mut target.0[..length];
        let place = Place {
            length,
            shared,
            input,
            before,
            after,
        };
        let values = |part: usize| place.values(self.parts[part]);
        let [k, l, _] = self.constants;
        match self.op {
            Op::Add => each_pair(target, values(0), values(1), |a, b| a + b),
            Op::AddConstant => each(target, values(0), |a| a + k),
            Op::Subtract => each_pair(target, values(0), values(1), |a, b| a - b),
            Op::FromConstant => each(target, values(0), |a| -a + k),
            Op::Multiply => each_pair(target, values(0), values(1), |a, b| a * b),
            Op::MultiplyConstant => each(target, values(0), |a| a * k),
            Op::Divide => each_pair(target, values(0), values(1), |a, b| a / b),
            Op::DivideConstant => each(target, values(0), |a| a / k),
            Op::MultiplyAdd => each_triple(target, [0, 1, 2].map(values), |a, b, c| a * b + c),
            Op::MultiplySubtract => {
                each_triple(target, [0, 1, 2].map(values), |a, b, c| a * b - c);
            }
            Op::SubtractMultiply => {
                each_triple(target, [0, 1, 2].map(values), |a, b, c| c - a * b);
            }
            Op::MultiplyAddConstant => {
                each_pair(target, values(0), values(1), |a, b| a * b + k);
            }
            Op::ScaleAdd => each_pair(target, values(0), values(1), |a, b| a * k + b),
            Op::Affine => each(target, values(0), |a| a * k + l),
            Op::SquareOfSum => each(target, values(0), |a| (a + k) * (a + k)),
            Op::SquareOfSumAdd => {
                each_pair(target, values(0), values(1), |a, b| (a + k) * (a + k) + b);
            }
            Op::Negate => each(target, values(0), |a: N| -a),
            _ => self.other([values(0), values(1), values(2)], target),
        }
    }

    /// The less frequent instructions, apart from the loop, which is the faster for it.
    #[inline(never)]
    fn other<N: Real>(&self, [a, b, c]: [Values<'_, N>; 3], target: &mut [N]) {
        match self.op {
            Op::Unary(Unary::Sqrt) => each(target, a, Real::sqrt),
            Op::Unary(Unary::Abs) => each(target, a, Real::abs),
            Op::Unary(function) => each(target, a, |a| function.of(a)),
            Op::Binary(Binary::Min) => each_pair(target, a, b, smaller),
            Op::Binary(Binary::Max) => each_pair(target, a, b, larger),
            Op::Binary(function) => {
                each_pair(target, a, b, |a, b| Arithmetic::apply_pair(a, function, b));
            }
            Op::PowerOf => each_pair(target, a, b, Arithmetic::to_power_of),
            Op::Power => each_pair(target, a, b, Arithmetic::to_power),
            Op::Compare(relation) => each_pair(target, a, b, |a, b| {
                if relation.holds(&a, &b) {
                    N::ONE
                } else {
                    N::ZERO
                }
            }),
            Op::Select => {
                for (index, target) in target.iter_mut().enumerate() {
                    *target = if a.at(index) == 0.0 {
                        c.at(index)
                    } else {
                        b.at(index)
                    };
                }
            }
            // The others are in the loop, or the same for all points.
            _ => {}
        }
    }
}

#[inline(always)]
fn each<N: Real>(target: &mut [N], values: Values<'_, N>, function: impl Fn(N) -> N) {
    match values {
        Values::Each(values) => {
            for (target, value) in target.iter_mut().zip(values) {
                *target = function(*value);
            }
        }
        Values::All(value) => target.fill(function(value)),
    }
}

#[inline(always)]
fn each_pair<N: Real>(
    target: &mut [N],
    a: Values<'_, N>,
    b: Values<'_, N>,
    function: impl Fn(N, N) -> N,
) {
    match (a, b) {
        (Values::Each(a), Values::Each(b)) => {
            for ((target, a), b) in target.iter_mut().zip(a).zip(b) {
                *target = function(*a, *b);
            }
        }
        (Values::Each(a), Values::All(b)) => each(target, Values::Each(a), |a| function(a, b)),
        (Values::All(a), b) => each(target, b, |b| function(a, b)),
    }
}

#[inline(always)]
fn each_triple<N: Real>(
    target: &mut [N],
    values: [Values<'_, N>; 3],
    function: impl Fn(N, N, N) -> N,
) {
    match values {
        [Values::Each(a), Values::Each(b), Values::Each(c)] => {
            let all = target.iter_mut().zip(a).zip(b).zip(c);
            for (((target, a), b), c) in all {
                *target = function(*a, *b, *c);
            }
        }
        [Values::All(a), b, c] => each_pair(target, b, c, |b, c| function(a, b, c)),
        [a, Values::All(b), c] => each_pair(target, a, c, |a, c| function(a, b, c)),
        [a, b, Values::All(c)] => each_pair(target, a, b, |a, b| function(a, b, c)),
    }
}
