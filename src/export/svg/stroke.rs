//! Strokes, on the edge of a shape or beside it.

use egui::{Color32, Stroke, StrokeKind};

use super::element::Element;

/// Adds a stroke to an element; nothing if it is invisible.
pub(super) fn stroked(element: Element<'_>, stroke: Stroke) -> Element<'_> {
    if stroke.is_empty() {
        return element;
    }
    element
        .paint("stroke", stroke.color)
        .number("stroke-width", stroke.width)
}

/// The stroke around a filled shape, on its edge or beside it.
#[derive(Clone, Copy)]
pub(super) struct Outline {
    pub(super) stroke: Stroke,
    pub(super) kind: StrokeKind,
}

impl Outline {
    /// The distance from the edge outwards to the middle of the stroke.
    pub(super) fn middle(self) -> f32 {
        match self.kind {
            StrokeKind::Inside => -self.stroke.width / 2.0,
            StrokeKind::Middle => 0.0,
            StrokeKind::Outside => self.stroke.width / 2.0,
        }
    }

    /// Draws the fill and the stroke. `grown` starts an element at the given distance outside the
    /// edge.
    pub(super) fn around(
        self,
        out: &mut String,
        fill: Color32,
        grown: impl for<'o> Fn(&'o mut String, f32) -> Element<'o>,
    ) {
        let half = self.stroke.width / 2.0;
        if self.stroke.is_empty() {
            if fill != Color32::TRANSPARENT {
                grown(out, 0.0).paint("fill", fill).close();
            }
        } else if self.stroke.color.is_opaque() || fill == Color32::TRANSPARENT {
            stroked(grown(out, self.middle()).paint("fill", fill), self.stroke).close();
        } else {
            // The fill must not show through the stroke.
            grown(out, self.middle() - half).paint("fill", fill).close();
            stroked(grown(out, self.middle()), self.stroke).close();
        }
    }
}
