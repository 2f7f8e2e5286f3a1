//! Three games for a class: predict, then reveal; who am I?; the ladder.
//!
//! A game is a state next to the race. It decides which parts of the race are shown and never
//! changes how it is simulated.

mod ladder;
mod predict;
mod who_am_i;

pub use ladder::{Ingredient, Ladder};
pub use predict::Predict;
pub use who_am_i::WhoAmI;

use crate::app::document::Document;

/// A running game.
#[derive(Clone, Debug, PartialEq)]
pub enum Game {
    /// Sketch the path and vote for the winner before the race is revealed.
    Predict(Predict),
    /// Guess the rules behind anonymous trails.
    WhoAmI(WhoAmI),
    /// Assemble a rule from its ingredients.
    Ladder(Ladder),
}

/// The kind of a game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GameKind {
    /// See [`Game::Predict`].
    Predict,
    /// See [`Game::WhoAmI`].
    WhoAmI,
    /// See [`Game::Ladder`].
    Ladder,
}

impl GameKind {
    /// All games, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Predict, Self::WhoAmI, Self::Ladder];

    /// Returns the name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Predict => "Predict, then reveal",
            Self::WhoAmI => "Who am I?",
            Self::Ladder => "The ladder",
        }
    }

    /// Returns the rules of the game in one sentence.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Predict => "Sketch the path or vote for the winner before the race runs",
            Self::WhoAmI => "The trails are anonymous: which rule drew which?",
            Self::Ladder => "From gradient descent to Nadam, one ingredient at a time",
        }
    }
}

/// A move in a game.
#[derive(Clone, Debug, PartialEq)]
pub enum GameMove {
    /// Extend the sketched path to this point; `true` starts a new path.
    Sketch([f64; 2], bool),
    /// Vote for the racer at this index.
    Vote(usize),
    /// Guess that the trail at the first index belongs to the racer at the second.
    Guess(usize, Option<usize>),
    /// Reveal the answer.
    Reveal,
    /// Play again.
    Again,
    /// Add or remove an ingredient.
    Ingredient(Ingredient, bool),
}

impl Game {
    /// Returns the kind of the game.
    #[must_use]
    pub const fn kind(&self) -> GameKind {
        match self {
            Self::Predict(_) => GameKind::Predict,
            Self::WhoAmI(_) => GameKind::WhoAmI,
            Self::Ladder(_) => GameKind::Ladder,
        }
    }

    /// Returns whether trails, chart and leaderboard would give the answer away.
    #[must_use]
    pub const fn hides_race(&self) -> bool {
        matches!(self, Self::Predict(game) if !game.revealed)
    }

    /// Returns whether names and colours would give the answer away.
    #[must_use]
    pub const fn hides_names(&self) -> bool {
        matches!(self, Self::WhoAmI(game) if !game.revealed)
    }

    /// Starts a game on the open document.
    #[must_use]
    pub fn begin(kind: GameKind, document: &Document) -> Self {
        match kind {
            GameKind::Predict => Self::Predict(Predict::default()),
            GameKind::WhoAmI => Self::WhoAmI(WhoAmI::new(
                document.experiment().racers.len(),
                document.experiment().seed,
            )),
            GameKind::Ladder => Self::Ladder(Ladder::default()),
        }
    }
}
