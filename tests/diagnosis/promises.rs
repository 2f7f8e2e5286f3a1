//! Every advice quotes a race that was run, and names its change in the words of the racer's card.

use std::cell::RefCell;
use std::sync::Arc;

use proptest::prelude::*;
use slalom::analysis::diagnosis::{Attempt, Finding, Outcome, Situation, findings};
use slalom::experiment::{Plan, Racer};
use slalom::number::{count, exact, parse, short};
use slalom::optimizer::{NoteRole, OptimizerChoice, Value};
use slalom::simulation::{anatomy, simulate_racer};
use slalom::surface::minima::worth_marking;
use slalom::surface::{Surface, SurfaceChoice};

use super::common::{any_racer, cases};

/// The number of steps of each race.
const STEPS: usize = 60;

/// Returns the findings about a racer at a step, and the races that were run for them.
fn tried(
    surface: &Arc<dyn Surface>,
    racer: &Racer,
    start: [f64; 2],
    step: usize,
) -> (Vec<Finding>, Vec<(Attempt, Outcome)>) {
    let path = simulate_racer(surface, &racer.plan, start, STEPS, 0);
    let runs = RefCell::new(Vec::new());
    let trials = |attempt: &Attempt| {
        let outcome = attempt.run(surface, STEPS, 0);
        runs.borrow_mut().push((attempt.clone(), outcome));
        Some(outcome)
    };
    let at = |step| anatomy(surface, &racer.plan, &path, step, 0).unwrap();
    let (first, now) = (at(0), at(step.min(path.last_step())));
    let minima = worth_marking(&**surface);
    let plan = &racer.plan;
    let situation = Situation::new(&**surface, plan, &path, &minima, [&first, &now], &trials);
    let found = findings(&situation).collect();
    (found, runs.into_inner())
}

/// Whether an order, such as "Raise the momentum μ to 0.95", turns a plan into another.
fn turns(order: &str, own: &Plan, other: &Plan) -> bool {
    let (own, other) = (own.optimizer.rule(), other.optimizer.rule());
    let Some((change, value)) = order.rsplit_once(" to ") else {
        return true;
    };
    let mut parameters = own.parameters().enumerate();
    parameters.any(|(index, parameter)| {
        let names = [parameter.label(), parameter.label_with_sign()];
        let Some(Value::Number(now)) = own.get(index) else {
            return false;
        };
        let is_told = names.iter().any(|name| {
            change == format!("Raise the {name}") || change == format!("Lower the {name}")
        });
        let Some(Value::Number(then)) = other.get(index) else {
            return false;
        };
        let is_raised = change.starts_with("Raise");
        is_told && value == exact(then) && is_raised == (then > now)
    })
}

/// Returns whether the advice agrees with one of the races.
fn was_run(advice: &str, own: &Plan, runs: &[(Attempt, Outcome)]) -> bool {
    let Some((order, gain)) = advice.split_once(": ") else {
        return false;
    };
    let is_change = order.starts_with("Raise") || order.starts_with("Lower");
    runs.iter().any(|(attempt, outcome)| {
        let arrives = outcome.arrived.map(|step| format!("step {} ", count(step)));
        let quotes = gain.contains(&format!("a loss of {}", short(outcome.loss)))
            || arrives.is_some_and(|arrives| gain.contains(&arrives));
        quotes && (!is_change || turns(order, own, &attempt.plan))
    })
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn advice_quotes_a_race_that_was_run(
        racer in any_racer(),
        surface in prop::sample::select(SurfaceChoice::BUILT_IN),
        start in [-2.0..2.0_f64, -2.0..2.0],
        step in 0..STEPS,
    ) {
        let (found, runs) = tried(&surface.open(), &racer, start, step);
        for advice in found.iter().filter_map(|finding| finding.advice.as_ref()) {
            prop_assert!(was_run(advice, &racer.plan, &runs), "{advice} of {runs:#?}");
        }
    }
}

