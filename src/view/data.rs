//! The data behind a loss: the points, each racer's model, and the rows that a step uses.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::scene::Frame;
use super::theme::blend;
use super::{Colors, RacerLook, number};
use crate::plane::Window;
use crate::plane::ticks::{HALVES, multiples, step};
use crate::surface::{Dataset, Line};

/// The contents of the data view.
#[derive(Clone, Copy, Debug)]
pub struct DataScene<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The data.
    pub data: &'a Dataset,
    /// Each racer's model, topmost last.
    pub models: &'a [ModelLine],
    /// The rows used by the selected racer's step; `None` means all of them.
    pub lit: Option<&'a [u32]>,
    /// The colour of the highlighted rows.
    pub lit_color: Color32,
    /// The equation of the selected racer's model, in the units of the data; may be empty.
    pub equation: &'a str,
}

/// The model of one racer.
#[derive(Clone, Copy, Debug)]
pub struct ModelLine {
    /// The racer's colour and marker.
    pub colors: RacerLook,
    /// The regression line, or the boundary between the classes; `None` while there is none.
    pub line: Option<Line>,
    /// Whether the racer is selected.
    pub selected: bool,
}

/// Above this number of points, they are drawn smaller.
const MANY: usize = 400;
/// The maximum number of points drawn, which is enough to see where the data lie.
const MOST: usize = 4000;
/// The margins around the plot for the numbers on its axes.
const MARGIN: [f32; 2] = [44.0, 34.0];

impl DataScene<'_> {
    /// Paints the view into `rect`.
    pub fn paint(&self, painter: &Painter, rect: Rect) {
        let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        painter.rect_filled(rect, 0.0, self.colors.panel);
        let inner = Rect::from_min_max(
            rect.min
                + vec2(
                    MARGIN[0],
                    if self.equation.is_empty() { 34.0 } else { 52.0 },
                ),
            rect.max - vec2(14.0, MARGIN[1]),
        );
        if inner.width() > 40.0 && inner.height() > 40.0 {
            let frame = Frame::new(self.window(inner), inner);
            self.axes(&painter, &frame);
            let inside = painter.with_clip_rect(inner.intersect(painter.clip_rect()));
            self.points(&inside, &frame);
            self.models(&inside, &frame);
            self.lit(&inside, &frame);
        }
        self.heading(&painter, rect);
        let border = Stroke::new(1.0, self.colors.line);
        painter.rect_stroke(rect, 0.0, border, StrokeKind::Inside);
    }

    /// The window around the data, with a margin. Classes need equal units on both axes, so that a
    /// boundary is perpendicular to its normal.
    fn window(&self, rect: Rect) -> Window {
        let [x, y] = self.data.extents().map(extent);
        let window = Window::new(x, y);
        if self.data.labels.is_some() {
            window.with_aspect(f64::from(rect.width() / rect.height()))
        } else {
            window
        }
    }

    fn heading(&self, painter: &Painter, rect: Rect) {
        let (name, left_out) = (&self.data.name, self.data.left_out());
        let mut text = format!("{name} · {} rows", number::count(self.data.len()));
        if left_out > 0 {
            text = format!("{text}, {} left out", number::count(left_out));
        }
        if self.data.standardized.is_some() {
            text += " · in standard deviations";
        }
        let at = rect.left_top() + vec2(12.0, 10.0);
        let font = FontId::proportional(12.0);
        painter.text(at, Align2::LEFT_TOP, text, font, self.colors.text);
        let below = at + vec2(0.0, 19.0);
        let font = FontId::proportional(12.0);
        painter.text(below, Align2::LEFT_TOP, self.equation, font, self.lit_color);
        if let Some(labels) = &self.data.labels {
            let right = rect.right_top() + vec2(-12.0, 10.0);
            let text = format!("● {} {}   ○ other", labels.column, labels.positive);
            let font = FontId::proportional(11.0);
            painter.text(right, Align2::RIGHT_TOP, text, font, self.colors.dim);
        }
    }

    fn axes(&self, painter: &Painter, frame: &Frame) {
        let font = FontId::proportional(10.5);
        let dim = self.colors.dim;
        let grid = Stroke::new(1.0, self.colors.line);
        let rect = frame.rect;
        let [x_unit, y_unit] = frame.unit();
        let apart = step(70.0 * x_unit, HALVES);
        for x in multiples(frame.window.x, apart) {
            let at = frame.to_screen([x, frame.window.y[0]]);
            painter.vline(at.x, rect.y_range(), grid);
            let spot = pos2(at.x, rect.bottom() + 4.0);
            painter.text(
                spot,
                Align2::CENTER_TOP,
                number::mark(x, apart),
                font.clone(),
                dim,
            );
        }
        let apart = step(50.0 * y_unit, HALVES);
        for y in multiples(frame.window.y, apart) {
            let at = frame.to_screen([frame.window.x[0], y]);
            painter.hline(rect.x_range(), at.y, grid);
            let spot = pos2(rect.left() - 5.0, at.y);
            painter.text(
                spot,
                Align2::RIGHT_CENTER,
                number::mark(y, apart),
                font.clone(),
                dim,
            );
        }
        let [x, y] = &self.data.columns;
        let below = pos2(rect.right(), rect.bottom() + 18.0);
        painter.text(below, Align2::RIGHT_TOP, x, font.clone(), dim);
        let above = pos2(rect.left() + 4.0, rect.top() + 2.0);
        painter.text(above, Align2::LEFT_TOP, y, font, dim);
    }

    fn points(&self, painter: &Painter, frame: &Frame) {
        let radius = if self.data.len() > MANY { 1.6 } else { 2.6 };
        let color = blend(self.colors.dim, self.colors.text, 0.35);
        let color = match self.lit {
            Some(_) => color.gamma_multiply(0.55),
            None => color,
        };
        let every = self.data.len().div_ceil(MOST).max(1);
        for row in (0..self.data.len()).step_by(every) {
            let at = frame.to_screen([self.data.x[row], self.data.y[row]]);
            self.point(painter, row, at, radius, color);
        }
    }

    /// Draws a filled disc, or a ring for class 0.
    fn point(&self, painter: &Painter, row: usize, at: Pos2, radius: f32, color: Color32) {
        let full = self
            .data
            .labels
            .as_ref()
            .is_none_or(|labels| labels.of.get(row) == Some(&true));
        if full {
            painter.circle_filled(at, radius, color);
        } else {
            painter.circle_stroke(at, radius, Stroke::new(1.3, color));
        }
    }

    fn lit(&self, painter: &Painter, frame: &Frame) {
        for &row in self.lit.unwrap_or_default().iter().take(MOST) {
            let row = row as usize;
            let (Some(&x), Some(&y)) = (self.data.x.get(row), self.data.y.get(row)) else {
                continue;
            };
            let at = frame.to_screen([x, y]);
            painter.circle_filled(at, 6.5, self.colors.rim);
            painter.circle_stroke(at, 6.5, Stroke::new(1.6, self.lit_color));
            self.point(painter, row, at, 3.4, self.lit_color);
        }
    }

    fn models(&self, painter: &Painter, frame: &Frame) {
        for model in self.models {
            let Some([from, to]) = model.line.and_then(|line| crossing(&line, &frame.window))
            else {
                continue;
            };
            let ends = [frame.to_screen(from), frame.to_screen(to)];
            let width = if model.selected { 3.0 } else { 1.8 };
            let rim = Stroke::new(width + 1.6, self.colors.rim);
            painter.line_segment(ends, rim);
            let line = Stroke::new(width, model.colors.color);
            if model.colors.dashed {
                painter.extend(Shape::dashed_line(&ends, line, 7.0, 4.0));
            } else {
                painter.line_segment(ends, line);
            }
            // The marker is near the right end of the line, inside the picture.
            let at = ends[0].lerp(ends[1], 0.94);
            let rim = Stroke::new(1.2, self.colors.rim);
            painter.extend(model.colors.marker.filled(at, 9.0, model.colors.color, rim));
        }
    }
}

