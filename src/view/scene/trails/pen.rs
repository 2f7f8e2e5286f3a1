//! Draws the pieces of trails.

use std::ops::Range;

use egui::{Color32, Pos2, Rect, Shape, Stroke, Vec2};

use super::ink::{Ink, Seen};
use super::pieces::{MOST, Piece, bounds};
use crate::simulation::Trajectory;
use crate::view::eye::{Eye, Run, Sight};
use crate::view::scene::line::{dashes, length, stretches, stretches_after, thinned};
use crate::view::theme::blend;

/// The strength of the colour at the start of a race; at its end it is 1.
const FAINTEST: f32 = 0.75;
/// The strength of the rim at the start of a race; at its end it is 1.
const FAINTEST_RIM: f32 = 0.5;
/// How much wider the rim is than the trail.
const RIM: f32 = 1.6;
/// Points closer together than this are drawn as one.
const CLOSE: f32 = 0.6;
/// A point closer than this to the line between its neighbours can be dropped.
const UNSEEN: f32 = 0.15;
/// The length on screen above which a path is not dashed: it crosses itself so often that its
/// dashes would only be thousands of specks.
const DASHED: f32 = 8_000.0;
/// The opacity of a path that is far from the plane on which it is seen.
const FAR: f32 = 0.38;
/// The lengths of dashes and of the gaps between them, for a racer whose trail is dashed.
const DASHES: [f32; 2] = [7.0, 4.0];
/// The same where rounding decides the path.
const DECIDED: [f32; 2] = [2.5, 4.0];

/// The width, opacity and dashes of what is hidden behind the surface.
const HIDDEN_WIDTH: f32 = 1.4;
const HIDDEN: f32 = 0.28;
const HIDDEN_DASHES: [f32; 2] = [4.0, 3.0];

/// How a trail looks, wherever it leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub color: Color32,
    pub rim: Color32,
    pub width: f32,
    /// 1, or less for racers that are not selected.
    pub strength: f32,
    pub dashed: bool,
    /// The kept point from which rounding decides the path, if it ever does.
    pub decided_from: Option<usize>,
    /// The distance from the plane on which the path is seen at which it is faintest.
    pub reach: f64,
}

/// The shapes of a piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// What is hidden behind the surface.
    pub hidden: Vec<Shape>,
    pub rim: Vec<Shape>,
    pub line: Vec<Shape>,
    /// The length of a dashed trail up to the end of this piece.
    pub length: f32,
}

/// The shapes of a trail up to the playhead, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    /// What is hidden behind the surface, below everything.
    pub hidden: Vec<Shape>,
    pub rims: Vec<Shape>,
    /// On top of all rims.
    pub lines: Vec<Shape>,
}

impl Layers {
    /// Moves everything, which copies it.
    pub fn translate(&mut self, by: Vec2) {
        for layer in [&mut self.hidden, &mut self.rims, &mut self.lines] {
            for shape in layer {
                shape.translate(by);
            }
        }
    }
}

/// A pen for the trail of one path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen<'a> {
    pub path: &'a Trajectory,
    pub sight: &'a Sight,
    pub look: Look,
}

impl<'a> Pen<'a> {
    /// A pen that draws dashes only where `look` asks for them and the path is short enough.
    pub fn new(path: &'a Trajectory, sight: &'a Sight, look: Look) -> Self {
        let pen = Self { path, sight, look };
        let look = Look {
            dashed: look.dashed && !pen.is_long(0),
            decided_from: look.decided_from.filter(|&from| !pen.is_long(from)),
            ..look
        };
        Self { look, ..pen }
    }

    /// The rectangle outside of which nothing needs to be drawn.
    pub fn seen(&self) -> Rect {
        self.sight.clip.expand(2.0 * self.look.width)
    }

    /// Whether the path from a kept point on is too long on screen to be dashed.
    fn is_long(&self, from: usize) -> bool {
        let last = self.path.points().saturating_sub(1);
        let mut whole = 0.0;
        (from..last).step_by(MOST).any(|from| {
            let points = (from..=(from + MOST).min(last)).map(|point| {
                self.sight
                    .eye
                    .spot([self.path.x[point], self.path.y[point]])
            });
            let seen = stretches(&points.collect::<Vec<_>>(), self.seen());
            whole += seen.iter().map(|stretch| length(stretch)).sum::<f32>();
            whole >= DASHED
        })
    }

