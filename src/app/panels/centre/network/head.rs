//! The head of the strip: what the pictures are, and what their colours mean.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::Subject;
use super::words::{spoken, title};
use crate::app::action::table;
use crate::app::desk::Desk;
use crate::app::widgets::entry_icon;
use crate::sampling::learned::Sight;
use crate::view::network::class_color;
use crate::view::number;
use crate::view::theme::caption;

const SMALL: f32 = 11.5;
/// The gap between two entries.
const GAP: f32 = 12.0;
/// The room of a sign before a name.
const SIGN: f32 = 12.0;

/// Shows the head in this area.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, subject: &Subject<'_>, rect: Rect) {
    let place = egui::UiBuilder::new().max_rect(rect);
    let left = ui
        .scope_builder(place, |ui| {
            let title = caption(title(&subject.outlook)).color(desk.colors.dim);
            ui.horizontal_centered(|ui| ui.label(title).rect.right())
                .inner
        })
        .inner;
    let button =
        Rect::from_center_size(pos2(rect.right() - 12.0, rect.center().y), vec2(24.0, 24.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(button), |ui| {
        entry_icon(ui, desk, &table::view::LARGE_DATA, button.size());
    });
    let room = Rect::from_min_max(
        pos2(left + GAP, rect.top()),
        pos2(button.left() - GAP, rect.bottom()),
    );
    if subject.outlook.classes() > 0 {
        legend(ui.painter(), desk, subject, room);
    } else if matches!(subject.outlook.sight(), Sight::Plane(_)) {
        scale(ui.painter(), desk, subject, room);
    }
}

/// Paints the classes with their colours, as many as have room, and the ring of a wrong row.
fn legend(painter: &Painter, desk: &Desk<'_>, subject: &Subject<'_>, room: Rect) {
    let classes = &subject.learner.data.classes;
    let font = FontId::proportional(SMALL);
    let (text, dim) = (desk.colors.text, desk.colors.dim);
    let layout = |name: &str, color| painter.layout_no_wrap(brief(name), font.clone(), color);
    let wrong = layout("wrong", dim);
    let names: Vec<_> = classes.iter().map(|name| layout(name, text)).collect();
    let width = |name: &std::sync::Arc<egui::Galley>| SIGN + name.size().x + GAP;
    let mut left = room.width() - width(&wrong);
    // The last ones are left out if there is no room for all.
    let all: f32 = names.iter().map(&width).sum();
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
    if matches!(subject.outlook.sight(), Sight::Pictures(_)) {
        let ring = Stroke::new(1.4, desk.colors.error);
        painter.circle_stroke(pos2(x + 4.0, middle), 3.6, ring);
    } else {
        let ring = Stroke::new(1.2, desk.colors.text);
        painter.circle_stroke(pos2(x + 4.0, middle), 3.6, ring);
    }
    put(painter, pos2(x + SIGN, middle), wrong, dim);
    if shown < names.len() {
        let more = more(names.len() - shown);
        x -= more.size().x + GAP;
        put(painter, pos2(x, middle), more, dim);
    }
    for (class, name) in names.into_iter().enumerate().take(shown).rev() {
        x -= width(&name);
        let color = class_color(desk.colors, class);
        painter.circle_filled(pos2(x + 4.0, middle), 3.6, color);
        put(painter, pos2(x + SIGN, middle), name, text);
    }
}

/// Paints the colours of the predicted numbers, from the lowest to the highest target.
fn scale(painter: &Painter, desk: &Desk<'_>, subject: &Subject<'_>, room: Rect) {
    const WIDTH: f32 = 72.0;
    let data = &subject.learner.data;
    let [mean, deviation] = data.target_scale.unwrap_or([0.0, 1.0]);
    let [low, high] = subject.outlook.targets();
    let own = |number: f64| number::short(number * deviation + mean);
    let font = FontId::proportional(SMALL);
    let dim = desk.colors.dim;
    let middle = room.center().y;
    let at = pos2(room.right(), middle);
    let high_text = painter.text(at, Align2::RIGHT_CENTER, own(high), font.clone(), dim);
    let right = high_text.left() - 6.0;
    let bar = Rect::from_center_size(pos2(right - WIDTH / 2.0, middle), vec2(WIDTH, 8.0));
    for step in 0..36_u8 {
        let share = f64::from(step) / 35.0;
        let number = low + share * (high - low);
        let [red, green, blue] = subject.palette.of_number(number, &subject.outlook);
        let x = bar.left() + 2.0 * f32::from(step);
        let part = Rect::from_min_size(pos2(x, bar.top()), vec2(2.0, bar.height()));
        painter.rect_filled(part, 0.0, Color32::from_rgb(red, green, blue));
    }
    let at = pos2(bar.left() - 6.0, middle);
    let low_text = painter.text(at, Align2::RIGHT_CENTER, own(low), font.clone(), dim);
    let at = pos2(low_text.left() - 8.0, middle);
    let target = spoken(&data.target);
    painter.text(at, Align2::RIGHT_CENTER, target, font, desk.colors.text);
}

fn put(painter: &Painter, at: Pos2, galley: std::sync::Arc<egui::Galley>, color: Color32) {
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
