//! The stationary points of a typed surface, kept until the surface changes.

use std::sync::Arc;

use crate::app::document::Document;
use crate::surface::Surface;
use crate::surface::stationary::{self, Stationary};

/// The stationary points of a document's surface, if it is typed.
#[derive(Debug, Default)]
pub struct StationaryCache {
    surface: Option<Arc<dyn Surface>>,
    points: Vec<Stationary>,
    marked: Vec<Stationary>,
}

impl StationaryCache {
    /// Finds the points again if the surface has changed.
    pub fn update(&mut self, document: &Document) {
        let surface = document.race.surface();
        let is_known = self
            .surface
            .as_ref()
            .is_some_and(|it| Arc::ptr_eq(it, surface));
        if is_known {
            return;
        }
        self.points = match document.race.experiment().surface.typed() {
            Some(_) => stationary::find(&**surface, &surface.window()),
            None => Vec::new(),
        };
        self.marked = stationary::worth_marking(&self.points);
        self.surface = Some(Arc::clone(surface));
    }

    /// Returns all points, the lowest first.
    #[must_use]
    pub fn all(&self) -> &[Stationary] {
        &self.points
    }

    /// Returns the saddles and maxima that are marked beside the minima.
    #[must_use]
    pub fn marked(&self) -> &[Stationary] {
        &self.marked
    }
}
