//! Finds where iso-lines cross the edges of the grid, and which crossings are adjacent.

use super::super::Tones;
use super::fade::Fade;

/// The index that stands for no neighbour.
pub const NONE: u32 = u32::MAX;

/// A point at which an iso-line crosses an edge of the grid.
#[derive(Clone, Copy, Debug)]
pub struct Crossing {
    /// Its position as fractions of the window's width and height.
    pub point: [f32; 2],
    pub opacity: f32,
    /// The adjacent crossings on the same line, one in each of the two cells that share the edge;
    /// if there is only one, it comes first.
    pub neighbours: [u32; 2],
    pub level: u16,
    pub followed: bool,
}

/// All crossings of the levels k/steps for k in 1…steps − 1, linked to their neighbours.
pub fn find(tones: &Tones, steps: u16, pixels: [f64; 2]) -> Vec<Crossing> {
    let (columns, rows) = (tones.columns(), tones.rows());
    if columns < 2 || rows < 2 || steps < 2 {
        return Vec::new();
    }
    let bands = bands(tones, steps);
    let mut finder = Finder {
        tones,
        bands: &bands,
        step: 1.0 / f64::from(steps),
        fade: Fade::new(tones, steps, pixels),
        unit: [1.0 / (columns - 1) as f64, 1.0 / (rows - 1) as f64],
        crossings: Vec::new(),
    };
    let mut below = vec![0; columns - 1];
    let mut above = below.clone();
    let mut upright = vec![0; columns];
    finder.cross_level_edges(0, &mut below);
    for row in 1..rows {
        finder.cross_level_edges(row, &mut above);
        finder.cross_upright_edges(row, &mut upright);
        finder.link_cells(row, &below, &above, &upright);
        std::mem::swap(&mut below, &mut above);
    }
    finder.crossings
}

/// Marks a node without a tone.
const HOLE: u16 = u16::MAX;

/// The number of levels at or below the tone of each node, or [`HOLE`].
///
/// A level crosses an edge exactly if it is counted at one end of the edge and not at the other.
/// All cells therefore agree, even where a level equals the tone of a node.
fn bands(tones: &Tones, steps: u16) -> Vec<u16> {
    let band = |&tone: &f32| {
        if tone.is_nan() {
            HOLE
        } else {
            ((tone * f32::from(steps)) as u16).min(steps - 1)
        }
    };
    tones.values().iter().map(band).collect()
}

/// The crossings of an edge are numbered consecutively by level; this is the number that level 0
/// would have (modulo 2³²). The value of an edge without crossings is stale and never used.
type Edge = u32;

const BOTTOM: usize = 0;
const RIGHT: usize = 1;
const TOP: usize = 2;
const LEFT: usize = 3;

/// The pairs of edges of a cell that a line joins, indexed by the corners above the level: 1 for
/// the lower left, 2 for the lower right, 4 for the upper left, 8 for the upper right. At the two
/// saddles, these lines cut off the corners above the level, which is right if the centre of the
/// cell is below it.
const JOINS: [&[[usize; 2]]; 16] = [
    &[],
    &[[LEFT, BOTTOM]],
    &[[BOTTOM, RIGHT]],
    &[[LEFT, RIGHT]],
    &[[TOP, LEFT]],
    &[[BOTTOM, TOP]],
    &[[BOTTOM, RIGHT], [TOP, LEFT]],
    &[[RIGHT, TOP]],
    &[[RIGHT, TOP]],
    &[[LEFT, BOTTOM], [RIGHT, TOP]],
    &[[BOTTOM, TOP]],
    &[[TOP, LEFT]],
    &[[LEFT, RIGHT]],
    &[[BOTTOM, RIGHT]],
    &[[LEFT, BOTTOM]],
    &[],
];
/// The saddles among these cases.
const SADDLES: [usize; 2] = [0b0110, 0b1001];

struct Finder<'a> {
    tones: &'a Tones,
    bands: &'a [u16],
    /// The difference between consecutive levels.
    step: f64,
    fade: Fade<'a>,
    /// The width and height of a cell, as fractions of the window.
    unit: [f64; 2],
    crossings: Vec<Crossing>,
}

