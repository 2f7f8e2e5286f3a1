//! The stationary points of a typed surface, kept until the surface changes.

use std::sync::Arc;

use egui::Context;

use crate::app::document::Document;
use crate::app::worker::{Background, Report};
use crate::surface::Surface;
use crate::surface::stationary::{self, Stationary};

/// The cost of a search, in derivatives of the surface. It is made within a frame on the desktop, and
/// beside the frames on the web.
const SEARCH: u64 = 10_000;

/// The stationary points of a document's surface, if it is typed.
#[derive(Debug)]
pub struct StationaryCache {
    found: Background<Key, Found>,
    is_current: bool,
}

/// A surface.
#[derive(Debug)]
struct Key(Arc<dyn Surface>);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What was found.
#[derive(Debug, Default)]
struct Found {
    points: Vec<Stationary>,
    marked: Vec<Stationary>,
}

impl Default for StationaryCache {
    fn default() -> Self {
        Self {
            found: Background::new("search for stationary points", SEARCH),
            is_current: false,
        }
    }
}

impl StationaryCache {
    /// Finds the points again if the surface has changed.
    pub fn update(&mut self, ctx: &Context, document: &Document) {
        if document.race.experiment().surface.typed().is_none() {
            self.is_current = false;
            return;
        }
        let surface = Arc::clone(document.race.surface());
        let key = Key(Arc::clone(&surface));
        let wake = ctx.clone();
        self.found.update(
            key,
            SEARCH,
            move || wake.request_repaint(),
            async move |_| {
                let points = stationary::find_in_slices(&*surface, &surface.window()).await;
                let marked = stationary::worth_marking(&points);
                Found { points, marked }
            },
        );
        let of = |key: &Key| Arc::ptr_eq(&key.0, document.race.surface());
        self.is_current = self.found.key().is_some_and(of);
    }

    fn found(&self) -> Option<&Found> {
        self.found.get().filter(|_| self.is_current)
    }

    /// Returns all points, the lowest first.
    #[must_use]
    pub fn all(&self) -> &[Stationary] {
        self.found().map_or(&[], |found| &found.points)
    }

    /// Returns the saddles and maxima that are marked beside the minima.
    #[must_use]
    pub fn marked(&self) -> &[Stationary] {
        self.found().map_or(&[], |found| &found.marked)
    }

    /// Returns whether a worker is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.found.is_busy()
    }

    /// Returns why the points could not be found, once.
    pub fn take_failure(&mut self) -> Option<Report> {
        self.found.take_failure()
    }
}
