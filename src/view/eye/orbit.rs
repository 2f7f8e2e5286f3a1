//! The eye that goes round the surface: a point of the plane is seen on the field of heights.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "the screen is as exact as f32, and fields have few cells"
)]

use std::sync::Arc;

use egui::{Pos2, Rect, Vec2, pos2};

use super::seen::SeenNodes;
use crate::plane::{Window, smooth};
use crate::preset::{Projection, Viewpoint};
use crate::sampling::{Ray, Relief};

/// The height of the field, relative to the mean of its sides.
const HEIGHT: f64 = 0.62;
/// The distance of the eye from the middle of the field in perspective, in halves of its longer
/// side.
const DISTANCE: f64 = 5.5;
/// The elevations in degrees between which the picture from the side becomes that from above, which
/// fills the picture and has no perspective.
const RISING: [f64; 2] = [55.0, 90.0];
/// The width of a picture relative to half the diagonal of the field, and its height relative to
/// that of the box, so that there is room for the axes.
const WIDE: f64 = 2.28;
const HIGH: f64 = 1.16;
/// How far above the field a point must be to be seen, so that no point hides itself.
const CLEARANCE: f64 = 2e-3;
/// Points beside the field are drawn up to this many times its sides away.
const BEYOND: f64 = 1.5;

/// A vector in space: x, y and height, with the middle of the field at the origin.
type Space = [f64; 3];

/// An eye at a viewpoint.
///
/// With the unit vectors r to the right, w up and d towards the eye, a point p in space is seen at
/// centre + scale · (p·r, −p·w) / (1 − κ p·d), where κ is the inverse of the eye's distance; 0 in
/// parallel projection.
#[derive(Clone, Debug)]
pub struct Orbit {
    relief: Arc<Relief>,
    viewpoint: Viewpoint,
    rect: Rect,
    /// The length of the field along u, v and h.
    sides: Space,
    right: Space,
    up: Space,
    toward: Space,
    /// κ
    nearness: f64,
    /// Where the middle of the field is seen.
    centre: Pos2,
    /// Points on screen per unit of space in the middle of the field.
    scale: f64,
    /// 0 from the side, 1 from above.
    flatness: f64,
    /// The nodes of the field that are known to be seen or hidden.
    pub(super) seen: Arc<SeenNodes>,
}

impl PartialEq for Orbit {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.relief, &other.relief)
            && self.viewpoint == other.viewpoint
            && self.rect == other.rect
            && self.centre == other.centre
            && self.scale == other.scale
    }
}

impl Orbit {
    /// The eye at a viewpoint around a field, whose picture is `rect`. A unit of x is as long as
    /// one of y, except in very long windows, which have the shape of the picture.
    #[must_use]
    pub fn new(relief: &Arc<Relief>, viewpoint: &Viewpoint, rect: Rect) -> Self {
        let [width, depth] = [rect.width(), rect.height()].map(|side| f64::from(side.max(1.0)));
        let aspect = shape(&relief.window(), rect);
        let sides = [2.0 * aspect.min(1.0), 2.0 / aspect.max(1.0)];
        let sides = [
            sides[0],
            sides[1],
            HEIGHT * f64::midpoint(sides[0], sides[1]),
        ];
        let [turn, rise] = [viewpoint.azimuth, viewpoint.elevation].map(f64::to_radians);
        let (sin_turn, cos_turn) = turn.sin_cos();
        let (sin_rise, cos_rise) = rise.sin_cos();
        let flatness = smooth((viewpoint.elevation - RISING[0]) / (RISING[1] - RISING[0]));
        let above = (width / sides[0]).min(depth / sides[1]);
        let nearness = match viewpoint.projection {
            Projection::Perspective => (1.0 - flatness) / DISTANCE,
            Projection::Parallel => 0.0,
        };
        let radius = sides[0].hypot(sides[1]) / 2.0;
        // The box in the picture, however it is turned: its nearest corner on the floor, and the
        // furthest one of the top.
        let reach = radius * sin_rise + sides[2] / 2.0 * cos_rise;
        let near = nearness * (radius * cos_rise - sides[2] / 2.0 * sin_rise);
        let [below, beyond] = [reach / (1.0 - near), reach / (1.0 + near)];
        let aside = (width / (WIDE * radius)).min(depth / (HIGH * (below + beyond)));
        let size = (aside.ln() * (1.0 - flatness) + above.ln() * flatness).exp();
        // So that the box is in the middle.
        let lift = (1.0 - flatness) * size * viewpoint.zoom * (below - beyond) / 2.0;
        let shift = Vec2::new(viewpoint.shift[0] as f32, -viewpoint.shift[1] as f32);
        Self {
            relief: Arc::clone(relief),
            viewpoint: *viewpoint,
            rect,
            sides,
            right: [-sin_turn, cos_turn, 0.0],
            up: [-sin_rise * cos_turn, -sin_rise * sin_turn, cos_rise],
            toward: [cos_rise * cos_turn, cos_rise * sin_turn, sin_rise],
            nearness,
            centre: rect.center() + shift * rect.size().min_elem() - Vec2::Y * lift as f32,
            scale: size * viewpoint.zoom,
            flatness,
            seen: Arc::default(),
        }
    }

