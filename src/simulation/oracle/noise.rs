//! The noise that is added to gradients.

use crate::chance::{Chance, Use};

/// Gaussian noise of deviation σ: an independent draw a step and coordinate.
///
/// The draws depend on nothing but σ and the experiment's seed, and those of one σ are those of
/// another, scaled.
#[derive(Clone, Debug)]
pub struct Noise {
    sigma: f64,
    chance: Chance,
}

impl Noise {
    /// The noise of a race with this seed, before its first step.
    #[must_use]
    pub fn new(sigma: f64, seed: u64) -> Self {
        Self {
            sigma,
            chance: Chance::new(seed, Use::Noise, 0),
        }
    }

    /// Draws what is added to the gradients of the next step, an entry a coordinate.
    pub fn draw(&mut self, push: &mut [f64]) {
        for pair in push.chunks_mut(2) {
            for (entry, draw) in pair.iter_mut().zip(self.chance.normals()) {
                *entry = self.sigma * draw;
            }
        }
    }
}
