//! FTRL-proximal: every step looks back at all gradients, and begins at zero.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Probe, Real, Role, Trial, Valid, fields, notes,
};

notes! {
    SQUARES: Note::squares("n"),
    CHANGE: Note::written(
        "sigma",
        [r"\sigma", "σ"],
        "fall of the inverse rate",
        NoteRole::Other(Family::Squares),
        NoteShape::Coordinate,
    ),
    SUM: Note::written(
        "z",
        ["z", "z"],
        "sum of gradients, re-centred",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    FROM_MEMORY: Note::FROM_MEMORY,
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// n' = n + g²; σ = (n'ᵖ − nᵖ)/η; z ← z + g + 2sθ − σθ;
/// θ ← (clamp(z, −l₁, l₁) − z) / ((n'ᵖ + β)/η + 2l₂); n ← n', starting at n₀; p = −`learning_rate_power`;
/// s is `l2_shrinkage`.
///
/// `McMahan` et al., *Ad click prediction: a view from the trenches*, 2013, algorithm 1, as in Keras. z
/// starts at 0, so the first step forgets where it started, except through g and σ.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ftrl {
    /// η
    pub learning_rate: f64,
    /// q = −p
    pub learning_rate_power: f64,
    /// n₀
    pub initial_accumulator: f64,
    /// l₁
    pub l1: f64,
    /// l₂
    pub l2: f64,
    /// s
    pub l2_shrinkage: f64,
    /// β
    pub beta: f64,
}

const PUBLISHED: Ftrl = Ftrl {
    learning_rate: 0.001,
    learning_rate_power: -0.5,
    initial_accumulator: 0.1,
    l1: 0.0,
    l2: 0.0,
    l2_shrinkage: 0.0,
    beta: 0.0,
};

impl Described for Ftrl {
    const ABOUT: About = About {
        name: "Ftrl",
        title: "FTRL",
        source: "H. B. McMahan et al., KDD 2013",
        idea: "Follows the regularized leader: where all gradients so far, and a pull to each earlier point, are in balance.",
        hue: 7,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2013,
        kin: Kin::Adaptive,
        parents: &[Parent::of("Adagrad", "sum, then solve")],
        good_for: Claim::trial(
            "It can hold weights at exactly 0, as l1 asks for.",
            Trial::on("LongValley", [-4.0, 1.0], 600).with(&[("learning_rate", 1.0)]),
        ),
        fails_when: Claim::trial(
            "Its rates only fall, and its first step forgets the start.",
            Trial::on("Booth", [8.0, -8.0], 100)
                .with(&[("learning_rate", 0.01)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        Field::<Self>::number(
            "learning_rate_power",
            "q",
            Role::Form,
            Valid::NonPositive,
            [-1.0, 0.0],
            "How fast rates fall with the squared gradients: −0.5 as in Adagrad, 0 not at all.",
            |rule| &mut rule.learning_rate_power,
        )
        .called("rate power q"),
        Field::<Self>::number(
            "initial_accumulator",
            "n₀",
            Role::Form,
            Valid::NonNegative,
            [0.0, 1.0],
            "Where the sum of squares begins.",
            |rule| &mut rule.initial_accumulator,
        )
        .called("initial state n₀"),
        Field::<Self>::number(
            "l1",
            "l₁",
            Role::Other,
            Valid::NonNegative,
            [0.0, 1.0],
            "Keeps a coordinate at 0 until its gradients add up to more than this.",
            |rule| &mut rule.l1,
        )
        .called("threshold l₁"),
        Field::<Self>::number(
            "l2",
            "l₂",
            Role::Other,
            Valid::NonNegative,
            [0.0, 1.0],
            "Pulls every coordinate towards 0.",
            |rule| &mut rule.l2,
        )
        .called("penalty l₂"),
        Field::<Self>::number(
            "l2_shrinkage",
            "s",
            Role::Other,
            Valid::NonNegative,
            [0.0, 1.0],
            "A penalty that is added to the gradient rather than to the point of balance.",
            |rule| &mut rule.l2_shrinkage,
        )
        .called("shrinkage s"),
        Field::<Self>::number(
            "beta",
            "β",
            Role::Guard,
            Valid::NonNegative,
            [0.0, 1.0],
            "Added to the root of the squares; larger values slow every coordinate.",
            |rule| &mut rule.beta,
        )
        .called("slowing β"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            keras: Some(PUBLISHED),
            ..Defaults::only_published(PUBLISHED)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::ABOUT.idea)
    }

    fn remark(&self) -> Option<&'static str> {
        Some("The first step nearly forgets the start: it is a point of balance around 0.")
    }

    fn equations(&self) -> Vec<&'static str> {
        let mut lines = vec![
            "sigma = ((n + g^2)^(-learning_rate_power) - n^(-learning_rate_power))/learning_rate",
            "n <- n + g^2; n_0 = initial_accumulator",
            if self.l2_shrinkage > 0.0 {
                "z <- z + g + 2*l2_shrinkage*theta - sigma*theta"
            } else {
                "z <- z + g - sigma*theta"
            },
        ];
        lines.push(if self.l1 > 0.0 {
            "theta <- (max(min(z, l1), -l1) - z)/((n^(-learning_rate_power) + beta)/learning_rate + 2*l2)"
        } else {
            "theta <- -z/((n^(-learning_rate_power) + beta)/learning_rate + 2*l2)"
        });
        lines
    }
}

/// The sum of squares (n) and the sum of gradients (z).
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    squares: N,
    sum: N,
}

impl Ftrl {
    /// (nᵖ + β)/η + 2l₂
    fn pull<N: Real>(&self, squares: N) -> N {
        (squares.powf(-self.learning_rate_power) + self.beta) / self.learning_rate + 2.0 * self.l2
    }
}

impl CoordinateRule for Ftrl {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = ();

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            squares: N::from(self.initial_accumulator),
            sum: N::ZERO,
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
        let power = -self.learning_rate_power;
        let before = state.squares.powf(power);
        state.squares += gradient * gradient;
        let fall = (state.squares.powf(power) - before) / self.learning_rate;
        state.sum += gradient + position * (2.0 * self.l2_shrinkage) - fall * position;
        let pull = self.pull(state.squares);
        let held = state.sum.min(N::from(self.l1)).max(N::from(-self.l1));
        let arrived = (held - state.sum) / pull;
        let from_gradient = if held == state.sum {
            N::ZERO
        } else {
            -gradient / pull
        };
        probe.note(SQUARES, state.squares);
        probe.note(CHANGE, fall);
        probe.note(SUM, state.sum);
        probe.note(FROM_MEMORY, arrived - position - from_gradient);
        probe.note(FROM_GRADIENT, from_gradient);
        arrived
    }

    fn divided_by_zero<N: Real>(&self, state: &State<N>) -> Option<&'static str> {
        if self.learning_rate == 0.0 {
            return Some("η, which is 0");
        }
        (self.pull(state.squares) == 0.0).then_some("(n to the power −q + β) / η, which is 0")
    }
}
