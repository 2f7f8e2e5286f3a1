//! What differs between two compared documents.

use crate::app::document::Document;
use crate::app::document::difference::Differences;
use crate::app::document::lineup::Lineup;
use crate::experiment::Experiment;

/// The differences, found again only when one of the races has changed.
#[derive(Debug, Default)]
pub struct DifferenceCache {
    key: Option<(Experiment, Lineup)>,
    found: Differences,
}

impl DifferenceCache {
    /// Returns the differences between another document and this one.
    pub fn between(&mut self, theirs: &Document, mine: &Document) -> &Differences {
        let known = self.key.as_ref();
        let is_known =
            known.is_some_and(|(other, own)| other == theirs.experiment() && own == mine.lineup());
        if !is_known {
            self.found = Differences::between(theirs.experiment(), mine.lineup());
            self.key = Some((theirs.experiment().clone(), mine.lineup().clone()));
        }
        &self.found
    }
}
