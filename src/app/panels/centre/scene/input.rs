//! Pointer input in the scene.

use egui::{CursorIcon, PointerButton, Pos2, Response, Ui, Vec2};

use super::fingers::{pinch, reach};
use super::landscape::look_from;
use super::seen::Seen;
use crate::app::action::{AppAction, DocumentAction, table};
use crate::app::desk::{Desk, Hand};
use crate::app::document::change::Change;
use crate::app::games::{Game, GameMove};
use crate::view::eye::Eye;

/// The radius around the start within which it can be grabbed.
const GRASP: f32 = 14.0;

/// Turns pointer input into commands. Beside the active document, the other one of a comparison can
/// only be panned and zoomed.
pub fn act(ui: &Ui, desk: &mut Desk<'_>, response: &Response, seen: &Seen<'_>) {
    let eye = seen.eye;
    let start = eye.spot(desk.document.start());
    let is_active = desk.is_active();
    let moves = !desk.document.experiment().surface.has_own_start();
    let grasp = reach(ui, GRASP);
    let over_start = |at: Pos2| is_active && moves && at.distance(start) < grasp;
    if let Some(at) = response.hover_pos() {
        let cursor = match (desk.caches.hand, over_start(at), seen.pointed) {
            (Hand::Empty, ..) if !is_active => CursorIcon::PointingHand,
            (Hand::Empty, true, _) => CursorIcon::Grab,
            (Hand::Empty, false, Some(_)) => CursorIcon::PointingHand,
            // Beside the landscape, a click does nothing.
            (Hand::Empty, false, None) if eye.pick(at).is_none() => CursorIcon::Grab,
            (Hand::Empty, false, None) | (Hand::Chalk | Hand::Reading, ..) => CursorIcon::Crosshair,
            (Hand::Moving | Hand::Pinch, ..) => CursorIcon::Move,
            (Hand::Start | Hand::Ground | Hand::Turning, ..) => CursorIcon::Grabbing,
        };
        ui.ctx().set_cursor_icon(cursor);
        zoom(ui, desk, seen, at);
    }
    pinch(ui, desk, response, seen);
    if desk.workspace.is_figure {
        hold(ui, desk, response, over_start);
    }
    let fingers = matches!(desk.caches.hand, Hand::Pinch | Hand::Reading);
    let sketching = matches!(&desk.workspace.game, Some(Game::Predict(game)) if !game.revealed);
    let is_chalk = seen.in_hand().is_none() || response.dragged_by(PointerButton::Primary);
    if fingers {
        // They only zoom, move or read.
    } else if sketching && is_chalk {
        sketch(desk, response, seen);
    } else {
        take(ui, desk, response, seen, over_start);
        if response.dragged() {
            drag(desk, response, seen);
        }
    }
    // A picture that goes away in the middle of a drag does not see its end.
    if response.drag_stopped() || !ui.input(|input| input.pointer.any_down()) {
        desk.caches.hand = Hand::Empty;
    }
    if is_active && !sketching && !fingers {
        click(desk, response, seen, over_start);
    }
}

/// Notes whether fingers hold something of a figure: the start, or with two of them the picture.
fn hold(ui: &Ui, desk: &mut Desk<'_>, response: &Response, over_start: impl Fn(Pos2) -> bool) {
    let origin = ui.input(|input| input.pointer.press_origin());
    let is_start = response.is_pointer_button_down_on() && origin.is_some_and(over_start);
    desk.memory.is_held |= is_start || ui.input(|input| input.multi_touch().is_some());
}

/// Draws the sketch on, or begins another one with every drag.
fn sketch(desk: &mut Desk<'_>, response: &Response, seen: &Seen<'_>) {
    let at = response.interact_pointer_pos();
    let at = at.filter(|_| response.dragged());
    if let Some(at) = at.and_then(|at| seen.eye.pick(at)) {
        let is_new = desk.caches.hand != Hand::Chalk;
        desk.caches.hand = Hand::Chalk;
        desk.send(AppAction::PlayGame(GameMove::Sketch(at, is_new)));
    }
}

/// Takes into the hand what is under the pointer when a drag begins.
fn take(
    ui: &Ui,
    desk: &mut Desk<'_>,
    response: &Response,
    seen: &Seen<'_>,
    over_start: impl Fn(Pos2) -> bool,
) {
    let [primary, middle, secondary] = [
        PointerButton::Primary,
        PointerButton::Middle,
        PointerButton::Secondary,
    ]
    .map(|button| response.drag_started_by(button));
    let landscape = seen.in_hand();
    if !(primary || middle || secondary && landscape.is_some()) {
        return;
    }
    let (origin, shift) = ui.input(|input| (input.pointer.press_origin(), input.modifiers.shift));
    let on_start = origin.is_some_and(over_start);
    desk.caches.hand = match landscape {
        _ if on_start && !secondary => Hand::Start,
        // One finger scrolls the article; two move the picture.
        _ if desk.workspace.is_figure && ui.input(egui::InputState::any_touches) => Hand::Empty,
        None => Hand::Ground,
        Some(_) if primary && !shift => Hand::Turning,
        Some(_) => Hand::Moving,
    };
    if landscape.is_some() {
        response.request_focus();
    } else if seen.viewpoint.is_some() {
        // The eye was still on its way back to the contours.
        desk.caches.turn.finish();
    }
}

