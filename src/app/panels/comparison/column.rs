//! One of two races side by side: its head, its scene and its chart.

use egui::{
    Align, Align2, CornerRadius, CursorIcon, FontId, Frame, Label, Layout, Margin, Rect, RichText,
    Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::app::action::{AppAction, table};
use crate::app::desk::Desk;
use crate::app::panels::centre::{self, bar};
use crate::app::panels::right::charts;
use crate::app::panels::right::curves::Axes;
use crate::app::widgets::entry_icon;
use crate::view::theme::{caption, strong};

const GAP: f32 = 12.0;
/// The size of the square with the letter.
const BADGE: f32 = 20.0;

/// Shows the race in an area. A click on one that is not active makes it so.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, axes: Axes, remark: &str) {
    let id = desk.document.id();
    let inside = UiBuilder::new().max_rect(area).id_salt(("column", id));
    ui.scope_builder(inside, |ui| {
        head(ui, desk);
        let height = ui.available_height();
        let chart = (0.31 * height).clamp(110.0, 240.0);
        let rest = ui.available_rect_before_wrap();
        let edge = rest.bottom() - chart;
        let scene = rest.with_max_y(edge - GAP);
        let inside = UiBuilder::new().max_rect(scene).id_salt("scene");
        ui.scope_builder(inside, |ui| centre::pictures(ui, desk));
        if desk.is_active() {
            let line = Stroke::new(2.0, desk.colors.accent);
            ui.painter()
                .rect_stroke(scene, 0.0, line, StrokeKind::Inside);
        }
        let inside = UiBuilder::new()
            .max_rect(rest.with_min_y(edge))
            .id_salt("chart");
        ui.scope_builder(inside, |ui| chart_card(ui, desk, axes, remark));
        if !desk.is_active() {
            choose(ui, desk, area);
        }
    });
}

/// The letter and the title, and for the active race the menus of its scene.
fn head(ui: &mut Ui, desk: &mut Desk<'_>) {
    let letter = desk.letters().map_or("", |[_, letter]| letter);
    let is_active = desk.is_active();
    let has_bar = !desk.workspace.settings.presenter;
    ui.horizontal(|ui| {
        ui.set_height(bar::HEIGHT);
        ui.spacing_mut().item_spacing.x = 8.0;
        if letter == "A" && has_bar {
            entry_icon(ui, desk, &table::view::LEFT, vec2(28.0, bar::HEIGHT));
        }
        badge(ui, desk, letter);
        let title = desk.document.title().to_owned();
        let title = if is_active {
            strong(title).color(desk.colors.text)
        } else {
            RichText::new(title).color(desk.colors.dim)
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if is_active && has_bar {
                bar::view_menu(ui, desk);
                bar::surface_menu(ui, desk);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(title).truncate().selectable(false));
            });
        });
    });
    ui.add_space(4.0);
}

/// The letter in a square, filled if its race is the active one.
fn badge(ui: &mut Ui, desk: &Desk<'_>, letter: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(BADGE, BADGE), Sense::hover());
    let colors = desk.colors;
    let (fill, text) = if desk.is_active() {
        (colors.accent, colors.on_accent)
    } else {
        (colors.card, colors.accent)
    };
    let frame = Stroke::new(1.0, colors.accent);
    let painter = ui.painter();
    painter.rect(rect, 4.0, fill, frame, StrokeKind::Inside);
    let font = FontId::proportional(12.0);
    painter.text(rect.center(), Align2::CENTER_CENTER, letter, font, text);
}

/// The chart, with a remark on its scale.
fn chart_card(ui: &mut Ui, desk: &mut Desk<'_>, axes: Axes, remark: &str) {
    let margin = Margin::symmetric(12, 8);
    let frame = Frame::new()
        .fill(desk.colors.panel)
        .stroke(Stroke::new(1.0, desk.colors.line))
        .corner_radius(CornerRadius::ZERO)
        .inner_margin(margin);
    let bottom = ui.max_rect().bottom();
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let is_active = desk.is_active();
        ui.horizontal(|ui| {
            if is_active {
                charts::head(ui, desk, &axes, remark);
            } else {
                ui.label(caption(axes.title()).color(desk.colors.dim));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let text = RichText::new(remark).size(11.0);
                    ui.label(text.color(desk.colors.dim));
                });
            }
        });
        let top = ui.available_rect_before_wrap().top();
        let height = bottom - top - f32::from(margin.bottom) - 2.0;
        charts::plot(ui, desk, &axes, height.max(40.0));
    });
}

/// Covers the race, so that a click does nothing but make it the active one.
fn choose(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect) {
    let [_, letter] = desk.letters().unwrap_or_default();
    let id = ui.scope_id().with("work on");
    let response = ui.interact(area, id, Sense::click());
    let label = format!("Work on {letter}: {}", desk.document.title());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        desk.send(AppAction::WorkOn(desk.document.id()));
    }
}
