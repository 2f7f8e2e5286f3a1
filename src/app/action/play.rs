//! The games: starting them, and making moves.

use crate::app::document::change::Change;
use crate::app::document::ghost;
use crate::app::games::{self, Game, GameMove};
use crate::app::workspace::State;

impl State {
    pub(super) fn start_game(&mut self, kind: games::GameKind) {
        if kind == games::GameKind::Ladder {
            self.replace(games::Ladder::experiment(), None);
        }
        let playback = &mut self.document_mut().playback;
        playback.playhead = 0.0;
        playback.playing = kind != games::GameKind::Predict;
        self.game = Some(Game::begin(kind, self.document()));
    }

    pub(super) fn play(&mut self, step: GameMove) {
        let Some(mut game) = self.game.take() else {
            return;
        };
        match (&mut game, step) {
            (Game::Predict(game), GameMove::Sketch(at, is_new)) => game.draw(at, is_new),
            (Game::Predict(game), GameMove::Vote(index)) => game.vote = Some(index),
            (Game::Predict(game), GameMove::Reveal) => {
                game.revealed = true;
                let playback = &mut self.document_mut().playback;
                playback.playhead = 0.0;
                playback.playing = true;
            }
            (Game::Predict(game), GameMove::Again) => {
                *game = games::Predict::default();
                let playback = &mut self.document_mut().playback;
                playback.playhead = 0.0;
                playback.playing = false;
            }
            (Game::WhoAmI(game), GameMove::Guess(index, guess)) => game.guess(index, guess),
            (Game::WhoAmI(game), GameMove::Reveal) => game.revealed = true,
            (Game::WhoAmI(game), GameMove::Again) => game.again(),
            (Game::Ladder(game), GameMove::Ingredient(ingredient, on)) => {
                let next = game.with(ingredient, on);
                if let Some(rule) = next.rule() {
                    let document = self.document_mut();
                    document.pinned = ghost::baseline(document);
                    self.change(Change::Optimizer(0, rule));
                    *game = next;
                }
            }
            _ => {}
        }
        self.game = Some(game);
    }
}
