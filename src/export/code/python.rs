//! Python literals, names and expressions.

use super::values::{Pieces, Values};
use crate::experiment::Schedule;
use crate::experiment::schedule::{RateChange, ThresholdMode};

/// A number in the shortest text that parses back to it, always with a decimal point or an
/// exponent: Keras does not accept an integer for a hyper-parameter.
pub(super) fn number(value: f64) -> String {
    format!("{value:?}")
}

/// A number of steps. `jax.numpy` counts in 32 bits, so larger numbers are written as floats.
#[expect(
    clippy::cast_precision_loss,
    reason = "that many steps are never made, and only their size matters"
)]
fn steps(count: u64) -> String {
    if i32::try_from(count).is_ok() {
        count.to_string()
    } else {
        number(count as f64)
    }
}

/// A string literal; invisible characters are escaped.
pub(super) fn string(text: &str) -> String {
    let letters: String = text.chars().map(escaped).collect();
    format!("\"{letters}\"")
}

fn escaped(letter: char) -> String {
    match letter {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\'' => letter.to_string(),
        _ if letter.escape_debug().len() == 1 => letter.to_string(),
        _ => match u32::from(letter) {
            code @ ..=0xff => format!("\\x{code:02x}"),
            code @ ..=0xffff => format!("\\u{code:04x}"),
            code => format!("\\U{code:08x}"),
        },
    }
}

/// The value of an argument.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    /// Its initial value.
    pub(super) first: String,
    /// If it changes during the race: its value for the update from `step` to the next.
    pub(super) at_step: Option<String>,
    /// What `at_step` remembers from step to step: names, each with an expression that makes it.
    pub(super) memory: Vec<(String, String)>,
}

impl Amount {
    pub(super) fn fixed(text: impl Into<String>) -> Self {
        Self {
            first: text.into(),
            at_step: None,
            memory: Vec::new(),
        }
    }

    fn now(&self) -> &str {
        self.at_step.as_ref().unwrap_or(&self.first)
    }

    /// A pair of values, such as PyTorch's betas.
    pub(super) fn pair(self, other: &Self) -> Self {
        let pair = |one: &str, other: &str| format!("({one}, {other})");
        let changes = self.at_step.is_some() || other.at_step.is_some();
        Self {
            first: pair(&self.first, &other.first),
            at_step: changes.then(|| pair(self.now(), other.now())),
            memory: [&*self.memory, &*other.memory].concat(),
        }
    }
}

/// The number of steps since a schedule began, as an expression.
struct Count {
    step: String,
    /// The same as an operand of a larger expression.
    operand: String,
}

impl Count {
    /// The name of the memory of a schedule that begins here and watches the loss.
    fn plateau(&self) -> String {
        match self.step.strip_prefix("step - ") {
            Some(begin) => format!("plateau_{begin}"),
            None => "plateau".to_owned(),
        }
    }

    fn since(begin: u64) -> Self {
        if begin == 0 {
            let step = "step".to_owned();
            return Self {
                operand: step.clone(),
                step,
            };
        }
        let step = format!("step - {}", steps(begin));
        Self {
            operand: format!("({step})"),
            step,
        }
    }
}

/// A level of a schedule that is piecewise constant.
#[derive(Clone, Copy)]
enum Level {
    /// This share of η.
    Share(f64),
    /// This learning rate.
    Rate(f64),
}

impl Level {
    fn after(self, change: &RateChange) -> Self {
        let factor = change.factor.unwrap_or(1.0);
        match (change.learning_rate, self) {
            (Some(rate), _) => Self::Rate(rate),
            (None, Self::Share(share)) => Self::Share(share * factor),
            (None, Self::Rate(rate)) => Self::Rate(rate * factor),
        }
    }

    /// The level as an expression, where `eta` is an operand and `alone` is not.
    fn text(self, eta: &str, alone: String) -> String {
        match self {
            Self::Share(1.0) => alone,
            Self::Share(share) => format!("{eta} * {}", number(share)),
            Self::Rate(rate) => number(rate),
        }
    }
}

