//! What a picture of a network is, told in the scene.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, FontId, Id, Pos2, Rect, Sense, Ui, Vec2, vec2};

use super::tips::paint_box;
use crate::app::desk::Desk;
use crate::subspace::PlaneChoice;
use crate::view::eye::Eye;
use crate::view::number;
use crate::view::scene::Room;

/// The space between the text and the edge of its box.
const PAD: f32 = 7.0;

/// The distance from the edges of the picture, and from the texts at its upper and lower edge.
const MARGIN: f32 = 12.0;
const TEXTS: f32 = 56.0;

/// Tells how much of the paths the plane shows.
pub fn show(ui: &Ui, desk: &Desk<'_>, eye: &Eye, room: &mut Room) {
    let rect = eye.rect();
    let is_plane = desk.document.race.is_on_plane();
    if !is_plane || rect.width() < 300.0 || rect.height() < 200.0 {
        return;
    }
    let lines = std::iter::once((about_plane(desk), desk.colors.text));
    let lines = lines.chain(about_racer(desk).map(|line| (line, desk.colors.dim)));
    let mut job = LayoutJob {
        wrap: TextWrapping::wrap_at_width((rect.width() - 60.0).min(270.0)),
        ..LayoutJob::default()
    };
    for (index, (line, color)) in lines.enumerate() {
        let text = if index == 0 {
            line
        } else {
            format!("\n{line}")
        };
        let format = TextFormat::simple(FontId::proportional(11.0), color);
        job.append(&text, 0.0, format);
    }
    let galley = ui.painter().layout_job(job);
    let area = emptiest(desk, eye, galley.size() + Vec2::splat(2.0 * PAD)).shrink(PAD);
    paint_box(ui, desk, area, galley);
    room.take(area.expand(PAD));
    let id = Id::unique(("plane", desk.document.id()));
    ui.interact(area.expand(PAD), id, Sense::hover())
        .on_hover_text(
            "The colours are the true loss on this plane, but the racers are beside it. Long noisy \
             paths look like smooth curves on a plane fitted to them, whatever they do.",
        );
}

/// Returns the corner that the paths touch least. They are taken as a whole, so that it stays while
/// the race plays.
fn emptiest(desk: &Desk<'_>, eye: &Eye, size: Vec2) -> Rect {
    /// Enough points of a path to see where it goes.
    const POINTS: usize = 200;
    let inside = eye.rect().shrink2(vec2(MARGIN, TEXTS));
    let corners = [
        Align2::LEFT_TOP,
        Align2::RIGHT_TOP,
        Align2::LEFT_BOTTOM,
        Align2::RIGHT_BOTTOM,
    ];
    let paths = desk.document.shown().map(|shown| shown.path);
    let spots: Vec<Pos2> = paths
        .flat_map(|path| {
            let every = path.points().div_ceil(POINTS).max(1);
            let points = path.x.iter().zip(&path.y).step_by(every);
            points.map(|(&x, &y)| eye.spot([x, y]))
        })
        .collect();
    let areas = corners.map(|corner| corner.align_size_within_rect(size, inside));
    let touched = |area: &Rect| {
        let around = area.expand(MARGIN);
        spots.iter().filter(|spot| around.contains(**spot)).count()
    };
    let emptiest = areas.into_iter().min_by_key(touched);
    emptiest.unwrap_or(areas[0])
}

/// Returns what the plane is and explains.
fn about_plane(desk: &Desk<'_>) -> String {
    let document = desk.document;
    let explained = document
        .race
        .surface()
        .subspace()
        .and_then(|plane| plane.explained());
    let percent = |share: f64| format!("{:.0}\u{a0}%", 100.0 * share);
    match (&document.view.plane, explained) {
        (PlaneChoice::Fitted, Some([one, two])) => {
            let (all, one, two) = (percent(one + two), percent(one), percent(two));
            let start = if document.race.reached().is_some() && document.race.is_plane_fresh() {
                format!("The plane explains {all} of the variance of the paths so far")
            } else if document.race.is_plane_fresh() {
                format!("The plane explains {all} of the paths' variance")
            } else {
                format!("The plane explains {all} of the variance of earlier paths")
            };
            format!("{start}: {one} across, {two} up.")
        }
        (PlaneChoice::Fitted, None) => "A random plane, until the paths are known.".into(),
        (PlaneChoice::Through(one, other), _) => {
            format!("The plane goes through the start and the ends of {one} and {other}.")
        }
        (PlaneChoice::Random(_), _) => {
            "A random plane through the start: the true loss, but hardly any of the paths.".into()
        }
        (PlaneChoice::Held(_), _) => "A plane that is held: paths are projected on it.".into(),
    }
}

/// Returns how far the selected racer is from the plane, and what its shadow hides.
fn about_racer(desk: &Desk<'_>) -> Option<String> {
    let document = desk.document;
    let id = document.selected()?;
    let off = desk.caches.off_plane.of(id)?;
    let names = document.race.experiment().titles();
    let name = names.get(document.race.lineup().index_of(id)?)?;
    let [own, shadow] = off.losses.map(number::short);
    Some(format!(
        "{name} is {} away from it: loss {own}, its shadow's {shadow}. Trails fade with distance.",
        number::short(off.distance)
    ))
}
