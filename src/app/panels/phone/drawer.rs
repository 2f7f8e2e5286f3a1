//! The drawer of a phone: over half of the scene, or over all of it.

use egui::{Frame, Margin, Panel, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::app::action::AppAction;
use crate::app::desk::Desk;
use crate::app::panels::{centre, comparison, formula, right, rule};
use crate::app::widgets::focus_ring;
use crate::app::workspace::{Drawer, Pane};

/// The height of the part by which it is dragged.
const HANDLE: f32 = 24.0;
/// The same of a drawer above which there is no scene, into which a finger may reach.
const FULL_HANDLE: f32 = 40.0;
/// How far above the drawer a finger still hits its handle.
const ABOVE: f32 = 20.0;
/// The least height of the scene above a drawer that is open half.
const SCENE: f32 = 300.0;
/// The way of a finger that opens or closes the drawer.
const SWIPE: f32 = 40.0;

/// Shows the drawer at the lower end of what is left of the window.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, drawer: Drawer) {
    let room = ui.available_height();
    let usual = if drawer.is_full { room } else { half(room) };
    let height = (usual + desk.memory.pulled).clamp(HANDLE.min(room), room);
    Panel::bottom("drawer")
        .exact_size(height)
        .resizable(false)
        .frame(Frame::new().fill(desk.colors.panel))
        .show(ui, |ui| {
            let whole = ui.available_rect_before_wrap();
            let handle = if drawer.is_full { FULL_HANDLE } else { HANDLE };
            let (handle, below) = whole.split_top_bottom_at_y(whole.top() + handle);
            let inside = below.shrink2(vec2(12.0, 0.0));
            let content = UiBuilder::new()
                .max_rect(inside)
                .id_salt(drawer.pane.label());
            ui.scope_builder(content, |ui| {
                ui.shrink_clip_rect(below);
                Frame::new()
                    .inner_margin(Margin::symmetric(0, 4))
                    .show(ui, |ui| pane(ui, desk, drawer.pane));
            });
            self::handle(ui, desk, drawer, handle, [half(room), room]);
        });
}

/// Returns the height of a drawer that is open half.
fn half(room: f32) -> f32 {
    (room - SCENE).min(0.56 * room).max(0.5 * room)
}

fn pane(ui: &mut Ui, desk: &mut Desk<'_>, pane: Pane) {
    match pane {
        Pane::Racers if desk.workspace.edits_rule() => rule::show(ui, desk),
        Pane::Racers => comparison::left(ui, desk),
        Pane::Chart => right::chart(ui, desk),
        Pane::Step => right::step(ui, desk),
        Pane::Scene if desk.workspace.edits_formula() => formula::show(ui, desk),
        Pane::Scene => centre::bar::settings(ui, desk),
    }
}

/// Shows the handle: a drag opens the drawer wholly, half, or closes it; a tap does the former.
fn handle(ui: &mut Ui, desk: &mut Desk<'_>, drawer: Drawer, rect: Rect, heights: [f32; 2]) {
    let above = if drawer.is_full { 0.0 } else { ABOVE };
    let area = rect.with_min_y(rect.top() - above);
    let id = ui.make_persistent_id("handle");
    let response = ui.interact(area, id, Sense::click_and_drag());
    response.widget_info(|| {
        let label = if drawer.is_full {
            "Show the scene above the drawer"
        } else {
            "Open the whole drawer"
        };
        WidgetInfo::labeled(Role::Button, true, label)
    });
    let bar = Rect::from_center_size(rect.center() - vec2(0.0, 2.0), vec2(40.0, 4.0));
    let color = if response.hovered() || response.dragged() {
        desk.colors.text
    } else {
        desk.colors.dim
    };
    ui.painter().rect_filled(bar, 2.0, color);
    focus_ring(ui, &response);
    if response.clicked() {
        let is_full = !drawer.is_full;
        let turned = Drawer { is_full, ..drawer };
        desk.send(AppAction::ShowDrawer(Some(turned)));
    }
    if response.dragged() {
        desk.memory.pulled -= response.drag_delta().y;
    } else if desk.memory.pulled != 0.0 {
        let up = std::mem::take(&mut desk.memory.pulled);
        let after = let_go(drawer, up, heights);
        if after != Some(drawer) {
            desk.send(AppAction::ShowDrawer(after));
        }
        ui.ctx().request_repaint();
    }
}

/// Returns the drawer after it was dragged up, or down if negative. A long way down closes a drawer
/// that was open wholly.
fn let_go(drawer: Drawer, up: f32, [half, full]: [f32; 2]) -> Option<Drawer> {
    let is_far = -up > full - half / 2.0;
    match drawer.is_full {
        _ if up.abs() < SWIPE => Some(drawer),
        _ if up > 0.0 => Some(Drawer {
            is_full: true,
            ..drawer
        }),
        true if !is_far => Some(Drawer::half(drawer.pane)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_drawer_leaves_the_scene_its_room() {
        assert_eq!(half(680.0), 380.0);
        assert!(600.0 - half(600.0) >= SCENE);
        assert!(1000.0 - half(1000.0) > SCENE);
        assert_eq!(half(200.0), 100.0);
    }

    #[test]
    fn a_drawer_goes_where_it_was_thrown() {
        let half = Drawer::half(Pane::Chart);
        let full = Drawer {
            is_full: true,
            ..half
        };
        let heights = [380.0, 680.0];
        for (before, up, after) in [
            (half, 20.0, Some(half)),
            (half, 60.0, Some(full)),
            (half, -60.0, None),
            (full, 60.0, Some(full)),
            (full, -60.0, Some(half)),
            (full, -300.0, Some(half)),
            (full, -600.0, None),
        ] {
            assert_eq!(let_go(before, up, heights), after, "{before:?} by {up}");
        }
    }
}
