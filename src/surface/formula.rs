//! The two traits of a surface: what an author writes, and what the rest of the program uses.

use std::fmt::Debug;

use nalgebra::U2;
use num_dual::{Derivative, Dual2SVec64, DualNum, DualSVec64};

use super::{About, Dataset, Line, Minimum};
use crate::objective::Objective;
use crate::plane::Window;

/// A number that a formula can be evaluated on: an `f64`, or a dual number that carries
/// derivatives along.
pub trait Number: DualNum<Primitive = f64> + Copy {}
impl<D: DualNum<Primitive = f64> + Copy> Number for D {}

/// A loss surface as its author writes it: one formula and what is known of it.
pub trait Formula: Debug + Send + Sync + 'static {
    /// Name, window, minima, source and lesson.
    const ABOUT: About;

    /// The loss f(x, y).
    fn formula<D: Number>(&self, x: D, y: D) -> D;
}

/// A loss surface as the program uses it: the objective of two parameters, with a window around
/// them. Implemented for every [`Formula`].
///
/// No method panics; where the formula is not defined the answer is NaN or infinite.
pub trait Surface: Objective {
    /// Name on screen.
    fn title(&self) -> &str;

    /// The part of the plane that is shown at first.
    fn window(&self) -> Window;

    /// The minima that are known by name.
    fn minima(&self) -> Vec<Minimum>;

    /// The loss f(x, y).
    fn value(&self, at: [f64; 2]) -> f64;

    /// The loss and its gradient (∂f/∂x, ∂f/∂y).
    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]);

    /// The same, with the gradient written in place: what a race asks for at every step, so
    /// nothing is copied on the way.
    fn gradient_into(&self, at: &[f64; 2], gradient: &mut [f64; 2]) -> f64 {
        let loss;
        (loss, *gradient) = self.gradient(*at);
        loss
    }

    /// The symmetric matrix of second derivatives, `[[fxx, fxy], [fxy, fyy]]`.
    fn hessian(&self, at: [f64; 2]) -> [[f64; 2]; 2];

    /// The losses along a row of points with the same `y`: `losses[i] = f(xs[i], y)`.
    fn row(&self, xs: &[f64], y: f64, losses: &mut [f64]);

    /// The names of the two parameters.
    fn axes(&self) -> [&'static str; 2] {
        ["x", "y"]
    }

    /// The data whose loss this is, if it is one.
    fn data(&self) -> Option<&Dataset> {
        None
    }

    /// How many rows one full loss has to look at, 1 for a formula: what pictures of the surface
    /// cost.
    fn rows_per_loss(&self) -> usize {
        1
    }

    /// The mean loss over some rows of the data, counted from 0, and its gradient; NaN if there is
    /// no such row. Without data, the loss and its gradient.
    fn batch(&self, _rows: &[u32], at: [f64; 2]) -> (f64, [f64; 2]) {
        self.gradient(at)
    }

    /// The Hessian of the mean loss over some rows of the data; NaN if there is no such row.
    /// Without data, the Hessian.
    fn batch_hessian(&self, _rows: &[u32], at: [f64; 2]) -> [[f64; 2]; 2] {
        self.hessian(at)
    }

    /// The covariance matrix of the gradients of the single rows, about their mean, the full
    /// gradient; 0 without data. That of the mean over B independent draws is a B-th of it, and
    /// over B different ones of n rows (n − B)/(n − 1) times that.
    fn gradient_spread(&self, _at: [f64; 2]) -> [[f64; 2]; 2] {
        [[0.0; 2]; 2]
    }

    /// What the model with the parameters `at` says, as a line among the data: the regression
    /// line, or the border between the classes.
    fn prediction(&self, _at: [f64; 2]) -> Option<Line> {
        None
    }
}

impl<F: Formula> Surface for F {
    fn title(&self) -> &str {
        F::ABOUT.title
    }

    fn window(&self) -> Window {
        F::ABOUT.window
    }

    fn minima(&self) -> Vec<Minimum> {
        F::ABOUT.minima.to_vec()
    }

    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        self.formula(x, y)
    }

    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        let mut gradient = [0.0; 2];
        let loss = self.gradient_into(&at, &mut gradient);
        (loss, gradient)
    }

    fn gradient_into(&self, &[x, y]: &[f64; 2], gradient: &mut [f64; 2]) -> f64 {
        let loss = self.formula(
            DualSVec64::<2>::from_re(x).derivative(0),
            DualSVec64::<2>::from_re(y).derivative(1),
        );
        let Derivative(slope) = loss.eps;
        *gradient = slope.map_or([0.0; 2], |slope| [slope[0], slope[1]]);
        loss.re
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        let loss = self.formula(
            Dual2SVec64::<2>::from_re(x).derivative(0),
            Dual2SVec64::<2>::from_re(y).derivative(1),
        );
        let second = loss.v2.unwrap_generic(U2, U2);
        // The two mixed derivatives can differ in their last digit; one stands for both.
        let mixed = second[(0, 1)];
        [[second[(0, 0)], mixed], [mixed, second[(1, 1)]]]
    }

    fn row(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        for (loss, &x) in losses.iter_mut().zip(xs) {
            *loss = self.formula(x, y);
        }
    }
}
