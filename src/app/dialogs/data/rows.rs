//! The first rows of a file as written, and the roles of its columns.

use egui::{
    Align2, Button, Color32, FontId, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::draft::Draft;
use super::roles;
use super::sample::{ROWS, Sample, SampleRow};
use crate::app::desk::Desk;
use crate::table::ColumnKind;
use crate::text::brief;
use crate::view::theme::blend;

const HEAD: f32 = 48.0;
const ROW: f32 = 25.0;
const LINE: f32 = 34.0;
const NARROWEST: f32 = 44.0;
const WIDEST: f32 = 150.0;
/// The number of columns shown from the left.
const COLUMNS: usize = 60;
/// How much wider than necessary columns may be to fill the room.
const MOST_STRETCH: f32 = 1.6;

/// Shows the rows. Clicking a column header chooses the column's role.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, draft: &mut Draft, sample: &Sample, gaps: bool) {
    let rows = if gaps { &sample.left_out } else { &sample.rows };
    let columns = columns(sample);
    let widths = columns.iter().map(|&it| width(ui, sample, it));
    let widths: Vec<f32> = filled(widths.collect(), ui.available_width() - LINE);
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
            for (&column, &width) in columns.iter().zip(&widths) {
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

/// Returns the columns shown: the first ones, and those in use that come later.
fn columns(sample: &Sample) -> Vec<usize> {
    let count = sample.reading.columns.len();
    let mut columns: Vec<usize> = (0..count.min(COLUMNS)).collect();
    let later = sample.used().iter().map(|(column, _)| *column);
    let later = later.filter(|&column| (COLUMNS..count).contains(&column));
    let room = 2 * COLUMNS - columns.len();
    columns.extend(later.take(room));
    columns
}

/// Returns the widths, enlarged so that together they fill the room.
fn filled(widths: Vec<f32>, room: f32) -> Vec<f32> {
    let sum: f32 = widths.iter().sum();
    let scale = (room / sum.max(1.0)).clamp(1.0, MOST_STRETCH);
    widths.into_iter().map(|width| width * scale).collect()
}

fn font() -> FontId {
    crate::view::fonts::numbers(12.0)
}

/// Returns a width that fits a column's name and cells, within bounds.
fn width(ui: &Ui, sample: &Sample, column: usize) -> f32 {
    /// The space on both sides of a text.
    const SPACE: f32 = 13.0;
    let Some(about) = sample.reading.columns.get(column) else {
        return NARROWEST;
    };
    let long = |text: &str, font: FontId| {
        let color = ui.visuals().text_color();
        ui.painter()
            .layout_no_wrap(brief(text), font, color)
            .size()
            .x
    };
    let font = cell_font(about.kind == ColumnKind::Numbers);
    let cells = sample.rows.iter().filter_map(|row| row.cells.get(column));
    let cells = cells.map(|(text, _)| long(text, font.clone()));
    let heads = [&*about.name, &*about.kind.to_string()];
    let heads = heads.map(|text| long(text, FontId::proportional(12.0)));
    let widest = cells.chain(heads).fold(0.0, f32::max);
    (widest + SPACE).clamp(NARROWEST, WIDEST)
}

/// Returns the font of a column's cells.
fn cell_font(is_number: bool) -> FontId {
    if is_number {
        font()
    } else {
        FontId::proportional(12.5)
    }
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
    let role = roles::of(draft, sample, column);
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
        pos2(x, rect.top() + 15.0),
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
        pos2(x, rect.top() + 33.0),
        across,
        below,
        FontId::proportional(11.0),
        color,
    );
    egui::Popup::menu(&response).show(|ui| {
        let uses = roles::uses(draft, sample, column);
        if uses.is_empty() {
            ui.label("To change it, make another column the target.");
        }
        for (text, what) in uses {
            if ui.button(text).clicked() {
                roles::choose(draft, sample, column, what);
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
    let is_used = sample.used().iter().any(|(used, _)| *used == column);
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
        let font = cell_font(is_right);
        painter.text(pos2(x, y), across, brief(text), font, color);
    }
}
