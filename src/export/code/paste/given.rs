//! The arguments of a call, matched with those of its constructor.

use super::call::{Argument, Value};
use super::error::PasteError;
use super::library::Constructor;
use super::signature::{Meaning, Parameter};
use crate::experiment::names::{field_elsewhere, nearest};
use crate::text::{brief, one_line};

/// The arguments that a call gives.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) constructor: Constructor,
    pub(super) arguments: Vec<(&'static Parameter, Value)>,
}

impl Given {
    /// Matches the arguments of a call with those of its constructor.
    pub(super) fn new(
        constructor: Constructor,
        arguments: Vec<Argument>,
    ) -> Result<Self, PasteError> {
        let mut given = Self {
            constructor,
            arguments: Vec::new(),
        };
        for (index, Argument { keyword, value }) in arguments.into_iter().enumerate() {
            let parameter = match keyword {
                Some(name) => given.named(&name)?,
                None => given.positional(index, &value)?,
            };
            if given.value(parameter.0).is_some() {
                return Err(PasteError::Twice {
                    class: given.class(),
                    argument: parameter.0.to_owned(),
                });
            }
            given.arguments.push((parameter, value));
        }
        given.check_required()?;
        Ok(given)
    }

    fn named(&self, name: &str) -> Result<&'static Parameter, PasteError> {
        self.constructor.parameter(name).ok_or_else(|| {
            let known: Vec<&str> = self.constructor.parameters().map(|it| it.0).collect();
            let rule = self.constructor.signature.rule;
            let near = nearest(name, &known).map(|near| format!("did you mean {near}?"));
            let hint = near.or_else(|| field_elsewhere(rule, name));
            PasteError::NoSuchArgument {
                class: self.class(),
                argument: brief(name),
                hint: hint.unwrap_or_else(|| format!("it has {}", known.join(", "))),
            }
        })
    }

    fn positional(&self, index: usize, value: &Value) -> Result<&'static Parameter, PasteError> {
        let is_unpacked = value.text().starts_with('*');
        let parameter = self.constructor.signature.arguments.get(index);
        parameter
            .filter(|_| !is_unpacked)
            .ok_or_else(|| PasteError::TooMany {
                class: self.class(),
                value: quoted(value),
            })
    }

    /// The parameters that PyTorch moves may be missing: they say nothing of the rule.
    fn check_required(&self) -> Result<(), PasteError> {
        let signature = self.constructor.signature;
        let required = signature.arguments.iter().take(signature.required);
        let mut missing = required.filter(|it| self.value(it.0).is_none());
        missing.next().map_or(Ok(()), |(argument, _)| {
            Err(PasteError::Missing {
                class: self.class(),
                argument: (*argument).to_owned(),
            })
        })
    }

    /// The constructor's name in messages.
    pub(super) fn class(&self) -> String {
        self.constructor.signature.class.to_owned()
    }

    /// The value of an argument, if it is given.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        let mut arguments = self.arguments.iter();
        arguments
            .find(|((known, _), _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The value of the argument with a meaning, if it is given.
    pub(super) fn meant(&self, meaning: Meaning) -> Option<&Value> {
        let mut arguments = self.arguments.iter();
        arguments
            .find(|((_, known), _)| *known == meaning)
            .map(|(_, value)| value)
    }

    /// The error for a value of the wrong kind.
    pub(super) fn not_read(
        &self,
        argument: &str,
        value: &Value,
        expected: &'static str,
    ) -> PasteError {
        PasteError::Value {
            class: self.class(),
            argument: argument.to_owned(),
            value: quoted(value),
            expected,
        }
    }

    /// The error for a value that asks for something that is not here.
    pub(super) fn absent(&self, argument: &str, value: &Value, why: Option<String>) -> PasteError {
        let rule = self.constructor.signature.rule;
        let why = why.or_else(|| field_elsewhere(rule, argument));
        PasteError::Absent {
            class: self.class(),
            argument: argument.to_owned(),
            value: quoted(value),
            why: why.unwrap_or_else(|| "it is not here yet".to_owned()),
        }
    }
}

/// A value, fit for a message.
fn quoted(value: &Value) -> String {
    brief(&one_line(&value.text()))
}
