//! Two races compared: side by side or as ghosts, what differs between them, and their losses.

mod column;
mod differences;
mod foot;
mod left;
mod losses;

use egui::{Rect, Ui, UiBuilder, pos2};

use super::centre;
use super::right::charts::{Axes, Ends, ends};
use crate::app::desk::Desk;
use crate::view::chart::{Scale, join};

pub use left::show as left;

/// The gap between the two columns.
const GAP: f32 = 12.0;

/// Shows the two races side by side.
pub fn side_by_side(ui: &mut Ui, desk: &mut Desk<'_>) {
    let axes = axes(desk);
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
            column::show(ui, desk, columns[own], axes);
        } else if let Some(mut other) = desk.other() {
            column::show(ui, &mut other, columns[theirs], axes);
        }
    }
    foot_in(ui, desk, foot);
}

/// Shows the active race, with the paths of the other one as ghosts.
pub fn ghosts(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (whole, foot) = parts(ui, desk);
    let inside = UiBuilder::new().max_rect(whole).id_salt("scene");
    ui.scope_builder(inside, |ui| centre::show(ui, desk));
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

/// Returns the axes of both charts, which have one scale.
fn axes(desk: &mut Desk<'_>) -> Axes {
    let mut axes = Axes::of(desk.document);
    let Some(mut other) = desk.other() else {
        return axes;
    };
    axes.scale = common(axes.scale, Axes::of(other.document).scale);
    let theirs = ends(&mut other, &axes);
    let own = ends(desk, &axes);
    axes.ends = Some(Ends {
        bounds: join(own.bounds, theirs.bounds),
        end: own.end.max(theirs.end),
    });
    axes
}

/// Returns a scale for the values of two surfaces.
fn common(own: Scale, theirs: Scale) -> Scale {
    match (own, theirs) {
        _ if own == theirs => own,
        // A floor of its own belongs to each surface, and losses below 0 to some.
        _ => Scale::SymLog,
    }
}
