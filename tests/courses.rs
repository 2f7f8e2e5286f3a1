//! Courses and the jobs that run them: forks, slices, thinned paths, and invalid starts.

mod common;

use std::fmt;
use std::sync::Arc;

use common::{any_racer, cases, race, with};
use proptest::prelude::*;
use slalom::experiment::{Experiment, Plan};
use slalom::objective::{Block, Evaluator, Objective, Queries, Rows};
use slalom::optimizer::{OptimizerChoice, Silent, Value};
use slalom::plane::Window;
use slalom::simulation::{
    Course, CourseError, Job, Keep, Memory, PathJob, Progress, Start, Status, Trajectory,
    simulate_racer,
};
use slalom::surface::{Surface, SurfaceChoice};

/// Σ (k + 1) xₖ²/2 over all parameters xₖ.
#[derive(Clone, Debug)]
struct Bowls {
    blocks: Vec<Block>,
    offers: Queries,
}

impl Bowls {
    fn of(blocks: &[Block]) -> Self {
        Self {
            blocks: blocks.to_vec(),
            offers: Queries::ALL,
        }
    }
}

impl Objective for Bowls {
    fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn offers(&self) -> Queries {
        self.offers
    }

    fn evaluator(self: Arc<Self>) -> Box<dyn Evaluator> {
        Box::new(InBowls)
    }
}

struct InBowls;

impl InBowls {
    fn curvatures() -> impl Iterator<Item = f64> {
        (1_u32..).map(f64::from)
    }
}

impl Evaluator for InBowls {
    fn value(&mut self, at: &[f64], _rows: Rows<'_>) -> f64 {
        let losses = at.iter().zip(Self::curvatures());
        losses
            .map(|(at, curvature)| curvature * at * at / 2.0)
            .sum()
    }

    fn gradient(&mut self, at: &[f64], rows: Rows<'_>, gradient: &mut [f64]) -> f64 {
        let entries = gradient.iter_mut().zip(at).zip(Self::curvatures());
        for ((gradient, at), curvature) in entries {
            *gradient = curvature * at;
        }
        self.value(at, rows)
    }

    fn hessian(&mut self, at: &[f64], _rows: Rows<'_>, hessian: &mut [f64]) -> bool {
        hessian.fill(0.0);
        let diagonal = hessian.iter_mut().step_by(at.len() + 1);
        for (entry, curvature) in diagonal.zip(Self::curvatures()) {
            *entry = curvature;
        }
        true
    }

    fn hessian_diagonal(&mut self, _at: &[f64], _rows: Rows<'_>, diagonal: &mut [f64]) -> bool {
        for (entry, curvature) in diagonal.iter_mut().zip(Self::curvatures()) {
            *entry = curvature;
        }
        true
    }

    fn hessian_vector(
        &mut self,
        _at: &[f64],
        _rows: Rows<'_>,
        vector: &[f64],
        product: &mut [f64],
    ) -> bool {
        let entries = product.iter_mut().zip(vector).zip(Self::curvatures());
        for ((product, vector), curvature) in entries {
            *product = curvature * vector;
        }
        true
    }

    fn fork(&self) -> Box<dyn Evaluator> {
        Box::new(Self)
    }
}

fn objective(surface: &Arc<dyn Surface>) -> Arc<dyn Objective> {
    Arc::clone(surface) as Arc<dyn Objective>
}

/// The following steps of a course, compared bit by bit.
#[derive(PartialEq)]
struct Fate(Vec<Vec<u64>>);

impl fmt::Debug for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers = self
            .0
            .iter()
            .map(|step| step.iter().map(|&bits| f64::from_bits(bits)));
        f.debug_list().entries(numbers.map(Vec::from_iter)).finish()
    }
}

fn fate(course: &mut Course, steps: usize) -> Fate {
    let step = |_| {
        let step = course.next(&mut Silent)?;
        let numbers = [step.loss, step.learning_rate].into_iter();
        let numbers = numbers.chain(course.at().iter().copied());
        let numbers = numbers
            .chain(course.gradient().iter().copied())
            .map(f64::to_bits);
        Some(
            numbers
                .chain([step.step as u64, step.rows, course.asked().gradients])
                .collect(),
        )
    };
    Fate((0..steps).map_while(step).collect())
}

