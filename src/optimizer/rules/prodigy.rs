//! Prodigy: Adam that estimates how far it has to go, and takes that as its rate.

use serde::{Deserialize, Deserializer, Serialize};

use super::{
    About, Block, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Optimizer, Oracle, Outcome, Parent, Power, Probe, Real, Role, Trial, Undefined,
    Valid, fields, notes,
};
use crate::optimizer::rule::{ASKED, GRADIENT};

notes! {
    RATE: Note::written(
        "q",
        ["q", "q"],
        "learning rate of this step",
        NoteRole::Other(Family::Squares),
        NoteShape::Scalar,
    ),
    ALONG: Note::written(
        "N",
        ["N", "N"],
        "gradients along the way back",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    START: Note::written(
        "a",
        ["a", "a"],
        "start",
        NoteRole::Other(Family::Query),
        NoteShape::Coordinate,
    ),
    MOMENT: Note::MOMENT,
    SECOND_MOMENT: Note::SECOND_MOMENT,
    SUM: Note::written(
        "s",
        ["s", "s"],
        "sum of gradients",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    DISTANCE: Note::written(
        "d",
        ["d", "d"],
        "estimated distance",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
    FROM_DECAY: Note::FROM_DECAY,
}

/// q = dη, times √c₂/c₁ with `bias_correction`, where c₁ = 1−β₁ᵗ and c₂ = 1−β₂ᵗ;
/// N ← β₃N + (d/d₀) q gᵀ(θ₀ − θ); m ← β₁m + (1−β₁)d g; v ← β₂v + (1−β₂)d²g²;
/// s ← β₃s + (d/d₀) q g, or (d/d₀) d g with `safeguard_warmup`; d' = max(d, `d_coef` N/Σ|s|);
/// θ ← θ(1 − λq) − q m/(√v + d'ε); d ← d', which starts at d₀.
///
/// Mishchenko & Defazio, *Prodigy: an expeditiously adaptive parameter-free learner*, 2023, algorithm
/// 4. As long as Σ|s| is 0, nothing moves. The authors' package corrects no bias by default, Optax
/// always does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Prodigy {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// β₃; 0 stands for √β₂, as does a value that is left out.
    #[serde(deserialize_with = "given")]
    pub beta_3: f64,
    /// ε
    pub epsilon: f64,
    /// d₀
    pub d_0: f64,
    /// The factor of the estimate.
    pub d_coef: f64,
    /// Whether the bias of m and v is corrected.
    pub bias_correction: bool,
    /// Whether s leaves the learning rate out.
    pub safeguard_warmup: bool,
    /// λ
    pub weight_decay: f64,
}

/// Reads a number that may be left open.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or(0.0))
}

const PUBLISHED: Prodigy = Prodigy {
    learning_rate: 1.0,
    beta_1: 0.9,
    beta_2: 0.999,
    beta_3: 0.0,
    epsilon: 1e-8,
    d_0: 1e-6,
    d_coef: 1.0,
    bias_correction: false,
    safeguard_warmup: false,
    weight_decay: 0.0,
};

impl Described for Prodigy {
    const ABOUT: About = About {
        name: "Prodigy",
        title: "Prodigy",
        source: "K. Mishchenko, A. Defazio, arXiv:2306.06101, 2023",
        idea: "Adam that finds its own rate: it estimates how far the goal is from the gradients along its way.",
        hue: 3,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2023,
        kin: Kin::Adaptive,
        parents: &[
            Parent::of("DAdaptAdam", "grow faster"),
            Parent::of("AdamW", "find the rate"),
        ],
        good_for: Claim::trial(
            "No rate to find: it grows until steps are as long as the way.",
            Trial::on("LongValley", [-4.0, 1.0], 1000),
        ),
        fails_when: Claim::trial(
            "Its first steps are of a millionth, so that a short race ends early.",
            Trial::on("LongValley", [-4.0, 1.0], 10).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([0.01, 100.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
        fields::beta_2(|rule| &mut rule.beta_2),
        Field::<Self>::number(
            "beta_3",
            "β₃",
            Role::Forgetting,
            Valid::Fraction,
            [0.0, 0.9999],
            "How slowly the estimate forgets; 0 stands for the root of β₂.",
            |rule| &mut rule.beta_3,
        )
        .called("estimate β₃"),
        fields::epsilon(|rule| &mut rule.epsilon),
        fields::first_distance(|rule| &mut rule.d_0),
        Field::<Self>::number(
            "d_coef",
            "c",
            Role::Other,
            Valid::NonNegative,
            [0.1, 10.0],
            "Multiplies every estimate of the distance.",
            |rule| &mut rule.d_coef,
        )
        .called("factor c"),
        fields::bias_correction(|rule| &mut rule.bias_correction),
        Field::<Self>::switch(
            "safeguard_warmup",
            "safe warm-up",
            Role::Form,
            "On: the learning rate of a warm-up is left out of the sum by which the estimate is divided.",
            |rule| &mut rule.safeguard_warmup,
        )
        .called("safe warm-up"),
        fields::weight_decay(|rule| &mut rule.weight_decay),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            optax: Some(Self {
                bias_correction: true,
                ..PUBLISHED
            }),
            ..Defaults::only_published(PUBLISHED)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn remark(&self) -> Option<&'static str> {
        Some("The learning rate is only a factor: 1 is the estimate itself.")
    }

    fn equations(&self) -> Vec<&'static str> {
        let mut lines = vec![if self.bias_correction {
            "q = d*learning_rate*sqrt(1 - beta_2^t)/(1 - beta_1^t); d_0 = d_0"
        } else {
            "q = d*learning_rate; d_0 = d_0"
        }];
        lines.extend(if self.beta_3 > 0.0 {
            ["N <- beta_3*N + d/d_0*q*dot(g, a - theta); a <- a; a_0 = theta"]
        } else {
            ["N <- sqrt(beta_2)*N + d/d_0*q*dot(g, a - theta); a <- a; a_0 = theta"]
        });
        lines.extend([
            "m <- beta_1*m + (1 - beta_1)*d*g",
            "v <- beta_2*v + (1 - beta_2)*d^2*g^2",
            match (self.beta_3 > 0.0, self.safeguard_warmup) {
                (true, false) => "s <- beta_3*s + d/d_0*q*g",
                (true, true) => "s <- beta_3*s + d/d_0*d*g",
                (false, false) => "s <- sqrt(beta_2)*s + d/d_0*q*g",
                (false, true) => "s <- sqrt(beta_2)*s + d/d_0*d*g",
            },
            "d <- if(norm(s) > 0, max(d, d_coef*N/dot(s, sign(s))), d)",
        ]);
        if self.weight_decay > 0.0 {
            lines.push("theta <- theta*(1 - q*weight_decay)");
        }
        lines.push("theta <- theta - q*m/(sqrt(v) + d*epsilon)");
        lines
    }
}

impl Prodigy {
    /// β₃
    fn forgetting<N: Real>(&self) -> N {
        if self.beta_3 > 0.0 {
            N::from(self.beta_3)
        } else {
            N::from(self.beta_2).sqrt()
        }
    }
}

/// The start, space for a gradient, the memories, and the estimate.
#[derive(Clone, Debug)]
pub struct State<N> {
    start: Vec<N>,
    gradient: Vec<N>,
    first: Vec<N>,
    second: Vec<N>,
    sum: Vec<N>,
    along: N,
    distance: N,
    powers: Option<[Power<N>; 2]>,
}

impl Optimizer for Prodigy {
    type State<N: Real> = State<N>;

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> State<N> {
        let zeros = vec![N::ZERO; at.len()];
        State {
            start: at.to_vec(),
            gradient: zeros.clone(),
            first: zeros.clone(),
            second: zeros.clone(),
            sum: zeros,
            along: N::ZERO,
            distance: N::from(self.d_0),
            powers: None,
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
        let powers = Power::pair(state.powers, [self.beta_1, self.beta_2], t);
        state.powers = Some(powers);
        let [c_1, c_2] = powers.map(Power::correction);
        let [beta_1, beta_2] = [self.beta_1, self.beta_2].map(N::from);
        let beta_3: N = self.forgetting();
        let before = state.distance;
        let mut rate = before * self.learning_rate;
        if self.bias_correction {
            rate = rate * c_2.sqrt() / c_1;
        }
        let scale = before / self.d_0;
        let ways = at.iter().zip(&state.start).map(|(&at, &start)| start - at);
        let along: N = ways
            .zip(&state.gradient)
            .map(|(way, &slope)| way * slope)
            .sum();
        state.along = beta_3 * state.along + scale * rate * along;
        let into_sum = scale * if self.safeguard_warmup { before } else { rate };
        for (sum, &slope) in state.sum.iter_mut().zip(&state.gradient) {
            *sum = beta_3 * *sum + into_sum * slope;
        }
        let total: N = state.sum.iter().copied().map(Real::abs).sum();
        let moves = total != 0.0;
        if moves {
            state.distance = before.max(state.along * self.d_coef / total);
        }
        let guard = state.distance * self.epsilon;
        probe.note(RATE, rate);
        probe.note(ALONG, state.along);
        probe.note(DISTANCE, state.distance);
        for (index, position) in at.iter_mut().enumerate() {
            let slope = before * state.gradient[index];
            let kept = beta_1 * state.first[index];
            let added = (N::ONE - beta_1) * slope;
            state.first[index] = kept + added;
            let square = (N::ONE - beta_2) * slope * slope;
            state.second[index] = beta_2 * state.second[index] + square;
            let effective = if moves {
                rate / (state.second[index].sqrt() + guard)
            } else {
                N::ZERO
            };
            let decay = if moves {
                rate * self.weight_decay * *position
            } else {
                N::ZERO
            };
            probe.coordinate(index);
            probe.note(ASKED, *position);
            probe.note(GRADIENT, state.gradient[index]);
            probe.note(START, state.start[index]);
            probe.note(MOMENT, state.first[index]);
            probe.note(SECOND_MOMENT, state.second[index]);
            probe.note(SUM, state.sum[index]);
            probe.note(FROM_MEMORY, -effective * kept);
            probe.note(FROM_GRADIENT, -effective * added);
            probe.note(FROM_DECAY, -decay);
            *position = *position - decay - effective * state.first[index];
        }
    }

    fn undefined<N: Real>(&self, at: &[N], state: &mut State<N>) -> Option<Undefined> {
        let guard = state.distance * self.epsilon;
        let mut coordinates = at.iter().zip(&state.second);
        let is_zero =
            |(position, second): (&N, &N)| !position.is_finite() && second.sqrt() + guard == 0.0;
        Some(Undefined {
            divisor: Some("√v + dε, and both are 0"),
            coordinate: Some(coordinates.position(is_zero)?),
        })
    }
}
