//! What several seeds say about a racer: the median of a value, its spread, and ties.

use std::cmp::Ordering;

use crate::number::lowest_first;

/// The median of a value over several seeds, with the range that leaves out the lowest and the
/// highest tenth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantiles {
    /// The 10 % quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 90 % quantile.
    pub high: f64,
}

impl Quantiles {
    /// The quantiles of some values, which are sorted in place; `None` if there are none. What is
    /// not finite counts as higher than every number, and a quantile that falls there is infinite.
    ///
    /// Between two values, a quantile is interpolated linearly (Hyndman & Fan 1996, definition 7, as
    /// in `NumPy`).
    #[must_use]
    pub fn of(values: &mut [f64]) -> Option<Self> {
        values.sort_unstable_by(|a, b| lowest_first(*a, *b));
        let last = values.len().checked_sub(1)?;
        let at = |share: f64| {
            #[expect(clippy::cast_precision_loss, reason = "at most a thousand seeds")]
            let place = share * last as f64;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "an index"
            )]
            let below = place.floor() as usize;
            let fraction = place - place.floor();
            let (from, to) = (values[below], values[last.min(below + 1)]);
            if fraction == 0.0 {
                from
            } else {
                from + fraction * (to - from)
            }
        };
        let or_infinite = |value: f64| if value.is_nan() { f64::INFINITY } else { value };
        Some(Self {
            low: or_infinite(at(0.1)),
            median: or_infinite(at(0.5)),
            high: or_infinite(at(0.9)),
        })
    }

    /// Half the range between the quantiles: what stands behind ±.
    #[must_use]
    pub fn spread(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// The number of seeds with which one racer's value was lower than another's, and the number of
/// those with which they differed. The same seed draws the same rows and the same noise for both, so
/// they are compared seed by seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duel {
    /// The number of seeds with which the first had the lower value.
    pub won: usize,
    /// The number of seeds with which the values differed.
    pub of: usize,
    /// Whether neither value depends on the seed, so that there is nothing to doubt.
    pub is_certain: bool,
}

impl Duel {
    /// Compares two racers' values, both in the order of the seeds. A racer whose path does not
    /// depend on the seed has a single value, which counts with every seed.
    #[must_use]
    pub fn between(one: &[f64], other: &[f64]) -> Self {
        let seeds = one.len().max(other.len());
        let repeated = |values: &[f64]| match values {
            [value] => vec![*value; seeds],
            _ => values.to_vec(),
        };
        let (one, other) = (repeated(one), repeated(other));
        let pairs = one.iter().zip(&other);
        let mut duel = Self {
            won: 0,
            of: 0,
            is_certain: seeds == 1,
        };
        for order in pairs.map(|(a, b)| lowest_first(*a, *b)) {
            duel.won += usize::from(order == Ordering::Less);
            duel.of += usize::from(order != Ordering::Equal);
        }
        duel
    }

    /// Whether it is a tie: two equal racers would differ by as much in more than one out of twenty
    /// such comparisons (a sign test at 5 %, one-sided; Arbuthnot 1710). With fewer than five seeds,
    /// everything is a tie.
    #[must_use]
    pub fn is_tie(&self) -> bool {
        let better = self.won.max(self.of - self.won);
        let is_doubtful = !self.is_certain || self.of == 0;
        is_doubtful && at_least(better, self.of) > 0.05
    }
}

