//! Which results of instructions are needed, how long, and where they are kept meanwhile.

use super::instruction::Instruction;
use crate::expression::error::{Fault, MOST_REGISTERS};

/// Drops the steps that a result does not need.
pub fn needed(steps: &[Instruction], result: u16) -> Vec<bool> {
    let mut needed = vec![false; steps.len()];
    needed[usize::from(result)] = true;
    for index in (0..steps.len()).rev() {
        if needed[index] {
            for part in steps[index].operands() {
                needed[usize::from(*part)] = true;
            }
        }
    }
    needed
}

/// The last step that needs each step.
pub fn last_uses(steps: &[Instruction], needed: &[bool]) -> Vec<usize> {
    let mut last: Vec<usize> = (0..steps.len()).collect();
    for (index, step) in steps.iter().enumerate() {
        if needed[index] {
            for part in step.operands() {
                last[usize::from(*part)] = index;
            }
        }
    }
    last
}

/// Registers, given out and taken back.
#[derive(Debug, Default)]
pub struct Registers {
    free: Vec<u16>,
    /// The number of registers in use so far.
    pub count: usize,
}

impl Registers {
    /// Registers of which the first ones, of this number, are taken for good.
    pub fn after(count: usize) -> Self {
        Self {
            free: Vec::new(),
            count,
        }
    }

    /// A free register.
    pub fn take(&mut self) -> Result<u16, Fault> {
        if let Some(register) = self.free.pop() {
            return Ok(register);
        }
        if self.count >= MOST_REGISTERS {
            return Err(Fault::TooWide);
        }
        self.count += 1;
        u16::try_from(self.count - 1).map_err(|_| Fault::TooWide)
    }

    /// A register that nothing has used before.
    pub fn take_fresh(&mut self) -> Result<u16, Fault> {
        self.count += 1;
        u16::try_from(self.count - 1).map_err(|_| Fault::TooWide)
    }

    /// Takes a register back.
    pub fn give(&mut self, register: u16) {
        self.free.push(register);
    }
}
