//! The chart: one quantity of all racers against steps, gradients, rows or epochs.

use std::sync::Arc;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Align, Button, Context, Layout, PopupCloseBehavior, RichText, Role, Ui, WidgetInfo};

use super::curves::{self, Axes, Curves, Ends};
use super::{of_network, sensitivity};
use crate::analysis::sensitivity::knobs;
use crate::analysis::{Quantity, TimeUnit};
use crate::app::action::{DocumentAction, table};
use crate::app::caches::chart::{ChartCache, Curve};
use crate::app::desk::Desk;
use crate::app::widgets::ValueSlider;
use crate::app::widgets::finger::{self, Way};
use crate::optimizer::Valid;
use crate::view::chart::{Chart, Scale};
use crate::view::theme::caption;

/// Shows the chart.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, height: f32) {
    let axes = Axes::of(desk.document);
    ui.horizontal(|ui| head(ui, desk, &axes, ""));
    let height = if axes.quantity.is_swept() {
        sensitivity::HIGHER * height + sensitivity::FOOT
    } else {
        height
    };
    plot(ui, desk, &axes, height);
}

/// Returns where the axes would end if they followed from the curves of this document alone.
pub fn ends(ctx: &Context, desk: &mut Desk<'_>, axes: &Axes) -> Ends {
    if axes.quantity.is_swept() {
        let bounds = sensitivity::bounds(desk, axes);
        return Ends { bounds, end: 1.0 };
    }
    curves::ends(ctx, desk, axes)
}

/// Shows what is above a chart: the quantity and the axes, which can be changed, and a remark.
pub fn head(ui: &mut Ui, desk: &mut Desk<'_>, axes: &Axes, remark: &str) {
    let is_network = desk.document.race.surface().network().is_some();
    if is_network {
        of_network::chooser(ui, desk, axes.quantity);
    } else {
        chooser(ui, desk, axes.quantity);
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        axes_menu(ui, desk, axes, remark);
        if is_network {
            of_network::legend(ui, desk, axes.quantity);
        }
    });
}

/// Shows the curves, along these axes.
pub fn plot(ui: &mut Ui, desk: &mut Desk<'_>, axes: &Axes, height: f32) {
    if axes.quantity.is_swept() {
        sensitivity::show(ui, desk, axes, height);
        return;
    }
    let Axes {
        quantity,
        against,
        scale,
        ends,
    } = *axes;
    let document = desk.document;
    let caches = &mut *desk.caches;
    caches
        .chart
        .update(ui.ctx(), document, &caches.seeds, quantity, against, scale);
    caches.chart.update_ghost(
        document,
        caches.others.original(),
        (quantity, against, scale),
    );
    let cache = &desk.caches.chart;
    if let Some(sentence) = nothing(cache, quantity) {
        ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            ui.label(RichText::new(sentence).size(12.0).color(desk.colors.dim));
        });
        return;
    }
    let curves = Curves::of(document, cache, against, desk.colors);
    let answer = Chart {
        colors: desk.colors,
        lines: &curves.lines(),
        scale,
        bounds: ends.map(|it| it.bounds).or_else(|| curves.bounds(quantity)),
        end: ends.map_or(curves.end, |it| it.end),
        unit: against.label(),
        counts: curves::has_whole_numbers(document, against),
        playhead: curves.playhead(document),
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
    let scrolls = finger::way(ui, &answer.response) == Some(Way::Across);
    let seek = answer.seek.filter(|_| !scrolls);
    if let Some(step) = seek.map(|x| curves.playhead_at(x)) {
        desk.seek(step);
    }
}

