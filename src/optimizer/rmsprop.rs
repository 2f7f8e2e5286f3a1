//! RMSProp: Adagrad that forgets.

use serde::{Deserialize, Serialize};

use super::{
    About, CoordinateRule, Defaults, Described, Field, Note, Probe, Run, Running, Velocity, fields,
};

/// E ← ρE + (1−ρ)g²; centered: m ← ρm + (1−ρ)g, V = max(E − m², 0), else V = E;
/// s = √(V+ε) (inside) or √V + ε (outside).
/// Scaled: b ← μb + η g/s; θ ← θ − b. Unscaled: b ← μb + g/s; θ ← θ − ηb.
///
/// Tieleman & Hinton, *Neural networks for machine learning*, lecture 6.5, 2012; centered and with
/// momentum as Graves, *Generating sequences with recurrent neural networks*, 2013, eq. 38–45.
/// Rounding can make E − m² negative, where PyTorch gives NaN; here it counts as 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RMSProp {
    /// η
    pub learning_rate: f64,
    /// ρ
    pub rho: f64,
    /// ε
    pub epsilon: f64,
    /// Whether ε stands under the root.
    pub epsilon_inside_sqrt: bool,
    /// μ
    pub momentum: f64,
    /// Whether the variance of the gradient is used rather than its mean square.
    pub centered: bool,
    /// Where η is applied, with momentum.
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
        equation: "E ← ρE + (1−ρ)g²;  θ ← θ − η g / √(E + ε)",
        source: "T. Tieleman, G. Hinton, Coursera lecture 6.5, 2012",
        idea: "Adagrad that forgets: each coordinate is measured by its recent gradients only.",
    };

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        fields::rho(|rule| &mut rule.rho),
        fields::momentum(|rule| &mut rule.momentum),
        fields::epsilon(|rule| &mut rule.epsilon),
        fields::epsilon_inside_sqrt(|rule| &mut rule.epsilon_inside_sqrt),
        Field::switch(
            "centered",
            "centered",
            "On: divides by the spread of the gradients around their mean; off: by their size.",
            |rule| &mut rule.centered,
        ),
        Field::choice(
            "velocity",
            "velocity",
            Velocity::NAMES,
            "With momentum: Scaled puts η into the velocity (Keras, Optax); Unscaled applies it after (PyTorch).",
            |rule| rule.velocity.place(),
            |rule, place| rule.velocity = Velocity::at(place),
        ),
    ];

    const DEFAULTS: Defaults<Self> = Defaults {
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
    };

    fn equations(&self) -> Vec<&'static str> {
        let mut lines =
            vec![r"<accumulator:E> \leftarrow <rho> <accumulator:E> + (1 - <rho>)\, <gradient>^2"];
        if self.centered {
            lines
                .push(r"<first_moment> \leftarrow <rho> <first_moment> + (1 - <rho>)\, <gradient>");
        }
        lines.push(match (self.centered, self.epsilon_inside_sqrt) {
            (false, true) => r"s = \sqrt{<accumulator:E> + <epsilon>}",
            (false, false) => r"s = \sqrt{<accumulator:E>} + <epsilon>",
            (true, true) => r"s = \sqrt{<accumulator:E> - <first_moment>^2 + <epsilon>}",
            (true, false) => r"s = \sqrt{<accumulator:E> - <first_moment>^2} + <epsilon>",
        });
        lines.extend(match (self.momentum > 0.0, self.velocity) {
            (false, _) => vec![
                r"<position> \leftarrow <position> - <learning_rate> \frac{<gradient>}{s}",
            ],
            (true, Velocity::Scaled) => vec![
                r"<velocity:b> \leftarrow <momentum> <velocity:b> + <learning_rate> \frac{<gradient>}{s}",
                r"<position> \leftarrow <position> - <velocity:b>",
            ],
            (true, Velocity::Unscaled) => vec![
                r"<velocity:b> \leftarrow <momentum> <velocity:b> + \frac{<gradient>}{s}",
                r"<position> \leftarrow <position> - <learning_rate>\, <velocity:b>",
            ],
        });
        lines
    }

    /// 1/(1 + μ), as of Momentum.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(1.0 / (1.0 + self.momentum))
    }

    fn run(&self, dimension: usize) -> Box<dyn Run> {
        Running::start(*self, dimension)
    }
}

/// Decaying averages of squares (E) and gradients (m), and the velocity (b).
#[derive(Clone, Copy, Debug)]
pub struct State {
    squares: f64,
    mean: f64,
    velocity: f64,
}

impl CoordinateRule for RMSProp {
    type State = State;
    type Clock = ();

    fn begin(&self) -> State {
        State {
            squares: 0.0,
            mean: 0.0,
            velocity: 0.0,
        }
    }

    fn clock(&self, _t: u64) -> Self::Clock {}

    fn update<P: Probe + ?Sized>(
        &self,
        position: f64,
        gradient: f64,
        state: &mut State,
        _clock: &Self::Clock,
        probe: &mut P,
    ) -> f64 {
        let average = |old: f64, new: f64| self.rho * old + (1.0 - self.rho) * new;
        state.squares = average(state.squares, gradient * gradient);
        let size = if self.centered {
            state.mean = average(state.mean, gradient);
            probe.note(Note::FirstMoment, state.mean);
            (state.squares - state.mean * state.mean).max(0.0)
        } else {
            state.squares
        };
        let root = if self.epsilon_inside_sqrt {
            (size + self.epsilon).sqrt()
        } else {
            size.sqrt() + self.epsilon
        };
        let (gain, rate) = match self.velocity {
            Velocity::Scaled => (self.learning_rate, 1.0),
            Velocity::Unscaled => (1.0, self.learning_rate),
        };
        let kept = self.momentum * state.velocity;
        let added = gain * gradient / root;
        state.velocity = kept + added;
        probe.note(Note::Accumulator, state.squares);
        probe.note(Note::EffectiveRate, self.learning_rate / root);
        probe.note(Note::Velocity, state.velocity);
        probe.note(Note::MomentumPart, -rate * kept);
        probe.note(Note::GradientPart, -rate * added);
        position - rate * state.velocity
    }
}
