//! The strip of small pictures, one per racer.

use egui::text::LayoutJob;
use egui::{
    Align2, CornerRadius, FontId, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    Vec2, WidgetInfo, pos2, vec2,
};

use super::super::arrangement::STRIPS;
use super::words::{explanation, label, percent, spoken};
use super::{Subject, features, head, tell_failure};
use crate::app::action::{DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::sampling::learned::Sight;
use crate::view::network::{Painted, Tile};
use crate::view::theme::RADIUS;
use crate::view::{RacerLook, racer_looks};

/// The margin of the strip at its sides.
const MARGIN: f32 = 12.0;
/// The height of the head.
const HEAD: f32 = 36.0;
/// The height of the line below a picture, and of the sentence at the bottom.
const NAME: f32 = 22.0;
const SENTENCE: f32 = 26.0;
/// The side of a picture where there is room.
const SIDE: f32 = 102.0;
/// The least room for a name. Where there is less, the marker has to do.
const LEAST_NAME: f32 = 36.0;
/// The gap between two pictures, at least and at most.
const GAPS: [f32; 2] = [5.0, 6.0];

/// Shows the strip.
pub fn strip(ui: &mut Ui, desk: &mut Desk<'_>) {
    let rect = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(rect);
    let Some(subject) = Subject::of(desk) else {
        return;
    };
    let edge = Stroke::new(1.0, desk.colors.line);
    let corners = CornerRadius::same(RADIUS - 2);
    ui.painter()
        .rect(rect, corners, desk.colors.panel, edge, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(MARGIN, 0.0));
    head::show(ui, desk, &subject, inner.with_max_y(rect.top() + HEAD));
    if rect.height() <= STRIPS[2] {
        return;
    }
    let tiles = Rect::from_min_max(
        pos2(inner.left(), rect.top() + HEAD),
        pos2(inner.right(), rect.bottom() - SENTENCE - 6.0),
    );
    pictures(ui, desk, &subject, tiles);
    let below = Rect::from_min_max(
        pos2(inner.left(), rect.bottom() - SENTENCE - 4.0),
        inner.max,
    );
    sentence(ui, desk, &subject, below);
    tell_failure(desk);
}

/// Shows the pictures, which scroll if they have no room side by side.
fn pictures(ui: &mut Ui, desk: &mut Desk<'_>, subject: &Subject<'_>, rect: Rect) {
    let side = SIDE.min(rect.height() - NAME);
    let ids: Vec<RacerId> = desk.document.shown().map(|shown| shown.id).collect();
    let nodes = [node_count(side); 2];
    let gap = gap(rect.width(), side, ids.len());
    let (document, ctx) = (desk.document, ui.ctx().clone());
    let learned = &mut desk.caches.learned;
    learned.update(&ctx, document, &ids, nodes, false);
    let experiment = document.race.experiment();
    let (names, looks) = (experiment.titles(), racer_looks(experiment, desk.colors));
    let place = UiBuilder::new().max_rect(rect);
    ui.scope_builder(place, |ui| {
        ScrollArea::horizontal()
            .id_salt(("strip", document.id()))
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = gap;
                    for shown in document.shown() {
                        let (Some(name), Some(look)) =
                            (names.get(shown.index), looks.get(shown.index))
                        else {
                            continue;
                        };
                        picture(ui, desk, subject, (shown.id, name, *look), side);
                    }
                });
            });
    });
}

/// The gap between so many pictures: six fill the usual width.
#[expect(clippy::cast_precision_loss, reason = "a handful of racers")]
fn gap(width: f32, side: f32, count: usize) -> f32 {
    let [least, most] = GAPS;
    let rest = width - side * count as f32;
    (rest / count.saturating_sub(1).max(1) as f32).clamp(least, most)
}

/// The number of nodes along a side: one every three points.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a side of a picture"
)]
fn node_count(side: f32) -> usize {
    (side / 3.0) as usize + 1
}

