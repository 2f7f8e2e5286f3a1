//! The simplest saddle.

use super::{About, Equation, Formula, Number, Window};

/// f(x, y) = x² − y²
///
/// The simplest surface with a saddle point; a scene in Radford's animations of optimizers, 2014.
#[derive(Clone, Copy, Debug)]
pub struct Saddle;

impl Formula for Saddle {
    const ABOUT: About = About {
        name: "Saddle",
        title: "Saddle",
        equation: Equation::Formula("x^2 - y^2"),
        window: Window::square(1.5),
        minima: &[],
        source: "the textbook saddle; a scene of A. Radford's animations of optimizers, 2014",
        teaches: "Where the slope vanishes without a minimum, plain descent lingers, while a rule \
                  that scales each axis by its own gradients leaves along the falling one.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        x * x - y * y
    }
}
