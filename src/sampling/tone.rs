//! The tone of a loss: its height between the lowest and the highest loss in the window, in 0…1.

use super::logarithm::ln;
use super::{Grid, Spread};

/// The map from a loss f to a tone t in 0…1.
///
/// With z = f − (smallest f), M the largest z and m the median z in the window,
///
/// ```text
/// if M > 2m:  s = m² / (M − 2m),   t = ln(1 + z/s) / ln(1 + M/s)
/// else:       t = z / M                   (also if m = 0; t = 0 if M = 0)
/// ```
///
/// so that in the first case half of the window lies below t = ½.
///
/// Both cases belong to one family, with the *bend* b = ln(1 + M/s): 1/s → 0 gives b → 0 and
///
/// ```text
/// t = ln(1 + (eᵇ − 1) z/M) / b   →   z / M.
/// ```
///
/// The definition of s gives 1 + M/s = (M/m − 1)², hence b = 2 ln(M/m − 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    minimum: f64,
    /// M
    range: f64,
    /// b = ln(1 + M/s)
    bend: f64,
    /// eᵇ − 1 = M/s
    growth: f64,
}

impl Tone {
    /// The largest bend, which keeps eᵇ finite. Reached when M/m is about 1e130.
    const STEEPEST: f64 = 600.0;

    /// The bend above which ln(1 + x)/b can be computed directly; below it, 1 + x loses precision.
    const BENT: f64 = 0.01;

    /// The tone for the values of `grid`. If no value is finite, every loss maps to 0.
    #[must_use]
    pub fn of(grid: &Grid) -> Self {
        grid.spread()
            .map_or(Self::new(0.0, 0.0, 0.0), Self::of_spread)
    }

    /// The tone for values with this spread.
    #[must_use]
    pub fn of_spread(spread: Spread) -> Self {
        let range = (spread.maximum - spread.minimum).min(f64::MAX);
        let median = spread.median - spread.minimum;
        let bend = if median > 0.0 && range > 2.0 * median {
            2.0 * ((range - 2.0 * median) / median).ln_1p()
        } else {
            0.0
        };
        Self::new(spread.minimum, range, bend.min(Self::STEEPEST))
    }

    fn new(minimum: f64, range: f64, bend: f64) -> Self {
        Self {
            minimum,
            range,
            bend,
            growth: bend.exp_m1(),
        }
    }

    /// The loss of tone 0.
    #[must_use]
    pub fn minimum(&self) -> f64 {
        self.minimum
    }

    /// The loss of tone 1.
    #[must_use]
    pub fn maximum(&self) -> f64 {
        self.minimum + self.range
    }

    /// s, infinite in the linear case.
    #[must_use]
    pub fn scale(&self) -> f64 {
        if self.bend > 0.0 {
            self.range / self.growth
        } else {
            f64::INFINITY
        }
    }

    /// The tone of a loss; NaN if the loss is not finite. A loss outside the range of the window
    /// has the tone of the nearer end.
    #[must_use]
    pub fn at(&self, loss: f64) -> f64 {
        if self.bend > Self::BENT {
            self.bent(loss)
        } else if self.bend > 0.0 {
            ((self.growth * self.height(loss)).ln_1p() / self.bend).min(1.0)
        } else {
            self.height(loss)
        }
    }

    /// Applies [`Tone::at`] to many losses.
    #[must_use]
    pub fn at_each(&self, losses: &[f64]) -> Vec<f32> {
        if self.bend > Self::BENT {
            // No branches or calls, so that the compiler can vectorize the loop.
            losses.iter().map(|&loss| self.bent(loss) as f32).collect()
        } else {
            losses.iter().map(|&loss| self.at(loss) as f32).collect()
        }
    }

    /// z / M, clamped to 0…1; NaN if the loss is not finite.
    #[inline]
    pub(super) fn height(&self, loss: f64) -> f64 {
        let height = if self.range > 0.0 {
            ((loss - self.minimum) / self.range).clamp(0.0, 1.0)
        } else {
            0.0
        };
        if loss.is_finite() { height } else { f64::NAN }
    }

