//! The field in which the formula is typed, and what is wrong with it.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{
    Align2, Color32, FontId, Frame, Galley, Id, Margin, Pos2, Rect, RichText, Role, Stroke,
    TextBuffer, TextEdit, Ui, WidgetInfo, pos2,
};

use crate::app::action::DocumentAction;
use crate::app::desk::Desk;
use crate::app::document::formula::Draft;
use crate::app::widgets::link_text;
use crate::expression::{ExpressionError, names_in};
use crate::optimizer::Family;
use crate::surface::typed::{Typed, TypedError};
use crate::view::theme::RADIUS;

/// The size of the text.
const SIZE: f32 = 14.0;
/// The height of a line.
const LINE: f32 = 22.0;
/// The room for the numbers of lines.
const NUMBERS: i8 = 28;
/// The size of what is said about a mistake.
const SENTENCE: f32 = 12.5;

/// Shows the field, and below it what is wrong with its text.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, typed: &Typed) {
    let draft = desk.document.draft().cloned();
    let before = draft.as_ref().map_or(&typed.loss, |draft| &draft.text);
    let mut text = before.clone();
    if edit(ui, desk, typed, draft.as_ref(), &mut text) && text != *before {
        desk.act(DocumentAction::TypeFormula(text));
    }
    if let Some(draft) = draft {
        explain(ui, desk, &draft);
    }
}

/// Shows the text and returns whether it was changed.
fn edit(
    ui: &mut Ui,
    desk: &Desk<'_>,
    typed: &Typed,
    draft: Option<&Draft>,
    text: &mut String,
) -> bool {
    let id = Id::unique(("formula", desk.document.id()));
    let is_focused = ui.memory(|memory| memory.has_focus(id));
    let border = if is_focused {
        desk.colors.accent
    } else {
        desk.colors.line
    };
    let look = Look {
        text: desk.colors.text,
        parameter: desk.colors.family(Family::Decay),
        parameters: typed.parameters.names().map(str::to_owned).collect(),
    };
    let frame = Frame::new()
        .fill(desk.colors.window)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(RADIUS)
        .inner_margin(Margin::symmetric(8, 8));
    let shown = frame.show(ui, |ui| {
        let mut lay_out =
            |ui: &Ui, text: &dyn TextBuffer, width: f32| look.lay_out(ui, text.as_str(), width);
        let field = TextEdit::multiline(text)
            .id(id)
            .frame(Frame::NONE.inner_margin(Margin {
                left: NUMBERS,
                ..Margin::ZERO
            }))
            .desired_rows(3)
            .desired_width(f32::INFINITY)
            .layouter(&mut lay_out);
        let shown = field.show(ui);
        let changed = shown.response.changed();
        let told = text.clone();
        shown.response.widget_info(|| WidgetInfo {
            current_text_value: Some(told.clone()),
            label: Some("Formula".to_owned()),
            ..WidgetInfo::new(Role::MultilineTextInput)
        });
        number_lines(ui, &shown.galley, shown.galley_pos, desk.colors.dim);
        if let Some(mistake) = draft
            .and_then(|draft| mistake(&draft.fault))
            .filter(|_| !changed)
        {
            let at = widened(text, mistake.at.clone());
            let line = Stroke::new(2.0, desk.colors.error);
            underline(ui, &shown.galley, shown.galley_pos, text, &at, line);
        }
        changed
    });
    shown.inner
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
struct Look {
    text: Color32,
    parameter: Color32,
    parameters: Vec<String>,
}

impl Look {
    fn lay_out(&self, ui: &Ui, text: &str, width: f32) -> Arc<Galley> {
        let mut job = LayoutJob::default();
        job.wrap.max_width = width;
        let mut edges: Vec<usize> = vec![0, text.len()];
        let names = names_in(text).into_iter();
        let named: Vec<Range<usize>> = names
            .filter(|(_, name)| self.parameters.contains(name))
            .map(|(at, _)| at)
            .collect();
        for range in &named {
            edges.extend([range.start, range.end]);
        }
        edges.retain(|edge| *edge <= text.len() && text.is_char_boundary(*edge));
        edges.sort_unstable();
        edges.dedup();
        for pair in edges.windows(2) {
            let [from, to] = [pair[0], pair[1]];
            let within = |range: &Range<usize>| range.start <= from && to <= range.end;
            let color = if named.iter().any(within) {
                self.parameter
            } else {
                self.text
            };
            let format = TextFormat {
                font_id: FontId::monospace(SIZE),
                line_height: Some(LINE),
                color,
                ..TextFormat::default()
            };
            job.append(text.get(from..to).unwrap_or_default(), 0.0, format);
        }
        if text.is_empty() {
            let format = TextFormat {
                font_id: FontId::monospace(SIZE),
                line_height: Some(LINE),
                ..TextFormat::default()
            };
            job.append("", 0.0, format);
        }
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
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

fn mistake(fault: &TypedError) -> Option<&ExpressionError> {
    fault.in_formula()
}

/// Says what is wrong with a text, and offers what would mend it.
fn explain(ui: &mut Ui, desk: &mut Desk<'_>, draft: &Draft) {
    if !draft.unknown.is_empty() {
        new_names(ui, desk, &draft.unknown);
        return;
    }
    let suggestion = mistake(&draft.fault).and_then(ExpressionError::suggestion);
    let mut sentence = match mistake(&draft.fault) {
        Some(mistake) => mistake.to_string(),
        None => draft.fault.to_string(),
    };
    if let Some(suggestion) = suggestion {
        let question = format!("; did you mean {suggestion}?");
        sentence = sentence.replace(&question, "");
    }
    let sentence = capitalised(&sentence) + ".";
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(
            RichText::new(sentence)
                .size(SENTENCE)
                .color(desk.colors.error),
        );
        let (Some(suggestion), Some(mistake)) = (suggestion, mistake(&draft.fault)) else {
            return;
        };
        ui.label(RichText::new("Did you mean").size(SENTENCE));
        let link = link_text(ui, suggestion, desk.colors.accent);
        ui.label(RichText::new("?").size(SENTENCE));
        if link.clicked() {
            let mut text = draft.text.clone();
            let at = mistake.at.clone();
            if text.get(at.clone()).is_some() {
                text.replace_range(at, suggestion);
                desk.act(DocumentAction::TypeFormula(text));
            }
        }
    });
    remark(
        ui,
        desk,
        "The last good surface stays until this is mended.",
    );
}

/// Offers to make sliders of names.
fn new_names(ui: &mut Ui, desk: &mut Desk<'_>, names: &[String]) {
    /// The most names that are offered at a time.
    const MOST: usize = 6;
    for name in names.iter().take(MOST) {
        ui.horizontal(|ui| {
            let text = RichText::new(format!("{name} is new:")).size(SENTENCE);
            ui.label(text);
            let button = ui.button(RichText::new("make a slider").size(SENTENCE));
            let label = format!("Make a slider for {name}");
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
            if button.clicked() {
                desk.act(DocumentAction::MakeSlider(name.clone()));
            }
        });
    }
    remark(ui, desk, "The last good surface stays until then.");
}

fn remark(ui: &mut Ui, desk: &Desk<'_>, text: &str) {
    ui.label(RichText::new(text).size(SENTENCE).color(desk.colors.dim));
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
