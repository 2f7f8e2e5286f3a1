//! The values under the pointer, written beside it.

use std::sync::Arc;

use egui::epaint::CornerRadius;
use egui::{
    Align2, Color32, FontId, Galley, LayerId, Order, Painter, Pos2, Rect, Stroke, StrokeKind, Ui,
    pos2, text::LayoutJob, vec2,
};

use crate::view::theme::RADIUS;
use crate::view::{Colors, RacerLook, number};

/// A racer's value at the pointer.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The racer's name.
    pub name: &'a str,
    /// Its colour and marker.
    pub look: RacerLook,
    /// The value.
    pub value: f64,
    /// How high it is on the axis.
    pub height: f64,
    /// What is written in place of the value.
    pub says: Option<&'static str>,
    /// Whether the racer has not got this far; the value is then its last one.
    pub has_ended: bool,
    /// Whether it is the selected racer.
    pub selected: bool,
}

const ROW: f32 = 17.0;
const MARGIN: f32 = 8.0;
/// The space for a racer's marker.
const MARKER: f32 = 16.0;
/// The space between a name and its value.
const GAP: f32 = 12.0;
/// The maximum width of a name.
const NAME: f32 = 160.0;
/// The distance from the pointer.
const AWAY: f32 = 14.0;

/// Writes the values beside the pointer, those of the highest lines first.
pub fn paint(ui: &Ui, colors: &Colors, at: Pos2, title: &str, mut readings: Vec<Reading<'_>>) {
    let screen = ui.ctx().content_rect().shrink(4.0);
    let left_out = keep(&mut readings, rows_in(screen.height()));
    readings.sort_by(|a, b| number::lowest_first(b.height, a.height));
    let layer = LayerId::new(Order::Tooltip, ui.scope_id().with("values"));
    let painter = ui.ctx().layer_painter(layer);
    let small = FontId::proportional(11.5);
    let title = painter.layout_no_wrap(title.into(), small.clone(), colors.dim);
    let more = format!("and {left_out} more");
    let more = (left_out > 0).then(|| painter.layout_no_wrap(more, small, colors.dim));
    let rows: Vec<Row<'_>> = readings
        .iter()
        .map(|reading| Row::new(&painter, colors, reading))
        .collect();
    let [name, value] = [0, 1].map(|column| {
        let widths = rows.iter().map(|row| row.texts[column].size().x);
        widths.fold(0.0, f32::max)
    });
    let lines = [Some(&title), more.as_ref()].into_iter().flatten();
    let width = lines
        .map(|it| it.size().x)
        .fold(MARKER + name + GAP + value, f32::max);
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let count = (1 + rows.len() + usize::from(more.is_some())) as f32;
    let card = place(
        vec2(width, ROW * count) + vec2(2.0, 1.5) * MARGIN,
        at,
        screen,
    );
    let radius = CornerRadius::same(RADIUS);
    let border = Stroke::new(1.0, colors.line);
    painter.rect(card, radius, colors.card, border, StrokeKind::Inside);
    let inner = card.shrink2(vec2(1.0, 0.75) * MARGIN);
    let mut y = inner.top() + ROW / 2.0;
    painter_text(&painter, pos2(inner.left(), y), Align2::LEFT_CENTER, &title);
    for row in &rows {
        y += ROW;
        row.paint(&painter, colors, inner, y);
    }
    if let Some(more) = &more {
        painter_text(
            &painter,
            pos2(inner.left(), y + ROW),
            Align2::LEFT_CENTER,
            more,
        );
    }
}

/// The number of racers for which there is space.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of rows"
)]
fn rows_in(height: f32) -> usize {
    ((height - 2.0 * MARGIN) / ROW - 2.0).clamp(1.0, 24.0) as usize
}

/// Removes the last of too many racers, but not the selected one. Returns how many.
fn keep(readings: &mut Vec<Reading<'_>>, most: usize) -> usize {
    let left_out = readings.len().saturating_sub(most);
    if left_out > 0 {
        readings.sort_by_key(|it| !it.selected);
        readings.truncate(most);
    }
    left_out
}

/// A card of this size beside the pointer, inside the window.
fn place(size: egui::Vec2, at: Pos2, screen: Rect) -> Rect {
    let right = at.x + AWAY;
    let left = if right + size.x <= screen.right() {
        right
    } else {
        (at.x - AWAY - size.x).max(screen.left())
    };
    let top = (at.y - size.y / 2.0)
        .min(screen.bottom() - size.y)
        .max(screen.top());
    Rect::from_min_size(pos2(left, top), size)
}

struct Row<'a> {
    reading: &'a Reading<'a>,
    /// The name and the value.
    texts: [Arc<Galley>; 2],
}

impl<'a> Row<'a> {
    fn new(painter: &Painter, colors: &Colors, reading: &'a Reading<'a>) -> Self {
        let color = if reading.has_ended {
            colors.dim
        } else {
            colors.text
        };
        let font = if reading.selected {
            FontId::new(12.0, crate::view::fonts::strong_family())
        } else {
            FontId::proportional(12.0)
        };
        let mut job = LayoutJob::simple_singleline(reading.name.into(), font, color);
        job.wrap.max_width = NAME;
        job.wrap.max_rows = 1;
        let value = reading.says.map(str::to_owned);
        let value = value.unwrap_or_else(|| number::short(reading.value));
        let value = painter.layout_no_wrap(value, crate::view::fonts::numbers(12.0), color);
        Self {
            reading,
            texts: [painter.layout_job(job), value],
        }
    }

    fn paint(&self, painter: &Painter, colors: &Colors, inner: Rect, y: f32) {
        let look = self.reading.look;
        let rim = Stroke::new(1.0, colors.card);
        let marker = look
            .marker
            .filled(pos2(inner.left() + 5.0, y), 8.0, look.color, rim);
        painter.extend(marker);
        let [name, value] = &self.texts;
        let left = pos2(inner.left() + MARKER, y);
        painter_text(painter, left, Align2::LEFT_CENTER, name);
        painter_text(painter, pos2(inner.right(), y), Align2::RIGHT_CENTER, value);
    }
}

fn painter_text(painter: &Painter, at: Pos2, align: Align2, galley: &Arc<Galley>) {
    let at = align.anchor_size(at, galley.size()).min;
    painter.galley(at, Arc::clone(galley), Color32::PLACEHOLDER);
}
