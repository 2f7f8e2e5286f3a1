//! The noise added to gradients.

use crate::chance::{Chance, Use};

/// Gaussian noise with standard deviation σ: an independent draw per step and coordinate.
///
/// The draws depend only on σ and the experiment's seed, and are proportional to σ.
#[derive(Clone, Debug)]
pub struct Noise {
    sigma: f64,
    chance: Chance,
}

impl Noise {
    /// Starts the noise of a race with this seed.
    #[must_use]
    pub fn new(sigma: f64, seed: u64) -> Self {
        Self {
            sigma,
            chance: Chance::new(seed, Use::Noise, 0),
        }
    }

    /// Draws the noise for the gradients of the next step, one entry per coordinate.
    pub fn draw(&mut self, push: &mut [f64]) {
        for pair in push.chunks_mut(2) {
            for (entry, draw) in pair.iter_mut().zip(self.chance.normals()) {
                *entry = self.sigma * draw;
            }
        }
    }
}
