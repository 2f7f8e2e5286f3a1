//! Matyas' function.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = 0.26 (x² + y²) − 0.48 xy
///
/// As in the survey by Jamil and Yang, 2013.
#[derive(Clone, Copy, Debug)]
pub struct Matyas;

impl Formula for Matyas {
    const ABOUT: About = About {
        name: "Matyas",
        title: "Matyas",
        equation: Equation::Formula("0.26*(x^2 + y^2) - 0.48x*y"),
        window: Window::square(10.0),
        minima: &[Minimum::global([0.0, 0.0], 0.0)],
        source: "M. Jamil and X.-S. Yang, Int. J. Mathematical Modelling and Numerical \
                 Optimisation 4(2), 2013",
        teaches: "A narrow valley along the diagonal: scaling each axis by itself cannot \
                  straighten what is tilted against both axes.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        (x * x + y * y) * 0.26 - x * y * 0.48
    }
}
