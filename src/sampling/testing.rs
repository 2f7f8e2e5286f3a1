//! Surfaces made from closures, for tests.

use std::fmt;

use crate::plane::Window;
use crate::surface::{Minimum, Surface, TwoParameters};

struct Closure<F>(F);

/// The surface f(x, y) given by a closure; it has values but no derivatives.
pub fn closure(formula: impl Fn(f64, f64) -> f64 + Send + Sync + 'static) -> impl Surface {
    Closure(formula)
}

impl<F> fmt::Debug for Closure<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a closure")
    }
}

impl<F: Fn(f64, f64) -> f64 + Send + Sync + 'static> TwoParameters for Closure<F> {}

impl<F: Fn(f64, f64) -> f64 + Send + Sync + 'static> Surface for Closure<F> {
    fn title(&self) -> &'static str {
        "a closure"
    }

    fn window(&self) -> Window {
        Window::square(1.0)
    }

    fn minima(&self) -> Vec<Minimum> {
        Vec::new()
    }

    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        (self.0)(x, y)
    }

    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        (self.value(at), [f64::NAN; 2])
    }

    fn hessian(&self, _: [f64; 2]) -> [[f64; 2]; 2] {
        [[f64::NAN; 2]; 2]
    }

    fn row(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        for (loss, &x) in losses.iter_mut().zip(xs) {
            *loss = self.value([x, y]);
        }
    }
}
