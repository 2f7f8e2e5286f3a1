//! The operators of double-double numbers, among themselves and with doubles.

use std::cmp::Ordering;
use std::fmt;
use std::iter::{Product, Sum};
use std::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign,
};

use super::{DoubleDouble, Real};

impl From<f64> for DoubleDouble {
    #[inline]
    fn from(number: f64) -> Self {
        Self::of(number, 0.0)
    }
}

impl fmt::Display for DoubleDouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.high().fmt(f)
    }
}

impl PartialEq for DoubleDouble {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.high() == other.high() && self.low() == other.low()
    }
}

impl PartialOrd for DoubleDouble {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let by_high = self.high().partial_cmp(&other.high())?;
        Some(by_high.then(self.low().partial_cmp(&other.low())?))
    }
}

impl PartialEq<f64> for DoubleDouble {
    #[inline]
    fn eq(&self, other: &f64) -> bool {
        *self == Self::from(*other)
    }
}

impl PartialOrd<f64> for DoubleDouble {
    #[inline]
    fn partial_cmp(&self, other: &f64) -> Option<Ordering> {
        self.partial_cmp(&Self::from(*other))
    }
}

impl Neg for DoubleDouble {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self::of(-self.high(), -self.low())
    }
}

/// Implements an operator and its assignment for all combinations of values and references.
macro_rules! operator {
    ($trait:ident $method:ident, $assign:ident $assign_method:ident, $own:expr, $double:expr) => {
        impl $trait for DoubleDouble {
            type Output = Self;

            #[inline]
            fn $method(self, other: Self) -> Self {
                $own(self, other)
            }
        }

        impl $trait<&Self> for DoubleDouble {
            type Output = Self;

            #[inline]
            fn $method(self, other: &Self) -> Self {
                $own(self, *other)
            }
        }

        impl $trait<f64> for DoubleDouble {
            type Output = Self;

            #[inline]
            fn $method(self, other: f64) -> Self {
                $double(self, other)
            }
        }

        impl $assign for DoubleDouble {
            #[inline]
            fn $assign_method(&mut self, other: Self) {
                *self = $own(*self, other);
            }
        }

        impl $assign<f64> for DoubleDouble {
            #[inline]
            fn $assign_method(&mut self, other: f64) {
                *self = $double(*self, other);
            }
        }
    };
}

operator!(Add add, AddAssign add_assign, Self::plus, Self::plus_double);
operator!(
    Sub sub,
    SubAssign sub_assign,
    |one: Self, other: Self| one.plus(-other),
    |one: Self, other: f64| one.plus_double(-other)
);
operator!(Mul mul, MulAssign mul_assign, Self::times, Self::times_double);
operator!(
    Div div,
    DivAssign div_assign,
    Self::over,
    |one: Self, other: f64| one.over(Self::from(other))
);
operator!(
    Rem rem,
    RemAssign rem_assign,
    Self::remainder,
    |one: Self, other: f64| one.remainder(Self::from(other))
);

impl Sum for DoubleDouble {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, Self::plus)
    }
}

impl Product for DoubleDouble {
    fn product<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ONE, Self::times)
    }
}
