//! The values of a hyper-parameter that are tried.

use super::{Knob, Ruler};
use crate::optimizer::{ParameterKind, Valid};

/// The values tried for one hyper-parameter, in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Their scale.
    pub ruler: Ruler,
    /// The values.
    pub values: Vec<f64>,
}

/// The number of values, fewer where they have to be whole numbers.
const VALUES: i32 = 60;
/// The number of values per decade of a logarithmic scale, so that they span six decades.
const PER_DECADE: i32 = 10;

impl Grid {
    /// The values for a parameter whose present value is `now`.
    ///
    /// On a logarithmic scale they span the six decades below the upper end of the slider. They
    /// move by whole decades, and no further than it takes, if `now` would be outside.
    #[must_use]
    pub fn of(knob: &Knob, now: f64) -> Option<Self> {
        let ParameterKind::Number { valid, slider, .. } = knob.parameter.kind else {
            return None;
        };
        let ruler = Ruler::of(knob.parameter.kind)?;
        let ends = [slider[0].min(now), slider[1].max(now)];
        let mut values = match (ruler, valid) {
            (Ruler::Complement, _) => nines(slider, now),
            (Ruler::Linear, _)
            | (Ruler::Log, Valid::AtLeastOne | Valid::AtLeastFour | Valid::Count) => {
                even(ruler, ends)
            }
            (Ruler::Log, _) => decades(slider[1], now),
        };
        for value in &mut values {
            *value = match valid {
                Valid::Count | Valid::Whole => value.round(),
                _ => *value,
            };
        }
        values.retain(|value| valid.allows(*value));
        values.dedup();
        Some(Self { ruler, values })
    }

    /// The lowest and the highest value.
    #[must_use]
    pub fn ends(&self) -> Option<[f64; 2]> {
        Some([*self.values.first()?, *self.values.last()?])
    }
}

/// Ten values per decade, the same three digits in each.
fn decades(top: f64, now: f64) -> Vec<f64> {
    let tenth = |value: f64| f64::from(PER_DECADE) * value.log10();
    let value = |tenth| Ruler::Log.rounded(10_f64.powf(f64::from(tenth) / f64::from(PER_DECADE)));
    let mut last = to_int(tenth(top).floor());
    if now.is_normal() && now > 0.0 {
        let span = VALUES - 1;
        let beyond = (to_int(tenth(now).ceil()) - last).max(0);
        let below = (last - span - to_int(tenth(now).floor())).max(0);
        let whole = |tenths: i32| (tenths + PER_DECADE - 1) / PER_DECADE * PER_DECADE;
        last += whole(beyond) - whole(below);
        // Rounding can move an end past the present value.
        if value(last - span) > now {
            last -= PER_DECADE;
        } else if value(last) < now {
            last += PER_DECADE;
        }
    }
    (last - VALUES + 1..=last).map(value).collect()
}

/// Values for a fraction, at equal distances in 1 − value on a logarithmic scale.
fn nines([low, high]: [f64; 2], now: f64) -> Vec<f64> {
    let position = |value: f64| Ruler::Complement.position(value);
    let inside = |value: f64| value.is_finite().then_some(value);
    let ends = [low.min(now), high.max(now)].map(position);
    let [first, last] = [ends[0].floor(), ends[1].ceil()];
    let last = inside(last).unwrap_or(16.0).clamp(first + 1.0, 16.0);
    let share = |k: i32| f64::from(k) / f64::from(VALUES - 1);
    let value = |k| Ruler::Complement.value(first + share(k) * (last - first));
    (0..VALUES)
        .map(|k| Ruler::Complement.rounded(value(k)))
        .collect()
}

/// Values at equal distances on a scale.
fn even(ruler: Ruler, ends: [f64; 2]) -> Vec<f64> {
    let [low, high] = ends.map(|value| ruler.position(value));
    let share = |k: i32| f64::from(k) / f64::from(VALUES - 1);
    let value = |k| ruler.rounded(ruler.value(low + share(k) * (high - low)));
    let mut values: Vec<f64> = (0..VALUES).map(value).collect();
    if let [first, .., last] = &mut *values {
        [*first, *last] = ends;
    }
    values
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "numbers have some 600 decades"
)]
fn to_int(value: f64) -> i32 {
    value as i32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::experiment::Plan;
    use crate::optimizer::OptimizerChoice;

    /// All numeric parameters of all rules.
    fn all_knobs() -> Vec<(Plan, Knob)> {
        let plans = OptimizerChoice::for_points().cloned().map(Plan::new);
        let knobs = plans.flat_map(|plan| {
            let names: Vec<_> = plan
                .optimizer
                .rule()
                .parameters()
                .map(|it| it.name)
                .collect();
            let knobs = names
                .into_iter()
                .filter_map(move |name| Some((plan.clone(), Knob::find(&plan, Some(&name))?)));
            knobs.collect::<Vec<_>>()
        });
        knobs.collect()
    }

    #[test]
    fn rates_span_six_decades_with_the_same_digits_in_each() {
        let plan = Plan::new(OptimizerChoice::Adam(crate::optimizer::Adam::default()));
        let knob = Knob::find(&plan, None).unwrap();
        let grid = Grid::of(&knob, 0.15).unwrap();
        assert_eq!(grid.values.len(), 60);
        assert_eq!(grid.ends(), Some([1.26e-5, 10.0]));
        assert!(grid.values.contains(&0.1) && grid.values.contains(&1.58));
        let lower = Grid::of(&knob, 3e-7).unwrap();
        assert_eq!(lower.ends(), Some([1.26e-7, 0.1]));
        let higher = Grid::of(&knob, 40.0).unwrap();
        assert_eq!(higher.ends(), Some([1.26e-4, 100.0]));
        // The end at 10^-8.9 is rounded to 1.26e-9, which is above the present value.
        let just_below = Grid::of(&knob, 1.259_38e-9).unwrap();
        assert_eq!(just_below.ends(), Some([1.26e-10, 1e-4]));
    }

    #[test]
    fn the_values_of_fractions_crowd_towards_1() {
        let plan = Plan::new(OptimizerChoice::Adam(crate::optimizer::Adam::default()));
        let knob = Knob::find(&plan, Some("beta_1")).unwrap();
        let grid = Grid::of(&knob, 0.9).unwrap();
        assert_eq!(grid.ends(), Some([0.0, 0.999]));
        assert!(grid.values[19] < 0.9 && grid.values[21] > 0.9);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_grid_ascends_is_valid_and_contains_the_present_value(power in -12.0..9.0_f64, share in 0.0..0.999_999_f64) {
            for (_, knob) in all_knobs() {
                let now = match knob.valid() {
                    Valid::Fraction | Valid::Share => share,
                    Valid::Count | Valid::Whole | Valid::AtLeastOne => 10_f64.powf(power.abs()).round(),
                    Valid::AtLeastFour => 4.0 + 10_f64.powf(power.abs()).round(),
                    Valid::NonPositive => -10_f64.powf(power),
                    _ => 10_f64.powf(power),
                };
                let grid = Grid::of(&knob, now).unwrap();
                let name = &knob.parameter.name;
                prop_assert!(grid.values.len() >= 20 && grid.values.len() <= 60, "{}", name);
                prop_assert!(grid.values.is_sorted_by(|a, b| a < b), "{}: {:?}", name, grid);
                prop_assert!(grid.values.iter().all(|it| knob.valid().allows(*it)), "{}", name);
                let [low, high] = grid.ends().unwrap();
                prop_assert!((low..=high).contains(&now), "{}: {} in {}..{}", name, now, low, high);
            }
        }
    }
}
