//! Sophia: momentum divided by the curvature, and clipped.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Block, ByHand, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Optimizer, Oracle, Outcome, Parent, Power, Probe, Queries, Real, Role, Trial,
    Undefined, Valid, fields, forms, notes,
};
use crate::optimizer::rule::{ASKED, GRADIENT};

forms! {
    /// When the curvature is taken up.
    SophiaHessian {
        /// Before the step, which uses it (the paper).
        Before,
        /// After the step, so that the next one is the first to use it (Optax).
        After,
    }
}

notes! {
    MOMENT: Note::MOMENT,
    CURVATURE: Note::written(
        "h",
        ["h", "h"],
        "average curvature",
        NoteRole::Other(Family::Squares),
        NoteShape::Coordinate,
    ),
    DIRECTION: Note::written(
        "u",
        ["u", "u"],
        "direction, clipped",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    FROM_CLIPPED: Note::written(
        "from_clipped",
        [r"\Delta_{u}", "from direction"],
        "step along the direction",
        NoteRole::Part(Family::Gradient),
        NoteShape::Coordinate,
    ),
    FROM_DECAY: Note::FROM_DECAY,
}

/// h ← β₂h + (1−β₂) diag ∇²f(θ) at t = 1, 1 + k, 1 + 2k, …, before or after the step;
/// m ← β₁m + (1−β₁)g; θ ← θ(1−ηλ) − η clamp(m̂/max(γh, ε), −ρ, ρ), where m̂ is m, or m/(1−β₁ᵗ) with
/// `bias_correction`.
///
/// Liu et al., *Sophia: a scalable stochastic second-order optimizer for language model pre-training*,
/// 2023, algorithm 3, with the exact diagonal of the Hessian in place of an estimate. It needs more than
/// a gradient. A negative curvature gives a step of the sign.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SophiaH {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// γ
    pub gamma: f64,
    /// ε
    pub epsilon: f64,
    /// ρ
    pub clip: f64,
    /// k
    pub update_interval: f64,
    /// λ
    pub weight_decay: f64,
    /// Whether the bias of m is corrected.
    pub bias_correction: bool,
    /// When the curvature is taken up.
    pub hessian: SophiaHessian,
}

const PUBLISHED: SophiaH = SophiaH {
    learning_rate: 0.001,
    beta_1: 0.96,
    beta_2: 0.99,
    gamma: 0.01,
    epsilon: 1e-12,
    clip: 1.0,
    update_interval: 10.0,
    weight_decay: 0.0,
    bias_correction: false,
    hessian: SophiaHessian::Before,
};

