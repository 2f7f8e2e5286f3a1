//! The axes of a scene: a box around a landscape, and numbers and names along the edges.

mod corners;
mod flat;
mod losses;
mod solid;
mod walls;

use std::sync::Arc;

use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Stroke};

use super::Scene;
use super::placement::Room;
use crate::view::eye::Eye;
use crate::view::number;

pub(super) use walls::paint as paint_box;

/// The length of a tick.
const TICK: f32 = 4.0;

/// The numbers and names of the axes, with their places.
#[derive(Default)]
pub(super) struct Axes(Vec<Mark>);

/// A number or a name.
struct Mark {
    rect: Rect,
    text: Arc<Galley>,
    color: Color32,
    tick: Option<[Pos2; 2]>,
}

/// Places the axes and reserves the room for them.
pub(super) fn enter(scene: &Scene<'_>, painter: &Painter, room: &mut Room) -> Axes {
    let mut pen = Pen {
        scene,
        painter,
        room,
        axes: Axes::default(),
    };
    match &scene.eye {
        Eye::Above(_) => flat::write(&mut pen),
        Eye::Orbit(orbit) => solid::write(&mut pen, orbit),
    }
    pen.axes
}

impl Axes {
    /// Paints them, except for what has been covered since.
    pub fn paint(self, painter: &Painter, room: &mut Room) {
        for mark in self.0 {
            if !room.uncover(mark.rect) {
                continue;
            }
            if let Some(tick) = mark.tick {
                painter.line_segment(tick, Stroke::new(1.0, mark.color));
            }
            painter.galley(mark.rect.min, mark.text, mark.color);
        }
    }
}

/// Writes at the edges where there is room.
struct Pen<'a> {
    scene: &'a Scene<'a>,
    painter: &'a Painter,
    room: &'a mut Room,
    axes: Axes,
}

impl Pen<'_> {
    /// The text of a number on an axis, a little smaller than others.
    fn number(&self, value: f64) -> Arc<Galley> {
        let value = if value.abs() < 1e-12 { 0.0 } else { value };
        self.text(number::precise(value), -1.0, self.scene.colors.dim)
    }

    fn text(&self, text: String, larger: f32, color: Color32) -> Arc<Galley> {
        let font = FontId::proportional(self.scene.options.text + larger);
        self.painter.layout_no_wrap(text, font, color)
    }

    /// Whether a text can be here: all of it in the picture, and apart from others.
    fn is_free(&self, rect: Rect) -> bool {
        let clear = rect.expand(3.0);
        self.scene.eye.rect().contains_rect(clear) && self.room.is_free(clear)
    }

    fn write(&mut self, rect: Rect, text: Arc<Galley>, color: Color32, tick: Option<[Pos2; 2]>) {
        self.room.edge(rect);
        self.axes.0.push(Mark {
            rect,
            text,
            color,
            tick,
        });
    }
}

/// The rectangle of a text that is anchored at a spot.
fn anchored(text: &Galley, spot: Pos2, align: Align2) -> Rect {
    align.anchor_size(spot, text.size())
}
