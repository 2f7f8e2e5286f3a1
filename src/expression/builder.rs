//! Collects the steps of a tape: equal steps are shared, and constants are folded.

use std::collections::HashMap;
use std::f64::consts::E;

use super::arithmetic::Arithmetic;
use super::error::{Fault, MOST_OPERATIONS};
use super::function::{Binary, Unary};
use super::tape::{Instruction, Op};
use super::tree::{Operator, Relation};

/// A result on the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Known from the beginning.
    Constant(f64),
    /// The result of a step.
    Step(u16),
}

/// The steps so far.
#[derive(Debug, Default)]
pub struct Builder {
    pub(super) steps: Vec<Instruction>,
    /// Whether a step depends on a variable.
    depends: Vec<bool>,
    known: HashMap<(Op, [u16; 3], u64), u16>,
}

/// Whole powers up to this one are written as products.
const HIGHEST_PRODUCT: u32 = 64;

impl Builder {
    fn push(&mut self, op: Op, parts: [u16; 3], constant: f64) -> Result<Value, Fault> {
        let key = (op, parts, constant.to_bits());
        if let Some(step) = self.known.get(&key) {
            return Ok(Value::Step(*step));
        }
        if self.steps.len() >= MOST_OPERATIONS {
            return Err(Fault::TooMany);
        }
        let index = u16::try_from(self.steps.len()).map_err(|_| Fault::TooMany)?;
        let step = Instruction {
            op,
            to: index,
            parts: [parts[0], parts[1], parts[2], 0],
            constants: [constant, 0.0, 0.0],
        };
        let mut operands = step.operands().iter();
        let depends = op == Op::Variable || operands.any(|part| self.depends[usize::from(*part)]);
        self.depends.push(depends);
        self.steps.push(step);
        self.known.insert(key, index);
        Ok(Value::Step(index))
    }

    /// The step of a value.
    pub fn step(&mut self, value: Value) -> Result<u16, Fault> {
        match value {
            Value::Step(step) => Ok(step),
            Value::Constant(constant) => match self.push(Op::Constant, [0; 3], constant)? {
                Value::Step(step) => Ok(step),
                Value::Constant(_) => Err(Fault::TooMany),
            },
        }
    }

    /// A variable.
    pub fn variable(&mut self, index: u16) -> Result<Value, Fault> {
        self.push(Op::Variable, [index, 0, 0], 0.0)
    }

    /// A parameter.
    pub fn parameter(&mut self, index: u16) -> Result<Value, Fault> {
        self.push(Op::Parameter, [index, 0, 0], 0.0)
    }

    /// −a
    pub fn negate(&mut self, a: Value) -> Result<Value, Fault> {
        match a {
            Value::Constant(a) => Ok(Value::Constant(-a)),
            Value::Step(a) => self.push(Op::Negate, [a, 0, 0], 0.0),
        }
    }

    /// Two values and the operator between them.
    pub fn binary(&mut self, operator: Operator, a: Value, b: Value) -> Result<Value, Fault> {
        match operator {
            Operator::Add => self.add(a, b),
            Operator::Subtract => self.subtract(a, b),
            Operator::Multiply => self.multiply(a, b),
            Operator::Divide => self.divide(a, b),
            Operator::Power => self.power(a, b),
        }
    }

    fn add(&mut self, a: Value, b: Value) -> Result<Value, Fault> {
        match (a, b) {
            (Value::Constant(a), Value::Constant(b)) => Ok(Value::Constant(a + b)),
            (Value::Constant(k), Value::Step(a)) | (Value::Step(a), Value::Constant(k)) => {
                if k == 0.0 {
                    return Ok(Value::Step(a));
                }
                self.push(Op::AddConstant, [a, 0, 0], k)
            }
            (Value::Step(a), Value::Step(b)) => self.push(Op::Add, [a.min(b), a.max(b), 0], 0.0),
        }
    }

    fn subtract(&mut self, a: Value, b: Value) -> Result<Value, Fault> {
        match (a, b) {
            (Value::Constant(a), Value::Constant(b)) => Ok(Value::Constant(a - b)),
            (Value::Step(_), Value::Constant(k)) => self.add(a, Value::Constant(-k)),
            (Value::Constant(k), Value::Step(b)) => self.push(Op::FromConstant, [b, 0, 0], k),
            (Value::Step(a), Value::Step(b)) => self.push(Op::Subtract, [a, b, 0], 0.0),
        }
    }

    fn multiply(&mut self, a: Value, b: Value) -> Result<Value, Fault> {
        match (a, b) {
            (Value::Constant(a), Value::Constant(b)) => Ok(Value::Constant(a * b)),
            (Value::Constant(k), Value::Step(a)) | (Value::Step(a), Value::Constant(k)) => {
                if k == 1.0 {
                    return Ok(Value::Step(a));
                }
                self.push(Op::MultiplyConstant, [a, 0, 0], k)
            }
            (Value::Step(a), Value::Step(b)) => {
                self.push(Op::Multiply, [a.min(b), a.max(b), 0], 0.0)
            }
        }
    }

