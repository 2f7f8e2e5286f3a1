//! Polyak's step size: the step is proportional to the gap above the minimum value.

use serde::{Deserialize, Serialize};

use super::{
    About, Block, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
    NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Role, Trial, Valid, forms,
    notes,
};
use crate::optimizer::rule::{ASKED, GRADIENT};

forms! {
    /// What happens if the loss is below `f_min`.
    PolyakVariant {
        /// The gap is negative, so the step goes uphill.
        Sps,
        /// The gap counts as 0, so nothing moves.
        SpsPlus,
    }
}

notes! {
    GAP: Note::written(
        "gap",
        [r"\text{gap}", "gap"],
        "gap to the lowest value",
        NoteRole::Other(Family::Squares),
        NoteShape::Scalar,
    ),
    SQUARE: Note::written(
        "n",
        ["n", "n"],
        "squared length of the gradient",
        NoteRole::Other(Family::Squares),
        NoteShape::Scalar,
    ),
    RATE: Note::written(
        "a",
        ["a", "a"],
        "effective rate",
        NoteRole::Rate,
        NoteShape::Scalar,
    ),
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// n = ‖g‖² + ε; a = min((f − `f_min`)/n, `max_learning_rate`); θ ← θ − `scaling` · a · g; no step
/// if n ≤ 2⁻⁵².
///
/// Polyak, *Introduction to optimization*, 1987, section 5.3; Loizou et al., *Stochastic Polyak
/// step-size for SGD*, 2021, eq. 2 (`SPS_max`), as in Optax if `scaling` is 1 (Optax scales the
/// gradient before measuring it; here the step is scaled). It needs the loss as well as the
/// gradient, over the same rows. It has no learning rate: a schedule drives `scaling`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PolyakSgd {
    /// A factor of every step.
    pub scaling: f64,
    /// The upper limit of the rate.
    pub max_learning_rate: f64,
    /// The assumed minimum of the loss.
    pub f_min: f64,
    /// ε
    pub epsilon: f64,
    /// What happens if the loss is below `f_min`.
    pub variant: PolyakVariant,
}

const PUBLISHED: PolyakSgd = PolyakSgd {
    scaling: 1.0,
    max_learning_rate: 1.0,
    f_min: 0.0,
    epsilon: 0.0,
    variant: PolyakVariant::Sps,
};

/// The squared gradient length up to which there is no step: 2⁻⁵².
const NOTHING: f64 = f64::EPSILON;

impl Described for PolyakSgd {
    const ABOUT: About = About {
        name: "PolyakSgd",
        title: "Polyak SGD",
        source: "B. T. Polyak, Introduction to Optimization, 1987; N. Loizou et al., AISTATS 2021",
        idea: "Knows how low the loss can get, and steps as far as a straight slope would need to get \
               there.",
        hue: 3,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1987,
        kin: Kin::FirstOrder,
        parents: &[Parent::of("GradientDescent", "step from the loss")],
        good_for: Claim::trial(
            "A loss whose lowest value is known: no rate has to be found.",
            Trial::on("Booth", [-8.0, 8.0], 300),
        ),
        fails_when: Claim::trial(
            "If the loss can fall below the assumed lowest value, it turns back uphill.",
            Trial::on("McCormick", [2.0, 2.0], 200).ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        Field::number(
            "scaling",
            "scaling",
            Role::Rate,
            Valid::NonNegative,
            [1e-3, 10.0],
            "Multiplies every step; a schedule drives it, as there is no learning rate.",
            |rule| &mut rule.scaling,
        ),
        Field::<Self>::number(
            "max_learning_rate",
            "η max",
            Role::Other,
            Valid::NonNegative,
            [1e-5, 10.0],
            "The highest effective rate, however flat the surface.",
            |rule| &mut rule.max_learning_rate,
        )
        .called("highest rate"),
        Field::<Self>::number(
            "f_min",
            "f min",
            Role::Other,
            Valid::Finite,
            [-100.0, 100.0],
            "The lowest value that the loss is assumed to have.",
            |rule| &mut rule.f_min,
        )
        .called("lowest loss"),
        Field::number(
            "epsilon",
            "ε",
            Role::Guard,
            Valid::NonNegative,
            [0.0, 1.0],
            "Added to the squared length of the gradient.",
            |rule| &mut rule.epsilon,
        ),
        Field::<Self>::choice(
            "variant",
            "below f min",
            Role::Other,
            PolyakVariant::NAMES,
            "What happens below the lowest loss: SPS goes uphill, SPS plus stays put.",
            |rule| &mut rule.variant,
        )
        .called("below lowest"),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults {
            optax: Some(PUBLISHED),
            ..Defaults::only_published(PUBLISHED)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn remark(&self) -> Option<&'static str> {
        Some("It has no learning rate: a schedule drives the scaling.")
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            match self.variant {
                PolyakVariant::Sps => "gap = value(theta) - f_min",
                PolyakVariant::SpsPlus => "gap = max(value(theta) - f_min, 0)",
            },
            if self.epsilon > 0.0 {
                "n = norm(g)^2 + epsilon"
            } else {
                "n = norm(g)^2"
            },
            "a = if(n <= 2^(-52), 0, scaling*min(gap/n, max_learning_rate))",
            "theta <- theta - a*g",
        ]
    }
}

impl Optimizer for PolyakSgd {
    /// Space for one gradient.
    type State<N: Real> = Vec<N>;

    fn needs(&self) -> Queries {
        Queries {
            value: true,
            ..Queries::GRADIENT
        }
    }

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> Vec<N> {
        vec![N::ZERO; at.len()]
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        gradient: &mut Vec<N>,
        _t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        oracle.gradient(at, gradient);
        let gap = oracle.value(at) - self.f_min;
        let gap = match self.variant {
            // Not `max`, which would turn NaN into 0.
            PolyakVariant::SpsPlus if gap < 0.0 => N::ZERO,
            PolyakVariant::Sps | PolyakVariant::SpsPlus => gap,
        };
        let square = gradient.iter().map(|&part| part * part).sum::<N>() + self.epsilon;
        let rate = if square <= NOTHING {
            N::ZERO
        } else {
            lower(gap / square, N::from(self.max_learning_rate)) * self.scaling
        };
        probe.note(GAP, gap);
        probe.note(SQUARE, square);
        probe.note(RATE, rate);
        for (index, (position, gradient)) in at.iter_mut().zip(gradient).enumerate() {
            let step = rate * *gradient;
            probe.coordinate(index);
            probe.note(ASKED, *position);
            probe.note(GRADIENT, *gradient);
            probe.note(FROM_GRADIENT, -step);
            *position -= step;
        }
    }
}

/// The smaller of two numbers; a NaN in the first one is passed on.
fn lower<N: Real>(number: N, bound: N) -> N {
    if number > bound { bound } else { number }
}
