//! Hyper-parameters that several rules share, described once.

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
pub const fn epsilon_inside_sqrt<R>(access: fn(&mut R) -> &mut bool) -> Field<R> {
    Field::switch(
        "epsilon_inside_sqrt",
        "ε under √",
        "On: √(G + ε), as the article and Keras; off: √G + ε, as PyTorch.",
        access,
    )
}

/// βᵗ; past `i32::MAX` steps every β below 1 has long become 0.
pub fn power(beta: f64, t: u64) -> f64 {
    beta.powi(i32::try_from(t).unwrap_or(i32::MAX))
}
