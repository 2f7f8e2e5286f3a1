//! The scale of a chart's vertical axis.

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
pub(super) const KNEE: f64 = 1e-3;

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
            Self::Log { floor } => decades_above(loss, floor),
            Self::SymLog => self.height_of(loss),
            // Differences and quotients of heights must neither overflow nor vanish.
            Self::Linear if loss.abs() < 1.0 / FURTHEST => 0.0,
            Self::Linear => loss.clamp(-FURTHEST, FURTHEST),
        };
        (loss.is_finite() && height.is_finite()).then_some(height)
    }

    /// The number written at a height: the loss or, on [`Scale::Log`], how far it is above the
    /// minimum.
    #[must_use]
    pub fn number(self, height: f64) -> f64 {
        let number = match self {
            Self::Log { .. } => 10_f64.powf(height),
            Self::SymLog => height.signum() * below_knee(height.abs()),
            Self::Linear => height,
        };
        number.clamp(-f64::MAX, f64::MAX)
    }

    /// The height of what [`Scale::number`] returns.
    pub(super) fn height_of(self, number: f64) -> f64 {
        match self {
            Self::Log { .. } => number.log10(),
            Self::SymLog => number.signum() * above_knee(number.abs()) / std::f64::consts::LN_10,
            Self::Linear => number,
        }
    }
}

/// log₁₀ of the difference, even where it overflows.
fn decades_above(loss: f64, floor: f64) -> f64 {
    let difference = loss - floor;
    if difference.is_finite() {
        difference.max(NOTHING).log10()
    } else {
        (0.5 * loss - 0.5 * floor).log10() + std::f64::consts::LOG10_2
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

/// The inverse: knee · (10^height − 1), even where the power overflows.
fn below_knee(height: f64) -> f64 {
    /// From here on, the 1 makes no difference.
    const HIGH: f64 = 100.0;
    if height < HIGH {
        KNEE * (height * std::f64::consts::LN_10).exp_m1()
    } else {
        10_f64.powf(height + KNEE.log10())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCALES: [Scale; 3] = [Scale::Log { floor: 0.0 }, Scale::SymLog, Scale::Linear];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_number_at_a_height_has_that_height(power in -12.0..299.0_f64, negative: bool) {
            for scale in SCALES {
                let sign = if negative && scale != SCALES[0] { -1.0 } else { 1.0 };
                let height = scale.height(sign * 10_f64.powf(power)).unwrap();
                let again = scale.height_of(scale.number(height));
                prop_assert!((again - height).abs() <= 1e-9 * height.abs().max(1.0), "{:?}", scale);
            }
        }
    }

    #[test]
    fn the_greatest_losses_have_heights() {
        let far = Scale::Log { floor: -f64::MAX }.height(f64::MAX);
        assert!((far.unwrap() - 308.555_3).abs() < 1e-3);
        for scale in SCALES {
            for loss in [f64::MAX, -f64::MAX] {
                let number = scale.number(scale.height(loss).unwrap());
                assert!(number.is_finite(), "{scale:?}");
            }
        }
    }

    #[test]
    fn what_is_not_finite_has_no_height() {
        for scale in SCALES {
            for loss in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                assert_eq!(scale.height(loss), None);
            }
        }
    }
}