/// The memories of all parts of a schedule that watch the loss.
fn memory(schedule: &Schedule, per_epoch: u64) -> Vec<(String, String)> {
    let parts = match schedule {
        Schedule::Sequence { parts } => &parts[..],
        other => {
            return plateau(other, &Count::since(0), per_epoch)
                .into_iter()
                .collect();
        }
    };
    let mut begin = 0_u64;
    let mut memory = Vec::new();
    for part in parts {
        memory.extend(plateau(&part.schedule, &Count::since(begin), per_epoch));
        begin = begin.saturating_add(part.steps.unwrap_or_default());
    }
    memory
}

/// The memory of a schedule that watches the loss.
fn plateau(schedule: &Schedule, count: &Count, per_epoch: u64) -> Option<(String, String)> {
    let Schedule::ReduceOnPlateau { .. } = schedule else {
        return None;
    };
    let arguments = plateau_arguments(schedule)?;
    let made = format!("Plateau({}, {arguments})", steps(per_epoch));
    Some((count.plateau(), made))
}

/// The settings of a schedule that watches the loss, as PyTorch names them.
pub(super) fn plateau_arguments(schedule: &Schedule) -> Option<String> {
    let Schedule::ReduceOnPlateau {
        factor,
        patience,
        threshold,
        threshold_mode,
        cooldown,
        min_learning_rate,
        epsilon,
    } = *schedule
    else {
        return None;
    };
    let mode = match threshold_mode {
        ThresholdMode::Absolute => "abs",
        _ => "rel",
    };
    let [factor, threshold, least, epsilon] =
        [factor, threshold, min_learning_rate, epsilon].map(number);
    Some(format!(
        "factor={factor}, patience={}, threshold={threshold}, threshold_mode=\"{mode}\", \
         cooldown={}, min_lr={least}, eps={epsilon}",
        steps(patience),
        steps(cooldown)
    ))
}

/// The length of a schedule in steps.
fn length(count: Option<u64>) -> String {
    steps(count.unwrap_or_default())
}

/// The kind of number that an expression in `step` operates on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    /// Python's own numbers.
    Plain,
    /// Traced values of `jax.numpy`, whose values are unknown while the expression is evaluated.
    Traced,
}

