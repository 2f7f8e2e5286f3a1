//! A surface rotated about the centre of its window.

use std::sync::Arc;

use super::{precise_gradient, precise_hessian, within_reach};
use crate::objective::Rows;
use crate::plane::Window;
use crate::real::{DoubleDouble, Real};
use crate::surface::{Dataset, Line, Minimum, Precise, Surface, TwoParameters};

/// `inner` rotated counter-clockwise by an angle about a fixed point.
///
/// With R the rotation matrix and c the fixed point, f(θ) = inner(c + Rᵀ(θ − c)); the gradient is R
/// ∇inner and the Hessian R H Rᵀ, both at the point rotated back.
#[derive(Clone, Debug)]
pub struct Rotated {
    inner: Arc<dyn Surface>,
    about: [f64; 2],
    sine: f64,
    cosine: f64,
}

impl Rotated {
    /// `inner` rotated by `angle` radians, counter-clockwise, about the point `about`.
    #[must_use]
    pub fn new(inner: Arc<dyn Surface>, angle: f64, about: [f64; 2]) -> Self {
        let (sine, cosine) = angle.sin_cos();
        Self {
            inner,
            about,
            sine,
            cosine,
        }
    }

    /// R v
    fn turn<N: Real>(&self, [x, y]: [N; 2]) -> [N; 2] {
        [
            x * self.cosine - y * self.sine,
            x * self.sine + y * self.cosine,
        ]
    }

    /// Rᵀ v
    fn turn_back<N: Real>(&self, [x, y]: [N; 2]) -> [N; 2] {
        [
            x * self.cosine + y * self.sine,
            y * self.cosine - x * self.sine,
        ]
    }

    /// R M Rᵀ, for a symmetric matrix M
    fn turned_form<N: Real>(&self, [[a, b], [c, d]]: [[N; 2]; 2]) -> [[N; 2]; 2] {
        // R M rotates the columns of M, then (R M) Rᵀ rotates the rows of that.
        let [left, right] = [self.turn([a, c]), self.turn([b, d])];
        let [[xx, mixed], [_, yy]] = [
            self.turn([left[0], right[0]]),
            self.turn([left[1], right[1]]),
        ];
        [[xx, mixed], [mixed, yy]]
    }

    /// The point of `inner` that corresponds to the point `at` of the rotated surface; a finite
    /// point stays finite, clamped if the rotation overflows.
    #[must_use]
    pub fn to_inner(&self, at: [f64; 2]) -> [f64; 2] {
        let [cx, cy] = self.about;
        let [x, y] = self.turn_back([at[0] - cx, at[1] - cy]);
        within_reach([x + cx, y + cy], at)
    }

    /// The point of the rotated surface that corresponds to the point `at` of `inner`.
    #[must_use]
    pub fn from_inner(&self, at: [f64; 2]) -> [f64; 2] {
        let [cx, cy] = self.about;
        let [x, y] = self.turn([at[0] - cx, at[1] - cy]);
        [x + cx, y + cy]
    }
}

impl TwoParameters for Rotated {}

impl Surface for Rotated {
    fn title(&self) -> &str {
        self.inner.title()
    }

    fn window(&self) -> Window {
        self.inner.window()
    }

    fn minima(&self) -> Vec<Minimum> {
        let turned = |minimum: Minimum| Minimum {
            at: self.from_inner(minimum.at),
            ..minimum
        };
        self.inner.minima().into_iter().map(turned).collect()
    }

