//! Keeps the meshes of one trail.

use std::sync::Arc;

use egui::epaint::{TessellationOptions, Tessellator};
use egui::{Mesh, Shape, Vec2};

use super::ink::Ink;
use super::pen::{Drawn, Layers, Look, Pen};
use super::pieces::{Piece, finished};
use super::shift::{generous, shift};
use crate::simulation::Trajectory;
use crate::view::eye::Sight;

/// The number of pieces that are joined into a block. Few large meshes take less time in a frame
/// than many small ones; the small ones are needed as well, as long as a block is not finished.
const BLOCK: usize = 16;

/// The finished pieces of one trail, and the newest one.
#[derive(Debug)]
pub(super) struct Kept {
    /// Held, so that no other path can take its place in memory.
    path: Arc<Trajectory>,
    sight: Sight,
    look: Look,
    /// How it looks in fact, as a path that is too long is not dashed.
    drawn: Look,
    /// None if no piece will need it.
    ink: Option<Ink>,
    pieces: Vec<Finished>,
    blocks: Vec<Meshes>,
    newest: Option<Newest>,
}

#[derive(Debug)]
struct Finished {
    meshes: Meshes,
    /// The length of a dashed trail up to the end of this piece.
    length: f32,
}

#[derive(Debug)]
struct Newest {
    piece: Piece,
    meshes: Meshes,
}

/// What is hidden, the rims and the lines of a piece or block.
#[derive(Clone, Debug, Default)]
struct Meshes {
    hidden: Arc<Mesh>,
    rim: Arc<Mesh>,
    line: Arc<Mesh>,
}

impl Kept {
    pub fn new(path: &Arc<Trajectory>, sight: &Sight, look: Look) -> Self {
        let drawn = Pen::new(path, sight, look).look;
        let mut kept = Self {
            path: Arc::clone(path),
            sight: generous(sight.clone()),
            look,
            drawn,
            ink: None,
            pieces: Vec::new(),
            blocks: Vec::new(),
            newest: None,
        };
        if !drawn.dashed {
            kept.ink = Some(Ink::none(kept.pen().seen()));
        }
        kept
    }

    /// Whether its path is one of these.
    pub fn is_of(&self, paths: &[Arc<Trajectory>]) -> bool {
        paths.iter().any(|path| Arc::ptr_eq(path, &self.path))
    }

    /// How far this has to be moved to be the trail of this path as it looks now, if it can be.
    pub fn shows(&self, path: &Trajectory, sight: &Sight, look: &Look) -> Option<Vec2> {
        let same = std::ptr::eq(Arc::as_ptr(&self.path), path) && self.look == *look;
        same.then(|| shift(&self.sight, sight)).flatten()
    }

    /// The memory that it takes, in bytes.
    pub fn bytes(&self) -> usize {
        let pieces = self.pieces.iter().map(|piece| &piece.meshes);
        let newest = self.newest.iter().map(|newest| &newest.meshes);
        let meshes = pieces.chain(&self.blocks).chain(newest);
        let ink = self.ink.as_ref().map_or(0, Ink::bytes);
        meshes.map(Meshes::bytes).sum::<usize>() + ink
    }

    /// The trail up to its newest piece, which is the last of these, and the number of pieces that
    /// had to be built for it.
    pub fn draw(&mut self, pieces: &[Piece], options: TessellationOptions) -> (Layers, usize) {
        let Some((newest, finished)) = pieces.split_last() else {
            return (Layers::default(), 0);
        };
        let mut tessellator =
            Tessellator::new(self.sight.pixels_per_point, options, [1, 1], Vec::new());
        tessellator.set_clip_rect(self.sight.clip);
        let mut built = self.finish(finished, &mut tessellator);
        built += usize::from(self.renew(newest, finished.len(), &mut tessellator));
        (self.layers(finished.len()), built)
    }

