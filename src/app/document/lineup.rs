//! An experiment whose racers have ids.

use super::ids::RacerId;
use crate::experiment::{Experiment, Racer};

/// An experiment with an id for each of its racers.
#[derive(Clone, Debug, PartialEq)]
pub struct Lineup {
    experiment: Experiment,
    /// One for each racer, in order.
    ids: Vec<RacerId>,
}

impl Lineup {
    /// Gives every racer of an experiment an id.
    #[must_use]
    pub fn new(experiment: Experiment) -> Self {
        let ids = experiment.racers.iter().map(|_| RacerId::fresh()).collect();
        Self { experiment, ids }
    }

    /// Returns the experiment.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Returns the experiment for changes to anything but the number and order of its racers.
    pub(super) fn experiment_mut(&mut self) -> &mut Experiment {
        &mut self.experiment
    }

    /// Returns the race without its racers.
    #[must_use]
    pub fn without_racers(&self) -> Self {
        let mut empty = self.clone();
        empty.ids.clear();
        empty.experiment.racers.clear();
        empty
    }

    /// Returns the racers' ids, in order.
    #[must_use]
    pub fn ids(&self) -> &[RacerId] {
        &self.ids
    }

    /// Returns the index of a racer.
    #[must_use]
    pub fn index_of(&self, id: RacerId) -> Option<usize> {
        self.ids.iter().position(|known| *known == id)
    }

    /// Returns a racer.
    #[must_use]
    pub fn racer(&self, id: RacerId) -> Option<&Racer> {
        self.experiment.racers.get(self.index_of(id)?)
    }

    /// Returns a racer, mutably.
    pub fn racer_mut(&mut self, id: RacerId) -> Option<&mut Racer> {
        let index = self.index_of(id)?;
        self.experiment.racers.get_mut(index)
    }

    /// Returns the name of a racer on screen.
    #[must_use]
    pub fn title_of(&self, id: RacerId) -> Option<String> {
        let index = self.index_of(id)?;
        self.experiment.titles().into_iter().nth(index)
    }

    /// Returns the racers with their ids, in order.
    pub fn racers(&self) -> impl Iterator<Item = (RacerId, &Racer)> {
        self.ids.iter().copied().zip(&self.experiment.racers)
    }

    /// Inserts a racer with a new id, which it returns; at the end if the index is beyond it.
    pub fn insert(&mut self, index: usize, racer: Racer) -> RacerId {
        let index = index.min(self.ids.len());
        let id = RacerId::fresh();
        self.ids.insert(index, id);
        self.experiment.racers.insert(index, racer);
        id
    }

    /// Removes a racer.
    pub fn remove(&mut self, id: RacerId) {
        if let Some(index) = self.index_of(id) {
            self.ids.remove(index);
            self.experiment.racers.remove(index);
        }
    }

    /// Moves a racer to an index; to the end if the index is beyond it.
    pub fn reorder(&mut self, id: RacerId, to: usize) {
        if let Some(from) = self.index_of(id) {
            let to = to.min(self.ids.len() - 1);
            let id = self.ids.remove(from);
            self.ids.insert(to, id);
            let racer = self.experiment.racers.remove(from);
            self.experiment.racers.insert(to, racer);
        }
    }
}
