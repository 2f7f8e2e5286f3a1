//! Groups of parameters that are moved by rules of their own, and rules that move matrices.

use std::sync::Arc;

use ron::extensions::Extensions;
use slalom::experiment::{Experiment, Group, Plan, Racer, Schedule};
use slalom::objective::{Block, Evaluator, Objective, Queries, Rows};
use slalom::optimizer::{Notebook, OptimizerChoice, Silent, Value};
use slalom::simulation::{Course, CourseError, Start};

/// Two layers: a matrix and a bias each.
const LAYERS: [Block; 4] = [
    Block::Matrix {
        rows: 2,
        columns: 3,
    },
    Block::Vector(2),
    Block::Matrix {
        rows: 1,
        columns: 2,
    },
    Block::Vector(1),
];
const DIMENSION: usize = 11;

/// ½ Σ cᵢxᵢ² + ¼ Σ xᵢxᵢ₊₁: every coordinate feels its neighbours.
#[derive(Debug)]
struct Chain(Vec<Block>);

fn curvature(index: usize) -> f64 {
    1.0 + f64::from(u8::try_from(index).unwrap()) / 4.0
}

impl Objective for Chain {
    fn blocks(&self) -> &[Block] {
        &self.0
    }

    fn offers(&self) -> Queries {
        Queries {
            value: true,
            ..Queries::GRADIENT
        }
    }

    fn evaluator(self: Arc<Self>) -> Box<dyn Evaluator> {
        Box::new(AtWork)
    }
}

struct AtWork;

impl Evaluator for AtWork {
    fn value(&mut self, at: &[f64], _rows: Rows<'_>) -> f64 {
        let own = at.iter().enumerate();
        let own: f64 = own.map(|(index, x)| curvature(index) * x * x / 2.0).sum();
        let between: f64 = at.windows(2).map(|pair| pair[0] * pair[1] / 4.0).sum();
        own + between
    }

    fn gradient(&mut self, at: &[f64], rows: Rows<'_>, gradient: &mut [f64]) -> f64 {
        for (index, slope) in gradient.iter_mut().enumerate() {
            let beside = |other: Option<usize>| other.and_then(|it| at.get(it)).unwrap_or(&0.0);
            let around = beside(index.checked_sub(1)) + beside(Some(index + 1));
            *slope = curvature(index) * at[index] + around / 4.0;
        }
        self.value(at, rows)
    }

    fn fork(&self) -> Box<dyn Evaluator> {
        Box::new(Self)
    }
}

/// A racer as in a file, which no surface has to fit.
fn racer(text: &str) -> Racer {
    let extensions = Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES;
    let options = ron::Options::default().with_default_extension(extensions);
    options.from_str(text).unwrap()
}

fn with(optimizer: &str) -> Racer {
    racer(&format!("(optimizer: {optimizer})"))
}

fn layers() -> Arc<dyn Objective> {
    Arc::new(Chain(LAYERS.to_vec()))
}

fn start() -> Vec<f64> {
    (0..DIMENSION)
        .map(|index| 1.5 - curvature(index).sin())
        .collect()
}

fn begin(plan: &Plan) -> Result<Course, CourseError> {
    Course::begin(&layers(), plan, Start::At(&start()), 3)
}

fn after(plan: &Plan, steps: usize) -> Course {
    let mut course = begin(plan).unwrap();
    for _ in 0..steps {
        course.next(&mut Silent).unwrap();
    }
    course
}

fn grouped(plan: &Plan, blocks: &[&str]) -> Plan {
    let group = |block: &&str| Group {
        block: (*block).to_owned(),
        optimizer: plan.optimizer.clone(),
    };
    Plan {
        groups: blocks.iter().map(group).collect(),
        ..plan.clone()
    }
}

/// Rules that act on each coordinate and that take the same step in every group.
fn coordinate_rules() -> impl Iterator<Item = OptimizerChoice> {
    let alone = |it: &&OptimizerChoice| {
        let shapes = [
            "Shampoo",
            "Sam",
            "ClipByGlobalNorm",
            "NovoGrad",
            "DoG",
            "LDoG",
            "Prodigy",
            "DAdaptAdam",
        ]
        .contains(&it.rule().about().name);
        !it.needs().is_beyond_gradient() && !shapes
    };
    OptimizerChoice::for_points().filter(alone).cloned()
}

