//! Schedule-free `AdamW`: averaging the iterates replaces a decreasing rate, and steps are scaled as in
//! Adam.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::free_schedule::{self, Share, Weights};
use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Power, Probe, Real, Trial, fields, notes,
};

notes! {
    asked: "y";
    SLOPE: Note::written(
        "u",
        ["u", "u"],
        "gradient at y",
        NoteRole::Other(Family::Gradient),
        NoteShape::Coordinate,
    ),
    SECOND_MOMENT: Note::SECOND_MOMENT,
    CORRECTED_SECOND_MOMENT: Note::CORRECTED_SECOND_MOMENT,
    STEPPED: free_schedule::STEPPED,
    RATE: free_schedule::RATE,
    LARGEST: free_schedule::LARGEST,
    WEIGHT: free_schedule::WEIGHT,
    SUM: free_schedule::SUM,
    SHARE: free_schedule::SHARE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
    FROM_DECAY: Note::FROM_DECAY,
}

/// Three sequences x, y, z, all starting at the same point: the gradient is evaluated at
/// y = (1−β)z + βx; v ← β₂v + (1−β₂)g²; ηₜ = η min(1, t/w) (η if w = 0);
/// z ← z − ηₜ(g/(√(v/(1−β₂ᵗ)) + ε) + λy); ωₜ = tʳ (max of η₁…ηₜ)ᵖ; c = ωₜ/(ω₁ + … + ωₜ);
/// x ← (1−c)x + cz.
///
/// Defazio et al., *The road less scheduled*, 2024, algorithm 1, as in `schedulefree` 1.4.1. The
/// position shown is x, the point to be used; PyTorch's parameters hold y during training.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScheduleFreeAdamW {
    /// η
    pub learning_rate: f64,
    /// β, where the gradient is evaluated.
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ε
    pub epsilon: f64,
    /// w
    pub warmup_steps: f64,
    /// r
    pub r: f64,
    /// p
    pub weight_power: f64,
    /// λ
    pub weight_decay: f64,
}

const PUBLISHED: ScheduleFreeAdamW = ScheduleFreeAdamW {
    learning_rate: 0.0025,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-8,
    warmup_steps: 0.0,
    r: 0.0,
    weight_power: 2.0,
    weight_decay: 0.0,
};

impl Described for ScheduleFreeAdamW {
    const ABOUT: About = About {
        name: "ScheduleFreeAdamW",
        title: "Schedule-free AdamW",
        source: "A. Defazio et al., NeurIPS 2024",
        idea: "One point takes Adam's steps, another is where the gradient is evaluated, and the result \
               is a running average: what you see is that average, θ.",
        hue: 4,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2024,
        kin: Kin::Averaging,
        parents: &[
            Parent::of("ScheduleFreeSgd", "scale by squares"),
            Parent::of("AdamW", "average, no schedule"),
        ],
        good_for: Claim::trial(
            "No schedule to plan, and slopes of any size.",
            Trial::on("LongValley", [-4.0, 1.0], 1500).with(&[("learning_rate", 0.1)]),
        ),
        fails_when: Claim::trial(
            "A far minimum and a small rate: the average trails behind.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.02)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        free_schedule::between("beta_1", |rule| &mut rule.beta_1),
        fields::beta_2(|rule| &mut rule.beta_2),
        fields::epsilon(|rule| &mut rule.epsilon),
        free_schedule::warmup_steps(|rule| &mut rule.warmup_steps),
        free_schedule::step_power(|rule| &mut rule.r),
        free_schedule::weight_power(|rule| &mut rule.weight_power),
        free_schedule::weight_decay(|rule| &mut rule.weight_decay),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(PUBLISHED)
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.beta_1 > 0.0 {
            Self::ABOUT.idea
        } else {
            "One point takes Adam's steps, and the result is the running average of where it has been: \
             what you see is that average, θ."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some(free_schedule::REMARK)
    }

    fn equations(&self) -> Vec<&'static str> {
        let weights = self.weights();
        let warms_up = weights.warm_up();
        let mut lines = vec![
            "y = (1 - beta_1)*z + beta_1*theta; z_0 = theta",
            "u = gradient(y); v <- beta_2*v + (1 - beta_2)*u^2; v_hat = v/(1 - beta_2^t)",
        ];
        if warms_up {
            lines.push(free_schedule::WARM_UP);
        }
        lines.push(match (warms_up, self.weight_decay > 0.0) {
            (false, false) => "z <- z - learning_rate*u/(sqrt(v_hat) + epsilon)",
            (true, false) => "z <- z - eta_t*u/(sqrt(v_hat) + epsilon)",
            (false, true) => "z <- z - learning_rate*(u/(sqrt(v_hat) + epsilon) + weight_decay*y)",
            (true, true) => "z <- z - eta_t*(u/(sqrt(v_hat) + epsilon) + weight_decay*y)",
        });
        lines.extend(weights.average());
        lines
    }
}

/// The stepped point (z) and the average of squared gradients (v).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    stepped: N,
    second: N,
}

/// The rate of a step and its weight in the average, and β₂ᵗ.
#[derive(Clone, Copy, Debug)]
pub struct Clock<N> {
    share: Share<N>,
    second: Power<N>,
}

impl ScheduleFreeAdamW {
    const fn weights(self) -> Weights {
        Weights {
            learning_rate: self.learning_rate,
            warmup_steps: self.warmup_steps,
            r: self.r,
            weight_power: self.weight_power,
        }
    }
}

impl CoordinateRule for ScheduleFreeAdamW {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = Clock<N>;

    fn begin<N: Real>(&self, position: N) -> State<N> {
        State {
            stepped: position,
            second: N::ZERO,
        }
    }

    fn clock<N: Real>(&self, t: u64, before: Option<&Clock<N>>) -> Clock<N> {
        Clock {
            share: self.weights().share(t, before.map(|it| &it.share)),
            second: Power::after(before.map(|it| it.second), self.beta_2, t),
        }
    }

    fn query<N: Real>(&self, position: N, state: &State<N>) -> N {
        let beta_1 = N::from(self.beta_1);
        (N::ONE - beta_1) * state.stepped + beta_1 * position
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        state: &mut State<N>,
        clock: &Clock<N>,
        probe: &mut P,
    ) -> N {
        let Clock { share: now, second } = clock;
        let before = state.stepped;
        let asked = self.query(position, state);
        let beta_2 = N::from(self.beta_2);
        state.second = beta_2 * state.second + (N::ONE - beta_2) * gradient * gradient;
        let corrected = state.second / second.correction();
        let scaled = gradient / (corrected.sqrt() + self.epsilon);
        let decay = now.rate * self.weight_decay * asked;
        state.stepped -= now.rate * scaled + decay;
        probe.note(SLOPE, gradient);
        probe.note(SECOND_MOMENT, state.second);
        probe.note(CORRECTED_SECOND_MOMENT, corrected);
        probe.note(STEPPED, state.stepped);
        probe.note(LARGEST, now.largest);
        probe.note(RATE, now.rate);
        probe.note(WEIGHT, now.weight);
        probe.note(SUM, now.sum);
        probe.note(SHARE, now.part);
        probe.note(FROM_MEMORY, now.part * (before - position));
        probe.note(FROM_GRADIENT, -now.part * now.rate * scaled);
        probe.note(FROM_DECAY, -now.part * decay);
        (N::ONE - now.part) * position + now.part * state.stepped
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        (state.second + self.epsilon == 0.0).then_some("√v̂ + ε, and both are 0")
    }
}
