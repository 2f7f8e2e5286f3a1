//! A heading of the leaderboard.

use crate::analysis::Ranking;

/// A heading that can be clicked.
#[derive(Clone, Copy)]
pub struct Heading {
    pub title: &'static str,
    /// The ranking after a click.
    pub next: Ranking,
    pub is_chosen: bool,
    pub help: &'static str,
}
