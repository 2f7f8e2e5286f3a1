//! The first rows of a file as written, and the roles of its columns.

use egui::{
    Align2, Button, Color32, FontId, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::draft::Draft;
use super::sample::{ROWS, Sample, SampleRow};
use crate::app::desk::Desk;
use crate::table::ColumnKind;
use crate::text::brief;
use crate::view::theme::blend;

const HEAD: f32 = 42.0;
const ROW: f32 = 23.0;
const LINE: f32 = 44.0;
const NARROWEST: f32 = 64.0;
const WIDEST: f32 = 150.0;
/// The maximum number of columns shown.
const COLUMNS: usize = 60;

/// Shows the rows. Clicking a column header chooses the column's role.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, sample: &Sample, gaps: bool) {
    let rows = if gaps { &sample.left_out } else { &sample.rows };
    let columns = sample.reading.columns.len().min(COLUMNS);
    let widths: Vec<f32> = (0..columns).map(|it| width(ui, sample, it)).collect();
    #[expect(clippy::cast_precision_loss, reason = "there are few rows")]
    let height = HEAD + ROWS as f32 * ROW;
    ScrollArea::horizontal()
        .max_height(height + 14.0)
        .show(ui, |ui| {
            let size = vec2(LINE + widths.iter().sum::<f32>(), height);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            ui.painter().rect_filled(rect, 4.0, desk.colors.panel);
            let mut left = rect.left() + LINE;
            line_numbers(ui, desk, rect, rows);
            for (column, &width) in widths.iter().enumerate() {
                let strip = Rect::from_min_size(pos2(left, rect.top()), vec2(width, height));
                head(ui, desk, draft, sample, column, strip);
                cells(ui, desk, sample, column, rows, strip);
                left += width;
            }
            let frame = Stroke::new(1.0, desk.colors.line);
            ui.painter()
                .rect_stroke(rect, 4.0, frame, egui::StrokeKind::Inside);
        });
}

fn font() -> FontId {
    crate::view::fonts::numbers(12.0)
}

/// Returns a width that fits a column's name and cells, within bounds.
fn width(ui: &Ui, sample: &Sample, column: usize) -> f32 {
    let name = sample
        .reading
        .columns
        .get(column)
        .map_or("", |it| &*it.name);
    let cells = sample.rows.iter().filter_map(|row| row.cells.get(column));
    let texts = cells.map(|(text, _)| &**text).chain([name]);
    let letters = texts.map(|text| text.chars().count()).max().unwrap_or(0);
    let letter = ui.fonts_mut(|fonts| fonts.glyph_width(&font(), '0'));
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let width = letters as f32 * letter + 24.0;
    width.clamp(NARROWEST, WIDEST)
}

fn line_numbers(ui: &Ui, desk: &Desk<'_>, rect: Rect, rows: &[SampleRow]) {
    let painter = ui.painter();
    let right = rect.left() + LINE - 8.0;
    let text = |y: f32, text: String| {
        let at = pos2(right, y);
        painter.text(
            at,
            Align2::RIGHT_CENTER,
            text,
            FontId::proportional(11.0),
            desk.colors.dim,
        );
    };
    text(rect.top() + HEAD / 2.0, "line".to_owned());
    for (y, row) in middles(rect).zip(rows) {
        text(y, row.line.to_string());
        painter.hline(
            rect.x_range(),
            y - ROW / 2.0,
            Stroke::new(1.0, desk.colors.line),
        );
    }
}

/// Returns the vertical centres of the rows.
fn middles(rect: Rect) -> impl Iterator<Item = f32> {
    let first = rect.top() + HEAD + ROW / 2.0;
    (0_u8..).map(move |row| first + ROW * f32::from(row))
}

