//! The intended name: the nearest of ours, or our name for something that a library names
//! differently.

mod fields;
mod parameters;
mod rules;
mod schedules;

use super::Schedule;
use crate::optimizer::OptimizerChoice;
pub use crate::text::nearest;

/// A clause that explains a library's name for an optimizer; `None` if no library uses the name.
#[must_use]
pub fn rule_elsewhere(name: &str) -> Option<&'static str> {
    find(rules::TABLE, name)
}

/// The same for the name of a schedule.
#[must_use]
pub fn schedule_elsewhere(name: &str) -> Option<&'static str> {
    find(schedules::NAMES, name)
}

/// A clause that explains a library's value of a parameter, if we have more choices than on and
/// off.
#[must_use]
pub fn choice_elsewhere(parameter: &str, value: &str) -> Option<&'static str> {
    (parameter == "amsgrad")
        .then(|| find(parameters::AMSGRAD, value))
        .flatten()
}

/// A clause that explains a library's name for a field, where `owner` is a rule, a schedule,
/// `Racer`, `Network` or `Preset`.
#[must_use]
pub fn field_elsewhere(owner: &str, name: &str) -> Option<String> {
    match owner {
        "Preset" => find(fields::PRESET, name).map(str::to_owned),
        "Group" => find(fields::GROUP, name).map(str::to_owned),
        "Racer" => find(fields::RACER, name).map(str::to_owned),
        "Network" => find(fields::NETWORK, name).map(str::to_owned),
        _ => {
            let mut rules = OptimizerChoice::all().iter();
            if let Some(choice) = rules.find(|choice| choice.rule().about().name == owner) {
                return parameters::meant(choice, name);
            }
            let mut schedules = Schedule::all().iter();
            let schedule = schedules.find(|schedule| schedule.name() == owner)?;
            schedules::meant(schedule, name)
        }
    }
}

/// Names that libraries use, in lower case, and the explanation of them.
type Entry = (&'static [&'static str], &'static str);

/// The first explanation of a name in a table.
fn find(table: &[Entry], name: &str) -> Option<&'static str> {
    all(table, name).next()
}

/// All explanations of a name in a table.
fn all(table: &[Entry], name: &str) -> impl Iterator<Item = &'static str> {
    let name = name.to_lowercase();
    let entries = table.iter();
    entries.filter_map(move |(names, says)| names.contains(&&*name).then_some(*says))
}

/// "it is called X here", with an explanation.
fn called(ours: &str, meaning: Option<String>) -> String {
    match meaning {
        Some(meaning) => format!("it is called {ours} here ({meaning})"),
        None => format!("it is called {ours} here"),
    }
}

/// The first part of a sentence, for use in parentheses: "How far a step goes: too small crawls."
/// becomes "how far a step goes".
fn briefly(help: &str) -> String {
    let end = help.find([';', ':']).unwrap_or(help.len());
    let part = help[..end].trim_end_matches('.');
    // A symbol such as M keeps its case.
    let is_word = part.chars().nth(1).is_some_and(char::is_lowercase);
    let mut letters = part.chars();
    match letters.next().filter(|_| is_word) {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> impl Iterator<Item = &'static Entry> {
        let rules = rules::TABLE.iter().chain(schedules::NAMES);
        let parameters = parameters::RENAMED.iter().chain(schedules::RENAMED);
        rules
            .chain(parameters)
            .chain(fields::PRESET)
            .chain(fields::GROUP)
            .chain(fields::RACER)
            .chain(fields::NETWORK)
    }

    #[test]
    fn names_are_looked_up_in_small_letters() {
        for (names, _) in tables() {
            for name in *names {
                assert_eq!(*name, name.to_lowercase());
            }
        }
    }

    #[test]
    fn no_name_of_ours_is_called_foreign() {
        for choice in OptimizerChoice::all() {
            let rule = choice.rule();
            assert_eq!(rule_elsewhere(rule.about().name), None);
            for parameter in rule.parameters() {
                let said = field_elsewhere(rule.about().name, &parameter.name);
                assert_eq!(said, None, "{} {}", rule.about().name, parameter.name);
            }
        }
        for schedule in Schedule::all() {
            assert_eq!(schedule_elsewhere(schedule.name()), None);
            for setting in schedule.about().settings {
                assert_eq!(field_elsewhere(schedule.name(), setting.name), None);
            }
        }
    }

    /// Every name of ours that an explanation mentions belongs to an existing parameter.
    #[test]
    fn what_a_name_is_called_here_is_there() {
        let has = |owner: &OptimizerChoice, name: &str| {
            let is_inner = name == "inner" && owner.inner().is_some();
            is_inner || owner.rule().find(name).is_some()
        };
        for (_, ours) in parameters::RENAMED {
            assert!(
                OptimizerChoice::all().iter().any(|rule| has(rule, ours)),
                "{ours}"
            );
        }
        for (_, ours) in schedules::RENAMED {
            let mut settings = Schedule::all().iter().flat_map(|it| it.about().settings);
            assert!(settings.any(|setting| setting.name == *ours), "{ours}");
        }
    }
}
