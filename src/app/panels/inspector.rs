//! The selected racer's step, explained by the quantities that its own rule told.

use egui::{Frame, Grid, Margin, RichText, Stroke, Ui};

use super::{Desk, equations};
use crate::experiment::{Anatomy, Racer, anatomy};
use crate::view::theme::caption;

/// The anatomy that was shown last.
#[derive(Debug, Default)]
pub struct AnatomyCache {
    key: Option<(u64, usize, usize, Racer)>,
    anatomy: Option<Anatomy>,
}

/// Later steps are looked into only while the race stands still: all steps before them have to be
/// run again.
const WHILE_PLAYING: usize = 20_000;

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let document = desk.state.document();
    let Some(place) = document.selected else {
        return;
    };
    let Some(racer) = document.race.experiment().racers.get(place) else {
        return;
    };
    let Some(name) = document.race.experiment().titles().into_iter().nth(place) else {
        return;
    };
    let last = document
        .race
        .paths()
        .get(place)
        .map_or(0, |path| path.last_step());
    let step = document.step().min(last.saturating_sub(1));
    let about = racer.optimizer.rule().about();
    ui.label(caption(&format!("{name}, step {step} → {}", step + 1)).color(desk.look.dim));
    Frame::new()
        .fill(desk.look.card)
        .stroke(Stroke::new(1.0, desk.look.line))
        .corner_radius(6)
        .inner_margin(Margin::same(12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(about.equation).size(13.0))
                .on_hover_text(about.source);
            ui.add_space(2.0);
            if let Some(anatomy) = look_into(desk, place, step) {
                Grid::new("anatomy")
                    .num_columns(2)
                    .spacing([10.0, 2.0])
                    .show(ui, |ui| {
                        for (sign, meaning, value) in equations::lines(&anatomy) {
                            ui.label(RichText::new(sign).size(12.0).color(desk.look.dim))
                                .on_hover_text(meaning);
                            ui.label(RichText::new(value).monospace());
                            ui.end_row();
                        }
                    });
                ui.add_space(2.0);
            }
            ui.label(RichText::new(about.idea).size(12.0).color(desk.look.dim));
        });
}

fn look_into(desk: &mut Desk<'_>, place: usize, step: usize) -> Option<Anatomy> {
    let document = desk.state.document();
    if step > WHILE_PLAYING && document.playback.playing {
        return None;
    }
    let experiment = document.race.experiment();
    let racer = experiment.racers.get(place)?;
    let path = document.race.paths().get(place)?;
    let key = (document.race.version(), place, step, racer.clone());
    let cache = &mut desk.caches.anatomy;
    if cache.key.as_ref() != Some(&key) {
        cache.anatomy = anatomy(
            &**document.race.surface(),
            racer,
            path,
            step,
            experiment.seed,
        );
        cache.key = Some(key);
    }
    cache.anatomy.clone()
}
