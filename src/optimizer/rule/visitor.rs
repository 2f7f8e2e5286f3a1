//! Visits a rule as its concrete type.

use super::{Adjustable, CoordinateRule, Optimizer, Run, Running};
use crate::objective::Block;

/// Visits a rule as its concrete type, so that the visitor's code is compiled for that rule.
pub trait Visitor {
    /// The result of the visit.
    type Out;

    /// Visits a rule that acts on each coordinate separately.
    fn coordinate<R>(self, rule: &R) -> Self::Out
    where
        R: CoordinateRule + Adjustable + Send + 'static,
        R::State: Send,
        R::Clock: Send;

    /// Visits a rule that acts on all coordinates together.
    fn whole<R>(self, rule: &R) -> Self::Out
    where
        R: Optimizer + Adjustable + Send + 'static,
        R::State: Send + 'static;
}

/// Starts a rule.
#[derive(Clone, Copy, Debug)]
pub struct Begin<'a> {
    /// The starting point.
    pub at: &'a [f64],
    /// The layout of the coordinates.
    pub blocks: &'a [Block],
}

impl Visitor for Begin<'_> {
    type Out = Box<dyn Run>;

    fn coordinate<R>(self, rule: &R) -> Box<dyn Run>
    where
        R: CoordinateRule + Adjustable + Send + 'static,
        R::State: Send,
        R::Clock: Send,
    {
        self.whole(rule)
    }

    fn whole<R>(self, rule: &R) -> Box<dyn Run>
    where
        R: Optimizer + Adjustable + Send + 'static,
        R::State: Send + 'static,
    {
        Box::new(Running::begin(rule.clone(), self.at, self.blocks))
    }
}