/// Adagrad's full matrix apart, whose group is another matrix.
#[test]
fn groups_of_the_same_rule_take_the_same_path_for_the_same_gradients() {
    let schedule = Schedule::Cosine {
        steps: Some(40),
        epochs: None,
        final_learning_rate: 0.0,
    };
    for optimizer in coordinate_rules() {
        for schedule in [Schedule::Constant, schedule.clone()] {
            let plain = Plan {
                schedule,
                noise: 0.1,
                ..Plan::new(optimizer.clone())
            };
            let expected = after(&plain, 30);
            for blocks in [
                &["weights"][..],
                &["biases"],
                &["last_layer", "biases"],
                &["layer 1", "layer 2"],
            ] {
                let course = after(&grouped(&plain, blocks), 30);
                assert_eq!(course.at(), expected.at(), "{plain:?} in {blocks:?}");
                assert_eq!(course.asked(), expected.asked(), "{plain:?} in {blocks:?}");
            }
        }
    }
}

#[test]
fn each_group_goes_by_its_own_rule() {
    let plan = racer(
        "(optimizer: GradientDescent(learning_rate: 0.1), groups: [(block: \"last_layer\", \
         optimizer: GradientDescent(learning_rate: 0.02)), (block: \"biases\", optimizer: \
         GradientDescent(learning_rate: 0.0))])",
    )
    .plan;
    let mut gradient = vec![0.0; DIMENSION];
    AtWork.gradient(&start(), Rows::All, &mut gradient);
    let course = after(&plan, 1);
    for (index, (to, from)) in course.at().iter().zip(start()).enumerate() {
        let rate = match index {
            0..6 => 0.1,
            6..8 => 0.0,
            _ => 0.02,
        };
        assert_eq!(*to, from - rate * gradient[index], "{index}");
    }
}

#[test]
fn a_schedule_multiplies_the_rate_of_every_group() {
    let plan = racer(
        "(optimizer: GradientDescent(learning_rate: 0.1), schedule: Exponential(factor: 0.5), \
         edits: [(step: 2, parameter: \"learning_rate\", value: 0.2)], groups: [(block: \
         \"biases\", optimizer: GradientDescent(learning_rate: 0.04))])",
    )
    .plan;
    let mut course = begin(&plan).unwrap();
    for step in 0..4 {
        let before = course.at().to_vec();
        let mut gradient = vec![0.0; DIMENSION];
        AtWork.gradient(&before, Rows::All, &mut gradient);
        course.next(&mut Silent).unwrap();
        let factor = 0.5_f64.powi(step);
        let own = if step < 2 { 0.1 } else { 0.2 };
        for (index, rate) in [(0, own), (6, 0.04), (10, 0.04)] {
            let expected = before[index] - rate * factor * gradient[index];
            assert!((course.at()[index] - expected).abs() < 1e-15, "{step}");
        }
    }
}

#[test]
fn a_fork_goes_on_in_the_same_way() {
    let plan = racer(
        "(optimizer: Muon(), groups: [(block: \"last_layer\", optimizer: \
         AdamW(learning_rate: 0.01))], schedule: Cosine(steps: 50), noise: 0.1)",
    )
    .plan;
    let mut one = after(&plan, 7);
    let mut other = one.clone();
    for _ in 0..9 {
        one.next(&mut Silent).unwrap();
        other.next(&mut Silent).unwrap();
    }
    assert_eq!(one.at(), other.at());
    assert_eq!(one.at(), after(&plan, 16).at());
    assert_eq!(one.asked().gradients, 16);
}

/// The notes of groups come after those of the racer's own rule, with their own coordinates.
#[test]
fn every_coordinate_is_noted_by_the_rule_that_moves_it() {
    let optimizer = with("Adam()").plan.optimizer;
    let plan = grouped(&Plan::new(optimizer.clone()), &["biases"]);
    let own = optimizer.rule().notes();
    let mut notes = Notebook::new(own.iter().chain(&own).cloned().collect());
    begin(&plan).unwrap().next(&mut notes).unwrap();
    let count = u16::try_from(own.len()).unwrap();
    for index in 0..DIMENSION {
        let is_bias = (6..8).contains(&index) || index == 10;
        assert_eq!(notes.get(index, 1).is_some(), !is_bias, "{index}");
        assert_eq!(notes.get(index, 1 + count).is_some(), is_bias, "{index}");
    }
}

