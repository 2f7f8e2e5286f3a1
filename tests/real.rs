//! Double-double arithmetic against 60 digits, and its linear algebra.

use num_dual::DualNum;
use proptest::prelude::*;
use slalom::real::{DoubleDouble, Real};

/// The difference in units of the expected value.
fn error(ours: DoubleDouble, expected: DoubleDouble) -> f64 {
    ((ours - expected) / expected).abs().to_f64()
}

fn of(name: &str, x: DoubleDouble) -> DoubleDouble {
    match name {
        "sqrt" => Real::sqrt(x),
        "cbrt" => x.cbrt(),
        "exp" => Real::exp(x),
        "exp_m1" => x.exp_m1(),
        "ln" => Real::ln(x),
        "ln_1p" => x.ln_1p(),
        "sin" => x.sin(),
        "cos" => x.cos(),
        "tan" => x.tan(),
        "atan" => x.atan(),
        "asin" => x.asin(),
        "acos" => x.acos(),
        "sinh" => x.sinh(),
        "cosh" => x.cosh(),
        "tanh" => x.tanh(),
        "asinh" => x.asinh(),
        "acosh" => x.acosh(),
        "atanh" => x.atanh(),
        "recip" => x.recip(),
        "powi" => Real::powi(x, 7),
        "powf" => Real::powf(x, 2.5),
        _ => panic!("{name} is not known here"),
    }
}

#[test]
fn functions_are_right_to_28_digits() {
    let mut lines = 0;
    for line in include_str!("data/real.csv").lines() {
        let (name, numbers) = line.split_once(',').unwrap();
        let numbers: Vec<f64> = numbers.split(',').map(|it| it.parse().unwrap()).collect();
        let pair = |at: usize| DoubleDouble::from(numbers[at]) + numbers[at + 1];
        let error = error(of(name, pair(0)), pair(2));
        assert!(error < 1e-28, "{line}: {error:e}");
        lines += 1;
    }
    assert_eq!(lines, 21 * 12);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_done_can_be_undone(
        a in -1e9..1e9_f64, tail in -1e-8..1e-8_f64, b in -1e3..1e3_f64, rest in -1e-14..1e-14_f64,
    ) {
        prop_assume!(a.abs() > 1e-3 && b.abs() > 1e-3);
        let (a, b) = (DoubleDouble::from(a) + tail, DoubleDouble::from(b) + rest);
        let scale = a.abs() + b.abs();
        prop_assert!((a + b - b - a).abs() <= scale * 1e-31);
        prop_assert!(error(a * b / b, a) < 1e-30);
        prop_assert!(error(Real::sqrt(a * a), a.abs()) < 1e-30);
        let whole = (a - a % b) / b;
        prop_assert!((a % b).abs() < b.abs() * (1.0 + 1e-20) && (a % b) * a >= 0.0);
        prop_assert!((whole - whole.to_f64().round()).abs() < 1e-20);
        prop_assert_eq!((a * b).to_f64(), (b * a).to_f64());
        prop_assert_eq!(a < b, b > a);
        prop_assert_eq!(a.max(b), b.max(a));
    }

    #[test]
    fn a_double_among_doubles_is_what_a_double_is(a in -1e9..1e9_f64, b in -1e9..1e9_f64) {
        let (x, y) = (DoubleDouble::from(a), DoubleDouble::from(b));
        prop_assert_eq!((x + y).to_f64(), a + b);
        prop_assert_eq!((x - b).to_f64(), a - b);
        prop_assert_eq!((x * y).to_f64(), a * b);
        prop_assert_eq!((x / b).to_f64(), a / b);
        prop_assert_eq!(Real::sqrt(x.abs()).to_f64(), a.abs().sqrt());
        prop_assert_eq!(x < y, a < b);
    }
}

#[test]
fn numbers_out_of_range_are_as_those_of_doubles() {
    let huge = DoubleDouble::from(1e300);
    assert_eq!((huge * 10.0).to_f64(), 1e300 * 10.0);
    assert_eq!((huge * 1e-300).to_f64(), 1.0);
    for (ours, doubles) in [
        (huge * huge, f64::INFINITY),
        (-huge * huge + huge, f64::NEG_INFINITY),
        (DoubleDouble::ONE / 0.0, f64::INFINITY),
        (DoubleDouble::ONE / (huge * huge), 0.0),
        (Real::exp(huge), f64::INFINITY),
        (Real::exp(-huge), 0.0),
        (Real::ln(DoubleDouble::ZERO), f64::NEG_INFINITY),
    ] {
        assert_eq!(ours.to_f64(), doubles);
        assert_eq!(ours.is_finite(), doubles.is_finite());
    }
    let undefined = [
        huge * huge - huge * huge,
        DoubleDouble::ZERO / 0.0,
        Real::sqrt(-huge),
        huge * huge * 0.0,
    ];
    for number in undefined {
        assert!(number.to_f64().is_nan(), "{number:?}");
    }
    assert_eq!(DoubleDouble::NAN.max(huge), huge);
    assert_eq!(huge.min(DoubleDouble::NAN), huge);
}

fn numbers<const K: usize>(values: [f64; K]) -> Vec<DoubleDouble> {
    values.map(DoubleDouble::from).to_vec()
}

#[test]
fn the_solution_of_a_linear_system_solves_it() {
    let matrix = numbers([1e-9, 4.0, 2.0, 3.0, -1.0, 0.5, 2.0, 7.0, -3.0]);
    let right = numbers([1.0, -2.0, 5.0]);
    let solution = Real::solve(matrix.clone(), right.clone()).unwrap();
    for row in 0..3 {
        let image: DoubleDouble = (0..3).map(|k| matrix[k * 3 + row] * solution[k]).sum();
        assert!((image - right[row]).abs() < 1e-30, "{image:?}");
    }
    let singular = numbers([1.0, 2.0, 2.0, 4.0]);
    assert!(Real::solve(singular, right[..2].to_vec()).is_none());
}

#[test]
fn eigenvectors_and_eigenvalues_make_up_the_matrix() {
    let matrix = numbers([4.0, 1.0, -2.0, 1.0, 3.0, 0.5, -2.0, 0.5, -1.0]);
    let eigen = DoubleDouble::symmetric_eigen(matrix.clone(), 3);
    for column in 0..3 {
        let mut unit = numbers([0.0; 3]);
        unit[column] = DoubleDouble::ONE;
        let image = eigen.apply(&unit, |along, value| along * value);
        for row in 0..3 {
            let error = image[row] - matrix[column * 3 + row];
            assert!(error.abs() < 1e-30, "{error:?}");
        }
    }
}
