//! Sharpness-aware minimization: the gradient is asked where the loss is higher.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Block, ByHand, Claim, Defaults, Described, Family, Field, History, Inner, Kin, Note,
    NoteId, NoteRole, NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Role,
    Rule, Run, Trial, Valid, step_wrapped,
};
use crate::real::length;

/// The inner rule is given ∇f(θ + ρ ĝ/(‖ĝ‖ + ε)), where ĝ = ∇f(θ): two gradients in a step.
///
/// Foret, Kleiner, Mobahi & Neyshabur, *Sharpness-aware minimization for efficiently improving
/// generalization*, 2021, algorithm 1, as in Optax' `contrib.sam` in its opaque mode; the authors' code
/// adds ε = 10⁻¹² to the norm. Where the gradient is 0 and ε is 0, there is no way up, and the step is
/// the inner rule's own. Both gradients are over the same rows. Losses and Hessians pass unchanged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sam<I> {
    /// ρ
    #[serde(default = "published_radius")]
    pub rho: f64,
    /// ε
    #[serde(default)]
    pub epsilon: f64,
    /// The rule that is given the gradient from up there.
    pub inner: I,
}

const fn published_radius() -> f64 {
    0.05
}

const NOTES: &[Note] = &[
    Note::written(
        "here",
        [r"\nabla{f}", "∇f"],
        "gradient at the position",
        NoteRole::Other(Family::Gradient),
        NoteShape::Coordinate,
    ),
    Note::written(
        "ascent",
        [r"\delta", "δ"],
        "step uphill",
        NoteRole::Other(Family::Query),
        NoteShape::Coordinate,
    ),
    Note::written(
        "above",
        ["g", "g"],
        "gradient after the step uphill",
        NoteRole::Other(Family::Gradient),
        NoteShape::Coordinate,
    ),
];
const HERE: NoteId = 0;
const ASCENT: NoteId = 1;
const ABOVE: NoteId = 2;
/// The number of the wrapper's own notes.
const OWN_NOTES: NoteId = 3;

