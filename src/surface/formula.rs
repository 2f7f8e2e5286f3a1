//! The two traits of a surface: the one that authors implement, and the one that the program uses.

use std::fmt::Debug;
use std::sync::Arc;

use nalgebra::U2;
use num_dual::{Derivative, Dual2SVec, Dual2SVec64, DualSVec, DualSVec64};

use super::{About, Dataset, Learner, Line, Measured, Minimum, Precise};
use crate::objective::{Objective, Rows};
use crate::plane::Window;
use crate::real::{DoubleDouble, Real};
use crate::subspace::Subspace;

pub use crate::expression::Number;

/// A loss surface as its author writes it: a formula and its description.
pub trait Formula: Debug + Send + Sync + 'static {
    /// Its name, window, minima, source and lesson.
    const ABOUT: About;

    /// Whether a loss of NaN can be the fault of numbers out of range, so that it is sought nearer to the
    /// origin.
    const IS_KNOWN_FAR_OUT: bool = true;

    /// The loss f(x, y).
    fn formula<D: Number>(&self, x: D, y: D) -> D;

    /// The loss and its slopes (∂f/∂x, ∂f/∂y), if there is a faster way to them than
    /// [`formula`](Self::formula).
    fn slope(&self, [x, y]: [f64; 2]) -> (f64, [f64; 2]) {
        let loss = self.formula(
            DualSVec64::<2>::from_re(x).derivative(0),
            DualSVec64::<2>::from_re(y).derivative(1),
        );
        let Derivative(slope) = loss.eps;
        let slope = slope.map_or([0.0; 2], |slope| [slope[0], slope[1]]);
        (loss.re, slope)
    }

    /// The losses along a row of points with the same `y`, if there is a faster way to them.
    fn along(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        for (loss, &x) in losses.iter_mut().zip(xs) {
            *loss = self.formula(x, y);
        }
    }

    /// The initial window, if it depends on more than the kind of surface.
    fn frame(&self) -> Window {
        Self::ABOUT.window
    }

    /// The landscape, if it was measured.
    fn measured(&self) -> Option<&Measured> {
        None
    }
}

/// A loss surface as the program uses it: an objective with a window through which it is seen.
/// Implemented for every [`Formula`].
///
/// Nearly all have two parameters, and are seen as they are. A network has many: rules race through
/// all of them, and the methods here, which take points (x, y), describe its loss on a plane, the
/// [`subspace`](Self::subspace).
///
/// No method panics; where the formula is undefined, the result is NaN or infinite.
pub trait Surface: Objective {
    /// The display name.
    fn title(&self) -> &str;

    /// The initial window.
    fn window(&self) -> Window;

    /// The known minima.
    fn minima(&self) -> Vec<Minimum>;

    /// The loss f(x, y).
    fn value(&self, at: [f64; 2]) -> f64;

