//! The charts of how races end, against the values of a hyper-parameter.

mod shown;

use egui::{Button, EventFilter, Key, Label, Layout, RichText, Ui, WidgetInfo, vec2};

use super::curves::Axes;
use crate::analysis::Quantity;
use crate::analysis::sensitivity::{Knob, Ruler};
use crate::app::action::{DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::view::chart::{SweptChart, SweptLine};
use crate::view::{Colors, racer_looks};
use shown::{Shown, shown};

/// The height of what is below the chart: three lines.
pub const FOOT: f32 = 52.0;
/// How much higher the chart is than one over the race: its curves are steeper.
pub const HIGHER: f32 = 1.25;
/// Returns the name of the parameter that is swept.
#[must_use]
pub fn parameter(document: &Document) -> String {
    let name = document.view.swept.as_deref();
    let mut plans = document.experiment().racers.iter().map(|it| &it.plan);
    let knob = plans.find_map(|plan| Knob::find(plan, name));
    match (name, knob) {
        (None, _) => "learning rate".to_owned(),
        (_, Some(knob)) => knob.parameter.label(),
        (Some(_), None) => "another parameter".to_owned(),
    }
}

/// Shows a chart of how races end, with a remark on the selected racer.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, axes: &Axes, height: f32) {
    let document = desk.document;
    let quantity = axes.quantity;
    let shown: Vec<Shown> = shown(document, quantity);
    if let Some(sentence) = nothing(document, quantity, &shown) {
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            ui.label(RichText::new(sentence).size(12.0).color(desk.colors.dim));
        });
        return;
    }
    let names = document.race.experiment().titles();
    let lines = lines(document, &shown, &names, desk.colors);
    let selected = document.selected();
    let ruler = shown.first().map_or(Ruler::Log, |it| it.curve.ruler);
    let unit = parameter(document);
    let chart = chart(&lines, &unit, axes, desk.colors);
    let answer = SweptChart {
        ruler,
        height: (height - FOOT).max(40.0),
        ..chart
    }
    .show(ui);
    let own = shown.iter().find(|it| Some(it.id) == selected);
    let told = own.map(|it| (it, names.get(it.index).map_or("", String::as_str)));
    answer.response.widget_info(|| {
        let what = quantity.label();
        let numbers = told.map_or_else(String::new, |(it, name)| {
            format!("; {name}: {}", it.numbers())
        });
        let text = format!("Chart: {what} of every racer against the {unit}{numbers}");
        let now = own.and_then(|it| it.curve.now).map_or(0.0, |run| run.value);
        WidgetInfo::slider(true, now, desk.lettered(text))
    });
    let held = answer.held.and_then(|index| shown.get(index));
    if let Some(it) = held.filter(|it| Some(it.id) != selected) {
        desk.act(DocumentAction::Select(Some(it.id)));
    }
    if let (Some(it), Some(position)) = (held, answer.moved) {
        it.move_to(desk, position);
    }
    if answer.response.clicked() || answer.response.drag_started() {
        answer.response.request_focus();
    }
    if answer.response.has_focus() {
        desk.memory.sliders.focused = Some(answer.response.id);
        let steps = nudges(ui, answer.response.id);
        if let Some(it) = own.filter(|_| steps != 0.0) {
            it.nudge(desk, steps);
        }
    }
    foot(ui, desk, told);
}

/// Returns the lowest and the highest point of the vertical axis if it is fitted to the curves of
/// this document alone.
#[must_use]
pub fn bounds(desk: &Desk<'_>, axes: &Axes) -> [f64; 2] {
    let document = desk.document;
    let shown = shown(document, axes.quantity);
    let names = document.race.experiment().titles();
    let lines = lines(document, &shown, &names, desk.colors);
    chart(&lines, "", axes, desk.colors).fitted_bounds()
}

