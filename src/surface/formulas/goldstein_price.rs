//! The function of Goldstein and Price.

use super::{About, Equation, Formula, Minimum, Number, Window};

/// f(x, y) = [1 + (s + 1)² (19 − 14s + 3s²)] · [30 + d² (18 − 16d + 3d²)]
///
/// with s = x + y and d = 2x − 3y, which is the published polynomial with its terms collected.
///
/// Goldstein and Price, *On descent from local minima*, 1971.
#[derive(Clone, Copy, Debug)]
pub struct GoldsteinPrice;

impl Formula for GoldsteinPrice {
    const ABOUT: About = About {
        name: "GoldsteinPrice",
        title: "Goldstein–Price",
        equation: Equation::Formula(
            "s = x + y; d = 2x - 3y; (1 + (s + 1)^2*(19 - 14s + 3s^2))*(30 + d^2*(18 - 16d + 3d^2))",
        ),
        window: Window::square(2.0),
        minima: &[
            Minimum::global([0.0, -1.0], 3.0),
            Minimum::local([-0.6, -0.4], 30.0),
            Minimum::local([1.8, 0.2], 84.0),
            Minimum::local([1.2, 0.8], 840.0),
        ],
        source: "A. A. Goldstein and J. F. Price, Mathematics of Computation 25(115), 1971",
        teaches: "The loss falls from a million to 3: a learning rate that is safe on the walls \
                  crawls on the floor, unless the rule divides by the size of the gradient.",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let (s, d) = (x + y, x * 2.0 - y * 3.0);
        let left = (s + 1.0).powi(2) * (s * s * 3.0 - s * 14.0 + 19.0) + 1.0;
        let right = d * d * (d * d * 3.0 - d * 16.0 + 18.0) + 30.0;
        left * right
    }
}
