//! Squares and their sums, the shape of most test functions, in one instruction each.

use super::Earlier;
use crate::expression::tape::instruction::{Instruction, Op};

/// A step joined with those before it that only it uses, and with squares, which are computed again
/// at no cost.
pub fn joined(step: &Instruction, earlier: &Earlier<'_>) -> Option<Instruction> {
    let [a, b, ..] = step.parts;
    let [k, ..] = step.constants;
    match step.op {
        Op::Multiply if a == b => square_of_residual(step, &earlier.own(a)?, earlier),
        Op::SquareOfSum => {
            let sum = earlier.own(a)?;
            let [a, b, c, _] = sum.parts;
            match sum.op {
                Op::MultiplyAdd => step.becomes(Op::SquareOfProductSum, [a, b, c], [k]),
                _ => None,
            }
        }
        Op::SquareOfSumAdd => {
            let sum = earlier.own(a)?;
            let [p, q, c, _] = sum.parts;
            match sum.op {
                Op::MultiplyAdd => step.becomes(Op::SquareOfProductSumAdd, [p, q, c, b], [k]),
                _ => None,
            }
        }
        Op::MultiplyConstant => {
            let square = earlier.own(a)?;
            let [a, b, c, _] = square.parts;
            match square.op {
                Op::SquareOfRest if square.constants[0] == 1.0 => {
                    step.becomes(Op::SquareOfRest, [a, b, c], [k])
                }
                _ => None,
            }
        }
        // r·r + c is r² + c.
        Op::MultiplyAdd if a == b => {
            let square = square_of_residual(step, &earlier.own(a)?, earlier)?;
            with_addend(step, &square, step.parts[2])
        }
        Op::Add => earlier
            .either([a, b])
            .find_map(|(one, other)| with_addend(step, &one, other)),
        Op::ScaleAdd => scaled_sum(step, earlier),
        Op::MultiplyAddConstant => {
            let square = |part, other| {
                let (of, constant) = as_square(part, earlier)?;
                step.becomes(Op::SquareTimes, [of, other], [constant, k])
            };
            square(a, b).or_else(|| square(b, a))
        }
        _ => None,
    }
}

/// r², where r is one of the residuals that have an instruction of their own.
fn square_of_residual(
    step: &Instruction,
    residual: &Instruction,
    earlier: &Earlier<'_>,
) -> Option<Instruction> {
    let [a, b, c, _] = residual.parts;
    match residual.op {
        Op::SubtractMultiply => step.becomes(Op::SquareOfRest, [a, b, c], [1.0]),
        Op::MultiplyAdd => {
            let rest = earlier.own(c)?;
            let [k, ..] = rest.constants;
            match rest.op {
                Op::FromConstant => {
                    step.becomes(Op::SquareOfProductRest, [a, b, rest.parts[0]], [k])
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// A square and what is added to it.
fn with_addend(step: &Instruction, square: &Instruction, d: u16) -> Option<Instruction> {
    let [a, b, c, _] = square.parts;
    let op = match square.op {
        Op::SquareOfProductSum => Op::SquareOfProductSumAdd,
        Op::SquareOfProductRest => Op::SquareOfProductRestAdd,
        Op::SquareOfRest => Op::SquareOfRestAdd,
        _ => return None,
    };
    step.becomes(op, [a, b, c, d], [square.constants[0]])
}

/// a · k + b, where a or b is more than a number.
fn scaled_sum(step: &Instruction, earlier: &Earlier<'_>) -> Option<Instruction> {
    let [a, b, ..] = step.parts;
    let [k, ..] = step.constants;
    if let Some(square) = earlier.own(a)
        && let (Op::SquareOfRest, [p, q, r, _]) = (square.op, square.parts)
        && square.constants[0] == 1.0
    {
        return step.becomes(Op::SquareOfRestAdd, [p, q, r, b], [k]);
    }
    let addend = earlier.own(b)?;
    let [l, m, _] = addend.constants;
    match addend.op {
        Op::MultiplyConstant => step.becomes(Op::Linear, [a, addend.parts[0]], [k, l]),
        Op::Affine if as_square(a, earlier) == Some((addend.parts[0], 0.0)) => {
            step.becomes(Op::Quadratic, [addend.parts[0]], [l, m, k])
        }
        _ => None,
    }
}

/// What is squared: (a + k)².
fn as_square(part: u16, earlier: &Earlier<'_>) -> Option<(u16, f64)> {
    let square = earlier.any(part);
    match (square.op, square.parts) {
        (Op::Multiply, [a, b, ..]) if a == b => Some((a, 0.0)),
        (Op::SquareOfSum, [a, ..]) => Some((a, square.constants[0])),
        _ => None,
    }
}
