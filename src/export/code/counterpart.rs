//! The counterparts of rules in a library.

use std::borrow::Cow;

use super::definition::Definition;
use super::layout::Code;
use super::python::{Amount, Numbers};
use super::values::Values;
use crate::optimizer::{RAdam, RMSProp};

/// Keyword arguments of a call.
pub(super) type Arguments = Vec<(Cow<'static, str>, Amount)>;

/// A call to one of a library's optimizers, or to a part of one, with its arguments.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) function: Cow<'static, str>,
    pub(super) arguments: Arguments,
    /// The definitions of an optimizer that is written out, since the library has none like it.
    pub(super) code: Vec<Cow<'static, str>>,
    /// The definitions of what is around an optimizer that the library has.
    pub(super) helpers: Vec<&'static str>,
    /// The definition of a rule of one's own, which has no name yet.
    pub(super) own: Option<Box<Definition>>,
}

impl Call {
    pub(super) fn new(function: &'static str, arguments: Arguments) -> Self {
        Self {
            function: Cow::Borrowed(function),
            arguments,
            code: Vec::new(),
            helpers: Vec::new(),
            own: None,
        }
    }

    /// Adds definitions that it needs.
    pub(super) fn defined_by(mut self, code: &'static [&'static str]) -> Self {
        self.code = code.iter().map(|text| Cow::Borrowed(*text)).collect();
        self
    }

    /// The rule of one's own that it is.
    pub(super) fn of_own(mut self, definition: Definition) -> Self {
        self.own = Some(Box::new(definition));
        self
    }

    /// Adds arguments.
    pub(super) fn with(mut self, more: Arguments) -> Self {
        self.arguments.extend(more);
        self
    }

    /// Adds an argument that stays constant.
    pub(super) fn fixed(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.arguments.push((name.into(), Amount::fixed(value)));
        self
    }

    /// Adds a flag that the library leaves off by default.
    pub(super) fn switch(self, name: &'static str, on: bool) -> Self {
        if on { self.fixed(name, "True") } else { self }
    }

    /// Whether any argument changes during the race.
    pub(super) fn changes(&self) -> bool {
        let mut amounts = self.arguments.iter().map(|(_, amount)| amount);
        amounts.any(|amount| amount.at_step.is_some())
    }

    /// The arguments as `name=value`; those that change are written as functions of the step.
    pub(super) fn with_functions(&self) -> Vec<Code> {
        let argument = |(name, amount): &(Cow<str>, Amount)| match &amount.at_step {
            Some(at_step) => {
                // A default value is made once, and remembers.
                let memory = amount.memory.iter();
                let memory = memory.fold(String::new(), |all, (name, made)| {
                    all + ", " + name + "=" + made
                });
                Code::Word(format!("{name}=lambda step{memory}: {at_step}"))
            }
            None => Code::Word(format!("{name}={}", amount.first)),
        };
        self.arguments.iter().map(argument).collect()
    }

    /// The arguments as `name=value`, with their initial values.
    pub(super) fn at_first(&self) -> Vec<Code> {
        let argument = |(name, amount): &(Cow<str>, Amount)| format!("{name}={}", amount.first);
        self.arguments
            .iter()
            .map(argument)
            .map(Code::Word)
            .collect()
    }
}

/// Arguments under the library's names, given in pairs with ours.
pub(super) fn named(
    values: &Values,
    numbers: Numbers,
    names: &[(&'static str, &str)],
) -> Arguments {
    let amount = |&(theirs, ours): &(&'static str, &str)| {
        let amount = if values.is_rate(ours) {
            numbers.rate(values)
        } else {
            numbers.amount(&values.pieces(ours))
        };
        (Cow::Borrowed(theirs), amount)
    };
    names.iter().map(amount).collect()
}

/// What an optimizer needs in each step, beyond a gradient at the printed point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// Its update also takes the loss.
    pub(super) takes_loss: bool,
    /// It keeps slow weights beside the fast ones.
    pub(super) looks_ahead: bool,
    /// It takes gradients at a point other than the printed one, which is an average.
    pub(super) averages: bool,
    /// It asks for the loss or for gradients at points of its own.
    pub(super) asks: bool,
}

impl Manner {
    /// Everything that at least one of two optimizers needs.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            takes_loss: self.takes_loss || other.takes_loss,
            looks_ahead: self.looks_ahead || other.looks_ahead,
            averages: self.averages || other.averages,
            asks: self.asks || other.asks,
        }
    }
}