    /// The tone of a loss if the bend is large enough for a plain logarithm.
    #[inline]
    fn bent(&self, loss: f64) -> f64 {
        let height = ((loss - self.minimum) / self.range).clamp(0.0, 1.0);
        let tone = (ln(1.0 + self.growth * height) / self.bend).clamp(0.0, 1.0);
        if loss.is_finite() { tone } else { f64::NAN }
    }

    /// The loss of a tone: the inverse of [`Tone::at`], with tones clamped to 0…1.
    #[must_use]
    pub fn loss_at(&self, tone: f64) -> f64 {
        let tone = tone.clamp(0.0, 1.0);
        let height = if self.bend > 0.0 {
            (tone * self.bend).exp_m1() / self.growth
        } else {
            tone
        };
        self.minimum + self.range * height
    }

    /// The tone in between two others, at `fraction` (clamped to 0…1) of the transition.
    ///
    /// The smallest loss and the bend are interpolated linearly and M geometrically, so 1/s = (eᵇ −
    /// 1)/M varies smoothly, even to and from the linear case.
    #[must_use]
    pub fn eased(from: &Self, to: &Self, fraction: f64) -> Self {
        if fraction <= 0.0 {
            return *from;
        }
        if fraction.is_nan() || fraction >= 1.0 {
            return *to;
        }
        let between = |from: f64, to: f64| from * (1.0 - fraction) + to * fraction;
        let range = if from.range > 0.0 && to.range > 0.0 {
            between(from.range.ln(), to.range.ln()).exp().min(f64::MAX)
        } else {
            between(from.range, to.range)
        };
        let minimum = between(from.minimum, to.minimum);
        Self::new(minimum, range, between(from.bend, to.bend))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plane::Window;
    use crate::sampling::testing::closure;
    use crate::surface::{Beale, Rosenbrock, Surface};

    fn spread(minimum: f64, median: f64, maximum: f64) -> Spread {
        Spread {
            minimum,
            median,
            maximum,
        }
    }

    fn of(surface: &dyn Surface, window: Window) -> Tone {
        Tone::of(&Grid::sample(surface, window, 400, 400))
    }

    fn near(value: f64, expected: f64, relative: f64) -> bool {
        (value / expected - 1.0).abs() <= relative
    }

    #[test]
    fn scales_are_those_of_the_design() {
        let long_valley = closure(|x, y| 0.5 * x * x + 25.0 * y * y);
        let rastrigin = closure(|x, y| {
            let wave = |x: f64| x * x - 10.0 * (std::f64::consts::TAU * x).cos();
            20.0 + wave(x) + wave(y)
        });
        let cases: [(&dyn Surface, Window, f64); 4] = [
            (&Beale, Beale.window(), 0.803),
            (&Rosenbrock, Rosenbrock.window(), 9.07),
            (&long_valley, Window::new([-5.0, 5.0], [-2.0, 2.0]), 16.2),
            (&rastrigin, Window::square(5.12), 190.0),
        ];
        for (surface, window, scale) in cases {
            let found = of(surface, window).scale();
            assert!(near(found, scale, 0.02), "{surface:?}: {found}");
        }
    }

    #[test]
    fn saddles_and_easom_are_linear() {
        let saddle = closure(|x, y| x * x - y * y);
        let easom = closure(|x, y| {
            let distance = |x: f64| (x - std::f64::consts::PI).powi(2);
            -x.cos() * y.cos() * (-distance(x) - distance(y)).exp()
        });
        assert!(of(&saddle, Window::square(1.5)).scale().is_infinite());
        let tone = of(&easom, Window::new([0.0, 6.3], [0.0, 6.3]));
        assert!(tone.scale().is_infinite());
        let [low, high] = [tone.minimum(), tone.maximum()];
        let expected = (-0.5 - low) / (high - low);
        assert!((tone.at(-0.5) - expected).abs() < 1e-12);
    }

    #[test]
    fn formula_by_hand() {
        // m = 1, M = 10: s = 1/8, t = ln(1 + 8z) / ln 81 = ½ at z = 1.
        let tone = Tone::of_spread(spread(3.0, 4.0, 13.0));
        assert!(near(tone.scale(), 0.125, 1e-12));
        for (loss, expected) in [
            (3.0, 0.0),
            (4.0, 0.5),
            (6.25, 27_f64.ln() / 81_f64.ln()),
            (13.0, 1.0),
        ] {
            assert!((tone.at(loss) - expected).abs() < 1e-12, "{loss}");
        }
    }

    #[test]
    fn edge_cases() {
        let constant = Tone::of_spread(spread(7.0, 7.0, 7.0));
        assert_eq!([constant.at(7.0), constant.at(9.0)], [0.0; 2]);
        assert_eq!(constant.loss_at(0.4), 7.0);
        let flat_floor = Tone::of_spread(spread(0.0, 0.0, 4.0));
        assert_eq!(flat_floor.at(1.0), 0.25);
        let nothing = of(&closure(|_, _| f64::NAN), Window::square(1.0));
        assert_eq!(nothing.at(5.0), 0.0);
        let enormous = Tone::of_spread(spread(-f64::MAX, 0.0, f64::MAX));
        assert!((0.0..=1.0).contains(&enormous.at(1e300)));
        let steep = Tone::of_spread(spread(0.0, 1e-310, 1e300));
        assert_eq!([steep.at(0.0), steep.at(1e300)], [0.0, 1.0]);
        assert!((0.1..0.9).contains(&steep.at(1e200)));
        for loss in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(steep.at(loss).is_nan());
        }
    }

