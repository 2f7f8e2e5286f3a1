//! Operations on any rule in the registry.

mod catalogue;
mod own;

pub use catalogue::Listed;

use super::rule::{Adjustable, Begin, Capacity, CoordinateRule, Optimizer, Run, Visitor};
use super::wrappers::Inner;
use super::{Adam, Momentum, MomentumSchedule, Nadam, OptimizerChoice, Origin, Rule, Value};
use crate::number::count;
use crate::objective::{Block, Queries};
use crate::real::Real;

impl OptimizerChoice {
    /// Whether the other is the same rule, regardless of hyper-parameters.
    #[must_use]
    pub fn is_same_rule(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Starts the rule for a race from `at`, whose coordinates are laid out in `blocks`.
    #[must_use]
    pub fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> Box<dyn Run<N>> {
        self.visit(Begin { at, blocks })
    }

    /// The same kind of rule with momentum, at the same learning rate; `None` unless it is plain
    /// gradient descent.
    #[must_use]
    pub fn with_momentum(&self) -> Option<Self> {
        match self {
            Self::GradientDescent(rule) => Some(Self::Momentum(Momentum {
                learning_rate: rule.learning_rate,
                ..Momentum::default()
            })),
            _ => None,
        }
    }

    /// A rule whose steps have about this length along every axis, regardless of the gradient.
    #[must_use]
    pub fn adaptive(stride: f64) -> Self {
        Self::Adam(Adam {
            learning_rate: stride,
            ..Adam::default()
        })
    }

    /// The quantities that the rule queries, including those of wrapped rules.
    #[must_use]
    pub fn needs(&self) -> Queries {
        self.visit(Needs)
    }

    /// Those of [`Self::all`] that can move a point of a surface, which is no matrix.
    pub fn for_points() -> impl Iterator<Item = &'static Self> + Clone {
        let provides = Queries::ALL;
        Self::all()
            .iter()
            .filter(move |it| it.needs().missing_in(provides).is_none())
    }

    /// Why the rule cannot move the parameters of an objective that provides this, as a sentence
    /// without its full stop; `None` if it can.
    #[must_use]
    pub fn refusal(&self, provides: Queries) -> Option<String> {
        let needs = self.needs();
        let what = needs.missing_in(provides)?;
        let mut who = self;
        while let Some(inner) = who.inner() {
            who = inner;
        }
        let title = who.rule().title();
        Some(if needs.matrices && !provides.matrices {
            format!("{title} moves matrices of weights, and a point is no matrix")
        } else {
            format!("{title} needs {what}, which cannot be evaluated here")
        })
    }

    /// The maximum number of rows of a matrix that a rule takes the root of in every step. With as many,
    /// a step takes seconds, and three matrices some 25 MB.
    pub const MOST_SIDE: usize = 1_000;

    /// Why the rule cannot move so many parameters in blocks of these shapes, as a sentence without its
    /// full stop; `None` if it can.
    #[must_use]
    pub fn oversize(&self, blocks: &[Block]) -> Option<String> {
        let mut rules = vec![self];
        while let Some(rule) = rules.pop() {
            let side = rule.visit(Side(blocks));
            if side > Self::MOST_SIDE {
                return Some(format!(
                    "{} would take the root of a matrix with {} rows in every step, but it may have \
                     at most {}",
                    rule.rule().title(),
                    count(side),
                    count(Self::MOST_SIDE)
                ));
            }
            let parameters = blocks.iter().map(Block::len).sum();
            if let Some(Capacity { most, why }) = rule.visit(Holds)
                && parameters > most
            {
                return Some(format!(
                    "{} moves at most {} parameters, as it {why}, and here are {}",
                    rule.rule().title(),
                    count(most),
                    count(parameters)
                ));
            }
            rules.extend(rule.inner());
            rules.extend(rule.vectors());
        }
        None
    }

    /// The same rule with a library's defaults, if the library has it; a wrapper keeps its inner
    /// rule, with that rule's defaults, and a rule for matrices the one that it names for the
    /// vectors.
    #[must_use]
    pub fn defaults(&self, library: Origin) -> Option<Self> {
        let mut theirs = self.own_defaults(library)?;
        if let (Some(held), Some(inner)) = (theirs.inner_mut(), self.inner()) {
            *held = inner.defaults(library)?;
        }
        if let (Some(held), Some(vectors)) = (theirs.vectors_mut(), self.vectors()) {
            *held = Some(Box::new(vectors.defaults(library)?));
        }
        Some(theirs)
    }