    /// The field of heights.
    #[must_use]
    pub fn relief(&self) -> &Arc<Relief> {
        &self.relief
    }

    /// The viewpoint.
    #[must_use]
    pub fn viewpoint(&self) -> &Viewpoint {
        &self.viewpoint
    }

    /// The picture's rectangle on screen.
    #[must_use]
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// The part of the plane under the field.
    #[must_use]
    pub fn window(&self) -> Window {
        self.relief.window()
    }

    /// How much the eye is above rather than beside the field, from 0 to 1.
    #[must_use]
    pub fn flatness(&self) -> f64 {
        self.flatness
    }

    /// A point of the plane as fractions of the field.
    #[must_use]
    pub fn in_field(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let window = self.window();
        [
            (x - window.x[0]) / window.width(),
            (y - window.y[0]) / window.height(),
        ]
    }

    /// The point of the plane at fractions of the field.
    #[must_use]
    pub fn in_plane(&self, [u, v]: [f64; 2]) -> [f64; 2] {
        let window = self.window();
        [
            window.x[0] + u * window.width(),
            window.y[0] + v * window.height(),
        ]
    }

    /// The spot of a point in the box over the field: fractions of its sides and of its height.
    #[must_use]
    pub fn spot_in_box(&self, place: [f64; 3]) -> Pos2 {
        let point = self.space(place);
        let near = 1.0 - self.nearness * dot(point, self.toward);
        let [across, up] = [self.right, self.up].map(|axis| self.scale * dot(point, axis) / near);
        pos2(self.centre.x + across as f32, self.centre.y - up as f32)
    }

    /// The spot of a point of the plane on the surface. Beside the field, it lies at the height of
    /// the nearest edge.
    #[must_use]
    pub fn spot(&self, at: [f64; 2]) -> Pos2 {
        let place = self.in_field(at).map(|it| it.clamp(-BEYOND, 1.0 + BEYOND));
        self.spot_in_box([place[0], place[1], self.height(place)])
    }

    /// The height of the surface, at the nearest edge outside, and 0 in holes.
    pub(super) fn height(&self, place: [f64; 2]) -> f64 {
        let height = self.relief.height(place.map(|it| it.clamp(0.0, 1.0)));
        if height.is_nan() { 0.0 } else { height }
    }

    /// The point of the plane whose place on the surface is seen at a position on screen.
    #[must_use]
    pub fn pick(&self, at: Pos2) -> Option<[f64; 2]> {
        let ray = self.ray_through(at);
        let [u, v, _] = ray.at(self.relief.first_hit(&ray)?);
        Some(self.in_plane([u, v]))
    }

    /// The ray from the eye through a position on screen, in fractions of the field.
    #[must_use]
    pub fn ray_through(&self, at: Pos2) -> Ray {
        let [across, up] =
            [at.x - self.centre.x, self.centre.y - at.y].map(|side| f64::from(side) / self.scale);
        let middle = [0, 1, 2].map(|axis| across * self.right[axis] + up * self.up[axis]);
        let way = [0, 1, 2].map(|axis| self.nearness * middle[axis] - self.toward[axis]);
        Ray {
            from: self.place(middle),
            way: [0, 1, 2].map(|axis| way[axis] / self.sides[axis]),
        }
    }

    /// Whether a place on the surface is hidden behind another part of it.
    #[must_use]
    pub fn hides(&self, at: [f64; 2]) -> bool {
        self.hides_place(self.in_field(at))
    }

    pub(super) fn hides_place(&self, [u, v]: [f64; 2]) -> bool {
        let height = self.relief.height([u, v]);
        let from = [u, v, height + CLEARANCE];
        !height.is_nan() && !self.relief.is_clear(&self.ray_to_eye(from), 0.0)
    }

    /// The ray from a place in the box to the eye.
    fn ray_to_eye(&self, from: [f64; 3]) -> Ray {
        let point = self.space(from);
        // The direction to the eye, scaled to be finite when it is infinitely far away.
        let way = [0, 1, 2].map(|axis| self.toward[axis] - self.nearness * point[axis]);
        Ray {
            from,
            way: [0, 1, 2].map(|axis| way[axis] / self.sides[axis]),
        }
    }

    /// The place in the field above which the eye is; very far away in parallel projection.
    #[must_use]
    pub fn foot(&self) -> [f64; 2] {
        let far = 1.0 / self.nearness.max(1e-6);
        [0, 1].map(|axis| self.toward[axis] * far / self.sides[axis] + 0.5)
    }

