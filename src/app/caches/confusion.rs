//! Which classes the selected racer takes for which, computed within the frame or, for large
//! networks, on a worker.

use egui::Context;

use crate::analysis::Confusion;
use crate::app::document::Document;
use crate::app::document::ids::RacerId;
use crate::app::worker::{Background, Report};
use crate::preset::Card;
use std::sync::Arc;

/// The highest cost of predictions that are made within a frame, in evaluations of a row.
const IN_FRAME: u64 = 200_000;

/// The version of the paths, the racer, and the step after which its network was evaluated.
type Key = (u64, RacerId, usize);

/// The most recent confusion.
#[derive(Debug)]
pub struct ConfusionCache(Background<Key, Option<Confusion>>);

impl Default for ConfusionCache {
    fn default() -> Self {
        Self(Background::new("confusion matrix", IN_FRAME))
    }
}

impl ConfusionCache {
    /// Brings the confusion up to date with the selected racer, if the card shows it.
    pub fn update(&mut self, ctx: &Context, document: &Document) {
        if document.card() != Card::Confusion {
            return;
        }
        let Some((id, path)) = document
            .selected()
            .and_then(|id| Some((id, document.race.path_of(id)?)))
        else {
            return;
        };
        let step = path.evaluated_by(document.clock().step_of(path));
        let key = (document.race.version(), id, step);
        let (surface, path) = (Arc::clone(document.race.surface()), Arc::clone(path));
        let wake = ctx.clone();
        self.0.update(
            key,
            surface.cost() as u64,
            move || wake.request_repaint(),
            async move |_| Confusion::of(surface.network()?, &path, step),
        );
    }

    /// Returns the confusion of a racer; that of an earlier step until a new one is known.
    #[must_use]
    pub fn of(&self, id: RacerId) -> Option<&Confusion> {
        let is_its = self.0.key().is_some_and(|(_, of, _)| *of == id);
        self.0.get().filter(|_| is_its)?.as_ref()
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.0.is_busy()
    }

    /// Returns why a confusion could not be computed, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.0.take_failure()
    }
}
