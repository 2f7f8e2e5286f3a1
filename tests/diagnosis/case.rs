//! A race with one racer, examined after some of its steps.

use std::sync::Arc;

use slalom::analysis::diagnosis::{Attempt, Finding, FindingKind, Situation, diagnose, findings};
use slalom::experiment::Racer;
use slalom::simulation::{Trajectory, anatomy, simulate};
use slalom::surface::Surface;
use slalom::surface::minima::worth_marking;

use super::common::race;

/// Returns the result of `look` on the situation of a racer at a step.
pub fn with_situation<T>(
    surface: &Arc<dyn Surface>,
    racer: &Racer,
    path: &Trajectory,
    [step, steps]: [usize; 2],
    look: impl FnOnce(&Situation) -> T,
) -> T {
    let trials = |attempt: &Attempt| Some(attempt.run(surface, steps, 0));
    let minima = worth_marking(&**surface);
    let step = step.min(path.last_step());
    let first = anatomy(surface, &racer.plan, path, 0, 0).unwrap();
    let now = anatomy(surface, &racer.plan, path, step, 0).unwrap();
    look(&Situation::new(
        &**surface,
        &racer.plan,
        path,
        &minima,
        [&first, &now],
        &trials,
    ))
}

/// A race with one racer, examined after `step` of its steps.
#[derive(Clone, Copy)]
pub struct Case {
    pub surface: &'static str,
    pub start: [f64; 2],
    pub racer: &'static str,
    pub steps: usize,
    pub step: usize,
}

impl Case {
    pub fn findings(&self) -> Vec<Finding> {
        let experiment = race(self.surface, self.start, self.steps, self.racer);
        let path = simulate(&experiment).remove(0);
        let surface = experiment.surface.open();
        let racer = &experiment.racers[0];
        with_situation(&surface, racer, &path, [self.step, self.steps], |it| {
            findings(it).collect()
        })
    }

    pub fn find(&self, kind: FindingKind) -> Option<Finding> {
        let findings = self.findings();
        findings.into_iter().find(|finding| finding.kind == kind)
    }

    /// Returns the finding of this kind, whose sentence must contain all `pieces`.
    #[track_caller]
    pub fn says(&self, kind: FindingKind, pieces: &[&str]) -> Finding {
        let Some(finding) = self.find(kind) else {
            panic!("no {kind:?} among {:#?}", self.findings());
        };
        for piece in pieces {
            assert!(finding.what.contains(piece), "{piece:?} in {finding:#?}");
        }
        finding
    }

    #[track_caller]
    pub fn is_silent_about(&self, kind: FindingKind) {
        if let Some(finding) = self.find(kind) {
            panic!("{finding:#?}");
        }
    }
}

/// A case on the long valley, from the start that the other races on it use.
pub fn valley(racer: &'static str, step: usize) -> Case {
    on("LongValley", [-4.5, 1.5], racer, step)
}

pub fn on(surface: &'static str, start: [f64; 2], racer: &'static str, step: usize) -> Case {
    Case {
        surface,
        start,
        racer,
        steps: 400,
        step,
    }
}

/// Returns the findings shown in a case.
pub fn diagnosed(case: &Case) -> Vec<Finding> {
    let experiment = race(case.surface, case.start, case.steps, case.racer);
    let path = simulate(&experiment).remove(0);
    let surface = experiment.surface.open();
    with_situation(
        &surface,
        &experiment.racers[0],
        &path,
        [case.step, case.steps],
        diagnose,
    )
}
