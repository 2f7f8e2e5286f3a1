//! A surface made steeper along y.

use std::sync::Arc;

use super::{precise_gradient, precise_hessian, within_reach};
use crate::objective::Rows;
use crate::plane::Window;
use crate::real::DoubleDouble;
use crate::surface::{Minimum, Precise, Surface, TwoParameters};

/// `inner` with y measured in different units: f(x, y) = inner(x, s y).
///
/// The gradient is (∂ₓ, s ∂ᵧ) and the Hessian [[h₀₀, s h₀₁], [s h₁₀, s² h₁₁]] of `inner` at (x, s
/// y), so a quadratic valley with curvatures 1 and κ gets 1 and s² κ.
#[derive(Clone, Debug)]
pub struct Stretched {
    inner: Arc<dyn Surface>,
    scale: f64,
}

impl Stretched {
    /// `inner` with y multiplied by `scale`.
    #[must_use]
    pub fn new(inner: Arc<dyn Surface>, scale: f64) -> Self {
        Self { inner, scale }
    }

    fn to_inner(&self, at: [f64; 2]) -> [f64; 2] {
        within_reach([at[0], self.scale * at[1]], at)
    }
}

impl TwoParameters for Stretched {}

impl Surface for Stretched {
    fn title(&self) -> &str {
        self.inner.title()
    }

    /// The inner surface's window, so that the surface visibly becomes steeper.
    fn window(&self) -> Window {
        self.inner.window()
    }

    fn minima(&self) -> Vec<Minimum> {
        let moved = |minimum: Minimum| Minimum {
            at: [minimum.at[0], minimum.at[1] / self.scale],
            ..minimum
        };
        self.inner.minima().into_iter().map(moved).collect()
    }

    fn value(&self, at: [f64; 2]) -> f64 {
        self.inner.value(self.to_inner(at))
    }

    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        let (loss, [x, y]) = self.inner.gradient(self.to_inner(at));
        (loss, [x, self.scale * y])
    }

    fn hessian(&self, at: [f64; 2]) -> [[f64; 2]; 2] {
        let s = self.scale;
        let [[a, b], [c, d]] = self.inner.hessian(self.to_inner(at));
        [[a, s * b], [s * c, s * s * d]]
    }

    fn row(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        self.inner.row(xs, self.scale * y, losses);
    }

    fn precise(&self) -> Option<&dyn Precise> {
        self.inner.precise().map(|_| self as &dyn Precise)
    }
}

impl Precise for Stretched {
    fn precise_gradient(
        &self,
        [x, y]: [DoubleDouble; 2],
        rows: Rows<'_>,
    ) -> (DoubleDouble, [DoubleDouble; 2]) {
        let (loss, [along, across]) = precise_gradient(&*self.inner, [x, y * self.scale], rows);
        (loss, [along, across * self.scale])
    }

    fn precise_hessian(&self, [x, y]: [DoubleDouble; 2], rows: Rows<'_>) -> [[DoubleDouble; 2]; 2] {
        let s = self.scale;
        let [[a, b], [c, d]] = precise_hessian(&*self.inner, [x, y * s], rows);
        [[a, b * s], [c * s, d * s * s]]
    }
}
