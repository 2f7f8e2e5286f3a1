//! The numbers along the axes of a chart.

use super::super::scale::KNEE;
use super::Scale;
use crate::number;
use crate::plane::ticks::{self, HALVES, QUARTERS};

/// A number on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its position on the axis.
    pub at: f64,
    /// The number.
    pub text: String,
}

/// Round numbers along a linear axis, at least `apart` from each other; integers if it counts.
pub fn along([low, high]: [f64; 2], apart: f64, counts: bool) -> Vec<Mark> {
    // A quarter of ten is no integer.
    let step = if counts && apart <= 10.0 {
        ticks::step(apart.max(1.0), HALVES)
    } else {
        ticks::step(apart, QUARTERS)
    };
    let marks = ticks::multiples([low, high], step).into_iter();
    let mark = |at| Mark {
        at,
        text: number::mark(at, step),
    };
    marks.map(mark).collect()
}

/// At least two numbers along a vertical axis from one height to another, if possible at least
/// `apart` from each other.
///
/// A logarithmic axis has powers of ten, all of them or every nth, or else 1, 2 and 5 of each
/// decade. If there are not even two of these, it has round numbers at equal distances.
pub fn up(scale: Scale, range: [f64; 2], apart: f64) -> Vec<Mark> {
    let inside = |mark: &Mark| (range[0]..=range[1]).contains(&mark.at);
    let spaced = |marks: &[Mark]| {
        let are_spaced = marks
            .windows(2)
            .all(|pair| pair[1].at - pair[0].at >= apart);
        marks.len() > 1 && are_spaced
    };
    let families: Vec<Density> = match scale {
        Scale::Linear => vec![],
        _ => Density::all(range[1] - range[0]),
    };
    let families = families.into_iter().map(|density| {
        let mut marks = density.marks(scale, range);
        // Around 0, an axis on both sides of it is linear.
        let is_apart =
            |mark: &Mark| scale != Scale::SymLog || mark.at == 0.0 || mark.at.abs() >= apart;
        marks.retain(|mark| inside(mark) && is_apart(mark));
        marks
    });
    let mut families = families.filter(|marks| spaced(marks));
    families.next().unwrap_or_else(|| even(scale, range, apart))
}

/// How many of the round numbers of a logarithmic axis are written.
#[derive(Clone, Copy, Debug)]
enum Density {
    /// 1, 2 and 5 of each decade.
    OneTwoFive,
    /// Every nth power of ten.
    Every(i32),
}

impl Density {
    /// From the densest to the sparsest that makes sense for this number of decades.
    fn all(decades: f64) -> Vec<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`f64` has some 600 decades"
        )]
        let most = decades.clamp(1.0, 700.0) as i32;
        std::iter::once(Self::OneTwoFive)
            .chain((1..=most).map(Self::Every))
            .collect()
    }

    /// The numbers of a range and perhaps some more, in ascending order.
    fn marks(self, scale: Scale, [low, high]: [f64; 2]) -> Vec<Mark> {
        let (factors, every): (&[f64], i32) = match self {
            Self::OneTwoFive => (&[1.0, 2.0, 5.0], 1),
            Self::Every(every) => (&[1.0], every),
        };
        let sizes = |low: i32, high: i32| {
            let powers = (low.div_euclid(every)..=high.div_euclid(every)).map(move |k| k * every);
            powers.flat_map(move |power| factors.iter().map(move |factor| (*factor, power)))
        };
        let power = |number: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "`f64` has some 600 decades"
            )]
            let power = number.abs().log10().floor().clamp(-400.0, 400.0) as i32;
            power
        };
        let text = |factor: f64, power: i32| match (self, scale) {
            (Self::Every(_), Scale::Log { .. }) => format!("10{}", superscript(power)),
            _ => plain(factor, power),
        };
        let [lowest, highest] = [low, high].map(|height| scale.number(height));
        let mark = |sign: f64, (factor, power): (f64, i32)| Mark {
            at: scale.height_of(sign * factor * 10_f64.powi(power)),
            text: format!(
                "{}{}",
                if sign < 0.0 { "−" } else { "" },
                text(factor, power)
            ),
        };
        if let Scale::Log { .. } = scale {
            let sizes = sizes(power(lowest), power(highest));
            return sizes.map(|size| mark(1.0, size)).collect();
        }
        let knee = power(KNEE);
        let beyond = |end: f64| (end > 0.0).then(|| sizes(knee, power(end).max(knee)));
        let above = beyond(highest).into_iter().flatten();
        let below = beyond(-lowest).into_iter().flatten();
        let mut marks: Vec<Mark> = below.map(|size| mark(-1.0, size)).collect();
        marks.reverse();
        marks.push(Mark {
            at: 0.0,
            text: "0".into(),
        });
        marks.extend(above.map(|size| mark(1.0, size)));
        marks
    }
}

