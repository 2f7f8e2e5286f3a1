//! The diagnosis of a network: only what holds for all its weights.

use slalom::analysis::diagnosis::{Finding, FindingKind};
use slalom::experiment::Experiment;
use slalom::preset;
use slalom::simulation::{Trajectory, simulate};

use crate::case::with_situation;

/// The kinds of findings that make sense without a plane.
const KINDS: [FindingKind; 8] = [
    FindingKind::Diverged,
    FindingKind::Undefined,
    FindingKind::DeadLayer,
    FindingKind::DeadUnits,
    FindingKind::SaturatedUnits,
    FindingKind::Overfitting,
    FindingKind::Jumping,
    FindingKind::Stalled,
];

struct Trained {
    experiment: Experiment,
    path: Trajectory,
}

/// Trains a network of these settings.
fn trained(network: &str, steps: usize, racer: &str) -> Trained {
    let text =
        format!("(version: 1, surface: Network({network}), steps: {steps}, racers: [{racer}])");
    let experiment = preset::from_text("test", &text).unwrap().experiment;
    let path = simulate(&experiment).remove(0);
    Trained { experiment, path }
}

impl Trained {
    fn findings(&self, step: usize) -> Vec<Finding> {
        let surface = self.experiment.open_surface();
        let racer = &self.experiment.racers[0];
        let steps = [step, self.experiment.steps];
        with_situation(&surface, racer, &self.path, steps, |it| {
            slalom::analysis::diagnosis::findings(it).collect()
        })
    }

    #[track_caller]
    fn says(&self, step: usize, kind: FindingKind) -> Finding {
        let findings = self.findings(step);
        let found = findings.iter().find(|it| it.kind == kind);
        found.cloned().unwrap_or_else(|| panic!("{findings:#?}"))
    }
}

const MOONS: &str = "moons: (rows: 60, noise: 0.2, seed: 0), loss: CategoricalCrossEntropy";

#[test]
fn nothing_is_said_of_the_plane() {
    let racers = [
        "(optimizer: GradientDescent(learning_rate: 0.5))",
        "(optimizer: GradientDescent(learning_rate: 30.0))",
        "(optimizer: Momentum(learning_rate: 1.0, momentum: 0.99))",
        "(optimizer: Adagrad(learning_rate: 0.001))",
        "(optimizer: Adam(learning_rate: 0.5), batch: MiniBatch(8))",
        "(optimizer: RMSProp(learning_rate: 1e-6))",
    ];
    for racer in racers {
        let trained = trained(&format!("{MOONS}, hidden: [6], test: 0.3"), 60, racer);
        for step in [0, 1, 20, 59] {
            for finding in trained.findings(step) {
                assert!(KINDS.contains(&finding.kind), "{racer}: {finding:#?}");
                let texts = std::iter::once(&finding.what).chain(&finding.advice);
                for text in texts {
                    assert!(text.ends_with('.') && !text.contains("NaN"), "{text}");
                    for word in ["valley", "curvature", "along x", "direction", "minimum"] {
                        assert!(!text.contains(word), "{word}: {text}");
                    }
                }
            }
        }
    }
}

#[test]
fn weights_that_overflow_are_told_as_weights() {
    let racer = "(optimizer: GradientDescent(learning_rate: 1e30))";
    let network = r#"data: "iris", target: "petal_width_cm", hidden: [], loss: MeanSquaredError"#;
    let trained = trained(network, 40, racer);
    let last = trained.path.last_step();
    assert!(last < 40, "it does not overflow");
    let finding = trained.says(last, FindingKind::Diverged);
    assert!(
        finding.what.starts_with("Its weights overflowed"),
        "{finding:#?}"
    );
}

