//! A formula as a list of instructions on numbered registers.

mod block;
mod evaluate;
mod fuse;
mod gradient;
mod instruction;
mod pair;
mod registers;
mod rows;
mod scratch;
mod strip;

pub use instruction::{Instruction, Op};
pub use pair::Pair;
pub use strip::Strip;

use super::error::Fault;
use registers::{Registers, last_uses, needed};
use rows::Plan;

/// A formula that can be evaluated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tape {
    /// The instructions in the order of evaluation, after which the variables are in the first
    /// registers.
    instructions: Vec<Instruction>,
    /// Whether they are made of sums and products alone.
    has_only_products: bool,
    /// The number of registers.
    registers: usize,
    /// The register of the result.
    result: u16,
    /// The same for rows of points.
    rows: Plan,
}

impl Tape {
    /// Allocates registers for steps whose operands are numbers of steps. `varying` says of each
    /// variable whether it changes along a row of points.
    pub(super) fn new(steps: &[Instruction], result: u16, varying: &[bool]) -> Result<Self, Fault> {
        let fused = fuse::fused(steps, result);
        let rows = Plan::new(&fused, result, varying)?;
        let steps = &fuse::fused_for_points(&fused, result);
        let needed = needed(steps, result);
        let last = last_uses(steps, &needed);
        let mut registers = Registers::after(varying.len());
        let mut place = vec![0; steps.len()];
        let mut instructions = Vec::new();
        for (index, step) in steps.iter().enumerate().filter(|(index, _)| needed[*index]) {
            if step.op == Op::Variable {
                place[index] = step.parts[0];
                continue;
            }
            let mut step = *step;
            let count = step.op.operands();
            for part in &mut step.parts[..count] {
                *part = place[usize::from(*part)];
            }
            let mut operands = steps[index].operands().to_vec();
            operands.sort_unstable();
            operands.dedup();
            for part in operands.into_iter().map(usize::from) {
                let is_last = last[part] == index && part != usize::from(result);
                if is_last && steps[part].op != Op::Variable {
                    registers.give(place[part]);
                }
            }
            step.to = registers.take()?;
            place[index] = step.to;
            instructions.push(step);
        }
        Ok(Self {
            has_only_products: instructions.iter().all(|step| step.op.is_product()),
            instructions,
            registers: registers.count,
            result: place[usize::from(result)],
            rows,
        })
    }

    /// The number of instructions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.instructions.len()
    }

    /// Whether the result is a variable itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.instructions.is_empty()
    }
}
