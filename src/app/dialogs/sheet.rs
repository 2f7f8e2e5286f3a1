//! What a dialog is on a phone: a sheet over the whole width, which scrolls between its title and its
//! buttons, so that both are always within reach.

use egui::{Align2, Area, CornerRadius, Frame, ScrollArea, Ui};

use crate::app::workspace::Workspace;
use crate::view::theme::touch::TARGET;

/// The space above the highest sheet, where a tap closes it.
pub const ABOVE: f32 = 28.0;
/// The space on all sides of the content.
pub const MARGIN: f32 = 16.0;
/// The height of a row of buttons, with the space above it.
pub const BUTTONS: f32 = TARGET + 16.0;

/// The edge of the window at which a sheet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The upper one, for what is typed into: a keyboard on the screen covers the lower half.
    Top,
    /// The lower one, where thumbs are.
    Bottom,
}

impl Edge {
    /// Puts an area there.
    pub fn place(self, area: Area) -> Area {
        let align = match self {
            Self::Top => Align2::CENTER_TOP,
            Self::Bottom => Align2::CENTER_BOTTOM,
        };
        area.anchor(align, [0.0, 0.0])
    }

    /// Rounds the corners that are not those of the window.
    pub fn round(self, frame: Frame) -> Frame {
        const RADIUS: u8 = 14;
        let mut corners = CornerRadius::ZERO;
        match self {
            Self::Top => (corners.sw, corners.se) = (RADIUS, RADIUS),
            Self::Bottom => (corners.nw, corners.ne) = (RADIUS, RADIUS),
        }
        frame.corner_radius(corners)
    }
}

/// Returns whether dialogs are sheets.
pub fn is_sheet(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < Workspace::PHONE
}

/// Shows what stands between a dialog's title and its buttons. In a sheet, it scrolls if it is higher
/// than the window; `below` is the height of all that follows.
pub fn body<R>(ui: &mut Ui, below: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    if !is_sheet(ui) {
        return add(ui);
    }
    let above = ui.min_rect().height();
    let room = ui.ctx().content_rect().height() - ABOVE - 2.0 * MARGIN;
    let height = (room - above - below).max(TARGET);
    ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, true])
        .show(ui, add)
        .inner
}