impl Numbers {
    /// The module that provides `sqrt`, `cos` and `pi` for these numbers.
    pub(super) const fn module(self) -> &'static str {
        match self {
            Self::Plain => "math",
            Self::Traced => "jnp",
        }
    }

    pub(super) const fn least(self) -> &'static str {
        match self {
            Self::Plain => "min",
            Self::Traced => "jnp.minimum",
        }
    }

    /// A hyper-parameter without a schedule.
    pub(super) fn amount(self, pieces: &Pieces) -> Amount {
        let changes = pieces.constant().is_none();
        Amount {
            first: number(pieces.first),
            at_step: changes.then(|| self.expression(pieces)),
            memory: Vec::new(),
        }
    }

    fn expression(self, pieces: &Pieces) -> String {
        let values = std::iter::once(pieces.first).chain(pieces.later.iter().map(|it| it.1));
        let values: Vec<String> = values.map(number).collect();
        let until = pieces
            .later
            .iter()
            .map(|(step, _)| format!("step < {step}"));
        let until: Vec<String> = until.collect();
        match (self, &*values, &*until) {
            (Self::Traced, [before, after], [until]) => {
                format!("jnp.where({until}, {before}, {after})")
            }
            (Self::Traced, [before @ .., last], [_, ..]) => {
                let (until, before) = (until.join(", "), before.join(", "));
                format!("jnp.select([{until}], [{before}], {last})")
            }
            _ => {
                let before = values.iter().zip(&until);
                let before = before.map(|(value, until)| format!("{value} if {until} else "));
                let last = values.last().map_or("", String::as_str);
                format!("{}{last}", before.collect::<String>())
            }
        }
    }

    /// The same as an operand of a larger expression.
    fn operand(self, pieces: &Pieces) -> String {
        let expression = self.expression(pieces);
        match self {
            Self::Plain if pieces.constant().is_none() => format!("({expression})"),
            _ => expression,
        }
    }

    /// The learning rate, or its equivalent, with its schedule, whose lengths are in steps.
    pub(super) fn rate(self, values: &Values) -> Amount {
        let pieces = values.rate();
        let schedule = values.schedule();
        if schedule.is_constant() {
            return self.amount(&pieces);
        }
        let driven = values.pace().filter(|own| own.rate() != pieces);
        if let Some(own) = driven {
            return self.in_step(&pieces, &own);
        }
        Amount {
            first: number(pieces.first),
            at_step: Some(self.scheduled(schedule, &pieces, values, &Count::since(0))),
            memory: memory(schedule, values.steps_per_epoch()),
        }
    }

    /// The learning rate of a rule beside the racer's own, whose values are given: both change by the
    /// same factor, and a rate of 0 tells none.
    fn in_step(self, pieces: &Pieces, own: &Values) -> Amount {
        let eta = own.rate();
        if eta.is_zero() {
            return self.amount(pieces);
        }
        let Amount {
            at_step, memory, ..
        } = self.rate(own);
        let at_step = at_step.map(|rate| {
            let (base, eta) = (self.operand(pieces), self.operand(&eta));
            let rate = if is_call(&rate) {
                rate
            } else {
                format!("({rate})")
            };
            format!("{base} / {eta} * {rate}")
        });
        Amount {
            first: number(pieces.first),
            at_step,
            memory,
        }
    }

    /// The learning rate of a schedule that counts steps as `count` says.
    fn scheduled(
        self,
        schedule: &Schedule,
        pieces: &Pieces,
        values: &Values,
        count: &Count,
    ) -> String {
        let eta = self.operand(pieces);
        let alone = || self.expression(pieces);
        let least = self.least();
        let Count { step, operand } = count;
        match *schedule {
            Schedule::Constant => alone(),
            Schedule::ReduceOnPlateau { .. } => format!("{}(step, {})", count.plateau(), alone()),
            Schedule::Step { every, factor, .. } => {
                let (factor, every) = (number(factor), length(every));
                format!("{eta} * {factor} ** ({operand} // {every})")
            }
            Schedule::Exponential { factor } => format!("{eta} * {}**{operand}", number(factor)),
            Schedule::Linear {
                steps,
                from,
                final_learning_rate,
                final_factor,
                ..
            } => {
                let of_eta = |share: f64| match share {
                    1.0 => alone(),
                    share => format!("{eta} * {}", number(share)),
                };
                let last = final_learning_rate.map(number);
                let last = last.unwrap_or_else(|| of_eta(final_factor.unwrap_or(1.0)));
                let end = length(steps);
                format!("linear({step}, {}, {last}, {end})", of_eta(from))
            }
            Schedule::Polynomial {
                steps,
                power,
                final_learning_rate,
                ..
            } => {
                let [last, power] = [final_learning_rate, power].map(number);
                let (eta, end) = (alone(), length(steps));
                format!("polynomial({step}, {eta}, {last}, {end}, {power})")
            }
            Schedule::Cosine {
                steps,
                final_learning_rate,
                ..
            } => {
                let (last, end) = (number(final_learning_rate), length(steps));
                format!("cosine({step}, {}, {last}, {end})", alone())
            }
            Schedule::CosineWarmRestarts {
                period,
                factor,
                final_learning_rate,
                ..
            } => {
                let (last, length) = (number(final_learning_rate), length(period));
                let eta = alone();
                if factor == 1 {
                    format!("cosine({operand} % {length}, {eta}, {last}, {length})")
                } else {
                    let times = values.restarts(period.unwrap_or_default(), factor);
                    let factor = steps(factor);
                    format!("restarts({step}, {eta}, {last}, {length}, {factor}, {times})")
                }
            }
            Schedule::LinearWarmUp {
                steps: end, from, ..
            } => {
                let (from, end) = (number(from), length(end));
                format!("{eta} * ({from} + (1 - {from}) * {least}({step}, {end}) / {end})")
            }
            Schedule::InverseTime { decay } => {
                format!("{eta} / (1 + {} * {operand})", number(decay))
            }
            Schedule::OneCycle {
                max_learning_rate, ..
            } => format!(
                "one_cycle({step}, {}, {})",
                number(max_learning_rate),
                steps(schedule.one_cycle_end())
            ),
            Schedule::PiecewiseConstant { ref changes } => {
                let mut level = Level::Share(1.0);
                let mut cases = Vec::new();
                for change in changes {
                    let rate = level.text(&eta, alone());
                    cases.push((change.step.unwrap_or_default(), rate));
                    level = level.after(change);
                }
                cases.push((0, level.text(&eta, alone())));
                self.cases(cases, operand)
            }
            Schedule::Sequence { ref parts } => {
                let mut begin = 0_u64;
                let mut cases = Vec::new();
                for part in parts {
                    let count = Count::since(begin);
                    let rate = self.scheduled(&part.schedule, pieces, values, &count);
                    begin = begin.saturating_add(part.steps.unwrap_or_default());
                    cases.push((begin, rate));
                }
                self.cases(cases, operand)
            }
        }
    }

    /// The first of these values whose bound `step` has not reached yet, or else the last one.
    fn cases(self, cases: Vec<(u64, String)>, step: &str) -> String {
        let mut cases = cases.into_iter().rev();
        let (_, last) = cases.next().unwrap_or_default();
        cases.fold(last, |rest, (until, value)| {
            let until = steps(until);
            match self {
                Self::Traced => format!("jnp.where({step} < {until}, {value}, {rest})"),
                Self::Plain if value.contains(" if ") => {
                    format!("({value}) if {step} < {until} else {rest}")
                }
                Self::Plain => format!("{value} if {step} < {until} else {rest}"),
            }
        })
    }

    /// ε combined with √(1 − β₂ᵗ) by the operator `by`, which converts Adam's ε to ε̂ or back.
    pub(super) fn epsilon(self, values: &Values, by: char) -> Amount {
        let (epsilon, beta_2) = (values.pieces("epsilon"), values.pieces("beta_2"));
        let module = self.module();
        let (factor, beta) = (self.operand(&epsilon), self.operand(&beta_2));
        Amount {
            first: number(epsilon.first),
            at_step: Some(format!(
                "{factor} {by} {module}.sqrt(1 - {beta} ** (step + 1))"
            )),
            memory: Vec::new(),
        }
    }
}

