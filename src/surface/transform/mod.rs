//! What is done to a surface before the race: it is turned, or stretched into a longer valley.

mod rotated;
mod shape;
mod stretched;

pub use rotated::Rotated;
pub use shape::Shape;
pub use stretched::Stretched;
