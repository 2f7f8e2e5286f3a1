//! A long straight valley.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = ½ (x² + 50 y²)
///
/// A quadratic bowl with condition number 50, after the scene “long valley” in Radford's animations
/// of optimizers, 2014.
#[derive(Clone, Copy, Debug)]
pub struct LongValley;

impl Formula for LongValley {
    const ABOUT: About = About {
        name: "LongValley",
        title: "Long valley",
        equation: Equation::Formula("(x^2 + 50y^2)/2"),
        window: Window::new([-5.0, 5.0], [-2.0, 2.0]),
        minima: &[Minimum::global([0.0, 0.0], 0.0)],
        source: "a quadratic of condition number 50, after A. Radford's animations of optimizers, \
                 2014",
        teaches: "The steep axis limits the learning rate and the shallow one needs the steps: \
                  this gap is what momentum and per-axis scaling are for.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        (x * x + y * y * 50.0) * 0.5
    }
}
