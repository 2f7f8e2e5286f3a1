//! The boxes of the window over a scene: readings and hints.

use egui::{Align2, Pos2, Rect, Vec2, vec2};

use super::{Candidate, Room};

/// The distance between the pointer and a box beside it.
const BESIDE: f32 = 16.0;
/// The distance by which a box at the lower edge is moved to find room.
const STEP: f32 = 24.0;

impl Room {
    /// A place for a box beside the pointer, which it does not cover; it is taken from now on.
    pub fn beside(&mut self, at: Pos2, size: Vec2) -> Rect {
        let pointer = Rect::from_center_size(at, Vec2::splat(BESIDE));
        let around = [1.0, 2.0, 3.5, 6.0, 9.0]
            .into_iter()
            .flat_map(|reach: f32| {
                let sides = [
                    vec2(1.0, 1.0),
                    vec2(1.0, -1.0),
                    vec2(-1.0, 1.0),
                    vec2(-1.0, -1.0),
                    vec2(1.0, 0.0),
                    vec2(-1.0, 0.0),
                    vec2(0.0, 1.0),
                    vec2(0.0, -1.0),
                ];
                sides.map(|side| {
                    let centre = at + side * (Vec2::splat(reach * BESIDE) + 0.5 * size);
                    (Rect::from_center_size(centre, size), reach * BESIDE)
                })
            });
        let inside = around
            .map(|(rect, away)| Candidate {
                rect: self.moved_inside(rect),
                away,
            })
            .filter(|candidate| !candidate.rect.intersects(pointer));
        let nowhere = self.moved_inside(Rect::from_min_size(at + Vec2::splat(BESIDE), size));
        let rect = self.best(inside).map_or(nowhere, |(rect, _)| rect);
        self.take(rect);
        rect
    }

    /// A corner for a box, preferably the upper right one, away from the pointer; it is taken from
    /// now on.
    pub fn in_corner(&mut self, size: Vec2, pointer: Pos2) -> Rect {
        // The pointer is as good as a box.
        let near = Rect::from_center_size(pointer, Vec2::splat(2.0 * BESIDE));
        self.take(near);
        let order = [
            Align2::RIGHT_TOP,
            Align2::LEFT_TOP,
            Align2::RIGHT_BOTTOM,
            Align2::LEFT_BOTTOM,
        ];
        let (rect, _) = self.emptiest_corner(size, order);
        self.boxes.retain(|taken| *taken != near);
        self.take(rect);
        rect
    }

    /// The width in which boxes have room.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.inner().width()
    }

    /// A place for a box along the lower edge, preferably in the middle; it is taken from now on.
    pub fn at_foot(&mut self, size: Vec2) -> Rect {
        let foot = self.inner().shrink(8.0);
        let middle = Align2::CENTER_BOTTOM.align_size_within_rect(size, foot);
        let reach = ((foot.width() - size.x) / 2.0).max(0.0);
        let moves = (0..64_u8).map(|step| f32::from(step) * STEP);
        let moves = moves.take_while(|by| *by <= reach).chain([reach]);
        let candidates = moves.flat_map(|by| {
            [by, -by].map(|by| Candidate {
                rect: middle.translate(vec2(by, 0.0)),
                away: 0.2 * by.abs(),
            })
        });
        let rect = self.best(candidates).map_or(middle, |(rect, _)| rect);
        self.take(rect);
        rect
    }

    /// A corner for a box, if nothing is there; it is taken from now on.
    pub fn in_bare_corner(&mut self, size: Vec2, corner: Align2) -> Option<Rect> {
        let rect = corner.align_size_within_rect(size, self.bounds.shrink(8.0));
        let is_free = self.bounds.contains_rect(rect) && self.is_bare(rect);
        is_free.then(|| self.take(rect))?;
        Some(rect)
    }

    /// What has been placed: legend, lens, labels, and the boxes of the window. They overlap
    /// neither each other nor what stands along the edges.
    #[must_use]
    pub fn boxes(&self) -> &[Rect] {
        &self.boxes
    }

    /// What stands along the edges: the numbers and names of the axes, and the key.
    #[must_use]
    pub fn edges(&self) -> &[Rect] {
        &self.edges
    }

    /// The heads, the minima and the start.
    #[must_use]
    pub fn marks(&self) -> &[Rect] {
        &self.marks
    }

    fn moved_inside(&self, rect: Rect) -> Rect {
        let bounds = self.bounds.shrink(4.0);
        let by = (bounds.min - rect.min).max(Vec2::ZERO) + (bounds.max - rect.max).min(Vec2::ZERO);
        rect.translate(by)
    }
}
