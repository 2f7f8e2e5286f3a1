//! The same rule as another library writes it.

use super::{Library, OptimizerChoice};

/// What a user tunes; everything else is how a library happens to write the rule.
const TUNED: &[&str] = &[
    "learning_rate",
    "momentum",
    "dampening",
    "rho",
    "beta_1",
    "beta_2",
    "weight_decay",
    "learning_rate_decay",
    "matrix",
    "centered",
    "amsgrad",
];

impl OptimizerChoice {
    /// The rule in the form of a library: where ε stands and how large it is, which velocity, which
    /// momentum schedule, what accumulators start with. What is tuned stays as it is. `None` if the
    /// library does not have the rule, or not with these values.
    #[must_use]
    pub fn in_the_form_of(&self, library: Library) -> Option<Self> {
        let mut theirs = self.defaults(library)?;
        let own = self.rule();
        for (index, parameter) in own.parameters().enumerate() {
            if TUNED.contains(&parameter.name)
                && let Some(value) = own.get(index)
            {
                theirs.rule_mut().set(index, value);
            }
        }
        theirs.rule().conflict().is_none().then_some(theirs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::adam::AmsGrad;
    use super::super::{Adam, Nadam, Nesterov, Velocity};
    use super::*;

    #[test]
    fn tuned_values_stay_and_forms_change() {
        let own = OptimizerChoice::Nesterov(Nesterov {
            learning_rate: 0.02,
            momentum: 0.7,
            ..Nesterov::default()
        });
        let Some(OptimizerChoice::Nesterov(theirs)) = own.in_the_form_of(Library::PyTorch) else {
            panic!("PyTorch has the rule");
        };
        assert_eq!((theirs.learning_rate, theirs.momentum), (0.02, 0.7));
        assert_eq!(theirs.velocity, Velocity::Unscaled);
        let nadam = OptimizerChoice::Nadam(Nadam::default());
        let Some(OptimizerChoice::Nadam(keras)) = nadam.in_the_form_of(Library::Keras) else {
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
        assert_eq!(own.in_the_form_of(Library::Keras), None);
        assert!(own.in_the_form_of(Library::Optax).is_some());
    }
}
