//! Keeps the meshes of trails from frame to frame.

use std::sync::Arc;

use egui::epaint::{TessellationOptions, Tessellator};
use egui::{Mesh, Shape};

use super::ink::Ink;
use super::pen::{Drawn, Look, Pen};
use super::pieces::Piece;
use crate::simulation::Trajectory;
use crate::view::eye::Sight;

/// The meshes of trails that have been drawn before, so that only the newest piece of a trail is
/// built in a frame.
#[derive(Debug, Default)]
pub struct TrailMeshes {
    paths: Vec<Arc<Trajectory>>,
    trails: Vec<Kept>,
    built: usize,
}

/// The finished pieces of one trail.
#[derive(Debug)]
struct Kept {
    /// Held, so that no other path can take its place in memory.
    path: Arc<Trajectory>,
    sight: Sight,
    look: Look,
    /// Whether it is dashed in fact.
    dashed: bool,
    pieces: Vec<Drawn>,
    ink: Ink,
    /// Whether it was drawn in this frame.
    used: bool,
}

impl TrailMeshes {
    /// Begins a frame in which trails of these paths can be kept, and forgets those that were not
    /// drawn in the frame before.
    pub fn begin(&mut self, paths: &[Arc<Trajectory>]) {
        self.paths = paths.to_vec();
        let is_there = |path: &Arc<Trajectory>| paths.iter().any(|other| Arc::ptr_eq(path, other));
        self.trails.retain(|kept| kept.used && is_there(&kept.path));
        for kept in &mut self.trails {
            kept.used = false;
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

    /// Draws the pieces of a trail, or nothing if its path is not known.
    pub(super) fn draw(
        &mut self,
        path: &Trajectory,
        sight: Sight,
        look: Look,
        pieces: &[Piece],
        options: TessellationOptions,
    ) -> Option<Vec<Drawn>> {
        let spot = self.spot(path, sight, look)?;
        let Kept {
            path,
            pieces: kept,
            dashed,
            ink,
            ..
        } = &mut self.trails[spot];
        let look = Look {
            dashed: *dashed,
            ..look
        };
        let pen = Pen { path, sight, look };
        let mut drawn = Vec::with_capacity(pieces.len());
        for (index, piece) in pieces.iter().enumerate() {
            let before = index.checked_sub(1).map_or(0.0, |last| kept[last].length);
            if piece.end.is_some() {
                self.built += 1;
                drawn.push(pen.draw(piece, before, None));
                continue;
            }
            if index == kept.len() {
                self.built += 1;
                kept.push(tessellated(
                    pen.draw(piece, before, Some(ink)),
                    sight,
                    options,
                ));
            }
            drawn.push(kept[index].clone());
        }
        Some(drawn)
    }

    /// The index of a trail among those that are kept, which it is from now on.
    fn spot(&mut self, path: &Trajectory, sight: Sight, look: Look) -> Option<usize> {
        let same = |kept: &Kept| {
            std::ptr::eq(Arc::as_ptr(&kept.path), path) && kept.sight == sight && kept.look == look
        };
        let spot = self.trails.iter().position(same);
        if spot.is_none() {
            let known = self
                .paths
                .iter()
                .find(|known| std::ptr::eq(Arc::as_ptr(known), path))?;
            let pen = Pen::new(path, sight, look);
            self.trails.push(Kept {
                path: Arc::clone(known),
                sight,
                look,
                dashed: pen.look.dashed,
                pieces: Vec::new(),
                ink: Ink::none(pen.seen()),
                used: true,
            });
        }
        let spot = spot.unwrap_or(self.trails.len() - 1);
        self.trails[spot].used = true;
        Some(spot)
    }
}

/// The same with meshes instead of lines.
fn tessellated(drawn: Drawn, sight: Sight, options: TessellationOptions) -> Drawn {
    let mut tessellator = Tessellator::new(sight.pixels_per_point, options, [1, 1], Vec::new());
    tessellator.set_clip_rect(sight.clip);
    let mut mesh = |shapes: Vec<Shape>| {
        let mut mesh = Mesh::default();
        for shape in shapes {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
        if mesh.is_empty() {
            Vec::new()
        } else {
            vec![Shape::mesh(mesh)]
        }
    };
    Drawn {
        rim: mesh(drawn.rim),
        line: mesh(drawn.line),
        length: drawn.length,
    }
}
