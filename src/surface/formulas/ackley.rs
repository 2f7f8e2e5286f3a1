//! Ackley's function.

use std::f64::consts::{E, TAU};

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = −20 e^(−0.2 √(½(x² + y²))) − e^(½(cos 2πx + cos 2πy)) + e + 20
///
/// Ackley, *A Connectionist Machine for Genetic Hillclimbing*, 1987.
#[derive(Clone, Copy, Debug)]
pub struct Ackley;

impl Formula for Ackley {
    const ABOUT: About = About {
        name: "Ackley",
        title: "Ackley",
        equation: Equation::Formula(
            "-20*exp(-0.2*sqrt((x^2 + y^2)/2)) - exp((cos(2pi*x) + cos(2pi*y))/2) + e + 20",
        ),
        window: Window::square(5.0),
        minima: &[Minimum::global([0.0, 0.0], 0.0)],
        source: "D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer, 1987",
        teaches: "The minimum is the tip of a cone: the slope does not fade on the way in, so a \
                  fixed step never comes to rest and only a falling learning rate does.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let square = x * x + y * y;
        if square.re() == 0.0 {
            // The tip of the cone has no derivative. A bowl in its place has the loss 0, the
            // gradient 0 and a positive curvature, by which everything recognizes a minimum.
            return square * 20.0;
        }
        let cone = ((square * 0.5).sqrt() * -0.2).exp() * -20.0;
        let ripples = (((x * TAU).cos() + (y * TAU).cos()) * 0.5).exp();
        cone - ripples + E + 20.0
    }
}
