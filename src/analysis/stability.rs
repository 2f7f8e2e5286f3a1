//! Which learning rates are stable where a racer is.

use nalgebra::{Matrix2, Vector2};

use crate::optimizer::{NoteRole, Notebook, Rule};
use crate::plane::{Eigen, Matrix, unit};

/// How a step stands to the local stability limit of its rule.
///
/// Around a point with Hessian H, and with the rule's scaling held still as it is in this step, a
/// step is linear in the gradients: θ ← θ − R · (filtered gradient), where the matrix R = η P of
/// effective rates is what the rule told the probe. Along the eigenvectors of R H, which are those
/// of the symmetric R^½ H R^½ seen in the plane, the coordinates come apart, and each is stable
/// while its eigenvalue times the rule's [gain](crate::optimizer::Described::alternating_gain) is
/// less than 2.
///
/// For gradient descent this is η λ < 2. For momentum: Polyak, *Some methods of speeding up the
/// convergence of iteration methods*, 1964, and Goh, *Why momentum really works*, 2017. For
/// Nesterov: Sutskever et al., *On the importance of initialization and momentum in deep
/// learning*, 2013. For adaptive rules with their state held still: Cohen et al., *Gradient descent
/// on neural networks typically occurs at the edge of stability*, 2021, and *Adaptive gradient
/// methods at the edge of stability*, 2022, who call λ(P^½ H P^½) the preconditioned sharpness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stability {
    /// Effective learning rate times curvature: the eigenvalues of R^½ H R^½, the largest first.
    /// Both are without a unit.
    pub sharpness: [f64; 2],
    /// What the largest of them may be: 2/gain.
    pub bound: f64,
    /// The learning rate of this step.
    pub learning_rate: f64,
    /// What a displacement's part in each of the two is measured with, by a dot product: unit
    /// vectors along R^−½ u for an eigenvector u of R^½ H R^½, that is along H R^½ u.
    pub measures: [[f64; 2]; 2],
    /// Whether the rule scales its rates by what it has seen, and that was held still here.
    pub holds_scaling: bool,
}

impl Stability {
    /// The stability of a step in which `rule`, with its hyper-parameters of that step, told
    /// `notes`, where the surface has this Hessian; `step` is the number of steps made before.
    ///
    /// `None` where the surface does not curve upwards anywhere, where the numbers are not finite,
    /// if the learning rate is 0, and for rules whose steps do not grow with the gradient.
    #[must_use]
    pub fn of(
        rule: &(dyn Rule + 'static),
        notes: &Notebook,
        step: usize,
        hessian: Matrix,
    ) -> Option<Self> {
        let learning_rate = rule.learning_rate()?;
        let gain = rule.alternating_gain(step as u64 + 1)?;
        let root = Eigen::of(effective_rates(notes, learning_rate))?.square_root();
        let hessian = Matrix2::from(hessian);
        let modes = Eigen::of(root * hessian * root)?;
        let sharpness = modes.values;
        let measures = modes
            .vectors
            .map(|mode| unit((hessian * (root * Vector2::from(mode))).into()));
        let is_sound = sharpness[0] > 0.0 && gain > 0.0 && learning_rate > 0.0;
        is_sound.then_some(Self {
            sharpness,
            bound: 2.0 / gain,
            learning_rate,
            measures,
            holds_scaling: notes.first(NoteRole::Rate).is_some(),
        })
    }

    /// The learning rate at which the limit would be reached.
    #[must_use]
    pub fn limit(&self) -> f64 {
        self.learning_rate / self.share()
    }

    /// The limit, where it says what to expect of other learning rates: a rule that scales its
    /// rates does not keep its scaling at a rate that is quite another, so of such a rule only a
    /// limit close by is told.
    #[must_use]
    pub fn named_limit(&self) -> Option<f64> {
        let is_telling = !self.holds_scaling || (0.5..=2.0).contains(&self.share());
        is_telling.then(|| self.limit())
    }

    /// The learning rate in units of the limit: above 1 every step overshoots further.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.sharpness[0] / self.bound
    }
}

/// The learning rate above which a racer is thrown off here: 2/λ for gradient descent, for
/// Momentum 2(1 + μ)/λ, for Nesterov 2(1 + μ)/((1 + 2μ)λ), and for adaptive rules the same of the
/// preconditioned curvature with their state held still. See [`Stability`], also for when there is
/// none.
#[must_use]
pub fn learning_rate_limit(
    rule: &(dyn Rule + 'static),
    notes: &Notebook,
    step: usize,
    hessian: Matrix,
) -> Option<f64> {
    Stability::of(rule, notes, step, hessian).map(|stability| stability.limit())
}

/// R, with the learning rate on its diagonal for rules that have no rate per axis.
fn effective_rates(notes: &Notebook, learning_rate: f64) -> Matrix {
    let [x, y] = notes.first(NoteRole::Rate).unwrap_or([learning_rate; 2]);
    let across = notes.pair(NoteRole::Rate).unwrap_or_default();
    [[x, across], [across, y]]
}
