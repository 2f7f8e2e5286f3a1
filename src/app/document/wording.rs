//! Messages about preset files, in the words of the window.

use crate::optimizer::{OptimizerChoice, Parameter, ParameterKind, spelled};

/// The names of blocks that are no words.
const BLOCKS: [&str; 2] = ["first_layer", "last_layer"];

/// Replaces the identifiers of hyper-parameters, their choices and the blocks of a network by their
/// labels: `step_min` becomes "shortest step", `MaxOfRaw` "Max of raw" and `last_layer` "last layer".
#[must_use]
pub fn in_words(sentence: &str) -> String {
    let belongs = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut words = String::new();
    let mut rest = sentence;
    while let Some(start) = rest.find(belongs) {
        let (before, behind) = rest.split_at(start);
        let end = behind.find(|sign| !belongs(sign)).unwrap_or(behind.len());
        let (token, behind) = behind.split_at(end);
        words.push_str(before);
        words.push_str(&word(token));
        rest = behind;
    }
    words + rest
}

/// Returns the label of an identifier, or the token itself if it is not one.
fn word(token: &str) -> String {
    let is_plain =
        |token: &str| !token.contains('_') && !token.chars().skip(1).any(char::is_uppercase);
    if is_plain(token) {
        return token.to_owned();
    }
    if BLOCKS.contains(&token) {
        return spelled(token);
    }
    let rules = OptimizerChoice::all().iter().map(OptimizerChoice::rule);
    let mut parameters = rules.flat_map(|rule| rule.parameters().collect::<Vec<_>>());
    let called = |parameter: Parameter| match parameter.kind {
        _ if parameter.name == token => Some(parameter.label()),
        ParameterKind::Choice(names) if names.contains(&token) => Some(spelled(token)),
        _ => None,
    };
    parameters
        .find_map(called)
        .unwrap_or_else(|| token.to_owned())
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn identifiers_of_files_become_words_of_the_window() {
        for (sentence, words) in [
            (
                "Adam: amsgrad: MaxOfCorrected cannot go with epsilon_hat: true",
                "Adam: amsgrad: Max of corrected cannot go with epsilon hat ε̂: true",
            ),
            (
                "step_min must not be above step_max",
                "shortest step must not be above longest step",
            ),
            ("Ann, group \"last_layer\"", "Ann, group \"last layer\""),
            ("my_racer: RMSProp cannot", "my_racer: RMSProp cannot"),
            ("", ""),
            ("…", "…"),
        ] {
            assert_eq!(in_words(sentence), words);
        }
    }
}