fn chart<'a>(
    lines: &'a [SweptLine<'a>],
    unit: &'a str,
    axes: &Axes,
    colors: &'a Colors,
) -> SweptChart<'a> {
    SweptChart {
        colors,
        lines,
        scale: axes.scale,
        bounds: axes.ends.map(|ends| ends.bounds),
        ruler: Ruler::Log,
        unit,
        height: 0.0,
    }
}

/// Returns the lines of the curves that are shown.
fn lines<'a>(
    document: &Document,
    shown: &[Shown],
    names: &'a [String],
    colors: &Colors,
) -> Vec<SweptLine<'a>> {
    let looks = racer_looks(document.race.experiment(), colors);
    let lines = shown.iter().filter_map(|it| {
        Some(SweptLine {
            name: names.get(it.index)?,
            look: *looks.get(it.index)?,
            points: it.curve.runs.iter().map(|run| it.point(run)).collect(),
            now: it.curve.now.as_ref().map(|run| it.point(run)),
            best: it.curve.best.as_ref().map(|run| it.point(run)),
            selected: document.selected() == Some(it.id),
        })
    });
    lines.collect()
}

/// Returns the reason why the chart is empty.
fn nothing(document: &Document, quantity: Quantity, shown: &[Shown]) -> Option<String> {
    let data = document.race.surface().data();
    let has_classes = data.is_some_and(|data| data.labels.is_some());
    if quantity == Quantity::Accuracy && !has_classes {
        return Some("Only data with classes have an accuracy.".into());
    }
    if !shown.is_empty() {
        return None;
    }
    let study = document.shown_study();
    Some(match () {
        () if study.is_too_long() => {
            "This chart would take too long; use fewer steps or rows.".into()
        }
        () if study.is_busy() || document.race.is_busy() => "Racing with other values…".into(),
        () => match document.view.swept {
            None => "None of these racers has a learning rate.".into(),
            Some(_) => "None of these racers has this parameter.".into(),
        },
    })
}

/// Returns how often the arrow keys to the right were pressed, less those to the left. As long as
/// the chart has the focus, they do nothing else.
fn nudges(ui: &Ui, id: egui::Id) -> f64 {
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let [right, left] = [Key::ArrowRight, Key::ArrowLeft].map(|key| {
        let presses = ui.input(|input| input.num_presses(key));
        f64::from(u32::try_from(presses).unwrap_or_default())
    });
    right - left
}

/// Says how sensitive the selected racer is, and offers to set all to their best rates.
fn foot(ui: &mut Ui, desk: &mut Desk<'_>, told: Option<(&Shown, &str)>) {
    let size = vec2(ui.available_width(), FOOT - 4.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(egui::Align::Min), |ui| {
        ui.set_min_height(size.y);
        if desk.document.view.swept.is_none() && desk.is_active() {
            tune(ui, desk);
        }
        let dim = desk.colors.dim;
        ui.with_layout(Layout::left_to_right(egui::Align::Min), |ui| {
            let text = told.map(|(it, name)| {
                let so_far = if it.curve.is_finished { "" } else { ", so far" };
                format!("{name}: {}{so_far}", it.sentence())
            });
            let text = text.unwrap_or_else(|| "Select a racer to see its numbers.".to_owned());
            ui.add(Label::new(RichText::new(text).size(11.5).color(dim)).wrap());
        });
    });
}

/// Shows the button that sets every racer to its best rate.
fn tune(ui: &mut Ui, desk: &mut Desk<'_>) {
    let entry = &table::racer::TUNE;
    let hindrance = entry.hindrance(desk.workspace, desk.document);
    let text = RichText::new("Each at its best").size(11.5);
    let response = ui.add_enabled(hindrance.is_none(), Button::new(text));
    response
        .widget_info(|| WidgetInfo::labeled(egui::Role::Button, hindrance.is_none(), entry.label));
    let response = response.on_hover_text(entry.tooltip(ui.ctx()));
    let why = hindrance.unwrap_or_default();
    if response.on_disabled_hover_text(why).clicked() {
        desk.perform(entry);
    }
}
