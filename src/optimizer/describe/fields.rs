//! Hyper-parameters that several rules share, described once; new rules can use them, too.

use super::parameter::{Choose, Field, Role, Valid, forms};

forms! {
    /// Whether the learning rate is applied when the velocity is accumulated or when it is used.
    /// The two differ only if the learning rate changes during the race.
    Velocity {
        /// v ← μ v + η g; θ ← θ − v (the article, Keras).
        Scaled,
        /// v ← μ v + g; θ ← θ − η v (PyTorch, Optax).
        Unscaled,
    }
}

/// The kind of velocity, with a sentence on what that means for the rule.
#[must_use]
pub const fn velocity<R>(help: &'static str, access: fn(&mut R) -> &mut dyn Choose) -> Field<R> {
    Field::choice(
        "velocity",
        "velocity",
        Role::Form,
        Velocity::NAMES,
        help,
        access,
    )
}

/// η, with a slider over the rule's usual rates.
#[must_use]
pub const fn learning_rate<R>(slider: [f64; 2], access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "learning_rate",
        "η",
        Role::Rate,
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
        Role::Momentum,
        Valid::Fraction,
        [0.0, 0.999],
        "The fraction of the last update that is kept; a steady slope is amplified by 1/(1 − μ).",
        access,
    )
}

/// The idea of a rule whose momentum μ is 0.
pub const NO_MOMENTUM: &str =
    "With a momentum of 0, none of the speed is kept: every step only follows the slope.";

/// ρ
#[must_use]
pub const fn rho<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "rho",
        "ρ",
        Role::Forgetting,
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
        Role::Momentum,
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
        Role::Forgetting,
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
        Role::Guard,
        Valid::NonNegative,
        [1e-12, 1.0],
        "Keeps the division finite where gradients vanish; larger values weaken the scaling.",
        access,
    )
}

/// Whether ε is inside the square root, with both variants in the rule's own notation.
#[must_use]
pub const fn epsilon_inside_sqrt<R>(
    help: &'static str,
    access: fn(&mut R) -> &mut bool,
) -> Field<R> {
    Field::switch("epsilon_inside_sqrt", "ε under √", Role::Form, help, access)
        .called("add ε under √")
}

/// ε̂
#[must_use]
pub const fn epsilon_hat<R>(access: fn(&mut R) -> &mut bool) -> Field<R> {
    Field::switch(
        "epsilon_hat",
        "ε̂",
        Role::Form,
        "On: ε is added before v's bias is corrected, as in Keras; off: after, as in PyTorch.",
        access,
    )
    .called("epsilon hat ε̂")
}

/// λ, decoupled
#[must_use]
pub const fn weight_decay<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "weight_decay",
        "λ",
        Role::WeightDecay,
        Valid::NonNegative,
        [0.0, 0.1],
        "Shrinks the position by a share ηλ in every step: multiplied by the learning rate, as in the libraries.",
        access,
    )
}

/// The first estimate of the distance, of a rule that finds its own rate.
#[must_use]
pub const fn first_distance<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "d_0",
        "d₀",
        Role::Other,
        Valid::Positive,
        [1e-8, 1.0],
        "The first estimate of the distance, from which it only grows.",
        access,
    )
    .called("first guess d₀")
}

/// Whether averages that start at 0 are corrected, of a rule that can do without.
#[must_use]
pub const fn bias_correction<R>(access: fn(&mut R) -> &mut bool) -> Field<R> {
    Field::switch(
        "bias_correction",
        "bias correction",
        Role::Form,
        "On: averages are divided by their total weight, as in Optax; off: they start low.",
        access,
    )
}

/// The equation of decoupled weight decay.
pub const WEIGHT_DECAY: &str = "theta <- theta*(1 - learning_rate*weight_decay)";
