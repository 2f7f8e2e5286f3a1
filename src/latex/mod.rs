//! The subset of LaTeX in which the program writes mathematics, read into a tree. The window typesets
//! the tree, and it can be read aloud.

mod reader;
mod spoken;

pub use reader::{Fault, read};
pub use spoken::spoken;

/// A part of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// A letter, a digit, a sign, or the command for one: `x`, `+`, `\theta`, `\|`, `\,`.
    Sign(&'a str),
    /// Space in the text, which separates words that are read aloud.
    Blank,
    /// What stands in braces.
    Group(Vec<Self>),
    /// `x_1^2`
    Scripts {
        /// What the scripts are attached to.
        base: Option<Box<Self>>,
        /// The index.
        below: Option<Vec<Self>>,
        /// The exponent.
        above: Option<Vec<Self>>,
    },
    /// `\frac{a}{b}`
    Fraction {
        /// The numerator.
        above: Vec<Self>,
        /// The denominator.
        below: Vec<Self>,
    },
    /// `\sqrt{x}`, `\sqrt[3]{x}`
    Root {
        /// Which root it is, if not the second.
        degree: Option<Vec<Self>>,
        /// What it is the root of.
        inside: Vec<Self>,
    },
    /// `\hat{m}`
    Accent {
        /// The command.
        mark: &'a str,
        /// What is below the mark.
        below: Vec<Self>,
    },
    /// `\text{if }`
    Words(&'a str),
    /// `\operatorname{mean}`
    Name(&'a str),
    /// `\textcolor{#00000a}{x}`
    Colored {
        /// The colour, as it is written.
        color: &'a str,
        /// What has this colour.
        inside: Vec<Self>,
    },
    /// `\left( x \right)`
    Brackets {
        /// The sign on the left.
        left: &'a str,
        /// What is between the signs.
        inside: Vec<Self>,
        /// The sign on the right.
        right: &'a str,
    },
    /// `\begin{cases} a & b \\ c & d \end{cases}`: rows of cells.
    Cases(Vec<Vec<Vec<Self>>>),
}

#[cfg(test)]
mod tests;
