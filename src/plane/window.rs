//! A rectangle of the parameter plane.

use serde::{Deserialize, Serialize};

use super::length;

/// An axis-aligned rectangle of the parameter plane, `x[0] < x[1]` and `y[0] < y[1]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The smallest and largest x.
    pub x: [f64; 2],
    /// The smallest and largest y.
    pub y: [f64; 2],
}

impl Window {
    /// The window with these ranges of x and y.
    #[must_use]
    pub const fn new(x: [f64; 2], y: [f64; 2]) -> Self {
        Self { x, y }
    }

    /// The square with side `2 half` around the origin.
    #[must_use]
    pub const fn square(half: f64) -> Self {
        Self::new([-half, half], [-half, half])
    }

    /// The axis whose range does not go from a smaller to a larger number, with that range.
    #[must_use]
    pub fn wrong_axis(&self) -> Option<(&'static str, [f64; 2])> {
        let axes = [("x", self.x), ("y", self.y)];
        let is_wrong = |[from, to]: [f64; 2]| !(from < to && (to - from).is_finite());
        axes.into_iter().find(|(_, range)| is_wrong(*range))
    }

    /// The width, in units of x.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.x[1] - self.x[0]
    }

    /// The height, in units of y.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.y[1] - self.y[0]
    }

    /// The length of the diagonal.
    #[must_use]
    pub fn diagonal(&self) -> f64 {
        length([self.width(), self.height()])
    }

    /// The centre.
    #[must_use]
    pub fn centre(&self) -> [f64; 2] {
        [
            f64::midpoint(self.x[0], self.x[1]),
            f64::midpoint(self.y[0], self.y[1]),
        ]
    }

    /// Whether the point lies inside or on the border.
    #[must_use]
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        (self.x[0]..=self.x[1]).contains(&x) && (self.y[0]..=self.y[1]).contains(&y)
    }

    /// The window scaled by `factor` about the point `fixed`.
    #[must_use]
    pub fn zoomed(&self, factor: f64, fixed: [f64; 2]) -> Self {
        let scale = |range: [f64; 2], about: f64| range.map(|edge| about + (edge - about) * factor);
        Self::new(scale(self.x, fixed[0]), scale(self.y, fixed[1]))
    }

    /// The window translated by (`dx`, `dy`).
    #[must_use]
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        Self::new(self.x.map(|x| x + dx), self.y.map(|y| y + dy))
    }

    /// The smallest window around this one whose width is `aspect` times its height, so that one
    /// unit of x can be drawn as long as one unit of y.
    #[must_use]
    pub fn with_aspect(&self, aspect: f64) -> Self {
        let (width, height) = (self.width(), self.height());
        let grow = |range: [f64; 2], by: f64| {
            // Never shrinks: where nothing has to be added, rounding can give slightly less than 0.
            let half = by.max(0.0) / 2.0;
            [range[0] - half, range[1] + half]
        };
        if width < aspect * height {
            Self::new(grow(self.x, aspect * height - width), self.y)
        } else {
            Self::new(self.x, grow(self.y, width / aspect - height))
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "equal to the last bit is what is meant")]
mod tests {
    use proptest::prelude::*;

    use super::Window;

    /// The point at the fractions `part` of a window's width and height.
    fn point_in(window: &Window, part: [f64; 2]) -> [f64; 2] {
        [
            window.x[0] + part[0] * window.width(),
            window.y[0] + part[1] * window.height(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_window_of_another_aspect_holds_the_old_one(
            corner in [-9.0..9.0, -9.0..9.0],
            size in [0.01..20.0, 0.01..20.0],
            aspect in 0.1..10.0,
        ) {
            let side = |k: usize| [corner[k], corner[k] + size[k]];
            let window = Window::new(side(0), side(1));
            let wider = window.with_aspect(aspect);
            prop_assert!(wider.contains([window.x[0], window.y[0]]));
            prop_assert!(wider.contains([window.x[1], window.y[1]]));
            prop_assert!((wider.width() / wider.height() / aspect - 1.0).abs() < 1e-9);
            for k in 0..2 {
                prop_assert!((wider.centre()[k] - window.centre()[k]).abs() < 1e-12);
            }
            let (same_width, same_height) = (wider.x == window.x, wider.y == window.y);
            prop_assert!(same_width || same_height, "the smallest such window");
        }

        #[test]
        fn zooming_keeps_the_fixed_point_in_place(
            part in [-0.5..1.5, -0.5..1.5],
            factor in 0.01..100.0,
        ) {
            let window = Window::new([-5.0, 10.0], [0.0, 15.0]);
            let fixed = point_in(&window, part);
            let zoomed = window.zoomed(factor, fixed);
            prop_assert!((zoomed.width() - factor * window.width()).abs() < 1e-11 * (1.0 + factor));
            let kept = point_in(&zoomed, part);
            for k in 0..2 {
                prop_assert!((kept[k] - fixed[k]).abs() < 1e-11 * (1.0 + factor));
            }
        }
    }

    #[test]
    fn moving_a_window_keeps_its_size() {
        let moved = Window::square(2.0).moved(1.0, -3.0);
        assert_eq!(moved, Window::new([-1.0, 3.0], [-5.0, -1.0]));
        assert_eq!(moved.centre(), [1.0, -3.0]);
    }
}
