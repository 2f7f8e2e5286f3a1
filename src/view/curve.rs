//! A small curve of one quantity over a race, without axes.

use egui::{Painter, Pos2, Rect, Shape, Stroke, lerp};

use super::chart::{Scale, Series};
use super::number;

/// A quantity over the steps of a race, drawn from 0 at the bottom to its highest value at the top.
#[derive(Clone, Debug)]
pub struct Curve {
    series: Series,
    last: f64,
    highest: f64,
}

impl Curve {
    /// The curve of `value(step)` over `steps` steps; only a sample of them if there are very many.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    pub fn of(steps: usize, value: impl Fn(usize) -> f64) -> Self {
        const MOST: usize = 2048;
        let last = steps.saturating_sub(1);
        let looks = steps.min(MOST);
        let step = |colors: usize| match looks {
            0 | 1 => 0,
            _ => last * colors / (looks - 1),
        };
        let points = (0..looks).map(|colors| [step(colors) as f64, value(step(colors))]);
        let series = Series::of(points, Scale::Linear);
        let highest = number::finite_range(series.points().iter().map(|point| point[1]));
        Self {
            series,
            last: last as f64,
            highest: highest.map_or(0.0, |[_, high]| high),
        }
    }

    /// The highest value.
    #[must_use]
    pub const fn highest(&self) -> f64 {
        self.highest
    }

    /// The position of a value at a step in a picture.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "shares of a picture")]
    pub fn spot(&self, rect: Rect, [step, value]: [f64; 2]) -> Pos2 {
        let share = |part: f64, whole: f64| {
            let share = if whole > 0.0 { part / whole } else { 0.0 };
            share.clamp(0.0, 1.0) as f32
        };
        Pos2::new(
            lerp(rect.x_range(), share(step, self.last)),
            lerp(rect.bottom()..=rect.top(), share(value, self.highest)),
        )
    }

    /// The step at a position in the picture.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of the steps"
    )]
    pub fn step_at(&self, rect: Rect, x: f32) -> usize {
        let share = ((x - rect.left()) / rect.width().max(1.0)).clamp(0.0, 1.0);
        (f64::from(share) * self.last).round() as usize
    }

    /// Paints the line.
    pub fn paint(&self, painter: &Painter, rect: Rect, stroke: Stroke) {
        let points = self.series.points().iter();
        let points = points.map(|point| self.spot(rect, *point)).collect();
        painter.add(Shape::line(points, stroke));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit() -> Rect {
        Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0))
    }

    #[test]
    fn a_curve_fills_its_picture() {
        let falling = Curve::of(5, |step| [8.0, 4.0, 2.0, 1.0, 0.0][step]);
        assert_eq!(falling.highest(), 8.0);
        assert_eq!(falling.spot(unit(), [0.0, 8.0]), Pos2::new(0.0, 0.0));
        assert_eq!(falling.spot(unit(), [2.0, 2.0]), Pos2::new(0.5, 0.75));
        assert_eq!(falling.spot(unit(), [4.0, 0.0]), Pos2::new(1.0, 1.0));
        assert_eq!(falling.step_at(unit(), 0.76), 3);
        assert_eq!(falling.step_at(unit(), 9.0), 4);
    }

    #[test]
    fn curves_without_height_or_length_are_drawn_all_the_same() {
        for curve in [
            Curve::of(0, |_| 1.0),
            Curve::of(1, |_| 0.0),
            Curve::of(3, |_| f64::NAN),
            Curve::of(3, |_| f64::INFINITY),
        ] {
            let spot = curve.spot(unit(), [0.0, curve.highest()]);
            assert!(spot.x.is_finite() && spot.y.is_finite(), "{curve:?}");
        }
        // A million steps are a few hundred points.
        let long = Curve::of(1_000_000, |_| 2.0);
        assert!((500..700).contains(&long.series.points().len()));
        assert_eq!(long.spot(unit(), [999_999.0, 2.0]), Pos2::new(1.0, 0.0));
    }
}
