//! The lengths of schedules, in steps and epochs.

use super::Schedule;

/// A length in steps, and the same in epochs; one of the two is given.
type Length<'a> = [&'a mut Option<u64>; 2];

impl Schedule {
    /// The same schedule with every length in steps, where an epoch has `per_epoch` steps.
    #[must_use]
    pub fn in_steps(&self, per_epoch: u64) -> Self {
        let mut schedule = self.clone();
        for [steps, epochs] in schedule.lengths_mut() {
            if let Some(epochs) = epochs.take() {
                *steps = Some(epochs.saturating_mul(per_epoch));
            }
        }
        schedule.sort_changes();
        schedule
    }

    /// Puts changes in the order of their steps.
    fn sort_changes(&mut self) {
        match self {
            Self::PiecewiseConstant { changes } => changes.sort_by_key(|change| change.step),
            Self::Sequence { parts } => {
                for part in parts {
                    part.schedule.sort_changes();
                }
            }
            _ => {}
        }
    }

    /// Whether any of its lengths is in epochs.
    #[must_use]
    pub fn has_epochs(&self) -> bool {
        let mut copy = self.clone();
        let lengths = copy.lengths_mut();
        lengths.iter().any(|[_, epochs]| epochs.is_some())
    }

    fn lengths_mut(&mut self) -> Vec<Length<'_>> {
        match self {
            Self::Cosine { steps, epochs, .. }
            | Self::Linear { steps, epochs, .. }
            | Self::Polynomial { steps, epochs, .. }
            | Self::LinearWarmUp { steps, epochs, .. }
            | Self::OneCycle {
                total_steps: steps,
                epochs,
                ..
            }
            | Self::Step {
                every: steps,
                every_epochs: epochs,
                ..
            }
            | Self::CosineWarmRestarts {
                period: steps,
                period_epochs: epochs,
                ..
            } => vec![[steps, epochs]],
            Self::PiecewiseConstant { changes } => changes
                .iter_mut()
                .map(|change| [&mut change.step, &mut change.epoch])
                .collect(),
            Self::Sequence { parts } => parts
                .iter_mut()
                .flat_map(|part| {
                    let mut lengths = part.schedule.lengths_mut();
                    lengths.push([&mut part.steps, &mut part.epochs]);
                    lengths
                })
                .collect(),
            Self::Constant
            | Self::Exponential { .. }
            | Self::InverseTime { .. }
            | Self::ReduceOnPlateau { .. } => Vec::new(),
        }
    }
}

/// The number of steps of a length, where epochs that have not been converted count as steps.
pub(super) fn length(steps: Option<u64>, epochs: Option<u64>) -> u64 {
    steps.or(epochs).unwrap_or_default()
}
