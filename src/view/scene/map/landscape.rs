//! The surface as a landscape: shaded triangles with iso-lines, drawn from back to front.
//!
//! A cell of a field of heights can only hide cells that are further away from the eye's foot, the
//! place in the field above which the eye is. So the rows and columns in the order of their
//! distance from the foot are an order from back to front, and nothing has to be sorted.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "fields have few cells, and colours are rounded to bytes"
)]

use std::ops::Range;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Rect, Vec2, pos2};

use crate::sampling::{ISO_STEPS, Relief, crowding};
use crate::view::eye::Orbit;
use crate::view::scene::tints::{ground_colors, rainbow};
use crate::view::theme::{Colors, Ground};

/// The side of the blocks in which cells are drawn, in cells: those that are not seen are skipped.
const BLOCK: usize = 200;
/// The number of shades between the lowest and the highest tone.
const SHADES: usize = 255;
/// The light comes from the viewer's upper left: its parts to the right, up and towards the eye.
const LIGHT: [f64; 3] = [-0.55, 0.75, 0.6];
/// The range of the shading, as factors of the colour.
const DARK_SHADING: [f32; 2] = [0.83, 1.30];
const LIGHT_SHADING: [f32; 2] = [0.80, 1.02];
/// The factor of the colour on the underside, in the dark and in the light theme.
const UNDERSIDE: [f32; 2] = [0.55, 0.78];

/// The colours of a landscape.
#[derive(Clone, Debug)]
pub(super) struct Paint {
    /// From the lowest to the highest tone.
    palette: Vec<[f32; 3]>,
    shading: [f32; 2],
    underside: f32,
    /// The colour of each iso-line, from the lowest.
    lines: Vec<Color32>,
}

impl Paint {
    pub fn of(colors: &Colors) -> Self {
        let color = ground_colors(colors);
        let shade = |shade: usize| {
            let [red, green, blue, _] = color(shade as f64 / SHADES as f64).to_array();
            [red, green, blue].map(f32::from)
        };
        let line = |level: u16| match colors.ground {
            Ground::Tones => colors.iso_line,
            Ground::Rainbow => rainbow(f64::from(level) / f64::from(ISO_STEPS)),
        };
        Self {
            palette: (0..=SHADES).map(shade).collect(),
            shading: if colors.dark {
                DARK_SHADING
            } else {
                LIGHT_SHADING
            },
            underside: UNDERSIDE[usize::from(!colors.dark)],
            lines: (0..=ISO_STEPS).map(line).collect(),
        }
    }
}

/// The landscape as one mesh, without what lies outside `clip`. `soft` is the width of soft edges,
/// which is that of a pixel.
pub(super) fn mesh(orbit: &Orbit, paint: &Paint, with_lines: bool, clip: Rect, soft: f32) -> Mesh {
    let mut drawing = Drawing::new(orbit, paint, with_lines, clip, soft);
    let [columns, rows] = orbit.relief().cells();
    let [across, up] = orbit.foot();
    let foot = [across * columns as f64, up * rows as f64];
    let blocks = |count: usize, foot: f64| {
        let blocks = count.div_ceil(BLOCK);
        back_to_front(0..blocks, foot / BLOCK as f64)
            .map(move |block| block * BLOCK..((block + 1) * BLOCK).min(count))
    };
    for rows in blocks(rows, foot[1]) {
        for columns in blocks(columns, foot[0]) {
            drawing.block(columns, rows.clone(), foot);
        }
    }
    drawing.mesh
}

/// The cells of a range, those furthest away from the foot first.
fn back_to_front(cells: Range<usize>, foot: f64) -> impl Iterator<Item = usize> + Clone {
    let foot = (foot.max(0.0) as usize).clamp(cells.start, cells.end);
    (cells.start..foot).chain((foot..cells.end).rev())
}

/// A mesh in the making.
struct Drawing<'a> {
    relief: &'a Relief,
    orbit: &'a Orbit,
    paint: &'a Paint,
    with_lines: bool,
    clip: Rect,
    soft: f32,
    rows: [[f32; 4]; 2],
    depth: [f32; 4],
    centre: Pos2,
    /// The direction of the light, as a factor of the normal (−∂h/∂u, −∂h/∂v, 1).
    light: [f32; 3],
    /// The parts of the normal along x and y for a slope of 1.
    steep: [f32; 2],
    /// How much of the shading is seen.
    relief_shading: f32,
    mesh: Mesh,
    nodes: Vec<Node>,
    /// The axis across strips of cells, one of which is drawn after the other: that which leads most
    /// directly towards the eye.
    across: usize,
    /// The lines of the strip before, to be drawn above the strip that is drawn now: it would cover
    /// half of those along its edge.
    waiting: Vec<IsoLine>,
    /// The lines of the strip that is drawn now.
    newest: Vec<IsoLine>,
}

