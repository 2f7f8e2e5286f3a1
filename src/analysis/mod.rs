//! What can be said of a race from what was measured: the curvature around a racer, the learning
//! rates that it bears, and a diagnosis in words.
//!
//! All of it follows from the surface and from what the rules themselves told about their steps;
//! no rule is written here a second time.

mod against;
mod curvature;
pub mod diagnosis;
mod escape;
mod goal;
mod parting;
mod quantity;
mod ranking;
mod settling;
mod spread;
mod stability;

pub use against::Against;
pub use curvature::Curvature;
pub use escape::escape;
pub use parting::parting;
pub use quantity::{Quantity, distance};
pub use ranking::{Ranking, Standing};
pub use settling::settled;
pub use spread::Spread;
pub use stability::{Stability, learning_rate_limit};
