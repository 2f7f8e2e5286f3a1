//! Three games for a class: predict, then reveal; who am I?; the ladder.
//!
//! A game is a state beside the race: it decides what is shown of it, and never changes how it is
//! simulated.

mod ladder;
mod predict;
mod who_am_i;

pub use ladder::{Ingredient, Ladder};
pub use predict::Predict;
pub use who_am_i::WhoAmI;

use super::document::Document;

/// A game that is being played.
#[derive(Clone, Debug, PartialEq)]
pub enum Game {
    /// Sketch the path and vote for the winner, then see.
    Predict(Predict),
    /// Guess the rules behind anonymous trails.
    WhoAmI(WhoAmI),
    /// Put a rule together from its ingredients.
    Ladder(Ladder),
}

/// Which game.
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
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Predict, Self::WhoAmI, Self::Ladder];

    /// The name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Predict => "Predict, then reveal",
            Self::WhoAmI => "Who am I?",
            Self::Ladder => "The ladder",
        }
    }

    /// One sentence on how it goes.
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
    /// A sketched path goes on to this point; `true` begins a new one.
    Sketch([f64; 2], bool),
    /// The racer of this index is expected to win.
    Vote(usize),
    /// The trail of this index is thought to be that of the racer of another.
    Guess(usize, Option<usize>),
    /// Now let us see.
    Reveal,
    /// Play again.
    Again,
    /// An ingredient is added or taken away.
    Ingredient(Ingredient, bool),
}

impl Game {
    /// Which game it is.
    #[must_use]
    pub const fn kind(&self) -> GameKind {
        match self {
            Self::Predict(_) => GameKind::Predict,
            Self::WhoAmI(_) => GameKind::WhoAmI,
            Self::Ladder(_) => GameKind::Ladder,
        }
    }

    /// Whether trails, chart and leaderboard would give the answer away.
    #[must_use]
    pub const fn hides_race(&self) -> bool {
        matches!(self, Self::Predict(game) if !game.revealed)
    }

    /// Whether names and colours would.
    #[must_use]
    pub const fn hides_names(&self) -> bool {
        matches!(self, Self::WhoAmI(game) if !game.revealed)
    }

    /// Begins a game on what is open.
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
