//! The data view beside the surface.

use egui::{Checkbox, Rect, RichText, Role, Ui, WidgetInfo, emath::GuiRounding as _, vec2};

use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::document::data_models;
use crate::number::precise;
use crate::surface::{Dataset, Line};
use crate::view::data::{DataScene, ModelLine};
use crate::view::racer_looks;
use crate::view::theme::touch::{hold, target};

/// Shows the data and every racer's model at the playhead.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let rect = ui.available_rect_before_wrap().round_ui();
    let response = ui.allocate_rect(rect, hold(ui));
    let document = desk.document;
    let surface = document.race.surface();
    let Some(data) = surface.data() else {
        return;
    };
    let experiment = document.race.experiment();
    let looks = racer_looks(experiment, desk.colors);
    let clock = desk.clock();
    let mut models: Vec<ModelLine> = document
        .shown()
        .map(|shown| ModelLine {
            colors: looks[shown.index],
            line: surface.prediction(shown.path.between(clock.playhead_of(shown.path))),
            selected: document.selected() == Some(shown.id),
        })
        .collect();
    models.sort_by_key(|model| model.selected);
    let selected = document.selected().and_then(|id| {
        let lineup = document.race.lineup();
        Some((id, lineup.index_of(id)?, lineup.racer(id)?))
    });
    let step = selected.map_or(0, |(id, ..)| desk.step_of(id));
    let draws = &mut desk.caches.draws;
    let lit = selected
        .and_then(|(_, _, racer)| draws.rows(&racer.plan, surface.rows(), experiment.seed, step));
    let equation = models
        .iter()
        .find(|model| model.selected)
        .and_then(|model| equation(data, &model.line?))
        .unwrap_or_default();
    response.widget_info(|| {
        let rows = lit.map_or(data.len(), <[u32]>::len);
        let text = format!(
            "{}: {} rows, {rows} of them in this step",
            data.name,
            data.len()
        );
        let text = match &*equation {
            "" => text,
            equation => format!("{text}; {equation}"),
        };
        WidgetInfo::labeled(Role::Image, true, text)
    });
    DataScene {
        colors: desk.colors,
        data,
        models: &models,
        lit,
        equation: &equation,
        lit_color: selected.map_or(desk.colors.text, |(_, index, _)| looks[index].color),
    }
    .paint(ui.painter(), rect);
    standardize(ui, desk, rect);
}

/// Returns a line's equation in the original units of the data: "mass = 49.69 · length − 5781".
fn equation(data: &Dataset, line: &Line) -> Option<String> {
    let [slope, intercept] = data.in_own_units(line)?.slope_and_intercept();
    let sign = if intercept < 0.0 { '−' } else { '+' };
    let [x, y] = &data.columns;
    let what = data.labels.as_ref().map_or("", |_| "border: ");
    Some(format!(
        "{what}{y} = {} · {x} {sign} {}",
        precise(slope),
        precise(intercept.abs())
    ))
}

/// A checkbox in the corner of the picture that standardizes the columns.
fn standardize(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let surface = &desk.document.experiment().surface;
    let Some(mut on) = data_models::is_standardized(surface) else {
        return;
    };
    let height = target(ui, 22.0);
    let corner = rect.left_bottom() + vec2(8.0, -4.0 - height);
    let area = Rect::from_min_size(corner, vec2(150.0, height));
    let text = RichText::new("standardize")
        .size(11.0)
        .color(desk.colors.dim);
    let response = ui.put(area, Checkbox::new(&mut on, text));
    let response = response.on_hover_text(
        "Shifts and scales both columns to mean 0 and standard deviation 1 before the fit: the bowl \
         becomes round and needs other learning rates",
    );
    if response.changed()
        && let Some(surface) = data_models::standardized(surface, on)
    {
        desk.act(DocumentAction::UseSurface(surface));
    }
}
