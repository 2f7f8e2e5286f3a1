//! Keeps the meshes of trails from frame to frame.

use std::sync::Arc;

use egui::Vec2;
use egui::epaint::TessellationOptions;

use super::kept::Kept;
use super::pen::{Layers, Look};
use super::pieces::Piece;
use crate::simulation::Trajectory;
use crate::view::eye::Sight;

/// The meshes of trails that have been drawn before, so that only the newest piece of a trail is
/// built in a frame, and nothing as long as nothing moves.
#[derive(Debug, Default)]
pub struct TrailMeshes {
    paths: Vec<Arc<Trajectory>>,
    trails: Vec<Trail>,
    built: usize,
}

#[derive(Debug)]
struct Trail {
    kept: Kept,
    /// Whether it was drawn in this frame.
    used: bool,
}

impl TrailMeshes {
    /// Begins a frame in which trails of these paths can be kept, and forgets those that were not
    /// drawn in the frame before.
    pub fn begin(&mut self, paths: &[Arc<Trajectory>]) {
        self.paths = paths.to_vec();
        self.trails
            .retain(|trail| trail.used && trail.kept.is_of(paths));
        for trail in &mut self.trails {
            trail.used = false;
        }
    }

    /// The number of pieces built so far.
    #[must_use]
    pub const fn built(&self) -> usize {
        self.built
    }

    /// The number of trails of which meshes are kept.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.trails.len()
    }

    /// The memory that is kept, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.trails.iter().map(|trail| trail.kept.bytes()).sum()
    }

    /// Draws the pieces of a trail, or nothing if its path is not known.
    pub(super) fn draw(
        &mut self,
        path: &Trajectory,
        sight: &Sight,
        look: Look,
        pieces: &[Piece],
        options: TessellationOptions,
    ) -> Option<Layers> {
        let (trail, shift) = self.trail(path, sight, look)?;
        trail.used = true;
        let (mut layers, built) = trail.kept.draw(pieces, options);
        if shift != Vec2::ZERO {
            layers.translate(shift);
        }
        self.built += built;
        Some(layers)
    }

    /// The trail of a path, which is kept from now on, and how far it has moved.
    fn trail(
        &mut self,
        path: &Trajectory,
        sight: &Sight,
        look: Look,
    ) -> Option<(&mut Trail, Vec2)> {
        let shown = |(index, trail): (usize, &Trail)| {
            let shift = trail.kept.shows(path, sight, &look)?;
            Some((index, shift))
        };
        let (index, shift) = match self.trails.iter().enumerate().find_map(shown) {
            Some(found) => found,
            None => {
                let same = |known: &&Arc<Trajectory>| std::ptr::eq(Arc::as_ptr(known), path);
                let path = self.paths.iter().find(same)?;
                let kept = Kept::new(path, sight, look);
                self.trails.push(Trail { kept, used: true });
                (self.trails.len() - 1, Vec2::ZERO)
            }
        };
        Some((self.trails.get_mut(index)?, shift))
    }
}