    /// Draws a piece that begins after `before` points of a dashed trail's length. The newest piece
    /// has no ink: it is drawn whole, and leaves nothing behind.
    pub fn draw(&self, piece: &Piece, before: f32, ink: Option<&mut Ink>) -> Drawn {
        let (first, last) = (*piece.points.start(), *piece.points.end());
        match self.look.decided_from {
            Some(from) if from <= first => self.draw_dashed(piece, before, DECIDED),
            Some(from) if from < last => {
                let sure = Piece {
                    points: first..=from,
                    end: None,
                    ..piece.clone()
                };
                let decided = Piece {
                    points: from..=last,
                    ..piece.clone()
                };
                let sure = self.draw_sure(&sure, before, ink);
                let decided = self.draw_dashed(&decided, sure.length, DECIDED);
                Drawn {
                    hidden: [sure.hidden, decided.hidden].concat(),
                    rim: [sure.rim, decided.rim].concat(),
                    line: [sure.line, decided.line].concat(),
                    length: decided.length,
                }
            }
            _ => self.draw_sure(piece, before, ink),
        }
    }

    /// Draws a piece of which rounding decides nothing.
    fn draw_sure(&self, piece: &Piece, before: f32, ink: Option<&mut Ink>) -> Drawn {
        if self.look.dashed {
            return self.draw_dashed(piece, before, DASHES);
        }
        let (from, to) = (*piece.points.start(), *piece.points.end());
        // The newest piece goes on to the point after its last one.
        let part = bounds(self.path, from, to + 1);
        if !self.sight.eye.may_show(&part, self.seen()) {
            return Drawn::default();
        }
        let runs = self.laid(from..to + 1, piece.end);
        if let Some(ink) = &ink {
            let points = runs.iter().flat_map(|run| &run.points);
            let around = points.fold(Rect::NOTHING, |mut around, point| {
                around.extend_with(*point);
                around
            });
            if ink.is_full(around.intersect(self.seen()), piece.progress) {
                return Drawn::default();
            }
        }
        let lines = |run: &Run| stretches(&thinned(&run.points, UNSEEN), self.seen());
        let lines: Vec<_> = runs
            .iter()
            .filter(|run| !run.hidden)
            .flat_map(lines)
            .collect();
        let mut seen = match ink {
            Some(ink) => self.seen_of(&lines, piece, ink),
            None => Seen {
                rims: lines.clone(),
                lines,
            },
        };
        let first = runs.first().filter(|run| !run.hidden);
        self.hide_seam(
            &mut seen.lines,
            from,
            first.and_then(|run| run.points.first()),
        );
        Drawn {
            hidden: self.hidden(&runs, piece),
            rim: self.rim(&seen.rims, piece),
            line: self.line(&seen.lines, piece),
            length: 0.0,
        }
    }

    fn draw_dashed(&self, piece: &Piece, before: f32, pattern: [f32; 2]) -> Drawn {
        let (from, to) = (*piece.points.start(), *piece.points.end());
        let runs = self.laid(from..to + 1, piece.end);
        let (mut rims, mut lines) = (Vec::new(), Vec::new());
        // Of what is not seen as well, so that dashes stay where they are when the view moves.
        let mut so_far = before;
        for run in &runs {
            let points = thinned(&run.points, UNSEEN);
            if !run.hidden {
                rims.extend(stretches(&points, self.seen()));
                lines.extend(self.dashes(&points, so_far, pattern));
            }
            so_far += length(&points);
        }
        Drawn {
            hidden: self.hidden(&runs, piece),
            rim: self.rim(&rims, piece),
            line: self.line(&lines, piece),
            length: so_far,
        }
    }

    /// Draws what is hidden behind the surface, thin and faint.
    fn hidden(&self, runs: &[Run], piece: &Piece) -> Vec<Shape> {
        let color = self.look.color.gamma_multiply(HIDDEN * self.visible(piece));
        let hidden = runs.iter().filter(|run| run.hidden);
        let dashes = |run: &Run| self.dashes(&thinned(&run.points, UNSEEN), 0.0, HIDDEN_DASHES);
        let lines: Vec<_> = hidden.flat_map(dashes).collect();
        shapes(&lines, Stroke::new(HIDDEN_WIDTH, color))
    }

    /// The dashes of a line that begins after `before` points of the trail's length.
    fn dashes(&self, points: &[Pos2], before: f32, pattern: [f32; 2]) -> Vec<Vec<Pos2>> {
        let stretches = stretches_after(points, self.seen()).into_iter();
        let dashes = |(after, line): (f32, Vec<Pos2>)| dashes(&line, pattern, before + after);
        stretches.flat_map(dashes).collect()
    }

