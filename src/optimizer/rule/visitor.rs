//! Meeting a rule as the type that it is.

use super::{Adjustable, CoordinateRule, Optimizer, Run, Running};
use crate::objective::Block;

/// Meets a rule as the type that it is, so that what it does is compiled for that rule alone.
pub trait Visitor {
    /// What comes of it.
    type Out;

    /// Meets a rule that acts on each coordinate alone.
    fn coordinate<R>(self, rule: &R) -> Self::Out
    where
        R: CoordinateRule + Adjustable + Send + 'static,
        R::State: Send,
        R::Clock: Send;

    /// Meets a rule that looks at all coordinates together.
    fn whole<R>(self, rule: &R) -> Self::Out
    where
        R: Optimizer + Adjustable + Send + 'static,
        R::State: Send + 'static;
}

/// Sends a rule on its way.
#[derive(Clone, Copy, Debug)]
pub struct Begin<'a> {
    /// From where.
    pub at: &'a [f64],
    /// How the coordinates are laid out.
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
