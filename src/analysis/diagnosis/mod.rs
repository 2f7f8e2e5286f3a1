//! A diagnosis in words: what a racer is doing, and what to try, from measured quantities.
//!
//! A rule of the diagnosis is a pure function from a [`Situation`] to a [`Finding`], or to `None`
//! if its condition does not hold. To add one, write the function in the file of its subject and
//! add it to the list below, most serious first. Advice is tried before it is given: the race is
//! run with the change, and a change that does not help is not mentioned.

mod advice;
mod bounce;
mod end;
mod evidence;
mod finding;
mod momentum;
mod network;
mod rest;
mod scaling;
mod situation;
mod slow;
mod trial;

pub use evidence::Evidence;
pub use finding::{Finding, FindingKind, Severity};
pub use situation::Situation;
pub use trial::{Attempt, Outcome, Trials};

/// A rule of the diagnosis.
type Diagnostic = fn(&Situation) -> Option<Finding>;

/// All rules, in the order in which their findings are listed.
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

/// The rules that hold for a network, whose many weights have no valley and no walls that could be
/// seen; likewise.
const RULES_OF_NETWORKS: &[Diagnostic] = &[
    end::diverged,
    end::undefined,
    network::dead_layer,
    network::overfitting,
    network::jumping,
    network::stalled,
    network::dead_units,
    network::saturated_units,
];

/// The maximum number of findings in a diagnosis.
const MOST: usize = 3;

/// The findings about a racer at a step, most important first, at most three; empty if there is
/// nothing to report. Advice that helps against several of them is given once.
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

/// All findings about a racer at a step, most important first.
pub fn findings(situation: &Situation) -> impl Iterator<Item = Finding> {
    let rules = match situation.network {
        None => RULES,
        Some(_) => RULES_OF_NETWORKS,
    };
    rules.iter().filter_map(|rule| rule(situation))
}
