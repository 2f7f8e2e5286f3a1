//! Rows that are pictures, with the classes that are predicted of them.

use egui::{Align2, Color32, FontId, Painter, Rect, Stroke, Vec2, pos2, vec2};

use super::Painted;
use super::classes::class_color;
use super::mosaic::shown;
use crate::sampling::learned::Outlook;
use crate::view::Colors;

/// Paints as many pictures as have room, each `size` wide, with the predicted class in its corner
/// and a ring around it if it is not its class.
pub(super) fn paint(
    painter: &Painter,
    rect: Rect,
    colors: &Colors,
    outlook: &Outlook,
    painted: &Painted,
    (size, names): (f32, &[String]),
) {
    let Some((texture, image)) = painted.image() else {
        return;
    };
    let count = image.width() / image.height().max(1);
    let [columns, rows] = [rect.width(), rect.height()].map(|side| (side / size) as usize);
    let rest = rect.size() - vec2(columns as f32, rows as f32) * size;
    let corner = rect.min + rest / 2.0;
    for (index, dot) in shown(outlook).take(columns * rows).enumerate() {
        let place = vec2((index % columns) as f32, (index / columns) as f32);
        let area =
            Rect::from_min_size(corner + place * size, Vec2::splat(size)).shrink(0.05 * size);
        let texels = Rect::from_min_max(
            pos2(index as f32 / count as f32, 0.0),
            pos2((index + 1) as f32 / count as f32, 1.0),
        );
        painter.image(texture, area, texels, Color32::from_gray(190));
        let Some(&class) = painted.learned.classes.get(dot.row) else {
            continue;
        };
        let font = FontId::proportional((0.34 * size).clamp(8.0, 14.0));
        let name = names.get(class as usize).map_or("", |name| name);
        let color = class_color(colors, class as usize);
        let at = area.right_bottom() - vec2(0.06, 0.02) * size;
        let galley = painter.layout_no_wrap(name.to_owned(), font, color);
        let behind = Align2::RIGHT_BOTTOM.anchor_size(at, galley.size());
        painter.rect_filled(
            behind.expand2(vec2(1.5, 0.0)),
            2.0,
            Color32::from_black_alpha(170),
        );
        painter.galley(behind.min, galley, color);
        if !painted.learned.is_right(dot.row, dot.class) {
            let ring = Stroke::new(1.6, colors.error);
            painter.circle_stroke(area.center(), 0.48 * area.width(), ring);
        }
    }
}
