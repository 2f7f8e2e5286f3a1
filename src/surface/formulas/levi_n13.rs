//! Lévi's function number 13.

use std::f64::consts::PI;

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = sin² 3πx + (x − 1)² (1 + sin² 3πy) + (y − 1)² (1 + sin² 2πy)
///
/// Levy and Montalvo, *The tunneling algorithm for the global minimization of functions*, 1985.
#[derive(Clone, Copy, Debug)]
pub struct LeviN13;

impl Formula for LeviN13 {
    const ABOUT: About = About {
        name: "LeviN13",
        title: "Lévi N. 13",
        equation: Equation::Formula(
            "sin(3pi*x)^2 + (x - 1)^2*(1 + sin(3pi*y)^2) + (y - 1)^2*(1 + sin(2pi*y)^2)",
        ),
        window: Window::square(10.0),
        minima: &[Minimum::global([1.0, 1.0], 0.0)],
        source: "A. V. Levy and A. Montalvo, SIAM J. on Scientific and Statistical Computing 6(1), \
                 1985",
        teaches: "Far out the ripples curve a hundred times as sharply as at the minimum: a \
                  learning rate that is safe there crawls at the end, and one made for the end is \
                  thrown about there.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let wave = |u: D, half_turns: f64| (u * (half_turns * PI)).sin().powi(2);
        wave(x, 3.0)
            + (x - 1.0).powi(2) * (wave(y, 3.0) + 1.0)
            + (y - 1.0).powi(2) * (wave(y, 2.0) + 1.0)
    }
}
