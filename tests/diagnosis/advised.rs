//! A race, and advice about it, put to the test.

use slalom::analysis::diagnosis::FindingKind;
use slalom::number::short;
use slalom::simulation::{Trajectory, simulate};
use slalom::surface::minima::worth_marking;

use super::case::Case;
use super::common::race;

/// A race that a finding is about, and the racer changed as advised.
pub struct Advised {
    kind: FindingKind,
    case: Case,
    instead: &'static str,
}

pub const fn advised(kind: FindingKind, case: Case, instead: &'static str) -> Advised {
    Advised {
        kind,
        case,
        instead,
    }
}

/// The final loss of a race: the mean over its last tenth, or infinity if the racer diverged.
pub fn end(path: &Trajectory, steps: usize) -> f64 {
    let last = &path.loss[path.loss.len() - path.loss.len().div_ceil(10)..];
    let mean = last.iter().sum::<f64>() / f64::from(u32::try_from(last.len()).unwrap());
    let has_flown_off = path.last_step() < steps || mean.is_nan();
    if has_flown_off { f64::INFINITY } else { mean }
}

impl Advised {
    pub fn ends(&self) -> [f64; 2] {
        let Case {
            surface,
            start,
            steps,
            ..
        } = self.case;
        [self.case.racer, self.instead].map(|racer| {
            let path = simulate(&race(surface, start, steps, racer)).remove(0);
            end(&path, steps)
        })
    }

    /// Checks that the advice is given, quotes the numbers of this race, and pays off.
    pub fn assert_given(&self, order: &str) {
        let finding = self.case.says(self.kind, &[]);
        let advice = finding.advice.unwrap_or_default();
        let [own, other] = self.ends();
        assert!(other < own, "{:?}: {other} is not below {own}", self.kind);
        let flies_off = !own.is_finite() || own > 1e6;
        let gain = if self.kind == FindingKind::Undefined {
            format!(
                "the race then goes on to its end, at a loss of {}.",
                short(other)
            )
        } else if flies_off {
            format!(
                "the race then ends at a loss of {} instead of flying off.",
                short(other)
            )
        } else {
            let [own, other] = [own, other].map(short);
            format!("the race then ends at a loss of {other} rather than {own}.")
        };
        assert_eq!(advice, format!("{order}: {gain}"), "{:?}", self.kind);
    }

    /// Checks that no advice is given, and that the usual advice would not pay off.
    pub fn assert_withheld(&self) {
        let finding = self.case.says(self.kind, &[]);
        let [own, other] = self.ends();
        let minima = worth_marking(&*race(self.case.surface, [0.0; 2], 1, "").surface.open());
        let floor = minima
            .iter()
            .map(|minimum| minimum.value)
            .fold(own, f64::min);
        // It would pay off if it reduced the remaining loss by more than half.
        let would_pay = other - floor < 0.5 * (own - floor);
        assert!(!would_pay, "{:?}: {other} is well below {own}", self.kind);
        assert_eq!(finding.advice, None, "{:?}", self.kind);
    }
}

/// The same case with another number of steps.
pub fn of(steps: usize, case: Case) -> Case {
    Case { steps, ..case }
}
