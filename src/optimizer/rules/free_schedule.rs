//! What the schedule-free rules share: the rate of a step, and its weight in the average.

use super::{Family, Field, Note, NoteRole, NoteShape, Real, Role, Valid};

/// What says how much each step counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    /// η
    pub learning_rate: f64,
    /// w
    pub warmup_steps: f64,
    /// r
    pub r: f64,
    /// p
    pub weight_power: f64,
}

/// The rate of a step, and its weight in the average.
#[derive(Clone, Copy, Debug)]
pub struct Share<N> {
    /// ηₜ
    pub(super) rate: N,
    /// The largest rate so far.
    pub(super) largest: N,
    /// ωₜ
    pub(super) weight: N,
    /// ω₁ + … + ωₜ
    pub(super) sum: N,
    /// c
    pub(super) part: N,
}

impl Weights {
    /// That of step `t`, after the step before: ηₜ = η min(1, t/w) (η if w = 0);
    /// ωₜ = tʳ (max of η₁…ηₜ)ᵖ; c = ωₜ/(ω₁ + … + ωₜ).
    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    pub fn share<N: Real>(self, t: u64, before: Option<&Share<N>>) -> Share<N> {
        let t = N::from(t as f64);
        let warmth = if self.warmup_steps > 0.0 {
            (t / self.warmup_steps).min(N::ONE)
        } else {
            N::ONE
        };
        let rate = warmth * self.learning_rate;
        let largest = before.map_or(rate, |before| before.largest.max(rate));
        let weight = t.powf(self.r) * largest.powf(self.weight_power);
        let sum = before.map_or(N::ZERO, |before| before.sum) + weight;
        Share {
            rate,
            largest,
            weight,
            sum,
            // With a rate of 0 there is no weight yet, and nothing to average.
            part: if sum > 0.0 { weight / sum } else { N::ZERO },
        }
    }

    /// Whether the first steps are shorter.
    pub fn warm_up(self) -> bool {
        self.warmup_steps > 0.0
    }

    /// The lines from the largest rate to the average.
    pub fn average(self) -> impl Iterator<Item = &'static str> {
        let largest = (self.weight_power > 0.0).then(|| {
            if self.warm_up() {
                "eta_max <- max(eta_max, eta_t)"
            } else {
                "eta_max <- max(eta_max, learning_rate)"
            }
        });
        let share = match (self.r > 0.0, self.weight_power > 0.0) {
            (false, false) => "w = 1; W <- W + w; c = w/W",
            (true, false) => "w = t^r; W <- W + w; c = w/W",
            (false, true) => "w = eta_max^weight_power; W <- W + w; c = w/W",
            (true, true) => "w = t^r*eta_max^weight_power; W <- W + w; c = w/W",
        };
        largest
            .into_iter()
            .chain([share, "theta <- (1 - c)*theta + c*z"])
    }
}

/// The line of the rate of a step that is warmed up.
pub(super) const WARM_UP: &str = "eta_t = learning_rate*min(1, t/warmup_steps)";

/// The remark of both rules.
pub(super) const REMARK: &str = "The path shown is the average θ; z takes the steps, and the gradient is evaluated between the two.";

/// z
pub(super) const STEPPED: Note = Note::written(
    "z",
    ["z", "z"],
    "stepped point",
    NoteRole::Other(Family::Memory),
    NoteShape::Coordinate,
);

/// ηₜ
pub(super) const RATE: Note = scalar(
    "eta_t",
    [r"\eta_t", "ηₜ"],
    "learning rate of this step",
    Family::Squares,
);

/// The largest rate so far.
pub(super) const LARGEST: Note = scalar(
    "eta_max",
    [r"\eta_{\max}", "η max"],
    "largest learning rate",
    Family::Squares,
);

/// ωₜ
pub(super) const WEIGHT: Note = scalar("w", ["w", "w"], "weight of this step", Family::Memory);

/// ω₁ + … + ωₜ
pub(super) const SUM: Note = scalar("W", ["W", "W"], "sum of the weights", Family::Memory);

/// c
pub(super) const SHARE: Note = scalar(
    "c",
    ["c", "c"],
    "weight of this step in the average",
    Family::Memory,
);

const fn scalar(
    name: &'static str,
    symbols: [&'static str; 2],
    label: &'static str,
    family: Family,
) -> Note {
    Note::written(
        name,
        symbols,
        label,
        NoteRole::Other(family),
        NoteShape::Scalar,
    )
}

/// w
pub(super) const fn warmup_steps<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "warmup_steps",
        "warm-up",
        Role::Other,
        Valid::Whole,
        [0.0, 200.0],
        "The number of steps over which the learning rate rises to its full value.",
        access,
    )
    .called("warm-up steps")
}

/// r
pub(super) const fn step_power<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "r",
        "r",
        Role::Other,
        Valid::NonNegative,
        [0.0, 4.0],
        "Gives later steps more weight in the average: their number to this power.",
        access,
    )
    .called("step power r")
}

/// p
pub(super) const fn weight_power<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "weight_power",
        "p",
        Role::Other,
        Valid::NonNegative,
        [0.0, 4.0],
        "The weight of a step in the average is its learning rate to this power.",
        access,
    )
    .called("rate power p")
}

/// Where the gradient is evaluated.
pub(super) const fn between<R>(name: &'static str, access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        name,
        "β",
        Role::Momentum,
        Valid::Fraction,
        [0.0, 0.999],
        "Where the gradient is evaluated: 0 at the stepped point z, towards 1 at the average θ.",
        access,
    )
}

/// λ
pub(super) const fn weight_decay<R>(access: fn(&mut R) -> &mut f64) -> Field<R> {
    Field::number(
        "weight_decay",
        "λ",
        Role::WeightDecay,
        Valid::NonNegative,
        [0.0, 0.1],
        "Pulls towards 0 by a share ηλ of the point where the gradient is evaluated.",
        access,
    )
}
