//! Newton's method: jumps to the stationary point of the local quadratic.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Block, ByHand, Claim, Defaults, Described, Field, History, Kin, Note, Optimizer, Oracle,
    Outcome, Probe, Queries, Real, Role, Trial, Undefined, Valid, fields, forms, notes,
};
use crate::optimizer::rule::{ASKED, GRADIENT};

forms! {
    /// The curvature by which the step is divided.
    NewtonCurvature {
        /// The Hessian itself, which is attracted by saddles.
        Raw,
        /// The absolute values of its eigenvalues, which is repelled by saddles.
        Absolute,
    }
}

notes! {
    FROM_GRADIENT: Note::FROM_GRADIENT,
}

/// θ ← θ − η (H + λI)⁻¹ g; with `curvature: Absolute`, |H| instead of H.
///
/// Damped Newton's method; |H| has the eigenvectors of H and the absolute values of its eigenvalues
/// (Dauphin et al., *Identifying and attacking the saddle point problem*, 2014, algorithm 1:
/// saddle-free Newton). It needs more than a gradient: the full n × n Hessian in every step. Where
/// H + λI is singular, the step is undefined.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Newton {
    /// η
    pub learning_rate: f64,
    /// λ
    pub damping: f64,
    /// The curvature by which the step is divided.
    pub curvature: NewtonCurvature,
}

const PUBLISHED: Newton = Newton {
    learning_rate: 1.0,
    damping: 0.0,
    curvature: NewtonCurvature::Raw,
};

impl Described for Newton {
    const ABOUT: About = About {
        name: "Newton",
        title: "Newton",
        source: "J. Raphson, Analysis aequationum universalis, 1690; Y. Dauphin et al., NIPS 2014",
        idea: "Uses more than a gradient: with the curvature known, it jumps to where the local \
               quadratic is level, be it a minimum or a saddle.",
        hue: 0,
    };

    const HISTORY: Option<History> = Some(History {
        year: 1690,
        kin: Kin::SecondOrder,
        parents: &[],
        good_for: Claim::trial(
            "A quadratic: one step leads to its minimum, however long the valley is.",
            Trial::on("LongValley", [-4.0, 1.0], 5),
        ),
        fails_when: Claim::trial(
            "A saddle attracts it like a minimum.",
            Trial::on("Saddle", [-1.0, 0.3], 20).ends(Outcome::Stays),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-3, 2.0], |rule| &mut rule.learning_rate),
        Field::<Self>::number(
            "damping",
            "λ",
            Role::Guard,
            Valid::NonNegative,
            [0.0, 100.0],
            "Added to every curvature: large values shorten the step and turn it downhill.",
            |rule| &mut rule.damping,
        )
        .called("damping λ"),
        Field::choice(
            "curvature",
            "curvature",
            Role::Other,
            NewtonCurvature::NAMES,
            "Raw: the Hessian, which is drawn to saddles; Absolute: its eigenvalues by size.",
            |rule| &mut rule.curvature,
        ),
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(PUBLISHED)
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self.curvature {
            NewtonCurvature::Raw if self.damping == 0.0 => Self::ABOUT.idea,
            NewtonCurvature::Raw => {
                "Uses more than a gradient: with the curvature known, it heads for where the local \
                 quadratic is level, while the damping shortens the step and turns it downhill."
            }
            NewtonCurvature::Absolute => {
                "Uses more than a gradient: every slope is divided by the size of the curvature \
                 along it, so it runs through long valleys and away from saddles."
            }
        })
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        let step = match (self.curvature, self.damping > 0.0) {
            (NewtonCurvature::Raw, false) => {
                r"<theta> \leftarrow <theta> - <learning_rate>\, H^{-1} <g>"
            }
            (NewtonCurvature::Raw, true) => {
                r"<theta> \leftarrow <theta> - <learning_rate> \left(H + <damping> I\right)^{-1} <g>"
            }
            (NewtonCurvature::Absolute, false) => {
                r"<theta> \leftarrow <theta> - <learning_rate>\, |H|^{-1} <g>"
            }
            (NewtonCurvature::Absolute, true) => {
                r"<theta> \leftarrow <theta> - <learning_rate> \left(|H| + <damping> I\right)^{-1} <g>"
            }
        };
        Some(ByHand {
            latex: vec![step],
            text: "θ ← θ − η (H + λI)⁻¹ g",
        })
    }
}

/// Space for one gradient and one Hessian.
#[derive(Clone, Debug)]
pub struct State<N> {
    gradient: Vec<N>,
    /// Row by row; as it is symmetric, also column by column.
    hessian: Vec<N>,
}

impl Optimizer for Newton {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        Queries {
            hessian: true,
            ..Queries::GRADIENT
        }
    }

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> State<N> {
        State {
            gradient: vec![N::ZERO; at.len()],
            hessian: vec![N::ZERO; at.len() * at.len()],
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        State { gradient, hessian }: &mut State<N>,
        _t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        oracle.gradient(at, gradient);
        oracle.hessian(at, hessian);
        let direction = self.direction(gradient, hessian);
        for (index, (position, direction)) in at.iter_mut().zip(direction).enumerate() {
            let step = direction * self.learning_rate;
            probe.coordinate(index);
            probe.note(ASKED, *position);
            probe.note(GRADIENT, gradient[index]);
            probe.note(FROM_GRADIENT, -step);
            *position -= step;
        }
    }

    fn undefined<N: Real>(&self, _at: &[N], state: &mut State<N>) -> Option<Undefined> {
        self.is_singular(state).then_some(Undefined {
            divisor: Some(match self.curvature {
                NewtonCurvature::Raw => "H + λI, which has no inverse there",
                NewtonCurvature::Absolute => "|H| + λI, which has no inverse there",
            }),
            coordinate: None,
        })
    }
}

impl Newton {
    /// Whether this Hessian, which is finite, cannot be inverted; nor can one so nearly singular
    /// that its inverse leaves the range of numbers.
    fn is_singular<N: Real>(&self, State { gradient, hessian }: &State<N>) -> bool {
        let is_known = hessian
            .iter()
            .chain(gradient)
            .all(|entry| entry.is_finite());
        let direction = self.direction(gradient, hessian);
        is_known && direction.iter().any(|part| !part.is_finite())
    }

    /// (H + λI)⁻¹ g, or the same with |H|; NaN if the matrix is singular.
    fn direction<N: Real>(&self, gradient: &[N], hessian: &[N]) -> Vec<N> {
        let undefined = || vec![N::from(f64::NAN); gradient.len()];
        if hessian.iter().any(|entry| !entry.is_finite()) {
            return undefined();
        }
        let n = gradient.len();
        match self.curvature {
            NewtonCurvature::Raw => {
                let mut damped = hessian.to_vec();
                for diagonal in damped.iter_mut().step_by(n + 1) {
                    *diagonal += self.damping;
                }
                N::solve(damped, gradient.to_vec()).unwrap_or_else(undefined)
            }
            NewtonCurvature::Absolute => {
                let divide = |along: N, curvature: N| along / (curvature.abs() + self.damping);
                N::symmetric_eigen(hessian.to_vec(), n).apply(gradient, divide)
            }
        }
    }
}
