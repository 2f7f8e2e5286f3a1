//! Surfaces evaluated with twice as many digits, for the path that a race takes without rounding.

use crate::objective::Rows;
use crate::real::DoubleDouble;

/// A surface in double-double arithmetic. Its constants and data are the same doubles as those of
/// the surface: only what is computed from them is more precise. Implemented for every
/// [`Formula`](super::Formula).
pub trait Precise {
    /// The loss and its gradient, the mean over the rows; NaN if a row does not exist.
    fn precise_gradient(
        &self,
        at: [DoubleDouble; 2],
        rows: Rows<'_>,
    ) -> (DoubleDouble, [DoubleDouble; 2]);

    /// The symmetric matrix of second derivatives, the mean over the rows.
    fn precise_hessian(&self, at: [DoubleDouble; 2], rows: Rows<'_>) -> [[DoubleDouble; 2]; 2];
}
