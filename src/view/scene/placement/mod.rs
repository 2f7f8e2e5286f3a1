//! One pass over everything that floats above a scene, so that nothing covers anything else.
//!
//! What cannot move (heads, minima, the start, the numbers on the axes) is entered first. Then
//! everything else is placed, the most important first: each has several places where it could be,
//! and takes the one where it is least in the way.

mod boxes;
mod label;
mod tracks;

use std::sync::Arc;

use egui::{Align, Align2, Pos2, Rect, Vec2, vec2};

pub(super) use label::{Label, Labels, Rank, paint_tag, tag_size};
pub(super) use tracks::KeptTracks;

use super::line::inside;
use tracks::Tracks;

/// The distance of corner boxes from the edges of the scene, in points.
const MARGIN: f32 = 12.0;
/// The cost of covering a mark; a place with this cost is not free.
const MARK: f32 = 1e3;
/// The cost of covering a box, which is never done as long as there is another place.
const BOX: f32 = 1e4;
/// The cost of covering an arrow or a leader.
const LINE: f32 = 20.0;
/// The cost of lying on trails entirely.
const TRAILS: f32 = 60.0;

/// What is taken in a scene, and where there is still room.
#[derive(Clone, Debug)]
pub struct Room {
    bounds: Rect,
    /// The part of the scene without the numbers on the axes.
    inner: Rect,
    /// The numbers and names of the axes, and the key.
    edges: Vec<Rect>,
    /// What has been placed.
    boxes: Vec<Rect>,
    marks: Vec<Rect>,
    lines: Vec<[Pos2; 2]>,
    tracks: Arc<Tracks>,
}

/// A possible place of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    /// The place.
    pub rect: Rect,
    /// Its disadvantage compared to the best one, in points of distance.
    pub away: f32,
}

impl Room {
    /// A scene in which nothing is taken yet.
    pub(super) fn within(bounds: Rect) -> Self {
        Self {
            bounds,
            inner: bounds,
            edges: Vec::new(),
            boxes: Vec::new(),
            marks: Vec::new(),
            lines: Vec::new(),
            tracks: Arc::default(),
        }
    }

    /// Enters a number or name of an axis, or the key, which nothing may overlap from now on.
    pub(super) fn edge(&mut self, rect: Rect) {
        self.edges.push(rect);
    }

    /// Whether a number of an axis that was entered is not covered by a box; if it is, its place is
    /// given up.
    pub(super) fn uncover(&mut self, edge: Rect) -> bool {
        let covered = self.boxes.iter().any(|other| other.intersects(edge));
        if covered {
            self.edges.retain(|other| *other != edge);
        }
        !covered
    }

    /// Enters a box, which nothing may overlap from now on.
    pub fn take(&mut self, rect: Rect) {
        self.boxes.push(rect);
    }

    /// Enters a head, a minimum or the start, which should not be covered.
    pub(super) fn mark(&mut self, at: Pos2, size: Vec2) {
        if self.bounds.expand(size.max_elem()).contains(at) {
            self.marks.push(Rect::from_center_size(at, size));
        }
    }

    /// Enters a line that is better not covered.
    pub(super) fn cross(&mut self, ends: [Pos2; 2]) {
        self.lines.push(ends);
    }

    /// Enters the trails, which are better not covered.
    pub(super) fn run(&mut self, tracks: Arc<Tracks>) {
        self.tracks = tracks;
    }

    /// Reserves the left and lower edges for the numbers of the axes.
    pub(super) fn set_inner(&mut self, inner: Rect) {
        self.inner = inner;
    }

    /// The part of the scene without the numbers on the axes.
    pub(super) fn inner(&self) -> Rect {
        self.inner
    }

    /// What may never be overlapped.
    fn solid(&self) -> impl Iterator<Item = &Rect> {
        self.edges.iter().chain(&self.boxes)
    }

    /// Whether a rectangle overlaps no box.
    pub(super) fn is_free(&self, rect: Rect) -> bool {
        !self.solid().any(|other| other.intersects(rect))
    }

    /// Whether a rectangle covers a mark.
    pub(super) fn is_marked(&self, rect: Rect) -> bool {
        self.marks.iter().any(|mark| mark.intersects(rect))
    }

    /// Whether a rectangle covers no box, mark or line.
    pub(super) fn is_untouched(&self, rect: Rect) -> bool {
        self.is_free(rect) && !self.is_marked(rect) && self.lines_over(rect) == 0
    }

