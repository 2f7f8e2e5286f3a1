//! Lion: of the momentum, only the sign counts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Probe, Real, Role, Trial, Valid, fields, notes,
};

notes! {
    DIRECTION: Note::written(
        "u",
        ["u", "u"],
        "direction",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    MOMENT: Note::MOMENT,
    FROM_SIGN: Note::written(
        "from_sign",
        [r"\Delta_{\text{sign}}", "from sign"],
        "step from the sign",
        NoteRole::Part(Family::Gradient),
        NoteShape::Coordinate,
    ),
    FROM_DECAY: Note::FROM_DECAY,
}

/// u = sign(β₁m + (1−β₁)g), where sign(0) = 0; m ← β₂m + (1−β₂)g; θ ← θ(1 − ηλ) − ηu
///
/// Chen et al., *Symbolic discovery of optimization algorithms*, 2023, algorithm 2, with λ scaled
/// by η as there and in the libraries.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lion {
    /// η
    pub learning_rate: f64,
    /// β₁, of the direction.
    pub beta_1: f64,
    /// β₂, of the memory.
    pub beta_2: f64,
    /// λ, decoupled.
    pub weight_decay: f64,
}

const PUBLISHED: Lion = Lion {
    learning_rate: 1e-4,
    beta_1: 0.9,
    beta_2: 0.99,
    weight_decay: 0.0,
};

impl Described for Lion {
    const ABOUT: About = About {
        name: "Lion",
        title: "Lion",
        source: "X. Chen et al., NeurIPS 2023",
        idea: "Every coordinate moves by the same length; momentum only says which way.",
        hue: 2,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2023,
        kin: Kin::Sign,
        parents: &[Parent::of("AdamW", "sign only")],
        good_for: Claim::trial(
            "Slopes of any size: all coordinates move by the same length.",
            Trial::on("LongValley", [-4.0, 1.0], 6000).with(&[("learning_rate", 0.001)]),
        ),
        fails_when: Claim::trial(
            "A large rate: every step is as long as the first, so that it never settles.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.35)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        Field::number(
            "beta_1",
            "β₁",
            Role::Momentum,
            Valid::Fraction,
            [0.0, 0.999],
            "How much the remembered gradients count in the direction, beside the current one.",
            |rule| &mut rule.beta_1,
        ),
        Field::<Self>::number(
            "beta_2",
            "β₂",
            Role::Momentum,
            Valid::Fraction,
            [0.0, 0.999],
            "How slowly gradients are forgotten; about 1/(1 − β₂) steps are remembered.",
            |rule| &mut rule.beta_2,
        )
        .called("memory β₂"),
        fields::weight_decay(|rule| &mut rule.weight_decay),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: PUBLISHED,
            pytorch: None,
            keras: Some(Self {
                learning_rate: 0.001,
                ..PUBLISHED
            }),
            optax: Some(Self {
                weight_decay: 1e-3,
                ..PUBLISHED
            }),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.beta_1 > 0.0 {
            Self::ABOUT.idea
        } else {
            "Without momentum, every coordinate moves by the same length, down its own slope."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some(
            "A step is as long as the learning rate in every coordinate, however flat it is: unless the rate falls, it jumps across a minimum again and again.",
        )
    }

    fn equations(&self) -> Vec<&'static str> {
        let mut lines = vec![
            "u = sign(beta_1*m + (1 - beta_1)*g)",
            "m <- beta_2*m + (1 - beta_2)*g",
        ];
        if self.weight_decay > 0.0 {
            lines.push(fields::WEIGHT_DECAY);
        }
        lines.push("theta <- theta - learning_rate*u");
        lines
    }
}

impl CoordinateRule for Lion {
    /// m
    type State<N: Real> = N;
    type Clock<N: Real> = ();

    fn begin<N: Real>(&self, _position: N) -> N {
        N::ZERO
    }

    fn clock<N: Real>(&self, _t: u64, _before: Option<&()>) -> Self::Clock<N> {}

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        moment: &mut N,
        _clock: &Self::Clock<N>,
        probe: &mut P,
    ) -> N {
        let learning_rate = N::from(self.learning_rate);
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(N::from);
        let direction = (beta_1 * *moment + (N::ONE - beta_1) * gradient).sign();
        *moment = beta_2 * *moment + (N::ONE - beta_2) * gradient;
        let step = learning_rate * direction;
        let decay = learning_rate * self.weight_decay * position;
        probe.note(DIRECTION, direction);
        probe.note(MOMENT, *moment);
        probe.note(FROM_SIGN, -step);
        probe.note(FROM_DECAY, -decay);
        position - decay - step
    }
}
