//! Two races compared: side by side or as ghosts, what differs between them, and their losses.

mod column;
mod differences;
mod foot;
mod left;
mod losses;

use egui::{Context, Rect, Ui, UiBuilder, pos2};

use super::right::charts::ends;
use super::right::curves::Axes;
use crate::app::desk::Desk;
use crate::view::chart::join;

pub use left::show as left;

/// The gap between the two columns.
const GAP: f32 = 12.0;

/// Shows the two races side by side.
pub fn side_by_side(ui: &mut Ui, desk: &mut Desk<'_>) {
    let [own_axes, their_axes] = axes(ui.ctx(), desk);
    let has_one_scale = own_axes.scale == their_axes.scale;
    let remarks = if has_one_scale {
        ["one scale for A and B", "the same scale"]
    } else {
        ["a scale of its own"; 2]
    };
    let (whole, foot) = parts(ui, desk);
    let middle = whole.center().x;
    let columns = [
        whole.with_max_x(middle - GAP / 2.0),
        whole.with_min_x(middle + GAP / 2.0),
    ];
    let is_first = desk.letters().is_some_and(|[_, letter]| letter == "A");
    let [own, theirs] = if is_first { [0, 1] } else { [1, 0] };
    // In the order in which Tab visits them.
    for place in 0..2 {
        if place == own {
            column::show(ui, desk, columns[own], own_axes, remarks[0]);
        } else if let Some(mut other) = desk.other() {
            column::show(ui, &mut other, columns[theirs], their_axes, remarks[1]);
        }
    }
    foot_in(ui, desk, foot);
}

/// Shows the active race in a scene, with the paths of the other one as ghosts.
pub fn ghosts(ui: &mut Ui, desk: &mut Desk<'_>, scene: fn(&mut Ui, &mut Desk<'_>)) {
    let (whole, foot) = parts(ui, desk);
    let inside = UiBuilder::new().max_rect(whole).id_salt("scene");
    ui.scope_builder(inside, |ui| scene(ui, desk));
    foot_in(ui, desk, foot);
}

/// Returns the areas of the scenes and, unless presenting, of what stands below them.
fn parts(ui: &Ui, desk: &Desk<'_>) -> (Rect, Option<Rect>) {
    let whole = ui.available_rect_before_wrap();
    if desk.workspace.settings.presenter {
        return (whole, None);
    }
    let edge = whole.bottom() - foot::HEIGHT;
    let foot = Rect::from_min_max(pos2(whole.left(), edge), whole.max);
    (whole.with_max_y(edge - GAP), Some(foot))
}

fn foot_in(ui: &mut Ui, desk: &mut Desk<'_>, foot: Option<Rect>) {
    if let Some(foot) = foot {
        let inside = UiBuilder::new().max_rect(foot).id_salt("foot");
        ui.scope_builder(inside, |ui| foot::show(ui, desk));
    }
}

/// Returns the axes of both charts, that of the active race first. They end alike, and have one scale
/// unless that makes no sense on different surfaces.
fn axes(ctx: &Context, desk: &mut Desk<'_>) -> [Axes; 2] {
    let mut own = Axes::of(desk.document);
    let Some(mut other) = desk.other() else {
        return [own; 2];
    };
    let mut theirs = Axes::of(other.document);
    let [mut their_ends, mut own_ends] = [ends(ctx, &mut other, &theirs), ends(ctx, desk, &own)];
    let end = own_ends.end.max(their_ends.end);
    (own_ends.end, their_ends.end) = (end, end);
    if own.scale == theirs.scale {
        let bounds = join(own_ends.bounds, their_ends.bounds);
        (own_ends.bounds, their_ends.bounds) = (bounds, bounds);
    }
    (own.ends, theirs.ends) = (Some(own_ends), Some(their_ends));
    [own, theirs]
}
