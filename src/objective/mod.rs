//! Objectives: losses of n parameters that can be minimized.
//!
//! The parameters are laid out in [`Block`]s, whose shapes matter to rules that act on matrices. A
//! surface is the special case of two parameters with a window around them. A loss over data is a
//! mean over rows, and can also be evaluated on some of the rows ([`Rows`]).
//!
//! An [`Objective`] can be shared; an [`Evaluator`] has a single user and owns the memory it works
//! in. It also owns its objective, so that a job can keep it and be resumed later.
//!
//! ```
//! use std::sync::Arc;
//! use slalom::objective::{Objective, Rows};
//! use slalom::surface::SurfaceChoice;
//!
//! let objective: Arc<dyn Objective> = SurfaceChoice::LongValley.open();
//! let mut evaluator = objective.evaluator();
//! let mut gradient = [0.0; 2];
//! let loss = evaluator.gradient(&[2.0, 1.0], Rows::All, &mut gradient);
//! assert_eq!((loss, gradient), (27.0, [2.0, 50.0]));
//! ```

pub mod lanczos;

use std::fmt;
use std::sync::Arc;

use crate::real::DoubleDouble;

/// A contiguous group of an objective's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// Parameters without further structure, such as a bias.
    Vector(usize),
    /// A matrix, stored row by row.
    Matrix {
        /// The number of outputs, for a layer's weights.
        rows: usize,
        /// The number of inputs, for a layer's weights.
        columns: usize,
    },
}

impl Block {
    /// The number of parameters.
    #[must_use]
    pub const fn len(&self) -> usize {
        match *self {
            Self::Vector(length) => length,
            Self::Matrix { rows, columns } => rows * columns,
        }
    }

    /// Whether the block has no parameters.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The rows of the data over which an objective is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows<'a> {
    /// All rows; without data, the objective itself.
    All,
    /// These rows, counted from 0; a row that is listed twice counts twice.
    These(&'a [u32]),
}

/// The quantities that a rule needs, or that an objective can evaluate at a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queries {
    /// f
    pub value: bool,
    /// ∇f
    pub gradient: bool,
    /// ∇²f as a full n × n matrix.
    pub hessian: bool,
    /// The diagonal of ∇²f.
    pub hessian_diagonal: bool,
    /// ∇²f · v for a vector v.
    pub hessian_vector: bool,
    /// Parameters that form matrices, as the weights of a layer do. Whether an objective has them
    /// follows from its blocks; see [`Objective::provides`].
    pub matrices: bool,
}

impl Queries {
    /// The gradient alone, which is all that most rules need.
    pub const GRADIENT: Self = Self {
        value: false,
        gradient: true,
        hessian: false,
        hessian_diagonal: false,
        hessian_vector: false,
        matrices: false,
    };

    /// Everything that can be evaluated at a point.
    pub const ALL: Self = Self {
        value: true,
        gradient: true,
        hessian: true,
        hessian_diagonal: true,
        hessian_vector: true,
        matrices: false,
    };

    /// The names of these quantities, the gradient first.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let pairs = [
            (self.gradient, "gradient"),
            (self.value, "value"),
            (self.hessian, "hessian"),
            (self.hessian_diagonal, "hessian_diagonal"),
            (self.hessian_vector, "hessian_vector"),
            (self.matrices, "matrices"),
        ];
        let asked = pairs.into_iter().filter(|(is_asked, _)| *is_asked);
        asked.map(|(_, name)| name)
    }

    /// The name of the first of these quantities that is missing in `offers`.
    #[must_use]
    pub fn missing_in(self, offers: Self) -> Option<&'static str> {
        let pairs = [
            (self.value, offers.value, "the loss"),
            (self.gradient, offers.gradient, "the gradient"),
            (self.hessian, offers.hessian, "the whole Hessian"),
            (
                self.hessian_diagonal,
                offers.hessian_diagonal,
                "the Hessian's diagonal",
            ),
            (
                self.hessian_vector,
                offers.hessian_vector,
                "products with the Hessian",
            ),
            (self.matrices, offers.matrices, "matrices of weights"),
        ];
        let missing = pairs
            .into_iter()
            .find(|&(needed, offered, _)| needed && !offered);
        missing.map(|(.., what)| what)
    }

    /// Whether anything other than the gradient has to be evaluated.
    #[must_use]
    pub fn is_beyond_gradient(self) -> bool {
        self.beyond_gradient().is_some()
    }

    /// The first quantity other than the gradient that has to be evaluated.
    #[must_use]
    pub fn beyond_gradient(self) -> Option<&'static str> {
        let matrices = Self {
            matrices: true,
            ..Self::GRADIENT
        };
        self.missing_in(matrices)
    }
}

