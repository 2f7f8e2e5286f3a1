//! The losses over data: values, derivatives, minima and windows, and the generated moons.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "rows are few"
)]

mod common;

use std::sync::Arc;

use common::cases;
use num_dual::{Dual2SVec64, DualNum};
use proptest::prelude::*;
use slalom::objective::Objective;
use slalom::preset::from_text;
use slalom::surface::data::{CrossEntropy, LeastSquares, Moons};
use slalom::surface::{Dataset, Rotated, Surface, minima};

const FITS: &[&str] = &[
    "LinearRegression(data: \"line\")",
    "LinearRegression(data: \"line\", l2: 0.3)",
    "LinearRegression(data: \"penguins\", x: \"bill_length_mm\", y: \"bill_depth_mm\")",
    "LinearRegression(data: \"penguins\", x: \"bill_length_mm\", y: \"body_mass_g\", standardize: \
     true)",
    "LogisticRegression(moons: (rows: 101))",
    "LogisticRegression(moons: (), l2: 0.1)",
    "LogisticRegression(data: \"iris\", x1: \"sepal_length_cm\", x2: \"petal_length_cm\", label: \
     \"species\", positive: \"virginica\")",
    "LogisticRegression(data: \"iris\", x1: \"petal_length_cm\", x2: \"petal_width_cm\", label: \
     \"species\", positive: \"versicolor\", standardize: true)",
];

fn open(surface: &str) -> Arc<dyn Surface> {
    let text = format!("(version: 1, surface: {surface}, start: (0, 0), steps: 1, racers: [])");
    from_text("test", &text).unwrap().experiment.surface.open()
}

/// λ, parsed from the text.
fn l2(surface: &str) -> f64 {
    surface
        .split_once("l2: ")
        .map_or(0.0, |(_, rest)| rest[..3].parse().unwrap())
}

/// The textbook loss of a single row, over any kind of number.
fn of_row<D: DualNum<Primitive = f64> + Copy>(
    data: &Dataset,
    row: usize,
    [w, b]: [D; 2],
    l2: f64,
) -> D {
    let (x, y) = (data.x[row], data.y[row]);
    let penalty = (w * w + b * b) * (l2 / 2.0);
    penalty
        + match &data.labels {
            None => (w * x + b - y).powi(2),
            Some(labels) => {
                let margin = w * x + b * y;
                let margin = if labels.of[row] { margin } else { -margin };
                // Where e⁻ᵐ would overflow, use ln(1 + e⁻ᵐ) = −m + ln(1 + eᵐ).
                if margin.re() < 0.0 {
                    -margin + margin.exp().ln_1p()
                } else {
                    (-margin).exp().ln_1p()
                }
            }
        }
}

type Derivatives = (f64, [f64; 2], [[f64; 2]; 2]);

fn derivatives(
    data: &Dataset,
    rows: impl ExactSizeIterator<Item = usize>,
    [w, b]: [f64; 2],
    l2: f64,
) -> Derivatives {
    let at = [
        Dual2SVec64::<2>::from_re(w).derivative(0),
        Dual2SVec64::<2>::from_re(b).derivative(1),
    ];
    let count = rows.len() as f64;
    let zero = Dual2SVec64::<2>::from_re(0.0);
    let sum = rows
        .map(|row| of_row(data, row, at, l2))
        .fold(zero, |sum, loss| sum + loss);
    let mean = sum / count;
    let first = mean.v1.unwrap_generic(nalgebra::U1, nalgebra::U2);
    let second = mean.v2.unwrap_generic(nalgebra::U2, nalgebra::U2);
    (
        mean.re,
        [first[0], first[1]],
        [
            [second[(0, 0)], second[(0, 1)]],
            [second[(1, 0)], second[(1, 1)]],
        ],
    )
}

