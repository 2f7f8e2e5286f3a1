//! What is measured of networks: quantities where they were evaluated, rates of all weights, and
//! which classes are taken for which.

#![allow(clippy::cast_precision_loss, reason = "counts of a few rows and steps")]

use std::sync::Arc;

use slalom::analysis::Quantity::{
    GradientNorm, LearningRate, Loss, Memory, Norm, Sensitivity, TestAccuracy, TestLoss,
    TrainAccuracy,
};
use slalom::analysis::{
    Confusion, Quantity, Ranking, Spectrum, Standing, TimeUnit, WeightStep, evaluations,
};
use slalom::experiment::Experiment;
use slalom::objective::{Evaluator as _, Rows};
use slalom::optimizer::{Muon, NoteRole, OptimizerChoice};
use slalom::preset;
use slalom::simulation::{Job as _, Keep, PathJob, Trajectory, anatomy, record, simulate};
use slalom::surface::Surface;

fn experiment(network: &str, steps: usize, racer: &str) -> Experiment {
    let text =
        format!("(version: 1, surface: Network({network}), steps: {steps}, racers: [{racer}])");
    preset::from_text("test", &text).unwrap().experiment
}

const MOONS: &str = "moons: (rows: 60, noise: 0.2, seed: 0), hidden: [5], test: 0.4, \
                     loss: CategoricalCrossEntropy";
const IRIS: &str = "data: \"iris\", target: \"petal_width_cm\", hidden: [3], test: 0.2, \
                    loss: MeanSquaredError";
const ADAM: &str = "(optimizer: Adam(learning_rate: 0.05), batch: MiniBatch(10))";

fn moons(steps: usize, racer: &str) -> (Arc<dyn Surface>, Experiment, Trajectory) {
    let experiment = experiment(MOONS, steps, racer);
    let path = simulate(&experiment).remove(0);
    (experiment.open_surface(), experiment, path)
}

fn thinned(experiment: &Experiment, surface: &Arc<dyn Surface>, every: usize) -> Trajectory {
    let keep = Keep {
        every,
        parameters: None,
    };
    let plan = &experiment.racers[0].plan;
    let job = PathJob::new(experiment, surface, plan, 0, keep);
    job.unwrap().finish()
}

#[test]
fn quantities_are_those_of_the_weights_where_they_were_evaluated() {
    // 36 rows to learn from: four steps in an epoch.
    let (surface, _, path) = moons(23, ADAM);
    let steps: Vec<usize> = evaluations(&path).iter().map(|it| it.step).collect();
    assert_eq!(steps, [0, 4, 8, 12, 16, 20, 23]);
    let mut workspace = surface.network().unwrap().perceptron.workspace();
    let values = |quantity: Quantity| quantity.values(&path, None, &[]);
    for evaluation in evaluations(&path) {
        let (step, weights) = path.parameters_by(evaluation.step).unwrap();
        assert_eq!(step, evaluation.step);
        let mut gradient = vec![0.0; weights.len()];
        let loss = workspace.gradient(weights, Rows::All, &mut gradient);
        let length = |it: &[f64]| it.iter().map(|it| it * it).sum::<f64>().sqrt();
        for (quantity, expected) in [
            (Quantity::Loss, loss),
            (Quantity::GradientNorm, length(&gradient)),
            (Quantity::Norm, length(weights)),
            (
                Quantity::TrainAccuracy,
                100.0 * workspace.accuracy(weights).unwrap(),
            ),
            (Quantity::TestLoss, workspace.test_loss(weights).unwrap()),
            (
                Quantity::TestAccuracy,
                100.0 * workspace.test_accuracy(weights).unwrap(),
            ),
            (Quantity::LearningRate, 0.05),
        ] {
            if quantity == Quantity::LearningRate && step == path.last_step() {
                continue;
            }
            let value = values(quantity)[evaluation.point];
            let error = (value - expected).abs();
            assert!(
                error <= 1e-12 * (1.0 + expected.abs()),
                "{quantity:?} {step}"
            );
        }
    }
}

