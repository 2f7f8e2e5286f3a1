//! A network together with the data that it learns from.

use std::sync::Arc;

use super::network_data::NetworkData;
use crate::network::Perceptron;

/// A network, and what its data are.
#[derive(Clone, Debug)]
pub struct Learner {
    /// The network with its examples: the objective of a race.
    pub perceptron: Arc<Perceptron>,
    /// Where the examples come from, and how they were changed.
    pub data: NetworkData,
}
