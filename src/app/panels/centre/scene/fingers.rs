//! Fingers on a picture: two zoom and move it, one that rests reads the point below it.

use egui::{MultiTouchInfo, Pos2, Response, Ui};

use super::landscape::look_from;
use super::seen::Seen;
use crate::app::action::DocumentAction;
use crate::app::desk::{Desk, Hand, Picture};
use crate::view::eye::Eye;
use crate::view::scene::Frame;
use crate::view::theme::touch::is_for_fingers;

/// Returns a reach around the pointer, which is larger for a finger.
pub fn reach(ui: &Ui, mouse: f32) -> f32 {
    if is_for_fingers(ui.style()) {
        1.8 * mouse
    } else {
        mouse
    }
}

/// Returns the point that is read: where the mouse is, or where a finger has rested
/// until another one touches anything.
pub fn spot(ui: &Ui, desk: &mut Desk<'_>, response: &Response, picture: Picture) -> Option<Pos2> {
    let (begins, touches, at) = ui.input(|input| {
        let pointer = &input.pointer;
        let begins = pointer.any_pressed();
        (begins, input.any_touches(), pointer.interact_pos())
    });
    if begins {
        desk.caches.read_at = None;
    }
    let rests = response.long_touched();
    if rests {
        desk.caches.hand = Hand::Reading;
    }
    let is_own = |(read, _): &(Picture, Pos2)| *read == picture;
    let reads =
        desk.caches.hand == Hand::Reading && desk.caches.read_at.as_ref().is_some_and(is_own);
    if let Some(at) = at.filter(|_| rests || reads && touches) {
        desk.caches.read_at = Some((picture, at));
    }
    let read = desk.caches.read_at.filter(is_own).map(|(_, at)| at);
    if touches || read.is_some() {
        return read.filter(|at| response.rect.contains(*at));
    }
    response.hover_pos()
}

/// Zooms and moves what is seen by two fingers, of which the first one is on the picture.
pub fn pinch(ui: &Ui, desk: &mut Desk<'_>, response: &Response, seen: &Seen<'_>) {
    let touch = ui.input(egui::InputState::multi_touch);
    let Some(touch) = touch.filter(|_| response.is_pointer_button_down_on()) else {
        return;
    };
    desk.caches.hand = Hand::Pinch;
    desk.caches.read_at = None;
    let MultiTouchInfo {
        center_pos: to,
        translation_delta: by,
        zoom_delta,
        ..
    } = touch;
    let (from, factor) = (to - by, f64::from(zoom_delta));
    let is_still = by == egui::Vec2::ZERO && (factor - 1.0).abs() < 1e-6;
    if is_still || !(factor.is_finite() && factor > 0.0) {
        return;
    }
    let rect = seen.eye.rect();
    match (seen.in_hand(), seen.eye) {
        (Some(viewpoint), _) => {
            let side = rect.size().min_elem();
            let about = (from - rect.center()) / side;
            let about = [about.x, -about.y].map(f64::from);
            let [right, down] = [by.x / side, by.y / side].map(f64::from);
            look_from(desk, viewpoint.zoomed(factor, about).moved(right, -down));
        }
        (None, Eye::Above(frame)) => {
            // What was between the fingers stays between them.
            let moved = seen.eye.drag(by).window();
            let about = Frame::new(moved, frame.rect).to_plane(to);
            let zoomed = desk.document.zoomed(moved, factor, about);
            let window = zoomed.unwrap_or(moved);
            desk.act(DocumentAction::ShowWindow(window));
        }
        // The eye is still on its way back to the contours.
        (None, Eye::Orbit(_)) => desk.caches.turn.finish(),
    }
}
