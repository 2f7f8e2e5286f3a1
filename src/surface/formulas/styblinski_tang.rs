//! The function of Styblinski and Tang.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = ½ (x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)
///
/// Styblinski and Tang, *Experiments in nonconvex optimization: stochastic approximation with
/// function smoothing and simulated annealing*, 1990.
#[derive(Clone, Copy, Debug)]
pub struct StyblinskiTang;

impl Formula for StyblinskiTang {
    const ABOUT: About = About {
        name: "StyblinskiTang",
        title: "Styblinski–Tang",
        equation: Equation::Formula("(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2"),
        window: Window::square(5.0),
        minima: &[
            Minimum::global(
                [-2.903_534_027_771_177, -2.903_534_027_771_177],
                -78.332_331_407_542_82,
            ),
            Minimum::local(
                [-2.903_534_027_771_177, 2.746_802_770_990_837],
                -64.195_612_359_055_36,
            ),
            Minimum::local(
                [2.746_802_770_990_837, -2.903_534_027_771_177],
                -64.195_612_359_055_36,
            ),
            Minimum::local(
                [2.746_802_770_990_837, 2.746_802_770_990_837],
                -50.058_893_310_567_88,
            ),
        ],
        source: "M. A. Styblinski and T.-S. Tang, Neural Networks 3(4), 1990",
        teaches: "Each axis alone has a good hollow and a worse one: the four minima show on which \
                  axis a racer took the wrong side.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let double_well = |u: D| u.powi(4) - u * u * 16.0 + u * 5.0;
        (double_well(x) + double_well(y)) * 0.5
    }
}