impl<I: Inner> Described for Sam<I> {
    const ABOUT: About = About {
        name: "Sam",
        title: "SAM",
        source: "P. Foret, A. Kleiner, H. Mobahi, B. Neyshabur, ICLR 2021",
        idea: "Asks for the gradient a short way uphill: in a sharp valley it is steep there, so the \
               rule inside is driven out and settles where the surface is flat.",
        hue: 7,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2021,
        kin: Kin::Wrappers,
        parents: &[Parent::of("GradientDescent", "ask uphill")],
        good_for: Claim::trial(
            "Flat minima: it asks for the gradient a little further uphill.",
            Trial::on("Booth", [-8.0, 8.0], 600).with(&[("inner.learning_rate", 0.05)]),
        ),
        fails_when: Claim::trial(
            "Near a minimum it never settles, since it asks beyond it.",
            Trial::on("LongValley", [-4.0, 1.0], 50)
                .with(&[("inner.learning_rate", 0.001)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::number(
            "rho",
            "ρ",
            Role::Other,
            Valid::NonNegative,
            [0.0, 2.0],
            "How far uphill the gradient is asked: minima narrower than this do not hold the rule.",
            |rule| &mut rule.rho,
        )
        .called("radius ρ"),
        Field::<Self>::number(
            "epsilon",
            "ε",
            Role::Other,
            Valid::NonNegative,
            [0.0, 1.0],
            "Added to the length of the gradient; the authors' code has 1e-12.",
            |rule| &mut rule.epsilon,
        )
        .called("guard ε"),
    ];

    fn defaults() -> Defaults<Self> {
        let published = Self {
            rho: published_radius(),
            epsilon: 0.0,
            inner: I::standard(),
        };
        Defaults {
            optax: Some(published.clone()),
            ..Defaults::only_published(published)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.rho == 0.0 {
            "With a radius of 0, this is the rule inside alone, and every gradient is asked twice."
        } else {
            Self::ABOUT.idea
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some("Every step costs two gradients.")
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        let (latex, text) = if self.epsilon > 0.0 {
            (
                r"<ascent> = <rho>\, <here> / (\|<here>\| + <epsilon>)",
                "g = ∇f(θ + ρ ∇f/(‖∇f‖ + ε)), which the rule inside sees as its gradient",
            )
        } else {
            (
                r"<ascent> = <rho>\, <here> / \|<here>\|",
                "g = ∇f(θ + ρ ∇f/‖∇f‖), which the rule inside sees as its gradient",
            )
        };
        Some(ByHand {
            latex: vec![
                latex,
                r"<above> = \nabla f(<theta> + <ascent>)",
                r"<theta> \leftarrow \text{step}(<theta>, <above>)",
            ],
            text,
        })
    }

    fn inner(&self) -> Option<&dyn Rule> {
        Some(self.inner.rule())
    }

    fn inner_mut(&mut self) -> Option<&mut dyn Rule> {
        Some(self.inner.rule_mut())
    }
}

/// The last gradient at the position, the step uphill, the gradient there, and the run of the rule
/// inside.
#[derive(Clone)]
pub struct State<N: Real> {
    here: Vec<N>,
    ascent: Vec<N>,
    above: Vec<N>,
    /// Where the gradient is asked for the second time.
    point: Vec<N>,
    inner: Box<dyn Run<N>>,
}

impl<I: Inner> Optimizer for Sam<I> {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        self.inner.needs()
    }

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> State<N> {
        let zeros = vec![N::ZERO; at.len()];
        State {
            here: zeros.clone(),
            ascent: zeros.clone(),
            above: zeros.clone(),
            point: zeros,
            inner: self.inner.begin(at, blocks),
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
        let State {
            here,
            ascent,
            above,
            point,
            inner,
        } = state;
        let mut climbing = Climbing {
            radius: self.rho,
            epsilon: self.epsilon,
            oracle,
            here,
            ascent,
            above,
            point,
        };
        step_wrapped(&mut **inner, at, t, &mut climbing, probe, OWN_NOTES);
        for (index, ((here, ascent), above)) in here.iter().zip(ascent).zip(above).enumerate() {
            probe.coordinate(index);
            probe.note(HERE, *here);
            probe.note(ASCENT, *ascent);
            probe.note(ABOVE, *above);
        }
    }

    fn inner<N: Real>(state: &mut State<N>) -> Option<&mut dyn Run<N>> {
        Some(&mut *state.inner)
    }
}

/// Answers with gradients from uphill, and keeps the way to the last one.
struct Climbing<'a, N: Real> {
    radius: f64,
    epsilon: f64,
    oracle: &'a mut dyn Oracle<N>,
    here: &'a mut [N],
    ascent: &'a mut [N],
    above: &'a mut [N],
    point: &'a mut [N],
}

impl<N: Real> Oracle<N> for Climbing<'_, N> {
    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        self.oracle.gradient(at, self.here);
        let length = length(self.here) + self.epsilon;
        let ways = self.ascent.iter_mut().zip(&mut *self.point);
        for ((&slope, &position), (ascent, point)) in self.here.iter().zip(at).zip(ways) {
            *ascent = if length == 0.0 {
                N::ZERO
            } else {
                slope / length * self.radius
            };
            *point = position + *ascent;
        }
        self.oracle.gradient(self.point, gradient);
        self.above.copy_from_slice(gradient);
    }

    fn value(&mut self, at: &[N]) -> N {
        self.oracle.value(at)
    }

    fn hessian(&mut self, at: &[N], hessian: &mut [N]) {
        self.oracle.hessian(at, hessian);
    }

    fn hessian_diagonal(&mut self, at: &[N], diagonal: &mut [N]) {
        self.oracle.hessian_diagonal(at, diagonal);
    }
}
