//! A rectangle of the parameter plane.

/// An axis-aligned rectangle of the parameter plane, `x[0] < x[1]` and `y[0] < y[1]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Smallest and largest x.
    pub x: [f64; 2],
    /// Smallest and largest y.
    pub y: [f64; 2],
}

impl Window {
    /// The window from (`x0`, `y0`) to (`x1`, `y1`).
    #[must_use]
    pub const fn new(x: [f64; 2], y: [f64; 2]) -> Self {
        Self { x, y }
    }

    /// The square of side `2 half` around the origin.
    #[must_use]
    pub const fn square(half: f64) -> Self {
        Self::new([-half, half], [-half, half])
    }

    /// Width, in units of x.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.x[1] - self.x[0]
    }

    /// Height, in units of y.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.y[1] - self.y[0]
    }

    /// The point in the middle.
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

    /// The window scaled by `factor` about the point `fixed`, which keeps its place.
    #[must_use]
    pub fn zoomed(&self, factor: f64, fixed: [f64; 2]) -> Self {
        let scale = |range: [f64; 2], about: f64| range.map(|edge| about + (edge - about) * factor);
        Self::new(scale(self.x, fixed[0]), scale(self.y, fixed[1]))
    }

    /// The window moved by (`dx`, `dy`).
    #[must_use]
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        Self::new(self.x.map(|x| x + dx), self.y.map(|y| y + dy))
    }

    /// The smallest window around this one whose width is `aspect` times its height, so that one
    /// unit of x can be drawn as long as one of y.
    #[must_use]
    pub fn with_aspect(&self, aspect: f64) -> Self {
        let (width, height) = (self.width(), self.height());
        let grow = |range: [f64; 2], by: f64| [range[0] - by / 2.0, range[1] + by / 2.0];
        if width < aspect * height {
            Self::new(grow(self.x, aspect * height - width), self.y)
        } else {
            Self::new(self.x, grow(self.y, width / aspect - height))
        }
    }
}