/// Whether an expression is a single call, which can be an operand as it is.
fn is_call(expression: &str) -> bool {
    let Some((function, rest)) = expression.split_once('(') else {
        return false;
    };
    let mut depth = 1_usize;
    let ends = rest.char_indices().find_map(|(index, letter)| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(index + 1)
    });
    let is_name = |letter: char| letter.is_alphanumeric() || "_.".contains(letter);
    !function.is_empty() && function.chars().all(is_name) && ends == Some(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_one_visible_line() {
        assert_eq!(string("Adam's ε"), r#""Adam's ε""#);
        assert_eq!(string("a \"b\" \\"), r#""a \"b\" \\""#);
        assert_eq!(string("a\nb\r\t\0\u{1b}"), r#""a\nb\r\t\x00\x1b""#);
        assert_eq!(
            string("\u{2028}\u{e0001}\u{1f3bf}"),
            "\"\\u2028\\U000e0001\u{1f3bf}\""
        );
    }

    #[test]
    fn calls_need_no_brackets_around_them() {
        for call in [
            "cosine(step, 0.1, (1 + 2), 3)",
            "jnp.where(step < 3, 1.0, f(2.0))",
            "f()",
        ] {
            assert!(is_call(call), "{call}");
        }
        for other in ["f(1) + f(2)", "0.1 * f(2)", "(1 + 2)", "0.1", "f(1"] {
            assert!(!is_call(other), "{other}");
        }
    }

    #[test]
    fn numbers_read_back_and_are_no_whole_numbers() {
        for (value, text) in [
            (0.0, "0.0"),
            (1.0, "1.0"),
            (1e-8, "1e-8"),
            (0.1, "0.1"),
            (1e22, "1e22"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(steps(50), "50");
        assert_eq!(steps(1 << 40), "1099511627776.0");
    }
}
