//! Labels: names and numbers beside what they belong to.

use std::sync::Arc;

use egui::emath::Rot2;
use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::{Candidate, Room};
use crate::view::Colors;
use crate::view::theme::blend;

/// The gaps between a label and its mark, in points.
const GAPS: [f32; 6] = [3.0, 10.0, 18.0, 30.0, 46.0, 66.0];
/// The gap from which on a leader connects the two.
const LED: f32 = 12.0;
/// The directions in which a label may lie, as angles from the preferred one, in degrees.
const TURNS: [f32; 10] = [
    0.0, 30.0, -30.0, 60.0, -60.0, 90.0, -90.0, 130.0, -130.0, 180.0,
];
/// The cost of a turn by a degree, in points of distance.
const TURN: f32 = 0.06;
/// The cost of the other end.
const OTHER_END: f32 = 12.0;
/// The space between the text of a label and its edge.
const PAD: Vec2 = vec2(4.0, 1.0);

/// What a label is about, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::view::scene) enum Rank {
    /// Why a racer has stopped.
    Fault,
    /// The loss at a minimum.
    Minimum,
    /// An arrow of a step.
    Arrow,
    /// An ellipse.
    Ellipse,
    /// A saddle or a maximum.
    Stationary,
    /// A path for comparison.
    Ghost,
}

/// A text and what it belongs to.
#[derive(Clone, Debug)]
pub(in crate::view::scene) struct Label {
    /// The text.
    pub text: String,
    /// Its size.
    pub size: f32,
    /// Its colour.
    pub color: Color32,
    /// What it belongs to.
    pub at: Pos2,
    /// The other end of what it belongs to, if it may lie there as well.
    pub other_end: Option<Pos2>,
    /// The radius of that.
    pub clear: f32,
    /// The preferred direction from there.
    pub way: Vec2,
    /// Its importance.
    pub rank: Rank,
}

/// The labels of a scene, collected while it is painted.
#[derive(Clone, Debug, Default)]
pub(in crate::view::scene) struct Labels(Vec<Label>);

impl Labels {
    /// Adds a label.
    pub fn add(&mut self, label: Label) {
        self.0.push(label);
    }

    /// Places and paints all labels, the most important first.
    pub fn paint(mut self, painter: &Painter, colors: &Colors, room: &mut Room) {
        self.0.sort_by_key(|label| label.rank);
        let mut tags: Vec<(Rect, Arc<Galley>)> = Vec::new();
        for label in &self.0 {
            let font = FontId::proportional(label.size);
            let text = painter.layout_no_wrap(label.text.clone(), font, label.color);
            let important = label.rank <= Rank::Minimum;
            let size = tag_size(&text);
            let Some(rect) = room.place(label.candidates(size), important) else {
                continue;
            };
            if let Some(leader) = label.leader(rect) {
                let rim = Stroke::new(2.6, colors.rim.gamma_multiply(0.5));
                painter.line_segment(leader, rim);
                let line = Stroke::new(1.0, blend(colors.rim, label.color, 0.75));
                painter.line_segment(leader, line);
                room.cross(leader);
            }
            tags.push((rect, text));
        }
        for (rect, text) in tags {
            paint_tag(painter, colors, rect, text);
        }
    }
}

impl Label {
    /// The places around what it belongs to, near and far.
    fn candidates(&self, size: Vec2) -> impl Iterator<Item = Candidate> {
        let way = if self.way == Vec2::ZERO {
            vec2(1.0, -1.0)
        } else {
            self.way
        };
        let way = way.normalized();
        let other = self.other_end.map(|at| (at, -way, OTHER_END));
        let ends = std::iter::once((self.at, way, 0.0)).chain(other);
        ends.flat_map(move |(at, way, away)| {
            GAPS.into_iter().flat_map(move |gap| {
                TURNS.map(|turn| {
                    let way = Rot2::from_angle(turn.to_radians()) * way;
                    let rect = beyond(at, way, self.clear + gap, size);
                    let away = away + gap + turn.abs() * TURN;
                    Candidate { rect, away }
                })
            })
        })
    }