/// The library's optimizer that follows the same path as a racer.
#[derive(Clone, Debug)]
pub(super) struct Counterpart {
    /// The parts, in order; only Optax composes an optimizer from several.
    pub(super) parts: Vec<Call>,
    /// The wrapper around the parts; only Optax has one.
    pub(super) around: Option<Call>,
    pub(super) manner: Manner,
    /// A remark on something that may puzzle the reader.
    pub(super) remark: Option<&'static str>,
}

impl Counterpart {
    pub(super) fn changes(&self) -> bool {
        self.parts.iter().any(Call::changes)
    }

    pub(super) fn remarked(mut self, remark: &'static str) -> Self {
        self.remark = Some(remark);
        self
    }

    /// Whether it is a rule of one's own.
    pub(super) fn is_own(&self) -> bool {
        self.parts.iter().any(|call| call.own.is_some())
    }

    /// Whether the library has no such optimizer, and it is written out.
    pub(super) fn is_written_out(&self) -> bool {
        let is_own = |call: &Call| call.own.is_some() || !call.code.is_empty();
        self.parts.iter().any(is_own)
    }

    /// Whether Optax keeps an average for it, which it finds in the state of the whole optimizer.
    pub(super) fn is_traced_average(&self) -> bool {
        let function = self.parts.first().map(|call| &call.function);
        function.is_some_and(|name| name.starts_with("optax.")) && self.manner.averages
    }

    pub(super) fn in_manner(mut self, manner: Manner) -> Self {
        self.manner = manner;
        self
    }
}

impl From<Call> for Counterpart {
    fn from(call: Call) -> Self {
        vec![call].into()
    }
}

impl From<Vec<Call>> for Counterpart {
    fn from(parts: Vec<Call>) -> Self {
        Self {
            parts,
            around: None,
            manner: Manner::default(),
            remark: None,
        }
    }
}

/// The reason why a library has no equivalent of a racer: a clause without a full stop.
pub(super) type Lack = &'static str;

/// Variants that no library offers.
pub(super) const FULL_MATRIX: Lack = "no library has Adagrad with the full matrix";
pub(super) const LOOK_AHEAD: Lack =
    "no library asks for the gradient at the look-ahead point; all have form: Reformulated";
pub(super) const NO_CORRECTION: Lack = "no library can switch Adam's bias correction off";
pub(super) const SIMPLIFIED: Lack = "no library has Nadam with the simplified momentum";
pub(super) const PLATEAU: Lack =
    "Optax' reduce_on_plateau also counts the loss at the start, and its schedules know no loss";
pub(super) const NO_LOSS: Lack = "Optax' lookahead does not hand the loss on to the rule inside";
pub(super) const CLASSICAL: Lack =
    "no library has it as an optimizer that takes the steps shown here";
pub(super) const UPHILL: Lack = "it asks for a second gradient uphill within a step";
pub(super) const HELD: Lack = "the rule inside its wrapper is one that the script cannot wrap";
pub(super) const NEWTON: Lack = "no library has an optimizer that takes the Hessian";

/// A library's RMSProp, unless it is centred and the result would depend on rounding errors.
pub(super) fn centered(
    values: &Values,
    rule: &RMSProp,
    counterpart: Counterpart,
) -> Result<Counterpart, Lack> {
    if !rule.centered {
        Ok(counterpart)
    } else if values.touches_zero("rho") {
        Err("with rho 0 there is no variance, and the libraries divide by rounding errors")
    } else {
        let remark =
            "Where rounding makes the variance negative, this gives NaN, and Slalom takes 0.";
        Ok(counterpart.remarked(remark))
    }
}

/// Whether a step of `RAdam` meets its threshold exactly. Only there, it matters whether steps at the
/// threshold are scaled, too.
pub(super) fn meets_threshold(values: &Values, rule: &RAdam) -> bool {
    let meets = |beta_2, threshold| {
        let rule = RAdam {
            beta_2,
            threshold,
            ..*rule
        };
        (1..=values.steps() as u64).any(|t| rule.is_at_threshold(t))
    };
    let thresholds = values.pieces("threshold");
    let beta_2 = values.pieces("beta_2");
    let mut all = beta_2.values();
    all.any(|beta_2| thresholds.values().any(|it| meets(beta_2, it)))
}
