//! Which racers are selected and shown.

use std::sync::Arc;

use super::Document;
use super::ids::RacerId;
use super::lineup::Lineup;
use crate::preset::usual_choice;
use crate::simulation::Trajectory;

/// A racer that is shown, with its path.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The racer.
    pub id: RacerId,
    /// Its index in the race.
    pub index: usize,
    /// Its path.
    pub path: &'a Arc<Trajectory>,
}

/// Returns the racer that is selected at first: Adam, or else the last one.
pub(super) fn first_choice(lineup: &Lineup) -> Option<RacerId> {
    let index = usual_choice(lineup.racers().map(|(_, racer)| racer))?;
    lineup.ids().get(index).copied()
}

impl Document {
    /// Returns the selected racer.
    #[must_use]
    pub fn selected(&self) -> Option<RacerId> {
        self.selected
    }

    /// Returns the index of the selected racer in the race that is shown.
    #[must_use]
    pub fn selected_index(&self) -> Option<usize> {
        self.race.lineup().index_of(self.selected?)
    }

    /// Returns the only racer shown, if the others are hidden.
    #[must_use]
    pub fn solo(&self) -> Option<RacerId> {
        self.solo
    }

    /// Selects a racer, or none.
    pub fn select(&mut self, racer: Option<RacerId>) {
        self.selected = racer.filter(|&id| self.lineup().index_of(id).is_some());
        self.follow_selected_rule();
    }

    /// Shows only one racer, or all again if it is the only one already.
    pub fn toggle_solo(&mut self, racer: RacerId) {
        let is_there = self.lineup().index_of(racer).is_some();
        self.solo = Some(racer).filter(|_| is_there && self.solo != Some(racer));
    }

    /// Shows all racers again that are not hidden, and returns whether some were not shown.
    pub fn end_solo(&mut self) -> bool {
        self.solo.take().is_some()
    }

    /// Returns the visible racers, in order.
    pub fn shown(&self) -> impl Iterator<Item = Shown<'_>> {
        let lineup = self.race.lineup();
        let racers = lineup.racers().zip(self.race.paths()).enumerate();
        racers
            .filter(|(_, ((id, racer), _))| match self.solo {
                Some(solo) => solo == *id,
                None => racer.appearance.visible,
            })
            .map(|(index, ((id, _), path))| Shown { id, index, path })
    }

    /// Moves the selection on if its racer is gone: to the one that has taken its place.
    pub(super) fn keep_selection(&mut self, before: &Lineup) {
        let now = self.lineup();
        let is_there = |id: &RacerId| now.index_of(*id).is_some();
        let solo = self.solo.filter(is_there);
        let selected = self.selected.and_then(|id| {
            if is_there(&id) {
                return Some(id);
            }
            let index = before.index_of(id).unwrap_or_default();
            let last = now.ids().len().checked_sub(1)?;
            now.ids().get(index.min(last)).copied()
        });
        (self.solo, self.selected) = (solo, selected);
    }
}
