//! The losses of two races at the playhead, racer by racer.

use egui::{
    Align, Align2, FontId, Layout, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::action::{Action, DocumentAction};
use crate::app::caches::seeds::SeedCache;
use crate::app::desk::Desk;
use crate::app::document::Document;
use crate::app::document::ids::{DocumentId, RacerId};
use crate::number::{count, lowest_first, short};
use crate::view::theme::{blend, caption};
use crate::view::{RacerLook, fonts, racer_looks};

const ROW: f32 = 25.0;
/// The width of a column of losses.
const COLUMN: f32 = 64.0;

/// A racer of either race.
struct Row {
    name: String,
    look: Option<RacerLook>,
    /// The racer in A and in B.
    racers: [Option<RacerId>; 2],
    /// Its losses in A and in B.
    losses: [Option<f64>; 2],
}

impl Row {
    /// Returns the lower of the two losses.
    fn best(&self) -> f64 {
        let losses = self.losses.iter().flatten().copied();
        losses
            .min_by(|a, b| lowest_first(*a, *b))
            .unwrap_or(f64::NAN)
    }
}

/// Shows the table.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(both) = desk.workspace.compared() else {
        return;
    };
    let rows = rows(desk, both);
    if rows.is_empty() {
        return;
    }
    heading(ui, desk, both);
    ui.spacing_mut().item_spacing.y = 0.0;
    for it in &rows {
        row(ui, desk, both, it);
    }
    ui.add_space(8.0);
    let text = "The lower of the two is bright. Click a name to select the racer in both.";
    ui.label(RichText::new(text).size(11.0).color(desk.colors.dim));
}

/// Returns the racers of both, the one with the lowest loss first.
fn rows(desk: &mut Desk<'_>, both: [&Document; 2]) -> Vec<Row> {
    let Some(beside) = &desk.beside else {
        return Vec::new();
    };
    let (theirs, mine) = (beside.document, desk.document);
    let pairs = &desk.caches.differences.between(theirs, mine).pairs;
    let is_first = both[0].id() == mine.id();
    let in_order = |own, other| if is_first { [own, other] } else { [other, own] };
    let own_looks = racer_looks(mine.experiment(), desk.colors);
    let looks = racer_looks(theirs.experiment(), desk.colors);
    let mut rows = Vec::new();
    let racers = mine.lineup().ids().iter().zip(mine.experiment().titles());
    for ((&id, name), look) in racers.zip(own_looks) {
        let other = pairs.theirs(id);
        let other = other.and_then(|index| theirs.lineup().ids().get(index).copied());
        rows.push(Row {
            name,
            look: Some(look),
            racers: in_order(Some(id), other),
            losses: [None; 2],
        });
    }
    let others = theirs
        .lineup()
        .ids()
        .iter()
        .zip(theirs.experiment().titles());
    for (index, (&id, name)) in others.enumerate() {
        if pairs.mine(index).is_none() {
            rows.push(Row {
                name,
                look: looks.get(index).copied(),
                racers: in_order(None, Some(id)),
                losses: [None; 2],
            });
        }
    }
    let seeds = |document: &Document| {
        if document.id() == mine.id() {
            &desk.caches.seeds
        } else {
            &beside.caches.seeds
        }
    };
    for row in &mut rows {
        row.losses = [0, 1].map(|side| loss(both[side], seeds(both[side]), row.racers[side]?));
    }
    rows.sort_by(|a, b| lowest_first(a.best(), b.best()));
    rows
}

/// Returns the loss of a racer at the playhead: the median, if there are several seeds.
fn loss(document: &Document, seeds: &SeedCache, racer: RacerId) -> Option<f64> {
    let median = seeds.median_loss(document, document.race.lineup().index_of(racer)?);
    median.or_else(|| {
        let path = document.race.path_of(racer)?;
        Some(path.loss_at(document.clock().step_of(path)))
    })
}

fn heading(ui: &mut Ui, desk: &Desk<'_>, both: [&Document; 2]) {
    let step = both
        .map(Document::step)
        .into_iter()
        .max()
        .unwrap_or_default();
    ui.horizontal(|ui| {
        ui.set_height(24.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        let has_seeds = both.iter().any(|it| it.race.experiment().seeds > 1);
        let what = if has_seeds { "Median loss" } else { "Loss" };
        let text = format!("{what} at step {}", count(step));
        ui.label(caption(&text).color(desk.colors.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            for letter in ["B", "A"] {
                let text = RichText::new(letter).size(11.0).color(desk.colors.accent);
                let size = vec2(COLUMN, 20.0);
                let right = Layout::right_to_left(Align::Center);
                ui.allocate_ui_with_layout(size, right, |ui| {
                    ui.set_min_width(COLUMN);
                    ui.label(text);
                });
            }
        });
    });
}

fn row(ui: &mut Ui, desk: &mut Desk<'_>, both: [&Document; 2], it: &Row) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let texts = it.losses.map(|loss| loss.map_or("–".to_owned(), short));
    let selected = it
        .racers
        .iter()
        .zip(both)
        .any(|(racer, document)| racer.is_some() && *racer == document.selected());
    response.widget_info(|| {
        let [a, b] = &texts;
        let label = format!("{}: loss {a} in A, {b} in B", it.name);
        WidgetInfo::selected(Role::Row, true, selected, label)
    });
    let painter = ui.painter_at(rect);
    if selected || response.hovered() {
        let strength = if selected { 0.10 } else { 0.05 };
        let fill = blend(desk.colors.panel, desk.colors.text, strength);
        painter.rect_filled(rect, 4.0, fill);
    }
    let middle = rect.center().y;
    if let Some(look) = it.look {
        let at = pos2(rect.left() + 12.0, middle);
        painter.extend(look.marker.filled(at, 10.0, look.color, Stroke::NONE));
    }
    let right = rect.right() - 4.0;
    let mut left = right;
    for (side, edge) in [right - COLUMN, right].into_iter().enumerate() {
        let color = if is_better(it.losses, side) {
            desk.colors.text
        } else {
            desk.colors.dim
        };
        let at = pos2(edge, middle);
        let font = fonts::numbers(12.0);
        let drawn = painter.text(at, Align2::RIGHT_CENTER, &texts[side], font, color);
        left = left.min(drawn.left());
    }
    let room = Rect::from_x_y_ranges(rect.left() + 28.0..=left - 8.0, rect.y_range());
    painter.with_clip_rect(room.intersect(ui.clip_rect())).text(
        pos2(room.left(), middle),
        Align2::LEFT_CENTER,
        &it.name,
        FontId::proportional(13.0),
        desk.colors.text,
    );
    if response.clicked() {
        select(desk, both, it);
    }
}

/// Returns whether the loss on one side is no worse than on the other.
fn is_better(losses: [Option<f64>; 2], side: usize) -> bool {
    let [own, other] = if side == 0 {
        losses
    } else {
        [losses[1], losses[0]]
    };
    match (own, other) {
        (Some(own), Some(other)) => lowest_first(own, other).is_le(),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// Selects the racer where it is; the other race follows.
fn select(desk: &mut Desk<'_>, both: [&Document; 2], it: &Row) {
    let active = desk.document.id();
    let sides = it.racers.iter().zip(both);
    let found: Vec<(DocumentId, RacerId)> = sides
        .filter_map(|(racer, document)| Some((document.id(), (*racer)?)))
        .collect();
    let own = found.iter().find(|(document, _)| *document == active);
    if let Some((document, racer)) = own.or(found.first()) {
        let select = DocumentAction::Select(Some(*racer));
        desk.actions.push(Action::Document(*document, select));
    }
}
