//! Predict, then reveal: a sketch and a vote before the race runs.

use crate::analysis::{Ranking, Standing};
use crate::app::document::Document;

/// What was predicted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predict {
    /// The path as it was sketched, in the plane.
    pub sketch: Vec<[f64; 2]>,
    /// The racer that is expected to win, by its index.
    pub vote: Option<usize>,
    /// Whether the race has been let go.
    pub revealed: bool,
}

/// A sketch of more points than this is long enough.
const MOST_POINTS: usize = 5000;

impl Predict {
    /// The sketch goes on to a point.
    pub fn draw(&mut self, at: [f64; 2], is_new: bool) {
        if is_new {
            self.sketch.clear();
        }
        if self.sketch.len() < MOST_POINTS && self.sketch.last() != Some(&at) {
            self.sketch.push(at);
        }
    }
}

/// Who leads the leaderboard at the end of the race, by its index; nobody, if no loss is a number
/// there.
#[must_use]
pub fn winner(document: &Document) -> Option<usize> {
    let at_the_end = |(index, path)| Standing::of(index, path, usize::MAX, &[]);
    let mut standings: Vec<Standing> = document.shown().map(at_the_end).collect();
    Ranking::Loss.sort(&mut standings);
    let first = standings.first()?;
    (first.loss.is_finite() && !first.status.is_out()).then_some(first.racer)
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
