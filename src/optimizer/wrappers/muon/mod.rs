//! Muon: momentum whose singular values are made alike, matrix by matrix.

mod newton_schulz;
mod step;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, ByHand, Claim, Defaults, Described, Field, History, Inner, Kin, Note, NoteRole, Outcome,
    Parent, Role, Rule, Trial, Valid, fields, forms, notes,
};

notes! {
    MOMENT: Note::new("B", "momentum", NoteRole::Moment),
    BLENDED: Note::new("D", "direction before", NoteRole::MatrixBefore),
    ORTHOGONAL: Note::new("X", "direction after", NoteRole::MatrixAfter),
    FROM_DECAY: Note::FROM_DECAY,
    FROM_MOMENT: Note::FROM_MEMORY,
}

forms! {
    /// How ε keeps the division by the norm of a matrix finite.
    MuonEpsilon {
        /// X / (‖X‖ + ε)
        Added,
        /// X / max(‖X‖, ε)
        Clamp,
    }
}

forms! {
    /// The factor k of a step, which depends on the shape of the matrix.
    MuonScale {
        /// √max(1, outputs/inputs)
        Original,
        /// `rms` · √max(outputs, inputs)
        MatchRms,
        /// √(outputs/inputs)
        SpectralUnclamped,
        /// 1
        Unscaled,
    }
}

/// For a matrix W with gradient G: B ← μB + (1−μ)G; D = μB + (1−μ)G if `nesterov`, else B; X = D/‖D‖
/// and then, a few times, A = X Xᵀ and X ← aX + (bA + cA²)X; W ← W(1−ηλ) − ηkX.
///
/// With `momentum_correction`, D = μB/(1−μᵗ⁺¹) + (1−μ)G/(1−μᵗ), or else B/(1−μᵗ). A matrix with more
/// rows than columns is transposed before the steps and after them. What is no matrix is moved by
/// `vectors`; left out, by Adam with Muon's rate.
///
/// Jordan et al., *Muon: an optimizer for hidden layers in neural networks*, 2024; `MatchRms` as Liu
/// et al., *Muon is scalable for LLM training*, 2025.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Muon<I> {
    /// η
    pub learning_rate: f64,
    /// μ
    pub momentum: f64,
    /// Whether the direction looks ahead, as Nesterov's does.
    pub nesterov: bool,
    /// Whether the bias of the average is corrected.
    pub momentum_correction: bool,
    /// How many steps bring the singular values near 1.
    pub newton_schulz_steps: f64,
    /// a, b and c
    pub coefficients: [f64; 3],
    /// ε
    pub epsilon: f64,
    /// Where ε stands.
    pub epsilon_place: MuonEpsilon,
    /// k
    pub scale: MuonScale,
    /// The root mean square of an update's entries, with `scale: MatchRms`.
    pub rms: f64,
    /// λ, decoupled.
    pub weight_decay: f64,
    /// The rule for what is no matrix; `None` is Adam with this rule's rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vectors: Option<I>,
}

impl<I: Inner> Muon<I> {
    fn published() -> Self {
        Self {
            learning_rate: 0.02,
            momentum: 0.95,
            nesterov: true,
            momentum_correction: false,
            newton_schulz_steps: 5.0,
            coefficients: [3.4445, -4.775, 2.0315],
            epsilon: 1e-7,
            epsilon_place: MuonEpsilon::Added,
            scale: MuonScale::Original,
            rms: 0.2,
            weight_decay: 0.0,
            vectors: None,
        }
    }
}

