//! Transforms a surface before the race: rotates it, or stretches it into a longer valley.

mod rotated;
mod shape;
mod stretched;

pub use rotated::Rotated;
pub use shape::Shape;
pub use stretched::Stretched;

use crate::objective::Rows;
use crate::real::DoubleDouble;
use crate::surface::Surface;

/// The loss and gradient of an inner surface in double-double arithmetic; NaN if it has none.
fn precise_gradient(
    inner: &dyn Surface,
    at: [DoubleDouble; 2],
    rows: Rows<'_>,
) -> (DoubleDouble, [DoubleDouble; 2]) {
    let unknown = DoubleDouble::from(f64::NAN);
    inner.precise().map_or((unknown, [unknown; 2]), |precise| {
        precise.precise_gradient(at, rows)
    })
}

/// Its Hessian.
fn precise_hessian(
    inner: &dyn Surface,
    at: [DoubleDouble; 2],
    rows: Rows<'_>,
) -> [[DoubleDouble; 2]; 2] {
    let unknown = DoubleDouble::from(f64::NAN);
    inner.precise().map_or([[unknown; 2]; 2], |precise| {
        precise.precise_hessian(at, rows)
    })
}

/// Clamps a point to the range of finite numbers, if the point `from` that was moved is finite.
fn within_reach(point: [f64; 2], from: [f64; 2]) -> [f64; 2] {
    if from.iter().all(|part| part.is_finite()) {
        point.map(|part| part.clamp(f64::MIN, f64::MAX))
    } else {
        point
    }
}