fn near(ours: f64, theirs: f64, scale: f64) -> Result<(), TestCaseError> {
    prop_assert!(
        (ours - theirs).abs() <= 1e-11 * (1.0 + scale),
        "{ours} {theirs}"
    );
    Ok(())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn values_and_derivatives_are_those_of_the_formula(
        fit in prop::sample::select(FITS),
        part in [-0.5..1.5, -0.5..1.5],
        rows in prop::collection::vec(0..100_usize, 1..20),
    ) {
        let surface = open(fit);
        let window = surface.window();
        let at = [
            window.x[0] + part[0] * window.width(),
            window.y[0] + part[1] * window.height(),
        ];
        let data = surface.data().unwrap();
        let (loss, slope, curvature) = derivatives(data, 0..data.len(), at, l2(fit));
        let size = |of: &[f64]| of.iter().fold(0.0, |most: f64, one| most.max(one.abs()));
        near(surface.value(at), loss, loss)?;
        let (same, gradient) = surface.gradient(at);
        prop_assert_eq!(same, surface.value(at));
        let hessian = surface.hessian(at);
        // The sums have thousands of terms that cancel.
        let scale = size(&slope) + loss + 1e3;
        for k in 0..2 {
            near(gradient[k], slope[k], scale)?;
            for l in 0..2 {
                near(hessian[k][l], curvature[k][l], size(&curvature.concat()))?;
            }
        }

        let some: Vec<u32> = rows.iter().map(|&row| row as u32).collect();
        let (_, slope, _) = derivatives(data, rows.iter().copied(), at, l2(fit));
        let gradient = surface.batch(&some, at).1;
        for k in 0..2 {
            near(gradient[k], slope[k], scale)?;
        }
    }

    #[test]
    fn the_mean_over_all_rows_is_the_full_gradient_and_their_spread_the_covariance(
        fit in prop::sample::select(FITS),
        at in [-2.0..2.0, -2.0..2.0],
    ) {
        let surface = open(fit);
        let rows = 0..surface.rows() as u32;
        let count = f64::from(rows.end);
        let (_, full) = surface.gradient(at);
        let all: Vec<u32> = rows.clone().collect();
        let mean = surface.batch(&all, at).1;
        let single: Vec<[f64; 2]> =
            rows.map(|row| surface.batch(&[row], at).1).collect();
        let spread = surface.gradient_spread(at);
        for k in 0..2 {
            near(mean[k], full[k], 1e3)?;
            for l in 0..2 {
                let products = single.iter().map(|one| (one[k] - full[k]) * (one[l] - full[l]));
                let expected = products.sum::<f64>() / count;
                near(spread[k][l], expected, spread[0][0] + spread[1][1])?;
            }
        }
    }
}

#[test]
fn the_slope_at_the_minimum_is_nothing_and_everywhere_else_is_higher() {
    for fit in FITS {
        let surface = open(fit);
        let [minimum] = surface.minima()[..] else {
            panic!("{fit}: one minimum")
        };
        assert!(minimum.global);
        assert_eq!(minima::worth_marking(&*surface), [minimum]);
        let (loss, gradient) = surface.gradient(minimum.at);
        assert!((loss - minimum.value).abs() < 1e-12 * (1.0 + loss), "{fit}");
        assert!(
            gradient[0].hypot(gradient[1]) < 1e-11,
            "{fit}: {gradient:?}"
        );
        let window = surface.window();
        assert!(
            window.contains(minimum.at) && window.contains([0.0, 0.0]),
            "{fit} {window:?}"
        );
        for x in window.x {
            for y in window.y {
                assert!(surface.value([x, y]) > minimum.value + 1e-3, "{fit}");
            }
        }
    }
}

