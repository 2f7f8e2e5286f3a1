//! What the scripts of the three libraries differ in.

use super::layout::Code;
use super::python::{Amount, Numbers};
use super::values::Values;
use crate::optimizer::RMSProp;

/// Arguments of a call by name.
pub(super) type Arguments = Vec<(&'static str, Amount)>;

/// An optimizer of a library, or a part of one, with its arguments.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) function: &'static str,
    pub(super) arguments: Arguments,
}

impl Call {
    pub(super) fn new(function: &'static str, arguments: Arguments) -> Self {
        Self {
            function,
            arguments,
        }
    }

    /// With more arguments.
    pub(super) fn with(mut self, more: Arguments) -> Self {
        self.arguments.extend(more);
        self
    }

    /// With an argument that stays as it is.
    pub(super) fn fixed(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.arguments.push((name, Amount::fixed(value)));
        self
    }

    /// With a switch that the library has off.
    pub(super) fn switch(self, name: &'static str, on: bool) -> Self {
        if on { self.fixed(name, "True") } else { self }
    }

    /// Whether an argument changes on the way.
    pub(super) fn changes(&self) -> bool {
        let mut amounts = self.arguments.iter().map(|(_, amount)| amount);
        amounts.any(|amount| amount.at_step.is_some())
    }

    /// The arguments as `name=value`; those that change, as functions of the step.
    pub(super) fn with_functions(&self) -> Vec<Code> {
        let argument = |(name, amount): &(&str, Amount)| match &amount.at_step {
            Some(at_step) => Code::Word(format!("{name}=lambda step: {at_step}")),
            None => Code::Word(format!("{name}={}", amount.first)),
        };
        self.arguments.iter().map(argument).collect()
    }

    /// The arguments as `name=value`, as they are to begin with.
    pub(super) fn at_first(&self) -> Vec<Code> {
        let argument = |(name, amount): &(&str, Amount)| format!("{name}={}", amount.first);
        self.arguments
            .iter()
            .map(argument)
            .map(Code::Word)
            .collect()
    }
}

/// Arguments by the library's names, with our names beside them.
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
        (theirs, amount)
    };
    names.iter().map(amount).collect()
}

/// What an optimizer asks of the steps, beyond a gradient at the point that is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// Its update takes the loss, too.
    pub(super) takes_loss: bool,
    /// It keeps slow weights beside the fast ones.
    pub(super) looks_ahead: bool,
    /// It asks for gradients elsewhere; what is printed is an average.
    pub(super) averages: bool,
}

impl Manner {
    /// What at least one of two optimizers asks.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            takes_loss: self.takes_loss || other.takes_loss,
            looks_ahead: self.looks_ahead || other.looks_ahead,
            averages: self.averages || other.averages,
        }
    }
}

/// The optimizer that goes a racer's way.
#[derive(Clone, Debug)]
pub(super) struct Counterpart {
    /// The parts, in order; only Optax puts an optimizer together from several.
    pub(super) parts: Vec<Call>,
    /// What is wrapped around them; only Optax has such.
    pub(super) around: Option<Call>,
    pub(super) manner: Manner,
    /// What a reader may wonder about.
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

/// Why a library has nothing that goes a racer's way: a clause without a full stop.
pub(super) type Lack = &'static str;

/// No library has these forms.
pub(super) const FULL_MATRIX: Lack = "no library has Adagrad with the full matrix";
pub(super) const LOOK_AHEAD: Lack =
    "no library asks for the gradient at the look-ahead point; all have form: Reformulated";
pub(super) const NO_CORRECTION: Lack = "no library can switch Adam's bias correction off";
pub(super) const SIMPLIFIED: Lack = "no library has Nadam with the simplified momentum";
pub(super) const NEWTON: Lack = "no library has an optimizer that takes the Hessian";

/// A library's RMSProp, if it is not centered around what rounding decides on.
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

/// What chance does to a racer, as expressions of the script.
#[derive(Clone, Debug, Default)]
pub(super) struct Share {
    /// The list of its rows, one list a step; `None` if it always looks at all of them.
    pub(super) batches: Option<String>,
    /// The deviation of its noise, if it has any.
    pub(super) sigma: Option<String>,
}

impl Share {
    /// The rows of a step.
    pub(super) fn rows(&self) -> Option<String> {
        let batches = self.batches.as_ref()?;
        Some(format!("{batches}[step % len({batches})]"))
    }

