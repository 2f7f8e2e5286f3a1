//! The losses of some iso-lines, written into the lines.

use std::collections::VecDeque;
use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Shape, Vec2, pos2, vec2};

use super::placement::Room;
use super::seen::seen;
use super::{Scene, tints};
use crate::sampling::{IsoLine, Sampled, Tones};
use crate::view::eye::Eye;
use crate::view::number;
use crate::view::theme::{Colors, Ground, blend};

/// The length of the line on which a number stands, in points.
const STRETCH: f32 = 44.0;
/// The distance between stretches that are compared.
const STRIDE: f32 = 18.0;
/// The minimum length of the straight way along a stretch, relative to the stretch.
const STRAIGHT: f32 = 0.98;
/// The minimum distance from the next iso-lines.
const SPACE: f32 = 10.0;
/// The distance from the next iso-lines that is enough.
const WIDE: f32 = 24.0;
/// The number of places that are kept for each line's loss.
const SPOTS: usize = 12;
/// The distance between two places for the same loss.
const APART: f32 = 60.0;
/// The most numbers in a picture.
const MOST: usize = 6;
/// The area of a picture for each number, in square points.
const AREA: f32 = 40_000.0;
/// The distance between two numbers, in text sizes.
const BETWEEN: f32 = 9.0;

/// The loss of an iso-line, and where it can be written.
#[derive(Clone, Debug)]
pub(super) struct Value {
    text: String,
    /// The tone of the line.
    tone: f64,
    /// The middles of calm stretches, the calmest first.
    spots: Vec<Spot>,
}

/// The middle of a stretch of an iso-line in the plane.
#[derive(Clone, Copy, Debug)]
struct Spot {
    at: [f64; 2],
    /// From there to the next iso-line.
    across: [f64; 2],
    /// As far along the line.
    along: [f64; 2],
}

/// A place on an iso-line, in points from the upper left corner of the picture.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    at: Pos2,
    /// The direction of the line.
    way: Vec2,
    /// The distance from the next iso-lines.
    space: f32,
    /// How little it suits a number.
    restless: f32,
}

/// A number with its place in the picture.
pub(super) struct Written {
    rect: Rect,
    text: Arc<Galley>,
    ground: Color32,
}

/// Finds the places for the losses of the iso-lines of a surface shown at `size` points; those of
/// the lines that suit best come first.
pub(super) fn of(sampled: &Sampled, size: Vec2) -> Vec<Value> {
    let mut stretches: Vec<(f64, Vec<Stretch>)> = Vec::new();
    for line in sampled.iso_lines().lines() {
        let calm = calm_stretches(&line, sampled.tones(), size);
        match stretches.iter_mut().find(|(level, _)| *level == line.level) {
            Some((_, all)) => all.extend(calm),
            None => stretches.push((line.level, calm)),
        }
    }
    stretches.retain(|(_, stretches)| !stretches.is_empty());
    stretches.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let window = sampled.grid().window();
    let way = |by: Vec2| {
        let [across, down] = [f64::from(by.x / size.x), f64::from(by.y / size.y)];
        [across * window.width(), -down * window.height()]
    };
    let spot = |stretch: Stretch| {
        let [x, y] = way(stretch.at.to_vec2());
        Spot {
            at: [window.x[0] + x, window.y[1] + y],
            across: way(stretch.way.rot90() * stretch.space),
            along: way(stretch.way * stretch.space),
        }
    };
    let value = |(level, stretches): (f64, Vec<Stretch>)| Value {
        text: number::short(sampled.tone().loss_at(level)),
        tone: level,
        spots: best(stretches).into_iter().map(spot).collect(),
    };
    spread_out(stretches).into_iter().map(value).collect()
}

impl Spot {
    /// Whether a number can stand there as it is seen: on a landscape, not behind it or on a slope
    /// seen from the side.
    fn suits(&self, eye: &Eye) -> bool {
        /// The steepest line on which a number can stand upright.
        const STEEP: f32 = 0.75;
        if matches!(eye, Eye::Above(_)) {
            return true;
        }
        let [along, across] = [self.along, self.across].map(|by| eye.vector(self.at, by));
        let way = along.normalized();
        let space = way.rot90().dot(across).abs();
        space >= SPACE && way.y.abs() <= STEEP && seen(eye, self.at).is_some_and(|it| !it.hidden)
    }
}

