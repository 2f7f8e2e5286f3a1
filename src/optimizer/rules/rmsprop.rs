//! RMSProp: Adagrad that forgets.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    Outcome, Parent, Probe, Real, Role, Trial, Velocity, fields, notes,
};

notes! {
    VELOCITY: Note::velocity("b"),
    MEAN: Note::MOMENT,
    SQUARES: Note::squares("E"),
    VARIANCE: Note::new("V", "variance of the gradients", NoteRole::Squares),
    DIVISOR: Note::new("s", "divisor", NoteRole::Other(Family::Squares)),
    RATE: Note::RATE,
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// E ← ρE + (1−ρ)g²; centered: m ← ρm + (1−ρ)g, V = max(E − m², 0), else V = E;
/// s = √(V+ε) (inside) or √V + ε (outside).
/// Scaled: b ← μb + η g/s; θ ← θ − b. Unscaled: b ← μb + g/s; θ ← θ − ηb.
///
/// Tieleman & Hinton, *Neural networks for machine learning*, lecture 6.5, 2012; centered and with
/// momentum as in Graves, *Generating sequences with recurrent neural networks*, 2013, eq. 38–45.
/// Rounding can make E − m² negative, which gives NaN in PyTorch; here it counts as 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RMSProp {
    /// η
    pub learning_rate: f64,
    /// ρ
    pub rho: f64,
    /// ε
    pub epsilon: f64,
    /// Whether ε is inside the square root.
    pub epsilon_inside_sqrt: bool,
    /// μ
    pub momentum: f64,
    /// Whether the variance of the gradient is used instead of its mean square.
    pub centered: bool,
    /// The kind of velocity, with momentum.
    pub velocity: Velocity,
}

const PUBLISHED: RMSProp = RMSProp {
    learning_rate: 0.001,
    rho: 0.9,
    epsilon: 1e-8,
    epsilon_inside_sqrt: true,
    momentum: 0.0,
    centered: false,
    velocity: Velocity::Scaled,
};

impl Described for RMSProp {
    const ABOUT: About = About {
        name: "RMSProp",
        title: "RMSProp",
        source: "T. Tieleman, G. Hinton, Coursera lecture 6.5, 2012",
        idea: "Adagrad that forgets: each coordinate is scaled by the size of its gradients, of which the latest count most.",
        hue: 5,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2012,
        kin: Kin::Adaptive,
        parents: &[
            Parent::of("Adagrad", "forget"),
            Parent::of("Rprop", "average sizes"),
        ],
        good_for: Claim::trial(
            "Slopes of very different sizes: it moves as fast along a flat floor as down a wall.",
            Trial::on("LongValley", [-4.0, 1.0], 400).with(&[("learning_rate", 0.02)]),
        ),
        fails_when: Claim::trial(
            "A large rate: its steps do not become shorter, so that it never settles.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.5)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::rho(|rule| &mut rule.rho),
        fields::momentum(|rule| &mut rule.momentum),
        fields::epsilon(|rule| &mut rule.epsilon),
        fields::epsilon_inside_sqrt(
            "On: √(E + ε), as in the article, Keras and Optax; off: √E + ε, as in PyTorch.",
            |rule| &mut rule.epsilon_inside_sqrt,
        ),
        Field::switch(
            "centered",
            "centered",
            Role::Other,
            "On: divides by the spread of the gradients around their mean; off: by their size.",
            |rule| &mut rule.centered,
        ),
        fields::velocity(
            "With momentum: Scaled puts η into the velocity (Keras, Optax); Unscaled applies it after (PyTorch).",
            |rule| &mut rule.velocity,
        ),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: PUBLISHED,
            pytorch: Some(Self {
                learning_rate: 0.01,
                rho: 0.99,
                epsilon_inside_sqrt: false,
                velocity: Velocity::Unscaled,
                ..PUBLISHED
            }),
            keras: Some(Self {
                epsilon: 1e-7,
                ..PUBLISHED
            }),
            optax: Some(PUBLISHED),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        let forgets = if self.momentum > 0.0 {
            "Adagrad that forgets, with momentum"
        } else {
            "Adagrad that forgets"
        };
        let scale = if self.centered {
            "by how much its gradients vary around their mean"
        } else {
            "by the size of its gradients"
        };
        format!("{forgets}: each coordinate is scaled {scale}, of which the latest count most.")
            .into()
    }

    fn equations(&self) -> Vec<&'static str> {
        let mut lines = vec!["E <- rho*E + (1 - rho)*g^2"];
        if self.centered {
            lines.push("m <- rho*m + (1 - rho)*g");
            lines.push("V = max(E - m^2, 0)");
        }
        lines.push(match (self.centered, self.epsilon_inside_sqrt) {
            (false, true) => "s = sqrt(E + epsilon)",
            (false, false) => "s = sqrt(E) + epsilon",
            (true, true) => "s = sqrt(V + epsilon)",
            (true, false) => "s = sqrt(V) + epsilon",
        });
        lines.extend(match (self.momentum > 0.0, self.velocity) {
            (false, _) => vec!["theta <- theta - learning_rate*g/s"],
            (true, Velocity::Scaled) => {
                vec!["b <- momentum*b + learning_rate*g/s", "theta <- theta - b"]
            }
            (true, Velocity::Unscaled) => {
                vec!["b <- momentum*b + g/s", "theta <- theta - learning_rate*b"]
            }
        });
        lines
    }