/// A step so long that every bias is pushed far below 0.
#[test]
fn dead_units_are_counted() {
    let racer = "(optimizer: GradientDescent(learning_rate: 20.0))";
    let network = format!("{MOONS}, hidden: [8], activation: Relu, test: 0.0");
    let trained = trained(&network, 40, racer);
    let surface = trained.experiment.open_surface();
    let perceptron = &surface.network().unwrap().perceptron;
    let (step, weights) = trained.path.parameters_by(39).unwrap();
    assert_eq!(step, 39);
    // For every row, each hidden unit by hand: two inputs, then the bias.
    let rows = perceptron.training().features.chunks_exact(2);
    let is_dead = |unit: usize| {
        rows.clone().all(|row| {
            let [a, b] = [weights[2 * unit], weights[2 * unit + 1]];
            a * row[0] + b * row[1] + weights[16 + unit] <= 0.0
        })
    };
    let dead = (0..8).filter(|unit| is_dead(*unit)).count();
    assert!(dead > 0, "all are alive");
    if dead == 8 {
        let finding = trained.says(39, FindingKind::DeadLayer);
        assert!(finding.what.starts_with("All 8 units"), "{finding:#?}");
    } else {
        let finding = trained.says(39, FindingKind::DeadUnits);
        let share = (100 * dead + 4) / 8;
        let beginning = format!("{dead} of 8 hidden units ({share} %)");
        assert!(finding.what.starts_with(&beginning), "{finding:#?}");
        assert!(finding.advice.is_some());
    }
    let findings = trained.findings(0);
    assert!(
        findings.iter().all(|it| it.kind != FindingKind::DeadUnits),
        "{findings:#?}"
    );
}

#[test]
fn saturated_units_are_told_with_their_curve() {
    let racer = "(optimizer: GradientDescent(learning_rate: 1000.0))";
    let network = format!("{MOONS}, hidden: [4], activation: Tanh, test: 0.0");
    let trained = trained(&network, 5, racer);
    let finding = trained.says(4, FindingKind::SaturatedUnits);
    assert!(finding.what.contains("beyond ±0.99"), "{finding:#?}");
}

#[test]
fn a_rising_test_loss_is_overfitting() {
    let racer = "(optimizer: Adam(learning_rate: 0.05))";
    let network = "moons: (rows: 60, noise: 0.4, seed: 1), hidden: [32], test: 0.5, \
                   loss: CategoricalCrossEntropy";
    let trained = trained(network, 300, racer);
    let finding = trained.says(299, FindingKind::Overfitting);
    let tested: Vec<f64> = trained.path.scores[..300]
        .iter()
        .map(|it| it.test_loss)
        .collect();
    let lowest = tested.iter().copied().fold(f64::INFINITY, f64::min);
    let best = tested.iter().position(|it| *it == lowest).unwrap();
    let told = format!("from {} in epoch {best}", slalom::number::short(lowest));
    assert!(finding.what.contains(&told), "{told}: {finding:#?}");
    // While the test loss still falls, there is nothing to tell.
    let before = trained.findings(best);
    assert!(before.iter().all(|it| it.kind != FindingKind::Overfitting));
}

#[test]
fn a_loss_that_has_stopped_is_told_with_what_helps() {
    let racer = "(optimizer: GradientDescent(learning_rate: 1e-6))";
    let trained = trained(&format!("{MOONS}, hidden: [4], test: 0.0"), 60, racer);
    let finding = trained.says(59, FindingKind::Stalled);
    let advice = finding.advice.as_deref().unwrap_or_default();
    assert!(
        advice.is_empty() || advice.starts_with("Raise the learning rate"),
        "{advice}"
    );
}

#[test]
fn a_loss_that_rises_and_falls_by_turns_is_told() {
    let racer = "(optimizer: GradientDescent(learning_rate: 30.0))";
    let trained = trained(&format!("{MOONS}, hidden: [8], test: 0.0"), 60, racer);
    let path = &trained.path;
    let rises = path.loss[48..60]
        .windows(2)
        .filter(|pair| pair[1] > pair[0]);
    let rises = rises.count();
    assert!(rises >= 4, "{:?}", &path.loss[48..60]);
    let finding = trained.says(59, FindingKind::Jumping);
    assert!(
        finding
            .what
            .contains(&format!("after {rises} of the last 11")),
        "{finding:#?}"
    );
}