    /// The noise of a step.
    pub(super) fn noise(&self) -> Option<String> {
        let sigma = self.sigma.as_ref()?;
        Some(format!("{sigma} * normals[step % len(normals)]"))
    }
}

/// What one race or racer fills into the steps of a script.
pub(super) struct Race {
    /// The start, as `1.0, 1.6`.
    pub(super) start: String,
    pub(super) steps: usize,
    /// Name and rule, in front of every row.
    pub(super) who: String,
    /// The optimizer.
    pub(super) make: String,
    /// What is to be done before every update.
    pub(super) change: String,
    /// What chance does to the gradients.
    pub(super) share: Share,
    /// What the optimizer asks, or in a list of racers, what one of them does.
    pub(super) manner: Manner,
    /// Whether it is the only racer.
    pub(super) is_alone: bool,
}

/// How the script of a library is written.
pub(super) trait Dialect {
    /// On what numbers the functions of the step work.
    fn numbers(&self) -> Numbers;

    /// The library's optimizer for a racer.
    fn counterpart(&self, values: &Values) -> Result<Counterpart, Lack>;

    /// The package that such an optimizer comes in, if the library has it in one of its own.
    fn package(&self, _manner: Manner) -> Option<&'static str> {
        None
    }

    /// The head of the script, where `names` are imported for the surface's formula, and `package`
    /// beside the library.
    fn head(&self, names: &[&str], package: Option<&str>) -> String;

    /// What makes an array of lists.
    fn array(&self) -> &'static str;

    /// The mean squared error of `predictions`, `targets[rows]` being right.
    fn squared_error(&self) -> &'static str;

    /// The mean binary cross-entropy of `logits`, `labels[rows]` being right, in a form that
    /// does not overflow.
    fn cross_entropy(&self) -> &'static str;

    /// What is to be said once about the function `loss`.
    fn derivative(&self) -> &'static str;

    /// What stands for the optimizer in the list of racers.
    fn entry(&self, counterpart: &Counterpart) -> Vec<Code> {
        let code = |call: &Call| {
            let function = Code::Word(call.function.to_owned());
            [function, Code::call("dict", call.with_functions())]
        };
        counterpart.parts.iter().flat_map(code).collect()
    }

    /// The names of the things in an entry.
    fn entry_names(&self) -> &'static str {
        "name, rule, make, parameters"
    }

    /// The optimizer of an entry; `changes` if hyper-parameters of one of them do.
    fn make_entry(&self, changes: bool) -> String;

    /// Keeps the hyper-parameters of an entry up to date.
    fn change_entry(&self) -> &'static str;

    /// The optimizer of the only racer.
    fn make(&self, counterpart: &Counterpart) -> Code;

    /// Sets a hyper-parameter of the only racer's optimizer.
    fn set(&self, parameter: &str, value: &str) -> Option<String>;

    /// All steps of a racer.
    fn steps(&self, race: &Race) -> String;
}

/// `from MODULE import …`, if there is anything to import.
pub(super) fn import_from(module: &str, names: &[&str]) -> String {
    if names.is_empty() {
        String::new()
    } else {
        format!("from {module} import {}\n", names.join(", "))
    }
}

/// The lines, one level deeper.
pub(super) fn indented(lines: &str) -> String {
    let line = |line: &str| format!("    {line}\n");
    lines.lines().map(line).collect()
}

/// What JAX is asked in a step, as expressions of the script.
#[derive(Clone, Copy, Debug)]
pub(super) struct Questions<'a> {
    /// The point that is printed, with the loss over all rows.
    pub(super) shown: &'a str,
    /// The point of the gradient.
    pub(super) asked: &'a str,
    /// Where the loss that belongs to the gradient is kept, if it is not the printed one.
    pub(super) part: &'a str,
    /// What makes an array of a list.
    pub(super) array: &'a str,
}

impl Questions<'_> {
    /// Whether the gradient belongs to the loss that is printed.
    pub(super) fn are_one(&self, share: &Share) -> bool {
        self.shown == self.asked && share.batches.is_none()
    }

    /// The lines of the step.
    pub(super) fn lines(&self, share: &Share) -> String {
        let Self {
            shown,
            asked,
            part,
            array,
        } = self;
        let first = if shown == asked {
            format!("    value, gradient = loss_and_gradient({asked})\n")
        } else {
            format!("    value, _ = loss_and_gradient({shown})\n")
        };
        let second = match share.rows() {
            Some(rows) => format!(
                "    rows = {array}({rows})
    {part}, gradient = loss_and_gradient({asked}, rows)\n"
            ),
            None if shown == asked => String::new(),
            None => format!("    {part}, gradient = loss_and_gradient({asked})\n"),
        };
        let noise = share.noise();
        let noise = noise.map(|noise| format!("    gradient += {noise}\n"));
        first + &second + &noise.unwrap_or_default()
    }
}
