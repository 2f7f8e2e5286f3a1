//! The scale of a chart's vertical axis.

use super::number;
use crate::surface::Minimum;

/// The scale of the vertical axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// log₁₀ of the loss above the known global minimum.
    Log {
        /// The loss at the minimum, f*.
        floor: f64,
    },
    /// For surfaces without a known global minimum: linear near 0 and logarithmic beyond, on both
    /// sides.
    SymLog,
    /// Linear.
    Linear,
}

/// Differences from the minimum below this count as zero.
const NOTHING: f64 = 1e-16;
/// The range of [`Scale::Linear`], in both directions.
const FURTHEST: f64 = 1e300;
/// Where [`Scale::SymLog`] changes from linear to logarithmic.
const KNEE: f64 = 1e-3;

impl Scale {
    /// Logarithmic above the global minimum if it is known, otherwise symmetric around 0.
    #[must_use]
    pub fn of(minima: &[Minimum]) -> Self {
        let global = minima.iter().find(|minimum| minimum.global);
        global.map_or(Self::SymLog, |minimum| Self::Log {
            floor: minimum.value,
        })
    }

    /// The position of a loss on the axis; `None` if it is not finite.
    #[must_use]
    pub fn height(self, loss: f64) -> Option<f64> {
        let height = match self {
            Self::Log { floor } => (loss - floor).max(NOTHING).log10(),
            Self::SymLog => loss.signum() * above_knee(loss.abs()) / std::f64::consts::LN_10,
            // Beyond this range, the difference of two heights could overflow.
            Self::Linear => loss.clamp(-FURTHEST, FURTHEST),
        };
        (loss.is_finite() && height.is_finite()).then_some(height)
    }

    pub(super) fn text(self, height: f64) -> String {
        match self {
            Self::Log { .. } => format!("10{}", superscript(height)),
            Self::SymLog => {
                number::short(height.signum() * KNEE * (10_f64.powf(height.abs()) - 1.0))
            }
            Self::Linear => number::short(height),
        }
    }
}

/// ln(1 + size/knee), even where the quotient overflows.
fn above_knee(size: f64) -> f64 {
    let share = size / KNEE;
    if share.is_finite() {
        share.ln_1p()
    } else {
        size.ln() - KNEE.ln()
    }
}

fn superscript(height: f64) -> String {
    let digit = |letter: char| match letter {
        '-' => '⁻',
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        other => other,
    };
    format!("{height:.0}").chars().map(digit).collect()
}
