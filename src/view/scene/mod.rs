//! The contour scene: a surface seen from above, with the racers on it.

mod annotations;
mod curvature;
mod ghosts;
mod heads;
mod lens;
mod line;
mod map;
mod step;
mod trails;

use std::cell::RefCell;

use egui::{Painter, Rect};

pub use curvature::Quadratic;
pub use ghosts::Ghost;
pub use heads::{HEAD, head_position};
pub use map::Map;
pub use step::{Lengths, StepDrawing, arrow_at};
pub use trails::{TrailMeshes, nearest_point};

use super::eye::Eye;
pub use super::eye::Frame;
use super::{Colors, RacerLook};
use crate::plane::Window;
use crate::simulation::Trajectory;
use crate::surface::Minimum;

/// The contents of the scene.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The visible part of the plane.
    pub window: Window,
    /// The surface as an image with iso-lines.
    pub map: &'a Map,
    /// The racers; hidden ones are not included.
    pub racers: &'a [SceneRacer<'a>],
    /// The names of the plane's axes.
    pub axes: [&'a str; 2],
    /// The starting point.
    pub start: [f64; 2],
    /// The surface's minima.
    pub minima: &'a [Minimum],
    /// The fractional step up to which ghosts are drawn.
    pub playhead: f64,
    /// Paths shown only for comparison.
    pub ghosts: &'a [Ghost<'a>],
    /// The step under inspection.
    pub step: Option<StepDrawing<'a>>,
    /// The curvature of the surface at a point.
    pub curvature: Option<Quadratic>,
    /// Sizes and other options.
    pub options: Options,
    /// The meshes of trails that were drawn before, if they are kept.
    pub meshes: Option<&'a RefCell<TrailMeshes>>,
}

/// One racer of the scene.
#[derive(Clone, Copy, Debug)]
pub struct SceneRacer<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its path.
    pub path: &'a Trajectory,
    /// Its colour, marker and dash.
    pub colors: RacerLook,
    /// The racer's own playhead: the fractional step up to which its trail is drawn.
    pub playhead: f64,
    /// Whether it is selected, and thus drawn last and wider.
    pub selected: bool,
}

/// Sizes and other options of a scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The width of a trail, in points.
    pub trail_width: f32,
    /// The size of a head, in points.
    pub head_size: f32,
    /// The size of text, in points.
    pub text: f32,
    /// The number of steps for which a trail stays visible; `None` means all.
    pub trail_length: Option<f64>,
    /// Whether crowded heads are shown at twice the size in a free corner.
    pub lens: bool,
    /// Whether there is a legend in a corner.
    pub legend: bool,
    /// Whether the numbers on the axes, the colour key and the labels of the minima are shown.
    pub labels: bool,
    /// Whether iso-lines are drawn as lines rather than as one mesh, so that they can be exported
    /// as vectors.
    pub vectors: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            trail_width: 2.2,
            head_size: HEAD,
            text: 12.0,
            trail_length: None,
            lens: true,
            legend: false,
            labels: true,
            vectors: false,
        }
    }
}

/// Paints only the map of a scene, to be reused through [`Map::painted`].
pub fn paint_ground(painter: &Painter, map: &Map, colors: &Colors, window: Window, rect: Rect) {
    painter.rect_filled(rect, 0.0, colors.window);
    map.paint(
        &painter.with_clip_rect(rect),
        &Frame::new(window, rect),
        false,
    );
}

impl Scene<'_> {
    /// Paints the scene into `rect`; nothing if it has no area.
    pub fn paint(&self, painter: &Painter, rect: Rect) {
        if !rect.is_positive() {
            return;
        }
        let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        let frame = Frame::new(self.window, rect);
        painter.rect_filled(rect, 0.0, self.colors.window);
        self.paint_ground(&painter, &frame);
        if self.options.labels {
            annotations::axes(self, &painter, &frame);
            annotations::axis_names(self, &painter, &frame);
            annotations::key(self, &painter, &frame);
        }
        self.paint_race(&painter, &Eye::Above(frame), 1.0);
        if let Some(quadratic) = &self.curvature {
            curvature::paint(self, quadratic, &painter, &frame);
        }
        if let Some(step) = &self.step {
            step::paint(self, step, &painter, &frame);
        }
        if self.options.labels {
            annotations::minimum_labels(self, &painter, &frame);
        }
        heads::paint_outside(self, &painter, &frame);
        if self.options.lens {
            lens::paint(self, &painter, &frame);
        }
        if self.options.legend {
            annotations::legend(self, &painter, &frame);
        }
        let border = egui::Stroke::new(1.0, self.colors.line);
        painter.rect_stroke(rect, 0.0, border, egui::StrokeKind::Inside);
    }

    fn paint_ground(&self, painter: &Painter, frame: &Frame) {
        self.map.paint(painter, frame, self.options.vectors);
    }

    /// Paints everything on top of the map: minima, start, trails and heads, all of
    /// them through the eye.
    fn paint_race(&self, painter: &Painter, eye: &Eye, scale: f32) {
        annotations::minima(self, painter, eye);
        for ghost in self.ghosts {
            ghosts::paint(self, ghost, painter, eye);
        }
        for racer in self.in_order() {
            trails::paint(self, racer, painter, eye, scale);
        }
        annotations::start(self, painter, eye);
        for racer in self.in_order() {
            heads::paint(self, racer, painter, eye);
        }
    }

    /// The racers, with the selected one last.
    fn in_order(&self) -> impl Iterator<Item = &SceneRacer<'_>> {
        let (selected, others): (Vec<_>, Vec<_>) =
            self.racers.iter().partition(|racer| racer.selected);
        others.into_iter().chain(selected)
    }
}
