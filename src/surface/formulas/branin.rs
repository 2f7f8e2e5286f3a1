//! Branin's function.

use std::f64::consts::PI;

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = (y − 5.1x²/(4π²) + 5x/π − 6)² + 10 (1 − 1/(8π)) cos x + 10
///
/// Branin, *Widely convergent method for finding multiple solutions of simultaneous nonlinear
/// equations*, 1972; in the form of Dixon and Szegő, 1978.
#[derive(Clone, Copy, Debug)]
pub struct Branin;

impl Formula for Branin {
    const ABOUT: About = About {
        name: "Branin",
        title: "Branin",
        equation: Equation::Formula(
            "u = y - 5.1x^2/(4pi^2) + 5x/pi - 6; u^2 + 10*(1 - 1/(8pi))*cos(x) + 10",
        ),
        window: Window::new([-5.0, 10.0], [0.0, 15.0]),
        minima: &[
            Minimum::global([-PI, 12.275], 0.397_887_357_729_738_3),
            Minimum::global([PI, 2.275], 0.397_887_357_729_738_3),
            Minimum::global([3.0 * PI, 2.475], 0.397_887_357_729_738_3),
        ],
        source: "F. H. Branin, IBM Journal of Research and Development 16(5), 1972",
        teaches: "Three equal minima strung along one curved valley: a racer reaches the valley \
                  quickly, and which minimum it takes depends on where it falls in.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let valley = y - x * x * (5.1 / (4.0 * PI * PI)) + x * (5.0 / PI) - 6.0;
        valley.powi(2) + x.cos() * (10.0 * (1.0 - 1.0 / (8.0 * PI))) + 10.0
    }
}
