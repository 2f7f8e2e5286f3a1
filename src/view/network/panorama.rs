//! What one racer's network has learned, at full size with axes.

use egui::{Align2, FontId, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use super::plot::{Plot, Sizes};
use super::{Painted, pictures};
use crate::plane::Window;
use crate::plane::ticks::{HALVES, multiples, step};
use crate::sampling::learned::{Outlook, Palette, Sight};
use crate::view::eye::Frame;
use crate::view::{Colors, RacerLook, number};

/// What the network of the selected racer has learned, at full size.
#[derive(Clone, Copy, Debug)]
pub struct Panorama<'a> {
    /// The colours of the theme.
    pub colors: &'a Colors,
    /// What of the data is seen.
    pub outlook: &'a Outlook,
    /// The colours of predictions.
    pub palette: &'a Palette,
    /// The names of the classes.
    pub classes: &'a [String],
    /// The names of what is seen across and up.
    pub axes: [&'a str; 2],
    /// The look of the racer.
    pub look: RacerLook,
    /// The name of the racer, and how well it does.
    pub heading: [&'a str; 2],
    /// The predictions; `None` while there are none.
    pub painted: Option<&'a Painted>,
}

impl Panorama<'_> {
    /// The margins around the picture: for the numbers on its axes, and for the heading.
    const LEFT: f32 = 52.0;
    const RIGHT: f32 = 14.0;
    const TOP: f32 = 38.0;
    const BELOW: f32 = 38.0;
    /// The width of a picture among the rows.
    const PICTURE: f32 = 56.0;
    /// The sizes of what is drawn.
    const SIZES: Sizes = Sizes {
        dot: 3.0,
        ring: 6.5,
        most: usize::MAX,
        curve: 2.6,
    };

    /// Returns the area of the picture itself within `rect`, in which predictions are sampled.
    #[must_use]
    pub fn inner(rect: Rect) -> Rect {
        let inner = Rect::from_min_max(
            rect.min + vec2(Self::LEFT, Self::TOP),
            rect.max - vec2(Self::RIGHT, Self::BELOW),
        );
        if inner.is_positive() { inner } else { rect }
    }

    /// Returns the number of nodes across and up at which predictions are sampled for a picture in
    /// `rect`.
    #[must_use]
    pub fn nodes(rect: Rect) -> [usize; 2] {
        /// The distance of two nodes in points.
        const APART: f32 = 6.0;
        let inner = Self::inner(rect).size();
        [inner.x, inner.y].map(|side| (side / APART).max(1.0) as usize + 1)
    }

    /// Paints it into `rect`.
    pub fn paint(&self, painter: &Painter, rect: Rect) {
        let painter = &painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        painter.rect_filled(rect, 0.0, self.colors.panel);
        self.heading(painter, rect);
        let inner = Self::inner(rect);
        match (self.outlook.sight(), self.painted) {
            (Sight::Pictures(_), Some(painted)) => {
                let inner = rect.shrink(12.0).with_min_y(rect.top() + Self::TOP);
                let names = (Self::PICTURE, self.classes);
                pictures::paint(painter, inner, self.colors, self.outlook, painted, names);
            }
            (Sight::Pictures(_), None) => {}
            (Sight::Plane(_) | Sight::Line, _) => {
                let plot = Plot {
                    colors: self.colors,
                    outlook: self.outlook,
                    palette: self.palette,
                    curve: self.look.color,
                    sizes: Self::SIZES,
                };
                plot.paint(painter, inner, self.painted);
                self.axes(painter, inner);
            }
        }
        let border = Stroke::new(1.0, self.colors.line);
        painter.rect_stroke(rect, 0.0, border, StrokeKind::Inside);
    }

    fn heading(&self, painter: &Painter, rect: Rect) {
        let [name, result] = self.heading;
        let middle = rect.top() + 0.5 * Self::TOP;
        let marker = pos2(rect.left() + 20.0, middle);
        let rim = Stroke::new(1.0, self.colors.rim);
        painter.extend(self.look.marker.filled(marker, 10.0, self.look.color, rim));
        let font = FontId::proportional(13.0);
        let at = marker + vec2(12.0, 0.0);
        let name = painter.text(at, Align2::LEFT_CENTER, name, font, self.colors.text);
        let at = pos2(name.right() + 10.0, middle);
        let font = FontId::proportional(12.0);
        painter.text(at, Align2::LEFT_CENTER, result, font, self.colors.dim);
    }

    /// Paints the numbers on both axes in the data's own units, and their names.
    fn axes(&self, painter: &Painter, rect: Rect) {
        let is_probability = self.outlook.sight() == Sight::Line && self.outlook.classes() > 0;
        let window = match self.outlook.own_window() {
            Window { x, .. } if is_probability => Window::new(x, self.outlook.window().y),
            own => own,
        };
        let frame = Frame::new(window, rect);
        let (font, dim) = (FontId::proportional(10.5), self.colors.dim);
        let tick = Stroke::new(1.0, self.colors.dim.gamma_multiply(0.6));
        let [x_unit, y_unit] = frame.unit();
        let apart = step(70.0 * x_unit, HALVES);
        for x in multiples(window.x, apart) {
            let at = pos2(frame.to_screen([x, window.y[0]]).x, rect.bottom());
            painter.line_segment([at, at + vec2(0.0, 4.0)], tick);
            let text = number::mark(x, apart);
            let at = at + vec2(0.0, 5.0);
            painter.text(at, Align2::CENTER_TOP, text, font.clone(), dim);
        }
        let apart = step(46.0 * y_unit, HALVES);
        for y in multiples(window.y, apart) {
            let at = pos2(rect.left(), frame.to_screen([window.x[0], y]).y);
            painter.line_segment([at, at - vec2(4.0, 0.0)], tick);
            let text = number::mark(y, apart);
            let at = at - vec2(6.0, 0.0);
            painter.text(at, Align2::RIGHT_CENTER, text, font.clone(), dim);
        }
        let [across, up] = self.axes;
        let text = self.colors.text;
        let at = pos2(rect.right(), rect.bottom() + 20.0);
        painter.text(
            at,
            Align2::RIGHT_TOP,
            format!("→ {across}"),
            font.clone(),
            text,
        );
        let at = rect.left_top() + vec2(6.0, 5.0);
        painter.text(at, Align2::LEFT_TOP, format!("↑ {up}"), font, text);
    }
}
