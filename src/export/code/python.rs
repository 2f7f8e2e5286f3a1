//! Python literals, names and expressions.

use super::values::{Pieces, Values};
use crate::experiment::Schedule;

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
}

impl Amount {
    pub(super) fn fixed(text: impl Into<String>) -> Self {
        Self {
            first: text.into(),
            at_step: None,
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
        }
    }
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

    /// The learning rate, or its equivalent, with its schedule.
    pub(super) fn rate(self, values: &Values) -> Amount {
        let pieces = values.rate();
        let eta = self.operand(&pieces);
        let least = self.least();
        let at_step = match values.schedule() {
            Schedule::Constant => return self.amount(&pieces),
            Schedule::Step { every, factor } => {
                format!("{eta} * {} ** (step // {})", number(factor), steps(every))
            }
            Schedule::Exponential { factor } => format!("{eta} * {}**step", number(factor)),
            Schedule::Cosine {
                steps: end,
                final_learning_rate,
            } => {
                let (last, end) = (number(final_learning_rate), steps(end));
                format!("cosine(step, {}, {last}, {end})", self.expression(&pieces))
            }
            Schedule::CosineWarmRestarts {
                period,
                factor,
                final_learning_rate,
            } => {
                let (last, length) = (number(final_learning_rate), steps(period));
                let eta = self.expression(&pieces);
                if factor == 1 {
                    format!("cosine(step % {length}, {eta}, {last}, {length})")
                } else {
                    let (factor, times) = (steps(factor), values.restarts(period, factor));
                    format!("restarts(step, {eta}, {last}, {length}, {factor}, {times})")
                }
            }
            Schedule::LinearWarmUp { steps: end, from } => {
                let (from, end) = (number(from), steps(end));
                format!("{eta} * ({from} + (1 - {from}) * {least}(step, {end}) / {end})")
            }
            Schedule::InverseTime { decay } => {
                format!("{eta} / (1 + {} * step)", number(decay))
            }
            schedule @ Schedule::OneCycle {
                max_learning_rate, ..
            } => format!(
                "one_cycle(step, {}, {})",
                number(max_learning_rate),
                steps(schedule.one_cycle_end())
            ),
        };
        Amount {
            first: number(pieces.first),
            at_step: Some(at_step),
        }
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
        }
    }
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
