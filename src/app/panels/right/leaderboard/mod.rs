//! The leaderboard: loss, distance and status of each racer at the playhead; with several seeds,
//! medians with their spread.

mod heading;
mod headings;
mod of_network;
mod places;
mod row;
mod signs;

use egui::{Label, Rect, RichText, Ui};

use crate::analysis::Ranking;
use crate::app::desk::Desk;
use crate::view::{RacerLook, number, racer_looks};
use places::{decided_from, decides, of_ghost, places};

/// The widths of the two columns of numbers.
const NUMBER: f32 = 70.0;

/// Shows the leaderboard.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let ranking = desk.document.ranking();
        headings::show(ui, desk, ranking);
        let experiment = desk.document.race.experiment();
        let (looks, names) = (racer_looks(experiment, desk.colors), experiment.titles());
        for place in &places(desk, ranking) {
            let racer = place.standing.racer;
            if let (Some(look), Some(name)) = (looks.get(racer), names.get(racer)) {
                row::show(ui, desk, name, place, *look);
            }
        }
        ghost(ui, desk, ranking, &looks);
        horizons(ui, desk, &names);
    });
}

/// Shows the rule of which the selected racer's is a copy, below all racers.
fn ghost(ui: &mut Ui, desk: &Desk<'_>, ranking: Ranking, looks: &[RacerLook]) {
    let Some(original) = desk.caches.others.original() else {
        return;
    };
    let look = desk.document.selected_index().and_then(|it| looks.get(it));
    if let Some(look) = look {
        let place = of_ghost(desk, ranking, &original.ghost.path);
        let name = format!("{} (ghost)", original.ghost.name);
        row::ghost(ui, desk, &name, &place, *look);
    }
}

/// Returns a number, or a dash if there is none.
fn or_dash(value: Option<f64>) -> String {
    value.map_or_else(|| "–".into(), number::short)
}

/// Returns the right edges of the columns of numbers.
fn columns(rect: Rect) -> [f32; 2] {
    let right = rect.right() - 4.0;
    [right - NUMBER, right]
}

/// Names the racers whose paths rounding decides at the playhead, if there are any.
fn horizons(ui: &mut Ui, desk: &Desk<'_>, names: &[String]) {
    let shown = desk.document.shown();
    let decided =
        shown.filter_map(|it| Some((names.get(it.index)?, decided_from(desk, it.index)?)));
    let parts: Vec<String> = decided
        .map(|(name, step)| format!("{name}: {}", decides(step)))
        .collect();
    if parts.is_empty() {
        return;
    }
    let text = RichText::new(parts.join("; "))
        .small()
        .color(desk.colors.dim);
    ui.add_space(4.0);
    let help = "The same race with twice as many digits has parted from this path there. What \
                comes later, dashed in the plane, is one of many paths that are equally right.";
    ui.add(Label::new(text).wrap()).on_hover_text(help);
}
