//! D-Adaptation: Adam whose rate is a lower bound of how far it has to go.

use serde::{Deserialize, Serialize};

use super::{
    About, Block, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Optimizer, Oracle, Outcome, Parent, Power, Probe, Real, Trial, Undefined, fields,
    notes,
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
        "gradients along their sum",
        NoteRole::Other(Family::Memory),
        NoteShape::Scalar,
    ),
    MOMENT: Note::MOMENT,
    SECOND_MOMENT: Note::SECOND_MOMENT,
    SUM: Note::written(
        "s",
        ["s", "s"],
        "average of steps",
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

/// q = dη, times √c₂/c₁ with `bias_correction`, where c₁ = 1−β₁ᵗ and c₂ = 1−β₂ᵗ; r = √β₂;
/// N ← rN + (1−r) q gᵀ(s/(√v + ε)) with s and v of before; m ← β₁m + (1−β₁)q g;
/// v ← β₂v + (1−β₂)g²; s ← rs + (1−r)q g; d' = max(d, N/((1−r)Σ|s|));
/// θ ← θ(1 − λq) − m/(√v + ε); d ← d', which starts at d₀.
///
/// Defazio & Mishchenko, *Learning-rate-free learning by D-Adaptation*, 2023, algorithm 5. The authors'
/// package corrects no bias by default, Optax always does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DAdaptAdam {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ε
    pub epsilon: f64,
    /// d₀
    pub d_0: f64,
    /// Whether the bias of m and v is corrected.
    pub bias_correction: bool,
    /// λ
    pub weight_decay: f64,
}

const PUBLISHED: DAdaptAdam = DAdaptAdam {
    learning_rate: 1.0,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-8,
    d_0: 1e-6,
    bias_correction: false,
    weight_decay: 0.0,
};

impl Described for DAdaptAdam {
    const ABOUT: About = About {
        name: "DAdaptAdam",
        title: "D-Adapt Adam",
        source: "A. Defazio, K. Mishchenko, ICML 2023",
        idea: "Adam that finds its own rate: a lower bound of the distance to the goal, which grows until it is large enough.",
        hue: 2,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2023,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adam", "find the rate")],
        good_for: Claim::trial(
            "No rate to find: a bound on the distance grows by itself.",
            Trial::on("LongValley", [-4.0, 1.0], 2000),
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
        fields::epsilon(|rule| &mut rule.epsilon),
        fields::first_distance(|rule| &mut rule.d_0),
        fields::bias_correction(|rule| &mut rule.bias_correction),
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
        let mut lines = vec![
            if self.bias_correction {
                "q = d*learning_rate*sqrt(1 - beta_2^t)/(1 - beta_1^t); d_0 = d_0"
            } else {
                "q = d*learning_rate; d_0 = d_0"
            },
            "N <- sqrt(beta_2)*N + (1 - sqrt(beta_2))*q*dot(g, if(s == 0, 0, s/(sqrt(v) + epsilon)))",
            "m <- beta_1*m + (1 - beta_1)*q*g",
            "v <- beta_2*v + (1 - beta_2)*g^2",
            "s <- sqrt(beta_2)*s + (1 - sqrt(beta_2))*q*g",
            "d <- if(norm(s) > 0, max(d, N/((1 - sqrt(beta_2))*dot(s, sign(s)))), d)",
        ];
        if self.weight_decay > 0.0 {
            lines.push("theta <- theta*(1 - q*weight_decay)");
        }
        lines.push("theta <- theta - m/(sqrt(v) + epsilon)");
        lines
    }
}

/// Space for a gradient, the memories, and the estimate.
#[derive(Clone, Debug)]
pub struct State<N> {
    gradient: Vec<N>,
    first: Vec<N>,
    second: Vec<N>,
    sum: Vec<N>,
    along: N,
    distance: N,
    powers: Option<[Power<N>; 2]>,
}

impl Optimizer for DAdaptAdam {
    type State<N: Real> = State<N>;

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> State<N> {
        let zeros = vec![N::ZERO; at.len()];
        State {
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
        let root = beta_2.sqrt();
        let fresh = N::ONE - root;
        let mut rate = state.distance * self.learning_rate;
        if self.bias_correction {
            rate = rate * c_2.sqrt() / c_1;
        }
        let mut along = N::ZERO;
        for (index, &slope) in state.gradient.iter().enumerate() {
            // At first both are 0, and so may be ε.
            if state.sum[index] != 0.0 {
                along += slope * (state.sum[index] / (state.second[index].sqrt() + self.epsilon));
            }
            state.sum[index] = root * state.sum[index] + fresh * rate * slope;
        }
        state.along = root * state.along + fresh * rate * along;
        let total: N = state.sum.iter().copied().map(Real::abs).sum();
        if total > 0.0 {
            state.distance = state.distance.max(state.along / (fresh * total));
        }
        probe.note(RATE, rate);
        probe.note(ALONG, state.along);
        probe.note(DISTANCE, state.distance);
        for (index, position) in at.iter_mut().enumerate() {
            let slope = state.gradient[index];
            let kept = beta_1 * state.first[index];
            let added = (N::ONE - beta_1) * rate * slope;
            state.first[index] = kept + added;
            let square = (N::ONE - beta_2) * slope * slope;
            state.second[index] = beta_2 * state.second[index] + square;
            let divisor = state.second[index].sqrt() + self.epsilon;
            let decay = rate * self.weight_decay * *position;
            probe.coordinate(index);
            probe.note(ASKED, *position);
            probe.note(GRADIENT, slope);
            probe.note(MOMENT, state.first[index]);
            probe.note(SECOND_MOMENT, state.second[index]);
            probe.note(SUM, state.sum[index]);
            probe.note(FROM_MEMORY, -kept / divisor);
            probe.note(FROM_GRADIENT, -added / divisor);
            probe.note(FROM_DECAY, -decay);
            *position = *position - decay - state.first[index] / divisor;
        }
    }

    fn undefined<N: Real>(&self, at: &[N], state: &mut State<N>) -> Option<Undefined> {
        let mut coordinates = at.iter().zip(&state.second);
        let is_zero = |(position, second): (&N, &N)| {
            !position.is_finite() && second.sqrt() + self.epsilon == 0.0
        };
        Some(Undefined {
            divisor: Some("√v + ε, and both are 0"),
            coordinate: Some(coordinates.position(is_zero)?),
        })
    }
}
