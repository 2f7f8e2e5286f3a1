//! Joins steps that often follow each other: what is decided once for several of them takes less
//! time. The arithmetic, and thus every digit, stays the same.

mod pairs;
mod squares;
#[cfg(test)]
mod tests;

use super::instruction::{Instruction, Op};
use super::registers::needed;

/// The steps with pairs of them joined. Those that are taken in by others are no longer needed, and
/// stay where they are.
pub fn fused(steps: &[Instruction], result: u16) -> Vec<Instruction> {
    joined(steps, result, pairs::joined)
}

/// Fused steps joined further, to instructions with up to four operands, for single points.
pub fn fused_for_points(steps: &[Instruction], result: u16) -> Vec<Instruction> {
    joined(steps, result, squares::joined)
}

/// What a step can be joined with.
struct Earlier<'a> {
    steps: &'a [Instruction],
    users: &'a [usize],
}

impl Earlier<'_> {
    /// A step that only one other uses.
    fn own(&self, part: u16) -> Option<Instruction> {
        (self.users[usize::from(part)] == 1).then(|| self.steps[usize::from(part)])
    }

    /// A step, whoever uses it.
    fn any(&self, part: u16) -> Instruction {
        self.steps[usize::from(part)]
    }

    /// Each of two operands that only this step uses, and the other one.
    fn either(&self, [a, b]: [u16; 2]) -> impl Iterator<Item = (Instruction, u16)> {
        [(a, b), (b, a)]
            .into_iter()
            .filter_map(|(one, other)| Some((self.own(one)?, other)))
    }
}

fn joined(
    steps: &[Instruction],
    result: u16,
    join: impl Fn(&Instruction, &Earlier<'_>) -> Option<Instruction>,
) -> Vec<Instruction> {
    let users = users(steps, result);
    let mut fused = steps.to_vec();
    for index in 0..fused.len() {
        let earlier = Earlier {
            steps: &fused,
            users: &users,
        };
        if let Some(step) = join(&fused[index], &earlier) {
            fused[index] = step;
        }
    }
    fused
}

/// The number of steps that use each step.
fn users(steps: &[Instruction], result: u16) -> Vec<usize> {
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
    users
}

impl Instruction {
    /// The same place with another operation.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "it is the answer of what may also find nothing"
    )]
    fn becomes<const P: usize, const K: usize>(
        &self,
        op: Op,
        parts: [u16; P],
        constants: [f64; K],
    ) -> Option<Self> {
        let mut step = Self {
            op,
            parts: [0; 4],
            constants: [0.0; 3],
            ..*self
        };
        step.parts[..P].copy_from_slice(&parts);
        step.constants[..K].copy_from_slice(&constants);
        Some(step)
    }
}