/// Shows the picture of a racer with its name below.
fn picture(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    subject: &Subject<'_>,
    (id, name, look): (RacerId, &str, RacerLook),
    side: f32,
) {
    let (rect, response) = ui.allocate_exact_size(vec2(side, side + NAME), Sense::click());
    let painted = desk.caches.learned.tile(id);
    let learned = painted.map(Painted::learned);
    let selected = desk.document.selected() == Some(id);
    let text = desk.lettered(label(name, &subject.outlook, learned));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &text));
    if ui.is_rect_visible(rect) {
        let area = Rect::from_min_size(rect.min, Vec2::splat(side));
        Tile {
            colors: desk.colors,
            outlook: &subject.outlook,
            palette: &subject.palette,
            classes: &subject.learner.data.classes,
            look,
            painted,
            selected,
            hovered: response.hovered(),
        }
        .paint(ui.painter(), area);
        let below = rect.with_min_y(area.bottom() + 2.0);
        let accuracy = learned.and_then(|it| it.accuracy);
        caption(ui, desk, below, (name, look), accuracy);
    }
    let response = response.on_hover_text(text);
    if response.double_clicked() && !desk.document.view.large_data {
        desk.act(DocumentAction::Select(Some(id)));
        desk.perform(&table::view::LARGE_DATA);
    } else if response.clicked() {
        desk.act(DocumentAction::Select(Some(id)));
    }
}

/// Paints the racer's marker and name, and how many rows it gets right.
fn caption(
    ui: &Ui,
    desk: &Desk<'_>,
    rect: Rect,
    (name, look): (&str, RacerLook),
    accuracy: Option<f64>,
) {
    let painter = ui.painter();
    let middle = rect.center().y;
    let rim = Stroke::new(0.8, desk.colors.rim);
    let marker = pos2(rect.left() + 5.0, middle);
    painter.extend(look.marker.filled(marker, 8.0, look.color, rim));
    let font = FontId::proportional(11.0);
    let text = desk.colors.text;
    let mut right = rect.right();
    if let Some(accuracy) = accuracy {
        let at = pos2(right, middle);
        let number = percent(accuracy);
        let number = painter.text(at, Align2::RIGHT_CENTER, number, font.clone(), text);
        right = number.left() - 4.0;
    }
    let left = rect.left() + 13.0;
    if right - left < LEAST_NAME {
        return;
    }
    let mut job = LayoutJob::simple_singleline(name.to_owned(), font, text);
    job.wrap.max_width = (right - left).max(0.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let galley = painter.layout_job(job);
    let at = pos2(left, middle - galley.size().y / 2.0);
    painter.galley(at, galley, text);
}

/// Shows what is seen across and up, which can be chosen among several features, and what the dots
/// and numbers are.
fn sentence(ui: &mut Ui, desk: &mut Desk<'_>, subject: &Subject<'_>, rect: Rect) {
    let data = &subject.learner.data;
    let feature = |index: usize| spoken(data.features.get(index).map_or("", String::as_str));
    let rest = explanation(&subject.outlook);
    let dim = desk.colors.dim;
    let write = |ui: &mut Ui, text: String| {
        let text = egui::RichText::new(text).size(11.0).color(dim);
        ui.add(egui::Label::new(text).truncate().selectable(false));
    };
    let place = UiBuilder::new().max_rect(rect);
    ui.scope_builder(place, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.spacing_mut().button_padding.x = 0.0;
            match subject.outlook.sight() {
                Sight::Plane(_) if subject.outlook.held() > 0 => {
                    features::menu(ui, desk, subject, 0);
                    write(ui, "across,".to_owned());
                    features::menu(ui, desk, subject, 1);
                    write(ui, format!("up{rest}"));
                }
                Sight::Plane([across, up]) => {
                    let (across, up) = (feature(across), feature(up));
                    write(ui, format!("{across} across, {up} up{rest}"));
                }
                Sight::Line if subject.outlook.classes() > 0 => {
                    write(ui, format!("{} across, probability up{rest}", feature(0)));
                }
                Sight::Line => {
                    let target = spoken(&data.target);
                    write(ui, format!("{} across, {target} up{rest}", feature(0)));
                }
                Sight::Pictures(_) => {
                    write(ui, rest.trim_start_matches(" · ").to_owned());
                }
            }
        });
    });
}
