//! Beale's function.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²
///
/// Beale, *On an iterative method for finding a local minimum of a function of more than one
/// variable*, 1958.
#[derive(Clone, Copy, Debug)]
pub struct Beale;

impl Formula for Beale {
    const ABOUT: About = About {
        name: "Beale",
        title: "Beale",
        equation: Equation::Formula(
            "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        ),
        window: Window::square(4.5),
        minima: &[Minimum::global([3.0, 0.5], 0.0)],
        source: "E. M. L. Beale, Technical Report 25, Princeton, 1958",
        teaches: "A steep cliff behind a flat plateau: velocity built up on the cliff carries a \
                  racer far past the valley.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        // Products are faster than powers, and this is the first surface that everybody sees.
        let squared = |residual: D| residual * residual;
        let (y2, y3) = (y * y, y * y * y);
        squared(x * y - x + 1.5) + squared(x * y2 - x + 2.25) + squared(x * y3 - x + 2.625)
    }
}
