//! The scene: a surface, seen from above or as a landscape, with the racers on it.

mod axes;
mod clouds;
mod curvature;
mod drops;
mod ghosts;
mod heads;
mod key;
mod legend;
mod lens;
mod line;
mod map;
mod marks;
mod outside;
mod placement;
mod seen;
mod stationary;
mod step;
mod tints;
mod trails;
mod values;

use std::cell::RefCell;

use egui::{Painter, Shape};

pub use clouds::Cloud;
pub use curvature::Quadratic;
pub use ghosts::Ghost;
pub use heads::HEAD;
pub use map::Map;
pub use marks::filled_star;
pub use placement::Room;
pub use step::{Lengths, StepDrawing, arrow_at};
pub use trails::{TrailMeshes, nearest_point};

use super::eye::Eye;
pub use super::eye::Frame;
use super::{Colors, RacerLook};
use crate::simulation::Trajectory;
use crate::surface::Minimum;
use crate::surface::stationary::Stationary;
use legend::Legend;
use lens::Lens;
use placement::Labels;
use values::Written;

/// The usual size of text.
pub const TEXT: f32 = 12.0;

/// The contents of the scene.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// The colours.
    pub colors: &'a Colors,
    /// The eye that everything is drawn through; its picture is the scene.
    pub eye: Eye,
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
    /// Its saddles and maxima to mark.
    pub stationary: &'a [Stationary],
    /// The fractional step up to which ghosts are drawn.
    pub playhead: f64,
    /// The racers' paths with other seeds.
    pub clouds: &'a [Cloud<'a>],
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
    /// The step from which rounding decides its path, if it ever does: the trail is dashed from
    /// there on.
    pub decided_from: Option<usize>,
    /// Whether it is selected, and thus drawn last and wider.
    pub selected: bool,
    /// The median of its losses over several seeds, which the legend tells in place of the loss.
    pub median: Option<f64>,
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
    /// Whether there is a legend in the emptiest corner.
    pub legend: bool,
    /// Whether the legend lists the racers by their losses, the lowest first, and tells these.
    pub losses: bool,
    /// Whether the numbers on the axes, the colour key and the losses of minima and iso-lines are
    /// shown.
    pub labels: bool,
    /// Whether iso-lines are drawn as lines rather than as one mesh, so that they can be exported
    /// as vectors.
    pub vectors: bool,
    /// Whether the eye turns from one picture to the next: the legend then keeps its corner, and no
    /// losses are written on iso-lines, which would jump.
    pub turns: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            trail_width: 2.2,
            head_size: HEAD,
            text: TEXT,
            trail_length: None,
            lens: true,
            legend: false,
            losses: false,
            labels: true,
            vectors: false,
            turns: false,
        }
    }
}

/// What keeps its place while a race plays.
struct Fixed<'a> {
    legend: Option<Legend<'a>>,
    lens: Option<Lens>,
    values: Vec<Written>,
}

impl Options {
    /// The size of text relative to its usual size, by which other sizes follow it.
    fn em(&self) -> f32 {
        self.text / TEXT
    }
}

/// Paints only the map of a scene, to be reused through [`Map::repainted`], with its iso-lines or
/// without. What is behind a landscape is left out.
pub fn paint_ground(painter: &Painter, map: &Map, colors: &Colors, eye: &Eye, with_lines: bool) {
    let rect = eye.rect();
    if matches!(eye, Eye::Above(_)) {
        painter.rect_filled(rect, 0.0, colors.window);
    }
    map.paint_ground(&painter.with_clip_rect(rect), eye, with_lines);
}