    fn value(&self, at: [f64; 2]) -> f64 {
        self.inner.value(self.to_inner(at))
    }

    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        let (loss, slope) = self.inner.gradient(self.to_inner(at));
        (loss, self.turn(slope))
    }

    fn hessian(&self, at: [f64; 2]) -> [[f64; 2]; 2] {
        self.turned_form(self.inner.hessian(self.to_inner(at)))
    }

    fn row(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        for (loss, &x) in losses.iter_mut().zip(xs) {
            *loss = self.value([x, y]);
        }
    }

    fn axes(&self) -> [&'static str; 2] {
        self.inner.axes()
    }

    fn data(&self) -> Option<&Dataset> {
        self.inner.data()
    }

    fn rows_per_loss(&self) -> usize {
        self.inner.rows_per_loss()
    }

    fn batch(&self, rows: &[u32], at: [f64; 2]) -> (f64, [f64; 2]) {
        let (loss, gradient) = self.inner.batch(rows, self.to_inner(at));
        (loss, self.turn(gradient))
    }

    fn batch_hessian(&self, rows: &[u32], at: [f64; 2]) -> [[f64; 2]; 2] {
        self.turned_form(self.inner.batch_hessian(rows, self.to_inner(at)))
    }

    fn gradient_spread(&self, at: [f64; 2]) -> [[f64; 2]; 2] {
        self.turned_form(self.inner.gradient_spread(self.to_inner(at)))
    }

    fn prediction(&self, at: [f64; 2]) -> Option<Line> {
        self.inner.prediction(self.to_inner(at))
    }

    fn precise(&self) -> Option<&dyn Precise> {
        self.inner.precise().map(|_| self as &dyn Precise)
    }
}

impl Rotated {
    fn to_inner_precisely(&self, [x, y]: [DoubleDouble; 2]) -> [DoubleDouble; 2] {
        let [cx, cy] = self.about;
        let [x, y] = self.turn_back([x - cx, y - cy]);
        [x + cx, y + cy]
    }
}

impl Precise for Rotated {
    fn precise_gradient(
        &self,
        at: [DoubleDouble; 2],
        rows: Rows<'_>,
    ) -> (DoubleDouble, [DoubleDouble; 2]) {
        let (loss, slope) = precise_gradient(&*self.inner, self.to_inner_precisely(at), rows);
        (loss, self.turn(slope))
    }

    fn precise_hessian(&self, at: [DoubleDouble; 2], rows: Rows<'_>) -> [[DoubleDouble; 2]; 2] {
        self.turned_form(precise_hessian(
            &*self.inner,
            self.to_inner_precisely(at),
            rows,
        ))
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "equal to the last bit is what is meant")]
mod tests {
    use std::f64::consts::PI;

    use proptest::prelude::*;

    use super::{Arc, Rotated, Surface};
    use crate::surface::SurfaceChoice;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn turning_there_and_back_is_no_turn(
            angle in -10.0..10.0,
            about in [-5.0..5.0, -5.0..5.0],
            at in [-5.0..5.0, -5.0..5.0],
        ) {
            let inner = SurfaceChoice::Himmelblau.open();
            let turned = Rotated::new(Arc::clone(&inner), angle, about);
            let back = turned.to_inner(turned.from_inner(at));
            for k in 0..2 {
                prop_assert!((back[k] - at[k]).abs() < 2e-13);
            }
            let (here, there) = (inner.value(at), turned.value(turned.from_inner(at)));
            prop_assert!((here - there).abs() < 1e-10);
            let unturned = Rotated::new(Arc::clone(&inner), 0.0, about);
            prop_assert_eq!(unturned.from_inner(at), unturned.to_inner(at));
            prop_assert!((unturned.value(at) - here).abs() < 1e-10);
        }
    }

    #[test]
    fn minima_turn_with_the_surface() {
        let inner = SurfaceChoice::SixHumpCamel.open();
        let turned = Rotated::new(Arc::clone(&inner), PI / 2.0, [1.0, 0.0]);
        assert_eq!(turned.title(), inner.title());
        for (known, turned_minimum) in inner.minima().into_iter().zip(turned.minima()) {
            let [x, y] = known.at;
            // A quarter turn counter-clockwise about (1, 0) takes (x, y) to (1 − y, x − 1).
            assert!((turned_minimum.at[0] - (1.0 - y)).abs() < 4e-15);
            assert!((turned_minimum.at[1] - (x - 1.0)).abs() < 4e-15);
            assert_eq!(turned_minimum.global, known.global);
            assert!((turned.value(turned_minimum.at) - known.value).abs() < 4e-14);
            let (_, gradient) = turned.gradient(turned_minimum.at);
            assert!(gradient[0].hypot(gradient[1]) < 1e-13);
        }
    }
}
