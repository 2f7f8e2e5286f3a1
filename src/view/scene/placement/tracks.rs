//! Where the trails run, coarsely: what covers no trail is in nobody's way.

use std::sync::{Arc, Mutex, PoisonError};

use egui::{Pos2, Rect};

use crate::simulation::Trajectory;
use crate::view::eye::Eye;
use crate::view::scene::line::inside;
use crate::view::scene::seen::stands_at;

/// The side of the squares in which trails are counted, in points.
const CELL: f32 = 8.0;
/// The number of a path's first points that are all used; later ones are skipped more and more.
const DENSE: usize = 128;
/// The maximum number of squares visited for one path: a path that swings back and forth has been
/// everywhere by then.
const MOST: usize = 6_000;

/// The squares of a picture that are crossed by trails, over the whole race: where they are does
/// not depend on the playhead, so what is placed by them stays where it is while a race plays.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::view::scene) struct Tracks {
    corner: Pos2,
    columns: usize,
    rows: usize,
    /// The number of crossed squares above and left of each corner of a square, row by row.
    sums: Vec<u32>,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "numbers of squares on a screen"
)]
impl Tracks {
    /// The tracks of these paths in the picture.
    pub fn of<'a>(eye: &Eye, paths: impl IntoIterator<Item = &'a Trajectory>) -> Self {
        let rect = eye.rect();
        let [columns, rows] =
            [rect.width(), rect.height()].map(|side| (side / CELL).ceil().max(0.0) as usize);
        let mut crossed = vec![false; columns * rows];
        for path in paths {
            let mut left = MOST;
            let mut before: Option<Pos2> = None;
            for point in some_points(path.points()) {
                let Some(at) = stands_at(eye, [path.x[point], path.y[point]]) else {
                    before = None;
                    continue;
                };
                if let Some([from, to]) = inside(rect, before.unwrap_or(at), at) {
                    let [from, to] = [from, to].map(|at| (at - rect.min) / CELL);
                    let steps = (to - from).abs().max_elem().ceil();
                    let step = (to - from) / steps.max(1.0);
                    for index in 0..=steps as usize {
                        let at = from + step * index as f32;
                        let [column, row] = [at.x as usize, at.y as usize];
                        if column < columns
                            && let Some(cell) = crossed.get_mut(row * columns + column)
                        {
                            *cell = true;
                        }
                    }
                    left = left.saturating_sub(steps as usize + 1);
                }
                if left == 0 {
                    break;
                }
                before = Some(at);
            }
        }
        Self {
            corner: rect.min,
            columns,
            rows,
            sums: sums(&crossed, columns, rows),
        }
    }

    /// The number of squares under a rectangle that are crossed by trails.
    pub fn under(&self, rect: Rect) -> u32 {
        let index = |[column, row]: [usize; 2]| {
            let sum = self.sums.get(row * (self.columns + 1) + column);
            sum.copied().unwrap_or_default()
        };
        let [from, to] = self.squares(rect);
        let whole = index(to) + index(from);
        whole - index([from[0], to[1]]) - index([to[0], from[1]])
    }

    /// The share of a rectangle that is crossed by trails, from 0 to 1.
    pub fn share(&self, rect: Rect) -> f32 {
        let [from, to] = self.squares(rect);
        let squares = (to[0] - from[0]) * (to[1] - from[1]);
        self.under(rect) as f32 / squares.max(1) as f32
    }

    /// The squares that a rectangle touches: the first ones, and those after the last.
    fn squares(&self, rect: Rect) -> [[usize; 2]; 2] {
        let from = (rect.min - self.corner) / CELL;
        let to = (rect.max - self.corner) / CELL;
        let column = |x: f32| (x.max(0.0) as usize).min(self.columns);
        let row = |y: f32| (y.max(0.0) as usize).min(self.rows);
        let from = [column(from.x), row(from.y)];
        let to = [column(to.x.ceil()), row(to.y.ceil())];
        [from, [to[0].max(from[0]), to[1].max(from[1])]]
    }
}

/// The tracks of the last two pictures, to be used again as long as their paths are the same: two
/// eyes may look at one surface.
#[derive(Debug, Default)]
pub(in crate::view::scene) struct KeptTracks(Mutex<Vec<(Key, Arc<Tracks>)>>);

/// The number of pictures whose tracks are kept.
const KEPT: usize = 2;

/// What tracks depend on.
type Key = (Eye, Vec<Print>);

/// What tells a path from others: where it is stored, and some of its points.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Print {
    address: usize,
    points: usize,
    middle: [f64; 2],
    last: [f64; 2],
}

impl Print {
    fn of(path: &Trajectory) -> Self {
        let points = path.points();
        let at = |point: usize| match (path.x.get(point), path.y.get(point)) {
            (Some(&x), Some(&y)) => [x, y],
            _ => [0.0; 2],
        };
        Self {
            address: std::ptr::from_ref(path).addr(),
            points,
            middle: at(points / 2),
            last: at(points.saturating_sub(1)),
        }
    }
}

