//! Rules that are typed: what can be seen of any path is told, what would need knowledge of the rule
//! is not.

use slalom::analysis::diagnosis::FindingKind;

use super::case::valley;

const DESCENT: &str = r#"(optimizer: Rule(title: "Mine", parameters: {"learning_rate": 0.036},
    lines: "theta <- theta - learning_rate*g"))"#;
const MOMENTUM: &str = r#"(optimizer: Rule(title: "Mine", parameters: {"learning_rate": 0.02, "b": 0.8},
    lines: "m <- b*m + g; theta <- theta - learning_rate*m"))"#;
const TOO_FAST: &str = r#"(optimizer: Rule(title: "Mine", parameters: {"learning_rate": 10.0},
    lines: "theta <- theta - learning_rate*g"))"#;
const STUCK: &str = r#"(optimizer: Rule(title: "Mine", parameters: {"learning_rate": 0.0},
    lines: "theta <- theta - learning_rate*g"))"#;

#[test]
fn what_any_path_shows_is_told() {
    valley(MOMENTUM, 400).says(FindingKind::AtMinimum, &["at rest since step"]);
    valley(TOO_FAST, 400).says(FindingKind::Diverged, &[]);
    valley(STUCK, 3).says(FindingKind::RunDown, &["is 0, so nothing moves"]);
}

#[test]
fn limits_that_nobody_has_derived_are_not_told() {
    let built_in = "(optimizer: GradientDescent(learning_rate: 0.036))";
    valley(built_in, 5).says(FindingKind::Oscillating, &[]);
    valley(DESCENT, 5).is_silent_about(FindingKind::Oscillating);
    for kind in [
        FindingKind::UncorrectedStart,
        FindingKind::ShrunkenRate,
        FindingKind::LongMemory,
        FindingKind::EpsilonRules,
    ] {
        valley(DESCENT, 5).is_silent_about(kind);
    }
}
