//! Which classes the selected racer takes for which.

use egui::{RichText, Ui};

use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::number::{count, short};
use crate::view::confusion::ConfusionMatrix;
use crate::view::theme::caption;

/// Shows when the matrix was found.
pub fn head(ui: &mut Ui, desk: &Desk<'_>, id: RacerId) {
    let found = desk.caches.confusion.of(id);
    let path = desk.document.race.path_of(id);
    let text = match found.zip(path) {
        Some((found, path)) => {
            let kind = if found.is_of_test { "test" } else { "training" };
            let epoch = short(path.epochs_at(found.step));
            format!("{kind} rows · epoch {epoch}")
        }
        None => "rows by class".to_owned(),
    };
    ui.label(caption(&text).color(desk.colors.dim));
}

/// Shows the matrix.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, id: RacerId) {
    let Some(found) = desk.caches.confusion.of(id) else {
        ui.set_min_height(80.0);
        let text = "The rows are being classified.";
        ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
        return;
    };
    ConfusionMatrix {
        colors: desk.colors,
        confusion: found,
    }
    .show(ui);
    let (right, rows) = (found.right(), found.rows());
    let kind = if found.is_of_test { "test" } else { "training" };
    let mut text = format!("{} of {} {kind} rows are right.", count(right), count(rows));
    if !found.is_of_test {
        text += " There are no rows to test on.";
    }
    ui.label(RichText::new(text).size(12.0).color(desk.colors.dim));
}