    /// A line from the label to what it belongs to, if it does not lie right beside it.
    fn leader(&self, rect: Rect) -> Option<[Pos2; 2]> {
        let nearer = |at: &Pos2| rect.distance_to_pos(*at) < rect.distance_to_pos(self.at);
        let at = self.other_end.filter(nearer).unwrap_or(self.at);
        let from = rect.clamp(at);
        let way = from - at;
        let far = way.length() > self.clear + LED;
        far.then(|| [from, at + way.normalized() * (self.clear + 1.0)])
    }
}

/// The rectangle in a direction from a point whose nearest point is about this far away.
fn beyond(at: Pos2, way: Vec2, distance: f32, size: Vec2) -> Rect {
    let half = size / 2.0;
    let exit = |half: f32, way: f32| {
        if way == 0.0 {
            f32::MAX
        } else {
            half / way.abs()
        }
    };
    let to_edge = exit(half.x, way.x).min(exit(half.y, way.y));
    let mut rect = Rect::from_center_size(at + way * (distance + to_edge), size);
    // In a slanted direction, another of its points may be nearer.
    for _ in 0..3 {
        let lacking = distance - rect.distance_to_pos(at);
        rect = rect.translate(way * lacking.max(0.0));
    }
    rect
}

/// The size of a tag with this text.
pub(in crate::view::scene) fn tag_size(text: &Galley) -> Vec2 {
    text.size() + 2.0 * PAD
}

/// Paints text on a ground that makes it legible anywhere.
pub(in crate::view::scene) fn paint_tag(
    painter: &Painter,
    colors: &Colors,
    rect: Rect,
    text: Arc<Galley>,
) {
    let ground = blend(colors.rim, colors.card, 0.3).gamma_multiply(0.7);
    painter.add(Shape::rect_filled(rect, 3.0, ground));
    painter.galley(rect.min + PAD, text, colors.text);
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn label(way: Vec2) -> Label {
        Label {
            text: "f = 0".into(),
            size: 12.0,
            color: Color32::WHITE,
            at: pos2(100.0, 100.0),
            other_end: None,
            clear: 10.0,
            way,
            rank: Rank::Minimum,
        }
    }

    #[test]
    fn candidates_keep_clear_of_what_they_belong_to() {
        for way in [vec2(1.0, -1.0), vec2(0.0, 3.0), Vec2::ZERO] {
            for candidate in label(way).candidates(vec2(40.0, 16.0)) {
                let near = candidate.rect.clamp(pos2(100.0, 100.0));
                assert!(near.distance(pos2(100.0, 100.0)) > 9.0, "{candidate:?}");
            }
        }
    }

    #[test]
    fn a_label_without_room_at_one_end_lies_at_the_other() {
        let mut room = Room::within(Rect::from_min_max(pos2(80.0, 0.0), pos2(400.0, 200.0)));
        room.take(Rect::from_min_max(pos2(112.0, 0.0), pos2(280.0, 200.0)));
        let mut label = label(vec2(-1.0, 0.0));
        label.other_end = Some(pos2(290.0, 100.0));
        let rect = room.place(label.candidates(vec2(90.0, 190.0)), true);
        assert!(rect.is_some_and(|rect| rect.left() > 290.0), "{rect:?}");
    }

    #[test]
    fn only_a_label_that_was_pushed_away_has_a_leader() {
        let label = label(vec2(1.0, 0.0));
        let beside = |x: f32| Rect::from_min_size(pos2(x, 92.0), vec2(40.0, 16.0));
        assert_eq!(label.leader(beside(113.0)), None);
        let leader = label.leader(beside(150.0));
        assert_eq!(leader, Some([pos2(150.0, 100.0), pos2(111.0, 100.0)]));
    }
}
