//! Display names of hyper-parameters and their variants, which are identifiers in preset files.

use super::parameter::{Parameter, ParameterKind, Role};

impl Parameter {
    /// The display name: words, with the symbol if it has one.
    #[must_use]
    pub fn label(&self) -> String {
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
            _ => self.symbol.to_owned(),
        }
    }

    /// The same, always with the symbol, for use next to equations.
    #[must_use]
    pub fn label_with_sign(&self) -> String {
        let label = self.label();
        let has_sign = self.symbol.is_ascii() || label.ends_with(self.symbol);
        if has_sign {
            label
        } else {
            format!("{label} {}", self.symbol)
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
