//! Objectives of many parameters: every rule runs on them, and coordinate-wise rules behave as in
//! the plane.

use std::sync::Arc;

use slalom::experiment::{Batch, Plan};
use slalom::objective::lanczos;
use slalom::objective::{Block, Evaluator, Objective, Queries, Rows};
use slalom::optimizer::{OptimizerChoice, Rule, Silent, Value};
use slalom::simulation::{Course, CourseError, Job, Keep, PathJob, Start, Status, simulate_racer};
use slalom::surface::{Surface, SurfaceChoice};

/// The sum of one surface over many pairs of parameters: Σ f(x₂ₖ, x₂ₖ₊₁).
#[derive(Debug)]
struct Copies {
    surface: Arc<dyn Surface>,
    blocks: Vec<Block>,
    offers: Queries,
}

impl Copies {
    fn of(surface: &SurfaceChoice, pairs: usize) -> Self {
        Self {
            surface: surface.open(),
            blocks: vec![Block::Vector(2); pairs],
            offers: Queries::ALL,
        }
    }
}

#[derive(Clone, Debug)]
struct Pairs(Arc<dyn Surface>);

fn pairs(at: &[f64]) -> impl Iterator<Item = [f64; 2]> {
    at.as_chunks().0.iter().copied()
}

impl Objective for Copies {
    fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn offers(&self) -> Queries {
        self.offers
    }

    fn evaluator(self: Arc<Self>) -> Box<dyn Evaluator> {
        Box::new(Pairs(Arc::clone(&self.surface)))
    }

    fn initial(&self, seed: u64) -> Option<Vec<f64>> {
        let n = self.dimension();
        let start = u32::try_from(seed).ok()?;
        Some((0..n).map(|_| f64::from(start)).collect())
    }
}

impl Evaluator for Pairs {
    fn value(&mut self, at: &[f64], _rows: Rows<'_>) -> f64 {
        pairs(at).map(|pair| self.0.value(pair)).sum()
    }

    fn gradient(&mut self, at: &[f64], _rows: Rows<'_>, gradient: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        for (pair, slope) in pairs(at).zip(gradient.as_chunks_mut().0) {
            loss += self.0.gradient_into(&pair, slope);
        }
        loss
    }

    fn hessian(&mut self, at: &[f64], _rows: Rows<'_>, hessian: &mut [f64]) -> bool {
        let n = at.len();
        hessian.fill(0.0);
        for (k, pair) in pairs(at).enumerate() {
            let block = self.0.hessian(pair);
            for (row, entries) in block.iter().enumerate() {
                hessian[(2 * k + row) * n + 2 * k..][..2].copy_from_slice(entries);
            }
        }
        true
    }

    fn hessian_diagonal(&mut self, at: &[f64], _rows: Rows<'_>, diagonal: &mut [f64]) -> bool {
        for (pair, own) in pairs(at).zip(diagonal.as_chunks_mut().0) {
            let [[along_x, _], [_, along_y]] = self.0.hessian(pair);
            *own = [along_x, along_y];
        }
        true
    }

    fn hessian_vector(
        &mut self,
        at: &[f64],
        _rows: Rows<'_>,
        vector: &[f64],
        product: &mut [f64],
    ) -> bool {
        let images = product.as_chunks_mut().0;
        for ((pair, [x, y]), image) in pairs(at).zip(pairs(vector)).zip(images) {
            *image = self.0.hessian(pair).map(|row| row[0] * x + row[1] * y);
        }
        true
    }

    fn fork(&self) -> Box<dyn Evaluator> {
        Box::new(self.clone())
    }
}

/// Distinct starting points all over the plane.
fn starts(pairs: u32) -> Vec<f64> {
    let start = |k: u32| {
        let angle = f64::from(k) * 0.7;
        [1.5 * angle.cos() + 0.01 * f64::from(k), 1.2 * angle.sin()]
    };
    (0..pairs).flat_map(start).collect()
}

