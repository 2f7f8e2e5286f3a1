//! Evaluates a tape with two slopes, in doubles: what a race asks for in every step.
//!
//! Values and pairs of slopes lie in arrays of their own, and the number of registers is known to
//! the compiler. So no load waits for stores of another width, and no index is checked.
#![expect(
    clippy::inline_always,
    reason = "a result that a call hands back through memory is waited for"
)]

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
            0..=4 if self.has_only_products => self.sweep::<4, true>(at, parameters, slopes),
            5..=8 if self.has_only_products => self.sweep::<8, true>(at, parameters, slopes),
            0..=8 => self.sweep::<8, false>(at, parameters, slopes),
            9..=32 => self.sweep::<32, false>(at, parameters, slopes),
            33..=256 => self.sweep::<256, false>(at, parameters, slopes),
            // No tape has more.
            _ => self.sweep::<1024, false>(at, parameters, slopes),
        }
    }

    /// A function of its own, so that few registers do not pay for the stack of many, nor sums and
    /// products for the calls of other functions.
    #[inline(never)]
    fn sweep<const N: usize, const ONLY_PRODUCTS: bool>(
        &self,
        at: &[f64; 2],
        parameters: &[f64],
        slopes: &mut [f64; 2],
    ) -> f64 {
        let mut registers = Registers::<N>::new(*at);
        let mut last = registers.load(self.result);
        for instruction in &self.instructions {
            last = match registers.product(instruction) {
                Some(result) => result,
                None if ONLY_PRODUCTS => Slope::constant(f64::NAN),
                None => registers.other(instruction, parameters),
            };
            registers.store(instruction.to, last);
        }
        // The last instruction has the result.
        *slopes = [last.x, last.y];
        last.value
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

    /// The result of an instruction, if it is made of sums and products.
    #[inline(always)]
    fn product(&self, instruction: &Instruction) -> Option<Slope> {
        let [a, b, c, d] = instruction.parts;
        let [k, l, m] = instruction.constants;
        let load = |register| self.load(register);
        let product = || load(a).times(load(b));
        Some(match instruction.op {
            Op::Constant => Slope::constant(k),
            Op::Add => load(a).plus(load(b)),
            Op::AddConstant => load(a).plus_constant(k),
            Op::Subtract => load(a).minus(load(b)),
            Op::FromConstant => load(a).taken_from(k),
            Op::Multiply if a == b => load(a).squared(),
            Op::Multiply => product(),
            Op::MultiplyConstant => load(a).times_constant(k),
            Op::Negate => load(a).negated(),
            Op::MultiplyAdd => product().plus(load(c)),
            Op::MultiplySubtract => product().minus(load(c)),
            Op::SubtractMultiply => load(c).minus(product()),
            Op::MultiplyAddConstant => product().plus_constant(k),
            Op::ScaleAdd => load(a).times_constant(k).plus(load(b)),
            Op::Affine => load(a).times_constant(k).plus_constant(l),
            Op::SquareOfSum => load(a).plus_constant(k).squared(),
            Op::SquareOfSumAdd => load(a).plus_constant(k).squared().plus(load(b)),
            Op::Linear => load(a).times_constant(k).plus(load(b).times_constant(l)),
            Op::Quadratic => {
                let line = load(a).times_constant(k).plus_constant(l);
                line.plus(load(a).squared().times_constant(m))
            }
            Op::SquareTimes => {
                let square = load(a).plus_constant(k).squared();
                square.times(load(b)).plus_constant(l)
            }
            Op::SquareOfProductSum => product().plus(load(c)).plus_constant(k).squared(),
            Op::SquareOfProductSumAdd => {
                let sum = product().plus(load(c)).plus_constant(k);
                sum.squared().plus(load(d))
            }
            Op::SquareOfProductRest => product().plus(load(c).taken_from(k)).squared(),
            Op::SquareOfProductRestAdd => {
                let sum = product().plus(load(c).taken_from(k));
                sum.squared().plus(load(d))
            }
            Op::SquareOfRest => load(c).minus(product()).squared().times_constant(k),
            Op::SquareOfRestAdd => {
                let square = load(c).minus(product()).squared();
                square.times_constant(k).plus(load(d))
            }
            _ => return None,
        })
    }

    /// The other instructions, apart from the loop, which is the faster for it.
    #[inline(never)]
    fn other(&self, instruction: &Instruction, parameters: &[f64]) -> Slope {
        let [a, b, c, _] = instruction.parts;
        let [k, ..] = instruction.constants;
        match instruction.op {
            Op::Divide => self.load(a).over(self.load(b)),
            Op::DivideConstant => self.load(a).over_constant(k),
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
            // The others are sums and products.
            _ => Slope::constant(f64::NAN),
        }
    }
}
