//! Games: how they begin, and what a move does.

use super::State;
use crate::app::change::Change;
use crate::app::games::{self, Game, Move};
use crate::app::ghosts;

impl State {
    pub(super) fn start_game(&mut self, kind: games::Kind) {
        if kind == games::Kind::Ladder {
            self.replace(games::Ladder::experiment(), None);
        }
        let playback = &mut self.document_mut().playback;
        playback.playhead = 0.0;
        playback.playing = kind != games::Kind::Predict;
        self.game = Some(Game::begin(kind, self.document()));
    }

    pub(super) fn play(&mut self, step: Move) {
        let Some(mut game) = self.game.take() else {
            return;
        };
        match (&mut game, step) {
            (Game::Predict(game), Move::Sketch(at, is_new)) => game.draw(at, is_new),
            (Game::Predict(game), Move::Vote(place)) => game.vote = Some(place),
            (Game::Predict(game), Move::Reveal) => {
                game.revealed = true;
                let playback = &mut self.document_mut().playback;
                playback.playhead = 0.0;
                playback.playing = true;
            }
            (Game::Predict(game), Move::Again) => {
                *game = games::Predict::default();
                let playback = &mut self.document_mut().playback;
                playback.playhead = 0.0;
                playback.playing = false;
            }
            (Game::WhoAmI(game), Move::Guess(place, guess)) => game.guess(place, guess),
            (Game::WhoAmI(game), Move::Reveal) => game.revealed = true,
            (Game::WhoAmI(game), Move::Again) => game.again(),
            (Game::Ladder(game), Move::Ingredient(ingredient, on)) => {
                let next = game.with(ingredient, on);
                if let Some(rule) = next.rule() {
                    let document = self.document_mut();
                    document.pinned = ghosts::baseline(document);
                    self.change(Change::Optimizer(0, rule));
                    *game = next;
                }
            }
            _ => {}
        }
        self.game = Some(game);
    }
}
