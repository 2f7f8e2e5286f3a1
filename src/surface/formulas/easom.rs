//! Easom's function.

use std::f64::consts::PI;

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = −cos x cos y e^(−(x − π)² − (y − π)²)
///
/// Easom, *A survey of global optimization techniques*, 1990.
#[derive(Clone, Copy, Debug)]
pub struct Easom;

impl Formula for Easom {
    const ABOUT: About = About {
        name: "Easom",
        title: "Easom",
        equation: Equation::Formula("-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)"),
        window: Window::new([0.0, 6.3], [0.0, 6.3]),
        minima: &[Minimum::global([PI, PI], -1.0)],
        source: "E. E. Easom, M. Eng. thesis, University of Louisville, 1990",
        teaches: "A needle in a plain: away from the hole the gradient is next to nothing, and \
                  only rules that divide by its size make any headway.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        -x.cos() * y.cos() * (-(x - PI).powi(2) - (y - PI).powi(2)).exp()
    }
}
