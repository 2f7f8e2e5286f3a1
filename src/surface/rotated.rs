//! A surface turned about the middle of its window.

use std::sync::Arc;

use super::{Minimum, Surface, Window};

/// `inner` turned counter-clockwise by an angle about a fixed point.
///
/// With R the rotation matrix and c the fixed point, f(θ) = inner(c + Rᵀ(θ − c)); the gradient is
/// R ∇inner and the Hessian R H Rᵀ, both at the turned-back point.
#[derive(Clone, Debug)]
pub struct Rotated {
    inner: Arc<dyn Surface>,
    about: [f64; 2],
    sine: f64,
    cosine: f64,
}

impl Rotated {
    /// `inner` turned by `angle` radians, counter-clockwise, about the point `about`.
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
    fn turn(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            self.cosine * x - self.sine * y,
            self.sine * x + self.cosine * y,
        ]
    }

    /// Rᵀ v
    fn turn_back(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            self.cosine * x + self.sine * y,
            self.cosine * y - self.sine * x,
        ]
    }

    /// Where the point `at` of the turned surface lies on `inner`.
    #[must_use]
    pub fn to_inner(&self, at: [f64; 2]) -> [f64; 2] {
        let [cx, cy] = self.about;
        let [x, y] = self.turn_back([at[0] - cx, at[1] - cy]);
        [x + cx, y + cy]
    }

    /// Where the point `at` of `inner` lies on the turned surface.
    #[must_use]
    pub fn from_inner(&self, at: [f64; 2]) -> [f64; 2] {
        let [cx, cy] = self.about;
        let [x, y] = self.turn([at[0] - cx, at[1] - cy]);
        [x + cx, y + cy]
    }
}

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
        let [[a, b], [c, d]] = self.inner.hessian(self.to_inner(at));
        // R H turns the columns of H, (R H) Rᵀ then the rows of that.
        let [left, right] = [self.turn([a, c]), self.turn([b, d])];
        [
            self.turn([left[0], right[0]]),
            self.turn([left[1], right[1]]),
        ]
    }

    fn row(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        for (loss, &x) in losses.iter_mut().zip(xs) {
            *loss = self.value([x, y]);
        }
    }
}