/// Every rule with a rate from its slider, on every surface.
fn rules() -> impl Iterator<Item = OptimizerChoice> {
    let rules = OptimizerChoice::for_points();
    rules.flat_map(|choice| {
        [0.001, 0.1, 1.0].map(|rate| {
            let mut choice = choice.clone();
            if let Some(index) = choice.rule().rate() {
                choice.rule_mut().set(index, Value::Number(rate));
            }
            choice
        })
    })
}

/// Returns the learning rates that a sentence speaks of.
fn rates_in(sentence: &str) -> Vec<f64> {
    let mut rates = Vec::new();
    for phrase in ["learning rate of up to ", "learning rate of "] {
        for (at, _) in sentence.match_indices(phrase) {
            let rest = &sentence[at + phrase.len()..];
            let end = rest.find([' ', ')', ',', ':']).unwrap_or(rest.len());
            rates.extend(parse(rest[..end].trim_end_matches('.')));
        }
    }
    rates
}

/// Once, Adam at a rate of 0.1 was told to raise it: "its limit here is 487".
#[test]
fn no_rule_that_scales_its_steps_is_told_of_a_limit_far_away() {
    let (mut said, mut advised) = (0, 0);
    for optimizer in rules() {
        let plan = Plan::new(optimizer.clone());
        let rule = optimizer.rule();
        let scales = rule.notes().iter().any(|note| note.role == NoteRole::Rate);
        let Some(own) = rule.learning_rate() else {
            continue;
        };
        let racer = Racer {
            plan,
            ..Racer::new(optimizer.clone())
        };
        for surface in SurfaceChoice::BUILT_IN {
            let surface = surface.open();
            for step in [4, 55] {
                let (found, runs) = tried(&surface, &racer, [-1.1, 0.9], step);
                for finding in found {
                    let rates = rates_in(&finding.what);
                    said += rates.len();
                    let is_near = |rate: &f64| (0.25..4.0).contains(&(rate / own));
                    let is_plain = !scales || rates.iter().all(is_near);
                    assert!(is_plain, "{optimizer:?} at {own}: {}", finding.what);
                    if let Some(advice) = &finding.advice {
                        advised += 1;
                        assert!(was_run(advice, &racer.plan, &runs), "{advice}");
                    }
                }
            }
        }
    }
    assert!(said > 50 && advised > 200, "{said} and {advised}");
}

/// A number with more than five digits after its leading zeros would be noise.
fn is_short(number: &str) -> bool {
    let mantissa = number.split('e').next().unwrap_or_default();
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_start_matches('0');
    !mantissa.contains('.') || digits.len() <= 5
}

/// No finding contains identifiers or long numbers, on any surface, for any rule.
#[test]
fn findings_are_in_plain_english() {
    let titles: Vec<&str> = OptimizerChoice::all()
        .iter()
        .map(|it| it.rule().about().title)
        .collect();
    let mut kinds = std::collections::HashSet::new();
    for optimizer in rules() {
        let racer = Racer::new(optimizer);
        for surface in SurfaceChoice::BUILT_IN {
            let surface = surface.open();
            for step in [0, 40] {
                let (found, _) = tried(&surface, &racer, [-1.1, 0.9], step);
                for finding in found {
                    kinds.insert(finding.kind);
                    for text in std::iter::once(&finding.what).chain(&finding.advice) {
                        assert_plain(text, &titles);
                    }
                }
            }
        }
    }
    assert!(kinds.len() >= 12, "{kinds:?}");
}

#[track_caller]
fn assert_plain(text: &str, titles: &[&str]) {
    assert!(!text.contains("  ") && !text.contains(".."), "{text}");
    for word in text.split(|sign: char| sign.is_whitespace() || "(),:%".contains(sign)) {
        let word = word.trim_end_matches('.').trim_start_matches('−');
        let is_title = titles
            .iter()
            .any(|title| title.contains(word.trim_end_matches("'s")));
        let has_hump = !is_title && word.chars().skip(1).any(char::is_uppercase);
        assert!(!word.contains(['_', '^']), "{word} in {text}");
        assert!(!has_hump, "{word} in {text}");
        if parse(word).is_some() {
            assert!(is_short(word) && !word.starts_with('-'), "{word} in {text}");
        }
    }
}
