//! The linear recurrence behind a series of distances.

use super::{FEWEST, Recurrence};

/// What a series of distances shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// This recurrence.
    Recurrence(Recurrence),
    /// Nothing but rounding.
    Rounding,
    /// It has too few entries.
    TooShort,
    /// No linear recurrence.
    None,
}

/// The largest misfit, relative to the distances, at which one term is enough. A second one is then
/// at least as uncertain as it is small.
const ONE_TERM: f64 = 1e-9;
/// The largest misfit at which a recurrence is one.
const MISFIT: f64 = 0.05;
/// How far above their rounding distances must be to count.
const ABOVE_ROUNDING: f64 = 1e6;

/// Fits eₜ₊₁ = a eₜ + b eₜ₋₁ by least squares, each equation scaled to the same size, so that old
/// and large distances count no more than new and small ones. A plain ratio eₜ₊₁/eₜ would be useless
/// where the distance oscillates. `rounding` is the uncertainty of a distance; for a rule without
/// memory, b is 0.
pub fn fit(distances: &[f64], rounding: f64, has_memory: bool) -> Fit {
    if distances.len() <= FEWEST {
        return Fit::TooShort;
    }
    let least = ABOVE_ROUNDING * rounding;
    let equations: Vec<[f64; 3]> = distances
        .windows(3)
        .map(|it| [it[1], it[0], it[2]])
        .filter_map(|it| scaled(it, least))
        .collect();
    if equations.is_empty() {
        return Fit::Rounding;
    }
    let column = |k: usize| equations.iter().map(move |equation| equation[k]);
    let dot =
        |one: &[f64], other: &[f64]| -> f64 { one.iter().zip(other).map(|(a, b)| a * b).sum() };
    let [now, before, next]: [Vec<f64>; 3] = [0, 1, 2].map(|k| column(k).collect());
    let misfit = |a: f64, b: f64| {
        let errors = equations
            .iter()
            .map(|it| (it[2] - a * it[0] - b * it[1]).abs());
        errors.fold(0.0, f64::max)
    };
    let square = dot(&now, &now);
    let one = if square > 0.0 {
        dot(&now, &next) / square
    } else {
        0.0
    };
    // The first pair of distances has no equation of its own, but follows one term as well.
    let first = distances[1] - one * distances[0];
    let first = first.abs() / distances[0].abs().max(distances[1].abs()).max(least);
    let enough = if has_memory { ONE_TERM } else { MISFIT };
    if misfit(one, 0.0).max(first) <= enough {
        return Fit::Recurrence(Recurrence {
            now: one,
            before: 0.0,
        });
    }
    if !has_memory {
        return Fit::None;
    }
    // The part of `before` that is no multiple of `now`.
    let share = if square > 0.0 {
        dot(&now, &before) / square
    } else {
        0.0
    };
    let rest: Vec<f64> = before
        .iter()
        .zip(&now)
        .map(|(b, a)| b - share * a)
        .collect();
    let independent = dot(&rest, &rest);
    let b = if independent > 0.0 {
        dot(&rest, &next) / independent
    } else {
        0.0
    };
    let a = one - b * share;
    if misfit(a, b) <= MISFIT {
        Fit::Recurrence(Recurrence { now: a, before: b })
    } else {
        Fit::None
    }
}

/// An equation divided by the larger of the two distances it starts from; `None` if these are
/// rounding.
fn scaled(equation: [f64; 3], least: f64) -> Option<[f64; 3]> {
    let size = equation[0].abs().max(equation[1].abs());
    (size > least && size.is_normal()).then(|| equation.map(|it| it / size))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The distances of 20 steps of a recurrence.
    fn series(a: f64, b: f64, start: [f64; 2]) -> Vec<f64> {
        let mut all = start.to_vec();
        for t in 1..20 {
            all.push(a * all[t] + b * all[t - 1]);
        }
        all
    }

    #[track_caller]
    fn contraction(distances: &[f64]) -> f64 {
        match fit(distances, 0.0, true) {
            Fit::Recurrence(found) => found.contraction(),
            other => panic!("{other:?} of {distances:?}"),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_geometric_series_has_one_factor(factor in -1.2..1.2_f64, start in -9.0..9.0_f64) {
            prop_assume!(start.abs() > 1e-3);
            let found = contraction(&series(factor, 0.0, [start, factor * start]));
            prop_assert!((found - factor.abs()).abs() < 1e-12);
        }

        #[test]
        fn an_oscillation_shrinks_by_the_length_of_its_roots(
            length in 0.3..1.1_f64,
            angle in 0.1..3.0_f64,
            start in [-9.0..9.0_f64, -9.0..9.0_f64],
        ) {
            prop_assume!(start[0].abs() + start[1].abs() > 1e-3);
            let distances = series(2.0 * length * angle.cos(), -length * length, start);
            prop_assert!((contraction(&distances) - length).abs() < 1e-6);
        }

        #[test]
        fn of_two_factors_the_larger_wins_even_if_it_is_hard_to_see(
            large in 0.5..1.1_f64,
            share in 0.0..0.9_f64,
            parts in [1e-6..1.0_f64, 1e-6..1.0_f64],
        ) {
            let small = share * large;
            let at = |t: i32| parts[0] * large.powi(t) + parts[1] * small.powi(t);
            let distances: Vec<f64> = (0..20).map(at).collect();
            prop_assert!((contraction(&distances) - large).abs() < 1e-6);
        }
    }

    #[test]
    fn a_series_that_ends_at_once_shrinks_to_nothing() {
        assert_eq!(contraction(&[3.0, 0.0, 0.0, 0.0]), 0.0);
    }

    #[test]
    fn rounding_is_not_measured() {
        assert_eq!(
            fit(&[1e-16, 2e-16, -1e-16, 1e-16], 1e-16, true),
            Fit::Rounding
        );
        assert_eq!(fit(&[0.0; 9], 0.0, true), Fit::Rounding);
        assert_eq!(fit(&[1.0, 0.5, 0.25], 0.0, true), Fit::TooShort);
    }

    #[test]
    fn what_follows_no_recurrence_has_no_factor() {
        let wild = [1.0, -3.0, 0.5, 2.0, 2.0, -1.0, 3.0, 0.1, -2.0];
        assert_eq!(fit(&wild, 0.0, true), Fit::None);
    }

    #[test]
    fn without_memory_an_oscillation_is_no_recurrence() {
        let distances = series(1.2, -0.9, [1.0, 0.9]);
        assert!(matches!(fit(&distances, 0.0, true), Fit::Recurrence(_)));
        assert_eq!(fit(&distances, 0.0, false), Fit::None);
    }
}
