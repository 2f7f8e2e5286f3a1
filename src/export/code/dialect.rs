//! The differences between the scripts of the three libraries.

use super::counterpart::{Call, Counterpart, Lack, Manner};
use super::formula::ERF;
use super::layout::Code;
use super::python::Numbers;
use super::team::Team;
use super::values::Values;

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
    /// Whether any racer is moved by several rules.
    pub(super) is_grouped: bool,
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

    /// The code for the optimizer in the list of racers; with `grouped`, any racer may be moved by
    /// several rules.
    fn entry(&self, team: &Team, grouped: bool) -> Vec<Code> {
        let code = |call: &Call| {
            let function = Code::Word(call.function.to_string());
            [function, Code::call("dict", call.with_functions())]
        };
        if !grouped {
            return team.calls().flat_map(code).collect();
        }
        let groups = team.members.iter().map(|member| {
            let [function, arguments] = match &*member.counterpart.parts {
                [call, ..] => code(call),
                [] => [Code::Word(String::new()), Code::Word(String::new())],
            };
            Code::call("", vec![function, member.parameters(), arguments])
        });
        vec![Code::list(groups.collect())]
    }

    /// The names of the fields of an entry.
    fn entry_names(&self, grouped: bool) -> &'static str {
        if grouped {
            "name, rule, groups"
        } else {
            "name, rule, make, parameters"
        }
    }

    /// The optimizer of an entry, which is given `weights` in `PyTorch`; `changes` if any of its
    /// hyper-parameters vary over the race.
    fn make_entry(&self, changes: bool, weights: &str) -> String;

    /// The code that updates the hyper-parameters of an entry before a step.
    fn change_entry(&self) -> &'static str;

    /// The optimizer of the only racer, which is given `weights` in `PyTorch`.
    fn make(&self, team: &Team, weights: &str) -> Code;

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
    let line = |module: &str, names: &[&str]| match names {
        [] => String::new(),
        _ => format!("from {module} import {}\n", names.join(", ")),
    };
    let is_apart = |name: &&str| *name == ERF && module == "jax.numpy";
    let (apart, names): (Vec<&str>, Vec<&str>) = names.iter().copied().partition(is_apart);
    line(module, &names) + &line("jax.scipy.special", &apart)
}

/// The lines, indented by one level.
pub(super) fn indented(lines: &str) -> String {
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    };
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
