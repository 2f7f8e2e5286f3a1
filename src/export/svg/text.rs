//! Writes text as text: one element per run of the same style in a row, at its exact position.

use egui::epaint::TextShape;
use egui::epaint::text::{Glyph, TextFormat};
use egui::{Color32, Galley, Pos2, Rect, Stroke, Vec2};

use super::element::element;
use super::face::Face;
use super::path::line;

/// Draws all rows of a text.
pub(super) fn text(out: &mut String, shape: &TextShape) {
    if shape.opacity_factor <= 0.0 {
        return;
    }
    let mut drawn = String::new();
    let mut characters = shape.galley.job.text.char_indices().map(|(byte, _)| byte);
    for row in &shape.galley.rows {
        let origin = shape.pos + row.pos.to_vec2();
        let end = shape.galley.job.text.len();
        // A row has one glyph for each character of the text, without the line breaks.
        let styled: Vec<(usize, &Glyph)> = row
            .glyphs
            .iter()
            .map(|glyph| {
                (
                    section_at(&shape.galley, characters.next().unwrap_or(end)),
                    glyph,
                )
            })
            .collect();
        if row.ends_with_newline {
            characters.next();
        }
        let same = |a: &(usize, &Glyph), b: &(usize, &Glyph)| {
            a.0 == b.0 && a.1.chr != '\t' && b.1.chr != '\t'
        };
        if let Some(format) = right_to_left(&shape.galley) {
            let glyphs: Vec<&Glyph> = row.glyphs.iter().collect();
            let words = Some(shape.galley.job.text.trim());
            let run = Run {
                shape,
                format,
                origin,
                glyphs: &glyphs,
                words,
            };
            run.draw(&mut drawn);
            continue;
        }
        for run in styled.chunk_by(same) {
            let Some(section) = shape.galley.job.sections.get(run[0].0) else {
                continue;
            };
            let glyphs: Vec<&Glyph> = run.iter().map(|(_, glyph)| *glyph).collect();
            Run {
                shape,
                format: &section.format,
                origin,
                glyphs: &glyphs,
                words: None,
            }
            .draw(&mut drawn);
        }
        if !shape.underline.is_empty() && !row.glyphs.is_empty() {
            let under = row.visuals.mesh_bounds.translate(origin.to_vec2());
            line(
                &mut drawn,
                [under.left_bottom(), under.right_bottom()],
                shape.underline,
            );
        }
    }
    if shape.angle == 0.0 || drawn.is_empty() {
        out.push_str(&drawn);
    } else {
        element(out, "g")
            .rotated(shape.angle, shape.pos)
            .containing(&drawn);
    }
}

/// The section that contains a byte of the text; the last one for glyphs after its end ("…").
fn section_at(galley: &Galley, byte: usize) -> usize {
    let sections = &galley.job.sections;
    let before = sections.partition_point(|section| section.byte_range.end.0 <= byte);
    before.min(sections.len().saturating_sub(1))
}

/// The format of a row, the only one of its text, that is read from the right: its glyphs are not in
/// the order of its letters.
fn right_to_left(galley: &Galley) -> Option<&TextFormat> {
    let is_one = galley.rows.len() == 1 && galley.job.sections.len() == 1 && !galley.elided;
    let from_right = |letter: char| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
    let is_read_so = is_one && galley.job.text.chars().any(from_right);
    is_read_so.then(|| &galley.job.sections[0].format)
}

/// Consecutive glyphs of one style.
struct Run<'a> {
    shape: &'a TextShape,
    format: &'a TextFormat,
    /// The top left corner of the row.
    origin: Pos2,
    glyphs: &'a [&'a Glyph],
    /// The words in the order in which they are read, if that is not the order of the glyphs.
    words: Option<&'a str>,
}

impl Run<'_> {
    fn draw(&self, out: &mut String) {
        let (Some(first), Some(last)) = (self.glyphs.first(), self.glyphs.last()) else {
            return;
        };
        let position = |glyph: &Glyph| glyph.logical_rect().translate(self.origin.to_vec2());
        let bounds = position(first).union(position(last));
        if self.format.background != Color32::TRANSPARENT {
            self.background(out, bounds.expand(self.format.expand_bg));
        }
        self.letters(out);
        let across = |y: f32| [Pos2::new(bounds.left(), y), Pos2::new(bounds.right(), y)];
        line(
            out,
            across(bounds.bottom()),
            self.stroke(self.format.underline),
        );
        line(
            out,
            across(bounds.center().y),
            self.stroke(self.format.strikethrough),
        );
    }

    fn background(&self, out: &mut String, rect: Rect) {
        let corner = element(out, "rect")
            .number("x", rect.min.x)
            .number("y", rect.min.y);
        let sized = corner
            .number("width", rect.width())
            .number("height", rect.height());
        sized
            .paint("fill", self.seen(self.format.background))
            .close();
    }

    fn letters(&self, out: &mut String) {
        let blank = |glyph: &&Glyph| glyph.chr.is_whitespace();
        let Some(start) = self.glyphs.iter().position(|glyph| !blank(glyph)) else {
            return;
        };
        let end = self
            .glyphs
            .iter()
            .rposition(|glyph| !blank(glyph))
            .unwrap_or(start);
        let glyphs = &self.glyphs[start..=end];
        let left = glyphs.iter().map(|glyph| glyph.pos.x);
        let left = left.fold(f32::INFINITY, f32::min);
        let right = glyphs.iter().map(|glyph| glyph.max_x());
        let right = right.fold(f32::NEG_INFINITY, f32::max);
        let words: String = match self.words {
            Some(words) => words.to_owned(),
            None => glyphs.iter().map(|glyph| glyph.chr).collect(),
        };
        let color = self.seen(self.shape.override_text_color.unwrap_or(self.format.color));
        if color == Color32::TRANSPARENT {
            return;
        }

        let baseline = self.origin + Vec2::new(left, glyphs[0].pos.y);
        let mut text = element(out, "text")
            .number("x", baseline.x)
            .number("y", baseline.y)
            .number("font-size", self.format.font_id.size)
            .paint("fill", color);
        let face = Face::of(&self.format.font_id.family);
        if let Some(families) = face.families() {
            text = text.attribute("font-family", &families);
        }
        if let Some(weight) = self.weight().or(face.weight()) {
            text = text.number("font-weight", weight);
        }
        if face.is_tabular() {
            text = text.attribute("font-variant-numeric", "tabular-nums");
        }
        if self.format.italics || face.is_italic() {
            text = text.attribute("font-style", "italic");
        }
        if glyphs.len() > 1 {
            // Keeps the text at its length even if a different font is used.
            text = text
                .number("textLength", right - left)
                .attribute("lengthAdjust", "spacingAndGlyphs");
        }
        if glyphs.windows(2).any(|pair| pair.iter().all(blank)) {
            text = text.attribute("xml:space", "preserve");
        }
        text.saying(&words);
    }

    fn stroke(&self, stroke: Stroke) -> Stroke {
        Stroke {
            color: self.seen(stroke.color),
            ..stroke
        }
    }

    /// The effective colour of a format: placeholder replaced and opacity applied.
    fn seen(&self, color: Color32) -> Color32 {
        let color = if color == Color32::PLACEHOLDER {
            self.shape.fallback_color
        } else {
            color
        };
        if self.shape.opacity_factor < 1.0 {
            color.gamma_multiply(self.shape.opacity_factor)
        } else {
            color
        }
    }

    fn weight(&self) -> Option<f32> {
        let axes = self.format.coords.as_ref();
        axes.iter()
            .find(|(tag, _)| *tag == "wght")
            .map(|&(_, weight)| weight)
    }
}
