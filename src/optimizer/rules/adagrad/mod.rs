//! Adagrad: each coordinate's rate decreases with the gradients it has seen.

pub(in crate::optimizer) mod full;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, ByHand, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note,
    NoteRole, NoteShape, Outcome, Parent, Probe, Real, Role, Trial, Valid, Visitor, fields, forms,
    notes,
};

notes! {
    SQUARES: Note::squares("G"),
    PRODUCTS: Note::written(
        "G_xy",
        [r"G_{xy}", "G xy"],
        "accumulated products",
        NoteRole::Squares,
        NoteShape::Pair,
    ),
    DECAYED: Note::written(
        "eta_t",
        [r"\eta_t", "ηₜ"],
        "learning rate of this step",
        NoteRole::Other(Family::Squares),
        NoteShape::Scalar,
    ),
    RATE: Note::RATE,
    RATE_ACROSS: Note::written(
        "rate_xy",
        [r"\eta_{xy}", "rate across"],
        "effective rate across",
        NoteRole::Rate,
        NoteShape::Pair,
    ),
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

forms! {
    /// The part of the matrix G = Σ g gᵀ that is kept.
    AdagradMatrix {
        /// The diagonal: one rate per coordinate.
        Diagonal,
        /// The full matrix: the rates follow the orientation of the valley.
        Full,
    }
}

/// Diagonal: G ← G + g²; θ ← θ − η′ g / √(G + ε) (inside) or / (√G + ε) (outside), with
/// η′ = η / (1 + (t − 1) decay).
/// Full: G ← G + g gᵀ from G₀ I; θ ← θ − η′ (G + ε I)^(−½) g (inside) or
/// − η′ (G^½ + ε I)^(−1) g (outside).
///
/// Duchi, Hazan & Singer, *Adaptive subgradient methods for online learning and stochastic
/// optimization*, 2011, figure 1 (δ outside); ε inside as Ruder 2016, section 4.3.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Adagrad {
    /// η
    pub learning_rate: f64,
    /// ε
    pub epsilon: f64,
    /// Whether ε is inside the square root.
    pub epsilon_inside_sqrt: bool,
    /// G₀, on the diagonal.
    pub initial_accumulator: f64,
    /// The decay of η itself, independent of the accumulator.
    pub learning_rate_decay: f64,
    /// The part of G that is kept.
    pub matrix: AdagradMatrix,
}

const PUBLISHED: Adagrad = Adagrad {
    learning_rate: 0.01,
    epsilon: 1e-8,
    epsilon_inside_sqrt: true,
    initial_accumulator: 0.0,
    learning_rate_decay: 0.0,
    matrix: AdagradMatrix::Diagonal,
};

