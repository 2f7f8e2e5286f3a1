//! The field in which a text of mathematics is typed.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{
    Align2, Color32, FontId, Frame, Galley, Id, Margin, Pos2, Rect, Role, Shape, Stroke,
    TextBuffer, TextEdit, Ui, WidgetInfo, pos2,
};

use crate::app::desk::Desk;
use crate::app::document::draft::Draft;
use crate::expression::names_in;
use crate::view::theme::{RADIUS, blend};

/// The size of the text.
const SIZE: f32 = 14.0;
/// The height of a line.
const LINE: f32 = 22.0;
/// The room for the numbers of lines.
const NUMBERS: i8 = 28;
/// The space around the text.
const MARGIN: i8 = 8;

/// A field.
pub struct Field<'a> {
    /// What tells it from other fields.
    pub id: Id,
    /// Its accessible name.
    pub label: &'a str,
    /// The text as it was read last.
    pub text: &'a str,
    /// The text that cannot be read yet, if there is one.
    pub draft: Option<&'a Draft>,
    /// The colour of each name that has one of its own.
    pub names: &'a dyn Fn(&str) -> Option<Color32>,
}

/// Shows a field and returns its text if that was changed.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, field: &Field<'_>) -> Option<String> {
    let before = field.draft.map_or(field.text, |draft| &draft.text);
    let mut text = before.to_owned();
    edit(ui, desk, field, &mut text);
    (text != before).then_some(text)
}

fn edit(ui: &mut Ui, desk: &Desk<'_>, field: &Field<'_>, text: &mut String) {
    let is_focused = ui.memory(|memory| memory.has_focus(field.id));
    let border = if is_focused {
        desk.colors.accent
    } else {
        desk.colors.line
    };
    let look = Look {
        text: desk.colors.text,
        names: field.names,
    };
    let frame = Frame::new()
        .fill(desk.colors.window)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(RADIUS)
        .inner_margin(Margin::same(MARGIN));
    frame.show(ui, |ui| {
        let mut lay_out =
            |ui: &Ui, text: &dyn TextBuffer, width: f32| look.lay_out(ui, text.as_str(), width);
        let ground = ui.painter().add(Shape::Noop);
        let edit = TextEdit::multiline(text)
            .id(field.id)
            .frame(Frame::NONE.inner_margin(Margin {
                left: NUMBERS,
                ..Margin::ZERO
            }))
            .desired_rows(3)
            .desired_width(f32::INFINITY)
            .layouter(&mut lay_out);
        let shown = edit.show(ui);
        let told = text.clone();
        shown.response.widget_info(|| WidgetInfo {
            current_text_value: Some(told.clone()),
            label: Some(field.label.to_owned()),
            ..WidgetInfo::new(Role::MultilineTextInput)
        });
        let (galley, corner) = (&shown.galley, shown.galley_pos);
        if let Some(cursor) = shown.cursor_range.filter(|_| is_focused) {
            let color = blend(desk.colors.window, desk.colors.accent, 0.18);
            let line = line_of(galley, corner, cursor.primary);
            let margin = f32::from(MARGIN) - 1.0;
            let across = shown.response.rect.expand(margin).x_range();
            let line = Rect::from_x_y_ranges(across, line.y_range());
            ui.painter()
                .set(ground, Shape::rect_filled(line, 0.0, color));
        }
        number_lines(ui, galley, corner, desk.colors.dim);
        let mistake = field.draft.and_then(|draft| draft.mistake.as_ref());
        if let Some(mistake) = mistake.filter(|_| !shown.response.changed()) {
            let at = widened(text, mistake.at.clone());
            let line = Stroke::new(2.0, desk.colors.error);
            underline(ui, galley, corner, text, &at, line);
        }
    });
}

/// Returns the row with the cursor.
fn line_of(galley: &Galley, corner: Pos2, cursor: CCursor) -> Rect {
    let rect = galley.pos_from_cursor(cursor);
    let rect = rect.translate(corner.to_vec2());
    Rect::from_center_size(rect.center(), egui::vec2(rect.width(), LINE))
}

/// Writes the number of each line on its left.
fn number_lines(ui: &Ui, galley: &Galley, corner: Pos2, color: Color32) {
    let mut number = 1;
    let mut begins = true;
    for row in &galley.rows {
        if begins {
            let at = pos2(
                corner.x - f32::from(NUMBERS) + 6.0,
                corner.y + row.rect().center().y,
            );
            let font = FontId::monospace(11.0);
            let align = Align2::CENTER_CENTER;
            ui.painter()
                .text(at, align, number.to_string(), font, color);
            number += 1;
        }
        begins = row.ends_with_newline;
    }
}

/// Draws a line below a part of the text, given by its bytes.
fn underline(
    ui: &Ui,
    galley: &Galley,
    corner: Pos2,
    text: &str,
    part: &Range<usize>,
    line: Stroke,
) {
    let place = |byte: usize| {
        let before = text.get(..byte).unwrap_or(text).chars().count();
        let cursor = galley.pos_from_cursor(CCursor::new(before));
        cursor.translate(corner.to_vec2())
    };
    let (from, to) = (place(part.start), place(part.end));
    for row in &galley.rows {
        let rect = row.rect().translate(corner.to_vec2());
        let middle = rect.center().y;
        if middle < from.top() || middle > to.bottom() {
            continue;
        }
        let is_in = |cursor: Rect| cursor.top() <= middle && middle <= cursor.bottom();
        let left = if is_in(from) {
            from.center().x
        } else {
            rect.left()
        };
        let right = if is_in(to) {
            to.center().x
        } else {
            rect.right()
        };
        let y = rect.bottom() - 2.0;
        ui.painter().hline(left..=right, y, line);
    }
}

/// How the text is coloured.
struct Look<'a> {
    text: Color32,
    names: &'a dyn Fn(&str) -> Option<Color32>,
}

impl Look<'_> {
    fn lay_out(&self, ui: &Ui, text: &str, width: f32) -> Arc<Galley> {
        let mut job = LayoutJob::default();
        job.wrap.max_width = width;
        let mut end = 0;
        let named = names_in(text).into_iter();
        let named = named.filter_map(|(at, name)| Some((at, (self.names)(&name)?)));
        for (at, color) in named {
            if at.start < end {
                continue;
            }
            append(&mut job, text, end..at.start, self.text);
            append(&mut job, text, at.clone(), color);
            end = at.end;
        }
        append(&mut job, text, end..text.len(), self.text);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// Appends a part of the text, even an empty one, which has a height.
fn append(job: &mut LayoutJob, text: &str, part: Range<usize>, color: Color32) {
    if part.is_empty() && !text.is_empty() {
        return;
    }
    let format = TextFormat {
        font_id: FontId::monospace(SIZE),
        line_height: Some(LINE),
        color,
        ..TextFormat::default()
    };
    job.append(text.get(part).unwrap_or_default(), 0.0, format);
}

/// Returns a range of the text that can be seen: the last sign before it if it is empty.
fn widened(text: &str, at: Range<usize>) -> Range<usize> {
    if !at.is_empty() {
        return at;
    }
    let before = text.get(..at.start).unwrap_or(text).trim_end();
    let last = before.char_indices().last();
    last.map_or(at, |(start, _)| start..before.len())
}
