//! Networks over data: the value in a preset file, and how its data become examples.
//!
//! [`Network`] is what a preset stores. [`Network::examples`] reads its data once: features and
//! target become numbers, features are scaled, and the rows are split into those to train on and
//! those to test on.

mod examples;
mod generated;
mod labels;
mod loss;
mod model;
mod rows;
mod scale;
mod split;
mod table;
mod test_size;
mod unloaded;
mod weights;

pub use super::NetworkData;
pub use examples::Prepared;
pub use loss::NetworkLoss;
pub use model::Network;
pub use test_size::TestSize;
