//! The legend: the names of the racers, in the emptiest corner, and their losses if wanted.

use std::sync::Arc;

use egui::{Align2, FontId, Galley, Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::placement::Room;
use super::{Scene, SceneRacer, whole_step};
use crate::view::{fonts, number};

/// The corners in the order of preference.
const ORDER: [Align2; 4] = [
    Align2::RIGHT_TOP,
    Align2::RIGHT_BOTTOM,
    Align2::LEFT_TOP,
    Align2::LEFT_BOTTOM,
];

/// A legend and its place.
pub(super) struct Legend<'a> {
    rect: Rect,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    racer: &'a SceneRacer<'a>,
    name: Arc<Galley>,
    loss: Option<Arc<Galley>>,
}

impl<'a> Legend<'a> {
    /// Places the legend of a scene; `None` if there are no racers.
    pub fn place(scene: &Scene<'a>, painter: &Painter, room: &mut Room) -> Option<Self> {
        let text = scene.options.text;
        let mut racers: Vec<_> = scene.racers.iter().map(|it| (it, loss_now(it))).collect();
        if racers.is_empty() {
            return None;
        }
        if scene.options.losses {
            racers.sort_by(|(_, a), (_, b)| number::lowest_first(*a, *b));
        }
        let galley =
            |text: String, font: FontId| painter.layout_no_wrap(text, font, scene.colors.text);
        let row = |(racer, loss): (&'a SceneRacer<'a>, f64)| Row {
            racer,
            name: galley(racer.name.to_owned(), FontId::proportional(text)),
            loss: scene
                .options
                .losses
                .then(|| galley(number::short(loss), fonts::numbers(text))),
        };
        let rows: Vec<_> = racers.into_iter().map(row).collect();
        let width = |row: &Row<'_>| row.name.size().x;
        let names = rows.iter().map(width).fold(0.0, f32::max);
        // The numbers keep their width while the race plays.
        let losses = if scene.options.losses {
            4.8 * text
        } else {
            0.0
        };
        let height: f32 = rows.iter().map(|_| height(text)).sum();
        let size = vec2(line(text).x + names + losses, height - 0.3 * text) + 2.0 * pad(text);
        let order = if scene.options.turns {
            [ORDER[0]; 4]
        } else {
            ORDER
        };
        let (rect, _) = room.emptiest_corner(size, order);
        room.take(rect);
        Some(Self { rect, rows })
    }

    /// Paints it.
    pub fn paint(self, scene: &Scene<'_>, painter: &Painter) {
        let text = scene.options.text;
        painter.rect(
            self.rect,
            6.0,
            scene.colors.card.gamma_multiply(0.85),
            Stroke::new(1.0, scene.colors.line),
            StrokeKind::Inside,
        );
        let mut left = self.rect.left_top() + pad(text);
        let right = self.rect.right() - pad(text).x;
        left.y += 0.5 * height(text) - 0.15 * text;
        for row in self.rows {
            let look = row.racer.colors;
            let end = left + vec2(2.0 * text, 0.0);
            painter.line_segment([left, end], Stroke::new(2.2, look.color));
            let rim = Stroke::new(1.4, scene.colors.rim);
            let middle = left + vec2(text, 0.0);
            painter.extend(look.marker.filled(middle, 0.75 * text, look.color, rim));
            let spot = pos2(left.x + line(text).x, left.y - row.name.size().y / 2.0);
            painter.galley(spot, row.name, scene.colors.text);
            if let Some(loss) = row.loss {
                let spot = pos2(right, left.y) - vec2(loss.size().x, loss.size().y / 2.0);
                painter.galley(spot, loss, scene.colors.text);
            }
            left.y += height(text);
        }
    }
}

/// The loss of a racer at its playhead.
fn loss_now(racer: &SceneRacer<'_>) -> f64 {
    let own = || racer.path.loss_at(whole_step(racer.playhead));
    racer.median.unwrap_or_else(own)
}

/// The height of a row.
fn height(text: f32) -> f32 {
    1.58 * text
}

/// The space between the names and the edge.
fn pad(text: f32) -> Vec2 {
    Vec2::splat(0.83 * text)
}

/// The space for the line with the marker.
fn line(text: f32) -> Vec2 {
    vec2(2.83 * text, 0.0)
}
