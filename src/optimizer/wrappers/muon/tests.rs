//! Muon on small matrices.

use super::*;
use crate::chance::{Chance, Use};
use crate::objective::Block;
use crate::optimizer::rule::Oracle;
use crate::optimizer::{Adam, MomentumSchedule, Nadam, Nesterov, OptimizerChoice, Run};

type Whole = Muon<Box<OptimizerChoice>>;

fn muon() -> Whole {
    Whole::default()
}

fn random(length: usize, seed: u64) -> Vec<f64> {
    let mut chance = Chance::new(seed, Use::Noise, 0);
    (0..length).map(|_| chance.normals()[0]).collect()
}

/// The singular value after one step.
fn polynomial(s: f64) -> f64 {
    let [a, b, c] = muon().coefficients;
    a * s + b * s.powi(3) + c * s.powi(5)
}

/// The polynomial of a diagonal matrix is that of its entries.
#[test]
fn a_diagonal_matrix_goes_entry_by_entry() {
    let matrix = [3.0, 0.0, 0.0, 0.0, 1.0, 0.0];
    let [before, after] = muon().orthogonalise(&matrix, [2, 3]).unwrap();
    let norm = 10_f64.sqrt() + 1e-7;
    for (index, s) in [3.0 / norm, 1.0 / norm].into_iter().enumerate() {
        assert!((before[index] - s).abs() < 1e-15);
        let expected = (0..5).fold(s, |s, _| polynomial(s));
        let found = after.iter().any(|s| (s - expected).abs() < 1e-14);
        assert!(found, "{after:?} without {expected}");
    }
}

/// A row has one singular value, 1, of which the five steps make one fixed number.
#[test]
fn a_row_becomes_one_of_fixed_length() {
    let rule = Muon {
        epsilon: 0.0,
        ..muon()
    };
    for matrix in [[3.0, -4.0], [1e-9, 0.0], [-5e8, 2e8]] {
        let [_, after] = rule.orthogonalise(&matrix, [1, 2]).unwrap();
        assert!((after[0] - 0.6964).abs() < 5e-5, "{after:?}");
    }
}

/// The share of the norm of a matrix above which five steps bring a singular value near 1.
const LEAST: f64 = 0.001_51;
/// Where it then lies.
const NEAR: [f64; 2] = [0.6818, 1.2024];

#[test]
fn five_steps_of_the_polynomial_leave_from_0_68_to_1_20() {
    let after = |s: f64| (0..5).fold(s, |s, _| polynomial(s));
    let grid = (0..=1_000_000).map(|step| LEAST.powf(f64::from(step) / 1e6));
    let [low, high] = grid
        .map(after)
        .fold([f64::INFINITY, 0.0], |[low, high], it| {
            [low.min(it), f64::max(high, it)]
        });
    // No narrower range would do.
    assert!((NEAR[0]..NEAR[0] + 1e-4).contains(&low), "{low}");
    assert!((NEAR[1] - 1e-4..NEAR[1]).contains(&high), "{high}");
    // What is smaller is multiplied by a in each step at most, which is too little.
    let most = muon().coefficients[0].powi(5);
    for step in 1..1000 {
        let s = 0.99 * LEAST * f64::from(step) / 1000.0;
        assert!(after(s) > 0.0 && after(s) <= s * most, "{s}");
        assert!(after(s) < NEAR[0], "{s}");
    }
}

#[test]
fn five_steps_leave_the_singular_values_near_1() {
    let mut near = 0;
    for (seed, shape) in (0..).zip([[2, 2], [3, 5], [8, 3], [16, 16], [10, 64], [64, 64]]) {
        let matrix = random(shape[0] * shape[1], seed);
        let [before, after] = muon().orthogonalise(&matrix, shape).unwrap();
        let tiny = before.iter().filter(|s| **s < LEAST).count();
        let low = after.iter().filter(|s| **s < NEAR[0]).count();
        assert!(low <= tiny, "{shape:?}: {before:?} become {after:?}");
        assert!(after.iter().all(|s| *s < NEAR[1]), "{shape:?}: {after:?}");
        near += after.len() - low;
    }
    assert!(near > 80, "{near} of 101");
}

#[test]
fn a_transposed_matrix_has_the_transposed_direction() {
    let (rows, columns) = (3, 5);
    let matrix = random(rows * columns, 7);
    let mut transposed = vec![0.0; rows * columns];
    crate::real::transpose(&matrix, columns, &mut transposed);
    let direction = |matrix: &[f64], shape| {
        let mut image = matrix.to_vec();
        let mut space = newton_schulz::Workspace::for_all(&[shape]);
        muon().orthogonalise_with(&mut image, shape, &mut space);
        image
    };
    let image = direction(&transposed, [columns, rows]);
    let mut back = vec![0.0; rows * columns];
    crate::real::transpose(&image, rows, &mut back);
    assert_eq!(back, direction(&matrix, [rows, columns]));
}

