//! Booth's function.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = (x + 2y − 7)² + (2x + y − 5)²
///
/// As in the survey by Jamil and Yang, 2013.
#[derive(Clone, Copy, Debug)]
pub struct Booth;

impl Formula for Booth {
    const ABOUT: About = About {
        name: "Booth",
        title: "Booth",
        equation: Equation::Formula("(x + 2y - 7)^2 + (2x + y - 5)^2"),
        window: Window::square(10.0),
        minima: &[Minimum::global([1.0, 3.0], 0.0)],
        source: "M. Jamil and X.-S. Yang, Int. J. Mathematical Modelling and Numerical \
                 Optimisation 4(2), 2013",
        teaches: "A plain bowl that lies across the axes: the easy case which every rule should \
                  finish, and where their speeds can be told apart.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        (x + y * 2.0 - 7.0).powi(2) + (x * 2.0 + y - 5.0).powi(2)
    }
}
