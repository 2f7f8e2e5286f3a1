//! Text in the scene: tooltips for racers and the surface, and the first hint.

use egui::{Align2, FontId, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2};

use crate::app::desk::{Desk, Picture};
use crate::preset::Pictures;
use crate::surface::Surface;
use crate::view::eye::Eye;
use crate::view::scene::{Room, SceneRacer};
use crate::view::{fonts, number};

/// The space between the text in a box and its edge.
const PAD: f32 = 7.0;

pub fn tell_of_racer(
    ui: &Ui,
    desk: &Desk<'_>,
    racer: &SceneRacer<'_>,
    step: usize,
    at: Pos2,
    room: &mut Room,
) {
    let [x, y] = racer.path.at(step);
    let text = format!(
        "{}, step {}\nx {}   y {}\nloss {}",
        racer.name,
        number::count(step),
        number::precise(x),
        number::precise(y),
        number::precise(racer.path.loss_at(step)),
    );
    let font = FontId::proportional(12.0);
    let galley = ui.painter().layout(text, font, desk.colors.text, 300.0);
    let area = room.beside(at, galley.size() + Vec2::splat(2.0 * PAD));
    paint_box(ui, desk, area.shrink(PAD), galley);
}

/// Shows the loss and gradient under the pointer, in the corner where it covers least.
pub fn tell_of_ground(
    ui: &Ui,
    desk: &Desk<'_>,
    surface: &dyn Surface,
    eye: &Eye,
    at: Pos2,
    room: &mut Room,
) {
    let Some([x, y]) = eye.pick(at) else {
        return;
    };
    let (loss, [gx, gy]) = surface.gradient([x, y]);
    let text = format!(
        "x {}   y {}\nloss {}\ngradient ({}, {})",
        number::short(x),
        number::short(y),
        number::precise(loss),
        number::short(gx),
        number::short(gy),
    );
    let font = fonts::numbers(11.0);
    let galley = ui.painter().layout(text, font, desk.colors.text, 400.0);
    let area = room.in_corner(galley.size() + Vec2::splat(2.0 * PAD), at);
    paint_box(ui, desk, area.shrink(PAD), galley);
}

pub fn paint_box(ui: &Ui, desk: &Desk<'_>, area: Rect, galley: std::sync::Arc<egui::Galley>) {
    let painter = ui.painter();
    let border = Stroke::new(1.0, desk.colors.line);
    let fill = desk.colors.card.gamma_multiply(0.93);
    painter.rect(area.expand(PAD), 6.0, fill, border, StrokeKind::Inside);
    painter.galley(area.min, galley, desk.colors.text);
}

/// Returns whether to show the first hint. Lessons and games give their own instructions, and
/// whoever compares races has seen it. Of two pictures, the contours show it.
pub fn is_hint_due(desk: &Desk<'_>, picture: Picture) -> bool {
    let settings = &desk.workspace.settings;
    let is_lesson = desk.document.lesson().is_some();
    let is_alone = desk.workspace.game.is_none()
        && desk.workspace.comparison().is_none()
        && !desk.workspace.is_figure;
    let is_second = picture == Picture::Relief && desk.document.view.pictures == Pictures::Both;
    !settings.hint_seen && !settings.presenter && !is_lesson && is_alone && !is_second
}

/// Shows the first hint at the lower edge; it disappears for good with the first change.
pub fn hint(ui: &Ui, desk: &Desk<'_>, room: &mut Room) {
    let text = if desk.document.experiment().surface.has_own_start() {
        "change a rate: the paths follow"
    } else {
        "drag the start or change a rate: the paths follow"
    };
    let font = FontId::proportional(13.0);
    let most = room.width() - 4.0 * PAD;
    let galley = ui
        .painter()
        .layout(text.into(), font, desk.colors.text, most);
    let others = room.boxes().to_vec();
    let area = room.at_foot(galley.size() + Vec2::splat(2.0 * PAD));
    // In a small scene, what is said of the picture comes first.
    if !others.iter().any(|other| other.intersects(area)) {
        paint_box(ui, desk, area.shrink(PAD), galley);
    }
}

pub fn say(ui: &Ui, desk: &Desk<'_>, rect: Rect, text: &str) {
    let font = FontId::proportional(14.0);
    let galley = ui
        .painter()
        .layout_no_wrap(text.into(), font, desk.colors.text);
    let area = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    paint_box(ui, desk, area, galley);
}