impl<'a> Finder<'a> {
    fn bands_of(&self, row: usize) -> &'a [u16] {
        let columns = self.tones.columns();
        &self.bands[row * columns..][..columns]
    }

    /// Finds the crossings of the edges from each node of a row to the one on its right.
    fn cross_level_edges(&mut self, row: usize, edges: &mut [Edge]) {
        let bands = self.bands_of(row).windows(2);
        for (column, (edge, ends)) in edges.iter_mut().zip(bands).enumerate() {
            self.cross(edge, [column, row], 0, [ends[0], ends[1]]);
        }
    }

    /// Finds the crossings of the edges from each node of the row below `row` up to this row.
    fn cross_upright_edges(&mut self, row: usize, edges: &mut [Edge]) {
        let bands = self.bands_of(row - 1).iter().zip(self.bands_of(row));
        for (column, (edge, (&lower, &upper))) in edges.iter_mut().zip(bands).enumerate() {
            self.cross(edge, [column, row - 1], 1, [lower, upper]);
        }
    }

    /// Adds the crossings of the edge that starts at a node and runs along `axis`, given the bands
    /// of its two ends. Most edges have none.
    #[inline]
    fn cross(&mut self, edge: &mut Edge, at: [usize; 2], axis: usize, [start, end]: [u16; 2]) {
        if start != end && start != HOLE && end != HOLE {
            let low = start.min(end);
            *edge = (self.crossings.len() as u32).wrapping_sub(u32::from(low + 1));
            self.add_crossings(at, axis, low, start.max(end));
        }
    }

    #[inline(never)]
    fn add_crossings(&mut self, at: [usize; 2], axis: usize, low: u16, high: u16) {
        let node = at[1] * self.tones.columns() + at[0];
        let nodes = [node, node + [1, self.tones.columns()][axis]];
        let [start, end] = nodes.map(|node| f64::from(self.tones.values()[node]));
        let slopes = self.fade.slopes(at, axis, nodes);
        let per_tone = 1.0 / (end - start);
        for level in low + 1..=high {
            let along = (f64::from(level) * self.step - start) * per_tone;
            let along = along.clamp(0.0, 1.0);
            let mut position = at.map(|node| node as f64);
            position[axis] += along;
            self.crossings.push(Crossing {
                point: [
                    (position[0] * self.unit[0]) as f32,
                    (position[1] * self.unit[1]) as f32,
                ],
                opacity: self.fade.opacity(level, slopes, along),
                neighbours: [NONE; 2],
                level,
                followed: false,
            });
        }
    }

    /// Links the crossings in each cell between the row below `row` and this row.
    fn link_cells(&mut self, row: usize, below: &[Edge], above: &[Edge], upright: &[Edge]) {
        let lower = self.bands_of(row - 1).windows(2);
        let upper = self.bands_of(row).windows(2);
        for (column, (lower, upper)) in lower.zip(upper).enumerate() {
            let bands = [lower[0], lower[1], upper[0], upper[1]];
            if bands == [bands[0]; 4] || bands.contains(&HOLE) {
                continue;
            }
            let edges = [
                below[column],
                upright[column + 1],
                above[column],
                upright[column],
            ];
            self.link_cell([column, row], bands, edges);
        }
    }

    /// Links the crossings in the cell whose upper left corner is the node `at`, given the bands of
    /// its corners and its edges counter-clockwise from the bottom one.
    fn link_cell(&mut self, at: [usize; 2], bands: [u16; 4], edges: [Edge; 4]) {
        let low = bands.into_iter().fold(HOLE, u16::min);
        let high = bands.into_iter().fold(0, u16::max);
        for level in low + 1..=high {
            let above = bands.map(|band| usize::from(level <= band));
            let case = above[0] | above[1] << 1 | above[2] << 2 | above[3] << 3;
            let case = if SADDLES.contains(&case) && self.middle(at) >= f64::from(level) * self.step
            {
                !case & 0b1111
            } else {
                case
            };
            for &[one, other] in JOINS[case] {
                let crossing = |edge: usize| edges[edge].wrapping_add(u32::from(level));
                self.link(crossing(one), crossing(other));
            }
        }
    }

    /// The mean tone of the corners of the cell whose upper left corner is the node (column, row).
    fn middle(&self, [column, row]: [usize; 2]) -> f64 {
        let columns = self.tones.columns();
        let pair = |row: usize| {
            let start = row * columns + column;
            self.tones.values()[start] + self.tones.values()[start + 1]
        };
        f64::from(pair(row - 1) + pair(row)) / 4.0
    }

    fn link(&mut self, one: u32, other: u32) {
        for (from, to) in [(one, other), (other, one)] {
            let [first, second] = &mut self.crossings[from as usize].neighbours;
            *if *first == NONE { first } else { second } = to;
        }
    }
}
