//! The left panel of a comparison: what differs, or the racers of the active race.

use egui::{ScrollArea, Ui};

use super::{differences, losses};
use crate::app::action::table;
use crate::app::desk::Desk;
use crate::app::panels::left;
use crate::app::widgets::{Segment, segments};
use crate::app::workspace::List;

/// Shows the choice, and what is chosen.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (Some(comparison), Some([_, own])) = (desk.workspace.comparison(), desk.letters()) else {
        left::show(ui, desk);
        return;
    };
    let differs = comparison.list == List::Differences;
    let racers = format!("Racers of {own}");
    let choices = [
        Segment::new("Differences", differs),
        Segment::new(&racers, !differs),
    ];
    let width = ui.available_width();
    let clicked = segments(ui, desk.colors, Some(width), &choices);
    if clicked.is_some_and(|index| (index == 0) != differs) {
        desk.perform(&table::tabs::DIFFERENCES);
    }
    ui.add_space(4.0);
    if !differs {
        left::show(ui, desk);
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        differences::show(ui, desk);
        ui.add_space(12.0);
        losses::show(ui, desk);
    });
}
