//! What a tape computes with: numbers of any kind, or values with their two slopes.

use super::Number;
use super::function::{Binary, Unary};
use super::kinks;
use super::tree::Relation;

/// A number that a tape can be evaluated on.
pub trait Arithmetic: Copy {
    /// A constant.
    fn constant(value: f64) -> Self;
    /// a + b
    fn plus(self, other: Self) -> Self;
    /// a + k
    fn plus_constant(self, constant: f64) -> Self;
    /// a − b
    fn minus(self, other: Self) -> Self;
    /// k − a
    fn taken_from(self, constant: f64) -> Self;
    /// a · b
    fn times(self, other: Self) -> Self;
    /// k · a
    fn times_constant(self, constant: f64) -> Self;
    /// a / b, without derivatives where b is 0.
    fn over(self, other: Self) -> Self;
    /// a / k
    fn over_constant(self, constant: f64) -> Self;
    /// −a
    fn negated(self) -> Self;
    /// A function.
    fn apply(self, function: Unary) -> Self;
    /// A function of two numbers.
    fn apply_pair(self, function: Binary, other: Self) -> Self;
    /// aᵇ for an exponent without derivatives.
    fn to_power_of(self, exponent: Self) -> Self;
    /// aᵇ
    fn to_power(self, exponent: Self) -> Self;
    /// Whether a comparison holds.
    fn compare(self, relation: Relation, other: Self) -> bool;
    /// Whether the number is not 0: the result of a comparison.
    fn is_true(self) -> bool;
}

impl<D: Number> Arithmetic for D {
    #[inline]
    fn constant(value: f64) -> Self {
        D::from(value)
    }

    #[inline]
    fn plus(self, other: Self) -> Self {
        self + other
    }

    #[inline]
    fn plus_constant(self, constant: f64) -> Self {
        self + constant
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        self - other
    }

    #[inline]
    fn taken_from(self, constant: f64) -> Self {
        -self + constant
    }

    #[inline]
    fn times(self, other: Self) -> Self {
        self * other
    }

    #[inline]
    fn times_constant(self, constant: f64) -> Self {
        self * constant
    }

    #[inline]
    fn over(self, other: Self) -> Self {
        if other.re() == 0.0 {
            return D::from(self.re() / other.re());
        }
        self / other
    }

    #[inline]
    fn over_constant(self, constant: f64) -> Self {
        if constant == 0.0 {
            return D::from(self.re() / constant);
        }
        self / constant
    }

    #[inline]
    fn negated(self) -> Self {
        -self
    }

    #[inline]
    fn apply(self, function: Unary) -> Self {
        function.of(self)
    }

    #[inline]
    fn apply_pair(self, function: Binary, other: Self) -> Self {
        match function {
            Binary::Min => kinks::smaller(self, other),
            Binary::Max => kinks::larger(self, other),
            Binary::Atan2 => kinks::angle(self, other),
            Binary::Hypot => kinks::distance(self, other),
            Binary::Mod => kinks::remainder(self, other),
        }
    }

    #[inline]
    fn to_power_of(self, exponent: Self) -> Self {
        kinks::power_of(self, exponent)
    }

    #[inline]
    fn to_power(self, exponent: Self) -> Self {
        kinks::power(self, exponent)
    }

    #[inline]
    fn compare(self, relation: Relation, other: Self) -> bool {
        relation.holds(&self, &other)
    }

    #[inline]
    fn is_true(self) -> bool {
        self.re() != 0.0
    }
}
