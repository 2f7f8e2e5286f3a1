//! Rprop: uses only the sign of the gradient, and adapts the step size of every coordinate.

use serde::{Deserialize, Serialize};

use super::{
    About, Claim, CoordinateRule, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Outcome, Parent, Probe, Real, Role, Trial, Valid, fields, notes,
};

notes! {
    FACTOR: Note::new("k", "change of the step size", NoteRole::Other(Family::Squares)),
    SIZE: Note::written(
        "s",
        ["s", "s"],
        "step size",
        NoteRole::Other(Family::Squares),
        NoteShape::Coordinate,
    ),
    KEPT: Note::written(
        "h",
        ["h", "h"],
        "gradient that counts",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// With h, the gradient of the previous step: g h > 0: s ← s η₊; g h < 0: s ← s η₋ and g ← 0; s
/// clamped to [`step_min`, `step_max`]; θ ← θ − s sign(g); h ← g.
///
/// Riedmiller & Braun, *A direct adaptive method for faster backpropagation learning: the RPROP
/// algorithm*, 1993, in PyTorch's variant (without backtracking). s starts at `learning_rate`;
/// later changes of that have no effect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rprop {
    /// The first step size.
    pub learning_rate: f64,
    /// η₋
    pub eta_minus: f64,
    /// η₊
    pub eta_plus: f64,
    /// The smallest step size.
    pub step_min: f64,
    /// The largest step size.
    pub step_max: f64,
}

const PUBLISHED: Rprop = Rprop {
    learning_rate: 0.01,
    eta_minus: 0.5,
    eta_plus: 1.2,
    step_min: 1e-6,
    step_max: 50.0,
};

impl Described for Rprop {
    const ABOUT: About = About {
        name: "Rprop",
        title: "Rprop",
        source: "M. Riedmiller, H. Braun, IEEE International Conference on Neural Networks, 1993",
        idea: "Each coordinate lengthens its stride while the slope keeps its sign and shortens it \
               when it turns.",
        hue: 1,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1993,
        kin: Kin::Sign,
        parents: &[Parent::of("GradientDescent", "signs only")],
        good_for: Claim::trial(
            "Exact gradients: strides grow while the sign stays and shrink when it turns.",
            Trial::on("LongValley", [-4.0, 1.0], 100),
        ),
        fails_when: Claim::trial(
            "Many bumps: the stride shrinks at the first of them.",
            Trial::on("Rastrigin", [-4.3, 3.4], 300).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-5, 10.0], |rule| &mut rule.learning_rate),
        Field::<Self>::number(
            "eta_minus",
            "η₋",
            Role::Other,
            Valid::Fraction,
            [0.05, 0.999],
            "What the step size is multiplied by where the gradient changes its sign.",
            |rule| &mut rule.eta_minus,
        )
        .called("shrink by η₋"),
        Field::<Self>::number(
            "eta_plus",
            "η₊",
            Role::Other,
            Valid::AtLeastOne,
            [1.0, 2.0],
            "What the step size is multiplied by where the gradient keeps its sign.",
            |rule| &mut rule.eta_plus,
        )
        .called("grow by η₊"),
        Field::<Self>::number(
            "step_min",
            "s min",
            Role::Other,
            Valid::NonNegative,
            [1e-12, 0.1],
            "The shortest step, which limits how close to a minimum it can get.",
            |rule| &mut rule.step_min,
        )
        .called("shortest step"),
        Field::<Self>::number(
            "step_max",
            "s max",
            Role::Other,
            Valid::NonNegative,
            [0.01, 100.0],
            "The longest step.",
            |rule| &mut rule.step_max,
        )
        .called("longest step"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            pytorch: Some(PUBLISHED),
            ..Defaults::only_published(PUBLISHED)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn remark(&self) -> Option<&'static str> {
        Some("The learning rate is only the first step size: changing it later has no effect.")
    }

    fn heeds_rate(&self) -> bool {
        false
    }

    fn conflict(&self) -> Option<&'static str> {
        (self.step_min > self.step_max).then_some("step_min must not be above step_max")
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "k = if(g*h > 0, eta_plus, if(g*h < 0, eta_minus, 1))",
            "s <- max(min(k*s, step_max), step_min); s_0 = learning_rate",
            "h <- if(g*h < 0, 0, g)",
            "theta <- theta - s*sign(h)",
        ]
    }
}

/// The step size s, and the previous gradient (h): 0 if its sign had changed.
#[derive(Clone, Copy, Debug)]
pub struct State<N> {
    size: N,
    kept: N,
}

impl CoordinateRule for Rprop {
    type State<N: Real> = State<N>;
    type Clock<N: Real> = ();

    fn begin<N: Real>(&self, _position: N) -> State<N> {
        State {
            size: N::from(self.learning_rate),
            kept: N::ZERO,
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
        let agreement = gradient * state.kept;
        let factor = if agreement > 0.0 {
            self.eta_plus
        } else if agreement < 0.0 {
            self.eta_minus
        } else {
            1.0
        };
        // Not `clamp`, which panics if edits have made the limits cross.
        let [step_min, step_max] = [self.step_min, self.step_max].map(N::from);
        state.size = (state.size * factor).min(step_max).max(step_min);
        state.kept = if agreement < 0.0 { N::ZERO } else { gradient };
        let step = state.size * state.kept.sign();
        probe.note(FACTOR, N::from(factor));
        probe.note(SIZE, state.size);
        probe.note(KEPT, state.kept);
        probe.note(FROM_GRADIENT, -step);
        position - step
    }
}
