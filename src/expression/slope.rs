//! A value with its slopes along x and y, in doubles: what a race asks for in every step.

use super::arithmetic::Arithmetic;
use super::function::{Binary, Unary};
use super::tree::Relation;

/// A value and its derivatives.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slope {
    /// The value.
    pub value: f64,
    /// ∂/∂x
    pub x: f64,
    /// ∂/∂y
    pub y: f64,
}

impl Slope {
    /// The variables x and y.
    pub const fn variables([x, y]: [f64; 2]) -> [Self; 2] {
        [Self::new(x, 1.0, 0.0), Self::new(y, 0.0, 1.0)]
    }

    const fn new(value: f64, x: f64, y: f64) -> Self {
        Self { value, x, y }
    }

    /// a²
    #[inline]
    pub fn squared(self) -> Self {
        let twice = self.value + self.value;
        Self::new(self.value * self.value, twice * self.x, twice * self.y)
    }

    /// The chain rule. Where the outer slope is infinite, what does not depend on x or y still has
    /// the slope 0.
    #[inline]
    fn chain(self, value: f64, slope: f64) -> Self {
        if slope.is_finite() {
            return Self::new(value, slope * self.x, slope * self.y);
        }
        let along = |inner: f64| if inner == 0.0 { 0.0 } else { slope * inner };
        Self::new(value, along(self.x), along(self.y))
    }

    /// The chain rule for a function of two numbers.
    #[inline]
    fn chain_pair(self, other: Self, value: f64, [mine, others]: [f64; 2]) -> Self {
        let (one, two) = (self.chain(value, mine), other.chain(value, others));
        Self::new(value, one.x + two.x, one.y + two.y)
    }
}

impl Arithmetic for Slope {
    #[inline]
    fn constant(value: f64) -> Self {
        Self::new(value, 0.0, 0.0)
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        Self::new(self.value + other.value, self.x + other.x, self.y + other.y)
    }

    #[inline]
    fn plus_constant(self, constant: f64) -> Self {
        Self::new(self.value + constant, self.x, self.y)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        Self::new(self.value - other.value, self.x - other.x, self.y - other.y)
    }

    #[inline]
    fn taken_from(self, constant: f64) -> Self {
        Self::new(constant - self.value, -self.x, -self.y)
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        Self::new(
            self.value * other.value,
            self.x * other.value + self.value * other.x,
            self.y * other.value + self.value * other.y,
        )
    }

    #[inline]
    fn times_constant(self, constant: f64) -> Self {
        Self::new(self.value * constant, self.x * constant, self.y * constant)
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        let value = self.value / other.value;
        if other.value == 0.0 {
            return Self::constant(value);
        }
        Self::new(
            value,
            (self.x - value * other.x) / other.value,
            (self.y - value * other.y) / other.value,
        )
    }

    #[inline]
    fn over_constant(self, constant: f64) -> Self {
        if constant == 0.0 {
            return Self::constant(self.value / constant);
        }
        Self::new(self.value / constant, self.x / constant, self.y / constant)
    }

    #[inline]
    fn negated(self) -> Self {
        Self::new(-self.value, -self.x, -self.y)
    }

    #[inline]
    fn apply(self, function: Unary) -> Self {
        let value = function.of(self.value);
        self.chain(value, function.slope(self.value, value))
    }

    #[inline]
    fn apply_pair(self, function: Binary, other: Self) -> Self {
        let (a, b) = (self.value, other.value);
        let value = a.apply_pair(function, b);
        match function {
            Binary::Min if a <= b || a.is_nan() => self,
            Binary::Max if a >= b || a.is_nan() => self,
            Binary::Min | Binary::Max => other,
            Binary::Atan2 => {
                let square = a * a + b * b;
                let slopes = if square == 0.0 {
                    [0.0; 2]
                } else {
                    [b / square, -a / square]
                };
                self.chain_pair(other, value, slopes)
            }
            Binary::Hypot => {
                let slopes = if value == 0.0 {
                    [0.0; 2]
                } else {
                    [a / value, b / value]
                };
                self.chain_pair(other, value, slopes)
            }
            Binary::Mod => self.chain_pair(other, value, [1.0, -((a - value) / b).round()]),
        }
    }

    #[inline]
    fn to_power_of(self, exponent: Self) -> Self {
        let value = self.value.powf(exponent.value);
        self.chain(value, slope_of_power(self.value, exponent.value, value))
    }

    #[inline]
    fn to_power(self, exponent: Self) -> Self {
        let (base, power) = (self.value, exponent.value);
        let value = base.powf(power);
        // At 0 and below, only the base counts.
        let by_exponent = if base > 0.0 { value * base.ln() } else { 0.0 };
        let slopes = [slope_of_power(base, power, value), by_exponent];
        self.chain_pair(exponent, value, slopes)
    }

    #[inline]
    fn compare(self, relation: Relation, other: Self) -> bool {
        relation.holds(&self.value, &other.value)
    }

    #[inline]
    fn is_true(self) -> bool {
        self.value != 0.0
    }
}

/// The derivative of a power by its base; an infinite one at 0 counts as level.
fn slope_of_power(base: f64, power: f64, value: f64) -> f64 {
    if base == 0.0 {
        return if power == 1.0 { 1.0 } else { 0.0 };
    }
    if power == 0.0 {
        return 0.0;
    }
    power * value / base
}
