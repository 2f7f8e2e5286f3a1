//! The only access that an optimizer has to the loss.

use crate::real::Real;

/// Answers an optimizer's queries; all queries of one step use the same rows and the same noise,
/// and every query is counted.
///
/// Positions, gradients and diagonals have one entry per coordinate, a Hessian n × n, row by row. A
/// rule queries only what it [needs](super::Optimizer::needs).
pub trait Oracle<N: Real = f64> {
    /// Writes ∇f(at) into `gradient`.
    fn gradient(&mut self, at: &[N], gradient: &mut [N]);

    /// f(at)
    fn value(&mut self, at: &[N]) -> N;

    /// Writes ∇²f(at) into `hessian`, row by row.
    fn hessian(&mut self, at: &[N], hessian: &mut [N]);

    /// Writes the diagonal of ∇²f(at) into `diagonal`.
    fn hessian_diagonal(&mut self, at: &[N], diagonal: &mut [N]);
}