    /// The loss and its gradient (∂f/∂x, ∂f/∂y).
    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]);

    /// The same, with the gradient written in place: a race does this in every step, so nothing is
    /// copied.
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

    /// The data of the loss, if it is a loss over data.
    fn data(&self) -> Option<&Dataset> {
        None
    }

    /// The number of rows that one evaluation of the full loss uses, 1 for a formula: the cost of
    /// pictures of the surface.
    fn rows_per_loss(&self) -> usize {
        1
    }

    /// The mean loss over some rows of the data, counted from 0, and its gradient; NaN if a row
    /// does not exist. Without data, the loss and its gradient.
    fn batch(&self, _rows: &[u32], at: [f64; 2]) -> (f64, [f64; 2]) {
        self.gradient(at)
    }

    /// The Hessian of the mean loss over some rows of the data; NaN if a row does not exist.
    /// Without data, the Hessian.
    fn batch_hessian(&self, _rows: &[u32], at: [f64; 2]) -> [[f64; 2]; 2] {
        self.hessian(at)
    }

    /// The covariance matrix of the gradients of individual rows about their mean, the full
    /// gradient; 0 without data. That of the mean over B independent draws is 1/B of it, and over B
    /// distinct rows out of n, (n − B)/(n − 1) times that.
    fn gradient_spread(&self, _at: [f64; 2]) -> [[f64; 2]; 2] {
        [[0.0; 2]; 2]
    }

    /// The prediction of the model with the parameters `at`, as a line through the data: the
    /// regression line, or the boundary between the classes.
    fn prediction(&self, _at: [f64; 2]) -> Option<Line> {
        None
    }

    /// The surface in arithmetic with twice as many digits; `None` if it has only doubles.
    fn precise(&self) -> Option<&dyn Precise> {
        None
    }

    /// The network with its data, if the objective is one.
    fn network(&self) -> Option<&Learner> {
        None
    }

    /// The landscape, if it was measured at the nodes of a grid.
    fn grid(&self) -> Option<&Measured> {
        None
    }

    /// The plane on which an objective of many parameters is seen; `None` for one of two
    /// parameters, which is seen as it is.
    fn subspace(&self) -> Option<&Arc<Subspace>> {
        None
    }

    /// The same objective seen on another plane through this window; `None` for an objective of two
    /// parameters, and if the plane does not fit.
    fn on_plane(&self, _plane: Arc<Subspace>, _window: Window) -> Option<Arc<dyn Surface>> {
        None
    }
}

/// A surface whose objective has two parameters: the point (x, y) itself.
pub trait TwoParameters: Surface {}

impl<F: Formula> TwoParameters for F {}

impl<F: Formula> Surface for F {
    fn precise(&self) -> Option<&dyn Precise> {
        Some(self)
    }

    fn title(&self) -> &str {
        F::ABOUT.title
    }

    fn window(&self) -> Window {
        self.frame()
    }

    fn grid(&self) -> Option<&Measured> {
        self.measured()
    }

    fn minima(&self) -> Vec<Minimum> {
        F::ABOUT.minima.to_vec()
    }

    fn value(&self, at: [f64; 2]) -> f64 {
        let loss = self.formula(at[0], at[1]);
        if loss.is_nan() && F::IS_KNOWN_FAR_OUT {
            return far_out(|[x, y]| self.formula(x, y), at);
        }
        loss
    }

    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        let mut gradient = [0.0; 2];
        let loss = self.gradient_into(&at, &mut gradient);
        (loss, gradient)
    }

    fn gradient_into(&self, at: &[f64; 2], gradient: &mut [f64; 2]) -> f64 {
        let loss;
        (loss, *gradient) = self.slope(*at);
        if loss.is_nan() {
            return self.value(*at);
        }
        loss
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        let loss = self.formula(
            Dual2SVec64::<2>::from_re(x).derivative(0),
            Dual2SVec64::<2>::from_re(y).derivative(1),
        );
        let second = loss.v2.unwrap_generic(U2, U2);
        // The two mixed derivatives can differ in the last digit, so one is used for both.
        let mixed = second[(0, 1)];
        [[second[(0, 0)], mixed], [mixed, second[(1, 1)]]]
    }

    fn row(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        self.along(xs, y, losses);
        // Checked afterwards, so that the compiler can vectorize the loop above.
        if losses.iter().fold(false, |any, loss| any | loss.is_nan()) {
            for (loss, &x) in losses.iter_mut().zip(xs) {
                *loss = self.value([x, y]);
            }
        }
    }
}

