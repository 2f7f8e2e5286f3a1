//! Rastrigin's egg carton.

use std::f64::consts::TAU;

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = 20 + x² − 10 cos 2πx + y² − 10 cos 2πy
///
/// Rastrigin, *Systems of Extremal Control*, 1974 (in Russian).
#[derive(Clone, Copy, Debug)]
pub struct Rastrigin;

impl Formula for Rastrigin {
    const ABOUT: About = About {
        name: "Rastrigin",
        title: "Rastrigin",
        equation: Equation::Formula("20 + x^2 - 10cos(2pi*x) + y^2 - 10cos(2pi*y)"),
        window: Window::square(5.12),
        minima: &[Minimum::global([0.0, 0.0], 0.0)],
        source: "L. A. Rastrigin, Systems of Extremal Control, Nauka, Moscow, 1974",
        teaches: "An egg carton with a dent near every pair of whole numbers: a small step is \
                  caught by the nearest one, and only large steps or much momentum see the bowl \
                  beneath.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let dented = |u: D| u * u - (u * TAU).cos() * 10.0;
        dented(x) + dented(y) + 20.0
    }
}