#[test]
fn blocks_that_are_not_there_are_named() {
    let plan = Plan::new(with("Adam()").plan.optimizer);
    for (blocks, said) in [
        (
            &["Biases"][..],
            "there is no block \"Biases\"; did you mean \"biases\"?",
        ),
        (
            &["layer 3"],
            "there is no block \"layer 3\"; there are weights, biases, first_layer, last_layer, \
             layer 1, layer 2",
        ),
        (
            &["embedding"],
            "there is no block \"embedding\"; there are weights, biases, first_layer, last_layer, \
             layer 1, layer 2",
        ),
        (
            &["weights", "biases", "layer 1"],
            "the groups before it leave nothing of \"layer 1\"",
        ),
    ] {
        let fault = begin(&grouped(&plan, blocks)).err().unwrap();
        assert_eq!(fault.to_string(), said);
    }
}

#[test]
fn a_rule_for_matrices_needs_one_in_its_group() {
    let said = |text: &str| begin(&racer(text).plan).err().map(|it| it.to_string());
    let biases = "(optimizer: Adam(), groups: [(block: \"biases\", optimizer: Muon())])";
    let refused = "Muon moves matrices of weights, and there is none among its blocks";
    assert_eq!(said(biases).as_deref(), Some(refused));
    let rest = "(optimizer: Muon(), groups: [(block: \"weights\", optimizer: Adam())])";
    assert_eq!(said(rest).as_deref(), Some(refused));
    let weights = "(optimizer: Adam(), groups: [(block: \"weights\", optimizer: Muon())])";
    assert_eq!(said(weights), None);
    let newton = "(optimizer: Adam(), groups: [(block: \"weights\", optimizer: Newton())])";
    let refused = "Newton needs the whole Hessian, which cannot be evaluated here";
    assert_eq!(said(newton).as_deref(), Some(refused));
}

fn fault(text: &str) -> [String; 2] {
    let race = Experiment {
        racers: vec![racer(text)],
        ..Experiment::default()
    };
    let fault = race.check().unwrap_err();
    [fault.what.clone(), fault.location.to_string()]
}

#[test]
fn a_point_has_no_matrix_and_no_groups() {
    let no_matrix = "Muon moves matrices of weights, and a point is no matrix";
    assert_eq!(
        fault("(optimizer: Muon())"),
        [format!("Muon: {no_matrix}"), "racers[0].optimizer".into()]
    );
    assert_eq!(
        fault("(name: \"Fast\", optimizer: Lookahead(inner: Muon()))")[0],
        format!("Fast: {no_matrix}")
    );
    assert_eq!(
        fault("(optimizer: Adam(), groups: [(block: \"biases\", optimizer: Adam())])"),
        [
            "Adam, group \"biases\": groups are parts of a network, and a point has none".into(),
            "racers[0].groups[0].block".to_owned()
        ]
    );
    let mute = Course::over(
        &Experiment::default().open_surface(),
        &with("Muon()").plan,
        [1.0, 1.0],
        0,
    );
    assert_eq!(
        mute.err().unwrap().to_string(),
        "Muon needs matrices of weights, which this objective does not offer"
    );
}

#[test]
fn groups_come_back_from_a_file() {
    let text = "(optimizer: Muon(vectors: Nadam()), groups: [(block: \"last_layer\", optimizer: \
                AdamW(learning_rate: 0.01))])";
    let racer: Racer = racer(text);
    let json = serde_json::to_string(&racer).unwrap();
    assert_eq!(serde_json::from_str::<Racer>(&json).unwrap(), racer);
    assert_eq!(racer.plan.groups[0].block, "last_layer");
    let plain = serde_json::to_value(with("Adam()")).unwrap();
    assert!(plain.get("groups").is_none());
}

/// A rule's hyper-parameters in a step include the rate of the rule for the vectors.
#[test]
fn the_rule_of_a_step_has_both_rates_of_the_schedule() {
    let plan = racer(
        "(optimizer: Muon(learning_rate: 0.1, vectors: Adam(learning_rate: 0.3)), schedule: \
         Exponential(factor: 0.5))",
    )
    .plan;
    let optimizer = plan.optimizer_at(2);
    let rule = optimizer.rule();
    let value = |name: &str| rule.get(rule.find(name).unwrap());
    assert_eq!(value("learning_rate"), Some(Value::Number(0.025)));
    assert!(
        matches!(value("vectors.learning_rate"), Some(Value::Number(rate)) if (rate - 0.075).abs() < 1e-15)
    );
}
