//! Double-double numbers as the inner numbers of `num_dual`, so that formulas and their derivatives
//! are evaluated on them without being written again.

use num_dual::{DualNum, DualStruct, Mappable};
use num_traits::{FromPrimitive, Inv, Num, One, Signed, Zero};

use super::{DoubleDouble, Real};

impl Zero for DoubleDouble {
    fn zero() -> Self {
        Self::ZERO
    }

    fn is_zero(&self) -> bool {
        self.high() == 0.0
    }
}

impl One for DoubleDouble {
    fn one() -> Self {
        Self::ONE
    }
}

impl Num for DoubleDouble {
    type FromStrRadixErr = num_traits::ParseFloatError;

    fn from_str_radix(text: &str, radix: u32) -> Result<Self, Self::FromStrRadixErr> {
        f64::from_str_radix(text, radix).map(Self::from)
    }
}

impl Signed for DoubleDouble {
    fn abs(&self) -> Self {
        Real::abs(*self)
    }

    fn abs_sub(&self, other: &Self) -> Self {
        Real::max(*self - *other, Self::ZERO)
    }

    fn signum(&self) -> Self {
        Real::signum(*self)
    }

    fn is_positive(&self) -> bool {
        self.high().is_sign_positive()
    }

    fn is_negative(&self) -> bool {
        self.high().is_sign_negative()
    }
}

impl Inv for DoubleDouble {
    type Output = Self;

    fn inv(self) -> Self {
        Self::ONE / self
    }
}

impl FromPrimitive for DoubleDouble {
    fn from_i64(number: i64) -> Option<Self> {
        f64::from_i64(number).map(Self::from)
    }

    fn from_u64(number: u64) -> Option<Self> {
        f64::from_u64(number).map(Self::from)
    }

    fn from_f64(number: f64) -> Option<Self> {
        Some(Self::from(number))
    }
}

impl DualStruct for DoubleDouble {
    type Real = f64;
    type Inner = Self;

    fn re(&self) -> f64 {
        self.high()
    }

    fn from_inner(inner: &Self) -> Self {
        *inner
    }
}

impl Mappable<Self> for DoubleDouble {
    type Output<O> = O;

    fn map_dual<M: FnOnce(Self) -> O, O>(self, map: M) -> O {
        map(self)
    }
}

impl DualNum for DoubleDouble {
    type Primitive = f64;
    type InnerDual = Self;

    const NDERIV: usize = 0;

    fn from_re(re: Self) -> Self {
        re
    }

    #[inline]
    fn scale(self, factor: &Self) -> Self {
        self * *factor
    }

    #[inline]
    fn recip(&self) -> Self {
        Self::ONE / *self
    }

    fn powi(&self, n: i32) -> Self {
        Real::powi(*self, n)
    }

    fn powf(&self, y: f64) -> Self {
        Real::powf(*self, y)
    }

    fn sqrt(&self) -> Self {
        Real::sqrt(*self)
    }

    fn cbrt(&self) -> Self {
        self.cube_root()
    }

    fn exp(&self) -> Self {
        self.exponential()
    }

    fn exp2(&self) -> Self {
        (*self * Self::ln_2()).exponential()
    }

    fn exp_m1(&self) -> Self {
        self.exponential_m1()
    }

    fn ln(&self) -> Self {
        self.logarithm()
    }

    fn log(&self, base: f64) -> Self {
        self.logarithm() / Self::from(base).logarithm()
    }

    fn log2(&self) -> Self {
        self.logarithm() / Self::ln_2()
    }

    fn log10(&self) -> Self {
        self.logarithm() / Self::ln_10()
    }

    fn ln_1p(&self) -> Self {
        self.logarithm_1p()
    }

    fn sin(&self) -> Self {
        self.sine_and_cosine()[0]
    }

    fn cos(&self) -> Self {
        self.sine_and_cosine()[1]
    }

    fn tan(&self) -> Self {
        let [sine, cosine] = self.sine_and_cosine();
        sine / cosine
    }

    fn sin_cos(&self) -> (Self, Self) {
        self.sine_and_cosine().into()
    }

    fn asin(&self) -> Self {
        let adjacent = Real::sqrt((Self::ONE - *self) * (*self + 1.0));
        self.atan2(adjacent)
    }

    fn acos(&self) -> Self {
        let opposite = Real::sqrt((Self::ONE - *self) * (*self + 1.0));
        opposite.atan2(*self)
    }

    fn atan(&self) -> Self {
        self.arctangent()
    }

    fn atan2(&self, other: Self) -> Self {
        let rough = self.high().atan2(other.high());
        if !rough.is_finite() || *self == 0.0 && other == 0.0 {
            return Self::from(rough);
        }
        // Turned back by a first guess, the angle is so small that it equals its tangent.
        let [sine, cosine] = Self::from(rough).sine_and_cosine();
        let across = *self * cosine - other * sine;
        let along = other * cosine + *self * sine;
        across / along + rough
    }

    fn sinh(&self) -> Self {
        self.hyperbolic()[0]
    }

    fn cosh(&self) -> Self {
        self.hyperbolic()[1]
    }

    fn tanh(&self) -> Self {
        self.hyperbolic_tangent()
    }

    fn asinh(&self) -> Self {
        let size = Real::abs(*self);
        let root = Real::sqrt(size * size + 1.0);
        let more = size + size * size / (root + 1.0);
        Real::signum(*self) * more.logarithm_1p()
    }

    fn acosh(&self) -> Self {
        let more = *self - 1.0;
        (more + Real::sqrt(more * (more + 2.0))).logarithm_1p()
    }

    fn atanh(&self) -> Self {
        (*self * 2.0 / (Self::ONE - *self)).logarithm_1p() * 0.5
    }

    fn sph_j0(&self) -> Self {
        if Real::abs(*self) < 1e-8 {
            Self::ONE - *self * *self / 6.0
        } else {
            DualNum::sin(self) / *self
        }
    }

    fn sph_j1(&self) -> Self {
        if Real::abs(*self) < 1e-8 {
            *self / 3.0
        } else {
            let [sine, cosine] = self.sine_and_cosine();
            (sine / *self - cosine) / *self
        }
    }

    fn sph_j2(&self) -> Self {
        if Real::abs(*self) < 1e-8 {
            *self * *self / 15.0
        } else {
            self.sph_j1() * 3.0 / *self - self.sph_j0()
        }
    }
}