    /// Direction and length on screen of a small vector of the plane that begins at a point.
    #[must_use]
    pub fn vector(&self, from: [f64; 2], [x, y]: [f64; 2]) -> Vec2 {
        let window = self.window();
        let way = [x / window.width(), y / window.height()];
        let length = way[0].hypot(way[1]);
        if !length.is_finite() || length == 0.0 {
            return Vec2::ZERO;
        }
        // A tenth of a cell: short enough to be straight.
        let cells = self.relief.cells();
        let short = 0.1 / cells[0].max(cells[1]).max(1) as f64;
        let step = way.map(|it| it / length * short);
        let place = self
            .in_field(from)
            .map(|it| it.clamp(-BEYOND, 1.0 + BEYOND));
        let spot = |sign: f64| {
            let at = [0, 1].map(|axis| place[axis] + sign * step[axis]);
            self.spot_in_box([at[0], at[1], self.height(at)])
        };
        let by = (spot(1.0) - spot(-1.0)) / 2.0;
        let by = by * (length / short) as f32;
        // A renderer need not cope with more.
        by.clamp(Vec2::splat(-1e7), Vec2::splat(1e7))
    }

    /// The size of a point on screen in units of x and y, in the middle of the picture.
    #[must_use]
    pub fn unit(&self) -> [f64; 2] {
        let window = self.window();
        [
            window.width() / (self.sides[0] * self.scale),
            window.height() / (self.sides[1] * self.scale),
        ]
    }

    /// The eye that shows a part of this picture as large as `rect`.
    #[must_use]
    pub fn enlarged(&self, part: Rect, rect: Rect) -> Self {
        let power = rect.width() / part.width();
        Self {
            rect,
            centre: rect.min + (self.centre - part.min) * power,
            scale: self.scale * f64::from(power),
            ..self.clone()
        }
    }

    /// Whether something of this part of the plane may lie in a rectangle on screen.
    #[must_use]
    pub fn may_show(&self, part: &Window, rect: Rect) -> bool {
        let [low, high] = [[part.x[0], part.y[0]], [part.x[1], part.y[1]]].map(|corner| {
            self.in_field(corner)
                .map(|it| it.clamp(-BEYOND, 1.0 + BEYOND))
        });
        self.bounds([low, high], [0.0, 1.0]).intersects(rect)
    }

    /// A rectangle on screen around a part of the box.
    #[must_use]
    pub fn bounds(&self, [low, high]: [[f64; 2]; 2], heights: [f64; 2]) -> Rect {
        let mut bounds = Rect::NOTHING;
        for u in [low[0], high[0]] {
            for v in [low[1], high[1]] {
                for h in heights {
                    bounds.extend_with(self.spot_in_box([u, v, h]));
                }
            }
        }
        bounds
    }

    /// A place in the box as a point in space.
    fn space(&self, place: [f64; 3]) -> Space {
        [0, 1, 2].map(|axis| (place[axis] - 0.5) * self.sides[axis])
    }

    /// A point in space as a place in the box.
    fn place(&self, point: Space) -> [f64; 3] {
        [0, 1, 2].map(|axis| point[axis] / self.sides[axis] + 0.5)
    }

    /// What a mesh needs to place many points at once: spot = centre + (a·place) / (c·place), for
    /// the two rows a and the row c, each with a constant as its last number.
    #[must_use]
    pub fn projection(&self) -> ([[f32; 4]; 2], [f32; 4]) {
        let row = |axis: Space, factor: f64, constant: f64| {
            let factors = [0, 1, 2].map(|it| factor * axis[it] * self.sides[it]);
            let constant = constant - factors.iter().sum::<f64>() / 2.0;
            [factors[0], factors[1], factors[2], constant].map(|it| it as f32)
        };
        let rows = [
            row(self.right, self.scale, 0.0),
            row(self.up, -self.scale, 0.0),
        ];
        (rows, row(self.toward, -self.nearness, 1.0))
    }

    /// Where the middle of the field is seen.
    #[must_use]
    pub fn centre(&self) -> Pos2 {
        self.centre
    }

    /// A direction given by its parts to the right, up and towards the eye, such that the product
    /// with (−∂h/∂u, −∂h/∂v, 1), divided by the length of the normal in space, is the cosine.
    #[must_use]
    pub fn direction(&self, [right, up, toward]: [f64; 3]) -> [f64; 3] {
        let length = (right * right + up * up + toward * toward).sqrt();
        [0, 1, 2].map(|axis| {
            let sum = right * self.right[axis] + up * self.up[axis] + toward * self.toward[axis];
            sum / length
        })
    }

    /// The lengths of the field along u, v and h.
    #[must_use]
    pub fn sides(&self) -> [f64; 3] {
        self.sides
    }
}

/// The width of a field over its depth.
pub(super) fn shape(window: &Window, rect: Rect) -> f64 {
    /// The longest windows that keep their shape.
    const LONGEST: f64 = 3.0;
    let own = window.width() / window.height();
    if own.is_finite() && (1.0 / LONGEST..=LONGEST).contains(&own) {
        own
    } else {
        f64::from(rect.aspect_ratio()).clamp(1.0 / LONGEST, LONGEST)
    }
}

fn dot(one: Space, other: Space) -> f64 {
    one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
}
