//! The three-hump camel.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = 2x² − 1.05x⁴ + x⁶/6 + xy + y²
///
/// Branin, *Widely convergent method for finding multiple solutions of simultaneous nonlinear
/// equations*, 1972.
#[derive(Clone, Copy, Debug)]
pub struct ThreeHumpCamel;

impl Formula for ThreeHumpCamel {
    const ABOUT: About = About {
        name: "ThreeHumpCamel",
        title: "Three-hump camel",
        equation: Equation::Formula("2x^2 - 1.05x^4 + x^6/6 + x*y + y^2"),
        window: Window::square(2.5),
        minima: &[
            Minimum::global([0.0, 0.0], 0.0),
            Minimum::local(
                [1.747_552_345_830_288_8, -0.873_776_172_915_144_4],
                0.298_638_442_236_859_8,
            ),
            Minimum::local(
                [-1.747_552_345_830_288_8, 0.873_776_172_915_144_4],
                0.298_638_442_236_859_8,
            ),
        ],
        source: "F. H. Branin, IBM Journal of Research and Development 16(5), 1972",
        teaches: "Two shallow hollows guard the deep one in the middle: a racer with enough \
                  momentum rolls through them, one without stays.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        x * x * 2.0 - x.powi(4) * 1.05 + x.powi(6) / 6.0 + x * y + y * y
    }
}