/// A cell of the block that is being drawn.
#[derive(Clone, Copy)]
struct Cell {
    /// Column and row.
    at: [usize; 2],
    /// The position along its strip.
    step: usize,
    /// Its nodes: lower left, lower right, upper left, upper right.
    corners: [usize; 4],
    /// Those on both sides of the diagonal, the further one first.
    triangles: [Triangle; 2],
}

/// A triangle of a cell.
#[derive(Clone, Copy)]
struct Triangle {
    /// Its nodes, counterclockwise as seen from above.
    corners: [usize; 3],
    /// Twice its area on screen, negative if it is seen from below; `None` if there is nothing to
    /// see.
    turn: Option<f32>,
}

/// The nodes of a cell in a block of this many columns.
fn corners_of([column, row]: [usize; 2], columns: usize) -> [usize; 4] {
    let width = columns + 1;
    let at = row * width + column;
    [at, at + 1, at + width, at + width + 1]
}

/// A straight piece of an iso-line.
#[derive(Clone, Copy)]
struct IsoLine {
    /// That of its cell.
    step: usize,
    ends: [Pos2; 2],
    color: Color32,
}

/// A node of the block that is being drawn.
#[derive(Clone, Copy)]
struct Node {
    spot: Pos2,
    tone: f32,
    color: Color32,
}

impl<'a> Drawing<'a> {
    fn new(orbit: &'a Orbit, paint: &'a Paint, with_lines: bool, clip: Rect, soft: f32) -> Self {
        let (rows, depth) = orbit.projection();
        let (sides, foot) = (orbit.sides(), orbit.foot());
        let relief: &Relief = orbit.relief();
        let cells = relief.cells();
        let mut mesh = Mesh::default();
        let lines = usize::from(with_lines) * 8;
        mesh.vertices.reserve(cells[0] * cells[1] * (1 + lines / 4));
        mesh.indices.reserve(cells[0] * cells[1] * (6 + lines / 2));
        Self {
            relief,
            orbit,
            paint,
            with_lines,
            clip,
            soft,
            rows,
            depth,
            centre: orbit.centre(),
            light: orbit.direction(LIGHT).map(|part| part as f32),
            steep: [0, 1].map(|axis| (sides[2] / sides[axis]) as f32),
            relief_shading: 1.0 - orbit.flatness() as f32,
            mesh,
            nodes: Vec::with_capacity((BLOCK + 1) * (BLOCK + 1)),
            across: usize::from(
                (foot[1] - 0.5).abs() * sides[1] > (foot[0] - 0.5).abs() * sides[0],
            ),
            waiting: Vec::new(),
            newest: Vec::new(),
        }
    }

    /// Draws a block of cells.
    fn block(&mut self, columns: Range<usize>, rows: Range<usize>, foot: [f64; 2]) {
        let cells = self.relief.cells();
        let place = |node: usize, axis: usize| node as f64 / cells[axis] as f64;
        let corners = [
            [place(columns.start, 0), place(rows.start, 1)],
            [place(columns.end, 0), place(rows.end, 1)],
        ];
        let bounds = self.orbit.bounds(corners, [0.0, 1.0]);
        if !bounds.intersects(self.clip) {
            return;
        }
        let is_cut = !self.clip.contains_rect(bounds);
        let first = self.mesh.vertices.len() as u32;
        self.place_nodes(columns.clone(), rows.clone());
        let ranges = [columns.clone(), rows.clone()];
        let along = 1 - self.across;
        for strip in back_to_front(ranges[self.across].clone(), foot[self.across]) {
            let cells = back_to_front(ranges[along].clone(), foot[along]).filter_map(|step| {
                let [column, row] = if along == 0 {
                    [step, strip]
                } else {
                    [strip, step]
                };
                let corners = corners_of([column - columns.start, row - rows.start], columns.len());
                if is_cut && self.is_out(corners) {
                    return None;
                }
                // The triangle on the other side of the diagonal than the foot is further away.
                let beyond = foot[1] - row as f64 > foot[0] - column as f64;
                Some(Cell {
                    at: [column, row],
                    step: step - ranges[along].start,
                    corners,
                    triangles: self.triangles(corners, beyond),
                })
            });
            let seen: Vec<Cell> = cells.collect();
            self.release_hidden(&seen);
            for cell in seen {
                self.cell(&cell, first);
            }
            self.release();
        }
        self.release();
    }

