//! What a step tells about the curvature: how far it went, and how the gradient changed.

use super::line_search::dot;
use super::{Field, Real, Role, Valid};
use crate::real::length;

/// s, y and sᵀy of a step along which the surface curves upwards.
#[derive(Clone, Debug)]
pub(super) struct Pair<N> {
    /// s = θ − θ̂
    pub step: Vec<N>,
    /// y = g − ĝ
    pub change: Vec<N>,
    /// sᵀy
    pub product: N,
}

impl<N: Real> Pair<N> {
    /// sᵀy / yᵀy, the inverse curvature along the step.
    pub fn scale(&self) -> N {
        self.product / dot(&self.change, &self.change)
    }
}

/// Where the last step began, and the gradient there.
#[derive(Clone, Debug)]
pub(super) struct Last<N> {
    known: Option<(Vec<N>, Vec<N>)>,
}

impl<N: Real> Last<N> {
    /// Before the first step.
    pub const NONE: Self = Self { known: None };

    /// The pair of the step that led to `at`, if it moved and sᵀy > `limit` · ‖s‖‖y‖; and remembers
    /// this point.
    pub fn pair(&mut self, at: &[N], gradient: &[N], limit: f64) -> Option<Pair<N>> {
        let (from, before) = self.known.replace((at.to_vec(), gradient.to_vec()))?;
        let less = |now: &[N], then: &[N]| -> Vec<N> {
            now.iter()
                .zip(then)
                .map(|(&now, &then)| now - then)
                .collect()
        };
        let (step, change) = (less(at, &from), less(gradient, &before));
        let product = dot(&step, &change);
        let is_curved = product > length(&step) * length(&change) * limit;
        is_curved.then_some(Pair {
            step,
            change,
            product,
        })
    }
}

/// The smallest cosine between s and y that tells anything.
pub(super) const CURVATURE_LIMIT: f64 = 1e-10;

/// From which curvature on a pair is used.
pub(super) const fn curvature_limit<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "curvature_limit",
        "κ",
        Role::Guard,
        Valid::Fraction,
        [0.0, 0.5],
        "A step along which the surface curves less than this teaches nothing.",
        access,
    )
    .called("least curve κ")
}

/// The line that says what is learnt from the last step.
pub(super) const LEARNT: &str = r"s = <theta> - \hat{\theta}, \quad y = <g> - \hat{g}, \quad \text{used if } s^\top y \gt <curvature_limit> \|s\| \|y\|";
