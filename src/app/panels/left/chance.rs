//! The seed of the race, and with how many seeds every racer runs.

use egui::{Align, DragValue, Layout, Response, Role, Ui, WidgetInfo, vec2};

use crate::app::controls::rows;
use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::ports::files;
use crate::experiment::Experiment;

const HELP: &str = "Rows and noise are drawn from the seed. With several seeds, every racer runs with \
    the seed, the next one, and so on: the chart shows medians with the range from 10 to 90 %, the \
    plane all paths, and the leaderboard what is a tie";

/// Where all seeds are run.
const ALL_SEEDS: &str = if files::ARE_NAMES {
    "Slalom on the desktop runs all."
} else {
    "`slalom run` runs all."
};

/// The widths of the two fields, and the gap between them.
const SEED: f32 = 54.0;
const SEEDS: f32 = 92.0;
const GAP: f32 = 6.0;

/// Shows the two numbers, and a remark where there is something to say.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let experiment = desk.document.experiment();
    let (seed, seeds) = (experiment.seed, experiment.seeds);
    let (mut wanted_seed, mut wanted_seeds) = (seed, seeds);
    let size = vec2(ui.available_width(), rows::height(ui));
    // From left to right, as the keyboard goes.
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let name = size.x - SEED - SEEDS - 2.0 * GAP;
        ui.allocate_ui(vec2(name, rows::height(ui)), |ui| {
            ui.set_min_width(name);
            rows::title(ui, desk.colors, "seed").on_hover_text(HELP);
        });
        let field = DragValue::new(&mut wanted_seed).speed(0.1);
        #[expect(clippy::cast_precision_loss, reason = "for a screen reader")]
        named(
            ui.add_sized(vec2(SEED, rows::height(ui)), field),
            "Seed",
            seed as f64,
        );
        let field = DragValue::new(&mut wanted_seeds)
            .range(1..=Experiment::MOST_SEEDS)
            .speed(0.1)
            .suffix(if seeds == 1 { " seed" } else { " seeds" });
        let response = ui.add_sized(vec2(SEEDS, rows::height(ui)), field);
        #[expect(clippy::cast_precision_loss, reason = "at most a thousand")]
        named(response, "Number of seeds", seeds as f64);
    });
    if !desk.memory.just_escaped(ui.ctx()) {
        if wanted_seeds != seeds {
            desk.change(Change::Seeds(wanted_seeds));
        }
        if wanted_seed != seed {
            desk.change(Change::Seed(wanted_seed));
        }
    }
    if let Some(text) = remark(desk) {
        rows::remark(ui, desk.colors, &text);
    }
}

fn named(response: Response, name: &'static str, value: f64) {
    response.widget_info(|| WidgetInfo {
        label: Some(name.into()),
        value: Some(value),
        ..WidgetInfo::new(Role::SpinButton)
    });
    response.on_hover_text(HELP);
}

/// Returns what there is to say about several seeds.
fn remark(desk: &Desk<'_>) -> Option<String> {
    let experiment = desk.document.race.experiment();
    if experiment.seeds < 2 {
        return None;
    }
    if let Some(sentence) = experiment.no_chance() {
        return Some(sentence.to_owned());
    }
    let [done, wanted] = desk.caches.seeds.counts();
    if wanted < experiment.seeds {
        let all = experiment.seeds;
        return Some(format!(
            "Only {wanted} of {all} seeds: more would take too long here. {ALL_SEEDS}"
        ));
    }
    (done < wanted).then(|| format!("{done} of {wanted} seeds …"))
}
