//! What a wrapper lets its inner rule see in place of the gradient.

use super::{Oracle, Real};

/// Answers a rule's questions, and changes the gradients on their way to it.
pub(super) struct Seen<'a, N: Real, F> {
    /// Who knows the answers.
    pub oracle: &'a mut dyn Oracle<N>,
    /// Changes a gradient, given the point at which it was taken.
    pub change: F,
}

impl<N: Real, F: FnMut(&[N], &mut [N])> Oracle<N> for Seen<'_, N, F> {
    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        self.oracle.gradient(at, gradient);
        (self.change)(at, gradient);
    }

    fn value(&mut self, at: &[N]) -> N {
        self.oracle.value(at)
    }

    fn hessian(&mut self, at: &[N], hessian: &mut [N]) {
        self.oracle.hessian(at, hessian);
    }

    fn hessian_diagonal(&mut self, at: &[N], diagonal: &mut [N]) {
        self.oracle.hessian_diagonal(at, diagonal);
    }
}
