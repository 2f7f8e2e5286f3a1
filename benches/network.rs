//! An epoch of training: Adam on shuffled mini-batches, in double precision.
//!
//! The numbers to compare with are those of `PyTorch` and JAX on the same machine. Both sides print
//! milliseconds per epoch, one after the other on an idle machine:
//!
//! ```sh
//! cargo bench --bench network
//! pip install torch jax
//! python3 benches/peers/network.py
//! ```

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use slalom::experiment::{Batch, Plan};
use slalom::network::{
    Activation, Architecture, Examples, Initial, LossFunction, Perceptron, Start, Targets,
};
use slalom::objective::{Evaluator, Objective, Rows};
use slalom::optimizer::{OptimizerChoice, Oracle, Run, Value};
use slalom::simulation::Draws;
use slalom::surface::data::Moons;

/// Two moons in the plane.
fn moons(rows: usize) -> Examples {
    let moons = Moons {
        rows,
        noise: 0.2,
        seed: 1,
    };
    let data = moons.generate().expect("moons");
    let labels = data.labels.as_ref().expect("labels");
    Examples {
        features: data
            .x
            .iter()
            .zip(&data.y)
            .flat_map(|(x, y)| [*x, *y])
            .collect(),
        width: 2,
        targets: Targets::Classes(labels.of.iter().map(|&label| u32::from(label)).collect()),
    }
}

/// As many rows, features and classes as the digits of UCI, with features without meaning.
fn digits() -> Examples {
    let mut state = 1_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    };
    Examples {
        features: (0..1797 * 64)
            .map(|_| f64::from(next() % 17) / 16.0)
            .collect(),
        width: 64,
        targets: Targets::Classes((0..1797).map(|_| next() % 10).collect()),
    }
}

/// A network under training.
struct Training {
    evaluator: Box<dyn Evaluator>,
    run: Box<dyn Run>,
    at: Vec<f64>,
    draws: Draws,
    step: usize,
    steps_per_epoch: usize,
}

impl Training {
    fn new(
        hidden: &[usize],
        activation: Activation,
        loss_function: LossFunction,
        examples: Examples,
        batch: usize,
    ) -> Self {
        let rows = examples.len();
        let outputs = match loss_function {
            LossFunction::CategoricalCrossEntropy => match &examples.targets {
                Targets::Classes(classes) => *classes.iter().max().expect("rows") as usize + 1,
                Targets::Numbers(_) => 1,
            },
            _ => 1,
        };
        let architecture = Architecture {
            inputs: examples.width,
            hidden: hidden.to_vec(),
            outputs,
            activation,
            bias: true,
        };
        let sets = [examples, Examples::default()];
        let start = Start::Drawn(Initial::TorchDefault);
        let network = Perceptron::new(architecture, loss_function, 0.0, sets, start);
        let network: Arc<dyn Objective> = Arc::new(network.expect("a network"));
        let at = network.initial(0).expect("weights");
        let mut all = OptimizerChoice::all().iter();
        let adam = all.find(|choice| choice.rule().about().name == "Adam");
        let mut adam = adam.expect("Adam").clone();
        adam.rule_mut().set(0, Value::Number(1e-3));
        let mut plan = Plan::new(adam);
        plan.batch = Batch::MiniBatch(batch);
        Self {
            run: plan.optimizer.begin(&at, network.blocks()),
            evaluator: network.evaluator(),
            draws: Draws::of(&plan, rows, 0),
            at,
            step: 0,
            steps_per_epoch: rows.div_ceil(batch),
        }
    }

    fn epoch(&mut self) -> f64 {
        for _ in 0..self.steps_per_epoch {
            let rows = self.draws.rows(self.step).map_or(Rows::All, Rows::These);
            let mut batch = OnRows {
                evaluator: &mut *self.evaluator,
                rows,
            };
            self.step += 1;
            self.run.step(&mut self.at, self.step as u64, &mut batch);
        }
        self.at[0]
    }
}

/// The gradient over the rows of a step.
struct OnRows<'a> {
    evaluator: &'a mut dyn Evaluator,
    rows: Rows<'a>,
}

impl Oracle for OnRows<'_> {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        self.evaluator.gradient(at, self.rows, gradient);
    }

    fn value(&mut self, at: &[f64]) -> f64 {
        self.evaluator.value(at, self.rows)
    }

    fn hessian(&mut self, at: &[f64], hessian: &mut [f64]) {
        self.evaluator.hessian(at, self.rows, hessian);
    }

    fn hessian_diagonal(&mut self, at: &[f64], diagonal: &mut [f64]) {
        self.evaluator.hessian_diagonal(at, self.rows, diagonal);
    }
}