impl<'a> Scene<'a> {
    /// Paints the scene, or nothing if it has no area. Returns the room that is left for boxes
    /// above it.
    #[expect(
        clippy::must_use_candidate,
        reason = "only the window has more to place"
    )]
    pub fn paint(&self, painter: &Painter) -> Room {
        let rect = self.eye.rect();
        let mut room = Room::within(rect);
        if !rect.is_positive() {
            return room;
        }
        let painter = &painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        painter.rect_filled(rect, 0.0, self.colors.window);
        axes::paint_box(painter, &self.eye, self.colors, self.options.text);
        self.map.paint(painter, &self.eye, self.options.vectors);
        let Fixed {
            legend,
            lens,
            values,
        } = self.make_room(painter, &mut room);
        // The numbers on iso-lines lie under the race, but leave out what it covers.
        let under = painter.add(Shape::Noop);
        heads::enter(self, &mut room);
        ghosts::enter(self, &mut room);
        self.paint_race(painter, &self.eye, 1.0);
        let mut labels = Labels::default();
        if let Some(quadratic) = &self.curvature {
            curvature::paint(self, quadratic, painter, &mut room, &mut labels);
        }
        if let Some(step) = &self.step {
            step::paint(self, step, painter, &mut room, &mut labels);
        }
        painter.set(under, values::draw(values, self.colors, &mut room));
        outside::paint(self, painter, &mut room);
        if let Some(lens) = lens {
            lens.paint(self, painter);
        }
        if let Some(legend) = legend {
            legend.paint(self, painter);
        }
        heads::fault_labels(self, &mut labels);
        ghosts::labels(self, &mut labels);
        if self.options.labels {
            marks::minimum_labels(self, &mut labels);
            stationary::labels(self, &mut labels);
        }
        labels.paint(painter, self.colors, &mut room);
        let border = egui::Stroke::new(1.0, self.colors.line);
        painter.rect_stroke(rect, 0.0, border, egui::StrokeKind::Inside);
        room
    }

    /// Paints the edges and places what keeps its place while a race plays: it depends on the paths
    /// but not on the playhead.
    fn make_room(&self, painter: &Painter, room: &mut Room) -> Fixed<'a> {
        let racers = self.racers.iter().map(|racer| racer.path);
        let paths = racers.chain(self.ghosts.iter().map(|ghost| ghost.path));
        room.run(self.map.tracks().of(&self.eye, paths));
        marks::enter(self, room);
        stationary::enter(self, room);
        let Options {
            legend,
            labels,
            lens,
            turns,
            ..
        } = self.options;
        let axes = labels.then(|| {
            key::paint(self, painter, room);
            axes::enter(self, painter, room)
        });
        let legend = legend.then(|| Legend::place(self, painter, room)).flatten();
        if let Some(axes) = axes {
            axes.paint(painter, room);
        }
        let values = (labels && !turns).then(|| values::choose(self, painter, room));
        Fixed {
            legend,
            values: values.unwrap_or_default(),
            lens: lens.then(|| Lens::place(self, room)).flatten(),
        }
    }

    /// Paints everything on top of the map: minima, start, trails and heads, all of
    /// them through the eye. What the surface hides comes first.
    fn paint_race(&self, painter: &Painter, eye: &Eye, scale: f32) {
        marks::minima(self, painter, eye, true);
        stationary::paint(self, painter, eye, true);
        marks::start(self, painter, eye, true);
        for racer in self.in_order() {
            heads::paint(self, racer, painter, eye, true);
            drops::paint(self, racer, painter, eye);
        }
        marks::minima(self, painter, eye, false);
        stationary::paint(self, painter, eye, false);
        clouds::paint(self, painter, eye);
        for ghost in self.ghosts {
            ghosts::paint(self, ghost, painter, eye);
        }
        trails::paint(self, self.in_order(), painter, eye, scale);
        marks::start(self, painter, eye, false);
        for racer in self.in_order() {
            heads::paint(self, racer, painter, eye, false);
        }
    }

    /// The racers, with the selected one last.
    fn in_order(&self) -> impl Iterator<Item = &SceneRacer<'_>> {
        let (selected, others): (Vec<_>, Vec<_>) =
            self.racers.iter().partition(|racer| racer.selected);
        others.into_iter().chain(selected)
    }
}

/// The whole step at a fractional playhead.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "steps are small numbers"
)]
fn whole_step(playhead: f64) -> usize {
    playhead.max(0.0) as usize
}
