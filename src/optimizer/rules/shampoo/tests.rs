//! Shampoo on small matrices and vectors.

use super::*;
use crate::chance::{Chance, Use};
use crate::optimizer::{Notebook, OptimizerChoice, Silent};

/// Answers with these gradients, one after the other.
struct Gradients(Vec<Vec<f64>>);

impl Oracle for Gradients {
    fn gradient(&mut self, _at: &[f64], gradient: &mut [f64]) {
        gradient.copy_from_slice(&self.0.remove(0));
    }

    fn value(&mut self, _at: &[f64]) -> f64 {
        panic!("the rule needs gradients alone")
    }

    fn hessian(&mut self, _at: &[f64], _hessian: &mut [f64]) {
        panic!("the rule needs gradients alone")
    }

    fn hessian_diagonal(&mut self, _at: &[f64], _diagonal: &mut [f64]) {
        panic!("the rule needs gradients alone")
    }
}

fn random(count: usize, length: usize) -> Vec<Vec<f64>> {
    let mut chance = Chance::new(3, Use::Noise, 0);
    let mut row = || (0..length).map(|_| chance.normals()[0]).collect();
    (0..count).map(|_| row()).collect()
}

fn path(choice: &OptimizerChoice, blocks: &[Block], gradients: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut at = vec![0.5; gradients[0].len()];
    let mut run = choice.begin(&at, blocks);
    let mut oracle = Gradients(gradients.to_vec());
    let steps = (1..).take(gradients.len()).map(|t| {
        run.step(&mut at, t, &mut oracle);
        at.clone()
    });
    steps.collect()
}

const RULE: Shampoo = Shampoo {
    learning_rate: 0.1,
    epsilon: 0.01,
};

#[test]
fn a_vector_goes_by_adagrad_with_the_full_matrix() {
    for n in [1, 2, 5] {
        let gradients = random(6, n);
        let blocks = [Block::Vector(n)];
        let own = path(&OptimizerChoice::Shampoo(RULE), &blocks, &gradients);
        let adagrad = OptimizerChoice::Adagrad(Adagrad {
            learning_rate: 0.1,
            epsilon: 0.0,
            initial_accumulator: 0.01,
            matrix: AdagradMatrix::Full,
            ..Adagrad::default()
        });
        assert_eq!(own, path(&adagrad, &blocks, &gradients), "{n}");
    }
}

/// L and R of a diagonal matrix are diagonal: each entry is divided by √(ε + Σg²).
#[test]
fn a_diagonal_matrix_goes_entry_by_entry() {
    let blocks = [Block::Matrix {
        rows: 2,
        columns: 3,
    }];
    let gradient = |a: f64, b: f64| vec![a, 0.0, 0.0, 0.0, b, 0.0];
    let gradients = [gradient(3.0, 1.0), gradient(-1.0, 0.5)];
    let path = path(&OptimizerChoice::Shampoo(RULE), &blocks, &gradients);
    let (a, b) = (9.01_f64, 1.01_f64);
    let first = [0.5 - 0.1 * 3.0 / a.sqrt(), 0.5 - 0.1 / b.sqrt()];
    let (a, b) = (a + 1.0, b + 0.25);
    let second = [first[0] + 0.1 / a.sqrt(), first[1] - 0.05 / b.sqrt()];
    for (at, expected) in path.iter().zip([first, second]) {
        assert!((at[0] - expected[0]).abs() < 1e-14 && (at[4] - expected[1]).abs() < 1e-14);
        assert!(at[1..4].iter().all(|other| *other == 0.5), "{at:?}");
    }
}

/// With a single row, L is the number ε + Σ‖g‖², and R is full Adagrad's matrix.
#[test]
fn a_row_is_scaled_by_a_number_and_a_matrix() {
    let blocks = [Block::Matrix {
        rows: 1,
        columns: 2,
    }];
    let gradient = [3.0, 4.0];
    let path = path(
        &OptimizerChoice::Shampoo(RULE),
        &blocks,
        &[gradient.to_vec()],
    );
    // g is an eigenvector of R = εI + gᵀg, with the eigenvalue ε + ‖g‖², as L.
    let factor = 0.1 / 25.01_f64.sqrt();
    for (at, slope) in path[0].iter().zip(gradient) {
        assert!((at - (0.5 - factor * slope)).abs() < 1e-14);
    }
}

#[test]
fn a_transposed_matrix_takes_the_transposed_path() {
    let (rows, columns) = (2, 3);
    let gradients = random(4, rows * columns);
    let transposed = |matrix: &Vec<f64>| {
        let mut image = vec![0.0; matrix.len()];
        crate::real::transpose(matrix, columns, &mut image);
        image
    };
    let turned: Vec<_> = gradients.iter().map(transposed).collect();
    let choice = OptimizerChoice::Shampoo(RULE);
    let one = path(&choice, &[Block::Matrix { rows, columns }], &gradients);
    let (rows, columns) = (columns, rows);
    let other = path(&choice, &[Block::Matrix { rows, columns }], &turned);
    for (one, other) in one.iter().map(transposed).zip(other) {
        let is_near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-13;
        assert!(one.iter().zip(&other).all(is_near), "{one:?} {other:?}");
    }
}

#[test]
fn parts_of_a_step_are_the_step_in_every_block() {
    let blocks = [
        Block::Matrix {
            rows: 2,
            columns: 2,
        },
        Block::Vector(3),
    ];
    let gradients = random(1, 7);
    let mut state = RULE.begin(&[0.5; 7], &blocks);
    let mut notes = Notebook::new(NOTES.to_vec());
    let mut at = [0.5; 7];
    RULE.step(
        &mut at,
        &mut state,
        1,
        &mut Gradients(gradients.clone()),
        &mut notes,
    );
    for (index, position) in at.iter().enumerate() {
        let part = notes.get(index, FROM_GRADIENT).unwrap();
        assert!((position - 0.5 - part).abs() < 1e-15);
        assert_eq!(notes.get(index, GRADIENT), Some(gradients[0][index]));
    }
}

#[test]
fn a_singular_matrix_is_undefined_and_said() {
    let bare = Shampoo {
        epsilon: 0.0,
        ..RULE
    };
    let blocks = [Block::Matrix {
        rows: 2,
        columns: 2,
    }];
    for (rule, is_undefined) in [(bare, true), (RULE, false)] {
        let mut at = [0.5; 4];
        let mut state = rule.begin(&at, &blocks);
        let mut oracle = Gradients(vec![vec![0.0; 4]]);
        rule.step(&mut at, &mut state, 1, &mut oracle, &mut Silent);
        assert_eq!(at[0].is_nan(), is_undefined);
        assert_eq!(rule.undefined(&at, &mut state).is_some(), is_undefined);
    }
}
