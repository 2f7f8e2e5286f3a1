//! Real numbers in two arithmetics: doubles, in which races run, and [`DoubleDouble`], which carries
//! twice as many digits and tells how far a race in doubles can be trusted.
//!
//! A rule is written once, over any [`Real`]. For `f64`, every operation is the processor's own.
//!
//! ```
//! use slalom::real::{DoubleDouble, Real};
//!
//! fn third<N: Real>() -> N {
//!     N::ONE / 3.0
//! }
//! assert_eq!(third::<f64>(), 1.0 / 3.0);
//! let error = third::<DoubleDouble>() * 3.0 - DoubleDouble::ONE;
//! assert!(error.abs() < 1e-31);
//! ```

mod double;
mod double_double;
mod dual;
mod functions;
mod matrix;
mod norm;
mod operators;
mod product;

pub use double_double::DoubleDouble;
pub use matrix::{Eigen, singular_values};
pub use norm::{length, norm};
pub use product::{multiply, multiply_symmetric, transpose};

use std::fmt::Debug;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use num_dual::DualNum;

/// A real number in the arithmetic of a race.
///
/// Hyper-parameters are doubles in every arithmetic: [`From`] takes them over exactly. It is also a
/// number of `num_dual`, which has the functions that mathematics typed by people may use.
pub trait Real:
    Copy
    + Debug
    + Send
    + Sync
    + 'static
    + From<f64>
    + PartialEq<Self>
    + PartialEq<f64>
    + PartialOrd<Self>
    + PartialOrd<f64>
    + Neg<Output = Self>
    + Add<Self, Output = Self>
    + Add<f64, Output = Self>
    + Sub<Self, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<Self, Output = Self>
    + Mul<f64, Output = Self>
    + Div<Self, Output = Self>
    + Div<f64, Output = Self>
    + AddAssign<Self>
    + AddAssign<f64>
    + SubAssign<Self>
    + MulAssign<Self>
    + Sum<Self>
    + DualNum<Primitive = f64>
{
    /// 0
    const ZERO: Self;
    /// 1
    const ONE: Self;

    /// The nearest double.
    fn to_f64(self) -> f64;

    /// Whether it is neither infinite nor NaN.
    fn is_finite(self) -> bool;

    /// |x|
    #[must_use]
    fn abs(self) -> Self;

    /// The smaller of two numbers; if one of them is NaN, the other.
    #[must_use]
    fn min(self, other: Self) -> Self;

    /// The larger of two numbers; if one of them is NaN, the other.
    #[must_use]
    fn max(self, other: Self) -> Self;

    /// 1 with the sign of the number, also for 0 and −0; NaN for NaN.
    #[must_use]
    fn signum(self) -> Self;

    /// The sign: −1, 0 or 1. Unlike that of [`signum`](Self::signum), the sign of 0 is 0.
    #[must_use]
    fn sign(self) -> Self {
        if self == 0.0 {
            Self::ZERO
        } else {
            self.signum()
        }
    }

    /// √x
    #[must_use]
    fn sqrt(self) -> Self;

    /// xⁿ
    #[must_use]
    fn powi(self, n: i32) -> Self;

    /// xʸ
    #[must_use]
    fn powf(self, y: f64) -> Self;

    /// eˣ
    #[must_use]
    fn exp(self) -> Self;

    /// The natural logarithm.
    #[must_use]
    fn ln(self) -> Self;

    /// The solution x of `matrix` · x = `right`, for an n × n matrix given column by column; `None`
    /// if it has no inverse.
    fn solve(matrix: Vec<Self>, right: Vec<Self>) -> Option<Vec<Self>>;

    /// The eigenvalues and eigenvectors of a symmetric n × n matrix.
    fn symmetric_eigen(matrix: Vec<Self>, n: usize) -> Eigen<Self>;
}
