//! Powers of a step number.

use crate::real::Real;

/// βᵗ, updated by one multiplication per step as long as β stays the same.
#[derive(Clone, Copy, Debug)]
pub struct Power<N> {
    base: f64,
    value: N,
}

impl<N: Real> Power<N> {
    /// `base` to the power of `t`; beyond `i32::MAX` steps any β below 1 has underflowed to 0.
    #[must_use]
    pub fn of(base: f64, t: u64) -> Self {
        let value = N::from(base).powi(i32::try_from(t).unwrap_or(i32::MAX));
        Self { base, value }
    }

    /// `base` to the power of `t`, given the previous step's power if there was one.
    #[must_use]
    pub fn after(before: Option<Self>, base: f64, t: u64) -> Self {
        match before {
            Some(before) if base.to_bits() == before.base.to_bits() => Self {
                base,
                value: before.value * base,
            },
            _ => Self::of(base, t),
        }
    }

    /// The powers of two bases, given those of the previous step if there was one.
    #[must_use]
    pub fn pair(before: Option<[Self; 2]>, bases: [f64; 2], t: u64) -> [Self; 2] {
        let before = before.map_or([None; 2], |before| before.map(Some));
        [0, 1].map(|index: usize| Self::after(before[index], bases[index], t))
    }

    /// βᵗ
    #[must_use]
    pub const fn value(self) -> N {
        self.value
    }

    /// 1 − βᵗ, the total weight at step t of an average that starts at 0.
    #[must_use]
    pub fn correction(self) -> N {
        N::ONE - self.value
    }
}
