//! The only access that an optimizer has to the loss.

/// Answers an optimizer's queries; all queries of one step use the same rows and the same noise,
/// and every query is counted.
///
/// Positions, gradients and diagonals have one entry per coordinate, a Hessian n × n, row by row. A
/// rule queries only what it [needs](super::Optimizer::needs).
pub trait Oracle {
    /// Writes ∇f(at) into `gradient`.
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]);

    /// f(at)
    fn value(&mut self, at: &[f64]) -> f64;

    /// Writes ∇²f(at) into `hessian`, row by row.
    fn hessian(&mut self, at: &[f64], hessian: &mut [f64]);

    /// Writes the diagonal of ∇²f(at) into `diagonal`.
    fn hessian_diagonal(&mut self, at: &[f64], diagonal: &mut [f64]);
}