    /// Builds those of the finished pieces that were not built before, and says how many.
    fn finish(&mut self, pieces: &[Piece], tessellator: &mut Tessellator) -> usize {
        let before = self.pieces.len();
        for (index, piece) in pieces.iter().enumerate().skip(before) {
            let length = self.length(index);
            let mut ink = self.ink.take();
            let drawn = self.pen().draw(piece, length, ink.as_mut());
            self.ink = ink;
            self.pieces.push(Finished {
                length: drawn.length,
                meshes: Meshes::new(drawn, tessellator),
            });
            if self.pieces.len().is_multiple_of(BLOCK) {
                let block = self.pieces.iter().skip(self.blocks.len() * BLOCK);
                let meshes = block.map(|piece| &piece.meshes);
                self.blocks.push(Meshes::joined(meshes));
            }
        }
        if self.pieces.len() >= finished(&self.path) {
            self.ink = None;
        }
        self.pieces.len() - before
    }

    /// Builds the newest piece unless it is the one that was built last, and says whether it did.
    fn renew(&mut self, piece: &Piece, index: usize, tessellator: &mut Tessellator) -> bool {
        if self
            .newest
            .as_ref()
            .is_some_and(|newest| newest.piece == *piece)
        {
            return false;
        }
        let drawn = self.pen().draw(piece, self.length(index), None);
        self.newest = Some(Newest {
            piece: piece.clone(),
            meshes: Meshes::new(drawn, tessellator),
        });
        true
    }

    fn pen(&self) -> Pen<'_> {
        Pen {
            path: &self.path,
            sight: &self.sight,
            look: self.drawn,
        }
    }

    /// The length of the trail before a piece.
    fn length(&self, piece: usize) -> f32 {
        piece
            .checked_sub(1)
            .and_then(|before| self.pieces.get(before))
            .map_or(0.0, |piece| piece.length)
    }

    /// The first of the finished pieces, as far as possible in blocks, and the newest one.
    fn layers(&self, finished: usize) -> Layers {
        let blocks = finished / BLOCK;
        let pieces = &self.pieces[blocks * BLOCK..finished];
        let meshes = self.blocks[..blocks]
            .iter()
            .chain(pieces.iter().map(|piece| &piece.meshes))
            .chain(self.newest.iter().map(|newest| &newest.meshes));
        let mut layers = Layers::default();
        for Meshes { hidden, rim, line } in meshes {
            for (mesh, layer) in [
                (hidden, &mut layers.hidden),
                (rim, &mut layers.rims),
                (line, &mut layers.lines),
            ] {
                if !mesh.is_empty() {
                    layer.push(Shape::Mesh(Arc::clone(mesh)));
                }
            }
        }
        layers
    }
}

impl Meshes {
    fn new(drawn: Drawn, tessellator: &mut Tessellator) -> Self {
        let [hidden, rim, line] = [drawn.hidden, drawn.rim, drawn.line].map(|shapes| {
            let mut mesh = Mesh::default();
            for shape in shapes {
                tessellator.tessellate_shape(shape, &mut mesh);
            }
            kept(mesh)
        });
        Self { hidden, rim, line }
    }

    fn joined<'a>(parts: impl Iterator<Item = &'a Self>) -> Self {
        let [mut hidden, mut rim, mut line] = [(); 3].map(|()| Mesh::default());
        for part in parts {
            hidden.append_ref(&part.hidden);
            rim.append_ref(&part.rim);
            line.append_ref(&part.line);
        }
        Self {
            hidden: kept(hidden),
            rim: kept(rim),
            line: kept(line),
        }
    }

    fn bytes(&self) -> usize {
        let bytes = |mesh: &Mesh| {
            size_of_val(mesh.vertices.as_slice()) + size_of_val(mesh.indices.as_slice())
        };
        bytes(&self.hidden) + bytes(&self.rim) + bytes(&self.line)
    }
}

/// The same without memory to grow.
fn kept(mut mesh: Mesh) -> Arc<Mesh> {
    mesh.vertices.shrink_to_fit();
    mesh.indices.shrink_to_fit();
    Arc::new(mesh)
}