/// Returns the reason why the chart is empty.
fn nothing(cache: &ChartCache, quantity: Quantity) -> Option<&'static str> {
    if cache.too_long {
        return Some("This chart would take too long; use fewer steps, rows or seeds.");
    }
    if cache.is_busy() && cache.curves.is_empty() {
        return Some("The race is run again for this chart.");
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
        let surface = Arc::clone(desk.document.race.surface());
        let data = surface.data();
        let has_classes = data.is_some_and(|data| data.labels.is_some());
        let offered =
            |it: &Quantity| it.exists_on(&*surface) && (has_classes || *it != Quantity::Accuracy);
        for choice in Quantity::ALL.into_iter().filter(offered) {
            if choice == Quantity::Sensitivity {
                ui.separator();
                let by = format!("by {}", sensitivity::parameter(desk.document));
                ui.label(RichText::new(by).size(11.0).color(desk.colors.dim));
            }
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
        // The title of a chart of other values leaves room for no more.
        Scale::Log { floor } if floor != 0.0 && axes.quantity.is_swept() => (
            "log",
            "Loss minus the loss of the global minimum, on a logarithmic scale",
        ),
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
    let is_swept = axes.quantity.is_swept();
    let by = match against {
        _ if is_swept => format!("by {}", sensitivity::parameter(desk.document)),
        TimeUnit::Steps => "by step".to_owned(),
        TimeUnit::Gradients => "by gradient".to_owned(),
        TimeUnit::Cost => "by cost".to_owned(),
        TimeUnit::Rows => "by row seen".to_owned(),
        TimeUnit::Epochs => "by epoch".to_owned(),
    };
    let remark = match remark {
        "" => String::new(),
        remark => format!("{remark} · "),
    };
    let is_network = desk.document.race.surface().network().is_some();
    let text = if is_network {
        format!("{remark}{by} ▾")
    } else {
        format!("{remark}{kind} · {by} ▾")
    };
    let text = RichText::new(text).size(11.0).color(desk.colors.dim);
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = MenuButton::from_button(Button::new(text).frame(false))
        .config(stays)
        .ui(ui, |ui| {
            ui.set_min_width(180.0);
            let has_choice = !curves::has_linear_scale(axes.quantity);
            let mut linear = desk.document.view.linear;
            if has_choice
                && ui
                    .checkbox(&mut linear, table::view::LINEAR.label)
                    .clicked()
            {
                desk.perform(&table::view::LINEAR);
            }
            if is_swept {
                sweep_menu(ui, desk, axes.quantity);
                return;
            }
            ui.separator();
            ui.label(RichText::new("against").size(11.0).color(desk.colors.dim));
            let has_data = desk.document.race.surface().rows() > 0;
            let choices = TimeUnit::ALL.into_iter();
            for choice in choices.filter(|choice| has_data || !choice.needs_data()) {
                let mut item = ui.radio(choice == against, choice.label());
                if let Some(help) = choice.help() {
                    item = item.on_hover_text(help);
                }
                if item.clicked() {
                    desk.act(DocumentAction::ChartAgainst(choice));
                }
            }
            if is_network {
                of_network::others(ui, desk, axes.quantity);
            }
        });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Axes of the chart"));
    response.on_hover_text(help);
}

/// Shows the hyper-parameters that can be swept and, for the chart of steps, the loss to reach.
fn sweep_menu(ui: &mut Ui, desk: &mut Desk<'_>, quantity: Quantity) {
    if quantity == Quantity::Arrival {
        let text = "loss to reach, above the minimum";
        ui.label(RichText::new(text).size(11.0).color(desk.colors.dim));
        let mut sliders = std::mem::take(&mut desk.memory.sliders);
        let target = desk.document.view.target;
        let slider = ValueSlider::new("Loss to reach", target, [1e-10, 1e2], true);
        let moved = slider.valid(Valid::Positive).show(ui, &mut sliders);
        desk.memory.sliders = sliders;
        if let Some(target) = moved {
            desk.act(DocumentAction::Target(target));
        }
    }
    ui.separator();
    ui.label(RichText::new("against").size(11.0).color(desk.colors.dim));
    let document = desk.document;
    let swept = document.view.swept.as_deref();
    if ui.radio(swept.is_none(), "learning rate").clicked() {
        desk.act(DocumentAction::Sweep(None));
    }
    let plans = document.experiment().racers.iter().map(|it| &it.plan);
    for (name, parameter) in knobs(plans) {
        let is_chosen = swept == Some(&*name);
        let item = ui.radio(is_chosen, parameter.label());
        if item.on_hover_text(parameter.help).clicked() {
            desk.act(DocumentAction::Sweep(Some(name)));
        }
    }
}
