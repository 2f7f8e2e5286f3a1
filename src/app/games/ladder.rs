//! The ladder: one racer, assembled from the ingredients of well-known rules.

use crate::experiment::{Experiment, Racer};
use crate::optimizer::{
    Adagrad, Adam, GradientDescent, Momentum, MomentumSchedule, Nadam, Nesterov, OptimizerChoice,
    RMSProp,
};
use crate::surface::SurfaceChoice;

/// An ingredient of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ingredient {
    /// Past gradients keep pushing.
    Momentum,
    /// The gradient is evaluated where momentum is heading.
    LookAhead,
    /// Every axis is divided by the size of its own gradients.
    Scaling,
    /// Old gradient sizes are forgotten.
    Forgetting,
    /// The slow start of the averages is compensated.
    BiasCorrection,
}

impl Ingredient {
    /// All ingredients, in the order of the ladder.
    pub const ALL: [Self; 5] = [
        Self::Momentum,
        Self::LookAhead,
        Self::Scaling,
        Self::Forgetting,
        Self::BiasCorrection,
    ];

    /// Returns the name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Momentum => "momentum",
            Self::LookAhead => "look-ahead",
            Self::Scaling => "scaling per axis",
            Self::Forgetting => "forgetting",
            Self::BiasCorrection => "bias correction",
        }
    }

    /// Returns an explanation in one sentence.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Momentum => "Earlier gradients keep pushing",
            Self::LookAhead => "The gradient is taken where momentum is heading",
            Self::Scaling => "Every axis is divided by the size of its own gradients",
            Self::Forgetting => "Old gradient sizes are forgotten",
            Self::BiasCorrection => "Makes up for the averages starting at 0",
        }
    }
}

/// The ingredients of the rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder {
    has: Vec<Ingredient>,
}

impl Ladder {
    /// Returns whether the rule has an ingredient.
    #[must_use]
    pub fn has(&self, ingredient: Ingredient) -> bool {
        self.has.contains(&ingredient)
    }

    /// Returns the ladder with an ingredient added or removed.
    #[must_use]
    pub fn with(&self, ingredient: Ingredient, on: bool) -> Self {
        let mut ladder = self.clone();
        ladder.has.retain(|other| *other != ingredient);
        if on {
            ladder.has.push(ingredient);
        }
        ladder
    }

    /// Returns why an ingredient cannot be toggled now: the result would not be a published rule.
    #[must_use]
    pub fn hindrance(&self, ingredient: Ingredient) -> Option<&'static str> {
        use Ingredient::{BiasCorrection, Forgetting, LookAhead, Momentum, Scaling};
        let on = !self.has(ingredient);
        if self.with(ingredient, on).rule().is_some() {
            return None;
        }
        Some(match (ingredient, on) {
            (LookAhead, true) if !self.has(Momentum) => "Add momentum first",
            (LookAhead, true) => "With scaling, look-ahead comes last: that is Nadam",
            (Forgetting, true) => "Add scaling first: without it there is nothing to forget",
            (BiasCorrection, true) => {
                "Only forgetful averages start out too small: add momentum, scaling and forgetting"
            }
            (Momentum, true) => "No textbook has Adagrad with momentum: add forgetting first",
            (Scaling, true) => "Remove look-ahead first; you can add it back at the end",
            _ => "Remove what builds on it first",
        })
    }

    /// Returns the rule with these ingredients; `None` if there is no such rule.
    #[must_use]
    pub fn rule(&self) -> Option<OptimizerChoice> {
        let flags = Ingredient::ALL.map(|ingredient| self.has(ingredient));
        Some(match flags {
            [false, false, false, false, false] => {
                OptimizerChoice::GradientDescent(GradientDescent {
                    learning_rate: 0.02,
                })
            }
            [true, false, false, false, false] => OptimizerChoice::Momentum(Momentum {
                learning_rate: 0.02,
                ..Momentum::default()
            }),
            [true, true, false, false, false] => OptimizerChoice::Nesterov(Nesterov {
                learning_rate: 0.02,
                ..Nesterov::default()
            }),
            [false, false, true, false, false] => OptimizerChoice::Adagrad(Adagrad {
                learning_rate: 0.1,
                ..Adagrad::default()
            }),
            [false, false, true, true, false] => OptimizerChoice::RMSProp(RMSProp {
                learning_rate: 0.1,
                ..RMSProp::default()
            }),
            [true, false, true, true, bias_correction] => OptimizerChoice::Adam(Adam {
                learning_rate: 0.1,
                bias_correction,
                ..Adam::default()
            }),
            [true, true, true, true, true] => OptimizerChoice::Nadam(Nadam {
                learning_rate: 0.1,
                momentum_schedule: MomentumSchedule::Constant,
                ..Nadam::default()
            }),
            _ => return None,
        })
    }

    /// Returns the race on the first rung.
    #[must_use]
    pub fn experiment() -> Experiment {
        let racers = Self::default().rule().map(Racer::new);
        Experiment {
            title: "The ladder: one racer, five ingredients".into(),
            surface: SurfaceChoice::LongValley,
            start: [-4.5, 1.5],
            steps: 200,
            racers: racers.into_iter().collect(),
            ..Experiment::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From gradient descent to Nadam, one ingredient at a time.
    #[test]
    fn every_rung_is_a_rule() {
        use Ingredient::{BiasCorrection, Forgetting, LookAhead, Momentum, Scaling};
        let mut ladder = Ladder::default();
        let mut names = vec![ladder.rule().unwrap().rule().about().name];
        for ingredient in [Scaling, Forgetting, Momentum, BiasCorrection, LookAhead] {
            assert_eq!(ladder.hindrance(ingredient), None, "{ingredient:?}");
            ladder = ladder.with(ingredient, true);
            names.push(ladder.rule().unwrap().rule().about().name);
        }
        let expected = [
            "GradientDescent",
            "Adagrad",
            "RMSProp",
            "Adam",
            "Adam",
            "Nadam",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn what_cannot_be_switched_says_why() {
        let ladder = Ladder::default();
        for ingredient in Ingredient::ALL {
            let possible = ladder.with(ingredient, true).rule().is_some();
            assert_eq!(ladder.hindrance(ingredient).is_none(), possible);
        }
        let nag = ladder
            .with(Ingredient::Momentum, true)
            .with(Ingredient::LookAhead, true);
        assert!(nag.hindrance(Ingredient::Momentum).is_some());
        assert!(nag.hindrance(Ingredient::LookAhead).is_none());
    }
}
