//! What can be minimised: a loss of n parameters.
//!
//! The parameters are laid out in [`Block`]s; rules that act on matrices need their shapes. A
//! surface is the case of two parameters with a window around them. A loss over data is the mean
//! over its rows, and can be asked about some of them alone ([`Rows`]).
//!
//! An [`Objective`] is shared by everybody who asks; an [`Evaluator`] belongs to one of them and
//! owns the memory in which the answers are worked out. It also owns its objective, so that it can
//! be kept in a job which is resumed later.
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

/// A stretch of an objective's parameters that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// Parameters without further order, such as a bias.
    Vector(usize),
    /// A matrix, row by row.
    Matrix {
        /// Outputs, for a layer's weights.
        rows: usize,
        /// Inputs, for a layer's weights.
        columns: usize,
    },
}

impl Block {
    /// The number of parameters in it.
    #[must_use]
    pub const fn len(&self) -> usize {
        match *self {
            Self::Vector(length) => length,
            Self::Matrix { rows, columns } => rows * columns,
        }
    }

    /// Whether there is no parameter in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The rows of the data that an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows<'a> {
    /// All of them; without data, the objective itself.
    All,
    /// These, counted from 0; a row that is named twice counts twice.
    These(&'a [u32]),
}

/// The questions that can be asked at a point: what a rule needs, or what an objective offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queries {
    /// f
    pub value: bool,
    /// ∇f
    pub gradient: bool,
    /// ∇²f as a whole, n × n numbers.
    pub hessian: bool,
    /// The diagonal of ∇²f.
    pub hessian_diagonal: bool,
    /// ∇²f · v for a vector v.
    pub hessian_vector: bool,
}

impl Queries {
    /// The gradient alone, which is what nearly every rule asks for.
    pub const GRADIENT: Self = Self {
        value: false,
        gradient: true,
        hessian: false,
        hessian_diagonal: false,
        hessian_vector: false,
    };

    /// Everything.
    pub const ALL: Self = Self {
        value: true,
        gradient: true,
        hessian: true,
        hessian_diagonal: true,
        hessian_vector: true,
    };

    /// The questions by name, the gradient first.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let pairs = [
            (self.gradient, "gradient"),
            (self.value, "value"),
            (self.hessian, "hessian"),
            (self.hessian_diagonal, "hessian_diagonal"),
            (self.hessian_vector, "hessian_vector"),
        ];
        let asked = pairs.into_iter().filter(|(is_asked, _)| *is_asked);
        asked.map(|(_, name)| name)
    }

    /// The first of these questions that `offers` has no answer to, in words.
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
        ];
        let missing = pairs
            .into_iter()
            .find(|&(needed, offered, _)| needed && !offered);
        missing.map(|(.., what)| what)
    }

    /// Whether more than the gradient is asked for.
    #[must_use]
    pub fn is_beyond_gradient(self) -> bool {
        self.missing_in(Self::GRADIENT).is_some()
    }
}

/// A loss of n parameters.
pub trait Objective: fmt::Debug + Send + Sync {
    /// How its parameters are laid out; their lengths add up to n.
    fn blocks(&self) -> &[Block];

    /// What can be asked of it. The value and the gradient always can.
    fn offers(&self) -> Queries;

    /// Something that answers, with memory of its own.
    fn evaluator(self: Arc<Self>) -> Box<dyn Evaluator>;

    /// The number of rows of its data; 0 without data.
    fn rows(&self) -> usize {
        0
    }

    /// How many rows one full loss has to look at, 1 for a formula: what answers cost.
    fn cost(&self) -> usize {
        1
    }

    /// Where a race on it begins if nothing else is said, drawn from `seed`; `None` if somebody
    /// has to say.
    fn initial(&self, _seed: u64) -> Option<Vec<f64>> {
        None
    }

    /// n, the number of parameters.
    fn dimension(&self) -> usize {
        self.blocks().iter().map(Block::len).sum()
    }
}

/// Answers questions about one objective. Slices of positions, gradients and diagonals have n
/// entries, Hessians n × n, row by row; whoever begins a course checks that once. Where the
/// objective is not defined, answers are NaN or infinite.
pub trait Evaluator: Send {
    /// f(at), the mean over the rows.
    fn value(&mut self, at: &[f64], rows: Rows<'_>) -> f64;

    /// Writes ∇f(at), the mean over the rows, and returns f(at) over the same rows.
    fn gradient(&mut self, at: &[f64], rows: Rows<'_>, gradient: &mut [f64]) -> f64;

    /// Writes ∇²f(at), the mean over the rows; `false` if the objective does not offer it.
    fn hessian(&mut self, _at: &[f64], _rows: Rows<'_>, _hessian: &mut [f64]) -> bool {
        false
    }

    /// Writes the diagonal of ∇²f(at); `false` if the objective does not offer it.
    fn hessian_diagonal(&mut self, _at: &[f64], _rows: Rows<'_>, _diagonal: &mut [f64]) -> bool {
        false
    }

    /// Writes ∇²f(at) · `vector`; `false` if the objective does not offer it.
    fn hessian_vector(
        &mut self,
        _at: &[f64],
        _rows: Rows<'_>,
        _vector: &[f64],
        _product: &mut [f64],
    ) -> bool {
        false
    }

    /// The same evaluator once more, with memory of its own.
    fn fork(&self) -> Box<dyn Evaluator>;
}

impl Clone for Box<dyn Evaluator> {
    fn clone(&self) -> Self {
        (**self).fork()
    }
}

impl fmt::Debug for dyn Evaluator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Evaluator")
    }
}
