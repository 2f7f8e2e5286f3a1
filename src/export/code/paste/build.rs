//! Builds the racer that a call describes.

use super::call::{Call, Value};
use super::chained;
use super::error::PasteError;
use super::given::Given;
use super::library::Constructor;
use super::signature::{Meaning, Parameter};
use super::wrap::{set, wrap};
use crate::experiment::{Racer, Schedule};
use crate::export::code::Framework;
use crate::optimizer::{self, OptimizerChoice, ParameterKind};
use crate::text::brief;

const A_NUMBER: &str = "a plain number such as 0.001";
const A_SWITCH: &str = "True or False";
const A_PAIR: &str = "two plain numbers such as (0.9, 0.999)";

/// The racer of a call.
pub(super) fn racer(given: &Given) -> Result<Racer, PasteError> {
    let mut builder = Builder {
        given,
        optimizer: start(given)?,
        around: Vec::new(),
    };
    for ((name, meaning), value) in &given.arguments {
        builder.apply(name, *meaning, value)?;
    }
    if let Some(why) = builder.optimizer.rule().conflict() {
        let class = given.class();
        return Err(PasteError::Conflict { class, why });
    }
    let mut racer = Racer::new(builder.wrapped()?);
    racer.plan.schedule = schedule(given)?;
    Ok(racer)
}

/// The rule with everything that the library does if no argument is given.
fn start(given: &Given) -> Result<OptimizerChoice, PasteError> {
    let Constructor { library, signature } = given.constructor;
    let name = rule(given)?;
    let mut all = OptimizerChoice::all().iter();
    let published = all.find(|choice| choice.rule().about().name == name);
    let Some(published) = published else {
        let why = "Slalom knows no such rule".to_owned();
        let class = given.class();
        return Err(PasteError::Unknown { class, why });
    };
    let theirs = published.defaults(library.origin());
    let mut optimizer = theirs.unwrap_or_else(|| published.clone());
    for (parameter, variant) in signature.variants {
        choose(&mut optimizer, parameter, variant);
    }
    for (parameter, value) in signature.defaults {
        set(&mut optimizer, parameter, optimizer::Value::Number(*value));
    }
    Ok(optimizer)
}

/// The name of the rule, which is another one with some arguments.
fn rule(given: &Given) -> Result<&'static str, PasteError> {
    let Constructor { library, signature } = given.constructor;
    let on = |(parameter, value): &(&Parameter, Value)| match parameter.1 {
        Meaning::Becomes(rule) if *value == Value::Flag(true) => Some(rule),
        _ => None,
    };
    let becomes = given.arguments.iter().find_map(on);
    if signature.rule != "GradientDescent" {
        return Ok(becomes.unwrap_or(signature.rule));
    }
    let is_given = |name| given.value(name).is_some_and(|value| !value.is_neutral());
    let moves = is_given("momentum");
    if library == Framework::PyTorch && becomes.is_some() && (!moves || is_given("dampening")) {
        let why = "nesterov=True needs a momentum and no dampening";
        let class = given.class();
        return Err(PasteError::Conflict { class, why });
    }
    Ok(match becomes {
        _ if !moves => "GradientDescent",
        Some(nesterov) => nesterov,
        None => "Momentum",
    })
}

/// The schedule that older versions of Keras have as an argument.
fn schedule(given: &Given) -> Result<Schedule, PasteError> {
    match given.meant(Meaning::InverseTime) {
        None => Ok(Schedule::Constant),
        Some(value) if value.is_neutral() => Ok(Schedule::Constant),
        Some(Value::Number(decay, _)) if decay.is_finite() && *decay > 0.0 => {
            Ok(Schedule::InverseTime { decay: *decay })
        }
        Some(value) => Err(given.not_read("decay", value, A_NUMBER)),
    }
}

struct Builder<'a> {
    given: &'a Given,
    optimizer: OptimizerChoice,
    /// What changes the gradient first, the innermost first: the argument, our wrapper, its number,
    /// and the value.
    around: Vec<(String, &'static str, &'static str, Value)>,
}