    /// The rule as a library implements it: the position and size of ε, the kind of velocity, the
    /// momentum schedule, the initial accumulators. Tuned hyper-parameters keep their values.
    /// `None` if the library does not have the rule, or not with these values.
    #[must_use]
    pub fn in_the_form_of(&self, library: Origin) -> Option<Self> {
        let mut theirs = self.defaults(library)?;
        let own = self.rule();
        for (index, parameter) in own.parameters().enumerate() {
            if parameter.role.is_tuned()
                && let Some(value) = own.get(index)
            {
                theirs.rule_mut().set(index, value);
            }
        }
        // A rule for the vectors that is not named follows the rate.
        if let (None, Some(rate)) = (self.vectors(), own.learning_rate()) {
            let beside: Vec<usize> = theirs.rule().rates().skip(1).collect();
            for index in beside {
                theirs.rule_mut().set(index, Value::Number(rate));
            }
        }
        theirs.rule().conflict().is_none().then_some(theirs)
    }
}

/// Visits a rule to find out what it needs.
struct Needs;

impl Visitor for Needs {
    type Out = Queries;

    fn coordinate<R>(self, rule: &R) -> Queries
    where
        R: CoordinateRule + Adjustable + Send + 'static,
    {
        rule.needs()
    }

    fn whole<R>(self, rule: &R) -> Queries
    where
        R: Optimizer + Adjustable + Send + 'static,
    {
        rule.needs()
    }
}

/// Visits a rule to find out how large its largest matrix would be.
struct Side<'a>(&'a [Block]);

impl Visitor for Side<'_> {
    type Out = usize;

    fn coordinate<R>(self, _rule: &R) -> usize
    where
        R: CoordinateRule + Adjustable + Send + 'static,
    {
        0
    }

    fn whole<R>(self, rule: &R) -> usize
    where
        R: Optimizer + Adjustable + Send + 'static,
    {
        rule.side(self.0)
    }
}

/// Visits a rule to find out how many parameters it can move.
struct Holds;

impl Visitor for Holds {
    type Out = Option<Capacity>;

    fn coordinate<R>(self, _rule: &R) -> Option<Capacity>
    where
        R: CoordinateRule + Adjustable + Send + 'static,
    {
        None
    }

    fn whole<R>(self, rule: &R) -> Option<Capacity>
    where
        R: Optimizer + Adjustable + Send + 'static,
    {
        rule.capacity()
    }
}

impl Inner for Box<OptimizerChoice> {
    fn standard() -> Self {
        Self::new(OptimizerChoice::Adam(Adam::default()))
    }

    fn with_constant_momentum(learning_rate: f64) -> Self {
        Self::new(OptimizerChoice::Nadam(Nadam {
            learning_rate,
            momentum_schedule: MomentumSchedule::Constant,
            ..Nadam::default()
        }))
    }

    fn rule(&self) -> &dyn Rule {
        OptimizerChoice::rule(self)
    }

    fn rule_mut(&mut self) -> &mut dyn Rule {
        OptimizerChoice::rule_mut(self)
    }

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> Box<dyn Run<N>> {
        OptimizerChoice::begin(self, at, blocks)
    }

    fn needs(&self) -> Queries {
        OptimizerChoice::needs(self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AmsGrad, Nesterov, Velocity};
    use super::*;

    #[test]
    fn tuned_values_stay_and_forms_change() {
        let own = OptimizerChoice::Nesterov(Nesterov {
            learning_rate: 0.02,
            momentum: 0.7,
            ..Nesterov::default()
        });
        let Some(OptimizerChoice::Nesterov(theirs)) = own.in_the_form_of(Origin::PyTorch) else {
            panic!("PyTorch has the rule");
        };
        assert_eq!((theirs.learning_rate, theirs.momentum), (0.02, 0.7));
        assert_eq!(theirs.velocity, Velocity::Unscaled);
        let nadam = OptimizerChoice::Nadam(Nadam::default());
        let Some(OptimizerChoice::Nadam(keras)) = nadam.in_the_form_of(Origin::Keras) else {
            panic!("Keras has the rule");
        };
        assert_eq!((keras.momentum_decay, keras.learning_rate), (1.0, 0.002));
    }

    #[test]
    fn values_that_cannot_go_together_have_no_such_form() {
        let own = OptimizerChoice::Adam(Adam {
            amsgrad: AmsGrad::MaxOfCorrected,
            ..Adam::default()
        });
        assert_eq!(own.in_the_form_of(Origin::Keras), None);
        assert!(own.in_the_form_of(Origin::Optax).is_some());
    }
}
