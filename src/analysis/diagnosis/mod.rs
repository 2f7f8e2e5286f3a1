//! What a racer is doing, and what to try: a diagnosis in words, from measured quantities.
//!
//! A rule of the diagnosis is a pure function from a [`Situation`] to a [`Finding`], silent if its
//! condition does not hold. To add one: write the function in the file of its subject and name it
//! in the list below, the gravest first. What it advises is tried before it is said: the race is
//! run as advised, and a change that does not pay is not mentioned.

mod advice;
mod bounce;
mod end;
mod finding;
mod momentum;
mod rest;
mod scaling;
mod situation;
mod slow;
mod trial;

pub use finding::{Finding, Kind, Severity};
pub use situation::Situation;
pub use trial::{Attempt, Outcome, Trials};

/// A rule of the diagnosis.
type Diagnostic = fn(&Situation) -> Option<Finding>;

/// All rules, in the order in which their findings are told.
const RULES: &[Diagnostic] = &[
    end::diverged,
    end::undefined,
    end::far,
    rest::at_a_minimum,
    rest::on_a_saddle,
    rest::on_a_plateau,
    rest::held_up_at_a_saddle,
    slow::run_down,
    bounce::bouncing,
    bounce::jitter,
    scaling::uncorrected_start,
    scaling::shrunken_rate,
    scaling::long_memory,
    scaling::epsilon_rules,
    bounce::oscillating,
    momentum::uphill,
    slow::crawling,
    slow::timid,
];

/// More than this is no diagnosis but a list.
const MOST: usize = 3;

/// The findings about a racer at a step, the most important first, at most three; empty if there
/// is nothing to remark. An advice that helps against several of them is given once.
#[must_use]
pub fn diagnose(situation: &Situation) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::with_capacity(MOST);
    for mut finding in findings(situation).take(MOST) {
        if told.iter().any(|earlier| earlier.advice == finding.advice) {
            finding.advice = None;
        }
        told.push(finding);
    }
    told
}

/// All findings about a racer at a step, the most important first.
pub fn findings(situation: &Situation) -> impl Iterator<Item = Finding> {
    RULES.iter().filter_map(|rule| rule(situation))
}