/// The lowest and highest value, with a margin; the unit interval if there are no values.
fn extent(values: Option<[f64; 2]>) -> [f64; 2] {
    let Some([low, high]) = values else {
        return [0.0, 1.0];
    };
    let room = if high > low { 0.06 * (high - low) } else { 0.5 };
    [low - room, high + room]
}

/// The points at which a line enters and leaves a window; `None` if it does not pass through it.
fn crossing(line: &Line, window: &Window) -> Option<[[f64; 2]; 2]> {
    let [a, b] = line.normal;
    if !(a.is_finite() && b.is_finite() && line.offset.is_finite()) || (a == 0.0 && b == 0.0) {
        return None;
    }
    let mut ends: Vec<[f64; 2]> = Vec::with_capacity(4);
    if b != 0.0 {
        ends.extend(window.x.map(|x| [x, (line.offset - a * x) / b]));
    }
    if a != 0.0 {
        ends.extend(window.y.map(|y| [(line.offset - b * y) / a, y]));
    }
    let reach = window.zoomed(1.0 + 1e-9, window.centre());
    ends.retain(|&end| reach.contains(end));
    ends.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    match (ends.first(), ends.last()) {
        (Some(&from), Some(&to)) if from != to => Some([from, to]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_the_window() {
        let window = Window::square(2.0);
        let line = |normal, offset| Line { normal, offset };
        // y = x
        let cut = crossing(&line([1.0, -1.0], 0.0), &window);
        assert_eq!(cut, Some([[-2.0, -2.0], [2.0, 2.0]]));
        // x = 1
        let cut = crossing(&line([1.0, 0.0], 1.0), &window);
        assert_eq!(cut, Some([[1.0, -2.0], [1.0, 2.0]]));
        assert_eq!(crossing(&line([1.0, 0.0], 5.0), &window), None);
        assert_eq!(crossing(&line([0.0, 0.0], 1.0), &window), None);
        assert_eq!(crossing(&line([f64::NAN, 1.0], 1.0), &window), None);
    }

    #[test]
    fn extents_have_room() {
        assert_eq!(extent(None), [0.0, 1.0]);
        assert_eq!(extent(Some([3.0, 3.0])), [2.5, 3.5]);
        let [low, high] = extent(Some([0.0, 10.0]));
        assert!(low < 0.0 && high > 10.0);
    }
}
