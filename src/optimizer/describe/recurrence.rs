//! The linear recurrence of a rule along one direction of a quadratic.

/// eₜ₊₁ = a eₜ + b eₜ₋₁, where eₜ is the distance to the minimum along an eigenvector of the Hessian.
///
/// For gradient descent, a = 1 − ηλ and b = 0. For Momentum: Polyak, *Some methods of speeding up
/// the convergence of iteration methods*, 1964, and Goh, *Why momentum really works*, 2017. For
/// Nesterov: Lessard, Recht & Packard, *Analysis and design of optimization algorithms via integral
/// quadratic constraints*, 2016, section 4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// a
    pub now: f64,
    /// b; 0 for a rule without memory.
    pub before: f64,
}

impl Recurrence {
    /// The factor by which the distance shrinks per step after a long time: the spectral radius of
    /// the companion matrix (a b; 1 0), that is, the largest |z| with z² = a z + b. Above 1, the
    /// distance grows.
    #[must_use]
    pub fn contraction(self) -> f64 {
        let half = self.now / 2.0;
        let discriminant = half * half + self.before;
        if discriminant < 0.0 {
            (-self.before).sqrt()
        } else {
            half.abs() + discriminant.sqrt()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn contraction(now: f64, before: f64) -> f64 {
        Recurrence { now, before }.contraction()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn of_two_real_roots_the_larger_counts(one in -2.0..2.0_f64, other in -2.0..2.0_f64) {
            let found = contraction(one + other, -one * other);
            prop_assert!((found - one.abs().max(other.abs())).abs() < 1e-7);
        }

        #[test]
        fn of_two_complex_roots_the_length_counts(length in 0.0..2.0_f64, angle in 0.1..3.0_f64) {
            let found = contraction(2.0 * length * angle.cos(), -length * length);
            prop_assert!((found - length).abs() < 1e-12);
        }
    }

    #[test]
    fn what_is_not_finite_stays_so() {
        assert!(contraction(f64::NAN, 0.0).is_nan());
        assert_eq!(contraction(f64::INFINITY, 0.0), f64::INFINITY);
    }
}