    #[test]
    fn half_of_the_area_lies_below_one_half() {
        for surface in [&Beale as &dyn Surface, &Rosenbrock] {
            let grid = Grid::sample(surface, surface.window(), 200, 200);
            let tone = Tone::of(&grid);
            let below = grid.values().iter().filter(|&&f| tone.at(f) < 0.5).count();
            assert!(below.abs_diff(20_000) <= 4, "{below}");
        }
    }

    #[test]
    fn the_linear_case_is_the_limit() {
        let linear = Tone::of_spread(spread(0.0, 0.5, 1.0));
        for excess in [1e-3, 1e-6, 1e-9, 1e-12, 1e-15] {
            let bent = Tone::of_spread(spread(0.0, 0.5 - excess, 1.0));
            for z in [0.0, 1e-9, 0.3, 0.8, 1.0] {
                assert!((bent.at(z) - linear.at(z)).abs() <= 2.0 * excess);
            }
        }
    }

    #[test]
    fn easing_begins_and_ends_exactly_and_never_jumps() {
        let [from, to] = [
            Tone::of_spread(spread(1.0, 4.0, 5.0)),
            Tone::of_spread(spread(0.0, 0.1, 900.0)),
        ];
        assert_eq!(Tone::eased(&from, &to, 0.0), from);
        assert_eq!(Tone::eased(&from, &to, 1.0), to);
        let path: Vec<f64> = (0..=1000)
            .map(|step| Tone::eased(&from, &to, f64::from(step) / 1000.0).at(4.0))
            .collect();
        assert!(path.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 0.01));
    }

    proptest! {
        #[test]
        fn monotone_and_inverse(
            minimum in -1e3..1e3_f64, median in 1e-3..1.0_f64, maximum in 1.0..1e4_f64,
            a in 0.0..1.0_f64, b in 0.0..1.0_f64,
        ) {
            let tone = Tone::of_spread(spread(minimum, minimum + median, minimum + maximum));
            let [low, high] = [a.min(b), a.max(b)];
            prop_assert!(tone.loss_at(low) <= tone.loss_at(high));
            prop_assert!(tone.at(tone.loss_at(low)) <= tone.at(tone.loss_at(high)));
            prop_assert!((tone.at(tone.loss_at(a)) - a).abs() < 1e-6);
        }
    }
}
