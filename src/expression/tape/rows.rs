//! Evaluates a tape at many points at a time: each instruction runs over a block of points, so that
//! the processor computes several in one go and little time is spent on deciding what to do.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the wider registers"
)]

use multiversion::multiversion;

use super::Tape;
use super::block::{BLOCK, Operand, Row, RowInstruction};
use super::evaluate::{compute, execute};
use super::instruction::{Instruction, Op};
use super::registers::{Registers, last_uses, needed};
use super::scratch::with_scratch;
use crate::expression::error::Fault;
use crate::real::Real;

/// A tape, divided into what is computed once and what is computed for each point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// What does not change along a row, each result in a register of its own.
    pub(super) shared: Vec<Instruction>,
    /// The number of registers for it.
    pub(super) shared_registers: usize,
    pub(super) rows: Vec<RowInstruction>,
    pub(super) registers: usize,
    pub(super) result: Option<Operand>,
}

impl Plan {
    /// Divides the steps by what is `varying` among the variables.
    pub fn new(steps: &[Instruction], result: u16, varying: &[bool]) -> Result<Self, Fault> {
        let needed = needed(steps, result);
        let last = last_uses(steps, &needed);
        let mut plan = Self::default();
        let mut registers = Registers::default();
        // Variables come first among the shared registers.
        let mut shared = Registers::after(varying.len());
        let mut places: Vec<Operand> = Vec::with_capacity(steps.len());
        for (index, step) in steps.iter().enumerate() {
            if !needed[index] {
                places.push(Operand::Shared(0));
                continue;
            }
            if step.op == Op::Variable {
                let variable = step.parts[0];
                let varies = varying.get(usize::from(variable)).copied().unwrap_or(false);
                places.push(if varies {
                    Operand::Input(variable)
                } else {
                    Operand::Shared(variable)
                });
                continue;
            }
            let operands: Vec<Operand> = step
                .operands()
                .iter()
                .map(|part| places[usize::from(*part)])
                .collect();
            let all_shared = operands
                .iter()
                .all(|operand| matches!(operand, Operand::Shared(_)));
            if all_shared {
                let mut step = *step;
                for (part, operand) in step.parts.iter_mut().zip(&operands) {
                    if let Operand::Shared(register) = operand {
                        *part = *register;
                    }
                }
                step.to = shared.take_fresh()?;
                places.push(Operand::Shared(step.to));
                plan.shared.push(step);
                continue;
            }
            // The result must not lie where an operand does, so it is placed first.
            let to = registers.take()?;
            let mut parts = [Operand::Shared(0); 3];
            for (part, operand) in parts.iter_mut().zip(&operands) {
                *part = *operand;
            }
            plan.rows.push(RowInstruction {
                op: step.op,
                to,
                parts,
                constants: step.constants,
            });
            places.push(Operand::Row(to));
            let mut used: Vec<usize> = step.operands().iter().copied().map(usize::from).collect();
            used.sort_unstable();
            used.dedup();
            for part in used {
                if let Operand::Row(register) = places[part]
                    && last[part] == index
                    && part != usize::from(result)
                {
                    registers.give(register);
                }
            }
        }
        plan.shared_registers = shared.count;
        plan.registers = registers.count;
        plan.result = places.get(usize::from(result)).copied();
        Ok(plan)
    }

    /// Computes what is the same for all points. `variables` are those that are, in their places.
    fn with_shared<N: Real>(&self, variables: &[N], parameters: &[f64], work: impl FnOnce(&[N])) {
        with_scratch(N::ZERO, self.shared_registers, |shared| {
            for (register, variable) in shared.iter_mut().zip(variables) {
                *register = *variable;
            }
            for instruction in &self.shared {
                execute(instruction, shared, parameters);
            }
            work(shared);
        });
    }