    /// 1/(1 + μ), as for Momentum.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(1.0 / (1.0 + self.momentum))
    }
}

/// Exponential moving averages of squares (E) and gradients (m), and the velocity (b).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    squares: N,
    mean: N,
    velocity: N,
}

impl<N: Real> State<N> {
    /// V, how far the gradients lie from their mean; rounding can take E − m² below 0.
    fn variance(&self) -> N {
        (self.squares - self.mean * self.mean).max(N::ZERO)
    }
}

impl RMSProp {
    /// What stands under the root beside ε.
    fn size<N: Real>(&self, state: &State<N>) -> N {
        if self.centered {
            state.variance()
        } else {
            state.squares
        }
    }
}

impl CoordinateRule for RMSProp {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = ();

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            squares: N::ZERO,
            mean: N::ZERO,
            velocity: N::ZERO,
        }
    }

    fn clock<N: Real>(&self, _t: u64, _before: Option<&()>) -> Self::Clock<N> {}

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        state: &mut State<N>,
        _clock: &Self::Clock<N>,
        probe: &mut P,
    ) -> N {
        let [learning_rate, rho] = [self.learning_rate, self.rho].map(N::from);
        let average = |old: N, new: N| rho * old + (N::ONE - rho) * new;
        state.squares = average(state.squares, gradient * gradient);
        if self.centered {
            state.mean = average(state.mean, gradient);
            probe.note(MEAN, state.mean);
            probe.note(VARIANCE, state.variance());
        }
        let size = self.size(state);
        let root = if self.epsilon_inside_sqrt {
            (size + self.epsilon).sqrt()
        } else {
            size.sqrt() + self.epsilon
        };
        let (gain, rate) = match self.velocity {
            Velocity::Scaled => (learning_rate, N::ONE),
            Velocity::Unscaled => (N::ONE, learning_rate),
        };
        let kept = state.velocity * self.momentum;
        let added = gain * gradient / root;
        state.velocity = kept + added;
        probe.note(SQUARES, state.squares);
        probe.note(DIVISOR, root);
        probe.note(RATE, learning_rate / root);
        probe.note(VELOCITY, state.velocity);
        probe.note(FROM_MEMORY, -rate * kept);
        probe.note(FROM_GRADIENT, -rate * added);
        position - rate * state.velocity
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        (self.size(state) + self.epsilon == 0.0).then_some(
            match (self.centered, self.epsilon_inside_sqrt) {
                (false, true) => "√(E + ε), and both are 0",
                (false, false) => "√E + ε, and both are 0",
                (true, true) => "√(V + ε), and both are 0",
                (true, false) => "√V + ε, and both are 0",
            },
        )
    }
}