impl KeptTracks {
    /// The tracks of these paths in the picture.
    pub fn of<'a>(
        &self,
        eye: &Eye,
        paths: impl Iterator<Item = &'a Trajectory> + Clone,
    ) -> Arc<Tracks> {
        let key = (eye.clone(), paths.clone().map(Print::of).collect());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, tracks)) = kept.iter().find(|(other, _)| *other == key) {
            return Arc::clone(tracks);
        }
        let tracks = Arc::new(Tracks::of(eye, paths));
        // Of an eye that moves, only the last picture; of two, each has its own.
        let same_kind = |other: &Eye| std::mem::discriminant(other) == std::mem::discriminant(eye);
        kept.retain(|((other, _), _)| !same_kind(other) || other.rect() != eye.rect());
        kept.truncate(KEPT - 1);
        kept.insert(0, (key, Arc::clone(&tracks)));
        tracks
    }
}

/// The indices of the points that outline a path of `count` points: all of its beginning, where the
/// steps are long, and fewer and fewer pairs of the rest. A pair shows both ends of a swing.
fn some_points(count: usize) -> impl Iterator<Item = usize> {
    let next = move |&point: &usize| Some(point + 2 + point / DENSE * 2);
    let firsts = std::iter::successors(Some(0), next).take_while(move |&point| point < count);
    let pairs = firsts.flat_map(|point| [point, point + 1]);
    pairs.filter(move |&point| point < count)
}

fn sums(crossed: &[bool], columns: usize, rows: usize) -> Vec<u32> {
    let mut sums = vec![0; (columns + 1) * (rows + 1)];
    for row in 0..rows {
        let mut so_far = 0;
        for column in 0..columns {
            so_far += u32::from(crossed[row * columns + column]);
            let above = sums[row * (columns + 1) + column + 1];
            sums[(row + 1) * (columns + 1) + column + 1] = above + so_far;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;
    use crate::plane::Window;

    #[test]
    fn the_tracks_of_two_eyes_are_kept() {
        let eye = |x: f64, left: f32| {
            let rect = Rect::from_min_max(pos2(left, 0.0), pos2(left + 80.0, 40.0));
            Eye::above(Window::new([x, x + 2.0], [0.0, 1.0]), rect)
        };
        let kept = KeptTracks::default();
        let of = |eye: &Eye| kept.of(eye, std::iter::empty());
        let (one, other) = (of(&eye(0.0, 0.0)), of(&eye(0.0, 100.0)));
        assert!(Arc::ptr_eq(&one, &of(&eye(0.0, 0.0))));
        assert!(Arc::ptr_eq(&other, &of(&eye(0.0, 100.0))));
        // A moved eye forgets only its own.
        assert!(!Arc::ptr_eq(&one, &of(&eye(0.1, 0.0))));
        assert!(Arc::ptr_eq(&other, &of(&eye(0.0, 100.0))));
    }

    #[test]
    fn few_points_outline_a_long_path() {
        assert_eq!(some_points(0).count(), 0);
        assert_eq!(some_points(1).collect::<Vec<_>>(), [0]);
        assert!(some_points(99).eq(0..99));
        let long: Vec<usize> = some_points(20_000).collect();
        assert!(long.len() < 1000, "{}", long.len());
        assert!(long.last() > Some(&19_000));
        let swings = long.chunks(2).all(|pair| pair[1] == pair[0] + 1);
        assert!(swings, "{long:?}");
    }

    #[test]
    fn the_squares_under_a_rectangle_are_counted() {
        let crossed: Vec<bool> = (0..12).map(|cell| cell % 5 == 0).collect();
        // x . . .
        // . x . .
        // . . x .
        let tracks = Tracks {
            corner: pos2(100.0, 0.0),
            columns: 4,
            rows: 3,
            sums: sums(&crossed, 4, 3),
        };
        let rect = |left: f32, top: f32, right: f32, bottom: f32| {
            let corner = pos2(100.0 + left * CELL, top * CELL);
            Rect::from_min_max(corner, pos2(100.0 + right * CELL, bottom * CELL))
        };
        assert_eq!(tracks.under(rect(0.0, 0.0, 4.0, 3.0)), 3);
        assert_eq!(tracks.under(rect(1.0, 1.0, 3.0, 3.0)), 2);
        assert_eq!(tracks.under(rect(1.1, 0.0, 4.0, 0.9)), 0);
        assert_eq!(tracks.under(rect(-5.0, -5.0, 0.1, 0.1)), 1);
        assert_eq!(tracks.under(rect(7.0, 7.0, 9.0, 9.0)), 0);
        assert!((tracks.share(rect(0.0, 0.0, 2.0, 2.0)) - 0.5).abs() < 1e-6);
    }
}
