//! A quadratic with a chosen curvature along each axis.

use slalom::plane::Window;
use slalom::surface::{About, Equation, Formula, Number};

/// f = x² · `0` + y² · `1`
#[derive(Debug)]
pub struct Bowl(pub f64, pub f64);

impl Formula for Bowl {
    const ABOUT: About = About {
        name: "Bowl",
        title: "Bowl",
        equation: Equation::Words(""),
        window: Window::square(1.0),
        minima: &[],
        source: "",
        teaches: "",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        x * x * self.0 + y * y * self.1
    }
}