#[test]
fn the_line_of_least_squares_is_the_textbooks() {
    let surface = open("LinearRegression(data: \"line\")");
    let data = surface.data().unwrap();
    let n = data.len() as f64;
    let sum = |of: &dyn Fn(f64, f64) -> f64| {
        data.x
            .iter()
            .zip(&data.y)
            .map(|(&x, &y)| of(x, y))
            .sum::<f64>()
    };
    let (sx, sy) = (sum(&|x, _| x), sum(&|_, y| y));
    let w = (n * sum(&|x, y| x * y) - sx * sy) / (n * sum(&|x, _| x * x) - sx * sx);
    let [ours_w, ours_b] = surface.minima()[0].at;
    assert!((ours_w - w).abs() < 1e-13 && (ours_b - (sy - w * sx) / n).abs() < 1e-13);
    let line = surface.prediction([w, 2.0]).unwrap();
    // The point (1, w + 2) lies on y = w·x + 2.
    let [a, b] = line.normal;
    assert!((a + b * (w + 2.0) - line.offset).abs() < 1e-15);
    assert_eq!(surface.axes(), ["w", "b"]);
}

#[test]
fn separable_classes_have_no_minimum_unless_a_penalty_gives_them_one() {
    let setosa = "LogisticRegression(data: \"iris\", x1: \"sepal_length_cm\", x2: \
                  \"petal_length_cm\", label: \"species\", positive: \"setosa\"";
    let surface = open(&format!("{setosa})"));
    assert!(surface.minima().is_empty());
    assert!(surface.window().contains([0.0, 0.0]));
    let with_penalty = open(&format!("{setosa}, l2: 0.01)"));
    assert_eq!(with_penalty.minima().len(), 1);
}

fn classes(rows: &[(f64, f64, bool)]) -> CrossEntropy {
    let data = Dataset {
        x: rows.iter().map(|row| row.0).collect(),
        y: rows.iter().map(|row| row.1).collect(),
        labels: Some(slalom::surface::data::Labels {
            column: "label".into(),
            positive: "1".into(),
            of: rows.iter().map(|row| row.2).collect(),
        }),
        ..Dataset::default()
    };
    CrossEntropy::new(data, 0.0)
}

#[test]
fn a_single_point_on_the_wrong_side_makes_a_minimum() {
    let apart = [(1.0, 0.0, true), (0.0, 1.0, true), (-1.0, -1.0, false)];
    assert!(classes(&apart).minima().is_empty());
    let mixed = [(1.0, 0.0, true), (0.0, 1.0, true), (1.0, 1.0, false)];
    let minimum = classes(&mixed).minima()[0];
    // Each axis has two points for it, and one point is against both, so they cancel out.
    assert_eq!(minimum.at, [0.0, 0.0]);
    assert!((minimum.value - std::f64::consts::LN_2).abs() < 1e-15);
    // Collinear data leave a flat valley, and data at the origin do not constrain anything.
    let level = [(1.0, 1.0, true), (2.0, 2.0, false), (-1.0, -1.0, true)];
    assert!(classes(&level).minima().is_empty());
    assert!(
        classes(&[(0.0, 0.0, true), (0.0, 0.0, false)])
            .minima()
            .is_empty()
    );
}

proptest! {
    #![proptest_config(cases(500))]

    /// There is a direction that classifies no row wrongly exactly if one perpendicular to a row
    /// does.
    #[test]
    fn there_is_a_minimum_just_if_every_direction_is_wrong_about_some_row(
        rows in prop::collection::vec((-3.0..3.0, -3.0..3.0, any::<bool>()), 3..9),
    ) {
        let surface = classes(&rows);
        let u: Vec<[f64; 2]> = rows
            .iter()
            .map(|&(x, y, is_one)| if is_one { [x, y] } else { [-x, -y] })
            .collect();
        let across = u.iter().flat_map(|&[x, y]| [[-y, x], [y, -x]]);
        let separable = across
            .into_iter()
            .any(|[a, b]| u.iter().all(|[x, y]| a * x + b * y >= -1e-12));
        let minima = surface.minima();
        prop_assert_eq!(minima.is_empty(), separable);
        if let Some(minimum) = minima.first() {
            let [gx, gy] = surface.gradient(minimum.at).1;
            prop_assert!(gx.hypot(gy) < 1e-12, "{gx} {gy}");
        }
    }
}

