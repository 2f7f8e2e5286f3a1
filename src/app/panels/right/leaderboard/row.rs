//! One racer's row.

use egui::{
    Align2, Color32, FontId, Painter, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::columns;
use super::places::{Place, decided_from, decides};
use super::signs::{dashes, sign};
use crate::analysis::Standing;
use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::simulation::Status;
use crate::view::theme::{blend, touch};
use crate::view::{RacerLook, fonts};

const HEIGHT: f32 = 24.0;
/// The width of a sign.
const SIGN: f32 = 18.0;
/// The width of the word that marks a tie.
const TIE: f32 = 22.0;

/// Shows the row. A click selects the racer.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, name: &str, place: &Place, look: RacerLook) {
    let standing = &place.standing;
    let size = vec2(ui.available_width(), touch::target(ui, HEIGHT));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let is_selected = desk.document.selected_index() == Some(standing.racer);
    let fate = fate(desk, place);
    response.widget_info(|| {
        let Place {
            first: (first, what),
            second: (second, other),
            ..
        } = place;
        let label = format!("{name}: {what} {first}, {other} {second}, {fate}");
        WidgetInfo::selected(Role::Row, true, is_selected, label)
    });
    let painter = ui.painter_at(rect);
    if is_selected || response.hovered() {
        let strength = if is_selected { 0.10 } else { 0.05 };
        let fill = blend(desk.colors.panel, desk.colors.text, strength);
        painter.rect_filled(rect, 4.0, fill);
    }
    let middle = rect.center().y;
    let rim = Stroke::new(1.0, desk.colors.rim);
    let marker = pos2(rect.left() + 12.0, middle);
    painter.extend(
        look.marker
            .filled(marker, 9.5 * touch::scale(ui), look.color, rim),
    );
    let numbers = fonts::numbers(touch::text(ui, 12.0));
    let text = |right: f32, text: &str, color: Color32| {
        let at = pos2(right, middle);
        painter.text(at, Align2::RIGHT_CENTER, text, numbers.clone(), color)
    };
    let [first, second] = columns(rect);
    let is_spread = place.second.1 == "spread";
    let beside = if is_spread {
        desk.colors.dim
    } else {
        desk.colors.text
    };
    text(second, &place.second.0, beside);
    let left = text(first, &place.first.0, desk.colors.text).left();
    let room = rect.with_min_x(rect.left() + 28.0).with_max_x(left - 6.0);
    let font = FontId::proportional(touch::text(ui, 13.0));
    name_and_signs(&painter, desk, (name, font), place, room);
    if response.on_hover_text(fate).clicked() {
        let ids = desk.document.race.lineup().ids();
        let id = ids.get(standing.racer).copied();
        desk.act(DocumentAction::Select(id));
    }
}

/// Shows the row of a path that has no place of its own.
pub fn ghost(ui: &mut Ui, desk: &Desk<'_>, name: &str, place: &Place, look: RacerLook) {
    let size = vec2(ui.available_width(), touch::target(ui, HEIGHT));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let (first, second) = (&place.first, &place.second);
    response.widget_info(|| {
        let label = format!("{name}: {} {}, {} {}", first.1, first.0, second.1, second.0);
        WidgetInfo::labeled(Role::Label, true, label)
    });
    let painter = ui.painter_at(rect);
    let middle = rect.center().y;
    let outline = Stroke::new(1.2, look.color);
    let marker = pos2(rect.left() + 12.0, middle);
    let size = 9.0 * touch::scale(ui);
    let shapes = look
        .marker
        .filled(marker, size, Color32::TRANSPARENT, outline);
    painter.extend(shapes);
    let numbers = fonts::numbers(touch::text(ui, 12.0));
    let dim = desk.colors.dim;
    let mut left = rect.right();
    for (right, text) in columns(rect).into_iter().zip([&first.0, &second.0]) {
        let at = pos2(right, middle);
        let painted = painter.text(at, Align2::RIGHT_CENTER, text, numbers.clone(), dim);
        left = left.min(painted.left());
    }
    let room = rect.with_min_x(rect.left() + 28.0).with_max_x(left - 6.0);
    let font = FontId::proportional(touch::text(ui, 13.0));
    name_in(&painter, dim, (name, font), room);
    response
        .on_hover_text("The rule of which the selected racer’s is a copy, for comparison alone");
}

/// Paints the name, and the signs that stand beside it.
fn name_and_signs(
    painter: &Painter,
    desk: &Desk<'_>,
    name: (&str, FontId),
    place: &Place,
    mut room: Rect,
) {
    let Standing { racer, status, .. } = place.standing;
    let has_sign = status != Status::Running;
    let is_decided = decided_from(desk, racer).is_some();
    for (is_there, width) in [
        (has_sign, SIGN),
        (is_decided, SIGN),
        (place.tie.is_some(), TIE),
    ] {
        if is_there {
            room.max.x -= width;
        }
    }
    let end = name_in(painter, desk.colors.text, name, room);
    let mut next = pos2(end + 11.0, room.center().y);
    sign(painter, desk, status, next);
    if has_sign {
        next.x += SIGN;
    }
    if is_decided {
        dashes(painter, next, desk.colors.dim);
        next.x += SIGN;
    }
    if place.tie.is_some() {
        let at = next - vec2(5.0, 0.0);
        let font = FontId::proportional(10.5);
        painter.text(at, Align2::LEFT_CENTER, "tie", font, desk.colors.dim);
    }
}

/// Writes a name into an area, cut where it is too long, and returns where it ends.
fn name_in(painter: &Painter, color: Color32, (name, font): (&str, FontId), room: Rect) -> f32 {
    let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.width());
    let galley = painter.layout_job(job);
    let at = pos2(room.left(), room.center().y - galley.size().y / 2.0);
    let end = at.x + galley.size().x;
    painter.galley(at, galley, color);
    end
}

/// Returns a racer's status, with the reason if its step is undefined, and what else there is to
/// tell.
fn fate(desk: &Desk<'_>, place: &Place) -> String {
    let Standing { racer, status, .. } = place.standing;
    let race = &desk.document.race;
    let plan = race.experiment().racers.get(racer).map(|it| &it.plan);
    let reason = match (status, plan, race.paths().get(racer)) {
        (Status::Undefined(_), Some(plan), Some(path)) => {
            path.undefined(plan, race.surface().axes())
        }
        _ => None,
    };
    let fate = match reason {
        Some(reason) => format!("{status}: {reason}"),
        None => status.to_string(),
    };
    let decided = decided_from(desk, racer).map(decides);
    let parts = [Some(fate), decided, place.tie.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
