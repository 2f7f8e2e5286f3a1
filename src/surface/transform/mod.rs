//! What is done to a surface before the race: it is turned, or stretched into a longer valley.

mod rotated;
mod shape;
mod stretched;

pub use rotated::Rotated;
pub use shape::Shape;
pub use stretched::Stretched;

/// A point, or where the range of numbers ends, if a finite point `from` was moved beyond it.
fn within_reach(point: [f64; 2], from: [f64; 2]) -> [f64; 2] {
    if from.iter().all(|part| part.is_finite()) {
        point.map(|part| part.clamp(f64::MIN, f64::MAX))
    } else {
        point
    }
}
