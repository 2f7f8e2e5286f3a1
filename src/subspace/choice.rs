//! Which plane is seen, as a value in a file.

use serde::{Deserialize, Serialize};

use super::Subspace;

/// The plane on which the paths of a network are seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum PlaneChoice {
    /// Through all paths: along the two directions in which they differ most.
    #[default]
    Fitted,
    /// Through the start and the ends of two racers, given by their names.
    Through(String, String),
    /// Through the start along two random directions, scaled like the weights that they move.
    Random(u64),
    /// A plane given by numbers.
    Held(Held),
}

/// A plane given by its numbers, in the order of the network's parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The parameters at (0, 0).
    pub origin: Vec<f64>,
    /// The direction of the horizontal axis.
    pub first: Vec<f64>,
    /// The direction of the vertical axis.
    pub second: Vec<f64>,
}

impl Held {
    /// The plane; `None` if these numbers give none.
    #[must_use]
    pub fn plane(&self) -> Option<Subspace> {
        let directions = [self.first.clone(), self.second.clone()];
        Subspace::new(self.origin.clone(), directions)
    }
}

impl From<&Subspace> for Held {
    fn from(plane: &Subspace) -> Self {
        let [first, second] = plane.directions().clone();
        Self {
            origin: plane.origin().to_vec(),
            first,
            second,
        }
    }
}
