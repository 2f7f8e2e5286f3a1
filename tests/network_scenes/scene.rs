//! Scenes: built-in races, how far their racers come, and the numbers in their notes.

use std::path::Path;
use std::sync::Arc;

use slalom::experiment::{Experiment, Racer};
use slalom::objective::lanczos::of_hessian;
use slalom::objective::{Objective, Rows};
use slalom::optimizer::Silent;
use slalom::preset::open;
use slalom::simulation::{Course, Start};

/// The race of a file in `presets/`; a test of all presets holds that they are the built-in ones.
pub fn scene(name: &str) -> Experiment {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("presets");
    open(&folder.join(format!("{name}.ron")))
        .unwrap()
        .experiment
}

/// A racer of an experiment under way on all weights.
pub struct Run {
    course: Course,
    objective: Arc<dyn Objective>,
}

impl Run {
    /// Starts the racer with this name.
    pub fn of(experiment: &Experiment, name: &str) -> Self {
        let names = experiment.names();
        let place = names.iter().position(|it| it == name).expect(name);
        Self::with(experiment, &experiment.racers[place], experiment.seed)
    }

    /// Starts a racer with a seed, which draws its weights and its rows.
    pub fn with(experiment: &Experiment, racer: &Racer, seed: u64) -> Self {
        let objective: Arc<dyn Objective> = experiment.open_surface();
        let course = Course::begin(&objective, &racer.plan, Start::Initial, seed).unwrap();
        Self { course, objective }
    }

    /// Goes on to a step.
    pub fn to(&mut self, step: usize) -> &mut Self {
        while self.course.step() < step {
            self.course.next(&mut Silent).expect("it goes on");
        }
        self
    }

    /// Returns the loss over all rows to learn from.
    pub fn loss(&self) -> f64 {
        let mut evaluator = Arc::clone(&self.objective).evaluator();
        evaluator.value(self.course.at(), Rows::All)
    }

    /// Returns the share of the rows to learn from that are right.
    pub fn accuracy(&mut self) -> f64 {
        self.course.scores().unwrap().accuracy
    }

    /// Returns the share of the test rows that are right.
    pub fn test_accuracy(&mut self) -> f64 {
        self.course.scores().unwrap().test_accuracy
    }

    /// Returns all weights.
    pub fn weights(&self) -> &[f64] {
        self.course.at()
    }

    /// Returns the steepest curvature: the largest eigenvalue of the Hessian.
    pub fn sharpness(&self) -> f64 {
        let mut evaluator = Arc::clone(&self.objective).evaluator();
        of_hessian(&mut *evaluator, self.course.at())
            .unwrap()
            .largest
    }
}

/// The loss with which a racer of a scene ends.
pub fn end(experiment: &Experiment, racer: &str) -> f64 {
    Run::of(experiment, racer).to(experiment.steps).loss()
}

/// Mean and sample deviation.
#[expect(clippy::cast_precision_loss, reason = "they are few")]
pub fn spread(numbers: &[f64]) -> [f64; 2] {
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    let squares = numbers.iter().map(|it| (it - mean).powi(2)).sum::<f64>();
    [mean, (squares / (count - 1.0)).sqrt()]
}

/// Asserts that the notes of a scene contain a quotation with a number in braces, and that the
/// number has these digits.
#[track_caller]
pub fn assert_tells(experiment: &Experiment, quotation: &str, number: f64) {
    let (before, rest) = quotation.split_once('{').unwrap();
    let (figure, after) = rest.split_once('}').unwrap();
    let quoted = format!("{before}{figure}{after}");
    let notes = &experiment.notes;
    assert!(notes.contains(&quoted), "the notes do not say: {quoted}");
    let digits = figure.replace(',', "");
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
    assert_eq!(format!("{number:.decimals$}"), digits, "{quoted}");
}
