//! The timeline: playback buttons, scrubber, step counter, speed and loop.

mod counter;
mod figure;
pub mod phone;
mod scrubber;
mod speed;

use egui::{Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use crate::app::action::table::play;
use crate::app::desk::Desk;
use crate::app::widgets::{entry_icon, focus_ring};
use crate::view::icon::Icon;
use crate::view::theme::{BODY, blend};

pub use figure::{HEIGHT as FIGURE, show as of_figure};

/// The sizes of the timeline's parts, which are larger in presenter mode.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// The height of the whole.
    pub height: f32,
    /// The size of the text.
    text: f32,
    /// How much larger than usual the controls are.
    scale: f32,
    /// The radius of the playhead's handle.
    handle: f32,
    /// Whether it is for a phone, which has room for less.
    is_small: bool,
}

impl Sizes {
    /// Returns the sizes for presenter mode or for any other.
    #[must_use]
    pub const fn of(presenter: bool) -> Self {
        if presenter {
            Self {
                height: 92.0,
                text: 18.0,
                scale: 1.4,
                handle: 10.5,
                is_small: false,
            }
        } else {
            Self {
                height: 64.0,
                text: BODY,
                scale: 1.0,
                handle: 7.5,
                is_small: false,
            }
        }
    }
}

/// The width below which only the most important controls are shown.
const NARROW: f32 = 620.0;
const GAP: f32 = 8.0;

/// Shows the timeline. Everything stands in the order in which Tab visits it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let sizes = Sizes::of(desk.workspace.settings.presenter);
    let is_narrow = ui.available_width() < NARROW * sizes.scale;
    let transport = vec2(32.0, 32.0) * sizes.scale;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if !is_narrow {
            entry_icon(ui, desk, &play::TO_START, transport);
        }
        entry_icon(ui, desk, &play::STEP_BACK, transport);
        let play = Vec2::splat(38.0) * sizes.scale;
        play_button(ui, desk, play, play.x);
        entry_icon(ui, desk, &play::STEP_FORWARD, transport);
        if !is_narrow {
            entry_icon(ui, desk, &play::TO_END, transport);
        }
        ui.spacing_mut().item_spacing.x = GAP;
        let counter = counter::width(ui, desk, sizes);
        let loop_size = Vec2::splat(30.0) * sizes.scale;
        let right = if is_narrow {
            counter + GAP
        } else {
            counter + speed::width(sizes) + loop_size.x + 3.0 * GAP
        };
        let room = (ui.available_width() - right).max(40.0);
        scrubber::show(ui, desk, room, sizes);
        counter::show(ui, desk, counter, sizes);
        if !is_narrow {
            speed::show(ui, desk, sizes);
            entry_icon(ui, desk, &play::LOOP, loop_size);
        }
    });
}

/// Shows the button that plays and pauses: a disc of a diameter, within an area.
fn play_button(ui: &mut Ui, desk: &mut Desk<'_>, size: Vec2, disc: f32) {
    let playing = desk.document.playback.playing;
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = if playing { "Pause" } else { "Play" };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    let fill = if response.hovered() {
        blend(desk.colors.accent, desk.colors.text, 0.15)
    } else {
        desk.colors.accent
    };
    ui.painter().circle_filled(rect.center(), disc / 2.0, fill);
    let icon = if playing { Icon::Pause } else { Icon::Play };
    icon.paint(ui.painter(), rect, desk.colors.on_accent);
    focus_ring(ui, &response);
    let response = response.on_hover_text(play::PLAY_OR_PAUSE.tooltip(ui.ctx()));
    if response.clicked() {
        desk.perform(&play::PLAY_OR_PAUSE);
    }
}
