//! Predict, then reveal: a sketch and a vote before the race runs.

use crate::analysis::{Ranking, Standing};
use crate::app::document::{Document, Shown};

/// A prediction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predict {
    /// The sketched path, as points of the plane.
    pub sketch: Vec<[f64; 2]>,
    /// The index of the racer expected to win.
    pub vote: Option<usize>,
    /// Whether the race has been started.
    pub revealed: bool,
}

/// The maximum number of points in a sketch.
const MOST_POINTS: usize = 5000;

impl Predict {
    /// Extends the sketch to a point.
    pub fn draw(&mut self, at: [f64; 2], is_new: bool) {
        if is_new {
            self.sketch.clear();
        }
        if self.sketch.len() < MOST_POINTS && self.sketch.last() != Some(&at) {
            self.sketch.push(at);
        }
    }
}

/// Returns the index of the racer that leads at the end of the race, or `None` if no racer is still
/// in the race with a finite loss.
#[must_use]
pub fn winner(document: &Document) -> Option<usize> {
    let at_the_end = |it: Shown<'_>| Standing::of(it.index, it.path, usize::MAX, &[]);
    let mut standings: Vec<Standing> = document.shown().map(at_the_end).collect();
    Ranking::Loss.sort(&mut standings);
    let first = standings.first()?;
    (first.loss.is_finite() && !first.status.is_out()).then_some(first.racer)
}

impl Predict {
    /// Returns whether the vote was right, once the race has finished.
    #[must_use]
    pub fn verdict(&self, document: &Document) -> Option<bool> {
        let ended = self.revealed && document.playback.playhead >= document.steps();
        ended.then(|| self.vote.is_some() && self.vote == winner(document))
    }

    /// Returns the index of the winner, once the race has finished.
    #[must_use]
    pub fn winner(&self, document: &Document) -> Option<usize> {
        self.verdict(document).and_then(|_| winner(document))
    }
}
