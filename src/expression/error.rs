//! What can be wrong with a text of mathematics, and where.

use std::ops::Range;

/// The longest text that is read, in characters.
pub const LONGEST: usize = 5000;
/// The deepest nesting of brackets.
pub const DEEPEST: usize = 64;
/// The most operations of a formula, with its sums written out.
pub const MOST_OPERATIONS: usize = 10_000;
/// The most intermediate results that a formula may need at a time.
pub const MOST_REGISTERS: usize = 1024;

/// A mistake in a text of mathematics, as one sentence that includes the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {fault}")]
pub struct ExpressionError {
    /// The bytes of the text that are meant.
    pub at: Range<usize>,
    /// The line in which they begin, from 1.
    pub line: usize,
    /// The character in that line, from 1.
    pub column: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a text of mathematics.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the sentences say it")]
pub enum Fault {
    #[error("there is nothing to compute; write a formula such as x^2 + y^2")]
    Empty,
    #[error("the text is longer than {LONGEST} characters")]
    TooLong,
    #[error("brackets are nested more than {DEEPEST} deep")]
    TooDeep,
    #[error("signs and powers are nested more than {DEEPEST} deep; use brackets and definitions")]
    TooSteep,
    #[error("the sums have more than {MOST_OPERATIONS} operations")]
    TooMany,
    #[error("the formula needs more than {MOST_REGISTERS} intermediate results at a time")]
    TooWide,
    #[error("the sign {0} has no meaning here")]
    Sign(String),
    #[error("{0} is not a number")]
    Number(String),
    #[error("{0} is too large for a number")]
    Large(String),
    #[error("expected {expected}, but found {found}")]
    Unexpected {
        expected: &'static str,
        found: String,
    },
    #[error("expected {expected}, but the text ends here")]
    Ends { expected: &'static str },
    #[error("this {0} is never closed")]
    Unclosed(char),
    #[error("this {0} closes nothing")]
    Unopened(char),
    #[error("this bracket is closed by {0}; expected {1}")]
    Mismatched(char, char),
    #[error("bars do not nest; write abs(…) for the inner or the outer ones")]
    NestedBars,
    #[error("a root of a power has two readings; write √(…) with brackets")]
    RootOfPower,
    #[error(
        "there is no function {name}; {}",
        near.as_ref().map_or_else(
            || format!("for a product write {name}*(…)"),
            |near| format!("did you mean {near}?"),
        )
    )]
    NoFunction { name: String, near: Option<String> },
    #[error("{name} is no function here; for a product write {name}*(…)")]
    NotAFunction { name: String },
    #[error("{name} is a function; write {name}(…)")]
    BareFunction { name: String },
    #[error("{name} takes {expected}, but is given {given}")]
    Arguments {
        name: String,
        expected: &'static str,
        given: usize,
    },
    #[error("a product has a sign between its names: write {0}")]
    Product(String),
    #[error("a number on the right of a product needs a sign: write * in between")]
    NumberOnTheRight,
    #[error("there is no quantity {name}{}", did_you_mean(near.as_deref()))]
    NoQuantity { name: String, near: Option<String> },
    #[error("a comparison such as x < 1 can only be the first argument of if")]
    Comparison,
    #[error("if begins with one comparison: if(x < 1, …, …)")]
    Condition,
    #[error("to compare, write ==; a definition such as u = x + y stands at the beginning")]
    SingleEquals,
    #[error("sum begins with a name, as in sum(i, 1, 5, …)")]
    SumName,
    #[error("the bounds of a sum are whole numbers that do not depend on other names")]
    SumBounds,
    #[error("{0} already has a meaning; choose another name")]
    Taken(String),
    #[error("{0} is defined twice")]
    DefinedTwice(String),
    #[error("{0} is used before it is defined")]
    TooEarly(String),
    #[error("the last line has to be the formula itself, without a name and =")]
    NoResult,
    #[error("only the last line may be a formula; earlier ones define names, as in u = x + y")]
    NotLast,
    #[error("<- belongs into rules; a formula defines names with =")]
    Arrow,
    #[error("every line of a rule assigns something: name = … or name <- …")]
    NoTarget,
    #[error("a rule has to move theta: write theta <- theta - …")]
    NoMove,
    #[error("theta is assigned with <-")]
    LocalTheta,
    #[error("{0} cannot be assigned")]
    Fixed(String),
    #[error("{0} is assigned both with = and with <-")]
    Both(String),
    #[error("{0} is read before it is set; with {0} <- … it would be kept from step to step")]
    Unset(String),
    #[error("a first value may only depend on theta and parameters")]
    FirstValue,
    #[error("value and gradient cannot be asked for inside if, nor whole vectors inside sum")]
    QuestionInside,
    #[error("{0} is given a number, but takes a vector such as theta or g")]
    NeedsVector(String),
    #[error("{name} is a whole-vector function, which only rules have")]
    WholeVector { name: String },
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!("; did you mean {near}?"))
}

impl ExpressionError {
    pub(super) fn new(text: &str, at: Range<usize>, fault: Fault) -> Self {
        let before = text.get(..at.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |position| position + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            at,
            fault,
        }
    }

    /// The line of the text that contains the mistake, and below it a line with carets under the
    /// mistake. Of a long line, the part around the mistake is shown.
    #[must_use]
    pub fn caret(&self, text: &str) -> String {
        /// The most signs of a line.
        const WIDTH: usize = 100;
        /// The most signs before the mistake.
        const BEFORE: usize = 60;
        let line = text.split('\n').nth(self.line - 1).unwrap_or_default();
        let before = self.column - 1;
        let left_out = before.saturating_sub(BEFORE);
        let mut shown: Vec<char> = line
            .chars()
            .map(|sign| if sign.is_control() { ' ' } else { sign })
            .skip(left_out)
            .take(WIDTH + 1)
            .collect();
        if left_out > 0
            && let Some(first) = shown.first_mut()
        {
            *first = '…';
        }
        if shown.len() > WIDTH {
            shown.truncate(WIDTH - 1);
            shown.push('…');
        }
        let marked = text.get(self.at.clone()).unwrap_or_default();
        let marked = marked.lines().next().unwrap_or_default().chars().count();
        let column = before - left_out;
        let room = shown.len().saturating_sub(column);
        format!(
            "{}\n{}{}",
            shown.into_iter().collect::<String>(),
            " ".repeat(column),
            "^".repeat(marked.clamp(1, room.max(1)))
        )
    }

    /// The text that would mend the mistake if it replaced what is marked: a known word, or a
    /// product with its sign.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        match &self.fault {
            Fault::NoFunction { near, .. } | Fault::NoQuantity { near, .. } => near.as_deref(),
            Fault::Product(product) => Some(product),
            _ => None,
        }
    }
}
