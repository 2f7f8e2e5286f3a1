//! A schedule during a race.

use super::Schedule;
use super::plateau::Plateau;

/// A schedule during a race: its lengths are in steps, and it remembers the losses that it has
/// seen. A clone continues exactly like the original.
#[derive(Clone, Debug)]
pub struct Running {
    schedule: Schedule,
    per_epoch: u64,
    watches: bool,
    /// The memory of the current part, if it watches the loss, with its index.
    plateau: Option<(usize, Plateau)>,
}

impl Running {
    /// The schedule at the beginning of a race whose epochs have `per_epoch` steps.
    #[must_use]
    pub fn new(schedule: &Schedule, per_epoch: u64) -> Self {
        Self {
            schedule: schedule.in_steps(per_epoch),
            per_epoch: per_epoch.max(1),
            watches: schedule.watches_loss(),
            plateau: None,
        }
    }

    /// Whether it is constant.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.schedule.is_constant()
    }

    /// The learning rate after `k` completed steps, for the base rate η; has to be called for every
    /// step in order.
    pub fn learning_rate(&mut self, eta: f64, k: u64) -> f64 {
        let (index, part, own) = self.schedule.part_at(k);
        if !matches!(part, Schedule::ReduceOnPlateau { .. }) {
            self.plateau = None;
            return part.learning_rate(eta, own);
        }
        let memory = self.plateau.take().filter(|(other, _)| *other == index);
        let (_, plateau) = self
            .plateau
            .insert(memory.unwrap_or_else(|| (index, Plateau::new(eta))));
        plateau.rate(eta)
    }

    /// Whether it has to know the loss after `k` completed steps.
    #[must_use]
    #[inline]
    pub fn watches(&self, k: u64) -> bool {
        self.watches && self.plateau.is_some() && k.is_multiple_of(self.per_epoch)
    }

    /// Takes note of the loss over all rows after `k` completed steps.
    pub fn see(&mut self, k: u64, loss: f64) {
        let (index, part, _) = self.schedule.part_at(k.saturating_sub(1));
        if let Some((of, plateau)) = &mut self.plateau
            && *of == index
        {
            plateau.see(part, loss);
        }
    }
}
