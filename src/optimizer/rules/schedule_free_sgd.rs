//! Schedule-free gradient descent: averaging the iterates replaces a decreasing rate.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::free_schedule::{self, Share, Weights};
use super::{
    About, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, Outcome, Parent,
    Probe, Real, Trial, fields, notes,
};

notes! {
    asked: "y";
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

    const HISTORY: Option<History> = Some(History {
        year: 2024,
        kin: Kin::Averaging,
        parents: &[Parent::of("Momentum", "average, no schedule")],
        good_for: Claim::trial(
            "No schedule to plan: the average settles while the rate stays.",
            Trial::on("Booth", [-8.0, 8.0], 600).with(&[("learning_rate", 0.08)]),
        ),
        fails_when: Claim::trial(
            "A long valley: the average trails behind the point that takes the steps.",
            Trial::on("LongValley", [-4.0, 1.0], 100)
                .with(&[("learning_rate", 0.02)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        free_schedule::between("momentum", |rule| &mut rule.momentum),
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
        Cow::Borrowed(if self.momentum > 0.0 {
            Self::ABOUT.idea
        } else {
            "One point takes the steps, and the result is the running average of where it has been: \
             what you see is that average, θ."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some(free_schedule::REMARK)
    }

    fn equations(&self) -> Vec<&'static str> {
        let weights = self.weights();
        let warms_up = weights.warm_up();
        let mut lines = vec!["y = (1 - momentum)*z + momentum*theta; z_0 = theta"];
        if warms_up {
            lines.push(free_schedule::WARM_UP);
        }
        lines.push(match (warms_up, self.weight_decay > 0.0) {
            (false, false) => "z <- z - learning_rate*gradient(y)",
            (true, false) => "z <- z - eta_t*gradient(y)",
            (false, true) => "z <- z - learning_rate*(gradient(y) + weight_decay*y)",
            (true, true) => "z <- z - eta_t*(gradient(y) + weight_decay*y)",
        });
        lines.extend(weights.average());
        lines
    }
}

impl ScheduleFreeSgd {
    const fn weights(self) -> Weights {
        Weights {
            learning_rate: self.learning_rate,
            warmup_steps: self.warmup_steps,
            r: self.r,
            weight_power: self.weight_power,
        }
    }
}

impl CoordinateRule for ScheduleFreeSgd {
    /// z
    type State<N: Real> = N;
    type Clock<N: Real> = Share<N>;

    fn begin<N: Real>(&self, position: N) -> N {
        position
    }

    fn clock<N: Real>(&self, t: u64, before: Option<&Share<N>>) -> Share<N> {
        self.weights().share(t, before)
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
        now: &Share<N>,
        probe: &mut P,
    ) -> N {
        let before = *stepped;
        let asked = self.query(position, stepped);
        let decay = now.rate * self.weight_decay * asked;
        *stepped -= now.rate * gradient + decay;
        probe.note(STEPPED, *stepped);
        probe.note(LARGEST, now.largest);
        probe.note(RATE, now.rate);
        probe.note(WEIGHT, now.weight);
        probe.note(SUM, now.sum);
        probe.note(SHARE, now.part);
        probe.note(FROM_MEMORY, now.part * (before - position));
        probe.note(FROM_GRADIENT, -now.part * now.rate * gradient);
        probe.note(FROM_DECAY, -now.part * decay);
        (N::ONE - now.part) * position + now.part * *stepped
    }
}