#[test]
fn a_thinned_path_knows_its_evaluations() {
    let (surface, experiment, whole) = moons(23, ADAM);
    let thinned = thinned(&experiment, &surface, 3);
    assert_eq!(thinned.every(), 3);
    let found = evaluations(&thinned);
    let steps: Vec<usize> = found.iter().map(|it| it.step).collect();
    assert_eq!(steps, [0, 4, 8, 12, 16, 20, 23]);
    for it in found {
        assert_eq!(
            thinned.loss[it.point].to_bits(),
            whole.loss[it.step].to_bits()
        );
        let [coarse, fine] = [&thinned, &whole].map(|path| {
            let epochs = TimeUnit::Epochs.at(path, None, it.step).unwrap();
            assert_eq!(
                TimeUnit::Steps.at(path, None, it.step),
                Some(it.step as f64)
            );
            epochs
        });
        // Batches of ten and of six rows are not told apart between kept points.
        assert!((coarse - fine).abs() < 0.1, "{}: {coarse} {fine}", it.step);
    }
    assert_eq!(TimeUnit::Epochs.at(&whole, None, 8), Some(2.0));
}

/// A path that overflows ends without an evaluation, and its last values are older.
#[test]
fn a_race_that_overflows_ends_without_an_evaluation() {
    let racer = "(optimizer: GradientDescent(learning_rate: 1e10), batch: MiniBatch(10))";
    let path = simulate(&experiment(IRIS, 90, racer)).remove(0);
    assert!(path.last_step() < 90 && path.status().is_out());
    let (last, interval) = (path.last_step(), path.interval());
    assert!(interval > 1 && !last.is_multiple_of(interval), "{last}");
    let evaluated = evaluations(&path).last().unwrap().step;
    assert_eq!(evaluated, last / interval * interval);
}

#[test]
fn what_belongs_to_the_plane_is_not_offered_on_a_network() {
    let offered = |network: &str| -> Vec<Quantity> {
        let surface = experiment(network, 1, ADAM).open_surface();
        let all = Quantity::ALL.into_iter();
        all.filter(|it| it.exists_on(&*surface)).collect()
    };
    let of_all = [GradientNorm, LearningRate, Memory, Norm, Sensitivity];
    let classes = [&[Loss, TestLoss, TrainAccuracy, TestAccuracy], &of_all[..]].concat();
    assert_eq!(offered(MOONS), classes);
    assert_eq!(offered(IRIS), [&[Loss, TestLoss], &of_all[..]].concat());
    let untested = MOONS.replace("test: 0.4", "test: 0.0");
    assert_eq!(
        offered(&untested),
        [&[Loss, TrainAccuracy], &of_all[..]].concat()
    );
}

#[test]
fn racers_are_judged_by_rows_they_have_not_learned_from() {
    for (network, usual) in [
        (MOONS.to_owned(), Ranking::Accuracy),
        (IRIS.to_owned(), Ranking::TestLoss),
        (IRIS.replace("test: 0.2", "test: 0.0"), Ranking::Loss),
    ] {
        let surface = experiment(&network, 1, ADAM).open_surface();
        assert_eq!(Ranking::usual_on(&*surface), usual);
        assert!(!Ranking::Distance.exists_on(&*surface));
    }
    let (_, _, path) = moons(23, ADAM);
    let standing = Standing::of(0, &path, 11, &[]);
    // The last evaluation up to step 11 was after step 8.
    let scores = path.scores[8];
    assert_eq!(standing.accuracy(), scores.test_accuracy);
    assert_eq!(standing.test_loss(), scores.test_loss);
    assert_eq!(standing.loss, path.loss[8]);
}

#[test]
fn of_equal_accuracies_the_lower_test_loss_leads() {
    let (_, _, path) = moons(23, ADAM);
    let with = |racer, test_accuracy, test_loss| {
        let mut standing = Standing::of(racer, &path, 23, &[]);
        let scores = standing.scores.as_mut().unwrap();
        (scores.test_accuracy, scores.test_loss) = (test_accuracy, test_loss);
        standing
    };
    let mut standings = [with(0, 0.9, 0.3), with(1, 0.95, 0.4), with(2, 0.9, 0.2)];
    Ranking::Accuracy.sort(&mut standings);
    assert_eq!(standings.map(|it| it.racer), [1, 2, 0]);
    Ranking::TestLoss.sort(&mut standings);
    assert_eq!(standings.map(|it| it.racer), [2, 0, 1]);
}

