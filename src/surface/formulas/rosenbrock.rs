//! Rosenbrock's banana valley.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = (1 − x)² + 100 (y − x²)²
///
/// Rosenbrock, *An automatic method for finding the greatest or least value of a function*, 1960.
#[derive(Clone, Copy, Debug)]
pub struct Rosenbrock;

impl Formula for Rosenbrock {
    const ABOUT: About = About {
        name: "Rosenbrock",
        title: "Rosenbrock",
        equation: Equation::Formula("(1 - x)^2 + 100*(y - x^2)^2"),
        window: Window::new([-2.0, 2.0], [-1.0, 3.0]),
        minima: &[Minimum::global([1.0, 1.0], 0.0)],
        source: "H. H. Rosenbrock, The Computer Journal 3(3), 1960",
        teaches: "A curved valley: falling into it is easy, following its floor is what takes the \
                  steps.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        (x - 1.0).powi(2) + (y - x * x).powi(2) * 100.0
    }
}