/// Asserts that a fork and its original make the same steps, even when they take turns.
fn assert_forks_alike(objective: &Arc<dyn Objective>, plan: &Plan, start: [f64; 2], before: usize) {
    let mut original = Course::begin(objective, plan, Start::At(&start), 7).unwrap();
    let uninterrupted = fate(&mut original.clone(), before + 30);
    let made = fate(&mut original, before);
    let mut fork = original.clone();
    let mut turns = (Vec::new(), Vec::new());
    for _ in 0..30 {
        turns.0.extend(fate(&mut original, 1).0);
        turns.1.extend(fate(&mut fork, 1).0);
    }
    assert_eq!(Fate(turns.0.clone()), Fate(turns.1));
    let whole = [made.0, turns.0].concat();
    assert_eq!(Fate(whole), uninterrupted);
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_forked_course_goes_on_bit_for_bit(
        racer in any_racer(),
        start in [-2.0..2.0_f64, -2.0..2.0],
        before in 0..30_usize,
    ) {
        let beale = objective(&SurfaceChoice::Beale.open());
        assert_forks_alike(&beale, &racer.plan, start, before);
    }

    /// The last point is kept even if it falls between the regularly kept ones.
    #[test]
    fn a_thinned_path_is_the_whole_one_with_fewer_points(
        racer in any_racer(),
        start in [-2.0..2.0_f64, -2.0..2.0],
        steps in 1..90_usize,
        every in 1..40_usize,
    ) {
        let experiment = Experiment { start, steps, racers: vec![racer], ..Experiment::default() };
        let surface = experiment.open_surface();
        assert_thinned_alike(&experiment, &surface, every);
    }

    #[test]
    fn a_job_in_slices_is_the_job_at_once(
        racer in any_racer(),
        start in [-2.0..2.0_f64, -2.0..2.0],
        slices in prop::collection::vec(0..40_u64, 1..20),
    ) {
        let experiment = Experiment { start, steps: 60, ..Experiment::default() };
        let surface = experiment.open_surface();
        let job = || PathJob::new(&experiment, &surface, &racer.plan, experiment.seed, Keep::default()).unwrap();
        let at_once = job().finish();
        let mut job = job();
        let (mut last, mut slices) = (0, slices.into_iter().cycle());
        let in_slices = loop {
            match job.advance(slices.next().unwrap_or_default()) {
                Progress::Working { done, of } => {
                    prop_assert!(last < done && done <= of, "{last} {done} {of}");
                    last = done;
                }
                Progress::Done(path) => break path,
            }
        };
        prop_assert_eq!(bits(&in_slices), bits(&at_once));
        prop_assert_eq!(in_slices.status(), at_once.status());
    }
}

/// A fork draws the same batches and noise as its original.
#[test]
fn a_fork_meets_the_same_rows_and_noise() {
    let racers = "(optimizer: Adam(), batch: MiniBatch(16), noise: 0.5), \
                  (optimizer: Momentum(), batch: Sample, replacement: true), \
                  (optimizer: Nesterov(), batch: Rows([[1, 2], [3], [7, 7]])), \
                  (optimizer: Lookahead(inner: Nadam()), batch: MiniBatch(9), noise: 0.1), \
                  (optimizer: RMSProp(), schedule: Cosine(steps: 20), \
                   edits: [(step: 15, parameter: \"rho\", value: 0.5)])";
    let experiment = race("LinearRegression(data: \"line\")", [-1.0, -2.0], 60, racers);
    let line = objective(&experiment.open_surface());
    for racer in &experiment.racers {
        for before in [0, 1, 6, 7, 13, 29] {
            assert_forks_alike(&line, &racer.plan, experiment.start, before);
        }
    }
}

/// All numbers of a path as bits.
fn bits(path: &Trajectory) -> Vec<u64> {
    let lists = [
        &path.x,
        &path.y,
        &path.loss,
        &path.gradient_norm,
        &path.learning_rate,
    ];
    let numbers = lists.into_iter().flatten().map(|number| number.to_bits());
    numbers.chain(path.rows_seen.iter().copied()).collect()
}

