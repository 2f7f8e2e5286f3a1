//! Iso-lines, ready to be drawn at any size.

use egui::epaint::{Mesh, PathStroke, TessellationOptions, Tessellator};
use egui::{Color32, Pos2, Rect, Shape, Vec2, pos2};

use crate::sampling::Sampled;
use crate::view::eye::Orbit;
use crate::view::scene::line::{stretches, thinned};
use crate::view::scene::tints::rainbow;
use crate::view::theme::{Colors, Ground};

/// The iso-lines of a map.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(Vec<Line>);

/// A piece of an iso-line of one colour; the points are fractions of the window from the top left.
#[derive(Clone, Debug)]
struct Line {
    points: Vec<Pos2>,
    color: Color32,
    bounds: Rect,
}

impl Lines {
    /// The iso-lines of a surface. Each is divided where its opacity changes, so that every piece
    /// has one colour.
    pub fn of(sampled: &Sampled, colors: &Colors) -> Self {
        Self(lines(sampled, colors))
    }

    /// The number of pieces.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All lines of a map of this size as one mesh.
    pub fn mesh(&self, size: Vec2, pixels_per_point: f32) -> Mesh {
        let rect = Rect::from_min_size(Pos2::ZERO, size);
        let whole = self.0.iter().map(|line| (line.placed(rect), line.color));
        tessellated(whole, pixels_per_point)
    }

    /// The parts of the lines inside `clip` as one mesh, if the map fills `rect`.
    pub fn mesh_of_part(&self, rect: Rect, clip: Rect, pixels_per_point: f32) -> Mesh {
        let parts = self.seen(rect, clip).flat_map(|line| {
            let parts = stretches(&line.placed(rect), clip).into_iter();
            parts.map(|part| (part, line.color))
        });
        tessellated(parts, pixels_per_point)
    }

    /// The lines as shapes, without those that lie outside `clip`, if the map fills `rect`.
    pub fn shapes(&self, rect: Rect, clip: Rect) -> impl Iterator<Item = Shape> {
        let shape = move |line: &Line| Shape::line(line.placed(rect), line.stroke());
        self.seen(rect, clip).map(shape)
    }

    /// The visible parts of the lines on a landscape as shapes.
    pub fn shapes_on(&self, orbit: &Orbit, clip: Rect) -> impl Iterator<Item = Shape> {
        /// Points closer together on screen than this are left out.
        const CLOSE: f32 = 0.8;
        self.0.iter().flat_map(move |line| {
            let points = line.points.iter().map(|at| {
                let [across, down] = [at.x, at.y].map(f64::from);
                orbit.in_plane([across, 1.0 - down])
            });
            let runs = orbit.lay(points, CLOSE).into_iter();
            let seen = runs.filter(|run| !run.hidden);
            let stretches = seen.flat_map(move |run| stretches(&run.points, clip));
            stretches.map(|stretch| Shape::line(stretch, line.stroke()))
        })
    }

    fn seen(&self, rect: Rect, clip: Rect) -> impl Iterator<Item = &Line> {
        let corner = move |at| placed(at, rect);
        let bounds =
            move |line: &Line| Rect::from_min_max(corner(line.bounds.min), corner(line.bounds.max));
        let lines = self.0.iter();
        lines.filter(move |line| bounds(line).intersects(clip))
    }
}

impl Line {
    fn placed(&self, rect: Rect) -> Vec<Pos2> {
        self.points.iter().map(|&at| placed(at, rect)).collect()
    }

    fn stroke(&self) -> PathStroke {
        PathStroke::new(1.0, self.color)
    }
}

fn placed(fraction: Pos2, rect: Rect) -> Pos2 {
    rect.min + fraction.to_vec2() * rect.size()
}

fn lines(sampled: &Sampled, colors: &Colors) -> Vec<Line> {
    /// The number of levels of opacity.
    const SHADES: f32 = 6.0;
    let mut lines = Vec::new();
    for iso_line in sampled.iso_lines().lines() {
        let shade = |opacity: f32| (opacity * SHADES).round();
        let color = match colors.ground {
            Ground::Tones => colors.iso_line,
            Ground::Rainbow => rainbow(iso_line.level),
        };
        let around = usize::from(iso_line.closed);
        let points: Vec<Pos2> = iso_line
            .points
            .iter()
            .chain(iso_line.points.iter().take(around))
            .map(|&[across, up]| pos2(across, 1.0 - up))
            .collect();
        let mut from = 0;
        while from + 1 < points.len() {
            let this = shade(iso_line.opacity[from]);
            let run = iso_line.opacity[from + 1..]
                .iter()
                .take_while(|&&opacity| shade(opacity).total_cmp(&this).is_eq())
                .count();
            // The piece extends to the first point of the next one, so that there is no gap.
            let to = (from + run + 1).min(points.len() - 1);
            if this > 0.0 {
                let piece = points[from..=to].to_vec();
                lines.push(Line {
                    bounds: Rect::from_points(&piece),
                    points: piece,
                    color: color.gamma_multiply(this / SHADES),
                });
            }
            from = to;
        }
    }
    lines
}

fn tessellated(lines: impl Iterator<Item = (Vec<Pos2>, Color32)>, pixels_per_point: f32) -> Mesh {
    /// Samples are denser than bends: a point closer than this to the line between its neighbours
    /// can be dropped.
    const UNSEEN: f32 = 0.04;
    // Lines use only the white texel of the font atlas, so its size does not matter.
    let mut tessellator = Tessellator::new(
        pixels_per_point,
        TessellationOptions::default(),
        [1, 1],
        vec![],
    );
    let mut mesh = Mesh::default();
    for (points, color) in lines {
        let stroke = PathStroke::new(1.0, color);
        tessellator.tessellate_shape(Shape::line(thinned(&points, UNSEEN), stroke), &mut mesh);
    }
    mesh
}
