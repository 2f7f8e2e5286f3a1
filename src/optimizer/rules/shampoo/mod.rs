//! Shampoo: a matrix's gradient is scaled from both sides by those it has seen.

mod matrix;

use serde::{Deserialize, Serialize};

use super::adagrad::full::{self, FullMatrix};
use super::adagrad::{Adagrad, AdagradMatrix, FROM_GRADIENT, NOTES};
use super::{
    About, Block, ByHand, Claim, Defaults, Described, Field, History, Kin, Note, Optimizer, Oracle,
    Outcome, Parent, Probe, Real, Trial, Undefined, fields,
};
use crate::optimizer::rule::{ASKED, GRADIENT, NotedIn, Part};
use matrix::Sides;

/// For a matrix W with gradient G: L ← L + G Gᵀ, R ← R + Gᵀ G, both from εI; W ← W − η L^(−1/4) G
/// R^(−1/4). For a vector: G ← G + ggᵀ from εI; θ ← θ − η G^(−1/2) g, which is Adagrad with the full
/// matrix, where ε takes the place of G₀.
///
/// Gupta, Koren & Singer, *Shampoo: preconditioned stochastic tensor optimization*, 2018, algorithm
/// 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Shampoo {
    /// η
    pub learning_rate: f64,
    /// ε, on the diagonals at the start.
    pub epsilon: f64,
}

impl Described for Shampoo {
    const ABOUT: About = About {
        name: "Shampoo",
        title: "Shampoo",
        source: "V. Gupta, T. Koren, Y. Singer, ICML 2018",
        idea: "Adagrad for matrices of weights: outputs and inputs have a matrix each, whose \
               directions slow down by the gradients they have seen.",
        hue: 7,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2018,
        kin: Kin::Matrix,
        parents: &[Parent::of("Adagrad", "matrices")],
        good_for: Claim::trial(
            "A valley in any direction: it slows down along the gradients that it has seen.",
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
    ];

    fn defaults() -> Defaults<Self> {
        Defaults::only_published(Self {
            learning_rate: 0.01,
            epsilon: 1e-4,
        })
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn remark(&self) -> Option<&'static str> {
        Some(
            "A point is no matrix: on a surface, this is Adagrad with the full matrix, which starts \
             at ε.",
        )
    }

    fn by_hand(&self, t: u64) -> Option<ByHand> {
        let begins = t == 1 && self.epsilon > 0.0;
        let latex = vec![
            if begins {
                r"\text{matrices:} \quad L \leftarrow L + <g>\, <g>^\top \quad R \leftarrow R + <g>^\top <g> \quad \text{from } L = <epsilon> I \quad \text{from } R = <epsilon> I"
            } else {
                r"\text{matrices:} \quad L \leftarrow L + <g>\, <g>^\top \quad R \leftarrow R + <g>^\top <g>"
            },
            r"\text{matrices:} \quad <theta> \leftarrow <theta> - <learning_rate>\, L^{-1/4} <g>\, R^{-1/4}",
            if begins {
                r"\text{vectors:} \quad <G> \leftarrow <G> + <g>\, <g>^\top \quad \text{from } <G> = <epsilon> I"
            } else {
                r"\text{vectors:} \quad <G> \leftarrow <G> + <g>\, <g>^\top"
            },
            r"\text{vectors:} \quad <theta> \leftarrow <theta> - <learning_rate>\, <G>^{-1/2} <g>",
        ];
        Some(ByHand {
            latex,
            text: "L and R add up the products of g from both sides;  θ ← θ − η (√√L)⁻¹ g (√√R)⁻¹",
        })
    }

    /// 1: the only memory is in the effective rate.
    fn alternating_gain(&self, _t: u64) -> Option<f64> {
        Some(1.0)
    }
}

/// The memory of every block, with space for one gradient.
#[derive(Clone, Debug)]
pub struct State<N> {
    gradient: Vec<N>,
    blocks: Vec<(Part, Memory<N>)>,
}

/// The memory of a block.
#[derive(Clone, Debug)]
enum Memory<N> {
    /// L and R.
    Matrix(Box<Sides<N>>),
    /// G.
    Vector(full::State<N>),
}

impl Optimizer for Shampoo {
    type State<N: Real> = State<N>;

    fn side(&self, blocks: &[Block]) -> usize {
        let sides = blocks.iter().map(|block| match *block {
            Block::Vector(n) => n,
            Block::Matrix { rows, columns } => rows.max(columns),
        });
        sides.max().unwrap_or_default()
    }

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> State<N> {
        let mut start = 0;
        let memory = |block: &Block| {
            let range = start..start + block.len();
            start = range.end;
            let memory = match *block {
                Block::Matrix { rows, columns } => {
                    Memory::Matrix(Box::new(Sides::begin(rows, columns, self.epsilon)))
                }
                Block::Vector(_) => {
                    Memory::Vector(self.for_vectors().begin(&at[range.clone()], &[]))
                }
            };
            (Part::of([range]), memory)
        };
        State {
            gradient: vec![N::ZERO; at.len()],
            blocks: blocks.iter().map(memory).collect(),
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        State { gradient, blocks }: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        oracle.gradient(at, gradient);
        for (index, position) in at.iter().enumerate() {
            probe.coordinate(index);
            probe.note(ASKED, *position);
        }
        let (mut at, mut gradient) = (at, &**gradient);
        for (part, memory) in blocks {
            let (here, rest) = at.split_at_mut(part.len());
            let (slope, later) = gradient.split_at(part.len());
            (at, gradient) = (rest, later);
            let mut noted = NotedIn {
                probe: &mut *probe,
                part,
                by: 0,
            };
            match memory {
                Memory::Matrix(sides) => self.step_matrix(here, slope, sides, &mut noted),
                Memory::Vector(state) => {
                    state.set_gradient(slope);
                    self.for_vectors().make_step(here, state, t, &mut noted);
                }
            }
        }
    }

    fn undefined<N: Real>(&self, _at: &[N], state: &mut State<N>) -> Option<Undefined> {
        let is_singular = state.blocks.iter().any(|(_, memory)| match memory {
            Memory::Matrix(sides) => sides.is_singular(),
            Memory::Vector(state) => state.is_singular(),
        });
        is_singular.then_some(Undefined {
            divisor: Some("a root of G, which is singular as ε is 0"),
            coordinate: None,
        })
    }
}

impl Shampoo {
    /// The rule for vectors.
    const fn for_vectors(&self) -> FullMatrix {
        FullMatrix(Adagrad {
            learning_rate: self.learning_rate,
            epsilon: 0.0,
            epsilon_inside_sqrt: true,
            initial_accumulator: self.epsilon,
            learning_rate_decay: 0.0,
            matrix: AdagradMatrix::Full,
        })
    }

    fn step_matrix<N: Real>(
        &self,
        at: &mut [N],
        gradient: &[N],
        sides: &mut Sides<N>,
        probe: &mut NotedIn<'_>,
    ) {
        let direction = sides.direction(gradient);
        let entries = at.iter_mut().zip(gradient).zip(direction).enumerate();
        for (index, ((position, &gradient), &direction)) in entries {
            let step = direction * self.learning_rate;
            probe.coordinate(index);
            probe.note(GRADIENT, gradient);
            probe.note(FROM_GRADIENT, -step);
            *position -= step;
        }
    }
}

#[cfg(test)]
mod tests;
