//! A row of segments, of which one is chosen.

use egui::{Align2, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::view::Colors;
use crate::view::theme::touch::{target, text};
use crate::view::theme::{BODY, RADIUS};

/// One of the segments.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Why it cannot be chosen now.
    pub hindrance: Option<&'static str>,
    /// What it is for, in one sentence.
    pub help: Option<&'static str>,
}

impl<'a> Segment<'a> {
    /// Creates a segment that can be chosen.
    #[must_use]
    pub fn new(text: &'a str, chosen: bool) -> Self {
        Self {
            text,
            chosen,
            hindrance: None,
            help: None,
        }
    }

    /// Sets why it cannot be chosen.
    #[must_use]
    pub fn unless(self, hindrance: Option<&'static str>) -> Self {
        Self { hindrance, ..self }
    }

    /// Sets what it is for.
    #[must_use]
    pub fn help(self, help: &'static str) -> Self {
        Self {
            help: Some(help),
            ..self
        }
    }
}

const HEIGHT: f32 = 26.0;
/// The space on both sides of a text.
const PADDING: f32 = 12.0;

/// Shows the segments and returns the index of the one that was clicked. They are as wide as their
/// texts, or share a given width.
pub fn segments(
    ui: &mut Ui,
    colors: &Colors,
    width: Option<f32>,
    segments: &[Segment<'_>],
) -> Option<usize> {
    let texts = text_widths(ui, segments.iter().map(|it| it.text));
    let widths = widths(&texts, width);
    let size = vec2(widths.iter().sum(), target(ui, HEIGHT));
    let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
    let border = Stroke::new(1.0, colors.line);
    ui.painter()
        .rect(whole, RADIUS, colors.card, border, StrokeKind::Inside);
    let mut clicked = None;
    let mut left = whole.left();
    for (index, (segment, width)) in segments.iter().zip(widths).enumerate() {
        let rect = Rect::from_x_y_ranges(left..=left + width, whole.y_range());
        left += width;
        if show(ui, colors, rect, segment) {
            clicked = Some(index);
        }
    }
    clicked
}

/// Returns the width of segments with these texts.
pub fn segments_width<'a>(ui: &Ui, texts: impl IntoIterator<Item = &'a str>) -> f32 {
    widths(&text_widths(ui, texts), None).iter().sum()
}

fn text_widths<'a>(ui: &Ui, texts: impl IntoIterator<Item = &'a str>) -> Vec<f32> {
    let font = FontId::proportional(text(ui, BODY));
    let color = ui.visuals().text_color();
    let layout = |text: &str| {
        let painter = ui.painter();
        painter.layout_no_wrap(text.to_owned(), font.clone(), color)
    };
    let texts = texts.into_iter();
    texts.map(|text| layout(text).size().x).collect()
}

/// Returns the widths of segments with texts of these widths. In a given width they are equal, or
/// have equal space around their texts if one of them would be cramped.
fn widths(texts: &[f32], whole: Option<f32>) -> Vec<f32> {
    let Some(whole) = whole else {
        return texts.iter().map(|text| text + 2.0 * PADDING).collect();
    };
    #[expect(clippy::cast_precision_loss, reason = "there are few segments")]
    let count = texts.len().max(1) as f32;
    let equal = whole / count;
    if texts.iter().all(|text| text + PADDING <= equal) {
        return vec![equal; texts.len()];
    }
    let space = (whole - texts.iter().sum::<f32>()) / count;
    texts.iter().map(|text| text + space).collect()
}

fn show(ui: &mut Ui, colors: &Colors, rect: Rect, segment: &Segment<'_>) -> bool {
    let is_free = segment.hindrance.is_none();
    let id = ui.scope_id().with(("segment", segment.text));
    let sense = if is_free {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, is_free, segment.chosen, segment.text)
    });
    let inside = rect.shrink(1.0);
    let color = match (segment.chosen, response.hovered()) {
        (true, _) => {
            let radius = RADIUS - 1;
            ui.painter().rect_filled(inside, radius, colors.accent);
            colors.on_accent
        }
        (false, true) if is_free => colors.text,
        (false, _) if is_free => colors.dim,
        (false, _) => colors.dim.gamma_multiply(0.5),
    };
    let clip = ui
        .painter()
        .with_clip_rect(inside.intersect(ui.clip_rect()));
    let font = FontId::proportional(text(ui, BODY));
    clip.text(
        rect.center(),
        Align2::CENTER_CENTER,
        segment.text,
        font,
        color,
    );
    let response = match segment.hindrance.or(segment.help) {
        Some(text) => response.on_hover_text(text),
        None => response,
    };
    response.clicked()
}
