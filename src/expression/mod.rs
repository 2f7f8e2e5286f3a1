//! Mathematics that one can type: formulas of surfaces, and update rules.
//!
//! A text is divided into tokens, parsed into a flat tree, and compiled into a tape, which is
//! evaluated on doubles, on numbers with derivatives, on rows of points, and with twice as many
//! digits. It is printed from the tree, as it was typed.
//!
//! ```
//! use slalom::expression::{Expression, Vocabulary};
//!
//! let formula = Expression::parse("u = y − c x²; (x² − 1)² + a x + 2u²", &Vocabulary::default())?;
//! assert_eq!(formula.parameters(), ["c", "a"]);
//! let (value, slope) = formula.tape().gradient([1.0, 0.5], &[0.5, 0.3]);
//! assert_eq!((value, slope), (0.3, [0.3, 0.0]));
//!
//! let mistake = Expression::parse("x^2 + sine(y)", &Vocabulary::default()).unwrap_err();
//! assert_eq!(
//!     mistake.to_string(),
//!     "line 1, column 7: there is no function sine; did you mean sin?"
//! );
//! # Ok::<(), slalom::expression::ExpressionError>(())
//! ```

mod arithmetic;
mod builder;
mod compile;
mod error;
mod formula;
mod function;
mod kinks;
mod names;
mod parameters;
mod parse;
mod print;
mod program;
mod slope;
mod special;
mod tape;
mod token;
mod tree;

pub use error::{ExpressionError, Fault};
pub use formula::{Expression, Vocabulary};
pub use function::{Binary, Function, Unary, Whole};
pub use names::{latex as latex_name, unicode as unicode_name};
pub use parameters::{Parameter, ParameterFault, Parameters};
pub use print::Dialect;
pub use program::{
    Assigned, Kind, Library, Line, Memory, Operand, Program, Quantity, Questions, Rules, Script,
    Sentence, Target,
};
pub use tape::Tape;
pub use token::names as names_in;

use num_dual::DualNum;

/// A number on which a formula can be evaluated: an `f64`, or a dual number, which also carries
/// derivatives, of doubles or of double-doubles.
pub trait Number: DualNum<Primitive = f64> + Copy {}
impl<D: DualNum<Primitive = f64> + Copy> Number for D {}