impl<I: Inner> Described for Muon<I> {
    const ABOUT: About = About {
        name: "Muon",
        title: "Muon",
        source: "K. Jordan et al., kellerjordan.github.io/posts/muon, 2024",
        idea: "Makes the singular values of a weight matrix's momentum alike, so that a step moves \
               the matrix about as far in its rare directions as in its usual ones.",
        hue: 4,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2024,
        kin: Kin::Matrix,
        parents: &[
            Parent::of("Momentum", "orthogonalize"),
            Parent::of("Shampoo", "no memory"),
        ],
        good_for: Claim::preset(
            "Layers of a network: rare directions of a matrix move as far as common ones.",
            "muon-on-digits",
        ),
        fails_when: Claim::trial(
            "A point of a surface is no matrix, and it cannot move it.",
            Trial::on("Beale", [1.0, 1.6], 100).ends(Outcome::Refused),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        fields::learning_rate([1e-4, 1.0], |rule| &mut rule.learning_rate),
        fields::momentum(|rule| &mut rule.momentum),
        fields::weight_decay(|rule| &mut rule.weight_decay),
        Field::<Self>::number(
            "newton_schulz_steps",
            "n",
            Role::Other,
            Valid::Count,
            [1.0, 10.0],
            "How many steps bring the singular values near 1; after five, they lie from 0.68 to 1.2.",
            |rule| &mut rule.newton_schulz_steps,
        )
        .called("iterations n"),
        Field::<Self>::choice(
            "scale",
            "k",
            Role::Form,
            MuonScale::NAMES,
            "How a step depends on the shape of its matrix: by √max(1, outputs/inputs) as in the \
             original, so that it is as large as Adam's, by √(outputs/inputs), or not at all.",
            |rule| &mut rule.scale,
        )
        .called("scale k"),
        Field::<Self>::number(
            "rms",
            "rms",
            Role::Form,
            Valid::Positive,
            [0.01, 1.0],
            "Where a step is to be as large as Adam's: the root mean square of its entries at a rate of 1.",
            |rule| &mut rule.rms,
        )
        .called("update RMS"),
        fields::epsilon(|rule| &mut rule.epsilon),
        Field::<Self>::choice(
            "epsilon_place",
            "ε place",
            Role::Form,
            MuonEpsilon::NAMES,
            "Added: divides by ‖X‖ + ε, as Optax does; Clamp: by the larger of both, as PyTorch does.",
            |rule| &mut rule.epsilon_place,
        )
        .called("place of ε"),
        Field::<Self>::switch(
            "nesterov",
            "nesterov",
            Role::Form,
            "On: the newest gradient counts twice, as in Nesterov's momentum; off: the average alone.",
            |rule| &mut rule.nesterov,
        )
        .called("Nesterov form"),
        Field::<Self>::switch(
            "momentum_correction",
            "correction",
            Role::Correction,
            "On: corrects the average for its start at 0, as Optax does; off: does not, as in PyTorch.",
            |rule| &mut rule.momentum_correction,
        )
        .called("bias correction"),
    ];

    fn defaults() -> Defaults<Self> {
        let published = Self::published();
        Defaults {
            pytorch: Some(Self {
                learning_rate: 0.001,
                epsilon_place: MuonEpsilon::Clamp,
                weight_decay: 0.1,
                ..published.clone()
            }),
            // Keras adds 1e-7 to the length of a sum that is not blended, 1/(1 − μ) times as long.
            keras: Some(Self {
                learning_rate: 0.001,
                weight_decay: 0.004,
                epsilon: 5e-9,
                scale: MuonScale::MatchRms,
                ..published.clone()
            }),
            optax: Some(Self {
                momentum_correction: true,
                epsilon: 1e-8,
                vectors: Some(I::with_constant_momentum(published.learning_rate)),
                ..published.clone()
            }),
            paper: published,
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(if self.momentum > 0.0 {
            Self::ABOUT.idea
        } else {
            "Makes the singular values of a weight matrix's gradient alike, so that a step moves \
             the matrix about as far in its rare directions as in its usual ones."
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some(if self.vectors.is_some() {
            "Only matrices of weights are moved so; the biases have a rule of their own."
        } else {
            "Only matrices of weights are moved so; the biases are moved by Adam with the same \
             learning rate."
        })
    }

    fn conflict(&self) -> Option<&'static str> {
        if !self.coefficients.iter().all(|it| it.is_finite()) {
            return Some("the coefficients must be three finite numbers");
        }
        let is_for_matrices = |it: &I| it.needs().matrices;
        self.vectors
            .as_ref()
            .is_some_and(is_for_matrices)
            .then_some("vectors moves what is no matrix, and its rule needs matrices")
    }

    fn by_hand(&self, _t: u64) -> Option<ByHand> {
        let mut lines = vec![r"<B> \leftarrow <momentum> <B> + (1 - <momentum>)\, <g>"];
        lines.push(match (self.nesterov, self.momentum_correction) {
            (true, false) => r"<D> = <momentum> <B> + (1 - <momentum>)\, <g>",
            (true, true) => {
                r"<D> = \frac{<momentum> <B>}{1 - <momentum>^{t+1}} + \frac{(1 - <momentum>)\, <g>}{1 - <momentum>^t}"
            }
            (false, false) => r"<D> = <B>",
            (false, true) => r"<D> = \frac{<B>}{1 - <momentum>^t}",
        });
        lines.push(match self.epsilon_place {
            MuonEpsilon::Added => r"<X> \leftarrow \frac{<D>}{\|<D>\| + <epsilon>}",
            MuonEpsilon::Clamp => r"<X> \leftarrow \frac{<D>}{\max(\|<D>\|, <epsilon>)}",
        });
        lines.push(
            r"<newton_schulz_steps> \text{ times:} \quad A = <X> <X>^\top \quad <X> \leftarrow a <X> + (b A + c A^2)\, <X>",
        );
        if self.weight_decay > 0.0 {
            lines.push(
                r"<theta> \leftarrow <theta> \left(1 - <learning_rate> <weight_decay>\right)",
            );
        }
        lines.push(match self.scale {
            MuonScale::Original => {
                r"<theta> \leftarrow <theta> - <learning_rate> \sqrt{\max\left(1, \frac{\text{outputs}}{\text{inputs}}\right)}\, <X>"
            }
            MuonScale::MatchRms => {
                r"<theta> \leftarrow <theta> - <learning_rate> <rms> \sqrt{\max(\text{outputs}, \text{inputs})}\, <X>"
            }
            MuonScale::SpectralUnclamped => {
                r"<theta> \leftarrow <theta> - <learning_rate> \sqrt{\frac{\text{outputs}}{\text{inputs}}}\, <X>"
            }
            MuonScale::Unscaled => r"<theta> \leftarrow <theta> - <learning_rate> <X>",
        });
        Some(ByHand {
            latex: lines,
            text: "B ← μB + (1−μ)G;  X ← B with singular values near 1;  W ← W − η k X",
        })
    }

    fn vectors(&self) -> Option<&dyn Rule> {
        self.vectors.as_ref().map(Inner::rule)
    }

    fn vectors_mut(&mut self) -> Option<&mut dyn Rule> {
        self.vectors.as_mut().map(Inner::rule_mut)
    }
}

impl<I> Muon<I> {
    /// The Newton–Schulz steps as a count.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number, 1 or more; an edit can set no other"
    )]
    fn newton_schulz_count(&self) -> u64 {
        self.newton_schulz_steps as u64
    }

    /// k, for a matrix of this shape.
    #[expect(clippy::cast_precision_loss, reason = "shapes are far below 2^53")]
    fn factor(&self, [outputs, inputs]: [usize; 2]) -> f64 {
        let (outputs, inputs) = (outputs as f64, inputs as f64);
        match self.scale {
            MuonScale::Original => (outputs / inputs).max(1.0).sqrt(),
            MuonScale::MatchRms => self.rms * outputs.max(inputs).sqrt(),
            MuonScale::SpectralUnclamped => (outputs / inputs).sqrt(),
            MuonScale::Unscaled => 1.0,
        }
    }
}