#[test]
fn a_far_margin_costs_its_length_or_nothing() {
    let surface = classes(&[(1.0, 0.0, true)]);
    assert_eq!(surface.value([-800.0, 0.0]), 800.0);
    assert_eq!(surface.value([1e6, 0.0]), 0.0);
    // ln(1 + e⁻⁴⁰) = e⁻⁴⁰, which computing 1 + e⁻⁴⁰ would lose.
    let loss = surface.value([40.0, 0.0]);
    assert!((loss / (-40.0_f64).exp() - 1.0).abs() < 1e-14, "{loss:e}");
    assert_eq!(surface.gradient([-800.0, 0.0]).1, [-1.0, 0.0]);
}

#[test]
fn equal_x_leave_a_level_valley_without_a_lowest_point() {
    let data = Dataset {
        x: vec![2.0, 2.0, 2.0],
        y: vec![1.0, 2.0, 3.0],
        ..Dataset::default()
    };
    let surface = LeastSquares::new(data, 0.0);
    assert!(surface.minima().is_empty());
    assert!((surface.value([1.0, 0.0]) - 2.0 / 3.0).abs() < 1e-15);
    assert!((surface.value([0.0, 2.0]) - 2.0 / 3.0).abs() < 1e-15);
    let window = surface.window();
    assert!(window.width() > 0.1 && window.width() < 100.0, "{window:?}");
}

#[test]
fn the_moons_are_the_same_for_ever() {
    let moons = Moons {
        rows: 6,
        noise: 0.25,
        seed: 3,
    }
    .generate()
    .unwrap();
    assert_eq!(moons.x, MOONS_X);
    assert_eq!(moons.y, MOONS_Y);
}

const MOONS_X: [f64; 6] = [
    0.882_968_417_215_220_3,
    -0.547_481_474_500_586_9,
    -0.682_018_749_177_192_9,
    0.516_783_441_692_347,
    -1.402_407_843_298_253_9,
    0.941_503_022_794_558_9,
];
const MOONS_Y: [f64; 6] = [
    -0.492_439_589_750_034_9,
    0.163_578_683_225_718_72,
    0.585_169_805_216_529_1,
    -0.787_814_352_797_177,
    -0.538_249_948_023_552_9,
    -0.059_790_605_175_857_936,
];

#[test]
fn the_moons_without_noise_are_two_arcs_about_the_origin() {
    let moons = Moons {
        rows: 21,
        noise: 0.0,
        seed: 0,
    }
    .generate()
    .unwrap();
    let labels = moons.labels.clone().unwrap().of;
    assert_eq!(labels.iter().filter(|&&is_one| is_one).count(), 10);
    for ((x, y), is_lower) in moons.x.iter().zip(&moons.y).zip(labels) {
        let side = if is_lower { -1.0 } else { 1.0 };
        let (dx, dy) = (side * x + 0.5, side * y + 0.25);
        assert!((dx.hypot(dy) - 1.0).abs() < 1e-15 && dy > -1e-15);
    }
    assert_ne!(
        Moons::default().generate().unwrap(),
        Moons {
            seed: 1,
            ..Moons::default()
        }
        .generate()
        .unwrap()
    );
}

#[test]
fn a_turned_loss_over_data_turns_its_batches_too() {
    let inner = open("LogisticRegression(moons: ())");
    let turned = Rotated::new(Arc::clone(&inner), 0.7, [0.5, -0.2]);
    assert_eq!(turned.rows(), inner.rows());
    assert_eq!(turned.axes(), inner.axes());
    let at = [0.3, 1.2];
    let rows: Vec<u32> = (0..200).collect();
    let (batch, full) = (turned.batch(&rows, at).1, turned.gradient(at).1);
    assert!((batch[0] - full[0]).abs() < 1e-14 && (batch[1] - full[1]).abs() < 1e-14);
    let (spread, before) = (
        turned.gradient_spread(at),
        inner.gradient_spread(turned.to_inner(at)),
    );
    let trace = |of: [[f64; 2]; 2]| of[0][0] + of[1][1];
    assert!((trace(spread) - trace(before)).abs() < 1e-14);
    assert_eq!(turned.prediction(at), inner.prediction(turned.to_inner(at)));
}
