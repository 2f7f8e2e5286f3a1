//! The six-hump camel.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = (4 − 2.1x² + x⁴/3) x² + xy + (−4 + 4y²) y²
///
/// Dixon and Szegő, *The global optimization problem: an introduction*, 1978.
#[derive(Clone, Copy, Debug)]
pub struct SixHumpCamel;

impl Formula for SixHumpCamel {
    const ABOUT: About = About {
        name: "SixHumpCamel",
        title: "Six-hump camel",
        equation: Equation::Formula("(4 - 2.1x^2 + x^4/3)*x^2 + x*y + (-4 + 4y^2)*y^2"),
        window: Window::new([-2.5, 2.5], [-1.5, 1.5]),
        minima: &[
            Minimum::global(
                [0.089_842_013_100_318_06, -0.712_656_403_020_739_6],
                -1.031_628_453_489_877_4,
            ),
            Minimum::global(
                [-0.089_842_013_100_318_06, 0.712_656_403_020_739_6],
                -1.031_628_453_489_877_4,
            ),
            Minimum::local(
                [1.703_606_714_969_981, -0.796_083_568_672_625_1],
                -0.215_463_824_383_717_64,
            ),
            Minimum::local(
                [-1.703_606_714_969_981, 0.796_083_568_672_625_1],
                -0.215_463_824_383_717_64,
            ),
            Minimum::local(
                [1.607_104_752_920_197_2, 0.568_651_454_884_131_4],
                2.104_250_310_311_258_4,
            ),
            Minimum::local(
                [-1.607_104_752_920_197_2, -0.568_651_454_884_131_4],
                2.104_250_310_311_258_4,
            ),
        ],
        source: "L. C. W. Dixon and G. P. Szegő, Towards Global Optimisation 2, North-Holland, \
                 1978",
        teaches: "Six hollows of three depths in pairs: count how many racers from one start find \
                  one of the two deepest.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let (xx, yy) = (x * x, y * y);
        (xx * xx / 3.0 - xx * 2.1 + 4.0) * xx + x * y + (yy * 4.0 - 4.0) * yy
    }
}
