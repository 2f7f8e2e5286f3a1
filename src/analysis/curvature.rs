//! The curvature of a surface at a point, and its principal directions.

use crate::plane::{Eigen, Matrix, dot};

/// The curvature of a surface at a point: the eigenvalues and eigenvectors of its Hessian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curvature {
    /// The eigenvalues, largest first.
    pub values: [f64; 2],
    /// The corresponding orthonormal eigenvectors.
    pub directions: [[f64; 2]; 2],
}

impl Curvature {
    /// The curvature of this Hessian; `None` if it is not finite.
    #[must_use]
    pub fn of(hessian: Matrix) -> Option<Self> {
        let Eigen { values, vectors } = Eigen::of(hessian)?;
        Some(Self {
            values,
            directions: vectors,
        })
    }

    /// The largest curvature, negative at a maximum.
    #[must_use]
    pub fn largest(&self) -> f64 {
        self.values[0]
    }

    /// The smallest curvature, negative at a saddle and at a maximum.
    #[must_use]
    pub fn smallest(&self) -> f64 {
        self.values[1]
    }

    /// The condition number: how many times the curvature across the valley exceeds that along it;
    /// `None` unless the surface curves upwards in all directions.
    #[must_use]
    pub fn condition(&self) -> Option<f64> {
        let ratio = self.largest() / self.smallest();
        (self.smallest() > 0.0 && ratio.is_finite()).then_some(ratio)
    }

    /// The Newton step −H⁻¹g for the gradient g, which leads to the stationary point of the local
    /// quadratic; not finite where the surface is flat.
    #[must_use]
    pub fn newton_step(&self, gradient: [f64; 2]) -> [f64; 2] {
        let parts = [0, 1].map(|k| -dot(self.directions[k], gradient) / self.values[k]);
        [0, 1].map(|axis| parts[0] * self.directions[0][axis] + parts[1] * self.directions[1][axis])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn times([[xx, xy], [_, yy]]: Matrix, [x, y]: [f64; 2]) -> [f64; 2] {
        [xx * x + xy * y, xy * x + yy * y]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn directions_are_stretched_by_their_values(
            xx in -1e3..1e3,
            xy in -1e3..1e3,
            yy in -1e3..1e3,
        ) {
            let hessian = [[xx, xy], [xy, yy]];
            let curvature = Curvature::of(hessian).unwrap();
            prop_assert!(curvature.largest() >= curvature.smallest());
            for (value, direction) in curvature.values.into_iter().zip(curvature.directions) {
                prop_assert!((dot(direction, direction) - 1.0).abs() < 1e-12);
                let image = times(hessian, direction);
                for axis in 0..2 {
                    prop_assert!((image[axis] - value * direction[axis]).abs() < 1e-10);
                }
            }
            prop_assert!(dot(curvature.directions[0], curvature.directions[1]).abs() < 1e-12);
        }

        #[test]
        fn newtons_step_levels_the_quadratic(
            steep in 1.0..100.0,
            flat in 0.01..1.0,
            mixed in -0.05..0.05,
            gradient in [-9.0..9.0, -9.0..9.0],
        ) {
            let hessian = [[steep, mixed], [mixed, flat]];
            let step = Curvature::of(hessian).unwrap().newton_step(gradient);
            let change = times(hessian, step);
            for axis in 0..2 {
                prop_assert!((change[axis] + gradient[axis]).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn a_round_bowl_has_the_axes_for_directions() {
        let round = Curvature::of([[3.0, 0.0], [0.0, 3.0]]).unwrap();
        assert_eq!(round.values, [3.0, 3.0]);
        assert_eq!(round.directions, [[1.0, 0.0], [0.0, 1.0]]);
        assert_eq!(round.condition(), Some(1.0));
    }

    #[test]
    fn only_a_bowl_has_a_condition_number() {
        let long = Curvature::of([[1.0, 0.0], [0.0, 50.0]]).unwrap();
        assert_eq!(long.condition(), Some(50.0));
        assert!(long.directions[0][1].abs() > 0.999_999);
        let saddle = Curvature::of([[2.0, 0.0], [0.0, -2.0]]).unwrap();
        assert_eq!(saddle.condition(), None);
        let plain = Curvature::of([[0.0, 0.0], [0.0, 0.0]]).unwrap();
        assert_eq!(plain.condition(), None);
    }

    #[test]
    fn what_is_not_finite_has_no_curvature() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Curvature::of([[bad, 0.0], [0.0, 1.0]]), None);
            assert_eq!(Curvature::of([[1.0, bad], [bad, 1.0]]), None);
        }
        assert!(Curvature::of([[1e300, 1e300], [1e300, 1e300]]).is_some());
    }
}
