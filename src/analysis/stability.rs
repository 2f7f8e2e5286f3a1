//! The learning rates that are stable at a racer's position.

use nalgebra::{Matrix2, Vector2};

use crate::optimizer::{NoteRole, Notebook, Rule};
use crate::plane::{Eigen, Matrix, unit};

/// The relation of a step to the local stability limit of its rule.
///
/// Near a point with Hessian H, and with the rule's scaling frozen at its value in this step, a
/// step is linear in the gradients: θ ← θ − R · (filtered gradient), where R = η P is the matrix of
/// effective rates that the rule notes. Along the eigenvectors of R H, which are those of the
/// symmetric R^½ H R^½ mapped back to the plane, the coordinates decouple, and each is stable while
/// its eigenvalue times the rule's [gain](crate::optimizer::Described::alternating_gain) is less
/// than 2.
///
/// For gradient descent this is η λ < 2. For momentum: Polyak, *Some methods of speeding up the
/// convergence of iteration methods*, 1964, and Goh, *Why momentum really works*, 2017. For
/// Nesterov: Sutskever et al., *On the importance of initialization and momentum in deep learning*,
/// 2013. For adaptive rules with a frozen state: Cohen et al., *Gradient descent on neural networks
/// typically occurs at the edge of stability*, 2021, and *Adaptive gradient methods at the edge of
/// stability*, 2022, who call λ(P^½ H P^½) the preconditioned sharpness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stability {
    /// The products of effective learning rate and curvature: the eigenvalues of R^½ H R^½, largest
    /// first. Both are dimensionless.
    pub sharpness: [f64; 2],
    /// The stability limit of the largest one: 2/gain.
    pub bound: f64,
    /// The learning rate of this step.
    pub learning_rate: f64,
    /// The vectors whose dot product with a displacement measures its component along each of the
    /// two: unit vectors along R^−½ u for an eigenvector u of R^½ H R^½, that is, along H R^½ u.
    pub measures: [[f64; 2]; 2],
    /// Whether the rule scales its rates by the gradients it has seen, which is frozen here.
    pub holds_scaling: bool,
}

impl Stability {
    /// The stability of a step in which `rule`, with its hyper-parameters in that step, noted
    /// `notes`, where the surface has this Hessian; `step` is the number of steps before.
    ///
    /// `None` if the surface does not curve upwards anywhere, if the numbers are not finite, if the
    /// learning rate is 0, or if the rule's steps do not grow with the gradient.
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

    /// The learning rate at which the limit is reached.
    #[must_use]
    pub fn limit(&self) -> f64 {
        self.learning_rate / self.share()
    }

    /// The limit, if it is meaningful for other learning rates: a rule that scales its rates would
    /// have a different scaling at a very different rate, so for such a rule only a nearby limit is
    /// given.
    #[must_use]
    pub fn named_limit(&self) -> Option<f64> {
        let is_telling = !self.holds_scaling || (0.5..=2.0).contains(&self.share());
        is_telling.then(|| self.limit())
    }

    /// The learning rate as a multiple of the limit: above 1, every step overshoots further.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.sharpness[0] / self.bound
    }
}

/// The learning rate above which a racer diverges here: 2/λ for gradient descent, 2(1 + μ)/λ for
/// Momentum, 2(1 + μ)/((1 + 2μ)λ) for Nesterov, and for adaptive rules the same with the
/// preconditioned curvature and a frozen state. See [`Stability`] for details, and for when there
/// is no limit.
#[must_use]
pub fn learning_rate_limit(
    rule: &(dyn Rule + 'static),
    notes: &Notebook,
    step: usize,
    hessian: Matrix,
) -> Option<f64> {
    Stability::of(rule, notes, step, hessian).map(|stability| stability.limit())
}

/// R, with the learning rate on its diagonal for rules without a rate per axis.
fn effective_rates(notes: &Notebook, learning_rate: f64) -> Matrix {
    let [x, y] = notes.first(NoteRole::Rate).unwrap_or([learning_rate; 2]);
    let across = notes.pair(NoteRole::Rate).unwrap_or_default();
    [[x, across], [across, y]]
}