    /// Evaluates the instructions at a single point.
    fn single<'a, N: Real>(
        &self,
        index: usize,
        shared: &[N],
        input: impl Fn(usize) -> &'a [N],
        memory: &mut [N],
    ) -> N {
        let value = |operand: Operand, memory: &[N]| match operand {
            Operand::Input(variable) => {
                let values = input(usize::from(variable));
                values.get(index).copied().unwrap_or(N::ZERO)
            }
            Operand::Row(register) => memory[usize::from(register)],
            Operand::Shared(register) => shared[usize::from(register)],
        };
        for instruction in &self.rows {
            let operand = |part: usize| value(instruction.parts[part], memory);
            let result = compute(instruction.op, operand, instruction.constants);
            memory[usize::from(instruction.to)] = result;
        }
        self.result.map_or(N::ZERO, |result| value(result, memory))
    }

    /// Evaluates the instructions over points. `input` has the values of a variable at all of them.
    #[inline(always)]
    fn over<'a, N: Real>(
        &self,
        shared: &[N],
        input: impl Fn(usize) -> &'a [N],
        memory: &mut [Row<N>],
        results: &mut [N],
    ) {
        let mut start = 0;
        for results in results.chunks_mut(BLOCK) {
            let length = results.len();
            let cut = |variable: u16, length: usize| {
                let whole = input(usize::from(variable));
                whole.get(start..start + length).unwrap_or_default()
            };
            // A whole block has a length that the compiler knows.
            if length == BLOCK {
                let whole = |variable| match cut(variable, BLOCK).first_chunk::<BLOCK>() {
                    Some(values) => values.as_slice(),
                    None => &[][..],
                };
                for instruction in &self.rows {
                    instruction.run(BLOCK, shared, whole, memory);
                }
            } else {
                for instruction in &self.rows {
                    instruction.run(length, shared, |variable| cut(variable, length), memory);
                }
            }
            match self.result {
                Some(Operand::Input(variable)) => results.copy_from_slice(cut(variable, length)),
                Some(Operand::Row(register)) => {
                    results.copy_from_slice(&memory[usize::from(register)].0[..length]);
                }
                Some(Operand::Shared(register)) => results.fill(shared[usize::from(register)]),
                None => {}
            }
            start += length;
        }
    }
}

impl Tape {
    /// The values for each entry of rows of numbers. `numbers` are the variables that are the same
    /// for all entries; `row` has the values of another one.
    pub fn each<'a, N: Real>(
        &self,
        numbers: &[N],
        row: impl Fn(usize) -> &'a [N],
        results: &mut [N],
    ) {
        /// Fewer entries are evaluated one by one.
        const FEW: usize = 8;
        let plan = &self.rows;
        plan.with_shared(numbers, &[], |shared| {
            if results.len() < FEW {
                with_scratch(N::ZERO, plan.registers, |memory| {
                    for (index, result) in results.iter_mut().enumerate() {
                        *result = plan.single(index, shared, &row, memory);
                    }
                });
            } else {
                with_scratch(Row([N::ZERO; BLOCK]), plan.registers, |memory| {
                    plan.over(shared, row, memory, results);
                });
            }
        });
    }

    /// The value for these variables of a tape in which all of them are the same for all entries.
    pub fn number<N: Real>(&self, numbers: &[N]) -> N {
        let mut value = N::from(f64::NAN);
        self.rows.with_shared(numbers, &[], |shared| {
            if let Some(Operand::Shared(result)) = self.rows.result {
                value = shared[usize::from(result)];
            }
        });
        value
    }

    /// The values at the points (x, y) of a row: `results[i] = f(xs[i], y)`.
    pub fn row(&self, xs: &[f64], y: f64, parameters: &[f64], results: &mut [f64]) {
        #[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
        fn over(
            plan: &Plan,
            shared: &[f64],
            xs: &[f64],
            memory: &mut [Row<f64>],
            results: &mut [f64],
        ) {
            plan.over(shared, |_| xs, memory, results);
        }
        let length = xs.len().min(results.len());
        let (xs, results) = (&xs[..length], &mut results[..length]);
        let plan = &self.rows;
        plan.with_shared(&[f64::NAN, y], parameters, |shared| {
            with_scratch(Row([0.0; BLOCK]), plan.registers, |memory| {
                over(plan, shared, xs, memory, results);
            });
        });
    }
}
