//! Random choices that can be repeated.

use egui::{Pos2, Vec2};

/// A random number generator (xorshift64*, Vigna 2016).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % most
    }

    pub fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    /// Returns a number from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "any fraction will do")]
    pub fn fraction(&mut self) -> f64 {
        self.below(1 << 24) as f64 / f64::from(1 << 24)
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.fraction() * (high - low)
    }

    pub fn point(&mut self) -> [f64; 2] {
        [self.between(-4.0, 4.0), self.between(-4.0, 4.0)]
    }

    /// Returns a number as nobody should enter it, or a reasonable one.
    pub fn wild(&mut self) -> f64 {
        let wild = [0.0, 1e-8, -1.0, 2.0, 1e9, 1e300, f64::NAN, f64::INFINITY];
        if self.coin() {
            self.fraction()
        } else {
            *self.of(&wild)
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a spot on the screen")]
    pub fn spot(&mut self, size: Vec2) -> Pos2 {
        let [x, y] = [self.fraction() as f32, self.fraction() as f32];
        Pos2::new(x * size.x, y * size.y)
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}