/// A loss of n parameters.
pub trait Objective: fmt::Debug + Send + Sync {
    /// The layout of its parameters; the lengths of the blocks add up to n.
    fn blocks(&self) -> &[Block];

    /// The quantities it can evaluate, which always include the value and the gradient.
    fn offers(&self) -> Queries;

    /// Everything that a rule may need and gets here: the quantities that can be evaluated, and
    /// matrices if a block is one.
    fn provides(&self) -> Queries {
        let is_matrix = |block: &Block| matches!(block, Block::Matrix { .. });
        Queries {
            matrices: self.blocks().iter().any(is_matrix),
            ..self.offers()
        }
    }

    /// Creates an evaluator with memory of its own.
    fn evaluator(self: Arc<Self>) -> Box<dyn Evaluator>;

    /// Creates an evaluator with memory of its own that computes with twice as many digits; `None`
    /// if the objective has none.
    fn precise_evaluator(self: Arc<Self>) -> Option<Box<dyn Evaluator<DoubleDouble>>> {
        None
    }

    /// The number of rows of its data; 0 without data.
    fn rows(&self) -> usize {
        0
    }

    /// The cost of a full evaluation in rows of data; 1 for a formula.
    fn cost(&self) -> usize {
        1
    }

    /// The number of steps between evaluations of the full loss during a race; `None` means once an
    /// epoch. More would be dear where a step uses only some rows of a large model.
    fn evaluation_interval(&self) -> Option<usize> {
        Some(1)
    }

    /// The default starting point of a race, drawn from `seed`; `None` if the race has to specify
    /// one.
    fn initial(&self, _seed: u64) -> Option<Vec<f64>> {
        None
    }

    /// n, the number of parameters.
    fn dimension(&self) -> usize {
        self.blocks().iter().map(Block::len).sum()
    }
}

/// How good the predictions of a model are. What there is nothing to say of is NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// The share of training rows whose class is predicted; NaN for a regression.
    pub accuracy: f64,
    /// The loss over the test rows, with all penalties, as over the training rows; NaN without test
    /// rows.
    pub test_loss: f64,
    /// The share of test rows whose class is predicted; NaN for a regression and without test rows.
    pub test_accuracy: f64,
}

/// Evaluates an objective. Slices of positions, gradients and diagonals have n entries, Hessians
/// n × n, row by row; whoever starts a course checks this once. Where the objective is undefined,
/// results are NaN or infinite.
pub trait Evaluator<N = f64>: Send {
    /// f(at), the mean over the rows.
    fn value(&mut self, at: &[N], rows: Rows<'_>) -> N;

    /// Writes ∇f(at), the mean over the rows, and returns f(at) over the same rows.
    fn gradient(&mut self, at: &[N], rows: Rows<'_>, gradient: &mut [N]) -> N;

    /// Writes ∇²f(at), the mean over the rows; `false` if the objective does not offer it.
    fn hessian(&mut self, _at: &[N], _rows: Rows<'_>, _hessian: &mut [N]) -> bool {
        false
    }

    /// Writes the diagonal of ∇²f(at); `false` if the objective does not offer it.
    fn hessian_diagonal(&mut self, _at: &[N], _rows: Rows<'_>, _diagonal: &mut [N]) -> bool {
        false
    }

    /// Writes ∇²f(at) · `vector`; `false` if the objective does not offer it.
    fn hessian_vector(
        &mut self,
        _at: &[N],
        _rows: Rows<'_>,
        _vector: &[N],
        _product: &mut [N],
    ) -> bool {
        false
    }

    /// How good the predictions of a model with these parameters are; `None` if the objective
    /// predicts nothing.
    fn scores(&mut self, _at: &[N]) -> Option<Scores> {
        None
    }

    /// Creates another evaluator of the same objective, with memory of its own.
    fn fork(&self) -> Box<dyn Evaluator<N>>;
}

impl<N> Clone for Box<dyn Evaluator<N>> {
    fn clone(&self) -> Self {
        (**self).fork()
    }
}

impl<N> fmt::Debug for dyn Evaluator<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Evaluator")
    }
}