/// Every rule, with a learning rate that is stable on the long valley.
fn rules() -> impl Iterator<Item = OptimizerChoice> {
    OptimizerChoice::for_points().map(|choice| {
        let mut choice = choice.clone();
        let beyond = choice.needs().is_beyond_gradient();
        let rule = choice.rule_mut();
        if let Some(rate) = rule.rate().filter(|_| !beyond) {
            rule.set(rate, Value::Number(0.01));
        }
        choice
    })
}

/// Rules whose step along one coordinate depends on the others.
fn mixes_coordinates(choice: &OptimizerChoice) -> bool {
    let mixing = |rule: &dyn Rule| {
        const NAMES: [&str; 15] = [
            "PolyakSgd",
            "Newton",
            "Shampoo",
            "NovoGrad",
            "DoG",
            "LDoG",
            "Prodigy",
            "DAdaptAdam",
            "GradientDescentArmijo",
            "ConjugateGradient",
            "Bfgs",
            "LBfgs",
            "NelderMead",
            "Sam",
            "ClipByGlobalNorm",
        ];
        NAMES.contains(&rule.about().name)
    };
    mixing(choice.rule()) || choice.inner().is_some_and(|inner| mixing(inner.rule()))
}

fn course(objective: &Arc<dyn Objective>, choice: &OptimizerChoice, start: &[f64]) -> Course {
    let plan = Plan::new(choice.clone());
    Course::begin(objective, &plan, Start::At(start), 0).unwrap()
}

#[test]
fn fifty_parameters_go_as_twenty_five_races_in_the_plane() {
    const STEPS: usize = 60;
    let long_valley = SurfaceChoice::LongValley;
    let surface = long_valley.open();
    let objective: Arc<dyn Objective> = Arc::new(Copies::of(&long_valley, 25));
    let start = starts(25);
    for choice in rules() {
        let name = choice.rule().about().name;
        let mut many = course(&objective, &choice, &start);
        for _ in 0..STEPS {
            many.next(&mut Silent).unwrap();
        }
        assert!(many.loss().is_finite(), "{name}");
        let plan = Plan::new(choice.clone());
        for (pair, at) in pairs(&start).zip(pairs(many.at())) {
            let alone = simulate_racer(&surface, &plan, pair, STEPS, 0).at(STEPS);
            if !mixes_coordinates(&choice) {
                assert_eq!(at, alone, "{name} from {pair:?}");
            } else if name == "Newton" {
                // The blocks are independent, so the results agree up to rounding.
                let off = (at[0] - alone[0]).hypot(at[1] - alone[1]);
                assert!(off < 1e-12, "{name} from {pair:?}: {at:?} and {alone:?}");
            }
        }
    }
}

#[test]
fn a_forked_course_goes_on_bit_for_bit() {
    let objective: Arc<dyn Objective> = Arc::new(Copies::of(&SurfaceChoice::Rosenbrock, 4));
    for choice in rules() {
        let name = choice.rule().about().name;
        let mut plan = Plan::new(choice);
        plan.noise = 0.1;
        let mut original = Course::begin(&objective, &plan, Start::At(&starts(4)), 7).unwrap();
        for _ in 0..13 {
            original.next(&mut Silent);
        }
        let mut fork = original.clone();
        for _ in 0..20 {
            assert_eq!(original.next(&mut Silent), fork.next(&mut Silent), "{name}");
            assert_eq!(original.at(), fork.at(), "{name}");
        }
    }
}

