//! The racers' slots, from which their colours, markers and dashes follow.

use super::{Experiment, Racer};

impl Experiment {
    /// The number of rules' own slots. They have a colour and a marker each, without dashes.
    pub const OWN_SLOTS: usize = 8;
    /// The number of slots that look different.
    pub const SLOTS: usize = 128;

    /// The slot of every racer. No two racers have the same one until all of them are taken.
    ///
    /// A racer has the slot that it was given; the first racer of a rule has that rule's own slot,
    /// so that Adam looks the same in every experiment; and the others take the next free slots.
    #[must_use]
    pub fn slots(&self) -> Vec<usize> {
        let mut taken = Taken::default();
        let mut slots: Vec<Option<usize>> = self.racers.iter().map(given).collect();
        for slot in &mut slots {
            *slot = slot.filter(|slot| taken.take(*slot));
        }
        for (slot, racer) in slots.iter_mut().zip(&self.racers) {
            *slot = slot.or_else(|| Some(own(racer)).filter(|own| taken.take(*own)));
        }
        let racers = slots.into_iter().zip(&self.racers);
        racers
            .map(|(slot, racer)| slot.unwrap_or_else(|| taken.next_free(own(racer))))
            .collect()
    }

    /// Keeps the looks of racers that were already there before a change.
    ///
    /// `index_after` returns the current index of the racer that was at an index before, or `None`
    /// if it has been removed. A racer with a rule of another hue takes on the look of that rule.
    pub fn keep_slots(&mut self, before: &Self, index_after: impl Fn(usize) -> Option<usize>) {
        let unchanged = |(index, (old, new)): (usize, (&Racer, &Racer))| {
            let same = own(old) == own(new) && old.appearance.slot == new.appearance.slot;
            same && index_after(index) == Some(index)
        };
        let mut pairs = before.racers.iter().zip(&self.racers).enumerate();
        if before.racers.len() == self.racers.len() && pairs.all(unchanged) {
            return;
        }
        let mut kept: Vec<Option<usize>> = vec![None; self.racers.len()];
        for (index, (racer, slot)) in before.racers.iter().zip(before.slots()).enumerate() {
            if let Some(after) = index_after(index)
                && self
                    .racers
                    .get(after)
                    .is_some_and(|it| own(it) == own(racer))
            {
                kept[after] = Some(slot);
            }
        }
        for racer in &mut self.racers {
            racer.appearance.slot = None;
        }
        // Only what would change is stored; if that moves a third racer, everything is.
        for only_changed in [true, false] {
            let slots = self.slots();
            let changed =
                |(kept, slot): (&Option<usize>, &usize)| kept.is_some_and(|it| it != *slot);
            if !kept.iter().zip(&slots).any(changed) {
                return;
            }
            for ((racer, kept), slot) in self.racers.iter_mut().zip(&kept).zip(&slots) {
                if !only_changed || changed((kept, slot)) {
                    racer.appearance.slot = kept.and_then(|slot| u8::try_from(slot).ok());
                }
            }
        }
    }
}

/// The slot that a racer was given, if any.
fn given(racer: &Racer) -> Option<usize> {
    let slot = racer.appearance.slot.map(usize::from);
    slot.filter(|slot| *slot < Experiment::SLOTS)
}

/// The own slot of a racer's rule.
fn own(racer: &Racer) -> usize {
    usize::from(racer.plan.optimizer.rule().about().hue) % Experiment::OWN_SLOTS
}

/// The slots that are taken; when all of them are, they become free again.
struct Taken {
    slots: [bool; Experiment::SLOTS],
    free: usize,
}

impl Default for Taken {
    fn default() -> Self {
        Self {
            slots: [false; Experiment::SLOTS],
            free: Experiment::SLOTS,
        }
    }
}

impl Taken {
    /// Takes a slot; returns `false` if it is taken already.
    fn take(&mut self, slot: usize) -> bool {
        let was_free = !std::mem::replace(&mut self.slots[slot], true);
        self.free -= usize::from(was_free);
        was_free
    }

    /// Takes the first free slot: of every eight slots, the one of the hue `own` comes first.
    fn next_free(&mut self, own: usize) -> usize {
        const EIGHT: usize = Experiment::OWN_SLOTS;
        if self.free == 0 {
            *self = Self::default();
        }
        let eights = (0..Experiment::SLOTS).step_by(EIGHT);
        let mut slots = eights.flat_map(|first| (0..EIGHT).map(move |k| first + (own + k) % EIGHT));
        let slot = slots.find(|slot| !self.slots[*slot]).unwrap_or(own);
        self.take(slot);
        slot
    }
}
