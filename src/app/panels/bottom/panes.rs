//! The bar at the bottom of a phone: a button for each drawer.

use egui::{Align2, FontId, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::action::AppAction;
use crate::app::desk::Desk;
use crate::app::widgets::focus_ring;
use crate::app::workspace::{Drawer, Pane};
use crate::view::icon::Icon;
use crate::view::theme::touch;

/// The height of the bar.
pub const HEIGHT: f32 = 60.0;

/// Shows the buttons. A tap opens a drawer half, or closes the one that is open.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let whole = ui.available_rect_before_wrap();
    let width = whole.width() / 4.0;
    let open = desk.workspace.phone_drawer();
    ui.spacing_mut().item_spacing.x = 0.0;
    ui.horizontal(|ui| {
        for pane in Pane::ALL {
            let size = vec2(width, whole.height());
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            let is_open = open.is_some_and(|it| it.pane == pane);
            response.widget_info(|| {
                let label = format!("{} drawer", pane.label());
                WidgetInfo::selected(Role::Button, true, is_open, label)
            });
            let color = match (is_open, response.hovered()) {
                (true, _) => desk.colors.accent,
                (false, true) => desk.colors.text,
                (false, false) => desk.colors.dim,
            };
            let at = Rect::from_center_size(rect.center() - vec2(0.0, 9.0), vec2(20.0, 20.0));
            icon(pane).paint_scaled(ui.painter(), at, color, touch::scale(ui));
            let at = rect.center() + vec2(0.0, 12.0);
            let font = FontId::proportional(12.0);
            ui.painter()
                .text(at, Align2::CENTER_CENTER, pane.label(), font, color);
            focus_ring(ui, &response);
            if response.clicked() {
                let drawer = (!is_open).then_some(Drawer::half(pane));
                desk.send(AppAction::ShowDrawer(drawer));
            }
        }
    });
}

const fn icon(pane: Pane) -> Icon {
    match pane {
        Pane::Racers => Icon::Rows,
        Pane::Chart => Icon::Chart,
        Pane::Step => Icon::Bolt,
        Pane::Scene => Icon::Eye,
    }
}
