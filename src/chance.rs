//! Seeded random numbers that are the same on every machine, forever.
//!
//! All numbers come from the `ChaCha8` stream cipher, keyed by a seed. Each use has its own
//! streams, so that one use never shifts the numbers of another. Nothing here calls the system's
//! mathematical library, whose last digits differ between machines.

use std::f64::consts::TAU;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What random numbers are used for; each use has its own streams.
///
/// The discriminants are part of what a seed means: never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The rows of the data that a step uses; one stream per epoch.
    Rows = 1,
    /// Noise added to gradients.
    Noise = 2,
    /// Generated data.
    Data = 3,
    /// The letters of a guessing game; one stream per round.
    Games = 4,
    /// The starting vector of the Lanczos iteration.
    Lanczos = 5,
    /// The weights of a network before the first step; one stream per block.
    Weights = 6,
    /// The rows on which a network is tested.
    Split = 7,
    /// The directions of a random plane through the parameters of a network.
    Directions = 8,
}

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// Starts the stream with this number (less than 2⁵⁶) among those of a use.
    #[must_use]
    pub fn new(seed: u64, purpose: Use, number: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(((purpose as u64) << 56) | number);
        Self(stream)
    }

    /// A uniformly distributed integer below `bound`; 0 if `bound` is 0.
    ///
    /// D. Lemire, *Fast random integer generation in an interval*, 2019: the high half of a
    /// product, redrawn if the low half would favour some numbers.
    pub fn below(&mut self, bound: u32) -> u32 {
        let favoured = bound.wrapping_neg().checked_rem(bound).unwrap_or(0);
        loop {
            let product = u64::from(self.0.next_u32()) * u64::from(bound);
            let (high, low) = ((product >> 32) as u32, product & u64::from(u32::MAX));
            if low >= u64::from(favoured) {
                return high;
            }
        }
    }

    /// Shuffles the list so that all orders are equally likely (Fisher & Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            // A list of rows is always shorter than 2³².
            let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
            list.swap(last, self.below(bound) as usize);
        }
    }

    /// A uniformly distributed number in [0, 1), a multiple of 2⁻⁵³.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit an f64")]
    pub fn fraction(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (f64::EPSILON / 2.0)
    }

    /// Two independent samples of the standard normal distribution (G. E. P. Box and M. E. Muller,
    /// 1958).
    pub fn normals(&mut self) -> [f64; 2] {
        let radius = (-2.0 * libm::log(1.0 - self.fraction())).sqrt();
        let angle = TAU * self.fraction();
        [radius * libm::cos(angle), radius * libm::sin(angle)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected numbers come from an independent implementation of `ChaCha8` in Python.
    #[test]
    fn a_seed_means_the_same_for_ever() {
        let mut chance = Chance::new(7, Use::Rows, 3);
        let drawn: Vec<u32> = (0..8).map(|_| chance.below(100)).collect();
        assert_eq!(drawn, DRAWN);
        assert_eq!(Chance::new(7, Use::Noise, 0).normals(), NORMALS);
    }

    const DRAWN: [u32; 8] = [89, 10, 80, 19, 13, 87, 62, 69];
    const NORMALS: [f64; 2] = [0.163_102_554_649_154_7, -0.802_984_806_893_340_7];

    #[test]
    fn streams_are_not_those_of_another_seed_use_or_number() {
        let first = |seed, purpose, number| Chance::new(seed, purpose, number).fraction();
        let here = first(1, Use::Rows, 0);
        assert_ne!(here, first(2, Use::Rows, 0));
        assert_ne!(here, first(1, Use::Noise, 0));
        assert_ne!(here, first(1, Use::Rows, 1));
    }

    #[test]
    fn every_number_below_the_bound_is_as_likely() {
        let mut chance = Chance::new(0, Use::Rows, 0);
        let mut counts = [0_i32; 7];
        for _ in 0..70_000 {
            counts[chance.below(7) as usize] += 1;
        }
        // Five standard deviations of a count are 463.
        assert!(
            counts.iter().all(|count| (count - 10_000).abs() < 463),
            "{counts:?}"
        );
        assert_eq!(chance.below(1), 0);
        assert_eq!(chance.below(0), 0);
    }

    #[test]
    fn every_order_is_as_likely() {
        let mut chance = Chance::new(0, Use::Rows, 0);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..24_000 {
            let mut list = [0, 1, 2, 3];
            chance.shuffle(&mut list);
            *counts.entry(list).or_insert(0_i32) += 1;
        }
        assert_eq!(counts.len(), 24);
        assert!(counts.values().all(|count| (count - 1000).abs() < 155));
    }

    #[test]
    fn normal_numbers_have_mean_0_and_variance_1_and_no_memory() {
        let mut chance = Chance::new(0, Use::Noise, 0);
        let pairs: Vec<[f64; 2]> = (0..100_000).map(|_| chance.normals()).collect();
        let mean = |of: &dyn Fn(&[f64; 2]) -> f64| pairs.iter().map(of).sum::<f64>() / 1e5;
        // The tolerances are five standard errors each.
        assert!(mean(&|[a, _]| *a).abs() < 0.016);
        assert!(mean(&|[_, b]| *b).abs() < 0.016);
        assert!((mean(&|[a, _]| a * a) - 1.0).abs() < 0.023);
        assert!((mean(&|[_, b]| b * b) - 1.0).abs() < 0.023);
        assert!(mean(&|[a, b]| a * b).abs() < 0.016);
        assert!((mean(&|[a, _]| a.powi(4)) - 3.0).abs() < 0.16);
    }
}