/// The calmest stretches that are apart from each other.
fn best(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by(|one, other| one.restless.total_cmp(&other.restless));
    let mut kept: Vec<Stretch> = Vec::with_capacity(SPOTS);
    for stretch in stretches {
        let is_apart = |other: &Stretch| other.at.distance(stretch.at) >= APART;
        if kept.len() < SPOTS && kept.iter().all(is_apart) {
            kept.push(stretch);
        }
    }
    kept
}

/// Puts the middle one of a list first, then those in the middle of both halves, and so on.
fn spread_out<T>(list: Vec<T>) -> Vec<T> {
    let count = list.len();
    let mut order: Vec<usize> = Vec::with_capacity(count);
    let mut halves = VecDeque::from([(0, count)]);
    while let Some((from, to)) = halves.pop_front() {
        if from < to {
            let middle = usize::midpoint(from, to);
            order.push(middle);
            halves.extend([(from, middle), (middle + 1, to)]);
        }
    }
    let mut list: Vec<Option<T>> = list.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|index| list[index].take())
        .collect()
}

/// The stretches of a line that are nearly straight, fully visible, and apart from its neighbours.
fn calm_stretches(line: &IsoLine<'_>, tones: &Tones, size: Vec2) -> Vec<Stretch> {
    let around = usize::from(line.closed);
    let fractions = line.points.iter().chain(line.points.iter().take(around));
    let points: Vec<Pos2> = fractions
        .map(|&[across, up]| pos2(across * size.x, (1.0 - up) * size.y))
        .collect();
    let mut length = 0.0;
    let lengths: Vec<f32> = std::iter::once(0.0)
        .chain(points.windows(2).map(|pair| {
            length += pair[0].distance(pair[1]);
            length
        }))
        .collect();
    let clear = |from: usize, to: usize| {
        let opacity = (from..=to).map(|point| line.opacity[point % line.opacity.len()]);
        opacity.fold(1.0, f32::min) >= 0.99
    };
    let mut calm = Vec::new();
    let [mut first, mut middle, mut last] = [0; 3];
    let mut along = 0.0;
    while along + STRETCH <= length {
        first = after(&lengths, first, along);
        middle = after(&lengths, middle, along + STRETCH / 2.0);
        last = after(&lengths, last, along + STRETCH);
        let place = |point: usize, along: f32| on(&points, &lengths, point, along);
        let way = place(last, along + STRETCH) - place(first, along);
        let at = place(middle, along + STRETCH / 2.0);
        let straight = way.length() / STRETCH;
        if straight >= STRAIGHT && clear(first.saturating_sub(1), last) {
            let space = space(tones, at, size);
            if space >= SPACE {
                let steep = (way.y / way.length()).abs();
                let tight = (1.0 - space / WIDE).max(0.0);
                calm.push(Stretch {
                    at,
                    way: way.normalized(),
                    space,
                    restless: steep + tight + 10.0 * (1.0 - straight),
                });
            }
        }
        along += STRIDE;
    }
    calm
}

/// The first point at least `along` from the beginning of a line, at or after `point`.
fn after(lengths: &[f32], point: usize, along: f32) -> usize {
    let found = (point.max(1)..lengths.len()).find(|&point| lengths[point] >= along);
    found.unwrap_or(lengths.len() - 1)
}

/// The place `along` from the beginning, which lies before `point`.
fn on(points: &[Pos2], lengths: &[f32], point: usize, along: f32) -> Pos2 {
    let [from, to] = [lengths[point - 1], lengths[point]];
    points[point - 1].lerp(points[point], (along - from) / (to - from).max(1e-6))
}

