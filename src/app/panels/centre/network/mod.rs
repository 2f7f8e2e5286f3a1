//! What the networks of the racers have learned: a strip of small pictures below the surface, and a
//! large one in its place.

mod features;
mod head;
mod large;
mod strip;

use std::sync::Arc;

pub use large::large;
pub use strip::strip;

use crate::app::action::AppAction;
use crate::app::desk::Desk;
use crate::app::games::Game;
use crate::app::workspace::Notice;
use crate::sampling::learned::{Outlook, Palette};
use crate::surface::Learner;

/// Returns whether a game would be given away.
pub fn is_hidden(desk: &Desk<'_>) -> bool {
    let game = desk.workspace.game.as_ref();
    game.is_some_and(|game| Game::hides_race(game) || Game::hides_names(game))
}

/// What the pictures of a network have in common.
struct Subject<'a> {
    learner: &'a Learner,
    outlook: Arc<Outlook>,
    palette: Arc<Palette>,
}

impl<'a> Subject<'a> {
    /// Returns what is seen of the data; `None` if the surface is no network.
    fn of(desk: &mut Desk<'a>) -> Option<Self> {
        let learner = desk.document.race.surface().network()?;
        let chosen = learner.data.chosen(desk.document.view.features.as_ref());
        let (outlook, palette) = desk.caches.learned.outlook(learner, chosen, desk.colors);
        Some(Self {
            learner,
            outlook,
            palette,
        })
    }
}

/// Says why pictures could not be computed.
fn tell_failure(desk: &mut Desk<'_>) {
    if let Some(failure) = desk.caches.learned.take_failure() {
        let notice = Notice::error(failure.to_string());
        desk.send(AppAction::Notify(notice));
    }
}
