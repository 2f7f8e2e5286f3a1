//! Evaluates a tape with two slopes, in doubles: what a race asks for in every step.
//!
//! Values and pairs of slopes lie in arrays of their own, and the number of registers is known to
//! the compiler. So no load waits for stores of another width, and no index is checked.

use super::Tape;
use super::instruction::{Instruction, Op};
use crate::expression::arithmetic::Arithmetic;
use crate::expression::slope::Slope;

impl Tape {
    /// The value at a point, and its slopes there: (f, [∂f/∂x, ∂f/∂y]). A parameter that is missing
    /// counts as NaN.
    #[must_use]
    #[inline]
    pub fn gradient(&self, at: [f64; 2], parameters: &[f64]) -> (f64, [f64; 2]) {
        let mut slopes = [0.0; 2];
        let value = self.gradient_into(&at, parameters, &mut slopes);
        (value, slopes)
    }

    /// The same, with the slopes written in place.
    #[inline]
    pub fn gradient_into(&self, at: &[f64; 2], parameters: &[f64], slopes: &mut [f64; 2]) -> f64 {
        match self.registers {
            0..=4 => self.sweep::<4>(at, parameters, slopes),
            5..=8 => self.sweep::<8>(at, parameters, slopes),
            9..=32 => self.sweep::<32>(at, parameters, slopes),
            33..=256 => self.sweep::<256>(at, parameters, slopes),
            // No tape has more.
            _ => self.sweep::<1024>(at, parameters, slopes),
        }
    }

    /// A function of its own, so that few registers do not pay for the stack of many.
    #[inline(never)]
    fn sweep<const N: usize>(
        &self,
        at: &[f64; 2],
        parameters: &[f64],
        slopes: &mut [f64; 2],
    ) -> f64 {
        let mut registers = Registers::<N>::new(*at);
        for instruction in &self.instructions {
            registers.execute(instruction, parameters);
        }
        let Slope { value, x, y } = registers.load(self.result);
        *slopes = [x, y];
        value
    }
}

/// Values and slopes; their number is a power of two.
struct Registers<const N: usize> {
    value: [f64; N],
    slopes: [[f64; 2]; N],
}

impl<const N: usize> Registers<N> {
    fn new(at: [f64; 2]) -> Self {
        let mut registers = Self {
            value: [0.0; N],
            slopes: [[0.0; 2]; N],
        };
        for (register, variable) in (0..).zip(Slope::variables(at)) {
            registers.store(register, variable);
        }
        registers
    }

    #[inline]
    fn load(&self, register: u16) -> Slope {
        let at = usize::from(register) & (N - 1);
        Slope {
            value: self.value[at],
            x: self.slopes[at][0],
            y: self.slopes[at][1],
        }
    }

    #[inline]
    fn store(&mut self, register: u16, Slope { value, x, y }: Slope) {
        let at = usize::from(register) & (N - 1);
        self.value[at] = value;
        self.slopes[at] = [x, y];
    }

    #[inline]
    fn execute(&mut self, instruction: &Instruction, parameters: &[f64]) {
        let [a, b, c] = instruction.parts;
        let k = instruction.constant;
        let result = match instruction.op {
            Op::Constant => Slope::constant(k),
            Op::Add => self.load(a).plus(self.load(b)),
            Op::AddConstant => self.load(a).plus_constant(k),
            Op::Subtract => self.load(a).minus(self.load(b)),
            Op::FromConstant => self.load(a).taken_from(k),
            Op::Multiply if a == b => self.load(a).squared(),
            Op::Multiply => self.load(a).times(self.load(b)),
            Op::MultiplyConstant => self.load(a).times_constant(k),
            Op::Divide => self.load(a).over(self.load(b)),
            Op::DivideConstant => self.load(a).over_constant(k),
            Op::Negate => self.load(a).negated(),
            Op::MultiplyAdd => self.load(a).times(self.load(b)).plus(self.load(c)),
            Op::MultiplySubtract => self.load(a).times(self.load(b)).minus(self.load(c)),
            Op::SubtractMultiply => self.load(c).minus(self.load(a).times(self.load(b))),
            Op::MultiplyAddConstant => self.load(a).times(self.load(b)).plus_constant(k),
            Op::ScaleAdd => self.load(a).times_constant(k).plus(self.load(b)),
            Op::Affine => {
                let scaled = self.load(a).times_constant(k);
                scaled.plus_constant(instruction.offset)
            }
            Op::SquareOfSum => self.load(a).plus_constant(k).squared(),
            Op::SquareOfSumAdd => {
                let square = self.load(a).plus_constant(k).squared();
                square.plus(self.load(b))
            }
            _ => self.other(instruction, parameters),
        };
        self.store(instruction.to, result);
    }

    /// The less frequent instructions, apart from the loop, which is the faster for it.
    #[inline(never)]
    fn other(&self, instruction: &Instruction, parameters: &[f64]) -> Slope {
        let [a, b, c] = instruction.parts;
        match instruction.op {
            Op::Parameter => {
                let parameter = parameters.get(usize::from(a)).copied();
                Slope::constant(parameter.unwrap_or(f64::NAN))
            }
            Op::Unary(function) => self.load(a).apply(function),
            Op::Binary(function) => self.load(a).apply_pair(function, self.load(b)),
            Op::PowerOf => self.load(a).to_power_of(self.load(b)),
            Op::Power => self.load(a).to_power(self.load(b)),
            Op::Compare(relation) => {
                let holds = self.load(a).compare(relation, self.load(b));
                Slope::constant(if holds { 1.0 } else { 0.0 })
            }
            Op::Select if self.load(a).is_true() => self.load(b),
            Op::Select => self.load(c),
            // The others are in the loop.
            _ => Slope::constant(f64::NAN),
        }
    }
}