/// Shows the header of a column: its name and role, and on click a menu of roles.
fn head(
    ui: &mut Ui,
    desk: &Desk<'_>,
    draft: &mut Draft,
    sample: &Sample,
    column: usize,
    strip: Rect,
) {
    let Some(about) = sample.reading.columns.get(column) else {
        return;
    };
    let role = role(draft, sample, column);
    let rect = Rect::from_min_size(strip.min, vec2(strip.width(), HEAD)).shrink(1.0);
    let name = RichText::new(brief(&about.name))
        .size(12.0)
        .color(desk.colors.text);
    let used = role.unwrap_or_default();
    let kind = about.kind.to_string();
    let fill = if role.is_some() {
        blend(desk.colors.card, desk.colors.accent, 0.22)
    } else {
        Color32::TRANSPARENT
    };
    let button = Button::new("")
        .fill(fill)
        .min_size(rect.size())
        .corner_radius(3.0);
    let response = ui.put(rect, button);
    response.widget_info(|| {
        let text = match role {
            Some(role) => format!("Column {}: {role}", about.name),
            None => format!("Column {}: {kind}", about.name),
        };
        WidgetInfo::labeled(Role::Button, true, text)
    });
    let painter = ui.painter().with_clip_rect(rect.shrink2(vec2(3.0, 0.0)));
    let is_right = about.kind == ColumnKind::Numbers;
    let (x, across) = side(rect, is_right);
    painter.text(
        pos2(x, rect.top() + 12.0),
        across,
        name.text(),
        FontId::proportional(12.0),
        desk.colors.text,
    );
    let (below, color) = match role {
        Some(_) => (used, desk.colors.accent),
        None => (&*kind, desk.colors.dim),
    };
    painter.text(
        pos2(x, rect.top() + 29.0),
        across,
        below,
        FontId::proportional(11.0),
        color,
    );
    egui::Popup::menu(&response).show(|ui| {
        for (index, role) in draft.roles().iter().enumerate() {
            if ui.button(format!("use as {role}")).clicked() {
                use_as(draft, sample, column, index);
                ui.close();
            }
        }
    });
}

fn side(rect: Rect, is_right: bool) -> (f32, Align2) {
    if is_right {
        (rect.right() - 7.0, Align2::RIGHT_CENTER)
    } else {
        (rect.left() + 7.0, Align2::LEFT_CENTER)
    }
}

/// Returns the role of a column in the data as read or, if they could not be read, in the draft.
fn role<'a>(draft: &Draft, sample: &Sample, column: usize) -> Option<&'a str> {
    let roles = draft.roles();
    if let Some(index) = sample.used().iter().position(|&used| used == column) {
        return roles.get(index).copied();
    }
    let name = sample.reading.columns.get(column).map(|it| &it.name);
    let named = draft
        .columns
        .iter()
        .position(|it| it.is_some() && it.as_ref() == name)?;
    roles.get(named).copied()
}

/// Gives a column a role. If it had another, the column it replaces takes that one.
fn use_as(draft: &mut Draft, sample: &Sample, column: usize, role: usize) {
    let Some(name) = reference(sample, column) else {
        return;
    };
    // Defaults are written out, so that no other column changes its role.
    for (index, used) in sample.used().into_iter().enumerate() {
        if let (Some(slot), Some(name)) = (draft.columns.get_mut(index), reference(sample, used)) {
            slot.get_or_insert(name);
        }
    }
    let before = draft.columns.get(role).cloned().flatten();
    if let Some(other) = draft
        .columns
        .iter_mut()
        .find(|it| it.as_ref() == Some(&name))
    {
        *other = before;
    }
    if let Some(slot) = draft.columns.get_mut(role) {
        *slot = Some(name);
    }
}

/// Returns the text that refers to a column in a preset: its name, or its number if another column
/// has the same name.
fn reference(sample: &Sample, column: usize) -> Option<String> {
    let columns = &sample.reading.columns;
    let name = &columns.get(column)?.name;
    let is_unique = columns.iter().filter(|it| it.name == *name).count() == 1;
    Some(if is_unique {
        name.clone()
    } else {
        format!("column {}", column + 1)
    })
}

fn cells(
    ui: &Ui,
    desk: &Desk<'_>,
    sample: &Sample,
    column: usize,
    rows: &[SampleRow],
    strip: Rect,
) {
    let painter = ui.painter().with_clip_rect(strip.shrink2(vec2(4.0, 0.0)));
    let is_right = sample
        .reading
        .columns
        .get(column)
        .is_some_and(|it| it.kind == ColumnKind::Numbers);
    let (x, across) = side(strip, is_right);
    let is_used = sample.used().contains(&column);
    for (y, row) in middles(strip).zip(rows) {
        let Some((text, says_nothing)) = row.cells.get(column) else {
            continue;
        };
        let color = match (says_nothing, row.is_left_out) {
            (true, _) if is_used => desk.colors.error,
            (_, true) | (true, _) => blend(desk.colors.panel, desk.colors.dim, 0.6),
            _ if is_used => desk.colors.text,
            _ => desk.colors.dim,
        };
        let font = if is_right {
            font()
        } else {
            FontId::proportional(12.5)
        };
        painter.text(pos2(x, y), across, brief(text), font, color);
    }
}