    fn seen_of(&self, lines: &[Vec<Pos2>], piece: &Piece, ink: &mut Ink) -> Seen {
        let rim = 0.5 * self.look.width + 0.25 * RIM;
        let mut all = Seen::default();
        for line in lines {
            let seen = ink.leave(line, piece.progress, rim);
            all.lines.extend(seen.lines);
            all.rims.extend(seen.rims);
        }
        all
    }

    /// The opacity of a piece.
    fn visible(&self, piece: &Piece) -> f32 {
        let middle = usize::midpoint(*piece.points.start(), *piece.points.end());
        let distance = self.path.distance.get(middle).copied().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let share = (distance / self.look.reach).clamp(0.0, 1.0) as f32;
        piece.visible * between(1.0, FAR, share)
    }

    fn rim(&self, lines: &[Vec<Pos2>], piece: &Piece) -> Vec<Shape> {
        let visible = self.visible(piece) * between(FAINTEST_RIM, 1.0, piece.progress);
        let stroke = Stroke::new(self.look.width + RIM, self.look.rim.gamma_multiply(visible));
        shapes(lines, stroke)
    }

    fn line(&self, lines: &[Vec<Pos2>], piece: &Piece) -> Vec<Shape> {
        let strength = self.look.strength * between(FAINTEST, 1.0, piece.progress);
        // Blended with the rim rather than transparent, so that overlaps of pieces are invisible.
        let color = blend(self.look.rim, self.look.color, strength);
        let stroke = Stroke::new(self.look.width, color.gamma_multiply(self.visible(piece)));
        shapes(lines, stroke)
    }

    /// Some kept points in the picture, and the fractional step `end` after them.
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    fn laid(&self, points: Range<usize>, end: Option<f64>) -> Vec<Run> {
        let Self { path, sight, .. } = self;
        let last = points.end.saturating_sub(1);
        let end = end.filter(|&end| end > path.step_of(last) as f64);
        let points = points.map(|point| [path.x[point], path.y[point]]);
        let points = points.chain(end.map(|end| path.between(end)));
        sight.eye.lay(points, CLOSE)
    }

    /// Draws points of the path without a rim, in one colour.
    pub fn plain(&self, points: Range<usize>, end: Option<f64>, stroke: Stroke) -> Vec<Shape> {
        let draw = |points: Range<usize>, end, pattern: Option<[f32; 2]>| {
            let runs = self.laid(points, end).into_iter();
            let lines = runs.filter(|run| !run.hidden).flat_map(|run| {
                let thinned = thinned(&run.points, UNSEEN);
                match pattern {
                    Some(pattern) => self.dashes(&thinned, 0.0, pattern),
                    None => stretches(&thinned, self.seen()),
                }
            });
            shapes(&lines.collect::<Vec<_>>(), stroke)
        };
        let own = self.look.dashed.then_some(DASHES);
        match self.look.decided_from {
            Some(from) if from + 1 < points.end => {
                let from = from.max(points.start);
                let mut shapes = draw(points.start..from + 1, None, own);
                shapes.extend(draw(from..points.end, end, Some(DECIDED)));
                shapes
            }
            _ => draw(points, end, own),
        }
    }

    /// Begins the first line a little earlier, on the piece before it.
    fn hide_seam(&self, lines: &mut [Vec<Pos2>], from: usize, first: Option<&Pos2>) {
        /// The maximum number of points to go back.
        const MOST: usize = 32;
        let Some(&first) = first else { return };
        let Some(line) = lines
            .first_mut()
            .filter(|line| line.first() == Some(&first))
        else {
            return;
        };
        // On a landscape, the straight line from further back is not the way of the path.
        let reach = match self.sight.eye {
            Eye::Above(_) => f32::INFINITY,
            Eye::Orbit(_) => 4.0,
        };
        let earlier = (from.saturating_sub(MOST)..from).rev();
        let mut places = earlier.map(|point| {
            let at = [self.path.x[point], self.path.y[point]];
            self.sight.eye.spot(at)
        });
        if let Some(earlier) = places.find(|place| place.distance(first) >= 1.0)
            && earlier.distance(first) <= reach
            && let Some(seen) = stretches(&[earlier, first], self.seen()).first()
        {
            line.insert(0, seen[0]);
        }
    }
}

fn shapes(lines: &[Vec<Pos2>], stroke: Stroke) -> Vec<Shape> {
    let shape = |line: &Vec<Pos2>| Shape::line(line.clone(), stroke);
    lines.iter().map(shape).collect()
}

/// A strength that grows from `first` to `last`.
fn between(first: f32, last: f32, progress: f32) -> f32 {
    first + (last - first) * progress
}
