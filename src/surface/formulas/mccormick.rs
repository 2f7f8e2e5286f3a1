//! `McCormick`'s function: a staircase of minima.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = sin(x + y) + (x − y)² − 1.5x + 2.5y + 1
///
/// As in the survey by Jamil and Yang, 2013. Its minima lie at (½ − π/3 + kπ, −½ − π/3 + kπ).
#[derive(Clone, Copy, Debug)]
pub struct McCormick;

impl Formula for McCormick {
    const ABOUT: About = About {
        name: "McCormick",
        title: "McCormick",
        equation: Equation::Formula("sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1"),
        window: Window::new([-1.5, 4.0], [-3.0, 4.0]),
        minima: &[
            Minimum::global(
                [-0.547_197_551_196_597_7, -1.547_197_551_196_597_9],
                -1.913_222_954_981_036_4,
            ),
            Minimum::local(
                [2.594_395_102_393_195_7, 1.594_395_102_393_195_5],
                1.228_369_698_608_756_9,
            ),
        ],
        source: "M. Jamil and X.-S. Yang, Int. J. Mathematical Modelling and Numerical \
                 Optimisation 4(2), 2013",
        teaches: "A staircase of hollows down a slope: momentum decides on which step a racer \
                  comes to rest.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        (x + y).sin() + (x - y).powi(2) - x * 1.5 + y * 2.5 + 1.0
    }
}