impl Described for SophiaH {
    const ABOUT: About = About {
        name: "SophiaH",
        title: "Sophia-H",
        source: "H. Liu et al., arXiv:2305.14342, 2023",
        idea: "Uses more than a gradient: momentum divided by the curvature of each coordinate, and clipped where that is small.",
        hue: 5,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2023,
        kin: Kin::SecondOrder,
        parents: &[
            Parent::of("AdamW", "divide by curvature"),
            Parent::of("Newton", "clip, average"),
        ],
        good_for: Claim::trial(
            "Curvatures of different sizes, with steps that are clipped.",
            Trial::on("LongValley", [-4.0, 1.0], 600).with(&[("learning_rate", 0.02)]),
        ),
        fails_when: Claim::trial(
            "A far minimum and a small rate: no step is longer than the rate.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.01)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
        Field::<Self>::number(
            "beta_2",
            "β₂",
            Role::Forgetting,
            Valid::Fraction,
            [0.5, 0.99999],
            "How slowly curvatures are forgotten.",
            |rule| &mut rule.beta_2,
        )
        .called("memory β₂"),
        Field::<Self>::number(
            "gamma",
            "γ",
            Role::Other,
            Valid::NonNegative,
            [1e-3, 1.0],
            "How much the curvature counts: the smaller, the more steps are clipped.",
            |rule| &mut rule.gamma,
        )
        .called("scale γ"),
        fields::epsilon(|rule| &mut rule.epsilon),
        Field::<Self>::number(
            "clip",
            "ρ",
            Role::Other,
            Valid::NonNegative,
            [0.1, 10.0],
            "The longest step of a coordinate, in learning rates.",
            |rule| &mut rule.clip,
        )
        .called("longest ρ"),
        Field::<Self>::number(
            "update_interval",
            "k",
            Role::Other,
            Valid::Count,
            [1.0, 100.0],
            "The number of steps from one look at the curvature to the next.",
            |rule| &mut rule.update_interval,
        )
        .called("interval k"),
        fields::weight_decay(|rule| &mut rule.weight_decay),
        fields::bias_correction(|rule| &mut rule.bias_correction),
        Field::<Self>::choice(
            "hessian",
            "curvature",
            Role::Form,
            SophiaHessian::NAMES,
            "Before: a step uses the curvature where it starts, as in the paper; After: the one of the step before, as in Optax.",
            |rule| &mut rule.hessian,
        )
        .called("curvature"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            optax: Some(Self {
                beta_1: 0.965,
                epsilon: 1e-8,
                weight_decay: 1e-4,
                bias_correction: true,
                hessian: SophiaHessian::After,
                ..PUBLISHED
            }),
            ..Defaults::only_published(PUBLISHED)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.beta_1 > 0.0 {
            Self::ABOUT.idea
        } else {
            "Uses more than a gradient: the slope divided by the curvature of each coordinate, and clipped where that is small."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some("H is the diagonal of the Hessian: the curvature along each coordinate.")
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        let moment = r"<m> \leftarrow <beta_1> <m> + (1 - <beta_1>) <g>";
        let curvature = r"<h> \leftarrow <beta_2> <h> + (1 - <beta_2>)\, H \text{ in every } <update_interval> \text{ steps}";
        let direction = if self.bias_correction {
            r"<u> = \min\left(\max\left(\frac{<m>}{(1 - <beta_1>^t) \max(<gamma> <h>, <epsilon>)}, -<clip>\right), <clip>\right)"
        } else {
            r"<u> = \min\left(\max\left(\frac{<m>}{\max(<gamma> <h>, <epsilon>)}, -<clip>\right), <clip>\right)"
        };
        let step = if self.weight_decay > 0.0 {
            r"<theta> \leftarrow <theta> (1 - <learning_rate> <weight_decay>) - <learning_rate> <u>"
        } else {
            r"<theta> \leftarrow <theta> - <learning_rate> <u>"
        };
        let latex = match self.hessian {
            SophiaHessian::Before => vec![moment, curvature, direction, step],
            SophiaHessian::After => vec![moment, direction, step, curvature],
        };
        Some(ByHand {
            latex,
            text: "m ← β₁m + (1 − β₁)g; h ← β₂h + (1 − β₂) diag H; θ ← θ − η clamp(m/max(γh, ε), −ρ, ρ)",
        })
    }
}

/// Space for a gradient and a diagonal, the momentum, the curvature, and β₁ᵗ.
#[derive(Clone, Debug)]
pub struct State<N> {
    gradient: Vec<N>,
    diagonal: Vec<N>,
    moment: Vec<N>,
    curvature: Vec<N>,
    power: Option<Power<N>>,
}

impl Optimizer for SophiaH {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        Queries {
            hessian_diagonal: true,
            ..Queries::GRADIENT
        }
    }

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> State<N> {
        let zeros = vec![N::ZERO; at.len()];
        State {
            gradient: zeros.clone(),
            diagonal: zeros.clone(),
            moment: zeros.clone(),
            curvature: zeros,
            power: None,
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        oracle.gradient(at, &mut state.gradient);
        let looks = self.looks_in(t);
        if looks {
            oracle.hessian_diagonal(at, &mut state.diagonal);
        }
        let power = Power::after(state.power, self.beta_1, t);
        state.power = Some(power);
        let correction = if self.bias_correction {
            power.correction()
        } else {
            N::ONE
        };
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(N::from);
        let rate = N::from(self.learning_rate);
        for (index, position) in at.iter_mut().enumerate() {
            let slope = state.gradient[index];
            let before = state.curvature[index];
            if looks {
                state.curvature[index] =
                    beta_2 * before + (N::ONE - beta_2) * state.diagonal[index];
            }
            let curvature = match self.hessian {
                SophiaHessian::Before => state.curvature[index],
                SophiaHessian::After => before,
            };
            let moment = beta_1 * state.moment[index] + (N::ONE - beta_1) * slope;
            state.moment[index] = moment;
            let direction = self.clipped(moment / correction / self.divisor(curvature));
            let decay = rate * self.weight_decay * *position;
            probe.coordinate(index);
            probe.note(ASKED, *position);
            probe.note(GRADIENT, slope);
            probe.note(MOMENT, moment);
            probe.note(CURVATURE, state.curvature[index]);
            probe.note(DIRECTION, direction);
            probe.note(FROM_CLIPPED, -rate * direction);
            probe.note(FROM_DECAY, -decay);
            *position = *position - decay - rate * direction;
        }
    }

    fn undefined<N: Real>(&self, at: &[N], state: &mut State<N>) -> Option<Undefined> {
        let mut coordinates = at.iter().zip(&state.moment);
        let is_zero = |(position, moment): (&N, &N)| {
            self.epsilon == 0.0 && !position.is_finite() && *moment == 0.0
        };
        Some(Undefined {
            divisor: Some("max(γ h, ε), which is 0"),
            coordinate: Some(coordinates.position(is_zero)?),
        })
    }
}

impl SophiaH {
    /// Whether the curvature is looked at in step t.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the interval is a whole number, 1 or more"
    )]
    fn looks_in(&self, t: u64) -> bool {
        (t - 1).is_multiple_of((self.update_interval as u64).max(1))
    }

    /// max(γh, ε)
    fn divisor<N: Real>(&self, curvature: N) -> N {
        let scaled = curvature * self.gamma;
        // Not `max`, which would turn NaN into ε.
        if scaled < self.epsilon {
            N::from(self.epsilon)
        } else {
            scaled
        }
    }

    /// The number, or the nearer limit; NaN stays NaN.
    fn clipped<N: Real>(&self, number: N) -> N {
        let limit = N::from(self.clip);
        if number > limit {
            limit
        } else if number < -limit {
            -limit
        } else {
            number
        }
    }
}
