//! The monkey saddle.

use super::{About, Equation, Formula, Number, Window};

/// f(x, y) = x³ − 3xy²
///
/// Hilbert and Cohn-Vossen, *Anschauliche Geometrie*, 1932.
#[derive(Clone, Copy, Debug)]
pub struct MonkeySaddle;

impl Formula for MonkeySaddle {
    const ABOUT: About = About {
        name: "MonkeySaddle",
        title: "Monkey saddle",
        equation: Equation::Formula("x^3 - 3x*y^2"),
        window: Window::square(1.5),
        minima: &[],
        source: "D. Hilbert and S. Cohn-Vossen, Anschauliche Geometrie, Springer, 1932",
        teaches: "Three ways down, two for the legs and one for the tail, and at the centre no \
                  curvature at all: leaving it takes far longer than leaving a plain saddle.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        x.powi(3) - x * y * y * 3.0
    }
}
