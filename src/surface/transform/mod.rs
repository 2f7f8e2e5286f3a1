//! Transforms a surface before the race: rotates it, or stretches it into a longer valley.

mod rotated;
mod shape;
mod stretched;

pub use rotated::Rotated;
pub use shape::Shape;
pub use stretched::Stretched;

/// Clamps a point to the range of finite numbers, if the point `from` that was moved is finite.
fn within_reach(point: [f64; 2], from: [f64; 2]) -> [f64; 2] {
    if from.iter().all(|part| part.is_finite()) {
        point.map(|part| part.clamp(f64::MIN, f64::MAX))
    } else {
        point
    }
}
