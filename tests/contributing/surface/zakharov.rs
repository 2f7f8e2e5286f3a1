//! Zakharov's function.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = x² + y² + (½x + y)² + (½x + y)⁴
///
/// Function 173 of Jamil & Yang, *A literature survey of benchmark functions for global
/// optimisation problems*, 2013.
#[derive(Clone, Copy, Debug)]
pub struct Zakharov;

impl Formula for Zakharov {
    const ABOUT: About = About {
        name: "Zakharov",
        title: "Zakharov",
        equation: Equation::Formula("u = x/2 + y; x^2 + y^2 + u^2 + u^4"),
        window: Window::square(5.0),
        minima: &[Minimum::global([0.0, 0.0], 0.0)],
        source: "M. Jamil, X.-S. Yang, Int. J. Math. Model. Numer. Optim. 4(2), 2013",
        teaches: "A bent trough with walls of fourth order: a rate that suits its floor flies off \
                  its walls.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let across = x * 0.5 + y;
        x * x + y * y + across.powi(2) + across.powi(4)
    }
}
