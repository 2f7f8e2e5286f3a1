//! What only the landscape has: keys that turn it, and captions.

use egui::{
    Align2, EventFilter, FontId, Key, Modifiers, Rect, Response, Stroke, StrokeKind, Ui, Vec2, vec2,
};

use super::seen::Seen;
use super::tips::is_hint_due;
use crate::app::action::DocumentAction;
use crate::app::desk::{Desk, Picture};
use crate::app::document::Document;
use crate::preset::Viewpoint;
use crate::view::scene::Room;
use crate::view::theme::touch::is_for_fingers;

/// The turn for a press of an arrow key, in degrees.
const TURN: f64 = 5.0;
/// The way for a press of an arrow key with Shift, in shorter sides of the picture.
const MOVE: f64 = 0.05;
/// The factor by which a key enlarges the landscape.
const ZOOM: f64 = 1.25;

/// Moves the eye by hand, which ends a turn. The other landscape of a comparison moves along.
pub fn look_from(desk: &mut Desk<'_>, viewpoint: Viewpoint) {
    desk.caches.turn.hold(viewpoint);
    if let Some(beside) = &mut desk.beside {
        beside.caches.turn.hold(viewpoint);
    }
    desk.act(DocumentAction::LookFrom(viewpoint));
}

/// Turns, moves and enlarges the landscape with the keyboard as long as it has the focus.
pub fn keys(ui: &Ui, desk: &mut Desk<'_>, response: &Response, seen: &Seen<'_>) {
    let Some(before) = seen.in_hand().filter(|_| response.has_focus()) else {
        return;
    };
    desk.memory.landscape = Some(response.id);
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let mut after = *before;
    ui.input_mut(|input| {
        let mut presses = |modifiers, key| {
            let presses = input.count_and_consume_key(modifiers, key);
            f64::from(u32::try_from(presses).unwrap_or_default())
        };
        // Those with Shift first, since the others would take them.
        for (modifiers, step) in [(Modifiers::SHIFT, MOVE), (Modifiers::NONE, TURN)] {
            let [right, left, up, down] = [
                Key::ArrowRight,
                Key::ArrowLeft,
                Key::ArrowUp,
                Key::ArrowDown,
            ]
            .map(|key| step * presses(modifiers, key));
            after = match modifiers {
                Modifiers::NONE => after.turned(right - left, up - down),
                _ => after.moved(right - left, up - down),
            };
        }
        let [plus, equals, minus] =
            [Key::Plus, Key::Equals, Key::Minus].map(|key| presses(Modifiers::NONE, key));
        let factor = ZOOM.powf(plus + equals - minus);
        if factor != 1.0 {
            after = after.zoomed(factor, [0.0; 2]);
        }
    });
    if after != *before {
        look_from(desk, after);
    }
}

/// Returns in words how the surface is seen.
pub fn seen_from(document: &Document, picture: Picture) -> String {
    match picture {
        Picture::Contours => "seen from above".into(),
        Picture::Relief => {
            let [azimuth, elevation] = angles(&document.view.eye);
            format!("as a landscape, seen from azimuth {azimuth}, elevation {elevation}")
        }
    }
}

/// Azimuth and elevation: "−60°" and "30°".
fn angles(viewpoint: &Viewpoint) -> [String; 2] {
    [viewpoint.azimuth, viewpoint.elevation].map(|angle| {
        // Adding 0 makes a 0 of −0.
        let angle = angle.round() + 0.0;
        format!("{angle}°").replace('-', "−")
    })
}

/// Returns the shape of the ground, as width over depth, in a picture of another shape: in long and
/// narrow pictures, the ground would be a slab.
pub fn shape(picture: f64) -> f64 {
    picture.clamp(0.7, 1.45)
}

/// Shows along the lower edge how the landscape is turned, unless the first hint is there, and from
/// where it is seen.
pub fn captions(ui: &Ui, desk: &Desk<'_>, rect: Rect, viewpoint: &Viewpoint, room: &mut Room) {
    if desk.workspace.settings.presenter || desk.workspace.is_figure {
        return;
    }
    let painter = ui.painter().with_clip_rect(rect);
    let font = FontId::proportional(11.0);
    let layout = |text: &str, color| painter.layout_no_wrap(text.to_owned(), font.clone(), color);
    let chip = layout(&angles(viewpoint).join(", "), desk.colors.text);
    let around = vec2(10.0, 4.0);
    let size = chip.size() + 2.0 * around;
    let corners = [Align2::RIGHT_BOTTOM, Align2::RIGHT_TOP];
    let area = corners
        .into_iter()
        .find_map(|it| room.in_bare_corner(size, it));
    if let Some(area) = area {
        let border = Stroke::new(1.0, desk.colors.line);
        let radius = area.height() / 2.0;
        painter.rect(area, radius, desk.colors.panel, border, StrokeKind::Inside);
        painter.galley(area.min + around, chip, desk.colors.text);
    }
    if is_hint_due(desk, Picture::Relief) {
        return;
    }
    let hint = if is_for_fingers(ui.style()) {
        "drag turns · two fingers move and zoom · double tap goes back"
    } else {
        "drag turns · Shift + drag moves · wheel zooms · double click goes back"
    };
    let hint = layout(hint, desk.colors.dim);
    let around = Vec2::splat(4.0);
    let area = room.in_bare_corner(hint.size() + 2.0 * around, Align2::LEFT_BOTTOM);
    if let Some(area) = area {
        painter.galley(area.min + around, hint, desk.colors.dim);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_are_rounded_to_degrees() {
        let angles = |azimuth, elevation| angles(&Viewpoint::at(azimuth, elevation)).join(", ");
        assert_eq!(angles(-60.0, 30.0), "−60°, 30°");
        assert_eq!(angles(-0.2, 89.6), "0°, 90°");
    }
}