    /// Draws the waiting lines that the next strip hides where it is seen from below.
    fn release_hidden(&mut self, strip: &[Cell]) {
        if self.waiting.is_empty() {
            return;
        }
        let mut hides = [false; BLOCK + 2];
        for cell in strip {
            let is_below = |triangle: &Triangle| triangle.turn.is_some_and(|turn| turn < 0.0);
            if cell.triangles.iter().any(is_below) {
                hides[cell.step..cell.step + 3].fill(true);
            }
        }
        let waiting = std::mem::take(&mut self.waiting);
        let (hidden, waiting) = waiting.into_iter().partition(|line| hides[line.step + 1]);
        self.waiting = waiting;
        let hidden: Vec<IsoLine> = hidden;
        for line in hidden {
            self.line(line.ends, line.color);
        }
    }

    /// Draws the waiting lines, and lets those of the newest strip wait.
    fn release(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        for line in waiting.drain(..) {
            self.line(line.ends, line.color);
        }
        self.waiting = std::mem::replace(&mut self.newest, waiting);
    }

    fn cell(&mut self, cell: &Cell, first: u32) {
        for triangle in cell.triangles {
            self.triangle(triangle, first, cell.step);
        }
        self.edges(cell);
    }

    /// The triangles of a cell, that below the diagonal first if it is `beyond` the other one.
    fn triangles(&self, [a, b, c, d]: [usize; 4], beyond: bool) -> [Triangle; 2] {
        let [below, above] = [[a, b, d], [a, d, c]].map(|corners| {
            let nodes = corners.map(|corner| self.nodes[corner]);
            let is_whole = nodes.iter().all(|node| !node.tone.is_nan());
            Triangle {
                corners,
                turn: turn(nodes.map(|node| node.spot)).filter(|_| is_whole),
            }
        });
        if beyond {
            [below, above]
        } else {
            [above, below]
        }
    }

    /// Projects and colours the nodes of a block.
    fn place_nodes(&mut self, columns: Range<usize>, rows: Range<usize>) {
        let cells = self.relief.cells();
        let [nodes, _] = self.relief.nodes();
        let (heights, tones) = (self.relief.heights(), self.relief.tones());
        let slopes = self.relief.slopes();
        self.nodes.clear();
        for row in rows.start..=rows.end {
            let v = row as f32 / cells[1] as f32;
            let base = |it: &[f32; 4]| it[1] * v + it[3];
            let [x0, y0, d0] = [base(&self.rows[0]), base(&self.rows[1]), base(&self.depth)];
            for column in columns.start..=columns.end {
                let at = row * nodes + column;
                let (u, h) = (column as f32 / cells[0] as f32, heights[at]);
                let part = |it: &[f32; 4]| it[0] * u + it[2] * h;
                let depth = d0 + part(&self.depth);
                let spot = pos2(
                    self.centre.x + (x0 + part(&self.rows[0])) / depth,
                    self.centre.y + (y0 + part(&self.rows[1])) / depth,
                );
                let node = if h.is_nan() {
                    Node {
                        spot: Pos2::ZERO,
                        tone: f32::NAN,
                        color: Color32::TRANSPARENT,
                    }
                } else {
                    let shade = self.shade(slopes[at]);
                    Node {
                        spot,
                        tone: tones[at],
                        color: self.color(tones[at], shade),
                    }
                };
                self.nodes.push(node);
                self.mesh.vertices.push(Vertex {
                    pos: node.spot,
                    uv: WHITE_UV,
                    color: node.color,
                });
            }
        }
    }

    /// The factor of the colour where the surface has this slope.
    fn shade(&self, [along_u, along_v]: [f32; 2]) -> f32 {
        let normal = [-along_u * self.steep[0], -along_v * self.steep[1], 1.0];
        let lit: f32 = (0..3).map(|axis| normal[axis] * self.light[axis]).sum();
        let length = (normal[0] * normal[0] + normal[1] * normal[1] + 1.0).sqrt();
        let [least, most] = self.paint.shading;
        let shade = least + (most - least) * (lit / length).clamp(0.0, 1.0);
        1.0 + (shade - 1.0) * self.relief_shading
    }

    fn color(&self, tone: f32, shade: f32) -> Color32 {
        let index = (tone.clamp(0.0, 1.0) * SHADES as f32 + 0.5) as usize;
        let [red, green, blue] =
            self.paint.palette[index].map(|channel| (channel * shade + 0.5).min(255.0) as u8);
        Color32::from_rgb(red, green, blue)
    }

    /// Whether a cell lies beyond one side of what is seen.
    fn is_out(&self, corners: [usize; 4]) -> bool {
        let spots = corners.map(|corner| self.nodes[corner].spot);
        let all = |beyond: &dyn Fn(Pos2) -> bool| spots.iter().all(|spot| beyond(*spot));
        let clip = self.clip;
        all(&|spot| spot.x < clip.left())
            || all(&|spot| spot.x > clip.right())
            || all(&|spot| spot.y < clip.top())
            || all(&|spot| spot.y > clip.bottom())
    }

