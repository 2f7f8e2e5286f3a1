//! The strip of small pictures, one per racer.

use egui::{Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use super::super::arrangement::STRIPS;
use super::{Subject, features, head, tell_failure};
use crate::app::action::{DocumentAction, table};
use crate::app::desk::Desk;
use crate::app::document::ids::RacerId;
use crate::sampling::learned::Sight;
use crate::view::network::strip::{Areas, Caption, paint_ground};
use crate::view::network::words::{explanation, label, sentence as in_words};
use crate::view::network::{Painted, Tile};
use crate::view::{RacerLook, racer_looks};

/// The side of a picture where there is room.
const SIDE: f32 = 102.0;
/// The gap between two pictures, at least and at most.
const GAPS: [f32; 2] = [5.0, 6.0];

/// Shows the strip.
pub fn strip(ui: &mut Ui, desk: &mut Desk<'_>) {
    let rect = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(rect);
    let Some(subject) = Subject::of(desk) else {
        return;
    };
    paint_ground(ui.painter(), desk.colors, rect);
    let areas = Areas::of(rect, true);
    head::show(ui, desk, &subject, areas.head);
    if rect.height() <= STRIPS[2] {
        return;
    }
    pictures(ui, desk, &subject, areas.tiles);
    sentence(ui, desk, &subject, areas.sentence);
    tell_failure(desk);
}

/// Shows the pictures, which scroll if they have no room side by side.
fn pictures(ui: &mut Ui, desk: &mut Desk<'_>, subject: &Subject<'_>, rect: Rect) {
    let side = SIDE.min(rect.height() - Caption::HEIGHT);
    let ids: Vec<RacerId> = desk.document.shown().map(|shown| shown.id).collect();
    let nodes = Tile::nodes(Vec2::splat(side));
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

/// Shows the picture of a racer with its name below.
fn picture(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    subject: &Subject<'_>,
    (id, name, look): (RacerId, &str, RacerLook),
    side: f32,
) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(side, side + Caption::HEIGHT), Sense::click());
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
        Caption {
            colors: desk.colors,
            name,
            look,
            accuracy: learned.and_then(|it| it.accuracy),
        }
        .paint(ui.painter(), below);
    }
    let response = response.on_hover_text(text);
    if response.double_clicked() && !desk.document.view.large_data {
        desk.act(DocumentAction::Select(Some(id)));
        desk.perform(&table::view::LARGE_DATA);
    } else if response.clicked() {
        desk.act(DocumentAction::Select(Some(id)));
    }
}

/// Shows what is seen across and up, which can be chosen among several features, and what the dots
/// and numbers are.
fn sentence(ui: &mut Ui, desk: &mut Desk<'_>, subject: &Subject<'_>, rect: Rect) {
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
                _ => write(ui, in_words(&subject.outlook, &subject.learner.data)),
            }
        });
    });
}
