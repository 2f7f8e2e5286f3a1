//! The diagnosis of a racer: findings, and advice that was tried.

mod advice;
mod advised;
mod case;
#[path = "../common/mod.rs"]
mod common;
mod findings;
mod given;
mod network;
mod own;
mod promises;
mod withheld;

use case::with_situation;
use common::{any_racer, cases};
use proptest::prelude::*;
use slalom::analysis::diagnosis::{Finding, diagnose, findings as all_findings};
use slalom::simulation::simulate_racer;
use slalom::surface::SurfaceChoice;

proptest! {
    #![proptest_config(cases(64))]

    /// For any racer, the findings are sentences without missing numbers.
    #[test]
    fn findings_are_sentences(
        racer in any_racer(),
        surface in prop::sample::select(SurfaceChoice::BUILT_IN),
        start in [-2.0..2.0_f64, -2.0..2.0],
        step in 0..60_usize,
    ) {
        let surface = surface.open();
        let path = simulate_racer(&surface, &racer.plan, start, 60, 0);
        let found: Vec<Finding> = with_situation(&surface, &racer, &path, [step, 60], |it| {
            prop_assert!(diagnose(it).len() <= 3);
            Ok(all_findings(it).collect())
        })?;
        for finding in found {
            for sentence in std::iter::once(&finding.what).chain(&finding.advice) {
                prop_assert!(sentence.ends_with('.'), "{sentence}");
                prop_assert!(!sentence.contains('–') && !sentence.contains("NaN"), "{sentence}");
            }
        }
    }
}
