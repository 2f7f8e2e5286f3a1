//! What differs between two races, each difference with a way to end it.

use egui::text::LayoutJob;
use egui::{
    Align, CursorIcon, FontId, Label, Layout, Rect, Response, RichText, Role, Sense, Stroke,
    TextFormat, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::app::desk::Desk;
use crate::app::document::change::Change;
use crate::app::document::difference::{Aspect, Difference, Values};
use crate::view::theme::caption;
use crate::view::{RacerLook, fonts, racer_looks};

const ROW: f32 = 44.0;
const QUIET_ROW: f32 = 24.0;
/// The space for a racer's marker.
const MARKER: f32 = 24.0;

/// Shows the differences, and what is the same.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (Some(letters), Some(beside)) = (desk.letters(), &desk.beside) else {
        return;
    };
    let theirs = beside.document;
    let all = desk.caches.differences.between(theirs, desk.document);
    let all = all.clone();
    let races = [theirs.experiment(), desk.document.experiment()];
    let looks = races.map(|race| racer_looks(race, desk.colors));
    let (quiet, loud): (Vec<_>, Vec<_>) = all.list.iter().partition(|it| it.is_quiet());
    heading(ui, desk, loud.len());
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut taken = None;
    for &difference in &loud {
        let look = look_of(desk, difference, &looks);
        if row(ui, desk, difference, look, letters) {
            taken = Some(difference);
        }
    }
    if loud.is_empty() {
        sentence(ui, desk, "A and B are the same race.");
    } else {
        line(ui, desk);
        if let Some(same) = &all.same {
            ui.add_space(10.0);
            sentence(ui, desk, same);
        }
    }
    ui.add_space(if quiet.is_empty() { 0.0 } else { 8.0 });
    for difference in quiet {
        if quiet_row(ui, desk, difference, letters) {
            taken = Some(difference);
        }
    }
    if let Some(difference) = taken {
        let take = all.take(difference, theirs.experiment());
        desk.change(Change::Take(Box::new(take)));
    }
}

fn heading(ui: &mut Ui, desk: &Desk<'_>, count: usize) {
    let text = match count {
        0 => "No differences".to_owned(),
        1 => "1 difference".to_owned(),
        count => format!("{count} differences"),
    };
    ui.horizontal(|ui| {
        ui.set_height(28.0);
        ui.label(caption(&text).color(desk.colors.dim));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = RichText::new("A → B").size(11.0);
            ui.label(text.color(desk.colors.dim));
        });
    });
}

fn sentence(ui: &mut Ui, desk: &Desk<'_>, text: &str) {
    let text = RichText::new(text).color(desk.colors.dim);
    ui.add(Label::new(text).wrap());
}

/// Returns the look of the racer that a difference is about.
fn look_of(
    desk: &Desk<'_>,
    difference: &Difference,
    looks: &[Vec<RacerLook>; 2],
) -> Option<RacerLook> {
    let [theirs, mine] = looks;
    let own = |id| mine.get(desk.document.lineup().index_of(id)?);
    match difference.aspect {
        Aspect::Missing(index) => theirs.get(index),
        Aspect::Surplus(id) => own(id),
        Aspect::Racer(pair, _) => own(pair.mine),
        _ => None,
    }
    .copied()
}

fn line(ui: &mut Ui, desk: &Desk<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let stroke = Stroke::new(1.0, desk.colors.line);
    ui.painter().hline(rect.x_range(), rect.center().y, stroke);
}

