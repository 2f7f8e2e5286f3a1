//! The loss of a typed surface.

use super::Parameters;
use super::frame::frame;
use crate::expression::{Expression, Tape, Vocabulary};
use crate::plane::Window;
use crate::surface::{About, Equation, Formula, Number};

/// The description of all typed surfaces.
pub const ABOUT: About = About {
    name: "Formula",
    title: "Formula",
    equation: Equation::Words("a formula of one's own"),
    window: Window::square(5.0),
    minima: &[],
    source: "typed",
    teaches: "Whatever you like: type a formula, and move its parameters while the racers run.",
};

/// A formula with its parameters, ready to be raced on.
#[derive(Clone, Debug)]
pub struct TypedLoss {
    tape: Tape,
    window: Window,
}

impl TypedLoss {
    /// The loss of a formula with these parameters, which are found by their names. Without a
    /// window, it is seen in one that shows what is worth seeing.
    #[must_use]
    pub fn new(expression: &Expression, parameters: &Parameters, window: Option<Window>) -> Self {
        let value = |name: &String| parameters.get(name).map_or(f64::NAN, |it| it.value);
        let values: Vec<f64> = expression.parameters().iter().map(value).collect();
        let mut loss = Self {
            tape: expression.bind(&values),
            window: ABOUT.window,
        };
        loss.window = window.unwrap_or_else(|| frame(&loss));
        loss
    }

    /// A loss that is undefined everywhere.
    pub(super) fn undefined() -> Self {
        let nothing = Expression::parse("0/0", &Vocabulary::default());
        Self {
            tape: nothing.map_or_else(|_| Tape::default(), |it| it.bind(&[])),
            window: ABOUT.window,
        }
    }
}

impl Formula for TypedLoss {
    const ABOUT: About = ABOUT;

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        self.tape.eval(x, y, &[])
    }

    fn slope(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        self.tape.gradient(at, &[])
    }

    fn along(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        self.tape.row(xs, y, &[], losses);
    }

    fn frame(&self) -> Window {
        self.window
    }
}
