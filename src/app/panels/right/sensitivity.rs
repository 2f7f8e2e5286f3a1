//! The charts of how races end, against the values of a hyper-parameter.

use std::sync::Arc;

use egui::{Button, EventFilter, Key, Label, Layout, RichText, Ui, WidgetInfo, vec2};

use super::curves::Axes;
use crate::analysis::Quantity;
use crate::analysis::sensitivity::{Curve, Grid, Ground, Knob, Ruler, Run};
use crate::app::action::{DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::document::change::Change;
use crate::app::document::ids::RacerId;
use crate::experiment::{Plan, Schedule};
use crate::optimizer::{Valid, Value};
use crate::view::chart::{SweptChart, SweptLine};
use crate::view::{Colors, number, racer_looks};

/// The height of what is below the chart: three lines.
pub const FOOT: f32 = 52.0;
/// How much higher the chart is than one over the race: its curves are steeper.
pub const HIGHER: f32 = 1.25;
/// How far an arrow key moves the dot, as a share of a decade or of a linear axis.
const NUDGE: f64 = 0.05;

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

/// A racer's curve as the chart shows it.
struct Shown {
    id: RacerId,
    index: usize,
    curve: Arc<Curve>,
    ground: Ground,
    quantity: Quantity,
}

/// Returns the curves of the racers that are shown.
fn shown(document: &Document, quantity: Quantity) -> Vec<Shown> {
    let study = document.shown_study();
    let Some(ground) = study.ground() else {
        return Vec::new();
    };
    let shown = document.shown().filter_map(|it| {
        Some(Shown {
            id: it.id,
            index: it.index,
            curve: Arc::clone(study.curve_of(it.id)?),
            ground: ground.clone(),
            quantity,
        })
    });
    shown.collect()
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

impl Shown {
    /// Returns the point of a run: its position and its value.
    fn point(&self, run: &Run) -> [f64; 2] {
        [self.curve.ruler.position(run.value), self.value(run)]
    }

    /// Returns the value of a run: NaN if it leads nowhere, infinite if it never reaches the loss.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn value(&self, run: &Run) -> f64 {
        match self.quantity {
            _ if run.ending.is_lost() => f64::NAN,
            Quantity::Arrival => run.ending.arrived.map_or(f64::INFINITY, |step| step as f64),
            Quantity::Accuracy => run.accuracy.map_or(f64::NAN, |share| 100.0 * share),
            _ => run.loss(),
        }
    }

    /// Returns the value of a run in words, with the value of the parameter.
    fn told(&self, run: &Run) -> String {
        let at = number::precise(run.value);
        let value = self.value(run);
        match self.quantity {
            _ if value.is_nan() => format!("diverges at {at}"),
            _ if value.is_infinite() => format!("never at {at}"),
            Quantity::Arrival => format!("{value:.0} steps at {at}"),
            Quantity::Accuracy => format!("{} % at {at}", number::short(value)),
            _ => format!("{} at {at}", number::short(value)),
        }
    }

    /// Returns the same, with the loss above the minimum if that is not 0.
    fn told_above(&self, run: &Run) -> String {
        let is_loss = self.quantity == Quantity::Sensitivity && !run.ending.is_lost();
        let is_above = self.ground.floor.is_some_and(|floor| floor != 0.0);
        if is_loss && is_above {
            let excess = number::short(self.ground.excess(run.ending.loss));
            let at = number::precise(run.value);
            return format!("{excess} above the minimum at {at}");
        }
        self.told(run)
    }

    /// Returns the numbers of the present and of the best value.
    fn numbers(&self) -> String {
        let now = self.curve.now.map(|run| self.told(&run));
        let best = self.curve.best.map(|run| self.told(&run));
        match (now, best) {
            (Some(now), Some(best)) => format!("{now}, at best {best}"),
            (Some(now), None) => now,
            _ => "nothing yet".to_owned(),
        }
    }

    /// Returns how good the best value is, and how wide the range of good ones.
    fn sentence(&self) -> String {
        let Some(best) = self.curve.best else {
            return "diverges at all values".to_owned();
        };
        let best = self.told_above(&best);
        let Some(region) = self
            .curve
            .region
            .filter(|_| self.quantity == Quantity::Sensitivity)
        else {
            return format!("ends best with {best}");
        };
        let over = match region.decades {
            Some(decades) if decades < 0.1 => format!("{} decades", number::short(decades)),
            Some(decades) => format!("{decades:.1} decades"),
            None => {
                let [from, to] = [region.from, region.to].map(number::short);
                format!("{from} to {to}")
            }
        };
        if region.is_within_10x {
            format!("within 10x of its best ({best}) over {over}")
        } else {
            let limit = number::short(region.limit);
            format!("below {limit} over {over}; its best is {best}")
        }
    }

    /// Moves the racer's value to a position, as its slider would.
    fn move_to(&self, desk: &mut Desk<'_>, position: f64) {
        let Some((plan, knob)) = self.knob(desk.document) else {
            return;
        };
        let now = knob.value(&plan);
        let Some([low, high]) = Grid::of(&knob, now).and_then(|grid| grid.ends()) else {
            return;
        };
        let ruler = self.curve.ruler;
        let value = ruler.rounded(ruler.value(position)).clamp(low, high);
        let value = match knob.valid() {
            Valid::Count | Valid::Whole => value.round(),
            _ => value,
        };
        if value != now {
            self.set(desk, plan, &knob, value);
        }
    }

    /// Moves the racer's value by some steps of the keyboard.
    fn nudge(&self, desk: &mut Desk<'_>, steps: f64) {
        let Some((plan, knob)) = self.knob(desk.document) else {
            return;
        };
        let ruler = self.curve.ruler;
        let runs = &self.curve.runs;
        let step = match (ruler, runs.first(), runs.last()) {
            (Ruler::Linear, Some(first), Some(last)) => NUDGE * 0.2 * (last.value - first.value),
            _ => NUDGE,
        };
        let step = match knob.valid() {
            Valid::Count | Valid::Whole => {
                let now = knob.value(&plan);
                let whole = ruler.position(now + steps.signum()) - ruler.position(now);
                step.max(whole.abs())
            }
            _ => step,
        };
        self.move_to(desk, ruler.position(knob.value(&plan)) + steps * step);
    }

    fn knob(&self, document: &Document) -> Option<(Plan, Knob)> {
        let plan = document.lineup().racer(self.id)?.plan.clone();
        let knob = Knob::find(&plan, document.view.swept.as_deref())?;
        Some((plan, knob))
    }

    fn set(&self, desk: &mut Desk<'_>, mut plan: Plan, knob: &Knob, value: f64) {
        match &mut plan.schedule {
            Schedule::OneCycle {
                max_learning_rate, ..
            } if knob.is_of_schedule() => {
                *max_learning_rate = value;
                desk.change(Change::Schedule(self.id, plan.schedule));
            }
            _ => {
                let linked = desk.document.linked.contains(&*knob.parameter.name);
                desk.change(Change::Parameter {
                    racer: self.id,
                    parameter: knob.index,
                    value: Value::Number(value),
                    linked,
                });
            }
        }
    }
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
