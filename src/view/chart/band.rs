//! The band around a line: the range in which most of the values lie.

use super::Scale;
use super::plot::Plot;
use crate::number::finite_range;

/// The range of a racer's values, ready to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    xs: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Band {
    /// A band of points (x, lowest value, highest value) in ascending order of x. A value that is
    /// not finite is at the upper end of the chart.
    #[must_use]
    pub fn of(points: impl Iterator<Item = [f64; 3]>, scale: Scale) -> Self {
        let mut band = Self::default();
        let height = |value| scale.height(value).unwrap_or(f64::INFINITY);
        for [x, low, high] in points {
            band.xs.push(x);
            band.low.push(height(low));
            band.high.push(height(high));
        }
        band
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.xs.is_empty()
    }

    /// The lowest and highest point of the band, if any of it is finite.
    pub(super) fn range(&self) -> Option<[f64; 2]> {
        finite_range(self.low.iter().chain(&self.high).copied())
    }

    /// Its positions and its lower and upper edge, cut at those of the chart.
    pub(super) fn within(&self, plot: &Plot) -> [Vec<f64>; 3] {
        let [bottom, top] = plot.bounds;
        let cut = |edge: &[f64]| {
            edge.iter()
                .map(|height| height.clamp(bottom, top))
                .collect()
        };
        [self.xs.clone(), cut(&self.low), cut(&self.high)]
    }
}