/// Shows a difference and returns whether it is to be ended.
fn row(
    ui: &mut Ui,
    desk: &Desk<'_>,
    difference: &Difference,
    look: Option<RacerLook>,
    letters: [&'static str; 2],
) -> bool {
    line(ui, desk);
    let rect = area(ui, difference, letters, ROW);
    let middle = rect.center().y;
    if let Some(look) = look {
        let at = pos2(rect.left() + 8.0, middle - 9.0);
        let shapes = look.marker.filled(at, 11.0, look.color, Stroke::NONE);
        ui.painter().extend(shapes);
    }
    let action = action(ui, desk, rect, difference, letters);
    let room = rect.left() + MARKER..=action.rect.left() - 8.0;
    let texts = Rect::from_x_y_ranges(room, middle - 18.0..=middle + 18.0);
    let mut texts = ui.new_child(UiBuilder::new().max_rect(texts));
    texts.spacing_mut().item_spacing.y = 3.0;
    let what = RichText::new(&difference.what).color(desk.colors.text);
    texts.add(Label::new(what).truncate().selectable(false));
    let values = values(desk, difference, letters);
    texts.add(Label::new(values).truncate().selectable(false));
    action.clicked()
}

/// Shows a difference that has no effect on the race on one line.
fn quiet_row(
    ui: &mut Ui,
    desk: &Desk<'_>,
    difference: &Difference,
    letters: [&'static str; 2],
) -> bool {
    let rect = area(ui, difference, letters, QUIET_ROW);
    let action = action(ui, desk, rect, difference, letters);
    let text = rect.with_max_x(action.rect.left() - 8.0);
    let mut text = ui.new_child(
        UiBuilder::new()
            .max_rect(text)
            .layout(Layout::left_to_right(Align::Center)),
    );
    let what = match difference.aspect {
        Aspect::Title => "The titles differ",
        _ => "The notes differ",
    };
    let what = RichText::new(what).size(12.0).color(desk.colors.dim);
    text.add(Label::new(what).truncate().selectable(false));
    action.clicked()
}

/// Allocates a row, which is called by the whole sentence.
fn area(ui: &mut Ui, difference: &Difference, letters: [&str; 2], height: f32) -> Rect {
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let told = difference.sentence(letters);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &told));
    response.on_hover_text(&told);
    rect
}

/// Returns what A has and what B has; that of the active race is brighter.
fn values(desk: &Desk<'_>, difference: &Difference, [other, own]: [&str; 2]) -> LayoutJob {
    let [theirs, mine] = match &difference.values {
        Values::OnlyTheirs => [format!("in {other}"), format!("not in {own}")],
        Values::OnlyMine => [format!("not in {other}"), format!("in {own}")],
        Values::Both { theirs, mine } => [theirs.clone(), mine.clone()],
    };
    let (dim, bright) = (desk.colors.dim, desk.colors.text);
    let [first, second] = match own {
        "A" => [(mine, bright), (theirs, dim)],
        _ => [(theirs, dim), (mine, bright)],
    };
    let mut job = LayoutJob::default();
    let arrow = (" → ".to_owned(), dim);
    for (text, color) in [first, arrow, second] {
        let format = TextFormat::simple(fonts::numbers(12.0), color);
        job.append(&text, 0.0, format);
    }
    job
}

/// Shows what ends the difference at the end of its row.
fn action(
    ui: &mut Ui,
    desk: &Desk<'_>,
    row: Rect,
    difference: &Difference,
    [other, own]: [&str; 2],
) -> Response {
    let text = match difference.values {
        Values::OnlyTheirs => format!("add to {own}"),
        Values::OnlyMine => format!("remove from {own}"),
        Values::Both { .. } => format!("take {other}’s"),
    };
    let font = FontId::proportional(11.0);
    let galley = ui
        .painter()
        .layout_no_wrap(text.clone(), font, desk.colors.dim);
    let middle = pos2(row.right() - galley.size().x / 2.0 - 2.0, row.center().y);
    let rect = Rect::from_center_size(middle, galley.size() + vec2(8.0, 12.0));
    let id = ui.scope_id().with(difference.aspect);
    let response = ui.interact(rect, id, Sense::click());
    let what = &difference.what;
    let along = difference
        .along
        .map_or(String::new(), |it| format!(", {it}"));
    let label = format!("{text}{along}: {what}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let color = if response.hovered() {
        desk.colors.accent
    } else {
        desk.colors.dim
    };
    let at = rect.center() - galley.size() / 2.0;
    ui.painter()
        .galley_with_override_text_color(at, galley, color);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    match difference.along {
        Some(along) => response.on_hover_text(format!("{text}, {along}")),
        None => response,
    }
}
