//! The chart: one quantity of all racers against steps, gradients, rows or epochs.

use std::sync::Arc;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Button, Layout, PopupCloseBehavior, RichText, Role, Ui, WidgetInfo};

use crate::analysis::{Quantity, TimeUnit};
use crate::app::action::{DocumentAction, table};
use crate::app::caches::chart::{ChartCache, Curve};
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::document::clock::Clock;
use crate::simulation::Trajectory;
use crate::view::chart::{Chart, ChartLine, Scale};
use crate::view::theme::caption;
use crate::view::{Colors, RacerLook, racer_looks};

/// What a chart shows, and along which axes.
#[derive(Clone, Copy)]
pub struct Axes {
    quantity: Quantity,
    against: TimeUnit,
    /// The scale of the vertical axis.
    pub scale: Scale,
    /// The ends of the axes, if they do not follow from the curves alone.
    pub ends: Option<Ends>,
}

/// The ends of the axes of a chart.
#[derive(Clone, Copy)]
pub struct Ends {
    /// The lowest and highest point of the vertical axis.
    pub bounds: [f64; 2],
    /// The end of the horizontal axis.
    pub end: f64,
}

impl Axes {
    /// Returns the axes that a document asks for.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let settings = &document.view;
        let quantity = settings.chart;
        let has_data = document.race.surface().data().is_some();
        let against = match settings.against {
            against if against.needs_data() && !has_data => TimeUnit::Steps,
            against => against,
        };
        let scale = match (settings.linear, quantity) {
            (true, _) => Scale::Linear,
            (false, Quantity::Loss) => Scale::of(document.race.minima()),
            (false, _) => Scale::Log { floor: 0.0 },
        };
        Self {
            quantity,
            against,
            scale,
            ends: None,
        }
    }

    /// Returns the title of the chart.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.quantity.label()
    }
}

/// Shows the chart.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, height: f32) {
    let axes = Axes::of(desk.document);
    ui.horizontal(|ui| head(ui, desk, &axes, ""));
    plot(ui, desk, &axes, height);
}

/// Shows what is above a chart: the quantity and the axes, which can be changed, and a remark.
pub fn head(ui: &mut Ui, desk: &mut Desk<'_>, axes: &Axes, remark: &str) {
    chooser(ui, desk, axes.quantity);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        axes_menu(ui, desk, axes, remark);
    });
}

/// The curves of the racers that are shown.
struct Curves<'a> {
    names: Vec<String>,
    looks: Vec<RacerLook>,
    selected: Option<usize>,
    /// The indices of the racers, with their curves.
    shown: Vec<(usize, &'a Curve)>,
    by_step: bool,
    clock: Clock,
    paths: &'a [Arc<Trajectory>],
    /// The end of the horizontal axis.
    end: f64,
}

impl<'a> Curves<'a> {
    fn of(
        document: &'a Document,
        cache: &'a ChartCache,
        against: TimeUnit,
        colors: &Colors,
    ) -> Self {
        let experiment = document.race.experiment();
        let clock = document.clock();
        let by_step = against == TimeUnit::Steps || (against.needs_data() && !clock.is_by_rows());
        let shown: Vec<(usize, &Curve)> = document
            .shown()
            .filter_map(|shown| Some((shown.index, cache.curves.get(shown.index)?)))
            .collect();
        let ends = shown.iter().filter_map(|(_, curve)| curve.at(usize::MAX));
        #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
        let end = if by_step {
            experiment.steps as f64
        } else {
            ends.map(|[x, _]| x).fold(1.0, f64::max)
        };
        Self {
            names: experiment.titles(),
            looks: racer_looks(experiment, colors),
            selected: document.selected_index(),
            shown,
            by_step,
            clock,
            paths: document.race.paths(),
            end,
        }
    }

    fn lines(&self) -> Vec<ChartLine<'_>> {
        let step = |racer_index: usize| {
            let path = self.paths.get(racer_index);
            path.map_or(0, |path| self.clock.step_of(path))
        };
        let lines = self.shown.iter().map(|&(racer_index, curve)| ChartLine {
            name: &self.names[racer_index],
            series: &curve.series,
            values: Some(curve.values()),
            colors: self.looks[racer_index],
            now: if self.by_step {
                None
            } else {
                curve.at(step(racer_index))
            },
            selected: self.selected == Some(racer_index),
        });
        lines.collect()
    }
}

/// Returns where the axes would end if they followed from the curves of this document alone.
pub fn ends(desk: &mut Desk<'_>, axes: &Axes) -> Ends {
    let cache = &mut desk.caches.chart;
    cache.update(desk.document, axes.quantity, axes.against, axes.scale);
    let curves = Curves::of(desk.document, cache, axes.against, desk.colors);
    let chart = Chart {
        colors: desk.colors,
        lines: &curves.lines(),
        scale: axes.scale,
        bounds: None,
        end: curves.end,
        unit: axes.against.label(),
        counts: axes.against != TimeUnit::Epochs,
        playhead: None,
        height: 0.0,
    };
    Ends {
        bounds: chart.fitted_bounds(),
        end: curves.end,
    }
}

