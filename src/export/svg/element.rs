//! Writes XML elements: formats names, numbers, colours and text.

use egui::emath::TSTransform;
use egui::{Color32, Pos2};

use crate::export::pixels::unmultiplied;

/// Appends the start of an element to the output. Call [`Element::close`] or
/// [`Element::containing`] to complete it.
pub(super) fn element<'o>(out: &'o mut String, name: &'static str) -> Element<'o> {
    out.push('<');
    out.push_str(name);
    Element { out, name }
}

/// An element to which attributes can still be added.
#[must_use]
pub(super) struct Element<'o> {
    out: &'o mut String,
    name: &'static str,
}

impl Element<'_> {
    /// Adds an attribute, whose value may be any text.
    pub(super) fn attribute(mut self, name: &str, value: &str) -> Self {
        self.begin(name);
        push_escaped(self.out, value);
        self.out.push('"');
        self
    }

    /// Adds a number.
    pub(super) fn number(mut self, name: &str, value: f32) -> Self {
        self.begin(name);
        push_number(self.out, value);
        self.out.push('"');
        self
    }

    /// Adds a list of points.
    pub(super) fn points(mut self, name: &str, points: &[Pos2]) -> Self {
        self.begin(name);
        for (index, &point) in points.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            push_point(self.out, point);
        }
        self.out.push('"');
        self
    }

    /// Adds a colour (a `fill`, a `stroke` …) and its opacity. The default is to paint nothing, so
    /// an invisible colour adds nothing.
    pub(super) fn paint(self, name: &str, color: Color32) -> Self {
        let [red, green, blue, alpha] = unmultiplied(color);
        if alpha == 0 {
            return self;
        }
        let mut painted = self.attribute(name, &format!("#{red:02x}{green:02x}{blue:02x}"));
        if alpha == u8::MAX {
            return painted;
        }
        painted.begin(&[name, "-opacity"].concat());
        push_rounded(painted.out, f32::from(alpha) / 255.0, 3);
        painted.out.push('"');
        painted
    }

    /// Adds a rotation in radians, clockwise as everywhere in egui; nothing if the angle is zero.
    pub(super) fn rotated(mut self, angle: f32, around: Pos2) -> Self {
        if angle == 0.0 || !angle.is_finite() {
            return self;
        }
        self.begin("transform");
        self.out.push_str("rotate(");
        push_rounded(self.out, angle.to_degrees(), 3);
        self.out.push(' ');
        push_point(self.out, around);
        self.out.push_str(")\"");
        self
    }

    /// Adds a translation and a scale.
    pub(super) fn moved(mut self, by: TSTransform) -> Self {
        self.begin("transform");
        self.out.push_str("translate(");
        push_point(self.out, by.translation.to_pos2());
        self.out.push_str(") scale(");
        push_rounded(self.out, by.scaling, 5);
        self.out.push_str(")\"");
        self
    }

    /// Ends the element without content.
    pub(super) fn close(self) {
        self.out.push_str("/>");
    }

    /// Ends the element with content that is already XML.
    pub(super) fn containing(self, content: &str) {
        self.out.push('>');
        self.out.push_str(content);
        self.end();
    }

    /// Ends the element with plain text.
    pub(super) fn saying(self, text: &str) {
        self.out.push('>');
        push_escaped(self.out, text);
        self.end();
    }

    fn end(self) {
        self.out.push_str("</");
        self.out.push_str(self.name);
        self.out.push('>');
    }

    fn begin(&mut self, name: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
    }
}

/// Appends a number with at most two decimals: a hundredth of a point is far too small to be seen.
pub(super) fn push_number(out: &mut String, value: f32) {
    push_rounded(out, value, 2);
}

/// Appends `x,y`.
pub(super) fn push_point(out: &mut String, point: Pos2) {
    push_number(out, point.x);
    out.push(',');
    push_number(out, point.y);
}

/// Appends a number without exponent, trailing zeros or "-0"; NaN becomes 0.
fn push_rounded(out: &mut String, value: f32, decimals: u32) {
    let scale = 10_i64.pow(decimals);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "within ten million, and a cast of NaN is 0"
    )]
    let scaled = (f64::from(value).clamp(-1e7, 1e7) * scale as f64).round() as i64;
    if scaled < 0 {
        out.push('-');
    }
    let (whole, rest) = (scaled.abs() / scale, scaled.abs() % scale);
    out.push_str(&whole.to_string());
    if rest > 0 {
        let width = decimals as usize;
        out.push('.');
        out.push_str(format!("{rest:0width$}").trim_end_matches('0'));
    }
}

/// Appends text, escaped so that XML reads back the original; characters that XML cannot represent
/// become "�".
fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            plain => out.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f32) -> String {
        let mut out = String::new();
        push_number(&mut out, value);
        out
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(3.0), "3");
        assert_eq!(number(-0.5), "-0.5");
        assert_eq!(number(0.126), "0.13");
        assert_eq!(number(100.04), "100.04");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(1e-12), "0");
        assert_eq!(number(1e30), "10000000");
        assert_eq!(number(f32::NEG_INFINITY), "-10000000");
        assert_eq!(number(f32::NAN), "0");
    }

    #[test]
    fn colors_carry_their_opacity_apart() {
        let mut out = String::new();
        let half = Color32::from_rgba_unmultiplied(255, 128, 0, 128);
        element(&mut out, "a")
            .paint("fill", half)
            .paint("stroke", Color32::TRANSPARENT)
            .close();
        assert_eq!(out, r##"<a fill="#ff8000" fill-opacity="0.502"/>"##);
    }

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        element(&mut out, "a")
            .attribute("b", "\"<\n")
            .saying("x < y && \u{1}\"z\"");
        assert_eq!(
            out,
            "<a b=\"&quot;&lt; \">x &lt; y &amp;&amp; \u{fffd}&quot;z&quot;</a>"
        );
    }
}
