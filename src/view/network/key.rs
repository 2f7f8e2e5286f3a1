//! What the colours of predictions mean.

use std::sync::Arc;

use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::class_color;
use super::words::spoken;
use crate::sampling::learned::{Outlook, Palette, Sight};
use crate::surface::network::NetworkData;
use crate::view::{Colors, number};

const SMALL: f32 = 11.5;
/// The gap between two entries.
const GAP: f32 = 12.0;
/// The room of a sign before a name.
const SIGN: f32 = 12.0;

/// What the colours of predictions mean: the classes with the ring of a wrong row, or the numbers of
/// a heat map.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// The colours of the theme.
    pub colors: &'a Colors,
    /// What of the data is seen.
    pub outlook: &'a Outlook,
    /// The colours of predictions.
    pub palette: &'a Palette,
    /// The data.
    pub data: &'a NetworkData,
}

impl Key<'_> {
    /// Paints it, aligned to the right edge of `room`.
    pub fn paint(&self, painter: &Painter, room: Rect) {
        if self.outlook.classes() > 0 {
            self.classes(painter, room);
        } else if matches!(self.outlook.sight(), Sight::Plane(_)) {
            self.numbers(painter, room);
        }
    }

    /// Paints the classes with their colours, as many as have room, and the ring of a wrong row.
    fn classes(&self, painter: &Painter, room: Rect) {
        let font = FontId::proportional(SMALL);
        let (text, dim) = (self.colors.text, self.colors.dim);
        let layout = |name: &str, color| painter.layout_no_wrap(brief(name), font.clone(), color);
        let wrong = layout("wrong", dim);
        let names = self.data.classes.iter().map(|name| layout(name, text));
        let names: Vec<_> = names.collect();
        let width = |name: &Arc<Galley>| SIGN + name.size().x + GAP;
        let mut left = room.width() - width(&wrong);
        if left < 0.0 {
            return;
        }
        // The last ones are left out if there is no room for all.
        let all: f32 = names.iter().map(width).sum();
        let more = |count: usize| layout(&format!("+ {count}"), dim);
        if all > left {
            left -= more(names.len()).size().x + GAP;
        }
        let mut shown = 0;
        while let Some(name) = names.get(shown).filter(|name| width(name) <= left) {
            left -= width(name);
            shown += 1;
        }
        let middle = room.center().y;
        let mut x = room.right() - width(&wrong) + GAP;
        let ring = match self.outlook.sight() {
            Sight::Pictures(_) => Stroke::new(1.4, self.colors.error),
            Sight::Plane(_) | Sight::Line => Stroke::new(1.2, text),
        };
        painter.circle_stroke(pos2(x + 4.0, middle), 3.6, ring);
        put(painter, pos2(x + SIGN, middle), wrong, dim);
        if shown < names.len() {
            let more = more(names.len() - shown);
            x -= more.size().x + GAP;
            put(painter, pos2(x, middle), more, dim);
        }
        for (class, name) in names.into_iter().enumerate().take(shown).rev() {
            x -= width(&name);
            let color = class_color(self.colors, class);
            painter.circle_filled(pos2(x + 4.0, middle), 3.6, color);
            put(painter, pos2(x + SIGN, middle), name, text);
        }
    }

    /// Paints the colours of the predicted numbers, from the lowest to the highest target.
    fn numbers(&self, painter: &Painter, room: Rect) {
        const WIDTH: f32 = 72.0;
        let [mean, deviation] = self.data.target_scale.unwrap_or([0.0, 1.0]);
        let [low, high] = self.outlook.targets();
        let own = |number: f64| number::short(number * deviation + mean);
        let font = FontId::proportional(SMALL);
        let dim = self.colors.dim;
        let middle = room.center().y;
        let at = pos2(room.right(), middle);
        let high_text = painter.text(at, Align2::RIGHT_CENTER, own(high), font.clone(), dim);
        let right = high_text.left() - 6.0;
        let bar = Rect::from_center_size(pos2(right - WIDTH / 2.0, middle), vec2(WIDTH, 8.0));
        for step in 0..36_u8 {
            let share = f64::from(step) / 35.0;
            let number = low + share * (high - low);
            let [red, green, blue] = self.palette.of_number(number, self.outlook);
            let x = bar.left() + 2.0 * f32::from(step);
            let part = Rect::from_min_size(pos2(x, bar.top()), vec2(2.0, bar.height()));
            painter.rect_filled(part, 0.0, Color32::from_rgb(red, green, blue));
        }
        let at = pos2(bar.left() - 6.0, middle);
        let low_text = painter.text(at, Align2::RIGHT_CENTER, own(low), font.clone(), dim);
        let at = pos2(low_text.left() - 8.0, middle);
        let target = spoken(&self.data.target);
        painter.text(at, Align2::RIGHT_CENTER, target, font, self.colors.text);
    }
}

fn put(painter: &Painter, at: Pos2, galley: Arc<Galley>, color: Color32) {
    let at = at - vec2(0.0, galley.size().y / 2.0);
    painter.galley(at, galley, color);
}

/// Shortens a long name.
fn brief(name: &str) -> String {
    const MOST: usize = 18;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let start: String = name.chars().take(MOST - 1).collect();
    format!("{start}…")
}