    /// Draws a triangle, given counterclockwise as seen from above, with the iso-lines on it.
    fn triangle(&mut self, Triangle { corners, turn }: Triangle, first: u32, step: usize) {
        let Some(turn) = turn else {
            return;
        };
        let nodes = corners.map(|corner| self.nodes[corner]);
        if turn < 0.0 {
            return self.underside(nodes);
        }
        let indices = corners.map(|corner| first + corner as u32);
        self.mesh.indices.extend_from_slice(&indices);
        if self.with_lines {
            self.iso_lines(nodes, turn, step);
        }
    }

    /// Draws a triangle that is seen from below.
    fn underside(&mut self, nodes: [Node; 3]) {
        let first = self.mesh.vertices.len() as u32;
        for node in nodes {
            let color = self.color(node.tone, self.paint.underside);
            self.mesh.colored_vertex(node.spot, color);
        }
        self.mesh.add_triangle(first, first + 1, first + 2);
    }

    /// Draws the iso-lines on a triangle: the tone is linear there, so that they are straight.
    fn iso_lines(&mut self, mut nodes: [Node; 3], turn: f32, step: usize) {
        let steps = f32::from(ISO_STEPS);
        let [a, b, c] = nodes;
        let [low, high] = [
            a.tone.min(b.tone).min(c.tone) * steps,
            a.tone.max(b.tone).max(c.tone) * steps,
        ];
        let levels = (low.max(0.0) as u16 + 1)..=(high as u16).min(ISO_STEPS - 1);
        if levels.is_empty() {
            return;
        }
        let [ab, ac] = [b.spot - a.spot, c.spot - a.spot];
        let [tb, tc] = [b.tone - a.tone, c.tone - a.tone];
        // The gradient of the tone on screen.
        let slope = Vec2::new(tc * ab.y - tb * ac.y, tb * ac.x - tc * ab.x) / turn;
        let apart = 1.0 / (steps * slope.length().max(1e-9));
        nodes.sort_by(|one, other| one.tone.total_cmp(&other.tone));
        let [least, middle, most] = nodes;
        for level in levels {
            let tone = f32::from(level) / steps;
            let opacity = crowding(f64::from(apart), level);
            if opacity < 0.02 {
                continue;
            }
            let on = |from: Node, to: Node| {
                let share = (tone - from.tone) / (to.tone - from.tone).max(1e-12);
                from.spot + (to.spot - from.spot) * share.clamp(0.0, 1.0)
            };
            let ends = if tone < middle.tone {
                [on(least, middle), on(least, most)]
            } else {
                [on(middle, most), on(least, most)]
            };
            let color = self.paint.lines[usize::from(level)].gamma_multiply(opacity);
            self.newest.push(IsoLine { step, ends, color });
        }
    }

    /// Softens the edges of the field and of folds, which would be jagged.
    fn edges(&mut self, cell: &Cell) {
        let [column, row] = cell.at;
        let [columns, rows] = self.relief.cells();
        let nodes = cell.corners.map(|corner| self.nodes[corner]);
        let mut soften = |one: usize, other: usize| {
            let [from, to] = [nodes[one], nodes[other]];
            if !from.tone.is_nan() && !to.tone.is_nan() {
                self.line([from.spot, to.spot], from.color);
            }
        };
        if column == 0 {
            soften(0, 2);
        }
        if column + 1 == columns {
            soften(1, 3);
        }
        if row == 0 {
            soften(0, 1);
        }
        if row + 1 == rows {
            soften(2, 3);
        }
        let turns = cell.triangles.map(|triangle| triangle.turn);
        if let [Some(one), Some(other)] = turns
            && (one > 0.0) != (other > 0.0)
        {
            soften(0, 3);
        }
    }

    /// Adds a line of one pixel with soft sides.
    fn line(&mut self, [from, to]: [Pos2; 2], color: Color32) {
        let way = to - from;
        let length = way.length();
        if length < 1e-4 {
            return;
        }
        let aside = way.rot90() * (self.soft / length);
        let first = self.mesh.vertices.len() as u32;
        for end in [from, to] {
            self.mesh.colored_vertex(end - aside, Color32::TRANSPARENT);
            self.mesh.colored_vertex(end, color);
            self.mesh.colored_vertex(end + aside, Color32::TRANSPARENT);
        }
        for [a, b, c] in [[0, 1, 3], [1, 3, 4], [1, 2, 4], [2, 4, 5]] {
            self.mesh.add_triangle(first + a, first + b, first + c);
        }
    }
}

/// Twice the area of a triangle on screen, positive if it is seen from above; `None` if there is
/// none.
fn turn([a, b, c]: [Pos2; 3]) -> Option<f32> {
    let [ab, ac] = [b - a, c - a];
    // y points down on screen.
    let turn = ab.y * ac.x - ab.x * ac.y;
    (turn != 0.0 && turn.is_finite()).then_some(turn)
}
