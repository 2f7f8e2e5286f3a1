//! The corners of the box around a landscape, as an eye sees them.

use egui::Pos2;

use crate::view::eye::Orbit;

/// Which corners of the box are where, as seen by an eye.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corners {
    /// The u of the wall behind, and the v of the other one.
    pub back: [f64; 2],
    /// The corner that is furthest left in the picture.
    pub left: [f64; 2],
}

impl Corners {
    pub fn of(orbit: &Orbit) -> Self {
        let (sine, cosine) = orbit.viewpoint().azimuth.to_radians().sin_cos();
        let behind = |toward: f64| if toward > 0.0 { 0.0 } else { 1.0 };
        let back = [behind(cosine), behind(sine)];
        // Between a wall behind and an edge in front.
        let [u, v] = back;
        let sides = [[u, 1.0 - v], [1.0 - u, v]];
        let x = |[u, v]: [f64; 2]| orbit.spot_in_box([u, v, 0.0]).x;
        let left = if x(sides[0]) <= x(sides[1]) {
            sides[0]
        } else {
            sides[1]
        };
        Self { back, left }
    }

    /// The u of the floor's edge in front, and the v of the other one.
    pub fn front(&self) -> [f64; 2] {
        self.back.map(|behind| 1.0 - behind)
    }
}

/// The height axis of a landscape in the picture, from the floor to the top.
pub(super) fn upright(orbit: &Orbit) -> impl Fn(f64) -> Pos2 {
    let [u, v] = Corners::of(orbit).left;
    move |height| orbit.spot_in_box([u, v, height])
}

/// How much of the walls is seen: nothing from above.
pub(super) fn strength(orbit: &Orbit) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a share of 1")]
    let flatness = orbit.flatness() as f32;
    1.0 - flatness
}
