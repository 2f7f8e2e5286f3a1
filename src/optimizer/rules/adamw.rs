//! `AdamW`: Adam with a weight decay that bypasses the averages.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::adam::{self, Adam, AmsGrad, NOTES, amsgrad};
use super::{
    About, Claim, CoordinateRule, Defaults, Described, Field, History, Kin, Note, Outcome, Parent,
    Probe, Real, Trial, fields,
};

/// θ ← θ(1 − ηλ), then a step of [`Adam`].
///
/// Loshchilov & Hutter, *Decoupled weight decay regularization*, 2019, algorithm 2, where λ is
/// multiplied only by the schedule; in the libraries and here, it is multiplied by η as well. This
/// is the same rule as `Adam` with a `weight_decay`, under the name and with the defaults of the
/// libraries.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdamW {
    /// η
    pub learning_rate: f64,
    /// β₁
    pub beta_1: f64,
    /// β₂
    pub beta_2: f64,
    /// ε
    pub epsilon: f64,
    /// Whether ε is added before the bias of v is corrected.
    pub epsilon_hat: bool,
    /// The running maximum of the second moment that is kept.
    pub amsgrad: AmsGrad,
    /// λ, decoupled.
    pub weight_decay: f64,
}

const PUBLISHED: AdamW = AdamW {
    learning_rate: 0.001,
    beta_1: 0.9,
    beta_2: 0.999,
    epsilon: 1e-8,
    epsilon_hat: false,
    amsgrad: AmsGrad::Off,
    weight_decay: 0.01,
};

impl AdamW {
    /// The equivalent `Adam` with a weight decay.
    #[must_use]
    pub const fn as_adam(&self) -> Adam {
        Adam {
            learning_rate: self.learning_rate,
            beta_1: self.beta_1,
            beta_2: self.beta_2,
            epsilon: self.epsilon,
            epsilon_hat: self.epsilon_hat,
            amsgrad: self.amsgrad,
            weight_decay: self.weight_decay,
            bias_correction: true,
        }
    }
}

impl Described for AdamW {
    const ABOUT: About = About {
        name: "AdamW",
        title: "AdamW",
        source: "I. Loshchilov, F. Hutter, ICLR 2019",
        idea: "Adam that also shrinks the weights, independently of the squared gradients.",
        hue: 6,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2019,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adam", "decay apart")],
        good_for: Claim::trial(
            "A floor without a slope: decay pulls the weights to 0 where the loss does not mind.",
            Trial::on("Matyas", [-8.0, 6.0], 800)
                .with(&[("learning_rate", 0.1), ("weight_decay", 0.1)]),
        ),
        fails_when: Claim::trial(
            "A minimum far from 0: strong decay holds it short of it.",
            Trial::on("Booth", [-2.0, -2.0], 600)
                .with(&[("learning_rate", 0.05), ("weight_decay", 1.0)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::beta_1(|rule| &mut rule.beta_1),
        fields::beta_2(|rule| &mut rule.beta_2),
        fields::weight_decay(|rule| &mut rule.weight_decay),
        fields::epsilon(|rule| &mut rule.epsilon),
        fields::epsilon_hat(|rule| &mut rule.epsilon_hat),
        amsgrad(|rule| &mut rule.amsgrad),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: PUBLISHED,
            pytorch: Some(PUBLISHED),
            keras: Some(Self {
                epsilon: 1e-7,
                epsilon_hat: true,
                weight_decay: 0.004,
                ..PUBLISHED
            }),
            optax: Some(Self {
                weight_decay: 1e-4,
                ..PUBLISHED
            }),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.weight_decay > 0.0 {
            Self::ABOUT.idea
        } else {
            "With a weight decay of 0, nothing shrinks the weights: this is Adam."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        (self.weight_decay > 0.0).then_some(
            "The decay is multiplied by the learning rate, as in the libraries; the paper multiplies it by the schedule alone.",
        )
    }

    fn conflict(&self) -> Option<&'static str> {
        self.as_adam().conflict()
    }

    fn equations(&self) -> Vec<&'static str> {
        self.as_adam().equations()
    }

    fn alternating_gain(&self, t: u64) -> Option<f64> {
        self.as_adam().alternating_gain(t)
    }
}

impl CoordinateRule for AdamW {
    type State<N: Real> = adam::State<N>;
    type Clock<N: Real> = adam::Clock<N>;

    fn begin<N: Real>(&self, position: N) -> adam::State<N> {
        self.as_adam().begin(position)
    }

    fn clock<N: Real>(&self, t: u64, before: Option<&adam::Clock<N>>) -> adam::Clock<N> {
        self.as_adam().clock(t, before)
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        state: &mut adam::State<N>,
        clock: &adam::Clock<N>,
        probe: &mut P,
    ) -> N {
        self.as_adam()
            .update(position, gradient, state, clock, probe)
    }

    fn divided_by_zero<N: Real>(&self, state: &adam::State<N>) -> Option<&'static str> {
        self.as_adam().divided_by_zero(state)
    }
}