/// Shows the curves, along these axes.
pub fn plot(ui: &mut Ui, desk: &mut Desk<'_>, axes: &Axes, height: f32) {
    let Axes {
        quantity,
        against,
        scale,
        ends,
    } = *axes;
    let document = desk.document;
    desk.caches.chart.update(document, quantity, against, scale);
    let cache = &desk.caches.chart;
    if let Some(sentence) = nothing(cache, quantity) {
        ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            ui.label(RichText::new(sentence).size(12.0).color(desk.colors.dim));
        });
        return;
    }
    let curves = Curves::of(document, cache, against, desk.colors);
    let Curves {
        shown,
        by_step,
        clock,
        ..
    } = &curves;
    let by_step = *by_step;
    let answer = Chart {
        colors: desk.colors,
        lines: &curves.lines(),
        scale,
        bounds: ends.map(|it| it.bounds),
        end: ends.map_or(curves.end, |it| it.end),
        unit: against.label(),
        counts: against != TimeUnit::Epochs,
        playhead: match clock.now() {
            Some([now, _]) => Some(now),
            None => by_step.then_some(document.playback.playhead),
        },
        height,
    }
    .show(ui);
    answer.response.widget_info(|| {
        let label = quantity.label();
        let text = format!(
            "Chart: {label} of every racer against the {}",
            against.label()
        );
        WidgetInfo::labeled(Role::Image, true, desk.lettered(text))
    });
    // If the racers' steps are at different positions here, the selected racer's step counts.
    let guide = shown
        .iter()
        .find(|(racer_index, _)| curves.selected == Some(*racer_index));
    let guide = guide.or(shown.first()).map(|(_, curve)| *curve);
    let step_at = |x: f64| guide.map_or(0, |curve| curve.step_at(x));
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    let seek = answer.seek.map(|x| match clock.is_by_rows() {
        true => clock.playhead_at(x),
        false if by_step => x,
        false => step_at(x) as f64,
    });
    if let Some(step) = seek {
        desk.seek(step);
    }
}

/// Returns the reason why the chart is empty.
fn nothing(cache: &ChartCache, quantity: Quantity) -> Option<&'static str> {
    if cache.too_long {
        return Some("This race is too long for this chart; use fewer steps.");
    }
    let empty = cache.curves.iter().all(Curve::is_empty);
    (empty && !cache.curves.is_empty()).then_some(match quantity {
        Quantity::Distance => "This surface has no known minimum.",
        Quantity::Memory => "None of these rules keeps a memory of earlier gradients.",
        _ => "There is nothing to show.",
    })
}

/// Shows the quantity, which can be changed.
fn chooser(ui: &mut Ui, desk: &mut Desk<'_>, quantity: Quantity) {
    let text = caption(&format!("{} ▾", quantity.label())).color(desk.colors.dim);
    let (response, _) = MenuButton::from_button(Button::new(text).frame(false)).ui(ui, |ui| {
        ui.set_min_width(200.0);
        for choice in Quantity::ALL {
            let item = ui.selectable_label(choice == quantity, choice.label());
            if item.on_hover_text(choice.help()).clicked() {
                desk.act(DocumentAction::Chart(choice));
                ui.close();
            }
        }
    });
    let label = format!("Chart of: {}", quantity.label());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    response.on_hover_text(quantity.help());
}

/// Shows the scale and the unit of the horizontal axis, which can be changed.
fn axes_menu(ui: &mut Ui, desk: &mut Desk<'_>, axes: &Axes, remark: &str) {
    let Axes { against, scale, .. } = *axes;
    let (kind, help) = match scale {
        Scale::Log { floor } if floor != 0.0 => (
            "log above the minimum",
            "Loss minus the loss of the global minimum, on a logarithmic scale",
        ),
        Scale::Log { .. } => ("log", "A logarithmic scale"),
        Scale::SymLog => (
            "symlog",
            "This surface has no minimum: logarithmic on both sides of 0, linear near it",
        ),
        Scale::Linear => ("linear", "A linear scale"),
    };
    let by = match against {
        TimeUnit::Steps => "by step",
        TimeUnit::Gradients => "by gradient",
        TimeUnit::Rows => "by row seen",
        TimeUnit::Epochs => "by epoch",
    };
    let remark = match remark {
        "" => String::new(),
        remark => format!("{remark} · "),
    };
    let text = RichText::new(format!("{remark}{kind} · {by} ▾"))
        .size(11.0)
        .color(desk.colors.dim);
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = MenuButton::from_button(Button::new(text).frame(false))
        .config(stays)
        .ui(ui, |ui| {
            ui.set_min_width(180.0);
            let mut linear = desk.document.view.linear;
            if ui
                .checkbox(&mut linear, table::view::LINEAR.label)
                .clicked()
            {
                desk.perform(&table::view::LINEAR);
            }
            ui.separator();
            ui.label(RichText::new("against").size(11.0).color(desk.colors.dim));
            let has_data = desk.document.race.surface().data().is_some();
            let choices = TimeUnit::ALL.into_iter();
            for choice in choices.filter(|choice| has_data || !choice.needs_data()) {
                if ui.radio(choice == against, choice.label()).clicked() {
                    desk.act(DocumentAction::ChartAgainst(choice));
                }
            }
        });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Axes of the chart"));
    response.on_hover_text(help);
}