#[test]
fn confusions_are_counted_row_by_row() {
    let (surface, _, path) = moons(23, ADAM);
    let learner = surface.network().unwrap();
    let confusion = Confusion::of(learner, &path, 11).unwrap();
    assert!(confusion.is_of_test);
    assert_eq!(confusion.step, 8, "the last evaluation");
    let (_, weights) = path.parameters_by(8).unwrap();
    let test = learner.perceptron.test();
    let mut outputs = vec![0.0; 2 * test.len()];
    let mut workspace = learner.perceptron.workspace();
    workspace.outputs(weights, &test.features, &mut outputs);
    let slalom::network::Targets::Classes(classes) = &test.targets else {
        panic!("moons have classes");
    };
    let mut counts = vec![vec![0; 2]; 2];
    for (outputs, class) in outputs.chunks_exact(2).zip(classes) {
        counts[*class as usize][usize::from(outputs[1] > outputs[0])] += 1;
    }
    assert_eq!(confusion.counts, counts);
    assert_eq!(confusion.rows(), test.len());
    assert_eq!(confusion.right(), counts[0][0] + counts[1][1]);
    let share = confusion.right() as f64 / confusion.rows() as f64;
    assert_eq!(share, path.scores_at(11).unwrap().test_accuracy);
}

#[test]
fn without_test_rows_the_training_rows_are_confused_and_a_regression_confuses_nothing() {
    let experiment_of = |network: &str| experiment(network, 9, ADAM);
    let of = |experiment: &Experiment| {
        let path = simulate(experiment).remove(0);
        let surface = experiment.open_surface();
        Confusion::of(surface.network().unwrap(), &path, 9)
    };
    let untested = of(&experiment_of(&MOONS.replace("test: 0.4", "test: 0.0"))).unwrap();
    assert!(!untested.is_of_test);
    assert_eq!(untested.rows(), 60);
    assert_eq!(of(&experiment_of(IRIS)), None);
}

/// In Adam's first step the corrected second moment is g², so that the rate is η/(|g| + ε).
#[test]
fn the_rates_of_all_weights_are_those_of_the_rule() {
    let racer = "(optimizer: Adam(learning_rate: 0.05, epsilon: 1e-8))";
    let (surface, experiment, path) = moons(6, racer);
    let plan = &experiment.racers[0].plan;
    let step = anatomy(&surface, plan, &path, 0, 0).unwrap();
    let found = WeightStep::of(&step).unwrap();
    let perceptron = &surface.network().unwrap().perceptron;
    let (_, start) = path.parameters_by(0).unwrap();
    let mut gradient = vec![0.0; start.len()];
    perceptron
        .workspace()
        .gradient(start, Rows::All, &mut gradient);
    let mut rates: Vec<f64> = gradient.iter().map(|g| 0.05 / (g.abs() + 1e-8)).collect();
    rates.sort_by(f64::total_cmp);
    let histogram = found.rates.clone().unwrap();
    assert_eq!(found.count, 27);
    assert_eq!(histogram.counts.iter().sum::<usize>(), 27);
    for (value, expected) in [
        (histogram.range[0], rates[0]),
        (histogram.median, rates[13]),
        (histogram.range[1], rates[26]),
    ] {
        assert!((value / expected - 1.0).abs() < 1e-12, "{value} {expected}");
    }
    let (_, after) = path.parameters_by(1).unwrap();
    let way = after
        .iter()
        .zip(start)
        .map(|(to, from)| (to - from).powi(2));
    assert!((found.length - way.sum::<f64>().sqrt()).abs() < 1e-15);
    let (id, _) = step
        .notes
        .indexed()
        .find(|(_, note)| note.role == NoteRole::Gradient)
        .unwrap();
    let norm = gradient.iter().map(|g| g * g).sum::<f64>().sqrt();
    assert!((found.length_of(id).unwrap() - norm).abs() < 1e-14);
    let weights = found.weights.unwrap();
    let lowest = start.iter().copied().fold(f64::INFINITY, f64::min);
    assert_eq!(weights.range[0], lowest);
}

#[test]
fn a_rule_with_one_rate_has_no_histogram_of_rates() {
    let racer = "(optimizer: GradientDescent(learning_rate: 0.05))";
    let (surface, experiment, path) = moons(3, racer);
    let plan = &experiment.racers[0].plan;
    let step = anatomy(&surface, plan, &path, 1, 0).unwrap();
    assert_eq!(WeightStep::of(&step).unwrap().rates, None);
    let beale = slalom::surface::SurfaceChoice::Beale.open();
    let path = slalom::simulation::simulate_racer(&beale, plan, [1.0, 1.0], 3, 0);
    let step = anatomy(&beale, plan, &path, 1, 0).unwrap();
    assert_eq!(WeightStep::of(&step), None);
}