impl<F: Formula> Precise for F {
    fn precise_gradient(
        &self,
        [x, y]: [DoubleDouble; 2],
        _rows: Rows<'_>,
    ) -> (DoubleDouble, [DoubleDouble; 2]) {
        let loss = self.formula(
            DualSVec::<_, 2>::from_re(x).derivative(0),
            DualSVec::<_, 2>::from_re(y).derivative(1),
        );
        let Derivative(slope) = loss.eps;
        let slope = slope.map_or([DoubleDouble::default(); 2], |slope| [slope[0], slope[1]]);
        if loss.re.is_finite() {
            return (loss.re, slope);
        }
        // Out of range: the loss in doubles knows how to tell it.
        let far = Surface::value(self, [x.to_f64(), y.to_f64()]);
        (far.into(), slope)
    }

    fn precise_hessian(
        &self,
        [x, y]: [DoubleDouble; 2],
        _rows: Rows<'_>,
    ) -> [[DoubleDouble; 2]; 2] {
        let loss = self.formula(
            Dual2SVec::<_, 2>::from_re(x).derivative(0),
            Dual2SVec::<_, 2>::from_re(y).derivative(1),
        );
        let second = loss.v2.unwrap_generic(U2, U2);
        let mixed = second[(0, 1)];
        [[second[(0, 0)], mixed], [mixed, second[(1, 1)]]]
    }
}

/// The loss at a point so far out that its computation overflows and yields ∞ − ∞ or 0 · ∞: NaN,
/// although the loss itself is infinite or even finite.
///
/// Searches the straight line from the point to the origin for the first loss that can be computed:
/// if it exceeds [`HUGE`], the result is the infinity of the same sign, and if it stays constant
/// from there on, the result is that loss. In any other case, and for a point that is not finite or
/// not far out at all, the result is NaN.
#[cold]
fn far_out(formula: impl Fn([f64; 2]) -> f64, at: [f64; 2]) -> f64 {
    /// No loss grows beyond this and comes back.
    const HUGE: f64 = 1e100;
    /// So close to the origin nothing overflows. Closer still, −x would become −0, of which even
    /// the root is defined.
    const NEAR: f64 = 1e-3;
    if !at.iter().all(|part| part.is_finite()) {
        return f64::NAN;
    }
    let far = at[0].abs().max(at[1].abs());
    let scales = std::iter::successors(Some(0.5), |scale| Some(scale / 2.0));
    let scales = scales.take_while(|scale| *scale > 0.0 && scale * far > NEAR);
    let mut losses = scales
        .map(|scale| formula(at.map(|part| scale * part)))
        .skip_while(|loss| loss.is_nan());
    match losses.next() {
        Some(loss) if loss.abs() > HUGE => f64::INFINITY.copysign(loss),
        Some(loss) if losses.take(2).filter(|further| *further == loss).count() == 2 => loss,
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::far_out;

    #[test]
    fn what_is_not_defined_stays_so_however_far_out() {
        let disc = |[x, y]: [f64; 2]| (1.0 - x * x - y * y).sqrt();
        for at in [[2.0, 0.0], [1e40, 1e40], [0.0, f64::MAX]] {
            assert!(disc(at).is_nan() && far_out(disc, at).is_nan(), "{at:?}");
        }
        let root = |[x, y]: [f64; 2]| x.sqrt() + y * y;
        for x in [-1e-9, -0.3, -0.5, -4.0, -1e30] {
            assert!(far_out(root, [x, 1.0]).is_nan(), "{x}");
        }
        let saddle = |[x, y]: [f64; 2]| x * x - y * y;
        for at in [[f64::INFINITY, 0.0], [f64::NAN, 1.0], [1.0, f64::NAN]] {
            assert!(far_out(saddle, at).is_nan(), "{at:?}");
        }
    }

    #[test]
    fn the_difference_of_two_infinities_has_the_sign_of_the_larger() {
        let saddle = |[x, y]: [f64; 2]| x * x - y * y;
        assert_eq!(far_out(saddle, [2e200, 1e200]), f64::INFINITY);
        assert_eq!(far_out(saddle, [1e200, 2e200]), f64::NEG_INFINITY);
        assert_eq!(far_out(saddle, [1e200, -1e200]), 0.0);
    }
}