/// Moves what is in the hand.
fn drag(desk: &mut Desk<'_>, response: &Response, seen: &Seen<'_>) {
    let by = response.drag_delta();
    let [right, down] = [by.x, by.y].map(f64::from);
    match (desk.caches.hand, seen.in_hand()) {
        (Hand::Start, _) => {
            let at = response.interact_pointer_pos();
            if let Some(start) = at.and_then(|at| round(seen.eye, at)) {
                move_start(desk, start);
            }
        }
        _ if by == Vec2::ZERO => {}
        (Hand::Turning, Some(viewpoint)) => look_from(desk, viewpoint.dragged(right, down)),
        (Hand::Moving, Some(viewpoint)) => {
            let side = f64::from(seen.eye.rect().size().min_elem());
            look_from(desk, viewpoint.moved(right / side, -down / side));
        }
        (Hand::Ground, None) if seen.viewpoint.is_none() => {
            let window = seen.eye.drag(by).window();
            desk.act(DocumentAction::ShowWindow(window));
        }
        _ => {}
    }
}

/// Selects the racer, or starts the race, where a click was.
fn click(
    desk: &mut Desk<'_>,
    response: &Response,
    seen: &Seen<'_>,
    over_start: impl Fn(Pos2) -> bool,
) {
    if response.clicked() && seen.in_hand().is_some() {
        response.request_focus();
    }
    if response.double_clicked() {
        // The first click may have moved the start.
        let start = desk.document.experiment().start;
        if desk.caches.clicked.take() == Some(start) {
            desk.perform(&table::edit::UNDO);
        }
        if seen.in_hand().is_some() {
            desk.act(DocumentAction::LookFrom(desk.document.home()));
        } else {
            desk.perform(&table::view::FIT);
        }
    } else if response.clicked()
        && !desk.memory.had_menu
        && !response.triple_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        desk.caches.clicked = None;
        match seen.pointed {
            _ if over_start(at) => {}
            Some((id, step)) => {
                desk.act(DocumentAction::Select(Some(id)));
                #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
                let step = step as f64;
                let path = desk.document.race.path_of(id);
                let playhead = path.map_or(step, |path| desk.clock().playhead_for(path, step));
                desk.act(DocumentAction::Seek(playhead));
            }
            // In an article, a click may only mean that the wheel should zoom.
            None if desk.workspace.is_figure => {}
            None => {
                if let Some(start) = round(seen.eye, at) {
                    desk.caches.clicked = Some(start);
                    move_start(desk, start);
                }
            }
        }
    }
}

/// Moves the start, unless it is a network's initial weights.
fn move_start(desk: &mut Desk<'_>, start: [f64; 2]) {
    let experiment = desk.document.experiment();
    if !experiment.surface.has_own_start() && start != desk.document.experiment().start {
        desk.change(Change::Start(start));
    }
}

/// Zooms at the pointer.
fn zoom(ui: &Ui, desk: &mut Desk<'_>, seen: &Seen<'_>, at: Pos2) {
    let touches = ui.input(|input| input.multi_touch().is_some());
    let is_article = desk.workspace.is_figure;
    let (wheel, pinch) = ui.input(|input| {
        // In an article, the wheel scrolls until the figure was clicked.
        let is_free = !is_article || input.focused;
        let wheel = Some(input.smooth_scroll_delta().y).filter(|_| is_free);
        (wheel.unwrap_or_default(), input.zoom_delta())
    });
    let factor = (f64::from(wheel) / 300.0).exp() * f64::from(pinch);
    // Those of fingers are for `pinch`.
    if touches || (factor - 1.0).abs() < 1e-6 {
        return;
    }
    let rect = seen.eye.rect();
    match (seen.in_hand(), seen.eye) {
        (Some(viewpoint), _) => {
            let from_middle = (at - rect.center()) / rect.size().min_elem();
            let about = [from_middle.x, -from_middle.y].map(f64::from);
            look_from(desk, viewpoint.zoomed(factor, about));
        }
        (None, Eye::Above(frame)) => {
            let window = frame.window;
            let window = desk.document.zoomed(window, factor, frame.to_plane(at));
            if let Some(window) = window {
                desk.act(DocumentAction::ShowWindow(window));
            }
        }
        // The eye is still on its way back to the contours.
        (None, Eye::Orbit(_)) => desk.caches.turn.finish(),
    }
}

/// Returns the point of the plane under the pointer, rounded to about a pixel, if
/// there is one.
fn round(eye: &Eye, at: Pos2) -> Option<[f64; 2]> {
    let unit = eye.unit();
    let mut point = eye.pick(at)?;
    for (value, unit) in point.iter_mut().zip(unit) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped before"
        )]
        let decimals = (-unit.log10().floor()).clamp(0.0, 15.0) as usize;
        *value = format!("{value:.decimals$}").parse().unwrap_or(*value);
    }
    Some(point)
}