/// The probability that a fair coin shows heads at least `heads` times out of `tosses`.
fn at_least(heads: usize, tosses: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "at most a thousand seeds")]
    let [heads, tosses] = [heads, tosses].map(|count| count as f64);
    // Each term from the one before; the first is 2^-n, which is a number up to n = 1,074.
    let mut term = (-tosses).exp2();
    let mut sum = 0.0;
    let mut count = tosses;
    while count >= heads {
        sum += term;
        term *= count / (tosses - count + 1.0);
        count -= 1.0;
    }
    sum
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "equal to the last bit is what is meant")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn duel(won: usize, of: usize) -> Duel {
        let is_certain = false;
        Duel {
            won,
            of,
            is_certain,
        }
    }

    #[test]
    fn quantiles_are_those_of_numpy() {
        // numpy.quantile([5, 1, 4, 2, 3, 9], [0.1, 0.5, 0.9])
        let of = Quantiles::of(&mut [5.0, 1.0, 4.0, 2.0, 3.0, 9.0]).unwrap();
        assert_eq!((of.low, of.median, of.high), (1.5, 3.5, 7.0));
        assert_eq!(of.spread(), 2.75);
        let one = Quantiles::of(&mut [7.0]).unwrap();
        assert_eq!((one.low, one.median, one.high), (7.0, 7.0, 7.0));
        assert_eq!(Quantiles::of(&mut []), None);
    }

    #[test]
    fn runs_that_diverge_are_the_worst() {
        let of = Quantiles::of(&mut [f64::NAN, 1.0, f64::INFINITY, 2.0, 3.0]).unwrap();
        assert_eq!((of.median, of.high), (3.0, f64::INFINITY));
        let all = Quantiles::of(&mut [f64::NAN; 3]).unwrap();
        assert_eq!((all.low, all.high), (f64::INFINITY, f64::INFINITY));
    }

    #[test]
    fn a_tie_is_what_chance_alone_could_do() {
        // P(at least 15 of 20) = 0.0207, P(at least 14 of 20) = 0.0577.
        for (won, of, tie) in [
            (15, 20, false),
            (5, 20, false),
            (14, 20, true),
            (6, 20, true),
            (5, 5, false),
            (4, 4, true),
            (0, 0, true),
            (1000, 1000, false),
            (500, 1000, true),
            (526, 1000, true),
            (527, 1000, false),
        ] {
            assert_eq!(duel(won, of).is_tie(), tie, "{won} of {of}");
        }
    }

    #[test]
    fn racers_are_compared_seed_by_seed() {
        // The losses overlap, but with every seed the first is better.
        let one: Vec<f64> = (0..8).map(f64::from).collect();
        let other: Vec<f64> = one.iter().map(|loss| loss + 0.1).collect();
        assert_eq!(Duel::between(&one, &other), duel(8, 8));
        assert!(!Duel::between(&one, &other).is_tie());
        assert_eq!(Duel::between(&one, &one), duel(0, 0));
        let diverged = [f64::NAN, f64::INFINITY];
        assert_eq!(Duel::between(&[1.0, 2.0], &diverged), duel(2, 2));
    }

    #[test]
    fn a_racer_without_chance_meets_every_seed_of_the_other() {
        let lucky = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
        assert_eq!(Duel::between(&[0.35], &lucky), duel(3, 6));
        assert_eq!(Duel::between(&lucky, &[1.0]), duel(6, 6));
        let both = Duel::between(&[1.0], &[2.0]);
        assert!(both.is_certain && !both.is_tie());
        assert!(Duel::between(&[1.0], &[1.0]).is_tie());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_duel_is_the_same_from_both_sides(
            pairs in prop::collection::vec((0..4_u8, 0..4_u8), 0..40),
        ) {
            let (one, other): (Vec<f64>, Vec<f64>) =
                pairs.into_iter().map(|(a, b)| (f64::from(a), f64::from(b))).unzip();
            let (duel, back) = (Duel::between(&one, &other), Duel::between(&other, &one));
            prop_assert_eq!((duel.of, duel.of - duel.won), (back.of, back.won));
            prop_assert_eq!(duel.is_tie(), back.is_tie());
        }

        #[test]
        fn quantiles_are_in_order(mut values in prop::collection::vec(-1e3..1e3, 1..40)) {
            let of = Quantiles::of(&mut values).unwrap();
            prop_assert!(of.low <= of.median && of.median <= of.high);
            prop_assert!(values[0] <= of.low && of.high <= values[values.len() - 1]);
        }
    }
}
