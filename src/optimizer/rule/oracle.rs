//! What an optimizer may ask of a loss, and nothing else.

/// Answers an optimizer's questions; all answers of one step share the rows and the noise that were
/// drawn for it, and every question is counted.
///
/// Positions, gradients and diagonals have one entry a coordinate, a Hessian has their square, row
/// by row. A rule asks only for what it [needs](super::Optimizer::needs).
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
