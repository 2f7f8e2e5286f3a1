//! The differences between the scripts of the three libraries.

use super::layout::Code;
use super::python::{Amount, Numbers};
use super::values::Values;
use crate::optimizer::{RAdam, RMSProp};

/// Keyword arguments of a call.
pub(super) type Arguments = Vec<(&'static str, Amount)>;

/// A call to one of a library's optimizers, or to a part of one, with its arguments.
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

    /// Adds arguments.
    pub(super) fn with(mut self, more: Arguments) -> Self {
        self.arguments.extend(more);
        self
    }

    /// Adds an argument that stays constant.
    pub(super) fn fixed(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.arguments.push((name, Amount::fixed(value)));
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
        let argument = |(name, amount): &(&str, Amount)| match &amount.at_step {
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
        let argument = |(name, amount): &(&str, Amount)| format!("{name}={}", amount.first);
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
        (theirs, amount)
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
}

impl Manner {
    /// Everything that at least one of two optimizers needs.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            takes_loss: self.takes_loss || other.takes_loss,
            looks_ahead: self.looks_ahead || other.looks_ahead,
            averages: self.averages || other.averages,
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

/// The random inputs of a racer, and where its loss is evaluated, as expressions of the script.
#[derive(Clone, Debug, Default)]
pub(super) struct Share {
    /// The list with the rows of each step; `None` if the racer always uses all rows.
    pub(super) batches: Option<String>,
    /// The standard deviation of its gradient noise, if it has any.
    pub(super) sigma: Option<String>,
    /// The number of steps between evaluations of the loss; `None` if every step is evaluated.
    pub(super) interval: Option<String>,
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

/// The parts of a script's training loop that depend on the race or the racer.
pub(super) struct Race {
    pub(super) steps: usize,
    /// The racer's name.
    pub(super) name: String,
    /// The racer's name and rule, which begin each row of output.
    pub(super) who: String,
    /// The expression that creates the optimizer.
    pub(super) make: String,
    /// The code that runs before every update.
    pub(super) change: String,
    /// The random inputs of the gradients, and where the loss is evaluated.
    pub(super) share: Share,
    /// Whether the loss is needed in every step, even where it is not printed.
    pub(super) watches: bool,
    /// What the optimizer needs, or in a list of racers, what any of them needs.
    pub(super) manner: Manner,
    /// Whether it is the only racer.
    pub(super) is_alone: bool,
}

/// How scripts for one library are written.
pub(super) trait Dialect {
    /// The kind of number that functions of the step operate on.
    fn numbers(&self) -> Numbers;

    /// The library's optimizer that corresponds to a racer's.
    fn counterpart(&self, values: &Values) -> Result<Counterpart, Lack>;

    /// The package that provides such an optimizer, if it is a separate one.
    fn package(&self, _manner: Manner) -> Option<&'static str> {
        None
    }

    /// The head of the script, which imports `names` for the surface's formula, and `package` in
    /// addition to the library.
    fn head(&self, names: &[&str], package: Option<&str>) -> String;

    /// The function that turns a list into an array.
    fn array(&self) -> &'static str;

    /// The mean squared error of `predictions` against `targets[rows]`.
    fn squared_error(&self) -> &'static str;

    /// The mean binary cross-entropy of `logits` against `labels[rows]`, in a form that does not
    /// overflow.
    fn cross_entropy(&self) -> &'static str;

    /// The code that is needed once to differentiate the function `loss`.
    fn derivative(&self) -> &'static str;

    /// The code for the optimizer in the list of racers.
    fn entry(&self, counterpart: &Counterpart) -> Vec<Code> {
        let code = |call: &Call| {
            let function = Code::Word(call.function.to_owned());
            [function, Code::call("dict", call.with_functions())]
        };
        counterpart.parts.iter().flat_map(code).collect()
    }

    /// The names of the fields of an entry.
    fn entry_names(&self) -> &'static str {
        "name, rule, make, parameters"
    }

    /// The optimizer of an entry, which is given `weights` in `PyTorch`; `changes` if any of its
    /// hyper-parameters vary over the race.
    fn make_entry(&self, changes: bool, weights: &str) -> String;

    /// The code that updates the hyper-parameters of an entry before a step.
    fn change_entry(&self) -> &'static str;

    /// The optimizer of the only racer, which is given `weights` in `PyTorch`.
    fn make(&self, counterpart: &Counterpart, weights: &str) -> Code;

    /// The code that sets a hyper-parameter of the only racer's optimizer.
    fn set(&self, parameter: &str, value: &str) -> Option<String>;

    /// The code that runs the library's own schedule before every update of the only racer, where
    /// `arguments` are those of a schedule that watches the loss every `per_epoch` steps.
    fn plateau(&self, _arguments: &str, _per_epoch: u64) -> Option<String> {
        None
    }

    /// The loop of a racer on a surface, which starts at a point written as `1.0, 1.6`.
    fn steps(&self, race: &Race, start: &str) -> String;
}

/// `from MODULE import …`, or nothing if there is nothing to import.
pub(super) fn import_from(module: &str, names: &[&str]) -> String {
    if names.is_empty() {
        String::new()
    } else {
        format!("from {module} import {}\n", names.join(", "))
    }
}

/// The lines, indented by one level.
pub(super) fn indented(lines: &str) -> String {
    let line = |line: &str| format!("    {line}\n");
    lines.lines().map(line).collect()
}

/// What a step evaluates with JAX, as expressions of the script.
#[derive(Clone, Copy, Debug)]
pub(super) struct Questions<'a> {
    /// The printed point, whose loss is taken over all rows.
    pub(super) shown: &'a str,
    /// The point at which the gradient is taken.
    pub(super) asked: &'a str,
    /// The variable for the loss that belongs to the gradient, if it is not the printed loss.
    pub(super) part: &'a str,
    /// The function that turns a list into an array.
    pub(super) array: &'a str,
}

impl Questions<'_> {
    /// Whether the gradient belongs to the printed loss.
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