    fn lines_over(&self, rect: Rect) -> usize {
        let lines = self.lines.iter();
        lines
            .filter(|[from, to]| inside(rect, *from, *to).is_some())
            .count()
    }

    /// Whether a rectangle lies on bare ground.
    pub(super) fn is_bare(&self, rect: Rect) -> bool {
        self.is_free(rect) && !self.is_marked(rect) && self.tracks.under(rect) == 0
    }

    /// How much a box would be in the way.
    fn cost(&self, rect: Rect) -> f32 {
        let over = |other: &Rect| {
            let both = rect.intersect(*other);
            if both.is_positive() { both.area() } else { 0.0 }
        };
        let share = |other: &Rect| over(other) / rect.area().max(1.0);
        let count = |over: usize, each: f32| -> f32 { (0..over).map(|_| each).sum() };
        let boxes = self.solid().filter(|other| over(other) > 0.0);
        let boxes: f32 = boxes.map(|other| BOX * (1.0 + share(other))).sum();
        let marks = self.marks.iter().filter(|mark| over(mark) > 0.0);
        let marks: f32 = marks.map(|mark| MARK * (1.0 + share(mark))).sum();
        boxes + marks + count(self.lines_over(rect), LINE) + TRAILS * self.tracks.share(rect)
    }

    /// The candidate that is least in the way, and its cost; the first of equals.
    fn best(&self, candidates: impl IntoIterator<Item = Candidate>) -> Option<(Rect, f32)> {
        let candidates = candidates.into_iter();
        let priced = candidates.map(|it| (it.rect, it.away + self.cost(it.rect)));
        priced.min_by(|(_, one), (_, other)| one.total_cmp(other))
    }

    /// Takes the best candidate inside the scene that covers nothing; or, if it is `important`,
    /// one that covers no more than marks.
    pub(super) fn place(
        &mut self,
        candidates: impl IntoIterator<Item = Candidate>,
        important: bool,
    ) -> Option<Rect> {
        let bounds = self.bounds.shrink(2.0);
        let seen = candidates.into_iter();
        let seen = seen.filter(|candidate| bounds.contains_rect(candidate.rect));
        let limit = if important { BOX } else { MARK };
        let (rect, _) = self.best(seen).filter(|(_, cost)| *cost < limit)?;
        self.take(rect);
        Some(rect)
    }

    /// A box of this size in a corner, away from the numbers on the axes and below the key.
    fn corner(&self, size: Vec2, corner: Align2) -> Rect {
        let within = Rect::from_min_max(
            self.inner.min.max(self.bounds.min + Vec2::splat(MARGIN)),
            self.inner.max.min(self.bounds.max - Vec2::splat(MARGIN)),
        );
        let rect = corner.align_size_within_rect(size, within);
        let highest = self.bounds.top() + 0.2 * self.bounds.height();
        let above = self.edges.iter().filter(|other| {
            corner.y() == Align::Min && other.intersects(rect) && other.bottom() < highest
        });
        let top = above.map(|other| other.bottom() + 8.0);
        let top = top.fold(rect.top(), f32::max);
        rect.translate(vec2(0.0, top - rect.top()))
    }

    /// The corner in which a box of this size is least in the way, and how much it is; the first
    /// of equals in this order.
    pub(super) fn emptiest_corner(&self, size: Vec2, order: [Align2; 4]) -> (Rect, f32) {
        let corners = order.map(|corner| self.corner(size, corner));
        let priced = corners.map(|rect| (rect, self.cost(rect)));
        let cheaper = |best: (Rect, f32), other: (Rect, f32)| {
            if other.1 < best.1 { other } else { best }
        };
        priced.into_iter().reduce(cheaper).unwrap_or(priced[0])
    }

    /// The corner with the fewest trails, as long as they cross no more than a share of it, and
    /// nothing else is there.
    pub(super) fn free_corner(&self, size: Vec2, order: [Align2; 4], crossed: f32) -> Option<Rect> {
        let corners = order.map(|corner| self.corner(size, corner)).into_iter();
        let free = corners.filter(|rect| self.is_free(*rect) && !self.is_marked(*rect));
        free.map(|rect| (rect, self.tracks.share(rect)))
            .filter(|(_, share)| *share <= crossed)
            .min_by(|(_, one), (_, other)| one.total_cmp(other))
            .map(|(rect, _)| rect)
    }
}
