//! The games: starting them, and making moves.

use crate::app::document::change::Change;
use crate::app::document::ghost;
use crate::app::games::{Game, GameKind, GameMove, Predict};
use crate::app::workspace::{Next, Opening, Workspace};

impl Workspace {
    /// Starts a game on the active document, or on a race of its own.
    pub(super) fn start_game(&mut self, kind: GameKind) {
        match kind {
            GameKind::Ladder => self.ask_or_go_on(Next::Open(Opening::Game(kind))),
            _ => self.begin_game(kind),
        }
    }

    pub(super) fn begin_game(&mut self, kind: GameKind) {
        self.restart(kind != GameKind::Predict);
        self.game = Some(Game::begin(kind, self.active()));
        self.players = self.active().lineup().ids().to_vec();
    }

    /// Ends the game if racers have come, gone or moved, since it numbers them.
    pub(super) fn keep_game(&mut self) {
        if self.active().lineup().ids() != self.players {
            self.game = None;
        }
    }

    /// Puts the playhead at the start.
    fn restart(&mut self, playing: bool) {
        let playback = &mut self.active_mut().playback;
        playback.playhead = 0.0;
        playback.playing = playing;
    }

    pub(super) fn play_game(&mut self, step: GameMove) {
        let Some(mut game) = self.game.take() else {
            return;
        };
        let is_player = |index: usize| index < self.players.len();
        match (&mut game, step) {
            (Game::Predict(game), GameMove::Sketch(at, is_new)) => game.draw(at, is_new),
            (Game::Predict(game), GameMove::Vote(index)) if is_player(index) => {
                game.vote = Some(index);
            }
            (Game::Predict(game), GameMove::Reveal) => {
                game.revealed = true;
                self.restart(true);
            }
            (Game::Predict(game), GameMove::Again) => {
                *game = Predict::default();
                self.restart(false);
            }
            (Game::WhoAmI(game), GameMove::Guess(index, guess)) if guess.is_none_or(is_player) => {
                game.guess(index, guess);
            }
            (Game::WhoAmI(game), GameMove::Reveal) => game.revealed = true,
            (Game::WhoAmI(game), GameMove::Again) => game.again(),
            (Game::Ladder(game), GameMove::Ingredient(ingredient, on)) => {
                let next = game.with(ingredient, on);
                let document = self.active_mut();
                let racer = document.lineup().ids().first().copied();
                if let (Some(rule), Some(racer)) = (next.rule(), racer) {
                    document.pinned = ghost::baseline(document);
                    let id = document.id();
                    self.change(id, Change::Optimizer(racer, rule));
                    *game = next;
                }
            }
            _ => {}
        }
        self.game = Some(game);
    }
}
