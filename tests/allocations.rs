//! A step of a network in training takes no memory: neither the backward pass nor any rule.
//!
//! Two kinds of rule are the exception, with the eigenvectors of a matrix in every step: Shampoo and
//! Adagrad with the full matrix. nalgebra's decomposition of a symmetric matrix has no variant that
//! is given its memory.

use std::sync::Arc;

use allocation_counter::measure;
use slalom::network::{
    Activation, Architecture, Examples, Initial, LossFunction, Perceptron, Start, Targets,
};
use slalom::objective::{Evaluator, Objective, Rows};
use slalom::optimizer::{OptimizerChoice, Oracle, Run};

const ROWS: usize = 50;

/// A network of 4-7-5-3 over rows without meaning.
fn network(activation: Activation, loss_function: LossFunction) -> Arc<dyn Objective> {
    let architecture = Architecture {
        inputs: 4,
        hidden: vec![7, 5],
        outputs: if loss_function == LossFunction::CategoricalCrossEntropy {
            3
        } else {
            1
        },
        activation,
        bias: true,
    };
    let numbers = |count: usize| {
        (0..count).map(|it| f64::from(u32::try_from(it * 37 % 19).unwrap()) / 9.0 - 1.0)
    };
    let class = |row: usize, of: usize| u32::try_from(row % of).unwrap();
    let targets = match loss_function {
        LossFunction::CategoricalCrossEntropy => {
            Targets::Classes((0..ROWS).map(|row| class(row, 3)).collect())
        }
        LossFunction::BinaryCrossEntropy => {
            Targets::Classes((0..ROWS).map(|row| class(row, 2)).collect())
        }
        LossFunction::MeanSquaredError => Targets::Numbers(numbers(ROWS).collect()),
    };
    let examples = Examples {
        features: numbers(4 * ROWS).collect(),
        width: 4,
        targets,
    };
    let sets = [examples, Examples::default()];
    let start = Start::Drawn(Initial::TorchDefault);
    let network = Perceptron::new(architecture, loss_function, 0.01, sets, start);
    Arc::new(network.unwrap())
}

/// The rows of a step.
struct OnRows<'a> {
    evaluator: &'a mut dyn Evaluator,
    rows: &'a [u32],
}

impl Oracle for OnRows<'_> {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        self.evaluator
            .gradient(at, Rows::These(self.rows), gradient);
    }

    fn value(&mut self, at: &[f64]) -> f64 {
        self.evaluator.value(at, Rows::These(self.rows))
    }

    fn hessian(&mut self, at: &[f64], hessian: &mut [f64]) {
        self.evaluator.hessian(at, Rows::These(self.rows), hessian);
    }

    fn hessian_diagonal(&mut self, at: &[f64], diagonal: &mut [f64]) {
        self.evaluator
            .hessian_diagonal(at, Rows::These(self.rows), diagonal);
    }
}

/// The number of allocations in 20 steps by batches of 16 rows, the last one smaller, after the
/// first epoch.
fn allocations(choice: &OptimizerChoice, network: &Arc<dyn Objective>) -> u64 {
    let mut at = network.initial(0).unwrap();
    let mut evaluator = Arc::clone(network).evaluator();
    let mut run: Box<dyn Run> = choice.begin(&at, network.blocks());
    let rows: Vec<u32> = (0..u32::try_from(ROWS).unwrap()).collect();
    let mut batches = rows.chunks(16).cycle();
    let mut step = |t: u64| {
        let mut oracle = OnRows {
            evaluator: &mut *evaluator,
            rows: batches.next().unwrap(),
        };
        run.step(&mut at, t, &mut oracle);
    };
    (1..=4).for_each(&mut step);
    let counted = measure(|| (5..25).for_each(&mut step));
    assert!(at.iter().all(|it| it.is_finite()), "{choice:?}");
    counted.count_total
}

#[test]
fn no_rule_allocates_in_a_step() {
    let network = network(Activation::Tanh, LossFunction::CategoricalCrossEntropy);
    let provided = network.provides();
    let mut seen = 0;
    for choice in OptimizerChoice::all() {
        if choice.needs().missing_in(provided).is_some() {
            continue;
        }
        let count = allocations(choice, &network);
        let name = choice.rule().about().name;
        if [
            "Shampoo",
            "Bfgs",
            "LBfgs",
            "ConjugateGradient",
            "GradientDescentArmijo",
            "NelderMead",
        ]
        .contains(&name)
        {
            // They work with whole matrices, pairs and points of their own; Shampoo alone must.
            assert!(
                count > 0 || name != "Shampoo",
                "Shampoo is no exception any more"
            );
        } else {
            assert_eq!(count, 0, "{}", choice.rule().about().name);
        }
        seen += 1;
    }
    assert!(seen >= 20, "{seen}");
    let typed = OptimizerChoice::all()
        .iter()
        .filter_map(OptimizerChoice::as_text);
    let typed = typed.map(OptimizerChoice::Rule);
    let mut typed = typed.filter(|it| it.needs().missing_in(provided).is_none());
    let counted = typed.by_ref().map(|it| {
        assert_eq!(allocations(&it, &network), 0, "{}", it.rule().title());
    });
    assert!(counted.count() >= 14);
}

#[test]
fn no_backward_pass_allocates() {
    let rule = OptimizerChoice::GradientDescent(slalom::optimizer::GradientDescent::default());
    for activation in [
        Activation::Tanh,
        Activation::Relu,
        Activation::Sigmoid,
        Activation::Silu,
        Activation::Gelu,
    ] {
        for loss in [
            LossFunction::CategoricalCrossEntropy,
            LossFunction::BinaryCrossEntropy,
            LossFunction::MeanSquaredError,
        ] {
            let count = allocations(&rule, &network(activation, loss));
            assert_eq!(count, 0, "{activation:?} {loss:?}");
        }
    }
}

#[test]
fn the_counter_counts() {
    assert_eq!(
        measure(|| drop(std::hint::black_box(vec![1_u8; 9]))).count_total,
        1
    );
}