fn assert_thinned_alike(experiment: &Experiment, surface: &Arc<dyn Surface>, every: usize) {
    let keep = Keep {
        every,
        parameters: Some(1),
    };
    for racer in &experiment.racers {
        let follow = |keep| {
            PathJob::new(experiment, surface, &racer.plan, experiment.seed, keep)
                .unwrap()
                .finish()
        };
        let (whole, thinned) = (follow(Keep::default()), follow(keep));
        let steps = whole.last_step();
        assert_eq!(thinned.last_step(), steps);
        assert_eq!(thinned.len(), whole.len());
        assert_eq!(thinned.status(), whole.status());
        let kept = steps / every + 1 + usize::from(!steps.is_multiple_of(every));
        assert_eq!(thinned.points(), kept, "{steps} steps, every {every}");
        assert_eq!(thinned.learning_rate.len(), kept - 1);
        for point in 0..kept {
            let step = thinned.step_of(point);
            assert_eq!(step, (point * every).min(steps));
            let there = |path: &Trajectory, at: usize| {
                [
                    path.x[at],
                    path.y[at],
                    path.loss[at],
                    path.gradient_norm[at],
                ]
                .map(f64::to_bits)
            };
            assert_eq!(there(&thinned, point), there(&whole, step));
            assert_eq!(thinned.rows_seen.get(point), whole.rows_seen.get(step));
            let parameters = &thinned.parameters[2 * point..2 * point + 2];
            assert_eq!(parameters, whole.at(step), "all parameters of the point");
            // As bits, so that NaN equals NaN.
            let rates = [&thinned, &whole].map(|path| path.learning_rate_at(step));
            assert_eq!(rates[0].map(f64::to_bits), rates[1].map(f64::to_bits));
        }
        assert_eq!(thinned.parameters.len(), 2 * kept);
        assert_eq!(bits_at_end(&thinned), bits_at_end(&whole));
    }
}

fn bits_at_end(path: &Trajectory) -> [u64; 3] {
    let end = path.last_step();
    let [x, y] = path.at(end);
    [x, y, path.loss_at(end)].map(f64::to_bits)
}

/// The last finite position is the one after 114 steps, which may be a kept point or lie between
/// two.
#[test]
fn a_racer_that_diverges_between_two_kept_points_ends_at_the_same_step() {
    let diverging = "(optimizer: GradientDescent(learning_rate: 10.0))";
    let experiment = race("LongValley", [0.0, 1.0], 200, diverging);
    let surface = experiment.open_surface();
    for every in 1..=230 {
        assert_thinned_alike(&experiment, &surface, every);
    }
    let keep = Keep {
        every: 100,
        ..Keep::default()
    };
    let plan = &experiment.racers[0].plan;
    let path = PathJob::new(&experiment, &surface, plan, experiment.seed, keep)
        .unwrap()
        .finish();
    assert_eq!(path.status(), Status::Diverged(114));
    assert_eq!(path.points(), 3, "the start, step 100 and step 114");
}

/// Four racers over 600,000 steps exceed the limit, so every second step is kept.
#[test]
fn a_race_beyond_the_bound_is_thinned_and_ends_the_same() {
    let racers = "(optimizer: GradientDescent(learning_rate: 0.01)), \
                  (optimizer: GradientDescent(learning_rate: 7.0)), \
                  (optimizer: GradientDescent(learning_rate: 10.0)), \
                  (optimizer: GradientDescent(learning_rate: 9.0))";
    let experiment = race("LongValley", [0.0, 1.0], 600_000, racers);
    let surface = experiment.open_surface();
    let memory = Memory::of(&experiment, &*surface);
    assert!(memory.is_thinned());
    assert_eq!(memory.keep().every, 2);
    let paths = slalom::simulation::simulate(&experiment);
    for (racer, path) in experiment.racers.iter().zip(&paths) {
        assert_eq!(path.every(), 2);
        let (start, steps) = (experiment.start, experiment.steps);
        let whole = simulate_racer(&surface, &racer.plan, start, steps, experiment.seed);
        assert_eq!(path.last_step(), whole.last_step());
        assert_eq!(path.status(), whole.status());
        assert_eq!(bits_at_end(path), bits_at_end(&whole));
    }
    let ends: Vec<usize> = paths[1..].iter().map(Trajectory::last_step).collect();
    assert!(
        ends.iter().any(|end| end % 2 == 1),
        "between two points: {ends:?}"
    );
    assert!(matches!(paths[0].status(), Status::Converged(_)));
}

#[test]
fn a_start_of_another_dimension_is_refused() {
    let beale = objective(&SurfaceChoice::Beale.open());
    let plan = with("Adam()").plan;
    for found in [0, 1, 3, 7] {
        let refused = Course::begin(&beale, &plan, Start::At(&vec![0.0; found]), 0).err();
        let expected = CourseError::Dimension { expected: 2, found };
        assert_eq!(refused.as_ref(), Some(&expected));
        assert_eq!(
            expected.to_string(),
            format!("the start has {found} coordinates, but the objective has 2 parameters")
        );
    }
    let refused = Course::begin(&beale, &plan, Start::Initial, 0)
        .err()
        .unwrap();
    assert_eq!(refused, CourseError::NoStart);
    assert_eq!(
        refused.to_string(),
        "this objective does not say where a race begins; give a start"
    );
}

