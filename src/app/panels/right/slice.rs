//! The loss along the selected racer's step.

use egui::{RichText, Ui};

use crate::analysis::Slice;
use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::view::slice::SliceChart;
use crate::view::{number, racer_looks};

/// The height of the chart.
const HEIGHT: f32 = 132.0;

/// Shows the chart, and below it what it says; `waiting` says why nothing is known yet.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, id: RacerId, waiting: &str) {
    let race = &desk.document.race;
    let insight = desk.caches.insight.of(id);
    let slice = insight.and_then(|insight| insight.slice.as_ref());
    let looks = racer_looks(race.experiment(), desk.colors);
    let index = race.lineup().index_of(id);
    let look = index.and_then(|index| looks.get(index));
    let (Some(slice), Some(look)) = (slice, look) else {
        ui.set_min_height(HEIGHT);
        ui.label(RichText::new(waiting).size(12.0).color(desk.colors.dim));
        return;
    };
    let sentence = slice.verdict.to_string();
    let response = SliceChart {
        colors: desk.colors,
        look: *look,
        losses: &slice.losses,
        model: &slice.modelled(),
        best: slice.best,
        height: HEIGHT,
        text: &in_words(slice, &sentence),
    }
    .show(ui);
    if !response.hovered() {
        response.on_hover_text("The loss on the line of the step");
    }
    ui.add_space(4.0);
    ui.label(RichText::new(sentence).size(12.0));
    if race.surface().rows() > 0 {
        let remark = "Over all rows of the data, whichever the step has used.";
        ui.label(RichText::new(remark).size(12.0).color(desk.colors.dim));
    }
}

/// Returns the chart in words, with the sentence below it.
fn in_words(slice: &Slice, sentence: &str) -> String {
    let [from, to] = [slice.start(), slice.end()].map(number::short);
    let best = slice.best.map_or_else(String::new, |best| {
        format!("; lowest at {} steps", number::short(best))
    });
    let model = slice.model.and_then(|model| model.lowest());
    let model = model.map_or_else(String::new, |lowest| {
        format!(
            "; the quadratic model is lowest at {} steps",
            number::short(lowest)
        )
    });
    format!("Loss along the step: {from} at its start, {to} at its end{best}{model}. {sentence}")
}
