//! Hyper-parameters that several rules share, described once; a rule of your own can use them, too.

use super::parameter::{Field, Valid, forms};

forms! {
    /// Whether the learning rate is applied when the velocity is built or when it is used. The
    /// two part only when the learning rate changes on the way.
    Velocity {
        /// v ← μ v + η g; θ ← θ − v (the article, Keras).
        Scaled,
        /// v ← μ v + g; θ ← θ − η v (PyTorch, Optax).
        Unscaled,
    }
}

/// η with a slider over the rates that the rule is used with.
#[must_use]
pub const fn learning_rate<R>(slider: [f64; 2], access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "learning_rate",
        "η",
        Valid::NonNegative,
        slider,
        "How far a step goes: too small crawls, too large bounces or flies off.",
        access,
    )
}

/// μ
#[must_use]
pub const fn momentum<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "momentum",
        "μ",
        Valid::Fraction,
        [0.0, 0.999],
        "The fraction of the last update that is kept; a steady slope is amplified 1/(1 − μ) times.",
        access,
    )
}

/// ρ
#[must_use]
pub const fn rho<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "rho",
        "ρ",
        Valid::Fraction,
        [0.0, 0.999],
        "How slowly squared gradients are forgotten; about 1/(1 − ρ) steps are remembered.",
        access,
    )
}

/// β₁
#[must_use]
pub const fn beta_1<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "beta_1",
        "β₁",
        Valid::Fraction,
        [0.0, 0.999],
        "How slowly gradients are forgotten: the inertia of the step's direction.",
        access,
    )
}

/// β₂
#[must_use]
pub const fn beta_2<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "beta_2",
        "β₂",
        Valid::Fraction,
        [0.5, 0.99999],
        "How slowly squared gradients are forgotten: how long a steep slope keeps steps short.",
        access,
    )
}

/// ε
#[must_use]
pub const fn epsilon<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "epsilon",
        "ε",
        Valid::NonNegative,
        [1e-12, 1.0],
        "Keeps the division finite where gradients vanish; larger values tame the adaptation.",
        access,
    )
}

/// Whether ε stands under the root.
#[must_use]
pub const fn epsilon_inside_sqrt<R>(access: fn(&mut R) -> &mut bool) -> Field<R> {
    Field::switch(
        "epsilon_inside_sqrt",
        "ε under √",
        "On: √(G + ε), as the article and Keras; off: √G + ε, as PyTorch.",
        access,
    )
}

/// βᵗ, which one multiplication brings from step to step as long as β stays the same.
#[derive(Clone, Copy, Debug)]
pub struct Power {
    base: f64,
    value: f64,
}

impl Power {
    /// `base` to the power of `t`; past `i32::MAX` steps every β below 1 has long become 0.
    #[must_use]
    pub fn of(base: f64, t: u64) -> Self {
        let value = base.powi(i32::try_from(t).unwrap_or(i32::MAX));
        Self { base, value }
    }

    /// `base` to the power of `t`, where `self` is the power of the step before.
    #[must_use]
    pub fn next(self, base: f64, t: u64) -> Self {
        if base.to_bits() == self.base.to_bits() {
            let value = self.value * base;
            Self { base, value }
        } else {
            Self::of(base, t)
        }
    }

    /// βᵗ
    #[must_use]
    pub const fn value(self) -> f64 {
        self.value
    }

    /// 1 − βᵗ, which an average that starts at 0 has gathered of its weight by step t.
    #[must_use]
    pub const fn correction(self) -> f64 {
        1.0 - self.value
    }
}
