//! The large picture of what the selected racer's network has learned.

use egui::emath::GuiRounding as _;
use egui::{Role, Ui, WidgetInfo};

use super::{Subject, tell_failure};
use crate::app::desk::Desk;
use crate::view::network::words::{axes, label, result};
use crate::view::network::{Painted, Panorama};
use crate::view::racer_looks;
use crate::view::theme::touch::hold;

/// Shows the predictions of the selected racer, or of the first one, over the data.
pub fn large(ui: &mut Ui, desk: &mut Desk<'_>) {
    let rect = ui.available_rect_before_wrap().round_ui();
    let response = ui.allocate_rect(rect, hold(ui));
    let Some(subject) = Subject::of(desk) else {
        return;
    };
    let document = desk.document;
    let mut shown = document.shown();
    let first = shown.next();
    let shown = first
        .into_iter()
        .chain(shown)
        .find(|it| document.selected() == Some(it.id))
        .or(first);
    let Some(shown) = shown else {
        return;
    };
    let nodes = Panorama::nodes(rect);
    let learned = &mut desk.caches.learned;
    learned.update(ui.ctx(), document, &[shown.id], nodes, true);
    let painted = learned.large(shown.id).cloned();
    let learned = painted.as_ref().map(Painted::learned);
    let experiment = document.race.experiment();
    let names = experiment.titles();
    let name = names.get(shown.index).map_or("", String::as_str);
    let looks = racer_looks(experiment, desk.colors);
    let Some(look) = looks.get(shown.index).copied() else {
        return;
    };
    let data = &subject.learner.data;
    let [across, up] = axes(&subject.outlook, data);
    let result = learned.and_then(|it| result(&subject.outlook, it));
    let text = desk.lettered(format!(
        "Large picture: {}",
        label(name, &subject.outlook, learned)
    ));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &text));
    Panorama {
        colors: desk.colors,
        outlook: &subject.outlook,
        palette: &subject.palette,
        classes: &data.classes,
        axes: [&across, &up],
        look,
        heading: [name, result.as_deref().unwrap_or("")],
        painted: painted.as_ref(),
    }
    .paint(ui.painter(), rect);
    tell_failure(desk);
}