#[test]
fn what_is_no_matrix_has_no_singular_values() {
    let rule = muon();
    assert_eq!(rule.orthogonalise(&[], [0, 3]), None);
    assert_eq!(rule.orthogonalise(&[1.0; 5], [2, 3]), None);
    assert_eq!(rule.orthogonalise(&[1.0, f64::NAN], [1, 2]), None);
    assert_eq!(rule.orthogonalise(&[1.0; 4], [usize::MAX, 2]), None);
}

/// A matrix of 2 × 1, of which every step is known, and a bias: f = ½(w₁² + w₂²) + ½b².
struct Bowl(u32);

const BLOCKS: [Block; 2] = [
    Block::Matrix {
        rows: 2,
        columns: 1,
    },
    Block::Vector(1),
];

impl Oracle for Bowl {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        self.0 += 1;
        gradient.copy_from_slice(at);
    }

    fn value(&mut self, at: &[f64]) -> f64 {
        at.iter().map(|x| x * x / 2.0).sum()
    }

    fn hessian(&mut self, _at: &[f64], _hessian: &mut [f64]) {
        panic!("no rule here needs one")
    }

    fn hessian_diagonal(&mut self, _at: &[f64], _diagonal: &mut [f64]) {
        panic!("no rule here needs one")
    }
}

const START: [f64; 3] = [3.0, -4.0, 2.0];

fn begin(rule: &Whole) -> Box<dyn Run> {
    OptimizerChoice::Muon(rule.clone()).begin(&START, &BLOCKS)
}

/// The matrix has one singular value, so that X = s D/(‖D‖ + ε), with s after the steps.
#[test]
fn steps_are_those_of_the_definition() {
    let unscaled = MuonScale::Unscaled;
    let matched = MuonScale::MatchRms;
    for (nesterov, momentum_correction, epsilon_place, scale, factor) in [
        (true, false, MuonEpsilon::Added, unscaled, 1.0),
        (
            false,
            false,
            MuonEpsilon::Added,
            MuonScale::Original,
            2_f64.sqrt(),
        ),
        (true, true, MuonEpsilon::Clamp, matched, 0.2 * 2_f64.sqrt()),
        (
            false,
            true,
            MuonEpsilon::Clamp,
            MuonScale::SpectralUnclamped,
            2_f64.sqrt(),
        ),
    ] {
        let rule = Muon {
            learning_rate: 0.1,
            momentum: 0.9,
            nesterov,
            momentum_correction,
            epsilon: 8.0,
            epsilon_place,
            scale,
            weight_decay: 0.5,
            ..muon()
        };
        let (mut run, mut at, mut moment) = (begin(&rule), START, [0.0; 2]);
        for t in 1..=4 {
            let before = at;
            run.step(&mut at, t, &mut Bowl(0));
            let power = i32::try_from(t).unwrap();
            let [now, next] = if momentum_correction {
                [power, power + 1].map(|t| 1.0 - 0.9_f64.powi(t))
            } else {
                [1.0; 2]
            };
            let mut direction = [0.0; 2];
            for axis in 0..2 {
                let slope = before[axis];
                moment[axis] = 0.9 * moment[axis] + 0.1 * slope;
                direction[axis] = if nesterov {
                    0.9 * moment[axis] / next + 0.1 * slope / now
                } else {
                    moment[axis] / now
                };
            }
            let norm = direction[0].hypot(direction[1]);
            let divisor = match epsilon_place {
                MuonEpsilon::Added => norm + 8.0,
                MuonEpsilon::Clamp => norm.max(8.0),
            };
            let s = (0..5).fold(norm / divisor, |s, _| polynomial(s));
            for axis in 0..2 {
                let step = 0.1 * factor * s * direction[axis] / norm;
                let expected = before[axis] * (1.0 - 0.1 * 0.5) - step;
                assert!((at[axis] - expected).abs() < 1e-14, "{rule:?} in {t}");
            }
        }
    }
}

/// The path of the bias alone under a rule of its own.
fn bias_alone(rule: &OptimizerChoice, rates: &[f64]) -> Vec<f64> {
    let mut run = rule.begin(&[START[2]], &[Block::Vector(1)]);
    let mut at = [START[2]];
    let rate = rule.rule().rate().unwrap();
    let path = (1..).zip(rates).map(|(t, &now)| {
        run.adjust(rate, now);
        run.step(&mut at, t, &mut Bowl(0));
        at[0]
    });
    path.collect()
}

#[test]
fn biases_go_by_adam_at_the_same_rate() {
    let rates = [0.02, 0.02, 0.01, 0.005];
    let expected = bias_alone(&OptimizerChoice::Adam(Adam::default()), &rates);
    let (mut run, mut at) = (begin(&muon()), START);
    for ((t, rate), expected) in (1..).zip(rates).zip(expected) {
        run.adjust(0, rate);
        run.pace(rate, 0.02);
        run.step(&mut at, t, &mut Bowl(0));
        assert_eq!(at[2].to_bits(), f64::to_bits(expected));
    }
}

