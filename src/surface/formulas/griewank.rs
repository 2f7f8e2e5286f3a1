//! Griewank's function.

use std::f64::consts::SQRT_2;

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = 1 + (x² + y²)/4000 − cos x cos(y/√2)
///
/// Griewank, *Generalized descent for global optimization*, 1981.
#[derive(Clone, Copy, Debug)]
pub struct Griewank;

impl Formula for Griewank {
    const ABOUT: About = About {
        name: "Griewank",
        title: "Griewank",
        equation: Equation::Formula("1 + (x^2 + y^2)/4000 - cos(x)*cos(y/sqrt(2))"),
        window: Window::square(10.0),
        minima: &[Minimum::global([0.0, 0.0], 0.0)],
        source: "A. O. Griewank, Journal of Optimization Theory and Applications 34(1), 1981",
        teaches: "Hollows of almost equal depth: the local slope says nearly nothing about which \
                  of them is the best.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        (x * x + y * y) / 4000.0 - x.cos() * (y / SQRT_2).cos() + 1.0
    }
}
