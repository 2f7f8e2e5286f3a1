//! Visits a rule as its concrete type.

use super::{Adjustable, CoordinateRule, Optimizer, Run, Running};
use crate::objective::Block;
use crate::real::Real;

/// Visits a rule as its concrete type, so that the visitor's code is compiled for that rule.
pub trait Visitor {
    /// The result of the visit.
    type Out;

    /// Visits a rule that acts on each coordinate separately.
    fn coordinate<R>(self, rule: &R) -> Self::Out
    where
        R: CoordinateRule + Adjustable + Send + 'static;

    /// Visits a rule that acts on all coordinates together.
    fn whole<R>(self, rule: &R) -> Self::Out
    where
        R: Optimizer + Adjustable + Send + 'static;
}

/// Starts a rule.
#[derive(Clone, Copy, Debug)]
pub struct Begin<'a, N> {
    /// The starting point.
    pub at: &'a [N],
    /// The layout of the coordinates.
    pub blocks: &'a [Block],
}

impl<N: Real> Visitor for Begin<'_, N> {
    type Out = Box<dyn Run<N>>;

    fn coordinate<R>(self, rule: &R) -> Box<dyn Run<N>>
    where
        R: CoordinateRule + Adjustable + Send + 'static,
    {
        self.whole(rule)
    }

    fn whole<R>(self, rule: &R) -> Box<dyn Run<N>>
    where
        R: Optimizer + Adjustable + Send + 'static,
    {
        Box::new(Running::begin(rule.clone(), self.at, self.blocks))
    }
}
