//! The contents of a window onto what a network has learned.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

use super::Painted;
use super::classes::{class_color, ground};
use crate::sampling::corner_texels;
use crate::sampling::learned::{Dot, Field, Outlook, Palette, Prediction, Sight};
use crate::view::Colors;
use crate::view::eye::Frame;

/// The sizes of what is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// The radius of a dot.
    pub dot: f32,
    /// The radius of the ring around a wrong one.
    pub ring: f32,
    /// The most dots.
    pub most: usize,
    /// The width of curves.
    pub curve: f32,
}

/// What is drawn in a window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot<'a> {
    pub colors: &'a Colors,
    pub outlook: &'a Outlook,
    pub palette: &'a Palette,
    /// The colour of a fitted curve, that of its racer.
    pub curve: Color32,
    pub sizes: Sizes,
}

impl Plot<'_> {
    /// Paints the ground, or the predictions if there are any, and the rows above them.
    pub fn paint(&self, painter: &Painter, rect: Rect, painted: Option<&Painted>) {
        let painter = &painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        painter.rect_filled(rect, 0.0, ground(self.colors));
        let frame = Frame::new(self.outlook.window(), rect);
        if let Some(painted) = painted {
            self.area(painter, rect, painted);
        }
        self.dots(painter, &frame, painted);
        if let Some(Prediction::Curve(field)) = painted.map(|it| &it.learned.prediction) {
            self.curves(painter, &frame, field);
        }
    }

    /// Paints the colours of the predictions, and the borders.
    fn area(&self, painter: &Painter, rect: Rect, painted: &Painted) {
        if let (Some(field), Some((texture, _))) = (painted.learned.field(), painted.image()) {
            let [from, to] = corner_texels(field.columns(), field.rows());
            let texels = Rect::from_min_max(from.into(), to.into());
            painter.image(texture, rect, texels, Color32::WHITE);
        }
        let strength = if self.colors.dark { 0.75 } else { 0.6 };
        let line = Stroke::new(1.0, self.colors.text.gamma_multiply(strength));
        let at = |[across, up]: [f32; 2]| {
            pos2(
                rect.left() + across * rect.width(),
                rect.bottom() - up * rect.height(),
            )
        };
        let segments = painted.borders.iter();
        painter.extend(segments.map(|ends| Shape::line_segment(ends.map(at), line)));
    }

    fn dots(&self, painter: &Painter, frame: &Frame, painted: Option<&Painted>) {
        let dots = self.outlook.dots();
        let every = dots.len().div_ceil(self.sizes.most).max(1);
        let shown = || dots.iter().step_by(every);
        let at = |dot: &Dot| frame.to_screen(dot.at);
        for dot in shown() {
            painter.circle(at(dot), self.sizes.dot, self.color(dot), self.rim(dot));
        }
        let Some(painted) = painted else {
            return;
        };
        let wrong = shown().filter(|dot| !painted.learned.is_right(dot.row, dot.class));
        for dot in wrong {
            self.ring(painter, at(dot));
        }
    }

    /// Paints the ring around a row whose class is not predicted.
    fn ring(&self, painter: &Painter, at: Pos2) {
        let ring = Stroke::new(1.2, self.colors.text);
        painter.circle_stroke(at, self.sizes.ring, ring);
    }

    fn color(&self, dot: &Dot) -> Color32 {
        match dot.class {
            Some(class) => class_color(self.colors, class),
            // On a line, the height is the number.
            None if self.outlook.sight() == Sight::Line => self.colors.dim,
            None => {
                let [red, green, blue] = self.palette.of_number(dot.target, self.outlook);
                Color32::from_rgb(red, green, blue)
            }
        }
    }

    /// The rim of a dot, without which one that is predicted well would not be seen on its number.
    fn rim(&self, dot: &Dot) -> Stroke {
        match dot.class {
            None if self.outlook.sight() != Sight::Line => {
                Stroke::new(0.8, self.colors.text.gamma_multiply(0.8))
            }
            _ => Stroke::NONE,
        }
    }

    /// Paints the predicted number along the line, or the probability of each class.
    fn curves(&self, painter: &Painter, frame: &Frame, field: &Field) {
        let last = field.columns().max(2) - 1;
        for index in 0..field.depth() {
            let is_class = self.outlook.classes() > 0;
            let color = if is_class {
                class_color(self.colors, index)
            } else {
                self.curve
            };
            let [from, to] = frame.window.x;
            let point = |column: usize| {
                let x = from + (to - from) * column as f64 / last as f64;
                let y = field.at(column, 0).get(index).copied();
                y.filter(|y| y.is_finite())
                    .map(|y| frame.to_screen([x, f64::from(y)]))
            };
            let points: Vec<Pos2> = (0..field.columns()).filter_map(point).collect();
            let rim = Stroke::new(self.sizes.curve + 1.6, self.colors.rim);
            painter.add(Shape::line(points.clone(), rim));
            painter.add(Shape::line(points, Stroke::new(self.sizes.curve, color)));
        }
    }
}