    fn divide(&mut self, a: Value, b: Value) -> Result<Value, Fault> {
        match (a, b) {
            (Value::Constant(a), Value::Constant(b)) => Ok(Value::Constant(a / b)),
            (Value::Step(_), Value::Constant(k)) if is_power_of_2(k) => {
                self.multiply(a, Value::Constant(k.recip()))
            }
            (Value::Step(a), Value::Constant(k)) => self.push(Op::DivideConstant, [a, 0, 0], k),
            (_, Value::Step(b)) => {
                let a = self.step(a)?;
                self.push(Op::Divide, [a, b, 0], 0.0)
            }
        }
    }

    fn power(&mut self, base: Value, exponent: Value) -> Result<Value, Fault> {
        match (base, exponent) {
            (Value::Constant(a), Value::Constant(b)) => Ok(Value::Constant(a.powf(b))),
            (Value::Step(step), Value::Constant(k)) => {
                if k == 0.5 {
                    return self.unary(Unary::Sqrt, base);
                }
                if let Some(whole) = small_whole(k.abs()) {
                    let power = self.whole_power(base, whole)?;
                    if k < 0.0 {
                        return self.divide(Value::Constant(1.0), power);
                    }
                    return Ok(power);
                }
                let k = self.step(exponent)?;
                self.push(Op::PowerOf, [step, k, 0], 0.0)
            }
            (Value::Constant(E), Value::Step(_)) => self.unary(Unary::Exp, exponent),
            (_, Value::Step(exponent)) => {
                let op = if self.depends[usize::from(exponent)] {
                    Op::Power
                } else {
                    Op::PowerOf
                };
                let base = self.step(base)?;
                self.push(op, [base, exponent, 0], 0.0)
            }
        }
    }

    fn whole_power(&mut self, base: Value, n: u32) -> Result<Value, Fault> {
        let mut power = Value::Constant(1.0);
        let mut square = base;
        let mut left = n;
        while left > 0 {
            if left & 1 == 1 {
                power = self.multiply(power, square)?;
            }
            left >>= 1;
            if left > 0 {
                square = self.multiply(square, square)?;
            }
        }
        Ok(power)
    }

    /// A function of a value.
    pub fn unary(&mut self, function: Unary, a: Value) -> Result<Value, Fault> {
        match a {
            Value::Constant(a) => Ok(Value::Constant(function.of(a))),
            Value::Step(a) => self.push(Op::Unary(function), [a, 0, 0], 0.0),
        }
    }

    /// A function of two values.
    pub fn pair(&mut self, function: Binary, a: Value, b: Value) -> Result<Value, Fault> {
        if let (Value::Constant(a), Value::Constant(b)) = (a, b) {
            return Ok(Value::Constant(a.apply_pair(function, b)));
        }
        let (a, b) = (self.step(a)?, self.step(b)?);
        self.push(Op::Binary(function), [a, b, 0], 0.0)
    }

    /// Whether a comparison holds, as 1 or 0.
    pub fn compare(&mut self, relation: Relation, a: Value, b: Value) -> Result<Value, Fault> {
        if let (Value::Constant(a), Value::Constant(b)) = (a, b) {
            let holds = relation.holds(&a, &b);
            return Ok(Value::Constant(if holds { 1.0 } else { 0.0 }));
        }
        let (a, b) = (self.step(a)?, self.step(b)?);
        self.push(Op::Compare(relation), [a, b, 0], 0.0)
    }

    /// One of two values.
    pub fn select(&mut self, condition: Value, [b, c]: [Value; 2]) -> Result<Value, Fault> {
        match condition {
            Value::Constant(holds) => Ok(if holds == 0.0 { c } else { b }),
            Value::Step(_) if b == c => Ok(b),
            Value::Step(a) => {
                let (b, c) = (self.step(b)?, self.step(c)?);
                self.push(Op::Select, [a, b, c], 0.0)
            }
        }
    }
}

/// Whether a division by a number is a product with its reciprocal, to the last bit.
fn is_power_of_2(number: f64) -> bool {
    const MANTISSA: u64 = (1 << 52) - 1;
    number.is_normal() && number.recip().is_normal() && number.to_bits() & MANTISSA == 0
}

/// A whole exponent that is written as products.
fn small_whole(exponent: f64) -> Option<u32> {
    let is_small = exponent.fract() == 0.0 && exponent <= f64::from(HIGHEST_PRODUCT);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small whole number"
    )]
    is_small.then_some(exponent as u32)
}
