//! The status of a racer.

use std::fmt;

/// The status of a racer at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// Still running: none of the others applies.
    Running,
    /// Farther out than 1,000 times the surface's window; only a label, nothing is stopped.
    Far,
    /// Gradient and step are both below 1e-8 from this step on.
    Converged(usize),
    /// The same, but at a saddle or on a plateau: the Hessian has a negative eigenvalue, or none
    /// above 1e-6.
    Stuck(usize),
    /// The position became non-finite after this step, since the numbers had grown beyond their
    /// range.
    Diverged(usize),
    /// The step after this one is undefined: the rule divided by 0, though position and gradient
    /// are numbers.
    Undefined(usize),
}

impl Status {
    /// The name in tables and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Far => "far",
            Self::Converged(_) => "converged",
            Self::Stuck(_) => "stuck",
            Self::Diverged(_) => "diverged",
            Self::Undefined(_) => "undefined",
        }
    }

    /// The step from which it holds, if it has one.
    #[must_use]
    pub const fn step(self) -> Option<usize> {
        match self {
            Self::Running | Self::Far => None,
            Self::Converged(step)
            | Self::Stuck(step)
            | Self::Diverged(step)
            | Self::Undefined(step) => Some(step),
        }
    }

    /// Whether the position is no longer a number, for whatever reason.
    #[must_use]
    pub const fn is_out(self) -> bool {
        matches!(self, Self::Diverged(_) | Self::Undefined(_))
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step() {
            Some(step) => write!(f, "{} at {step}", self.word()),
            None => f.write_str(self.word()),
        }
    }
}