fn epochs(criterion: &mut Criterion) {
    use LossFunction::{BinaryCrossEntropy, CategoricalCrossEntropy};
    let mut group = criterion.benchmark_group("an epoch with Adam");
    for activation in [Activation::Tanh, Activation::Relu, Activation::Gelu] {
        let mut training =
            Training::new(&[32, 32], activation, BinaryCrossEntropy, moons(1000), 32);
        let name = format!("2-32-32-1, {}, 1,000 rows by 32", activation.title());
        group.bench_function(name, |bencher| bencher.iter(|| training.epoch()));
    }
    let of_playground = (CategoricalCrossEntropy, moons(200));
    let mut training = Training::new(
        &[16],
        Activation::Tanh,
        of_playground.0,
        of_playground.1,
        32,
    );
    group.bench_function("2-16-2, tanh, 200 rows by 32", |bencher| {
        bencher.iter(|| training.epoch());
    });
    let hidden = [64, 64, 64];
    let mut training = Training::new(
        &hidden,
        Activation::Relu,
        CategoricalCrossEntropy,
        digits(),
        64,
    );
    group.bench_function("64-64-64-64-10, ReLU, 1,797 rows by 64", |bencher| {
        bencher.iter(|| training.epoch());
    });
    group.finish();
}

/// The parts of a step on 2-32-32-1.
fn parts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("32 rows of 2-32-32-1");
    let loss_function = LossFunction::BinaryCrossEntropy;
    let mut training = Training::new(&[32, 32], Activation::Tanh, loss_function, moons(1000), 32);
    let rows: Vec<u32> = (0..32).collect();
    let at = training.at.clone();
    let mut gradient = vec![0.0; at.len()];
    let evaluator = &mut training.evaluator;
    group.bench_function("gradient", |bencher| {
        bencher.iter(|| evaluator.gradient(black_box(&at), Rows::These(&rows), &mut gradient));
    });
    group.bench_function("loss", |bencher| {
        bencher.iter(|| evaluator.value(black_box(&at), Rows::These(&rows)));
    });
    group.bench_function("product with the Hessian", |bencher| {
        bencher.iter(|| {
            evaluator.hessian_vector(black_box(&at), Rows::These(&rows), &at, &mut gradient)
        });
    });
    group.finish();
}

/// Eight racers train for 100 epochs on 200 moons while the slider of a shared rate moves: from the
/// change to the paths that the window draws, on all cores.
#[cfg(feature = "window")]
fn retraining(criterion: &mut Criterion) {
    use slalom::app::{Change, Document, Source};
    use slalom::preset::from_text;

    const RACE: &str = "(version: 1, steps: 700,
        surface: Network(moons: (rows: 200, noise: 0.2), hidden: [16], initial: TorchDefault),
        racers: [
            (optimizer: GradientDescent(learning_rate: 0.1), batch: MiniBatch(32)),
            (optimizer: Momentum(learning_rate: 0.05), batch: MiniBatch(32)),
            (optimizer: Nesterov(learning_rate: 0.05), batch: MiniBatch(32)),
            (optimizer: Adagrad(learning_rate: 0.1), batch: MiniBatch(32)),
            (optimizer: Adadelta(learning_rate: 1.0), batch: MiniBatch(32)),
            (optimizer: RMSProp(learning_rate: 0.01), batch: MiniBatch(32)),
            (optimizer: Adam(learning_rate: 0.01), batch: MiniBatch(32)),
            (optimizer: Nadam(learning_rate: 0.01), batch: MiniBatch(32)),
        ])";
    let preset = from_text("moons", RACE).expect("a preset");
    let mut document = Document::new(preset, Source::New);
    let train = |document: &mut Document| {
        document.simulate(|| {});
        while document.race.is_busy() {
            std::thread::yield_now();
            document.simulate(|| {});
        }
    };
    train(&mut document);
    let ids = document.lineup().ids().to_vec();
    let mut moves = 0_u32;
    let mut group = criterion.benchmark_group("8 racers, 100 epochs, 2-16-2 on 200 rows");
    group.sample_size(20);
    group.bench_function("trained after a slider has moved", |bencher| {
        bencher.iter(|| {
            moves += 1;
            let rate = 0.01 + 1e-4 * f64::from(moves % 50);
            let rates = ids.iter().map(|&id| (id, rate)).collect();
            document.change(Change::Tune(rates)).expect("a rate");
            train(&mut document);
            assert_eq!(document.reached(), None);
            document.race.paths().len()
        });
    });
    group.finish();
}

#[cfg(not(feature = "window"))]
fn retraining(_: &mut Criterion) {}

criterion_group!(benches, epochs, parts, retraining);
criterion_main!(benches);