/// Round numbers at equal distances, which are not equal on a logarithmic axis.
fn even(scale: Scale, range: [f64; 2], apart: f64) -> Vec<Mark> {
    let [low, high] = range.map(|height| scale.number(height));
    // At equal distances, numbers can be closer than powers of ten.
    let apart = 0.75 * apart;
    let mut best = vec![];
    // From sparse to dense, as long as there is space.
    for share in [1.0, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05] {
        let step = ticks::step(share * (high - low), HALVES);
        let numbers = ticks::multiples([low, high], step).into_iter();
        let marks: Vec<Mark> = numbers
            .map(|number| Mark {
                at: scale.height_of(number),
                text: number::mark(number, step),
            })
            .collect();
        let crowded = marks.windows(2).any(|pair| pair[1].at - pair[0].at < apart);
        if crowded && best.len() > 1 {
            break;
        }
        best = marks;
    }
    best
}

fn plain(factor: f64, power: i32) -> String {
    let unit = 10_f64.powi(power);
    number::mark(factor * unit, unit)
}

fn superscript(power: i32) -> String {
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
    power.to_string().chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fitted;
    use super::*;

    const LOG: Scale = Scale::Log { floor: 0.0 };

    /// The numbers on an axis of a hundred points, 18 points apart.
    fn numbers(scale: Scale, range: [f64; 2]) -> Vec<String> {
        let marks = up(scale, range, 0.18 * (range[1] - range[0]));
        marks.into_iter().map(|mark| mark.text).collect()
    }

    #[test]
    fn a_wide_logarithmic_axis_has_powers_of_ten() {
        assert_eq!(numbers(LOG, [-2.1, 1.3]), ["10⁻²", "10⁻¹", "10⁰", "10¹"]);
        assert_eq!(
            numbers(LOG, [-16.0, 4.0]),
            ["10⁻¹⁶", "10⁻¹²", "10⁻⁸", "10⁻⁴", "10⁰", "10⁴"]
        );
    }

    #[test]
    fn within_a_decade_there_are_ones_twos_and_fives() {
        assert_eq!(numbers(LOG, [-2.9, -1.9]), ["0.002", "0.005", "0.01"]);
        assert_eq!(numbers(LOG, [0.1, 0.9]), ["2", "5"]);
    }

    #[test]
    fn between_two_and_five_there_are_finer_steps() {
        assert_eq!(numbers(LOG, [0.33, 0.67]), ["2.5", "3", "3.5", "4", "4.5"]);
        assert_eq!(numbers(LOG, [0.514, 0.515])[..2], ["3.266", "3.268"]);
        assert_eq!(numbers(LOG, [-7.49, -7.48])[0], "3.24e-8");
    }

    #[test]
    fn on_both_sides_of_0_the_numbers_are_round() {
        assert_eq!(numbers(Scale::SymLog, [-4.5, 4.5]), ["−1", "0", "1"]);
        assert_eq!(numbers(Scale::SymLog, [3.1, 4.2]), ["2", "5", "10"]);
    }

    #[test]
    fn numbers_of_a_narrow_linear_axis_differ() {
        assert_eq!(
            numbers(Scale::Linear, [3.268_41, 3.268_45]),
            ["3.26841", "3.26842", "3.26843", "3.26844", "3.26845"]
        );
    }

    #[test]
    fn an_axis_that_counts_has_no_halves() {
        let text = |marks: Vec<Mark>| marks.into_iter().map(|it| it.text).collect::<Vec<_>>();
        assert_eq!(text(along([0.0, 2.0], 0.4, true)), ["0", "1", "2"]);
        assert_eq!(text(along([0.0, 10.0], 2.2, true)), ["0", "5", "10"]);
        assert_eq!(
            text(along([0.0, 1e5], 22_000.0, true)),
            ["0", "25000", "50000", "75000", "100000"]
        );
    }

    /// Losses from the smallest to the greatest.
    fn any_loss() -> impl Strategy<Value = f64> {
        let any_size = (-30.0..308.3_f64).prop_map(|power| 10_f64.powf(power).min(f64::MAX));
        let close = (0..1000_u32).prop_map(|it| 3.0 + 1e-15 * f64::from(it));
        let sizes = prop_oneof![any_size, close, Just(f64::MAX), Just(0.0)];
        (sizes, any::<bool>()).prop_map(|(size, negative)| if negative { -size } else { size })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_axis_has_at_least_two_different_numbers(
            losses in prop::collection::vec(any_loss(), 1..5),
            share in 0.05..0.22_f64,
        ) {
            for scale in [LOG, Scale::SymLog, Scale::Linear] {
                let heights = losses.iter().filter_map(|loss| scale.height(*loss));
                let range = fitted(scale, heights).unwrap();
                let marks = up(scale, range, share * (range[1] - range[0]));
                prop_assert!((2..=30).contains(&marks.len()), "{:?} {:?}", scale, marks);
                prop_assert!(marks.iter().all(|it| (range[0]..=range[1]).contains(&it.at)), "{:?}", marks);
                prop_assert!(marks.is_sorted_by(|a, b| a.at < b.at && a.text != b.text), "{:?}", marks);
            }
        }
    }
}