impl Builder<'_> {
    /// Gives the optimizer what an argument means.
    fn apply(&mut self, name: &str, meaning: Meaning, value: &Value) -> Result<(), PasteError> {
        match meaning {
            Meaning::Number(ours) => self.number(name, ours, value),
            Meaning::Pair(ours) => self.pair(name, ours, value),
            Meaning::Switch(ours) => {
                let on = self.flag(name, value)?;
                set(&mut self.optimizer, ours, optimizer::Value::Switch(on));
                Ok(())
            }
            Meaning::Variant(ours, variant) => {
                if self.flag(name, value)? {
                    choose(&mut self.optimizer, ours, variant);
                }
                Ok(())
            }
            Meaning::Word(ours, words) => self.word(name, ours, words, value),
            Meaning::Becomes(_) | Meaning::Decouples => self.flag(name, value).map(drop),
            Meaning::Coupled => self.coupled(name, value),
            Meaning::ClipValue => {
                self.surround(name, "ClipByValue", "limit", value);
                Ok(())
            }
            Meaning::ClipNorm => {
                self.surround(name, "ClipByGlobalNorm", "limit", value);
                Ok(())
            }
            Meaning::Inner => self.inner(name, value),
            Meaning::Moved => match value {
                Value::Expression(text) if !text.contains('{') => Ok(()),
                Value::Several(_, text) if !text.contains('{') => Ok(()),
                other => Err(self
                    .given
                    .not_read(name, other, "what it moves, without options")),
            },
            Meaning::Absent if value.is_neutral() => Ok(()),
            Meaning::Absent => Err(self.given.absent(name, value, None)),
            Meaning::InverseTime | Meaning::Ignored => Ok(()),
        }
    }

    /// The rule with everything that is around it.
    fn wrapped(self) -> Result<OptimizerChoice, PasteError> {
        let mut optimizer = self.optimizer;
        for (argument, wrapper, parameter, value) in self.around {
            let Value::Number(number, text) = &value else {
                return Err(self.given.not_read(&argument, &value, A_NUMBER));
            };
            let wrapped = wrap(optimizer, wrapper, parameter, *number);
            optimizer = wrapped.map_err(|valid| PasteError::OutOfRange {
                class: self.given.class(),
                argument: argument.clone(),
                value: brief(text),
                valid,
            })?;
        }
        Ok(optimizer)
    }

    /// Remembers what is around the rule, unless it is switched off.
    fn surround(
        &mut self,
        name: &str,
        wrapper: &'static str,
        parameter: &'static str,
        value: &Value,
    ) {
        if !value.is_neutral() {
            let name = name.to_owned();
            self.around.push((name, wrapper, parameter, value.clone()));
        }
    }

    fn flag(&self, name: &str, value: &Value) -> Result<bool, PasteError> {
        match value {
            Value::Flag(on) => Ok(*on),
            Value::Nothing => Ok(false),
            other => Err(self.given.not_read(name, other, A_SWITCH)),
        }
    }

    /// Sets a number. `None` is accepted where the default is 0.
    fn number(&mut self, name: &str, ours: &str, value: &Value) -> Result<(), PasteError> {
        match value {
            Value::Number(number, text) => self.set(name, ours, *number, text),
            Value::Nothing if self.default(ours).is_none_or(|it| it == 0.0) => Ok(()),
            other => Err(self.given.not_read(name, other, A_NUMBER)),
        }
    }

    fn default(&self, ours: &str) -> Option<f64> {
        let rule = self.optimizer.rule();
        rule.number(rule.find(ours)?)
    }

    fn pair(&mut self, name: &str, ours: [&str; 2], value: &Value) -> Result<(), PasteError> {
        let Value::Several(values, _) = value else {
            return Err(self.given.not_read(name, value, A_PAIR));
        };
        let [Value::Number(one, first), Value::Number(other, second)] = &**values else {
            return Err(self.given.not_read(name, value, A_PAIR));
        };
        self.set(name, ours[0], *one, first)?;
        self.set(name, ours[1], *other, second)
    }

    /// Sets a number of the rule; one that the rule lacks has no effect in the library either.
    fn set(&mut self, name: &str, ours: &str, value: f64, text: &str) -> Result<(), PasteError> {
        let rule = self.optimizer.rule_mut();
        let Some(index) = rule.find(ours) else {
            return Ok(());
        };
        if let Some(ParameterKind::Number { valid, .. }) = rule.parameter(index).map(|it| it.kind)
            && !valid.allows(value)
        {
            return Err(PasteError::OutOfRange {
                class: self.given.class(),
                argument: name.to_owned(),
                value: brief(text),
                valid,
            });
        }
        rule.set(index, optimizer::Value::Number(value));
        Ok(())
    }

    fn word(
        &mut self,
        name: &str,
        ours: &str,
        words: &[&str],
        value: &Value,
    ) -> Result<(), PasteError> {
        let position = match value {
            Value::Text(text) => words.iter().position(|word| word == text),
            _ => None,
        };
        let Some(position) = position else {
            return Err(self.given.not_read(name, value, "the name of a variant"));
        };
        set(
            &mut self.optimizer,
            ours,
            optimizer::Value::Choice(position),
        );
        Ok(())
    }

    fn coupled(&mut self, name: &str, value: &Value) -> Result<(), PasteError> {
        let decouples = self.given.meant(Meaning::Decouples);
        let decouples = decouples == Some(&Value::Flag(true));
        if decouples && (value.is_neutral() || self.default("weight_decay").is_some()) {
            self.number(name, "weight_decay", value)
        } else if decouples {
            Err(self.given.absent(name, value, None))
        } else {
            self.surround(name, "CoupledDecay", "weight_decay", value);
            Ok(())
        }
    }

    fn inner(&mut self, name: &str, value: &Value) -> Result<(), PasteError> {
        let unread = || self.given.not_read(name, value, "a constructor of Optax");
        let Value::Expression(text) = value else {
            return Err(unread());
        };
        let call = Call::read(text).filter(|call| call.rest.is_empty());
        let call = call.ok_or_else(unread)?;
        if let Some(chain) = chained(&call) {
            if let Some(inner) = self.optimizer.inner_mut() {
                *inner = chain?.racer.plan.optimizer;
            }
            return Ok(());
        }
        let constructor = Constructor::of(&call).ok_or_else(unread)??;
        let is_wrapper = constructor.signature.rule == self.given.constructor.signature.rule;
        if is_wrapper || constructor.library != self.given.constructor.library {
            return Err(unread());
        }
        let given = Given::new(constructor, call.arguments.ok_or_else(unread)?)?;
        let racer = racer(&given)?;
        if let Some(inner) = self.optimizer.inner_mut() {
            *inner = racer.plan.optimizer;
        }
        Ok(())
    }
}

/// Selects a variant by its name here.
fn choose(optimizer: &mut OptimizerChoice, parameter: &str, variant: &str) {
    let rule = optimizer.rule();
    let described = rule.find(parameter).and_then(|index| rule.parameter(index));
    if let Some(ParameterKind::Choice(names)) = described.map(|it| it.kind)
        && let Some(position) = names.iter().position(|name| *name == variant)
    {
        set(optimizer, parameter, optimizer::Value::Choice(position));
    }
}
