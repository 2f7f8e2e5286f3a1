//! Several tapes in one list of instructions, for a few entries, where the time that it takes to begin
//! a tape would count.

use super::Tape;
use super::block::Operand;
use super::instruction::{Instruction, Op};
use super::pair::{self, Pair};
use crate::real::Real;

/// Assignments to rows of numbers, carried out entry by entry. The registers are the numbers that are
/// the same for all entries, then the rows, then results on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strip {
    /// What is the same for all entries.
    shared: Vec<Instruction>,
    /// The numbers that it assigns.
    numbers: Vec<u16>,
    /// What is computed for each.
    each: Vec<Instruction>,
    /// The rows that are read before they are assigned.
    reads: Vec<u16>,
    /// The rows that are assigned.
    writes: Vec<u16>,
    registers: usize,
}

/// An instruction that leaves every number as it is.
const fn copy(from: u16, to: u16) -> Instruction {
    Instruction {
        op: Op::MultiplyConstant,
        to,
        parts: [from, 0, 0, 0],
        constants: [1.0, 0.0, 0.0],
    }
}

impl Strip {
    /// The assignments of these tapes to these registers, in order, those to numbers first. All tapes
    /// have so many variables, of which the first are `numbers`; `None` if there are too many results
    /// on the way.
    #[must_use]
    pub fn of(tapes: &[(Tape, u16)], numbers: usize, variables: usize) -> Option<Self> {
        let mut strip = Self::default();
        let own = |tape: &Tape| tape.rows.shared_registers.max(variables) - variables;
        let shared: usize = tapes.iter().map(|(tape, _)| own(tape)).sum();
        let (mut start, behind) = (variables, u16::try_from(variables + shared).ok()?);
        strip.registers = variables + shared;
        for (tape, target) in tapes {
            let plan = &tape.rows;
            let offset = u16::try_from(start - variables).ok()?;
            let in_shared = |register: u16| {
                let is_variable = usize::from(register) < variables;
                register + if is_variable { 0 } else { offset }
            };
            for instruction in &plan.shared {
                let mut instruction = *instruction;
                for part in &mut instruction.parts {
                    *part = in_shared(*part);
                }
                instruction.to = in_shared(instruction.to);
                strip.shared.push(instruction);
            }
            let place = |operand: Operand| match operand {
                Operand::Input(variable) => variable,
                Operand::Row(register) => behind.saturating_add(register),
                Operand::Shared(register) => in_shared(register),
            };
            let result = place(plan.result?);
            start += own(tape);
            if usize::from(*target) < numbers {
                // All of it is the same for all entries.
                strip.shared.push(copy(result, *target));
                strip.numbers.push(*target);
                continue;
            }
            let mut each: Vec<Instruction> = Vec::new();
            for row in &plan.rows {
                let [a, b, c] = row.parts.map(place);
                each.push(Instruction {
                    op: row.op,
                    to: place(Operand::Row(row.to)),
                    parts: [a, b, c, 0],
                    constants: row.constants,
                });
            }
            match each.last_mut().filter(|last| last.to == result) {
                // Its operands are read before the result is written.
                Some(last) => last.to = *target,
                None => each.push(copy(result, *target)),
            }
            for instruction in &each {
                for part in instruction.operands() {
                    let is_row = (numbers..variables).contains(&usize::from(*part));
                    if is_row && !strip.writes.contains(part) && !strip.reads.contains(part) {
                        strip.reads.push(*part);
                    }
                }
            }
            if !strip.writes.contains(target) {
                strip.writes.push(*target);
            }
            strip.each.extend(each);
            strip.registers = strip.registers.max(usize::from(behind) + plan.registers);
        }
        Some(strip)
    }

    /// The number of registers.
    #[must_use]
    pub const fn registers(&self) -> usize {
        self.registers
    }

    /// Carries out the assignments. The first registers are `numbers`, those that are the same for all
    /// entries; the rows follow, the first of them apart.
    pub fn run<N: Real>(
        &self,
        registers: &mut [Pair<N>],
        numbers: &mut [N],
        first: &mut [N],
        others: &mut [Vec<N>],
    ) {
        let count = numbers.len();
        for (register, number) in registers.iter_mut().zip(&*numbers) {
            *register = [*number; 2];
        }
        for instruction in &self.shared {
            pair::execute_shared(instruction, registers);
        }
        for number in &self.numbers {
            let number = usize::from(*number);
            numbers[number] = registers[number][0];
        }
        let length = first.len();
        for index in (0..length).step_by(2) {
            // The last of an odd number of entries is its own neighbour.
            let entries = [index, (index + 1).min(length - 1)];
            for row in self.reads.iter().map(|row| usize::from(*row)) {
                let row_of = match row.checked_sub(count) {
                    Some(0) => &*first,
                    Some(other) => &others[other - 1],
                    None => continue,
                };
                registers[row] = entries.map(|entry| row_of[entry]);
            }
            for instruction in &self.each {
                pair::execute(instruction, registers);
            }
            for row in self.writes.iter().map(|row| usize::from(*row)) {
                let row_of = match row.checked_sub(count) {
                    Some(0) => &mut *first,
                    Some(other) => &mut others[other - 1],
                    None => continue,
                };
                let [one, other] = registers[row];
                row_of[entries[1]] = other;
                row_of[entries[0]] = one;
            }
        }
    }
}