#[test]
fn a_course_begins_only_where_it_can_be_run() {
    let objective: Arc<dyn Objective> = Arc::new(Copies::of(&SurfaceChoice::Beale, 3));
    let adam = Plan::new(OptimizerChoice::Adam(slalom::optimizer::Adam::default()));
    let begin = |plan: &Plan, start| Course::begin(&objective, plan, start, 3).err();
    let fault = begin(&adam, Start::At(&[1.0, 2.0]));
    assert_eq!(
        fault,
        Some(CourseError::Dimension {
            expected: 6,
            found: 2
        })
    );
    assert_eq!(begin(&adam, Start::Initial), None);
    let drawn = Course::begin(&objective, &adam, Start::Initial, 3).unwrap();
    assert_eq!(drawn.at(), [3.0; 6]);

    let surface: Arc<dyn Objective> = SurfaceChoice::Beale.open();
    let fault = Course::begin(&surface, &adam, Start::Initial, 0).err();
    assert_eq!(fault, Some(CourseError::NoStart));

    let gradients_only = Copies {
        offers: Queries::GRADIENT,
        ..Copies::of(&SurfaceChoice::Beale, 3)
    };
    let objective: Arc<dyn Objective> = Arc::new(gradients_only);
    let newton = OptimizerChoice::Newton(slalom::optimizer::Newton::default());
    let begin = |choice: OptimizerChoice| {
        let course = Course::begin(&objective, &Plan::new(choice), Start::At(&[0.0; 6]), 0);
        course.err().map(|fault| fault.to_string())
    };
    let sentence = "Newton needs the whole Hessian, which this objective does not offer";
    assert_eq!(begin(newton.clone()).as_deref(), Some(sentence));
    // A wrapper needs whatever its rule needs.
    let mut lookahead = OptimizerChoice::Lookahead(slalom::optimizer::Lookahead::default());
    *lookahead.inner_mut().unwrap() = newton;
    let sentence = sentence.replace("Newton", "Lookahead");
    assert_eq!(begin(lookahead), Some(sentence));
}

#[test]
fn statuses_hold_in_many_dimensions() {
    let end = |surface: SurfaceChoice, start: &[f64], offers: Queries| {
        let copies = Copies {
            offers,
            ..Copies::of(&surface, start.len() / 2)
        };
        let objective: Arc<dyn Objective> = Arc::new(copies);
        let rate = slalom::optimizer::GradientDescent {
            learning_rate: 0.02,
        };
        let choice = OptimizerChoice::GradientDescent(rate);
        let course = course(&objective, &choice, start);
        let keep = Keep {
            parameters: Some(1),
            ..Keep::default()
        };
        let path = PathJob::follow(course, &*objective, 3000, keep, None).finish();
        assert_eq!(path.parameters.len(), path.points() * start.len());
        path.status()
    };
    let bowl = end(
        SurfaceChoice::LongValley,
        &[1.0, 0.5, -0.3, 0.2],
        Queries::ALL,
    );
    assert!(matches!(bowl, Status::Converged(_)), "{bowl:?}");
    // On the ridges of all the saddles at once.
    let ridge = end(SurfaceChoice::Saddle, &[1.0, 0.0, -0.5, 0.0], Queries::ALL);
    assert!(matches!(ridge, Status::Stuck(_)), "{ridge:?}");
    // There is no window, so nothing counts as far.
    let away = end(SurfaceChoice::Saddle, &[0.0, 1.0, 0.0, 1.0], Queries::ALL);
    assert_eq!(away, Status::Running);
}

#[test]
fn curvature_is_found_by_products_alone() {
    let objective: Arc<dyn Objective> = Arc::new(Copies::of(&SurfaceChoice::LongValley, 25));
    let mut evaluator = objective.evaluator();
    let found = lanczos::of_hessian(&mut *evaluator, &starts(25)).unwrap();
    assert!((found.smallest - 1.0).abs() < 1e-9, "{found:?}");
    assert!((found.largest - 50.0).abs() < 1e-9, "{found:?}");
}

