//! Schedules in words.

use super::{Part, RateChange, Schedule};
use crate::number::{apart, count, precise};
use crate::optimizer::spelled;

impl Schedule {
    /// What tells it from another schedule: its kind, or else the settings in which they differ;
    /// the title if it is equal.
    #[must_use]
    pub fn beside(&self, other: &Self) -> String {
        let title = || self.title().to_owned();
        if self.name() != other.name() {
            return title();
        }
        let differing = self.values().filter_map(|(setting, value)| {
            let beside = setting.get(other);
            let name = spelled(setting.name);
            (beside != Some(value)).then(|| match setting.choices() {
                Some(_) => format!("{name} {}", setting.told(self).to_lowercase()),
                None => {
                    let [text, _] = apart([value, beside.unwrap_or(value)]);
                    format!("{name} {text}")
                }
            })
        });
        let mut differing: Vec<String> = differing.collect();
        match (self, other) {
            (Self::PiecewiseConstant { changes }, Self::PiecewiseConstant { changes: others })
                if changes != others =>
            {
                differing.extend(changes.iter().map(RateChange::told));
            }
            (Self::Sequence { parts }, Self::Sequence { parts: others }) => {
                differing.extend(parts_beside(parts, others));
            }
            _ => {}
        }
        if differing.is_empty() {
            title()
        } else {
            differing.join(", ")
        }
    }
}

impl RateChange {
    /// The change in words.
    fn told(&self) -> String {
        let when = match (self.step, self.epoch) {
            (None, Some(epoch)) => format!("from epoch {epoch}"),
            (step, _) => format!("from step {}", step.unwrap_or_default()),
        };
        match (self.factor, self.learning_rate) {
            (None, Some(rate)) => format!("{} {when}", precise(rate)),
            (factor, _) => format!("times {} {when}", precise(factor.unwrap_or(1.0))),
        }
    }
}

impl Part {
    /// The part in words, beside another one.
    fn beside(&self, other: &Self) -> String {
        let schedule = if self.schedule == other.schedule {
            self.schedule.title().to_owned()
        } else {
            self.schedule.beside(&other.schedule)
        };
        match (self.steps, self.epochs) {
            (Some(steps), _) => format!("{schedule} for {steps} steps"),
            (None, Some(epochs)) => format!("{schedule} for {epochs} epochs"),
            (None, None) => schedule,
        }
    }
}

/// The parts in which a sequence differs from another one.
fn parts_beside(parts: &[Part], others: &[Part]) -> Vec<String> {
    if parts.len() != others.len() {
        return vec![format!("{} parts", count(parts.len()))];
    }
    let pairs = parts.iter().zip(others).enumerate();
    let differing = pairs.filter(|(_, (part, other))| part != other);
    differing
        .map(|(index, (part, other))| format!("part {}: {}", index + 1, part.beside(other)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_told_apart_by_what_differs() {
        let sequence = |steps, last| Schedule::Sequence {
            parts: vec![
                Part::of(steps, Schedule::warm_up(20, 0.1)),
                Part::last(last),
            ],
        };
        let stairs = |changes| Schedule::PiecewiseConstant { changes };
        let to = RateChange {
            step: None,
            epoch: Some(9),
            factor: None,
            learning_rate: Some(0.01),
        };
        for (one, other, expected) in [
            (Schedule::Constant, Schedule::cosine(9, 0.0), "constant"),
            (
                Schedule::cosine(8, 0.5),
                Schedule::cosine(9, 0.0),
                "steps 8, final learning rate 0.5",
            ),
            (
                sequence(20, Schedule::Constant),
                sequence(30, Schedule::cosine(9, 0.0)),
                "part 1: linear warm-up for 20 steps, part 2: constant",
            ),
            (
                sequence(20, Schedule::cosine(8, 0.0)),
                sequence(20, Schedule::cosine(9, 0.0)),
                "part 2: steps 8",
            ),
            (
                sequence(20, Schedule::Constant),
                Schedule::Sequence { parts: Vec::new() },
                "2 parts",
            ),
            (
                stairs(vec![RateChange::by(50, 0.5), to]),
                stairs(vec![to]),
                "times 0.5 from step 50, 0.01 from epoch 9",
            ),
        ] {
            assert_eq!(one.beside(&other), expected);
            assert_ne!(one.beside(&other), other.beside(&one));
        }
    }
}
