//! Bohachevsky's function number 1.

use std::f64::consts::PI;

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = x² + 2y² − 0.3 cos 3πx − 0.4 cos 4πy + 0.7
///
/// Bohachevsky, Johnson and Stein, *Generalized simulated annealing for function optimization*,
/// 1986.
#[derive(Clone, Copy, Debug)]
pub struct Bohachevsky;

impl Formula for Bohachevsky {
    const ABOUT: About = About {
        name: "Bohachevsky",
        title: "Bohachevsky",
        equation: Equation::Formula("x^2 + 2y^2 - 0.3cos(3pi*x) - 0.4cos(4pi*y) + 0.7"),
        window: Window::square(2.0),
        minima: &[Minimum::global([0.0, 0.0], 0.0)],
        source: "I. O. Bohachevsky, M. E. Johnson and M. L. Stein, Technometrics 28(3), 1986",
        teaches: "A bowl with ripples just strong enough to hold a slow racer: a little momentum \
                  carries it over each of them.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        x * x + y * y * 2.0 - (x * (3.0 * PI)).cos() * 0.3 - (y * (4.0 * PI)).cos() * 0.4 + 0.7
    }
}
