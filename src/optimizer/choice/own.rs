//! Rules that are typed, and what can be made one.

use crate::optimizer::{OptimizerChoice, OwnRule, OwnRuleFault};

impl OptimizerChoice {
    /// The first rule that is typed and cannot be read, be it this one or one that it holds, with the
    /// fields that lead to it.
    #[must_use]
    pub fn broken_rule(&self) -> Option<(Vec<&'static str>, &OwnRule)> {
        let mut rules = vec![(Vec::new(), self)];
        while let Some((path, rule)) = rules.pop() {
            if let Self::Rule(own) = rule
                && own.fault().is_some()
            {
                return Some((path, own));
            }
            let held = [("vectors", rule.vectors()), ("inner", rule.inner())];
            for (field, held) in held {
                rules.extend(held.map(|held| ([&path[..], &[field]].concat(), held)));
            }
        }
        None
    }

    /// The first mistake in a rule that is typed, be it this one or one that it holds, with the fields
    /// that lead to that rule.
    #[must_use]
    pub fn fault(&self) -> Option<(Vec<&'static str>, &OwnRuleFault)> {
        let (path, rule) = self.broken_rule()?;
        Some((path, rule.fault()?))
    }

    /// The rule in its present form as text, to be edited; `None` if its lines cannot be typed.
    #[must_use]
    pub fn as_text(&self) -> Option<OwnRule> {
        match self {
            Self::Rule(own) => Some(own.clone()),
            _ => OwnRule::from_rule(self.rule()),
        }
    }

    /// The rule itself, or the innermost one of a wrapper.
    fn innermost(&self) -> &Self {
        let mut rule = self;
        while let Some(inner) = rule.inner() {
            rule = inner;
        }
        rule
    }

    /// The rule that is typed, be it this one or the innermost one of a wrapper.
    #[must_use]
    pub fn own_rule(&self) -> Option<&OwnRule> {
        match self.innermost() {
            Self::Rule(own) => Some(own),
            _ => None,
        }
    }

    /// The same with a rule that is typed in the place of the innermost one.
    #[must_use]
    pub fn with_own_rule(&self, own: OwnRule) -> Self {
        let mut changed = self.clone();
        match changed.inner_mut() {
            Some(inner) => *inner = inner.with_own_rule(own),
            None => changed = Self::Rule(own),
        }
        changed
    }

    /// The same rule with lines that can be edited, in a wrapper those of the innermost rule; `None`
    /// if they cannot be typed, see [`NO_COPY`](crate::optimizer::NO_COPY).
    #[must_use]
    pub fn copy_to_edit(&self) -> Option<Self> {
        Some(self.with_own_rule(self.innermost().as_text()?))
    }
}