/// The distance between iso-lines at a point, in points on screen.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "nodes of a grid"
)]
fn space(tones: &Tones, at: Pos2, size: Vec2) -> f32 {
    let (columns, rows) = (tones.columns(), tones.rows());
    if columns < 3 || rows < 3 {
        return 0.0;
    }
    let pitch = size / vec2((columns - 1) as f32, (rows - 1) as f32);
    let column = ((at.x / pitch.x) as usize).clamp(1, columns - 2);
    let row = (((size.y - at.y) / pitch.y) as usize).clamp(1, rows - 2);
    let tone = |column: usize, row: usize| tones.values()[row * columns + column];
    let slope = vec2(
        (tone(column + 1, row) - tone(column - 1, row)) / (2.0 * pitch.x),
        (tone(column, row + 1) - tone(column, row - 1)) / (2.0 * pitch.y),
    );
    1.0 / (f32::from(crate::sampling::ISO_STEPS) * slope.length()).max(1e-6)
}

/// Chooses the numbers of a picture. They lie on bare ground, where no trail ever comes, so they
/// stay where they are while a race plays.
pub(super) fn choose(scene: &Scene<'_>, painter: &Painter, room: &Room) -> Vec<Written> {
    if scene.colors.ground == Ground::Rainbow {
        return Vec::new();
    }
    let font = FontId::proportional(scene.options.text - 2.0);
    let color = text_color(scene.colors);
    let ground = tints::tone_colors(scene.colors);
    let inner = room.inner().shrink(8.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small number"
    )]
    let most = ((inner.area() / AREA) as usize).min(MOST);
    let mut written: Vec<Written> = Vec::new();
    for value in scene.map.values() {
        if written.len() >= most {
            break;
        }
        let text = painter.layout_no_wrap(value.text.clone(), font.clone(), color);
        let place = |spot: &Spot| {
            let rect = Rect::from_center_size(scene.eye.spot(spot.at), text.size());
            rect.expand2(vec2(3.0, -1.0))
        };
        let free = |rect: &Rect| {
            let apart = |other: &Written| {
                let between = BETWEEN * scene.options.text;
                other.rect.center().distance(rect.center()) >= between
            };
            inner.contains_rect(*rect)
                && room.is_bare(rect.expand(10.0))
                && written.iter().all(apart)
        };
        let seen = value.spots.iter().filter(|spot| spot.suits(&scene.eye));
        if let Some(rect) = seen.map(place).find(free) {
            written.push(Written {
                rect,
                text,
                ground: ground(value.tone),
            });
        }
    }
    written
}

fn text_color(colors: &Colors) -> Color32 {
    blend(colors.dim, colors.text, 0.25)
}

impl Written {
    /// The line's interruption and the number.
    fn shapes(self, colors: &Colors) -> [Shape; 2] {
        let corner = self.rect.center() - self.text.size() / 2.0;
        [
            Shape::rect_filled(self.rect, 2.0, self.ground),
            Shape::galley(corner, self.text, text_color(colors)),
        ]
    }
}

/// Takes the places of the numbers at which there is nothing now, and draws these.
pub(super) fn draw(written: Vec<Written>, colors: &Colors, room: &mut Room) -> Shape {
    let mut shapes = Vec::new();
    for number in written {
        if room.is_untouched(number.rect) {
            room.take(number.rect);
            shapes.extend(number.shapes(colors));
        }
    }
    Shape::Vec(shapes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::{Beale, Surface};

    #[test]
    fn the_middle_comes_first() {
        let list: Vec<u8> = (0..7).collect();
        assert_eq!(spread_out(list), [3, 1, 5, 0, 2, 4, 6]);
        assert!(spread_out(Vec::<u8>::new()).is_empty());
    }

    #[test]
    fn a_loss_stands_on_its_line() {
        let size = vec2(800.0, 600.0);
        let sampled = Sampled::new(&Beale, Beale.window(), [400, 300], [800.0, 600.0]);
        let values = of(&sampled, size);
        assert!(values.len() > 6, "{}", values.len());
        for value in &values {
            assert!(!value.spots.is_empty());
            for spot in &value.spots {
                let tone = sampled.tone().at(Beale.value(spot.at));
                assert!((tone - value.tone).abs() < 0.004, "{tone} {value:?}");
            }
        }
    }
}
