//! Display names of hyper-parameters and their variants, which are identifiers in preset files.

use std::borrow::Cow;

use super::parameter::{Held, Parameter, ParameterKind, Role};

impl Parameter {
    /// The display name: words, with the symbol if it has one.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}{}", self.whose, self.own_label())
    }

    /// The display name in the rule itself, whatever wraps it.
    fn own_label(&self) -> String {
        if let Some(called) = self.called {
            return called.to_owned();
        }
        match self.role {
            Role::Rate if self.symbol == "η" => "learning rate".to_owned(),
            Role::Momentum if self.symbol == "μ" => "momentum".to_owned(),
            Role::Momentum => format!("momentum {}", self.symbol),
            Role::Forgetting => format!("decay rate {}", self.symbol),
            Role::WeightDecay => format!("weight decay {}", self.symbol),
            Role::Guard => format!("constant {}", self.symbol),
            _ => self.symbol.to_string(),
        }
    }

    /// The same, always with the symbol, for use next to equations.
    #[must_use]
    pub fn label_with_sign(&self) -> String {
        let label = self.label();
        let has_sign = self.symbol.is_ascii() || label.ends_with(&*self.symbol);
        if has_sign {
            label
        } else {
            format!("{label} {}", self.symbol)
        }
    }

    /// The display name in few words, always without the symbol, for captions such as "rate 0.1,
    /// momentum 0.9".
    #[must_use]
    pub fn short_label(&self) -> String {
        let label = self.own_label();
        let short = match (self.role, &*self.symbol) {
            (Role::Rate, "η") => "rate",
            (Role::Guard, "ε") => "epsilon",
            (_, symbol) => without(&label, symbol),
        };
        format!("{}{short}", self.whose)
    }

    /// The same parameter of a rule that another one with these parameters holds: its name starts
    /// with `inner.` or `vectors.`, and its label is different from theirs.
    pub(super) fn behind<'a>(self, how: Held, mut holder: impl Iterator<Item = &'a Self>) -> Self {
        let label = self.own_label();
        let (prefix, word) = match how {
            Held::Inside => {
                let is_taken = holder.any(|own| own.own_label() == label);
                (INNER, if is_taken { INSIDE } else { "" })
            }
            Held::Beside => (VECTORS, BESIDE),
        };
        Self {
            name: Cow::Owned(format!("{prefix}{}", self.name)),
            whose: Cow::Owned(format!("{word}{}", self.whose)),
            ..self
        }
    }

    /// The display name of the choice with this index.
    #[must_use]
    pub fn form(&self, position: usize) -> Option<String> {
        match self.kind {
            ParameterKind::Choice(names) => names.get(position).map(|name| spelled(name)),
            _ => None,
        }
    }
}

/// The prefix of the names of an inner rule's hyper-parameters.
const INNER: &str = "inner.";

/// The prefix of the label of an inner rule's hyper-parameter, if the wrapper has the same label.
const INSIDE: &str = "inner ";

/// The prefix of the names of the hyper-parameters of the rule for the vectors.
const VECTORS: &str = "vectors.";

/// The prefix of their labels: the vectors of a network are its biases.
const BESIDE: &str = "bias ";

/// A label without the symbol at its end, unless the symbol is a word itself.
fn without<'a>(label: &'a str, symbol: &str) -> &'a str {
    // A letter, and perhaps its index or hat.
    let is_sign = symbol.chars().count() <= 2;
    let words = label.strip_suffix(symbol).filter(|_| is_sign);
    let words = words.map(str::trim_end).filter(|words| !words.is_empty());
    words.unwrap_or(label)
}

/// An identifier in words: `MaxOfRaw` is "Max of raw", `SpsPlus` "SPS plus".
#[must_use]
pub fn spelled(identifier: &str) -> String {
    let mut words = String::new();
    for (position, letter) in identifier.char_indices() {
        if letter.is_uppercase() && position > 0 {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(if letter == '_' { ' ' } else { letter });
        }
    }
    words.replace("Sps", "SPS")
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn identifiers_become_words() {
        for (identifier, words) in [
            ("LookAhead", "Look ahead"),
            ("MaxOfRaw", "Max of raw"),
            ("Dozat", "Dozat"),
            ("Sps", "SPS"),
            ("SpsPlus", "SPS plus"),
            ("final_learning_rate", "final learning rate"),
        ] {
            assert_eq!(spelled(identifier), words);
        }
    }
}