/// Hessian–vector products and diagonals agree with the Hessian, over all rows and over some.
#[test]
fn products_and_diagonals_are_those_of_the_hessian() {
    let moons: SurfaceChoice =
        ron::from_str("LogisticRegression((moons:Some((rows:60,noise:0.3,seed:1)),l2:0.1))")
            .unwrap();
    let surfaces = SurfaceChoice::BUILT_IN.iter().chain([&moons]);
    for choice in surfaces {
        let mut choice = choice.clone();
        choice.load(None).unwrap();
        let surface = choice.open();
        let mut evaluator = Arc::clone(&surface).evaluator();
        let (at, vector) = ([0.7, -0.4], [0.3, -1.1]);
        for rows in [Rows::All, Rows::These(&[3, 5, 5, 20])] {
            let (mut hessian, mut diagonal, mut product) = ([0.0; 4], [0.0; 2], [0.0; 2]);
            assert!(evaluator.hessian(&at, rows, &mut hessian));
            assert!(evaluator.hessian_diagonal(&at, rows, &mut diagonal));
            assert!(evaluator.hessian_vector(&at, rows, &vector, &mut product));
            let [xx, xy, yx, yy] = hessian;
            assert_eq!(diagonal, [xx, yy]);
            let image = [xx * 0.3 - xy * 1.1, yx * 0.3 - yy * 1.1];
            for axis in 0..2 {
                assert!((product[axis] - image[axis]).abs() <= 1e-12 * image[axis].abs());
            }
            // The Hessian is the rate of change of the gradient.
            let h = 1e-6;
            let (mut ahead, mut behind) = ([0.0; 2], [0.0; 2]);
            evaluator.gradient(&[0.7 + h * 0.3, -0.4 - h * 1.1], rows, &mut ahead);
            evaluator.gradient(&[0.7 - h * 0.3, -0.4 + h * 1.1], rows, &mut behind);
            for axis in 0..2 {
                let change = (ahead[axis] - behind[axis]) / (2.0 * h);
                let size = 1.0 + image.iter().fold(0.0_f64, |size, it| size.max(it.abs()));
                assert!(
                    (change - image[axis]).abs() < 1e-5 * size,
                    "{choice:?} {rows:?}"
                );
            }
        }
    }
}

/// A batch of all rows is the full loss.
#[test]
fn a_batch_of_all_rows_has_the_loss_of_the_whole() {
    let mut choice: SurfaceChoice =
        ron::from_str("LogisticRegression((moons:Some((rows:60,noise:0.3,seed:1)),l2:0.1))")
            .unwrap();
    choice.load(None).unwrap();
    let surface = choice.open();
    let all: Vec<u32> = (0..60).collect();
    let (loss, _) = surface.batch(&all, [0.7, -0.4]);
    assert!((loss - surface.value([0.7, -0.4])).abs() < 1e-14);
    // Repeated, so that it fills more than one block of factors.
    let (loss, _) = surface.batch(&all.repeat(100), [0.7, -0.4]);
    assert!((loss - surface.value([0.7, -0.4])).abs() < 1e-12);
    assert!(surface.batch(&[60], [0.7, -0.4]).0.is_nan());
}

/// Polyak's step evaluates the loss over the same rows as its gradient.
#[test]
fn values_and_gradients_share_their_rows() {
    let mut choice: SurfaceChoice =
        ron::from_str("LogisticRegression((moons:Some((rows:60,noise:0.3,seed:1))))").unwrap();
    choice.load(None).unwrap();
    let surface = choice.open();
    let polyak = slalom::optimizer::PolyakSgd {
        max_learning_rate: 1e9,
        ..Default::default()
    };
    let mut plan = Plan::new(OptimizerChoice::PolyakSgd(polyak));
    plan.batch = Batch::Rows(vec![vec![4, 9]]);
    let start = [-1.0, 0.5];
    let (loss, [x, y]) = surface.batch(&[4, 9], start);
    let rate = loss / (x * x + y * y);
    let made = simulate_racer(&surface, &plan, start, 1, 0).at(1);
    assert!((made[0] - (start[0] - rate * x)).abs() < 1e-12);
    assert!((made[1] - (start[1] - rate * y)).abs() < 1e-12);
}
