//! Predict, then reveal: a sketch and a vote before the race runs.

use crate::app::document::Document;

/// What was predicted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predict {
    /// The path as it was sketched, in the plane.
    pub sketch: Vec<[f64; 2]>,
    /// The racer that is expected to win, by its place.
    pub vote: Option<usize>,
    /// Whether the race has been let go.
    pub revealed: bool,
}

/// A sketch of more points than this is long enough.
const MOST_POINTS: usize = 5000;

impl Predict {
    /// The sketch goes on to a point.
    pub fn draw(&mut self, at: [f64; 2], anew: bool) {
        if anew {
            self.sketch.clear();
        }
        if self.sketch.len() < MOST_POINTS && self.sketch.last() != Some(&at) {
            self.sketch.push(at);
        }
    }
}

/// Who has the lowest loss at the end of the race, by its place.
#[must_use]
pub fn winner(document: &Document) -> Option<usize> {
    let losses = document
        .shown()
        .map(|(place, path)| (place, path.loss_at(usize::MAX)));
    losses
        .filter(|(_, loss)| !loss.is_nan())
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(place, _)| place)
}

impl Predict {
    /// Whether the vote was right, once the race has been run to its end.
    #[must_use]
    pub fn verdict(&self, document: &Document) -> Option<bool> {
        let ended = self.revealed && document.playback.playhead >= document.steps();
        ended.then(|| self.vote.is_some() && self.vote == winner(document))
    }

    /// Who won, once the race has been run to its end.
    #[must_use]
    pub fn winner(&self, document: &Document) -> Option<usize> {
        self.verdict(document).and_then(|_| winner(document))
    }
}
