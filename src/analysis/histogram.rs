//! How many numbers lie where.

use crate::number::lowest_first;

/// The axis of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// Equal differences have equal lengths.
    Linear,
    /// Equal factors have equal lengths; only numbers above 0 have a place.
    Logarithmic,
}

/// How many numbers lie in each of some equal parts of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// The axis.
    pub spacing: Spacing,
    /// The first and the last number of the axis.
    pub ends: [f64; 2],
    /// The numbers in each part; a number between two parts belongs to the second.
    pub counts: Vec<usize>,
    /// The lowest and the highest number.
    pub range: [f64; 2],
    /// The median of the numbers.
    pub median: f64,
    /// How many numbers have no place on the axis.
    pub left_out: usize,
}

impl Histogram {
    /// The number of parts.
    pub const PARTS: usize = 28;
    /// The least factor between the ends of a logarithmic axis, in orders of magnitude.
    const LEAST_DECADES: f64 = 0.6;

    /// Sorts numbers into parts of an axis that reaches from the lowest to the highest of them;
    /// `None` if none has a place on it. Where all are nearly equal, the axis is wider.
    #[must_use]
    pub fn of(numbers: impl IntoIterator<Item = f64>, spacing: Spacing) -> Option<Self> {
        let mut left_out = 0;
        let mut placed: Vec<f64> = Vec::new();
        for number in numbers {
            if number.is_finite() && (number > 0.0 || spacing == Spacing::Linear) {
                placed.push(number);
            } else {
                left_out += 1;
            }
        }
        placed.sort_unstable_by(|a, b| lowest_first(*a, *b));
        let range = [*placed.first()?, *placed.last()?];
        let ends = widened(spacing, range);
        let [from, to] = ends.map(|end| spacing.place(end));
        let mut counts = vec![0; Self::PARTS];
        for &number in &placed {
            let share = (spacing.place(number) - from) / (to - from);
            if let Some(count) = counts.get_mut(part(share)) {
                *count += 1;
            }
        }
        Some(Self {
            spacing,
            ends,
            counts,
            range,
            median: median(&placed),
            left_out,
        })
    }

    /// How many numbers there are, with those that are left out.
    #[must_use]
    pub fn all(&self) -> usize {
        self.counts.iter().sum::<usize>() + self.left_out
    }

    /// How far along the axis a number is: 0 at its first end, 1 at its last.
    #[must_use]
    pub fn share(&self, number: f64) -> f64 {
        let [from, to] = self.ends.map(|end| self.spacing.place(end));
        (self.spacing.place(number) - from) / (to - from)
    }
}

impl Spacing {
    fn place(self, number: f64) -> f64 {
        match self {
            Self::Linear => number,
            Self::Logarithmic => number.log10(),
        }
    }
}

/// The part at this share of the axis; the last one for its end.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share from 0 to 1, and a few parts"
)]
fn part(share: f64) -> usize {
    let last = Histogram::PARTS - 1;
    ((share * Histogram::PARTS as f64) as usize).min(last)
}

/// The ends of an axis for numbers in a range: never both the same.
fn widened(spacing: Spacing, [low, high]: [f64; 2]) -> [f64; 2] {
    match spacing {
        Spacing::Linear => {
            // Two numbers far apart may have a difference beyond all numbers.
            let middle = 0.5 * low + 0.5 * high;
            let half = 0.5 * high - 0.5 * low;
            let least = (1e-6 * middle.abs()).max(1e-12);
            if half >= least {
                [low, high]
            } else {
                [middle - least, middle + least]
            }
        }
        Spacing::Logarithmic => {
            let [from, to] = [low.log10(), high.log10()];
            let missing = 0.5 * (Histogram::LEAST_DECADES - (to - from));
            if missing <= 0.0 {
                return [low, high];
            }
            let end = |exponent: f64| 10_f64.powf(exponent).clamp(f64::MIN_POSITIVE, f64::MAX);
            [end(from - missing).min(low), end(to + missing).max(high)]
        }
    }
}

/// The median of sorted numbers.
fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    match (sorted.get(middle), sorted.len() % 2) {
        (Some(&high), 0) => {
            let low = middle.checked_sub(1).and_then(|it| sorted.get(it));
            low.map_or(high, |low| 0.5 * low + 0.5 * high)
        }
        (Some(&it), _) => it,
        (None, _) => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_counted_in_its_part() {
        let numbers: Vec<f64> = (0..1_000)
            .map(|it| f64::from(it).sin() * 3.0 + 1.0)
            .collect();
        let found = Histogram::of(numbers.iter().copied(), Spacing::Linear).unwrap();
        let [low, high] = found.range;
        assert_eq!(found.ends, found.range);
        let width = (high - low) / 28.0;
        for (part, &count) in (0..28_u8).zip(&found.counts) {
            let from = low + f64::from(part) * width;
            let to = from + width;
            let is_last = part == 27;
            let inside = numbers.iter().filter(|&&it| {
                let share = (it - low) / (high - low) * 28.0;
                share >= f64::from(part) && (share < f64::from(part) + 1.0 || is_last)
            });
            assert_eq!(inside.count(), count, "{from} to {to}");
        }
        assert_eq!(found.counts.iter().sum::<usize>(), 1_000);
    }

    #[test]
    fn a_logarithmic_axis_has_equal_factors_and_leaves_out_what_has_no_logarithm() {
        let numbers = [1e-3, 1e-2, 1e-1, 1.0, 0.0, -2.0, f64::NAN, f64::INFINITY];
        let found = Histogram::of(numbers, Spacing::Logarithmic).unwrap();
        assert_eq!((found.range, found.left_out), ([1e-3, 1.0], 4));
        assert!((found.median - 0.055).abs() < 1e-15);
        for (number, share) in [(1e-3, 0.0), (1e-2, 1.0 / 3.0), (1.0, 1.0)] {
            assert!((found.share(number) - share).abs() < 1e-12);
        }
        let filled = found.counts.iter().filter(|&&count| count == 1);
        assert_eq!(filled.count(), 4);
    }

    #[test]
    fn equal_numbers_stand_in_the_middle_of_an_axis() {
        for (number, spacing) in [
            (0.3, Spacing::Logarithmic),
            (f64::MIN_POSITIVE, Spacing::Logarithmic),
            (f64::MAX, Spacing::Logarithmic),
            (0.3, Spacing::Linear),
            (0.0, Spacing::Linear),
            (-1e300, Spacing::Linear),
        ] {
            let found = Histogram::of([number; 5], spacing).unwrap();
            let [low, high] = found.ends;
            assert!(low < high && low <= number && number <= high, "{found:?}");
            assert_eq!(found.counts.iter().sum::<usize>(), 5);
            assert_eq!(found.median, number);
        }
        assert_eq!(Histogram::of([], Spacing::Linear), None);
        assert_eq!(Histogram::of([0.0, -1.0], Spacing::Logarithmic), None);
    }

    #[test]
    fn numbers_at_both_ends_of_all_numbers_are_counted() {
        let found = Histogram::of([-f64::MAX, 0.0, f64::MAX], Spacing::Linear).unwrap();
        assert_eq!(found.counts.iter().sum::<usize>(), 3);
    }
}
