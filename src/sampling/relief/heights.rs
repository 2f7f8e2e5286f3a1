//! How losses become heights.

use serde::{Deserialize, Serialize};

use super::super::{Grid, Tone};
use crate::number::lowest_first;

/// The scale on which losses are shown as heights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Heights {
    /// True heights: h = (f − lowest f in the window) / (highest − lowest).
    Linear,
    /// h is linear in ln(f − f*), where f* is the loss of the global minimum; needs a known one.
    Logarithmic,
    /// h is the tone, as in the colours: half of the window lies below half of the height.
    #[default]
    Compressed,
}

impl Heights {
    /// All scales, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Linear, Self::Logarithmic, Self::Compressed];

    /// Returns the name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Logarithmic => "logarithmic",
            Self::Compressed => "compressed",
        }
    }

    /// Returns an explanation in one or two sentences.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Linear => "True heights. Flat valleys look level beside cliffs.",
            Self::Logarithmic => {
                "The logarithm of the loss above the minimum; only where that is known."
            }
            Self::Compressed => "As the colours: half of the area lies below half of the height.",
        }
    }
}

/// The scale of the heights in one window: maps losses to 0…1 and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeightScale(Scale);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    Linear(Tone),
    Logarithmic { lowest: f64, logs: [f64; 2] },
    Compressed(Tone),
}

impl HeightScale {
    /// The scale for the values of `grid`, which are seen through `tone`. A logarithmic scale needs
    /// `lowest`, the loss of the global minimum, and falls back to the compressed one without it.
    #[must_use]
    pub fn new(heights: Heights, grid: &Grid, tone: Tone, lowest: Option<f64>) -> Self {
        Self(match (heights, lowest) {
            (Heights::Linear, _) => Scale::Linear(tone),
            (Heights::Logarithmic, Some(lowest)) => match logs(grid, lowest) {
                Some(logs) => Scale::Logarithmic { lowest, logs },
                None => Scale::Compressed(tone),
            },
            _ => Scale::Compressed(tone),
        })
    }

    /// The kind of scale.
    #[must_use]
    pub fn heights(&self) -> Heights {
        match self.0 {
            Scale::Linear(_) => Heights::Linear,
            Scale::Logarithmic { .. } => Heights::Logarithmic,
            Scale::Compressed(_) => Heights::Compressed,
        }
    }

    /// The loss above which a logarithmic scale counts.
    #[must_use]
    pub fn base(&self) -> Option<f64> {
        match self.0 {
            Scale::Logarithmic { lowest, .. } => Some(lowest),
            Scale::Linear(_) | Scale::Compressed(_) => None,
        }
    }

    /// The height of a loss, in 0…1; NaN if the loss is not finite.
    #[must_use]
    pub fn at(&self, loss: f64) -> f64 {
        if !loss.is_finite() {
            return f64::NAN;
        }
        match self.0 {
            Scale::Linear(tone) => tone.height(loss),
            Scale::Logarithmic {
                lowest,
                logs: [low, high],
            } => {
                let log = (loss - lowest).max(f64::MIN_POSITIVE).ln();
                ((log - low) / (high - low)).clamp(0.0, 1.0)
            }
            Scale::Compressed(tone) => tone.at(loss),
        }
    }

    /// The loss at a height, clamped to 0…1.
    #[must_use]
    pub fn loss_at(&self, height: f64) -> f64 {
        let height = height.clamp(0.0, 1.0);
        match self.0 {
            Scale::Linear(tone) => tone.minimum() + height * (tone.maximum() - tone.minimum()),
            Scale::Logarithmic {
                lowest,
                logs: [low, high],
            } => lowest + (low + height * (high - low)).exp(),
            Scale::Compressed(tone) => tone.loss_at(height),
        }
    }
}

/// The logarithms of the lowest and highest loss above the minimum, which become heights 0 and 1.
fn logs(grid: &Grid, lowest: f64) -> Option<[f64; 2]> {
    /// The share of the nodes that may lie below the floor: the pit at the minimum is as deep as the
    /// grid is fine.
    const BELOW: usize = 5_000;
    /// The largest ratio of the losses above the minimum.
    const RANGE: f64 = 1e12;
    let above = grid.values().iter().map(|value| value - lowest);
    let mut above: Vec<f64> = above.filter(|z| z.is_finite() && *z > 0.0).collect();
    let highest = above.iter().copied().fold(0.0, f64::max);
    let index = above.len() / BELOW;
    if above.is_empty() {
        return None;
    }
    let (_, &mut floor, _) = above.select_nth_unstable_by(index, |a, b| lowest_first(*a, *b));
    let logs = [floor.max(highest / RANGE).ln(), highest.ln()];
    (logs[1] - logs[0] > 1e-9).then_some(logs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plane::Window;
    use crate::surface::{Beale, Saddle, Surface};

    fn scale(heights: Heights, surface: &dyn Surface, lowest: Option<f64>) -> HeightScale {
        let grid = Grid::sample(surface, Window::square(2.0), 61, 61);
        HeightScale::new(heights, &grid, Tone::of(&grid), lowest)
    }

    #[test]
    fn every_scale_is_undone_by_its_inverse() {
        for heights in Heights::ALL {
            let scale = scale(heights, &Beale, Some(0.0));
            assert_eq!(scale.heights(), heights);
            for height in [0.0, 0.1, 0.5, 0.9, 1.0] {
                let back = scale.at(scale.loss_at(height));
                assert!((back - height).abs() < 1e-9, "{heights:?} {height}: {back}");
            }
            assert!(scale.at(f64::INFINITY).is_nan());
            assert_eq!(scale.at(-1e9), 0.0);
        }
    }

    #[test]
    fn linear_heights_are_proportional_to_the_loss() {
        let scale = scale(Heights::Linear, &Saddle, None);
        for loss in [-4.0, -1.0, 0.0, 3.0, 4.0] {
            assert!((scale.at(loss) - (loss + 4.0) / 8.0).abs() < 1e-12);
        }
    }

    #[test]
    fn equal_ratios_above_the_minimum_are_equal_logarithmic_heights() {
        let scale = scale(Heights::Logarithmic, &Beale, Some(0.0));
        let by = |from: f64, to: f64| scale.at(to) - scale.at(from);
        assert!((by(1.0, 10.0) - by(10.0, 100.0)).abs() < 1e-12);
    }

    #[test]
    fn without_a_known_minimum_heights_are_compressed() {
        let scale = scale(Heights::Logarithmic, &Saddle, None);
        assert_eq!(scale.heights(), Heights::Compressed);
    }
}