#[test]
fn a_schedule_multiplies_the_rate_of_a_named_rule() {
    let nadam = OptimizerChoice::Nadam(Nadam {
        learning_rate: 0.3,
        momentum_schedule: MomentumSchedule::Constant,
        ..Nadam::default()
    });
    let expected = bias_alone(&nadam, &[0.3, 0.15, 0.3 / 4.0, 0.05]);
    let rule = Muon {
        vectors: Some(Box::new(nadam)),
        ..muon()
    };
    let (mut run, mut at) = (begin(&rule), START);
    let rate = OptimizerChoice::Muon(rule)
        .rule()
        .find("vectors.learning_rate");
    for ((t, now), expected) in (1..).zip([0.02, 0.01, 0.005, 0.005]).zip(expected) {
        run.adjust(0, now);
        run.pace(now, 0.02);
        // An edit sets the rate before the factor.
        if t == 4 {
            run.adjust(rate.unwrap(), 0.2);
        }
        run.step(&mut at, t, &mut Bowl(0));
        assert!((at[2] - expected).abs() < 1e-15, "{t}");
    }
}

/// A rule for the biases that looks ahead is given the gradient there, which all share.
#[test]
fn a_step_costs_one_gradient() {
    let nesterov = OptimizerChoice::Nesterov(Nesterov::default());
    let expected = bias_alone(&nesterov, &[0.01; 5]);
    let rule = Muon {
        vectors: Some(Box::new(nesterov)),
        ..muon()
    };
    let (mut run, mut at, mut oracle) = (begin(&rule), START, Bowl(0));
    for (t, expected) in (1..).zip(expected) {
        run.step(&mut at, t, &mut oracle);
        assert_eq!(at[2].to_bits(), expected.to_bits());
    }
    assert_eq!(oracle.0, 5);
}

#[test]
fn parts_of_a_step_add_up_to_it() {
    let rule = Muon {
        weight_decay: 0.1,
        vectors: Some(Box::new(OptimizerChoice::Adam(Adam::default()))),
        ..muon()
    };
    let choice = OptimizerChoice::Muon(rule.clone());
    let (mut run, mut at) = (begin(&rule), START);
    for t in 1..4 {
        let before = at;
        let mut notes = crate::optimizer::Notebook::new(choice.rule().notes());
        run.step_noted(&mut at, t, &mut Bowl(0), &mut notes);
        let list = choice.rule().notes();
        for coordinate in 0..3 {
            let parts = notes.values().iter().filter(|&&(index, id, _)| {
                index == coordinate && list[usize::from(id)].role.is_part()
            });
            let parts: f64 = parts.map(|&(.., value)| value).sum();
            let step = at[coordinate] - before[coordinate];
            assert!((parts - step).abs() < 1e-15, "{coordinate} in {t}");
            let slope = notes.get(coordinate, crate::optimizer::rule::GRADIENT);
            assert_eq!(slope, Some(before[coordinate]));
        }
    }
}

#[test]
fn a_momentum_of_0_without_a_guard_is_undefined() {
    let rule = Muon {
        epsilon: 0.0,
        ..muon()
    };
    let mut run = OptimizerChoice::Muon(rule).begin(&[0.0, 0.0, 1.0], &BLOCKS);
    let mut at = [0.0, 0.0, 1.0];
    run.step(&mut at, 1, &mut Bowl(0));
    assert!(at[0].is_nan());
    let reason = run.undefined(&at).unwrap();
    assert!(reason.divisor.unwrap().contains("both it and ε are 0"));
    run = begin(&muon());
    run.step(&mut at.map(|_| 0.0), 1, &mut Silence);
    assert_eq!(run.undefined(&[0.0; 3]), None);
}

/// There is no slope anywhere.
struct Silence;

impl Oracle for Silence {
    fn gradient(&mut self, _at: &[f64], gradient: &mut [f64]) {
        gradient.fill(0.0);
    }

    fn value(&mut self, _at: &[f64]) -> f64 {
        0.0
    }

    fn hessian(&mut self, _at: &[f64], hessian: &mut [f64]) {
        hessian.fill(0.0);
    }

    fn hessian_diagonal(&mut self, _at: &[f64], diagonal: &mut [f64]) {
        diagonal.fill(0.0);
    }
}

#[test]
fn a_rule_for_matrices_cannot_move_vectors() {
    let rule = Muon {
        vectors: Some(Box::new(OptimizerChoice::Muon(muon()))),
        ..muon()
    };
    assert!(Described::conflict(&rule).is_some());
    let rule = Muon {
        coefficients: [1.0, f64::INFINITY, 0.0],
        ..muon()
    };
    assert!(Described::conflict(&rule).is_some());
}

#[test]
fn files_leave_out_a_rule_that_is_not_named() {
    let json = serde_json::to_value(OptimizerChoice::Muon(muon())).unwrap();
    assert!(json["Muon"].get("vectors").is_none());
    let named: OptimizerChoice =
        serde_json::from_str(r#"{"Muon": {"learning_rate": 0.1, "vectors": {"Adam": {}}}}"#)
            .unwrap();
    let rule = named.rule();
    let index = rule.find("vectors.beta_1").unwrap();
    assert_eq!(rule.number(index), Some(0.9));
    assert_eq!(rule.learning_rate(), Some(0.1));
    let label = rule.parameter(index).unwrap().label();
    assert_eq!(label, "bias momentum β₁");
}
