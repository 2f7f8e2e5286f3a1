//! Pairs of steps that become one.

use super::Earlier;
use crate::expression::tape::instruction::{Instruction, Op};

/// A step joined with one that only it uses.
pub fn joined(step: &Instruction, earlier: &Earlier<'_>) -> Option<Instruction> {
    let [a, b, ..] = step.parts;
    let own = |part| {
        earlier
            .own(part)
            .map(|one| (one.op, one.parts, one.constants[0]))
    };
    match step.op {
        Op::Add => earlier.either([a, b]).find_map(|(one, c)| {
            let k = one.constants[0];
            match (one.op, one.parts) {
                (Op::Multiply, [a, b, ..]) => step.becomes(Op::MultiplyAdd, [a, b, c], []),
                (Op::MultiplyConstant, [a, ..]) => step.becomes(Op::ScaleAdd, [a, c], [k]),
                (Op::SquareOfSum, [a, ..]) => step.becomes(Op::SquareOfSumAdd, [a, c], [k]),
                _ => None,
            }
        }),
        Op::Subtract => {
            let left = own(a).and_then(|one| match one {
                (Op::Multiply, [a, c, ..], _) => step.becomes(Op::MultiplySubtract, [a, c, b], []),
                _ => None,
            });
            let right = || {
                own(b).and_then(|one| match one {
                    (Op::Multiply, [c, b, ..], _) => {
                        step.becomes(Op::SubtractMultiply, [c, b, a], [])
                    }
                    (Op::MultiplyConstant, [c, ..], k) => step.becomes(Op::ScaleAdd, [c, a], [-k]),
                    _ => None,
                })
            };
            left.or_else(right)
        }
        Op::Multiply if a == b => own(a).and_then(|one| match one {
            (Op::AddConstant, [a, ..], k) => step.becomes(Op::SquareOfSum, [a], [k]),
            // (k − a)² is (a − k)².
            (Op::FromConstant, [a, ..], k) => step.becomes(Op::SquareOfSum, [a], [-k]),
            _ => None,
        }),
        Op::AddConstant => own(a).and_then(|one| match one {
            (Op::Multiply, [a, b, ..], _) => {
                step.becomes(Op::MultiplyAddConstant, [a, b], [step.constants[0]])
            }
            (Op::MultiplyConstant, [a, ..], k) => {
                step.becomes(Op::Affine, [a], [k, step.constants[0]])
            }
            _ => None,
        }),
        Op::FromConstant => own(a).and_then(|one| match one {
            (Op::MultiplyConstant, [a, ..], k) => {
                step.becomes(Op::Affine, [a], [-k, step.constants[0]])
            }
            _ => None,
        }),
        _ => None,
    }
}
