//! Schedule-free gradient descent: averaging the iterates replaces a decreasing rate.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, CoordinateRule, Defaults, Described, Family, Field, Note, NoteRole, NoteShape, Probe,
    Real, Role, Valid, fields, notes,
};

notes! {
    asked: "y";
    STEPPED: Note::written(
        "z",
        ["z", "z"],
        "stepped point",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    RATE: Note::written(
        "eta_t",
        [r"\eta_t", "ηₜ"],
        "learning rate of this step",
        NoteRole::Other(Family::Squares),
        NoteShape::Scalar,
    ),
    LARGEST: Note::written(
        "eta_max",
        [r"\eta_{\max}", "η max"],
        "largest learning rate",
        NoteRole::Other(Family::Squares),
        NoteShape::Scalar,
    ),
    WEIGHT: Note::written(
        "w",
        ["w", "w"],
        "weight of this step",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    SUM: Note::written(
        "W",
        ["W", "W"],
        "sum of the weights",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    SHARE: Note::written(
        "c",
        ["c", "c"],
        "weight of this step in the average",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
    FROM_DECAY: Note::FROM_DECAY,
}

/// Three sequences x, y, z, all starting at the same point: the gradient is evaluated at
/// y = (1−β)z + βx; ηₜ = η min(1, t/w) (η if w = 0); z ← z − ηₜ(g + λy);
/// ωₜ = tʳ (max of η₁…ηₜ)ᵖ; c = ωₜ/(ω₁ + … + ωₜ); x ← (1−c)x + cz.
///
/// Defazio et al., *The road less scheduled*, 2024, eq. 3–5 and section 4.3 (warm-up and the
/// weights ω), as in `schedulefree` 1.4.1. The position shown is x, the point to be used; PyTorch's
/// parameters hold y during training.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScheduleFreeSgd {
    /// η
    pub learning_rate: f64,
    /// β
    pub momentum: f64,
    /// w
    pub warmup_steps: f64,
    /// r
    pub r: f64,
    /// p
    pub weight_power: f64,
    /// λ
    pub weight_decay: f64,
}

const PUBLISHED: ScheduleFreeSgd = ScheduleFreeSgd {
    learning_rate: 1.0,
    momentum: 0.9,
    warmup_steps: 0.0,
    r: 0.0,
    weight_power: 2.0,
    weight_decay: 0.0,
};

impl Described for ScheduleFreeSgd {
    const ABOUT: About = About {
        name: "ScheduleFreeSgd",
        title: "Schedule-free SGD",
        source: "A. Defazio et al., NeurIPS 2024",
        idea: "One point takes the steps, another is where the gradient is evaluated, and the result \
               is a running average: what you see is that average, θ.",
        hue: 2,
    };

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        Field::number(
            "momentum",
            "β",
            Role::Momentum,
            Valid::Fraction,
            [0.0, 0.999],
            "Where the gradient is evaluated: 0 at the stepped point z, towards 1 at the average θ.",
            |rule| &mut rule.momentum,
        ),
        Field::<Self>::number(
            "warmup_steps",
            "warm-up",
            Role::Other,
            Valid::Whole,
            [0.0, 200.0],
            "The number of steps over which the learning rate rises to its full value.",
            |rule| &mut rule.warmup_steps,
        )
        .called("warm-up steps"),
        Field::<Self>::number(
            "r",
            "r",
            Role::Other,
            Valid::NonNegative,
            [0.0, 4.0],
            "Gives later steps more weight in the average: their number to this power.",
            |rule| &mut rule.r,
        )
        .called("step power r"),
        Field::<Self>::number(
            "weight_power",
            "p",
            Role::Other,
            Valid::NonNegative,
            [0.0, 4.0],
            "The weight of a step in the average is its learning rate to this power.",
            |rule| &mut rule.weight_power,
        )
        .called("rate power p"),
        Field::number(
            "weight_decay",
            "λ",
            Role::WeightDecay,
            Valid::NonNegative,
            [0.0, 0.1],
            "Pulls towards 0 by a share ηλ of the point where the gradient is evaluated.",
            |rule| &mut rule.weight_decay,
        ),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(PUBLISHED)
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.momentum > 0.0 {
            Self::ABOUT.idea
        } else {
            "One point takes the steps, and the result is the running average of where it has been: \
             what you see is that average, θ."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some(
            "The path shown is the average θ; z takes the steps, and the gradient is evaluated between the two.",
        )
    }

    fn equations(&self) -> Vec<&'static str> {
        let warms_up = self.warmup_steps > 0.0;
        let mut lines = vec!["y = (1 - momentum)*z + momentum*theta; z_0 = theta"];
        if warms_up {
            lines.push("eta_t = learning_rate*min(1, t/warmup_steps)");
        }
        lines.push(match (warms_up, self.weight_decay > 0.0) {
            (false, false) => "z <- z - learning_rate*gradient(y)",
            (true, false) => "z <- z - eta_t*gradient(y)",
            (false, true) => "z <- z - learning_rate*(gradient(y) + weight_decay*y)",
            (true, true) => "z <- z - eta_t*(gradient(y) + weight_decay*y)",
        });
        if self.weight_power > 0.0 {
            lines.push(if warms_up {
                "eta_max <- max(eta_max, eta_t)"
            } else {
                "eta_max <- max(eta_max, learning_rate)"
            });
        }
        lines.push(match (self.r > 0.0, self.weight_power > 0.0) {
            (false, false) => "w = 1; W <- W + w; c = w/W",
            (true, false) => "w = t^r; W <- W + w; c = w/W",
            (false, true) => "w = eta_max^weight_power; W <- W + w; c = w/W",
            (true, true) => "w = t^r*eta_max^weight_power; W <- W + w; c = w/W",
        });
        lines.push("theta <- (1 - c)*theta + c*z");
        lines
    }
}

/// The rate of a step, and its weight in the average.
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    /// ηₜ
    rate: N,
    /// The largest rate so far.
    largest: N,
    /// ωₜ
    weight: N,
    /// ω₁ + … + ωₜ
    sum: N,
    /// c
    share: N,
}

impl CoordinateRule for ScheduleFreeSgd {
    /// z
    type State<N: Real> = N;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, position: N) -> N {
        position
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    fn clock<N: Real>(&self, t: u64, before: Option<&Clock<N>>) -> Clock<N> {
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
        Clock {
            rate,
            largest,
            weight,
            sum,
            // With a rate of 0 there is no weight yet, and nothing to average.
            share: if sum > 0.0 { weight / sum } else { N::ZERO },
        }
    }

    fn query<N: Real>(&self, position: N, stepped: &N) -> N {
        let momentum = N::from(self.momentum);
        (N::ONE - momentum) * *stepped + momentum * position
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        stepped: &mut N,
        clock: &Clock<N>,
        probe: &mut P,
    ) -> N {
        let before = *stepped;
        let asked = self.query(position, stepped);
        let decay = clock.rate * self.weight_decay * asked;
        *stepped -= clock.rate * gradient + decay;
        probe.note(STEPPED, *stepped);
        probe.note(LARGEST, clock.largest);
        probe.note(RATE, clock.rate);
        probe.note(WEIGHT, clock.weight);
        probe.note(SUM, clock.sum);
        probe.note(SHARE, clock.share);
        probe.note(FROM_MEMORY, clock.share * (before - position));
        probe.note(FROM_GRADIENT, -clock.share * clock.rate * gradient);
        probe.note(FROM_DECAY, -clock.share * decay);
        (N::ONE - clock.share) * position + clock.share * *stepped
    }
}