/// In the article's form of momentum, the velocity is the step.
#[test]
fn the_length_of_the_memory_is_that_over_all_weights() {
    let racer = "(optimizer: Momentum(learning_rate: 0.05))";
    let (surface, experiment, path) = moons(6, racer);
    let found = record(&surface, &experiment.racers[0].plan, &path, 0);
    let memory = found.memory.unwrap();
    assert_eq!(memory.len(), 6);
    for (step, length) in memory.iter().enumerate() {
        let [from, to] = [step, step + 1].map(|it| path.parameters_by(it).unwrap().1);
        let way = to.iter().zip(from).map(|(to, from)| (to - from).powi(2));
        assert!((length - way.sum::<f64>().sqrt()).abs() < 1e-12);
    }
}

/// What is drawn of a step are the shadows of its vectors on the plane.
#[test]
fn arrows_are_the_shadows_of_the_step_on_the_plane() {
    let racer = "(optimizer: Momentum(learning_rate: 0.05))";
    let (surface, experiment, path) = moons(6, racer);
    let plane = Arc::clone(surface.subspace().unwrap());
    let step = anatomy(&surface, &experiment.racers[0].plan, &path, 3, 0).unwrap();
    let [before, after] = step.parameters.clone().unwrap();
    let seen = step.seen_on(&plane);
    let arrows = seen.arrows(&*surface);
    let whole = arrows.iter().find(|arrow| arrow.name == "step").unwrap();
    let [from, to] = [before, after].map(|at| plane.project(at));
    let parts: Vec<[f64; 2]> = seen
        .notes
        .vectors()
        .filter(|(_, note, _)| note.role.is_part())
        .map(|(.., by)| by)
        .collect();
    assert!(!parts.is_empty());
    for axis in 0..2 {
        assert!((whole.by[axis] - (to[axis] - from[axis])).abs() < 1e-12);
        let sum: f64 = parts.iter().map(|by| by[axis]).sum();
        assert!((sum - whole.by[axis]).abs() < 1e-12);
    }
}

/// The spectra of the first step of a racer, and the singular values of the gradient of each matrix before and after Muon.
fn spectra(racer: &str) -> (Vec<Spectrum>, Vec<[Vec<f64>; 2]>) {
    let (surface, experiment, path) = moons(2, racer);
    let plan = &experiment.racers[0].plan;
    let step = anatomy(&surface, plan, &path, 0, experiment.seed).unwrap();
    let mut gradient = vec![0.0; 5 * 2 + 5 + 2 * 5 + 2];
    let mut workspace = surface.network().unwrap().perceptron.workspace();
    let (_, start) = path.parameters_by(0).unwrap();
    workspace.gradient(start, Rows::All, &mut gradient);
    let muon = Muon::<Box<OptimizerChoice>>::default();
    let expected = [(0..10, [5, 2]), (15..25, [2, 5])]
        .map(|(range, shape)| muon.orthogonalise(&gradient[range], shape).unwrap());
    (
        Spectrum::all(&step, plan, surface.blocks()),
        expected.into(),
    )
}

fn assert_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-5, "{found} and {expected}");
    }
}

#[test]
fn the_first_step_of_muon_has_the_singular_values_of_its_gradient() {
    for racer in [
        "(optimizer: Muon())",
        "(optimizer: Adam(), groups: [(block: \"weights\", optimizer: Muon())])",
        "(optimizer: Lookahead(inner: Muon()))",
    ] {
        let (found, expected) = spectra(racer);
        let layers: Vec<_> = found.iter().map(|it| (it.layer, it.shape)).collect();
        assert_eq!(layers, [(1, [5, 2]), (2, [2, 5])], "{racer}");
        for (found, [before, after]) in found.iter().zip(&expected) {
            assert_close(&found.before, before);
            assert_close(&found.after, after);
            let squares: f64 = found.before.iter().map(|it| it * it).sum();
            assert!((squares - 1.0).abs() < 1e-12, "scaled to length 1");
            let nearness = found.after.iter().filter(|it| **it > 0.0);
            let nearness = nearness.map(|it| (it - 1.0).abs());
            assert!(nearness.fold(0.0, f64::max) < 0.35, "{:?}", found.after);
        }
        // What one of two classes gains the other loses, up to rounding.
        let [before, after] = [&found[1].before, &found[1].after].map(|it| it[1]);
        assert_eq!([before, after], [0.0; 2], "{racer}");
    }
}

#[test]
fn only_matrices_that_a_rule_makes_alike_have_spectra() {
    let (found, _) =
        spectra("(optimizer: Muon(), groups: [(block: \"last_layer\", optimizer: AdamW())])");
    assert_eq!(found.iter().map(|it| it.layer).collect::<Vec<_>>(), [1]);
    assert_eq!(spectra("(optimizer: Adam())").0, []);
}