impl Described for Adagrad {
    const ABOUT: About = About {
        name: "Adagrad",
        title: "Adagrad",
        source: "J. Duchi, E. Hazan, Y. Singer, Journal of Machine Learning Research 12, 2011",
        idea: "Every coordinate slows down by the gradients it has seen, and never speeds up again.",
        hue: 3,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2011,
        kin: Kin::Adaptive,
        parents: &[Parent::of("GradientDescent", "a rate per weight")],
        good_for: Claim::trial(
            "A valley along an axis: each coordinate has a rate that suits it.",
            Trial::on("LongValley", [-4.0, 1.0], 300).with(&[("learning_rate", 1.0)]),
        ),
        fails_when: Claim::trial(
            "Its rates only fall, so with a small one it comes to rest half-way.",
            Trial::on("LongValley", [-4.0, 1.0], 200)
                .with(&[("learning_rate", 0.1)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-4, 10.0], |rule| &mut rule.learning_rate),
        fields::epsilon(|rule| &mut rule.epsilon),
        Field::choice(
            "matrix",
            "matrix",
            Role::Other,
            AdagradMatrix::NAMES,
            "Diagonal: one rate for each axis; Full: the whole matrix G, which rotates with the valley.",
            |rule| &mut rule.matrix,
        ),
        fields::epsilon_inside_sqrt(
            "On: √(G + ε), as in the article, Keras and Optax; off: √G + ε, as in PyTorch.",
            |rule| &mut rule.epsilon_inside_sqrt,
        ),
        Field::<Self>::number(
            "initial_accumulator",
            "G₀",
            Role::Form,
            Valid::NonNegative,
            [0.0, 1.0],
            "Where the sum of squares starts; larger values shorten the first steps.",
            |rule| &mut rule.initial_accumulator,
        )
        .called("initial sum G₀"),
        Field::<Self>::number(
            "learning_rate_decay",
            "decay",
            Role::RateDecay,
            Valid::NonNegative,
            [0.0, 0.1],
            "Shrinks η itself as 1/(1 + decay · steps), on top of the sum.",
            |rule| &mut rule.learning_rate_decay,
        )
        .called("rate decay"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            paper: PUBLISHED,
            pytorch: Some(Self {
                epsilon: 1e-10,
                epsilon_inside_sqrt: false,
                ..PUBLISHED
            }),
            keras: Some(Self {
                learning_rate: 0.001,
                epsilon: 1e-7,
                initial_accumulator: 0.1,
                ..PUBLISHED
            }),
            optax: Some(Self {
                epsilon: 1e-7,
                initial_accumulator: 0.1,
                ..PUBLISHED
            }),
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self.matrix {
            AdagradMatrix::Diagonal => Self::ABOUT.idea,
            AdagradMatrix::Full => {
                "Every direction, not just the axes, slows down by the gradients it has seen, and \
                 never speeds up again."
            }
        })
    }

    fn equations(&self) -> Vec<&'static str> {
        let decays = self.learning_rate_decay > 0.0;
        let mut lines = vec![if self.initial_accumulator > 0.0 {
            "G <- G + g^2; G_0 = initial_accumulator"
        } else {
            "G <- G + g^2"
        }];
        if decays {
            lines.push("eta_t = learning_rate/(1 + (t - 1)*learning_rate_decay)");
        }
        lines.push(match (self.epsilon_inside_sqrt, decays) {
            (true, false) => "theta <- theta - learning_rate*g/sqrt(G + epsilon)",
            (true, true) => "theta <- theta - eta_t*g/sqrt(G + epsilon)",
            (false, false) => "theta <- theta - learning_rate*g/(sqrt(G) + epsilon)",
            (false, true) => "theta <- theta - eta_t*g/(sqrt(G) + epsilon)",
        });
        lines
    }

    fn by_hand(&self, t: u64) -> Option<ByHand> {
        (self.matrix == AdagradMatrix::Full).then(|| full::equations(self, t))
    }

    /// 1: the only memory is in the effective rate.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(1.0)
    }
}

impl Adagrad {
    /// Visits the rule that `matrix` selects.
    pub(in crate::optimizer) fn visit<V: Visitor>(&self, visitor: V) -> V::Out {
        match self.matrix {
            AdagradMatrix::Diagonal => visitor.coordinate(self),
            AdagradMatrix::Full => visitor.whole(&full::FullMatrix(*self)),
        }
    }

    /// η′, the learning rate of step `t` after its own decay.
    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    fn decayed_rate<N: Real>(&self, t: u64) -> N {
        let decay = N::from((t - 1) as f64) * self.learning_rate_decay;
        N::from(self.learning_rate) / (N::ONE + decay)
    }
}

impl CoordinateRule for Adagrad {
    /// G
    type State<N: Real> = N;
    /// η′
    type Clock<N: Real> = N;

    fn begin<N: Real>(&self, _position: N) -> Self::State<N> {
        N::from(self.initial_accumulator)
    }

    fn clock<N: Real>(&self, t: u64, _before: Option<&N>) -> Self::Clock<N> {
        self.decayed_rate(t)
    }

    fn update<N: Real, P: Probe>(
        &self,
        position: N,
        gradient: N,
        squares: &mut N,
        &rate: &N,
        probe: &mut P,
    ) -> N {
        *squares += gradient * gradient;
        let root = if self.epsilon_inside_sqrt {
            (*squares + self.epsilon).sqrt()
        } else {
            squares.sqrt() + self.epsilon
        };
        let step = rate * gradient / root;
        probe.note(SQUARES, *squares);
        probe.note(DECAYED, rate);
        probe.note(RATE, rate / root);
        probe.note(FROM_GRADIENT, -step);
        position - step
    }

    fn divided_by_zero<N: Real>(&self, squares: &N) -> Option<&'static str> {
        (*squares + self.epsilon == 0.0).then_some(if self.epsilon_inside_sqrt {
            "√(G + ε), and both are 0"
        } else {
            "√G + ε, and both are 0"
        })
    }
}
