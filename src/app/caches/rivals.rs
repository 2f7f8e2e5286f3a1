//! The paths of a compared document that differ from those of this one.

use std::sync::Arc;

use crate::analysis::parting;
use crate::app::document::Document;
use crate::app::document::difference::Pairs;
use crate::simulation::Trajectory;

/// The paths, found again only when one of the races has changed.
#[derive(Debug, Default)]
pub struct RivalCache {
    key: Option<[u64; 2]>,
    found: Vec<Rival>,
}

/// A path of the other document.
#[derive(Clone, Debug)]
pub struct Rival {
    /// The index of its racer in the other race.
    pub index: usize,
    /// The path.
    pub path: Arc<Trajectory>,
    /// The last step up to which it coincides with the path of the same racer in this race.
    pub since: usize,
}

impl RivalCache {
    /// Finds the paths of another document that differ from those of this one; there are none if
    /// the surfaces differ.
    pub fn update(&mut self, theirs: &Document, mine: &Document) {
        let key = [theirs, mine].map(|it| it.race.version());
        if self.key != Some(key) {
            self.key = Some(key);
            self.found = rivals(theirs, mine);
        }
    }

    /// Returns the paths that were found.
    #[must_use]
    pub fn all(&self) -> &[Rival] {
        &self.found
    }
}

fn rivals(theirs: &Document, mine: &Document) -> Vec<Rival> {
    let [theirs, mine] = [&theirs.race, &mine.race];
    if !theirs.experiment().same_surface(mine.experiment()) {
        return Vec::new();
    }
    let pairs = Pairs::between(theirs.experiment(), mine.lineup());
    let window = mine.surface().window();
    let paths = theirs.paths().iter().enumerate();
    let rival = |(index, path): (usize, &Arc<Trajectory>)| {
        let own = pairs.mine(index).and_then(|id| mine.path_of(id));
        let since = match own {
            Some(own) => parting(own, path, &window)?.saturating_sub(1),
            None => 0,
        };
        let path = Arc::clone(path);
        Some(Rival { index, path, since })
    };
    paths.filter_map(rival).collect()
}