#[test]
fn a_rule_that_needs_what_is_not_offered_is_refused_by_name() {
    let mut mute = Bowls::of(&[Block::Vector(2)]);
    mute.offers = Queries::default();
    let mute: Arc<dyn Objective> = Arc::new(mute);
    for optimizer in OptimizerChoice::all() {
        let plan = Plan::new(optimizer.clone());
        let refused = Course::begin(&mute, &plan, Start::At(&[1.0, 1.0]), 0).err();
        let rule = optimizer.rule().about().name;
        let what = optimizer.needs().missing_in(Queries::default()).unwrap();
        assert_eq!(refused, Some(CourseError::Needs { rule, what }));
    }
    let adam = with("Adam()").plan;
    let refused = Course::begin(&mute, &adam, Start::At(&[1.0, 1.0]), 0).err();
    assert_eq!(
        refused.unwrap().to_string(),
        "Adam needs the gradient, which this objective does not offer"
    );
}

/// Seven parameters in two blocks: every rule lowers the loss, and all numbers stay finite.
#[test]
fn courses_run_in_any_dimension() {
    let blocks = [
        Block::Matrix {
            rows: 2,
            columns: 3,
        },
        Block::Vector(1),
    ];
    let bowls: Arc<dyn Objective> = Arc::new(Bowls::of(&blocks));
    let start = [1.0, -1.0, 0.5, 2.0, -0.5, 1.5, -2.0];
    for optimizer in OptimizerChoice::all() {
        // Its published rate is too large for these bowls, and its memory too long for the race.
        let mut optimizer = optimizer.clone();
        if optimizer.rule().about().name == "QhMomentum" {
            for (name, value) in [("learning_rate", 0.1), ("momentum", 0.9)] {
                let index = optimizer.rule().find(name).unwrap();
                optimizer.rule_mut().set(index, Value::Number(value));
            }
        }
        let plan = Plan::new(optimizer.clone());
        let course = Course::begin(&bowls, &plan, Start::At(&start), 0).unwrap();
        let keep = Keep {
            every: 7,
            parameters: Some(1),
        };
        let window = Some(Window::square(3.0));
        let path = PathJob::follow(course, &*bowls, 100, keep, window).finish();
        assert_eq!((path.last_step(), path.points()), (100, 16));
        assert_eq!(path.parameters.len(), 7 * 16);
        assert_eq!(path.parameters[..7], start);
        let points = path.parameters.chunks(7);
        for (point, (x, y)) in points.zip(path.x.iter().zip(&path.y)) {
            assert_eq!(point[..2], [*x, *y], "the plane shows the first two");
        }
        assert!(path.loss_at(100) < path.loss_at(0), "{optimizer:?}");
    }
}

#[test]
fn a_course_counts_what_its_rule_asks_and_nothing_else() {
    let beale = objective(&SurfaceChoice::Beale.open());
    let plan = with("Nesterov(learning_rate: 0.001)").plan;
    let mut course = Course::begin(&beale, &plan, Start::At(&[1.0, 1.6]), 0).unwrap();
    assert_eq!(
        course.asked().gradients,
        0,
        "the first look is not the rule's"
    );
    for step in 1..=5 {
        course.next(&mut Silent).unwrap();
        course.evaluator().value(&[0.0, 0.0], Rows::All);
        let asked = course.asked();
        assert_eq!(
            (asked.gradients, asked.values, asked.hessians),
            (step, 0, 0)
        );
    }
    assert_eq!(course.step(), 5);
}

#[test]
fn a_course_that_has_ended_makes_no_more_steps() {
    let valley = objective(&SurfaceChoice::LongValley.open());
    let plan = with("GradientDescent(learning_rate: 10.0)").plan;
    let mut course = Course::begin(&valley, &plan, Start::At(&[0.0, 1.0]), 0).unwrap();
    assert_eq!(fate(&mut course, 1000).0.len(), 114);
    for _ in 0..3 {
        assert!(course.next(&mut Silent).is_none());
        assert_eq!(course.step(), 114);
    }
}
