//! Joins steps that often follow each other: what is decided once for several of them takes less
//! time. The arithmetic, and thus every digit, stays the same.

use super::instruction::{Instruction, Op};
use super::registers::needed;

/// The steps with some of them joined. Those that are taken in by others are no longer needed, and
/// stay where they are.
pub fn fused(steps: &[Instruction], result: u16) -> Vec<Instruction> {
    let needed = needed(steps, result);
    let mut users = vec![0_usize; steps.len()];
    users[usize::from(result)] = 1;
    for (step, _) in steps.iter().zip(needed).filter(|(_, needed)| *needed) {
        let operands = step.operands();
        for (index, part) in operands.iter().enumerate() {
            if !operands[..index].contains(part) {
                users[usize::from(*part)] += 1;
            }
        }
    }
    let mut fused = steps.to_vec();
    for index in 0..fused.len() {
        // A step that only this one uses.
        let own = |part: u16| {
            let part = usize::from(part);
            (users[part] == 1).then(|| fused[part])
        };
        if let Some(step) = joined(&fused[index], own) {
            fused[index] = step;
        }
    }
    fused
}

/// A step joined with one that only it uses.
fn joined(step: &Instruction, own: impl Fn(u16) -> Option<Instruction>) -> Option<Instruction> {
    let [a, b, _] = step.parts;
    let with = |op, parts, constants: [f64; 2]| {
        Some(Instruction {
            op,
            parts,
            constant: constants[0],
            offset: constants[1],
            ..*step
        })
    };
    let either = || {
        [(a, b), (b, a)]
            .into_iter()
            .filter_map(|(one, other)| Some((own(one)?, other)))
    };
    match step.op {
        Op::Add => either().find_map(|(one, c)| match (one.op, one.parts, one.constant) {
            (Op::Multiply, [a, b, _], _) => with(Op::MultiplyAdd, [a, b, c], [0.0; 2]),
            (Op::MultiplyConstant, [a, ..], k) => with(Op::ScaleAdd, [a, c, 0], [k, 0.0]),
            (Op::SquareOfSum, [a, ..], k) => with(Op::SquareOfSumAdd, [a, c, 0], [k, 0.0]),
            _ => None,
        }),
        Op::Subtract => {
            let left = own(a).and_then(|one| match (one.op, one.parts) {
                (Op::Multiply, [a, c, _]) => with(Op::MultiplySubtract, [a, c, b], [0.0; 2]),
                _ => None,
            });
            let right = || {
                own(b).and_then(|one| match (one.op, one.parts, one.constant) {
                    (Op::Multiply, [c, b, _], _) => with(Op::SubtractMultiply, [c, b, a], [0.0; 2]),
                    (Op::MultiplyConstant, [c, ..], k) => with(Op::ScaleAdd, [c, a, 0], [-k, 0.0]),
                    _ => None,
                })
            };
            left.or_else(right)
        }
        Op::Multiply if a == b => own(a).and_then(|one| match (one.op, one.parts[0]) {
            (Op::AddConstant, a) => with(Op::SquareOfSum, [a, 0, 0], [one.constant, 0.0]),
            // (k − a)² is (a − k)².
            (Op::FromConstant, a) => with(Op::SquareOfSum, [a, 0, 0], [-one.constant, 0.0]),
            _ => None,
        }),
        Op::AddConstant => own(a).and_then(|one| match (one.op, one.parts) {
            (Op::Multiply, [a, b, _]) => {
                with(Op::MultiplyAddConstant, [a, b, 0], [step.constant, 0.0])
            }
            (Op::MultiplyConstant, [a, ..]) => {
                with(Op::Affine, [a, 0, 0], [one.constant, step.constant])
            }
            _ => None,
        }),
        Op::FromConstant => own(a).and_then(|one| match (one.op, one.parts[0]) {
            (Op::MultiplyConstant, a) => {
                with(Op::Affine, [a, 0, 0], [-one.constant, step.constant])
            }
            _ => None,
        }),
        _ => None,
    }
}
