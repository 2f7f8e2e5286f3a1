//! Himmelblau's function.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = (x² + y − 11)² + (x + y² − 7)²
///
/// Himmelblau, *Applied Nonlinear Programming*, 1972.
#[derive(Clone, Copy, Debug)]
pub struct Himmelblau;

impl Formula for Himmelblau {
    const ABOUT: About = About {
        name: "Himmelblau",
        title: "Himmelblau",
        equation: Equation::Formula("(x^2 + y - 11)^2 + (x + y^2 - 7)^2"),
        window: Window::square(5.0),
        minima: &[
            Minimum::global([3.0, 2.0], 0.0),
            Minimum::global([-2.805_118_086_952_745, 3.131_312_518_250_573], 0.0),
            Minimum::global([-3.779_310_253_377_747, -3.283_185_991_286_169_6], 0.0),
            Minimum::global([3.584_428_340_330_491_7, -1.848_126_526_964_403_6], 0.0),
        ],
        source: "D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill, 1972",
        teaches: "Four minima, all equally good: racers from one start can end in different ones, \
                  so the start and the momentum choose the answer.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        (x * x + y - 11.0).powi(2) + (x + y * y - 7.0).powi(2)
    }
}
