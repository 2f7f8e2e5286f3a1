//! Pointer input in the scene.

use egui::{CursorIcon, PointerButton, Pos2, Response, Ui, Vec2};

use crate::app::action::{AppAction, DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::desk::Hand;
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::app::games::{Game, GameMove};
use crate::view::scene::Frame;

/// The radius around the start within which it can be grabbed.
const GRASP: f32 = 14.0;

/// Turns pointer input into commands. Beside the active document, the other one of a comparison can
/// only be panned and zoomed.
pub fn act(
    ui: &Ui,
    desk: &mut Desk<'_>,
    response: &Response,
    frame: &Frame,
    pointed: Option<(RacerId, usize)>,
) {
    let start = frame.to_screen(desk.document.experiment().start);
    let is_active = desk.is_active();
    let over_start = |at: Pos2| is_active && at.distance(start) < GRASP;
    if let Some(at) = response.hover_pos() {
        let cursor = match (desk.caches.hand, over_start(at), pointed) {
            (Hand::Start | Hand::Ground, ..) => CursorIcon::Grabbing,
            (Hand::Empty, ..) if !is_active => CursorIcon::PointingHand,
            (Hand::Empty, true, _) => CursorIcon::Grab,
            (Hand::Empty, false, Some(_)) => CursorIcon::PointingHand,
            (Hand::Empty, false, None) => CursorIcon::Crosshair,
        };
        ui.ctx().set_cursor_icon(cursor);
        zoom(ui, desk, frame, at);
    }
    let sketching = matches!(&desk.workspace.game, Some(Game::Predict(game)) if !game.revealed);
    if sketching {
        if let Some(at) = response
            .interact_pointer_pos()
            .filter(|_| response.dragged())
        {
            let is_new = response.drag_started();
            desk.send(AppAction::PlayGame(GameMove::Sketch(
                frame.to_plane(at),
                is_new,
            )));
        }
        return;
    }
    if response.drag_started_by(PointerButton::Primary)
        || response.drag_started_by(PointerButton::Middle)
    {
        let origin = ui.input(|input| input.pointer.press_origin());
        desk.caches.hand = if origin.is_some_and(over_start) {
            Hand::Start
        } else {
            Hand::Ground
        };
    }
    if response.dragged() {
        match (desk.caches.hand, response.interact_pointer_pos()) {
            (Hand::Start, Some(at)) => move_start(desk, round(frame, at)),
            (Hand::Ground, _) if response.drag_delta() != Vec2::ZERO => {
                let moved = response.drag_delta();
                let [x_unit, y_unit] = frame.unit();
                let window = frame
                    .window
                    .moved(-f64::from(moved.x) * x_unit, f64::from(moved.y) * y_unit);
                desk.act(DocumentAction::ShowWindow(window));
            }
            _ => {}
        }
    }
    if response.drag_stopped() {
        desk.caches.hand = Hand::Empty;
    }
    if !is_active {
        return;
    }
    if response.double_clicked() {
        // The first click may have moved the start.
        let start = desk.document.experiment().start;
        if desk.caches.clicked.take() == Some(start) {
            desk.perform(&table::edit::UNDO);
        }
        desk.perform(&table::view::FIT);
    } else if response.clicked()
        && !desk.memory.had_menu
        && !response.triple_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        desk.caches.clicked = None;
        match pointed {
            _ if over_start(at) => {}
            Some((id, step)) => {
                desk.act(DocumentAction::Select(Some(id)));
                #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
                let step = step as f64;
                let path = desk.document.race.path_of(id);
                let playhead = path.map_or(step, |path| desk.clock().playhead_for(path, step));
                desk.act(DocumentAction::Seek(playhead));
            }
            None => {
                let start = round(frame, at);
                desk.caches.clicked = Some(start);
                move_start(desk, start);
            }
        }
    }
}

fn move_start(desk: &mut Desk<'_>, start: [f64; 2]) {
    if start != desk.document.experiment().start {
        desk.change(Change::Start(start));
    }
}

fn zoom(ui: &Ui, desk: &mut Desk<'_>, frame: &Frame, at: Pos2) {
    /// The range of the zoom, as the width of the window relative to the surface's own window.
    const REACH: [f64; 2] = [1e-9, 1e4];
    let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
    let factor = (-f64::from(wheel) / 300.0).exp() / f64::from(pinch);
    if (factor - 1.0).abs() < 1e-6 {
        return;
    }
    let window = frame.window.zoomed(factor, frame.to_plane(at));
    let whole = desk.document.race.surface().window();
    let share = window.width() / whole.width();
    if (REACH[0]..=REACH[1]).contains(&share) {
        desk.act(DocumentAction::ShowWindow(window));
    }
}

/// Returns the point of the plane under the pointer, rounded to about a pixel.
fn round(frame: &Frame, at: Pos2) -> [f64; 2] {
    let unit = frame.unit();
    let mut point = frame.to_plane(at);
    for (value, unit) in point.iter_mut().zip(unit) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped before"
        )]
        let decimals = (-unit.log10().floor()).clamp(0.0, 15.0) as usize;
        *value = format!("{value:.decimals$}").parse().unwrap_or(*value);
    }
    point
}
