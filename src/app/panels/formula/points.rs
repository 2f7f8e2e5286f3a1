//! The table of stationary points.

use egui::{Align2, Color32, FontId, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::desk::Desk;
use crate::plane::length;
use crate::surface::stationary::{Kind, Stationary};
use crate::view::marker::stationary_sign;
use crate::view::scene::filled_star;
use crate::view::theme::{BODY, CAPTION, caption};
use crate::view::{fonts, number};

/// The height of a row.
const HEIGHT: f32 = 24.0;
/// The most rows.
const MOST: usize = 12;
/// The size of a sign.
const SIGN: f32 = 16.0;
/// The size of the numbers.
const NUMBERS: f32 = 11.5;

/// The columns, as shares of the width: where the positions end, the values, and the curvatures.
const ENDS: [f32; 3] = [0.60, 0.76, 1.0];

/// Shows a row for each stationary point, the lowest first.
pub fn show(ui: &mut Ui, desk: &Desk<'_>) {
    let points = desk.caches.stationary.all();
    heading(ui, desk, !points.is_empty());
    if points.is_empty() {
        say(ui, desk, "None in the window of the surface.");
    }
    for point in points.iter().take(MOST) {
        row(ui, desk, point);
    }
    if let Some(more) = points.len().checked_sub(MOST).filter(|more| *more > 0) {
        say(ui, desk, &format!("and {} more", number::count(more)));
    }
}

fn say(ui: &mut Ui, desk: &Desk<'_>, text: &str) {
    ui.label(
        egui::RichText::new(text)
            .size(CAPTION)
            .color(desk.colors.dim),
    );
}

fn heading(ui: &mut Ui, desk: &Desk<'_>, has_rows: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    inside.label(caption("Stationary points").color(desk.colors.dim));
    let titles = if has_rows {
        ["", "f", "curvatures"]
    } else {
        [""; 3]
    };
    for (end, text) in ENDS.into_iter().zip(titles) {
        let font = FontId::proportional(CAPTION);
        write(ui, column(rect, end), text, font, desk.colors.dim);
    }
}

fn row(ui: &mut Ui, desk: &Desk<'_>, point: &Stationary) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let is_lowest = point.kind == Kind::Minimum && is_lowest(desk, point);
    let noun = match point.kind {
        Kind::Minimum if !is_lowest => "local minimum",
        kind => kind.noun(),
    };
    let [x, y] = point.at.map(number::short);
    let value = number::short(point.value);
    // The flattest direction comes first.
    let [larger, smaller] = point.curvatures.map(number::short);
    let told = format!("{noun} at ({x}, {y}), f {value}, curvatures {smaller} and {larger}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    let centre = pos2(rect.left() + SIGN / 2.0, rect.center().y);
    let color = desk.colors.text;
    if is_lowest {
        ui.painter().extend(filled_star(centre, SIGN, color));
    } else {
        let sign = stationary_sign(point.kind, centre, SIGN - 2.0, 1.3, color);
        ui.painter().extend(sign);
    }
    let left = pos2(rect.left() + SIGN + 8.0, rect.center().y);
    let font = FontId::proportional(BODY);
    ui.painter()
        .text(left, Align2::LEFT_CENTER, noun, font, color);
    let dim = desk.colors.dim;
    let texts = [
        (format!("({x}, {y})"), dim),
        (value, color),
        (format!("{smaller}, {larger}"), dim),
    ];
    for (end, (text, color)) in ENDS.into_iter().zip(texts) {
        write(ui, column(rect, end), &text, fonts::numbers(NUMBERS), color);
    }
}

/// Returns where the text of a column ends.
fn column(rect: Rect, end: f32) -> Pos2 {
    pos2(rect.left() + end * rect.width(), rect.center().y)
}

fn write(ui: &Ui, at: Pos2, text: &str, font: FontId, color: Color32) {
    ui.painter()
        .text(at, Align2::RIGHT_CENTER, text, font, color);
}

/// Returns whether a minimum is one of the lowest, which have a filled star in the scene as well.
fn is_lowest(desk: &Desk<'_>, point: &Stationary) -> bool {
    let window = desk.document.race.surface().window();
    let near = 1e-3 * window.width().min(window.height());
    let mut minima = desk.document.race.minima().iter();
    minima.any(|minimum| {
        let apart = [0, 1].map(|k| minimum.at[k] - point.at[k]);
        minimum.global && length(apart) <= near
    })
}
