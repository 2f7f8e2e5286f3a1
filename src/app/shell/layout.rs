//! Where the panels stand.

use egui::{CornerRadius, Frame, Margin, Panel, Ui};

use crate::app::action::AppAction;
use crate::app::desk::Desk;
use crate::app::panels::{
    bottom, centre, comparison, formula, left, phone, right, rule, top, typing,
};
use crate::app::settings::{Fold, Settings};
use crate::app::workspace::{Editor, Layout, Racers, Side};

/// Shows all panels, and what stands above them.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    if desk.workspace.is_figure {
        figure(ui, desk);
        return;
    }
    let presenter = desk.workspace.settings.presenter;
    if desk.workspace.is_phone() && !presenter {
        phone::show(ui, desk);
    } else {
        panels(ui, desk, presenter);
    }
    bottom::progress::show(ui, desk);
    bottom::notice::show(ui, desk);
}

fn panels(ui: &mut Ui, desk: &mut Desk<'_>, presenter: bool) {
    let bar = Frame::new()
        .fill(desk.colors.panel)
        .inner_margin(Margin::symmetric(12, 0));
    if !presenter {
        Panel::top("top bar")
            .exact_size(top::HEIGHT)
            .resizable(false)
            .frame(bar)
            .show(ui, |ui| top::bar::show(ui, desk));
    }
    Panel::bottom("timeline")
        .exact_size(bottom::timeline::Sizes::of(presenter).height)
        .resizable(false)
        .frame(bar)
        .show(ui, |ui| bottom::timeline::show(ui, desk));
    if !presenter {
        sides(ui, desk);
    }
    let ground = Frame::new()
        .fill(desk.colors.window)
        .inner_margin(if presenter { 0 } else { 12 })
        .corner_radius(CornerRadius::ZERO);
    egui::CentralPanel::default()
        .frame(ground)
        .show(ui, |ui| match desk.workspace.layout() {
            Some(Layout::SideBySide) => comparison::side_by_side(ui, desk),
            Some(Layout::Ghosts) => comparison::ghosts(ui, desk, centre::show),
            None => centre::show(ui, desk),
        });
}

/// Shows the pictures and a timeline below them, as in an article.
fn figure(ui: &mut Ui, desk: &mut Desk<'_>) {
    let bar = Frame::new().fill(desk.colors.panel);
    Panel::bottom("timeline")
        .exact_size(bottom::timeline::FIGURE)
        .resizable(false)
        .frame(bar.inner_margin(Margin::symmetric(12, 0)))
        .show(ui, |ui| bottom::timeline::of_figure(ui, desk));
    if desk.workspace.has_chart {
        chart_of_figure(ui, desk);
    }
    egui::CentralPanel::default()
        .frame(Frame::new().fill(desk.colors.window))
        .show(ui, |ui| centre::pictures(ui, desk));
    bottom::progress::show(ui, desk);
    bottom::notice::show(ui, desk);
}

/// Shows the chart of a figure: beside the scene if that stays wide enough, or else below it.
fn chart_of_figure(ui: &mut Ui, desk: &mut Desk<'_>) {
    /// The shape from which a figure is wide.
    const WIDE: f32 = 1.3;
    let room = ui.available_size();
    let chart = if room.x > WIDE * room.y {
        Panel::right("chart").exact_size((0.36 * room.x).min(420.0))
    } else {
        Panel::bottom("chart").exact_size((0.4 * room.y).min(260.0))
    };
    let frame = Frame::new().fill(desk.colors.panel);
    chart
        .resizable(false)
        .frame(frame.inner_margin(Margin::same(10)))
        .show(ui, |ui| right::chart_alone(ui, desk));
}

fn sides(ui: &mut Ui, desk: &mut Desk<'_>) {
    let frame = Frame::new()
        .fill(desk.colors.panel)
        .inner_margin(Margin::same(10));
    let Settings {
        left_panel,
        right_panel,
        ..
    } = desk.workspace.settings.clone();
    match desk.workspace.racers() {
        Racers::Strip => {
            Panel::left("strip of racers")
                .exact_size(left::STRIP)
                .resizable(false)
                .frame(frame.inner_margin(left::strip_margin(ui)))
                .show(ui, |ui| left::strip(ui, desk));
            if let Some(editor) = desk.workspace.editor() {
                Panel::left("editor")
                    .exact_size(typing::width(desk.workspace.width))
                    .resizable(false)
                    .frame(frame.inner_margin(Margin::symmetric(0, 10)))
                    .show(ui, |ui| match editor {
                        Editor::Formula => formula::show(ui, desk),
                        Editor::Rule => rule::show(ui, desk),
                    });
            }
        }
        Racers::Panel => {
            let shown = Panel::left("racers")
                .default_size(left_panel.width)
                .size_range(232.0..=420.0)
                .frame(frame)
                .show(ui, |ui| comparison::left(ui, desk));
            remember_width(desk, left_panel, shown.response.rect.width(), |settings| {
                &mut settings.left_panel
            });
        }
        Racers::Hidden => {}
    }
    // Side by side, each race has its own chart.
    let has_charts = desk.workspace.layout() == Some(Layout::SideBySide);
    if desk.workspace.is_open(Side::Right) && !has_charts {
        let shown = Panel::right("numbers")
            .default_size(right_panel.width)
            .size_range(240.0..=520.0)
            .frame(frame)
            .show(ui, |ui| right::show(ui, desk));
        remember_width(desk, right_panel, shown.response.rect.width(), |settings| {
            &mut settings.right_panel
        });
    }
}

/// Remembers the width of a panel after it was dragged.
fn remember_width(
    desk: &mut Desk<'_>,
    panel: Fold,
    width: f32,
    of: fn(&mut Settings) -> &mut Fold,
) {
    let is_narrow = desk.workspace.has_drawer(Side::Right);
    if (width - panel.width).abs() > 1.0 && !is_narrow {
        let mut settings = desk.workspace.settings.clone();
        of(&mut settings).width = width;
        desk.send(AppAction::Settings(Box::new(settings)));
    }
}
