//! A few steps of every rule, worked out by hand from its formula. The reference runs check the
//! paths; these check what is told of each step as well, the gain that stability depends on, and
//! values that no reference run has.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::with;
use ron::extensions::Extensions;
use slalom::objective::Block;
use slalom::optimizer::{Kind, Line, NoteId, Notebook, OptimizerChoice, Oracle, Run, Term};

/// An oracle that answers the same wherever it is asked.
#[derive(Clone, Default)]
struct Told {
    value: f64,
    gradient: Vec<f64>,
    hessian: Vec<f64>,
}

impl Oracle for Told {
    fn gradient(&mut self, _at: &[f64], gradient: &mut [f64]) {
        gradient.copy_from_slice(&self.gradient);
    }

    fn value(&mut self, _at: &[f64]) -> f64 {
        self.value
    }

    fn hessian(&mut self, _at: &[f64], hessian: &mut [f64]) {
        hessian.copy_from_slice(&self.hessian);
    }

    fn hessian_diagonal(&mut self, _at: &[f64], _diagonal: &mut [f64]) {
        panic!("no rule asks for it")
    }
}

/// A rule on its way, step by step.
struct Walk {
    optimizer: OptimizerChoice,
    run: Box<dyn Run>,
    at: Vec<f64>,
    t: u64,
    told: BTreeMap<(String, usize), f64>,
}

impl Walk {
    fn from(start: &[f64], optimizer: &str) -> Self {
        let optimizer = with(optimizer).plan.optimizer;
        let run = optimizer.begin(start, &[Block::Vector(start.len())]);
        Self {
            optimizer,
            run,
            at: start.to_vec(),
            t: 0,
            told: BTreeMap::new(),
        }
    }

    fn step_on(&mut self, mut oracle: Told) {
        self.t += 1;
        let mut notes = Notebook::new(self.optimizer.rule().notes());
        self.run
            .step_noted(&mut self.at, self.t, &mut oracle, &mut notes);
        let named = |&(axis, id, value): &(usize, NoteId, f64)| {
            let name = notes.list()[usize::from(id)].name.to_string();
            ((name, axis), value)
        };
        self.told = notes.values().iter().map(named).collect();
    }

    fn step(&mut self, gradient: &[f64]) {
        self.step_on(Told {
            gradient: gradient.to_vec(),
            ..Told::default()
        });
    }

    /// Makes a step with this gradient; then it stands at `at` and has told `notes`.
    #[track_caller]
    fn expect(&mut self, gradient: f64, at: f64, notes: &[(&str, f64)]) {
        self.step(&[gradient]);
        self.assert_at(&[at]);
        for &(name, value) in notes {
            self.assert_told(name, &[value]);
        }
    }

    #[track_caller]
    fn assert_at(&self, expected: &[f64]) {
        assert_eq!(self.at.len(), expected.len());
        for (&found, &expected) in self.at.iter().zip(expected) {
            assert!(
                close(found, expected),
                "step {}: {found}, not {expected}",
                self.t
            );
        }
    }

    /// What was told of every coordinate.
    #[track_caller]
    fn assert_told(&self, name: &str, expected: &[f64]) {
        for (axis, &expected) in expected.iter().enumerate() {
            let found = self.told[&(name.to_owned(), axis)];
            assert!(
                close(found, expected),
                "step {}: {name} is {found}, not {expected}",
                self.t
            );
        }
    }

    /// Sets a hyper-parameter from the next step on.
    fn set(&mut self, parameter: &str, value: f64) {
        let index = self.optimizer.rule().find(parameter).unwrap();
        self.run.adjust(index, value);
    }
}

/// Equal but for a few roundings.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-14 * (1.0 + b.abs())
}

fn gain(optimizer: &str, t: u64) -> f64 {
    let optimizer = with(optimizer).plan.optimizer;
    optimizer.rule().alternating_gain(t).unwrap()
}

#[test]
fn gradient_descent_steps_down_the_slope() {
    let mut walk = Walk::from(&[3.0], "GradientDescent(learning_rate: 0.5)");
    walk.expect(
        2.0,
        2.0,
        &[("asked", 3.0), ("g", 2.0), ("from_gradient", -1.0)],
    );
    walk.expect(
        -4.0,
        4.0,
        &[("asked", 2.0), ("g", -4.0), ("from_gradient", 2.0)],
    );
    assert!(close(gain("GradientDescent()", 1), 1.0));
}

/// v is 2, then 0.5 · 2 + 0.5 · 4 = 3, then 0.5 · 3 − 0.5 · 2 = 0.5.
#[test]
fn momentum_keeps_a_share_of_its_velocity() {
    let mut walk = Walk::from(&[0.0], "Momentum(learning_rate: 0.5, momentum: 0.5)");
    let told = |v, memory, gradient| {
        [
            ("v", v),
            ("from_memory", memory),
            ("from_gradient", gradient),
        ]
    };
    walk.expect(4.0, -2.0, &told(2.0, 0.0, -2.0));
    walk.expect(4.0, -5.0, &told(3.0, -1.0, -2.0));
    walk.expect(-2.0, -5.5, &told(0.5, -1.5, 1.0));
}

/// The first gradient enters whole, later ones with 1 − τ: v is 4, 2 + 0.75 · 4 = 5, 2.5 − 1.5 = 1.
#[test]
fn dampening_begins_with_the_second_step() {
    let rule = "Momentum(learning_rate: 0.5, momentum: 0.5, dampening: 0.25, velocity: Unscaled)";
    let mut walk = Walk::from(&[0.0], rule);
    let told = |v, memory, gradient| {
        [
            ("v", v),
            ("from_memory", memory),
            ("from_gradient", gradient),
        ]
    };
    walk.expect(4.0, -2.0, &told(4.0, 0.0, -2.0));
    walk.expect(4.0, -4.5, &told(5.0, -1.0, -1.5));
    walk.expect(-2.0, -5.0, &told(1.0, -1.25, 0.75));
    assert!(close(gain(rule, 1), 0.75 / 1.5));
}

/// The same velocities as Momentum's; the point asked is μ v further on.
#[test]
fn nesterov_asks_where_its_velocity_leads() {
    let rule = "Nesterov(learning_rate: 0.5, momentum: 0.5)";
    let mut walk = Walk::from(&[0.0], rule);
    let told = |asked, v, memory, gradient| {
        [
            ("asked", asked),
            ("v", v),
            ("from_memory", memory),
            ("from_gradient", gradient),
        ]
    };
    walk.expect(4.0, -2.0, &told(0.0, 2.0, 0.0, -2.0));
    walk.expect(4.0, -5.0, &told(-3.0, 3.0, -1.0, -2.0));
    walk.expect(-2.0, -5.5, &told(-6.5, 0.5, -1.5, 1.0));
    assert!(close(gain(rule, 1), 2.0 / 1.5));
}

#[test]
fn reformulated_nesterov_steps_by_the_new_velocity_and_the_gradient() {
    for (velocity, v) in [("Scaled", [2.0, 3.0, 0.5]), ("Unscaled", [4.0, 6.0, 1.0])] {
        let mut walk = Walk::from(
            &[0.0],
            &format!(
                "Nesterov(learning_rate: 0.5, momentum: 0.5, form: Reformulated, \
                 velocity: {velocity})"
            ),
        );
        let told = |v, memory, gradient| {
            [
                ("v", v),
                ("from_memory", memory),
                ("from_gradient", gradient),
            ]
        };
        walk.expect(4.0, -3.0, &told(v[0], -1.0, -2.0));
        walk.expect(4.0, -6.5, &told(v[1], -1.5, -2.0));
        walk.expect(-2.0, -5.75, &told(v[2], -0.25, 1.0));
    }
}

/// √(9 + 7) = 4 and √(18 + 7) = 5, with η′ = 1 and ½. In one dimension the matrix is G alone.
#[test]
fn adagrad_divides_by_the_root_of_all_squares() {
    for matrix in ["Diagonal", "Full"] {
        let mut walk = Walk::from(
            &[0.0],
            &format!(
                "Adagrad(learning_rate: 1, epsilon: 7, learning_rate_decay: 1, matrix: {matrix})"
            ),
        );
        walk.expect(3.0, -0.75, &[("G", 9.0), ("from_gradient", -0.75)]);
        if matrix == "Diagonal" {
            walk.assert_told("rate", &[0.25]);
        }
        walk.expect(3.0, -1.05, &[("G", 18.0), ("from_gradient", -0.3)]);
        if matrix == "Diagonal" {
            walk.assert_told("rate", &[0.1]);
        }
    }
}

/// √(16 + 9) + 1 = 6 and √(25 + 144) + 1 = 14, with η′ = 3 and 3/1.5.
#[test]
fn adagrads_epsilon_can_stand_outside_the_root() {
    for matrix in ["Diagonal", "Full"] {
        let mut walk = Walk::from(
            &[0.0],
            &format!(
                "Adagrad(learning_rate: 3, epsilon: 1, epsilon_inside_sqrt: false, \
                 initial_accumulator: 16, learning_rate_decay: 0.5, matrix: {matrix})"
            ),
        );
        walk.expect(3.0, -1.5, &[("G", 25.0), ("from_gradient", -1.5)]);
        walk.expect(
            12.0,
            -1.5 - 12.0 / 7.0,
            &[("G", 169.0), ("from_gradient", -12.0 / 7.0)],
        );
    }
}

/// Along (1, 2, 2), of length 3, and (2, 1, −2) across it, each gradient is an eigenvector of G.
#[test]
fn full_adagrad_measures_every_direction_by_itself() {
    let rule = "Adagrad(learning_rate: 1, epsilon: 7, learning_rate_decay: 1, matrix: Full)";
    let mut walk = Walk::from(&[0.0; 3], rule);
    walk.step(&[1.0, 2.0, 2.0]);
    walk.assert_told("asked", &[0.0; 3]);
    walk.assert_told("g", &[1.0, 2.0, 2.0]);
    walk.assert_told("G", &[1.0, 4.0, 4.0]);
    walk.assert_told("from_gradient", &[-0.25, -0.5, -0.5]);
    walk.assert_at(&[-0.25, -0.5, -0.5]);
    assert!(!walk.told.contains_key(&("G_xy".to_owned(), 2)));
    walk.step(&[2.0, 1.0, -2.0]);
    walk.assert_told("G", &[5.0, 5.0, 8.0]);
    walk.assert_told("from_gradient", &[-0.25, -0.125, 0.25]);
    walk.assert_at(&[-0.5, -0.625, -0.25]);

    let rule = "Adagrad(learning_rate: 1, epsilon: 1, epsilon_inside_sqrt: false, \
                initial_accumulator: 16, matrix: Full)";
    let mut walk = Walk::from(&[0.0; 3], rule);
    walk.step(&[1.0, 2.0, 2.0]);
    walk.assert_at(&[-1.0 / 6.0, -2.0 / 6.0, -2.0 / 6.0]);
    walk.step(&[4.0, 8.0, 8.0]);
    let along = 1.0 / 6.0 + 4.0 / 14.0;
    walk.assert_at(&[-along, -2.0 * along, -2.0 * along]);
}

/// The rate is 20/(√9 + 1) = 5, then 20/(√25 + 3) = 2.5, then 10/(√36 + 4) = 1.
#[test]
fn every_number_of_full_adagrad_can_be_edited_on_the_way() {
    let rule = "Adagrad(learning_rate: 20, epsilon: 1, epsilon_inside_sqrt: false, matrix: Full)";
    let mut walk = Walk::from(&[0.0], rule);
    walk.expect(3.0, -15.0, &[("from_gradient", -15.0)]);
    walk.set("epsilon", 3.0);
    walk.expect(4.0, -25.0, &[("from_gradient", -10.0)]);
    walk.set("epsilon", 4.0);
    walk.set("learning_rate_decay", 0.5);
    let slope = 11.0_f64.sqrt();
    walk.expect(slope, -25.0 - slope, &[("from_gradient", -slope)]);
}

/// In the plane with gradients along (0.6, 0.8), across it, and along it again: √(25 + 11) = 6, and
/// √(25 + 64 + 11) = 10. G₀ and ε under the root come to the same.
#[test]
fn full_adagrad_tells_its_matrix_in_the_plane() {
    for (initial, epsilon) in [(0.0, 11.0), (11.0, 0.0), (4.0, 7.0)] {
        let rule = format!(
            "Adagrad(learning_rate: 1, epsilon: {epsilon:?}, initial_accumulator: {initial:?}, \
             matrix: Full)"
        );
        let mut walk = Walk::from(&[0.0; 2], &rule);
        walk.step(&[3.0, 4.0]);
        walk.assert_told("g", &[3.0, 4.0]);
        walk.assert_told("G", &[initial + 9.0, initial + 16.0]);
        walk.assert_told("from_gradient", &[-0.5, -4.0 / 6.0]);
        let across = 11.0_f64.sqrt();
        walk.assert_told(
            "rate",
            &[0.36 / 6.0 + 0.64 / across, 0.64 / 6.0 + 0.36 / across],
        );
        assert!(close(walk.told[&("G_xy".to_owned(), 1)], 12.0));
        let mixed = 0.48 / 6.0 - 0.48 / across;
        assert!(close(walk.told[&("rate_xy".to_owned(), 1)], mixed));
        walk.step(&[4.0, -3.0]);
        walk.assert_at(&[-0.5 - 4.0 / 6.0, -4.0 / 6.0 + 0.5]);
        walk.assert_told("rate", &[1.0 / 6.0, 1.0 / 6.0]);
        walk.step(&[4.8, 6.4]);
        walk.assert_told("from_gradient", &[-0.48, -0.64]);
        walk.assert_told("G", &[initial + 25.0 + 23.04, initial + 25.0 + 40.96]);
        walk.step(&[0.0, 0.0]);
        walk.assert_told("from_gradient", &[0.0, 0.0]);
    }
}

/// With ε = 2: u = √2/√(2 + 2) · 2 = √2, then √(1 + 2)/√(2 + 2) · √2 = √6/2.
#[test]
fn adadelta_steps_as_far_as_its_steps_so_far() {
    let mut walk = Walk::from(&[0.0], "Adadelta(learning_rate: 3, rho: 0.5, epsilon: 2)");
    let (two, six) = (2.0_f64.sqrt(), 6.0_f64.sqrt());
    let told = |e, d, rate, step| [("E", e), ("D", d), ("rate", rate), ("from_gradient", step)];
    walk.expect(2.0, -3.0 * two, &told(2.0, 1.0, 1.5 * two, -3.0 * two));
    let rate = 1.5 * 3.0_f64.sqrt();
    walk.expect(
        two,
        -3.0 * two - 1.5 * six,
        &told(2.0, 1.25, rate, -1.5 * six),
    );
    walk.expect(0.0, -3.0 * two - 1.5 * six, &[("E", 1.0), ("D", 0.625)]);
}

/// √(8 + 1) = 3 in both steps, so that the rate is 1.
#[test]
fn rmsprop_keeps_a_velocity_in_two_ways() {
    let root = 8.0_f64.sqrt();
    for (velocity, scale) in [("Scaled", 1.0), ("Unscaled", 3.0)] {
        let rule = format!(
            "RMSProp(learning_rate: 3, rho: 0.5, epsilon: 1, momentum: 0.5, velocity: {velocity})"
        );
        let mut walk = Walk::from(&[0.0], &rule);
        let told = |b, memory, gradient| {
            [
                ("E", 8.0),
                ("rate", 1.0),
                ("b", b),
                ("from_memory", memory),
                ("from_gradient", gradient),
            ]
        };
        walk.expect(4.0, -4.0, &told(4.0 / scale, 0.0, -4.0));
        walk.expect(root, -6.0 - root, &told((2.0 + root) / scale, -2.0, -root));
        assert!(close(gain(&rule, 1), 1.0 / 1.5));
    }
}

/// The variance is 8 − 2², then 4 − 1².
#[test]
fn centered_rmsprop_divides_by_the_spread() {
    let rule = "RMSProp(learning_rate: 3, rho: 0.5, epsilon: 1, epsilon_inside_sqrt: false, \
                centered: true)";
    let mut walk = Walk::from(&[0.0], rule);
    walk.expect(4.0, -4.0, &[("E", 8.0), ("m", 2.0), ("rate", 1.0)]);
    let rate = 3.0 / (3.0_f64.sqrt() + 1.0);
    walk.expect(0.0, -4.0, &[("E", 4.0), ("m", 1.0), ("rate", rate)]);
}

/// √3.75: after a first gradient of 4, with β₂ = 0.75, this second one makes v̂ = 9.
const SECOND: f64 = 1.936_491_673_103_708_5;

/// m̂ = 2/0.5 and v̂ = 4/0.25, then m̂ = (1 + g/2)/0.75 and v̂ = (3 + g²/4)/0.4375 = 9.
#[test]
fn adam_corrects_both_moments_and_decays_first() {
    let values = "learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 1, weight_decay: 0.1";
    for name in ["Adam", "AdamW"] {
        let rule = format!("{name}({values})");
        let mut walk = Walk::from(&[2.0], &rule);
        walk.expect(
            4.0,
            -3.0,
            &[
                ("m", 2.0),
                ("v", 4.0),
                ("m_hat", 4.0),
                ("v_hat", 16.0),
                ("rate", 1.0),
                ("from_memory", 0.0),
                ("from_gradient", -4.0),
                ("from_decay", -1.0),
            ],
        );
        let m = 1.0 + SECOND / 2.0;
        walk.expect(
            SECOND,
            -1.5 - 1.25 * m / 0.75,
            &[
                ("m", m),
                ("v", 3.9375),
                ("m_hat", m / 0.75),
                ("v_hat", 9.0),
                ("rate", 1.25),
                ("from_memory", -1.25 / 0.75),
                ("from_gradient", -1.25 * SECOND / 1.5),
                ("from_decay", 1.5),
            ],
        );
        assert!(close(gain(&rule, 1), 1.0 / 3.0));
    }
}

/// 5 √c₂/c₁ · m/(√v + 3) = 5 · 2/(2 + 3), then without any correction.
#[test]
fn adams_epsilon_can_stand_before_the_correction_and_the_correction_can_go() {
    let values = "learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 3";
    let mut walk = Walk::from(&[0.0], &format!("Adam({values}, epsilon_hat: true)"));
    walk.expect(4.0, -2.0, &[("m_hat", 4.0), ("v_hat", 16.0), ("rate", 0.5)]);
    // 5 √0.4375/0.75 · 1/(√3 + 3)
    let step = 5.0 * 0.4375_f64.sqrt() / 0.75 / (3.0_f64.sqrt() + 3.0);
    walk.expect(
        0.0,
        -2.0 - step,
        &[("rate", 0.75 * step), ("from_memory", -step)],
    );
    for hat in [true, false] {
        let rule = format!("Adam({values}, epsilon_hat: {hat}, bias_correction: false)");
        let mut walk = Walk::from(&[0.0], &rule);
        walk.expect(4.0, -2.0, &[("m_hat", 2.0), ("v_hat", 4.0), ("rate", 1.0)]);
    }
}

/// v falls from 4 to 3, v/c₂ from 16 to 3/0.4375.
#[test]
fn amsgrad_keeps_the_largest_second_moment() {
    let rule = |amsgrad: &str| {
        format!("Adam(learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 1, amsgrad: {amsgrad})")
    };
    let mut walk = Walk::from(&[0.0], &rule("MaxOfRaw"));
    walk.expect(4.0, -4.0, &[("v", 4.0), ("v_hat", 16.0)]);
    let corrected = 4.0_f64 / 0.4375;
    let rate = 5.0 / (corrected.sqrt() + 1.0);
    let notes = [("v", 4.0), ("v_hat", corrected), ("rate", rate)];
    walk.expect(0.0, -4.0 - rate * 4.0 / 3.0, &notes);

    let mut walk = Walk::from(&[0.0], &rule("MaxOfCorrected"));
    walk.expect(4.0, -4.0, &[("v", 4.0), ("v_hat", 16.0)]);
    let notes = [("v", 7.0), ("v_hat", 16.0), ("rate", 1.0)];
    walk.expect(0.0, -4.0 - 4.0 / 3.0, &notes);
}

/// A step of Nadam with rate 1 and then 5/(3 + 1), given the weights of moment and gradient and
/// what is missing from 1 in the moment's; it starts at 2 and decays by half its position.
#[track_caller]
fn assert_nadam(schedule: &str, steps: [[f64; 3]; 2]) {
    let rule = format!(
        "Nadam(learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 1, weight_decay: 0.1, \
         {schedule})"
    );
    let mut walk = Walk::from(&[2.0], &rule);
    let [[moment, gradient, bias], second] = steps;
    let first = 2.0 * moment + 4.0 * gradient;
    walk.expect(
        4.0,
        1.0 - first,
        &[
            ("m", 2.0),
            ("v", 4.0),
            ("m_hat", 2.0 / (1.0 - bias)),
            ("v_hat", 16.0),
            ("rate", 1.0),
            ("from_memory", 0.0),
            ("from_gradient", -first),
            ("from_decay", -1.0),
        ],
    );
    let [moment, gradient, bias] = second;
    let m = 1.0 + SECOND / 2.0;
    let added = SECOND / 2.0 * moment + SECOND * gradient;
    let decayed = (1.0 - first) / 2.0;
    walk.expect(
        SECOND,
        decayed - 1.25 * (moment + added),
        &[
            ("m", m),
            ("v", 3.9375),
            ("m_hat", m / (1.0 - bias)),
            ("v_hat", 9.0),
            ("rate", 1.25),
            ("from_memory", -1.25 * moment),
            ("from_gradient", -1.25 * added),
            ("from_decay", -decayed),
        ],
    );
}

/// ψ of Dozat's schedule with which 0.96^(tψ) is 2⁻ᵗ: μ is 3/8, 7/16, 15/32 for β₁ = ½.
fn halving() -> f64 {
    0.5_f64.ln() / 0.96_f64.ln()
}

#[test]
fn nadam_weighs_moment_and_gradient_by_its_schedule() {
    let constant = [[0.5 / 0.75, 1.0, 0.25], [0.5 / 0.875, 0.5 / 0.75, 0.125]];
    assert_nadam("momentum_schedule: Constant", constant);
    let simplified = [[1.0, 1.0, 0.5], [0.5 / 0.75, 0.5 / 0.75, 0.25]];
    assert_nadam("momentum_schedule: Simplified", simplified);
    let [one, two, three] = [0.375, 0.4375, 0.46875];
    let [second, third] = [one * two, one * two * three];
    let dozat = [
        [two / (1.0 - second), 1.0, second],
        [three / (1.0 - third), (1.0 - two) / (1.0 - second), third],
    ];
    assert_nadam(&format!("momentum_decay: {:?}", halving()), dozat);
}

/// From the second step on β₁ is ¼, in the average, in μ and in β₁ᵗ.
#[test]
fn an_edit_of_nadams_momentum_holds_from_its_step_on() {
    let rule = "Nadam(learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 1, \
                momentum_schedule: Constant)";
    let mut walk = Walk::from(&[0.0], rule);
    let first = -16.0 / 3.0;
    walk.expect(4.0, first, &[("m", 2.0)]);
    walk.set("beta_1", 0.25);
    let m = 0.5 + 0.75 * SECOND;
    let moment = 0.25 / (1.0 - 1.0 / 64.0);
    let gradient = 0.75 / (1.0 - 1.0 / 16.0);
    let step = 1.25 * (moment * m + gradient * SECOND);
    walk.expect(SECOND, first - step, &[("m", m), ("rate", 1.25)]);
}

/// μ (1 − β₁)/(1 + β₁) + 1 − μ, where (1 − β₁)/(1 + β₁) is ⅓.
#[test]
fn nadams_gain_follows_its_momentum() {
    let gain = |schedule: &str, t| gain(&format!("Nadam(beta_1: 0.5, {schedule})"), t);
    for form in ["Constant", "Simplified"] {
        assert!(close(
            gain(&format!("momentum_schedule: {form}"), 3),
            2.0 / 3.0
        ));
    }
    let dozat = format!("momentum_decay: {:?}", halving());
    for (t, momentum) in [(1, 0.375), (2, 0.4375), (3, 0.46875)] {
        assert!(close(gain(&dozat, t), 1.0 - momentum * 2.0 / 3.0));
    }
}

/// Sizes: kept, doubled, doubled up to 3, halved, kept, halved, kept, not halved below 0.75.
#[test]
fn rprop_lengthens_and_shortens_its_stride_between_limits() {
    let rule = "Rprop(learning_rate: 1, eta_minus: 0.5, eta_plus: 2, step_min: 0.75, step_max: 3)";
    let mut walk = Walk::from(&[0.0], rule);
    for (gradient, size, at) in [
        (1.0, 1.0, -1.0),
        (2.0, 2.0, -3.0),
        (0.1, 3.0, -6.0),
        (-1.0, 1.5, -6.0),
        (-1.0, 1.5, -4.5),
        (1.0, 0.75, -4.5),
        (1.0, 0.75, -5.25),
        (-1.0, 0.75, -5.25),
        (0.0, 0.75, -5.25),
    ] {
        let before = walk.at[0];
        walk.expect(gradient, at, &[("s", size), ("from_gradient", at - before)]);
    }
    // Where the limits cross, the lower one holds.
    walk.set("step_max", 0.5);
    walk.expect(1.0, -6.0, &[("s", 0.75)]);
}

/// f = 50 and |g|² = 25, so the step that would lead to 0 is 2 g.
#[test]
fn polyaks_step_fills_the_gap() {
    let first = |value: f64, values: &str| {
        let mut walk = Walk::from(&[1.0, 1.0], &format!("PolyakSgd({values})"));
        walk.step_on(Told {
            value,
            gradient: vec![3.0, 4.0],
            ..Told::default()
        });
        let rate = walk.told[&("a".to_owned(), 0)];
        if rate.is_finite() {
            walk.assert_at(&[1.0 - 3.0 * rate, 1.0 - 4.0 * rate]);
            walk.assert_told("asked", &[1.0, 1.0]);
            walk.assert_told("g", &[3.0, 4.0]);
            walk.assert_told("from_gradient", &[-3.0 * rate, -4.0 * rate]);
        } else {
            assert!(walk.at.iter().all(|at| at.is_nan()));
        }
        [walk.told[&("gap".to_owned(), 0)], rate]
    };
    let long = "max_learning_rate: 5";
    assert_eq!(first(50.0, long), [50.0, 2.0]);
    assert_eq!(first(50.0, ""), [50.0, 1.0]);
    assert_eq!(first(50.0, "max_learning_rate: 5, f_min: 25"), [25.0, 1.0]);
    assert_eq!(
        first(50.0, "max_learning_rate: 5, epsilon: 25"),
        [50.0, 1.0]
    );
    assert_eq!(
        first(50.0, "max_learning_rate: 5, scaling: 0.5"),
        [50.0, 1.0]
    );
    assert_eq!(
        first(50.0, "max_learning_rate: 1.5, scaling: 0.5"),
        [50.0, 0.75]
    );
    assert_eq!(first(-50.0, long), [-50.0, -2.0], "uphill");
    let plus = "max_learning_rate: 5, variant: SpsPlus";
    assert_eq!(first(50.0, plus), [50.0, 2.0]);
    assert_eq!(first(-50.0, plus), [0.0, 0.0]);
    for values in [long, plus] {
        assert!(first(f64::NAN, values).iter().all(|it| it.is_nan()));
    }
}

/// 2⁻²⁶ squared is 2⁻⁵², which moves nothing; twice that does, by `max_learning_rate`.
#[test]
fn polyaks_step_is_nothing_where_there_is_no_slope() {
    let tiny = (-26.0_f64).exp2();
    for (slope, expected) in [(tiny, 0.0), (2.0 * tiny, 1.0), (0.0, 0.0)] {
        let mut walk = Walk::from(&[0.0], "PolyakSgd()");
        walk.step_on(Told {
            value: 1.0,
            gradient: vec![slope],
            ..Told::default()
        });
        assert_eq!(walk.told[&("a".to_owned(), 0)], expected);
    }
}

/// H has the eigenvalues 3 along (1, 1) and −1 across it.
#[test]
fn newton_divides_by_the_curvature_of_every_direction() {
    let first = |gradient: [f64; 2], values: &str| {
        let rule = format!("Newton(learning_rate: 0.5, {values})");
        let mut walk = Walk::from(&[7.0, 7.0], &rule);
        walk.step_on(Told {
            gradient: gradient.to_vec(),
            hessian: vec![1.0, 2.0, 2.0, 1.0],
            ..Told::default()
        });
        let step = [walk.at[0] - 7.0, walk.at[1] - 7.0];
        if step[0].is_finite() {
            walk.assert_told("asked", &[7.0, 7.0]);
            walk.assert_told("g", &gradient);
            walk.assert_told("from_gradient", &step);
        }
        step
    };
    let assert_step = |found: [f64; 2], expected: [f64; 2]| {
        let all_close = found.iter().zip(expected).all(|(&a, b)| close(a, b));
        assert!(all_close, "{found:?}, not {expected:?}");
    };
    assert_step(first([6.0, 6.0], ""), [-1.0, -1.0]);
    assert_step(first([2.0, -2.0], ""), [1.0, -1.0]);
    assert_step(first([10.0, 10.0], "damping: 2"), [-1.0, -1.0]);
    assert_step(first([2.0, -2.0], "damping: 2"), [-1.0, 1.0]);
    assert_step(first([6.0, 6.0], "curvature: Absolute"), [-1.0, -1.0]);
    assert_step(first([2.0, -2.0], "curvature: Absolute"), [-1.0, 1.0]);
    assert_step(
        first([8.0, 8.0], "curvature: Absolute, damping: 1"),
        [-1.0, -1.0],
    );
    assert_step(
        first([4.0, -4.0], "curvature: Absolute, damping: 1"),
        [-1.0, 1.0],
    );
    // H + I has no inverse.
    assert!(first([1.0, 1.0], "damping: 1").iter().all(|it| it.is_nan()));
}

#[test]
fn newton_is_lost_where_the_curvature_is_no_number() {
    for curvature in ["Raw", "Absolute"] {
        let mut walk = Walk::from(&[0.0, 0.0], &format!("Newton(curvature: {curvature})"));
        walk.step_on(Told {
            gradient: vec![1.0, 1.0],
            hessian: vec![1.0, 0.0, 0.0, f64::INFINITY],
            ..Told::default()
        });
        assert!(walk.at.iter().all(|it| it.is_nan()), "{curvature}");
    }
}

/// ηₜ is ½, 1, 1; ωₜ = t ηₜ is ½, 2, 3, so that c is 1, 4/5, 6/11. z goes 2, −1, −2.65.
#[test]
fn schedule_free_sgd_averages_what_it_has_stepped() {
    let rule = "ScheduleFreeSgd(learning_rate: 1, momentum: 0.5, warmup_steps: 2, r: 1, \
                weight_power: 1, weight_decay: 0.5)";
    let mut walk = Walk::from(&[4.0], rule);
    let told = |asked, z, memory, gradient, decay| {
        [
            ("asked", asked),
            ("z", z),
            ("from_memory", memory),
            ("from_gradient", gradient),
            ("from_decay", decay),
        ]
    };
    walk.expect(2.0, 2.0, &told(4.0, 2.0, 0.0, -1.0, -1.0));
    walk.expect(2.0, -0.4, &told(2.0, -1.0, 0.0, -1.6, -0.8));
    let share = 6.0 / 11.0;
    let at = -0.4 * (1.0 - share) - 2.65 * share;
    let notes = told(-0.7, -2.65, -0.6 * share, -2.0 * share, 0.35 * share);
    walk.expect(2.0, at, &notes);
}

/// Once the rate has fallen to ½, a step still weighs as much as the longest: c is ½, then ⅓.
#[test]
fn schedule_free_sgd_weighs_by_the_largest_rate_so_far() {
    let mut walk = Walk::from(&[0.0], "ScheduleFreeSgd(learning_rate: 2, momentum: 0)");
    walk.expect(1.0, -2.0, &[("asked", 0.0), ("z", -2.0)]);
    walk.set("learning_rate", 0.5);
    walk.expect(2.0, -2.5, &[("asked", -2.0), ("z", -3.0)]);
    walk.expect(2.0, -3.0, &[("asked", -3.0), ("z", -4.0)]);
}

#[test]
fn schedule_free_sgd_stands_still_until_it_has_a_rate() {
    let mut walk = Walk::from(&[3.0], "ScheduleFreeSgd(learning_rate: 0)");
    walk.expect(1.0, 3.0, &[("z", 3.0), ("from_memory", 0.0)]);
    walk.set("learning_rate", 1.0);
    walk.expect(1.0, 2.0, &[("z", 2.0), ("from_gradient", -1.0)]);
}

/// φ follows a quarter of the way after every second step.
#[test]
fn lookahead_tells_of_its_slow_weights_and_of_the_rule_inside() {
    let rule = "Lookahead(sync_period: 2, slow_step_size: 0.25, \
                inner: GradientDescent(learning_rate: 0.5))";
    let mut walk = Walk::from(&[0.0], rule);
    for (at, slow, from_slow) in [
        (2.0, 0.0, 0.0),
        (1.0, 1.0, -3.0),
        (3.0, 1.0, 0.0),
        (2.0, 2.0, -3.0),
    ] {
        let notes = [
            ("slow", slow),
            ("from_slow", from_slow),
            ("from_gradient", 2.0),
            ("g", -4.0),
        ];
        walk.expect(-4.0, at, &notes);
    }
}

/// A rule that no preset file could hold, perhaps.
fn unchecked(optimizer: &str) -> OptimizerChoice {
    let extensions = Extensions::UNWRAP_VARIANT_NEWTYPES;
    let options = ron::Options::default().with_default_extension(extensions);
    options.from_str(optimizer).unwrap()
}

#[test]
fn values_that_cannot_go_together_are_told_from_those_that_can() {
    for (optimizer, conflict) in [
        ("Momentum()", false),
        ("Momentum(velocity: Unscaled)", false),
        ("Momentum(velocity: Unscaled, dampening: 0.1)", false),
        ("Momentum(dampening: 0.1)", true),
        ("Nesterov()", false),
        ("Nesterov(form: Reformulated)", false),
        ("Nesterov(form: Reformulated, velocity: Unscaled)", false),
        ("Nesterov(velocity: Unscaled)", true),
        ("Adam(epsilon_hat: true)", false),
        ("Adam(epsilon_hat: true, amsgrad: MaxOfRaw)", false),
        ("Adam(amsgrad: MaxOfCorrected)", false),
        ("Adam(epsilon_hat: true, amsgrad: MaxOfCorrected)", true),
        ("AdamW(amsgrad: MaxOfCorrected)", false),
        ("AdamW(epsilon_hat: true, amsgrad: MaxOfCorrected)", true),
        ("Rprop(step_min: 0.25, step_max: 0.5)", false),
        ("Rprop(step_min: 0.5, step_max: 0.5)", false),
        ("Rprop(step_min: 0.5, step_max: 0.25)", true),
    ] {
        let choice = unchecked(optimizer);
        assert_eq!(choice.rule().conflict().is_some(), conflict, "{optimizer}");
    }
}

/// The names of all notes and hyper-parameters in a rule's equations.
fn named_in_equations(optimizer: &str) -> BTreeSet<String> {
    let choice = with(optimizer).plan.optimizer;
    let rule = choice.rule();
    let notes = rule.notes();
    let name = |term: Term| match term {
        Term::Note(id, _) => Some(notes[usize::from(id)].name.to_string()),
        Term::Parameter(index) => rule.parameter(index).map(|it| it.name.to_string()),
        Term::Position => None,
    };
    let terms = rule.lines().into_iter().flat_map(|line| line.terms());
    terms.filter_map(name).collect()
}

/// What has no effect with these values is not in the equations, and what has is.
#[test]
fn equations_name_what_the_values_use() {
    for (optimizer, name, without, with) in [
        (
            "Momentum",
            "dampening",
            "velocity: Unscaled",
            "velocity: Unscaled, dampening: 0.1",
        ),
        (
            "Adagrad",
            "learning_rate_decay",
            "",
            "learning_rate_decay: 0.1",
        ),
        ("RMSProp", "momentum", "", "momentum: 0.1"),
        ("RMSProp", "b", "", "momentum: 0.1"),
        ("RMSProp", "m", "", "centered: true"),
        ("Adam", "weight_decay", "", "weight_decay: 0.1"),
        ("Adam", "m_hat", "bias_correction: false", ""),
        ("Adam", "v_hat", "epsilon_hat: true", ""),
        (
            "Adam",
            "v_hat",
            "bias_correction: false, epsilon_hat: true",
            "amsgrad: MaxOfRaw",
        ),
        ("AdamW", "weight_decay", "weight_decay: 0", ""),
        ("Nadam", "weight_decay", "", "weight_decay: 0.1"),
        ("ScheduleFreeSgd", "weight_decay", "", "weight_decay: 0.1"),
    ] {
        for (values, expected) in [(without, false), (with, true)] {
            let rule = format!("{optimizer}({values})");
            let found = named_in_equations(&rule).contains(name);
            assert_eq!(found, expected, "{name} in the equations of {rule}");
        }
    }
}

/// A wrapper's equations stand before those of the rule inside.
#[test]
fn equations_of_every_rule_lead_to_its_position() {
    for choice in OptimizerChoice::all() {
        let lines = choice.rule().lines();
        let inside = choice.inner().map_or(0, |it| it.rule().lines().len());
        let own = &lines[..lines.len() - inside];
        let leads = |line: &Line| line.terms().first() == Some(&Term::Position);
        assert!(own.iter().any(leads), "{}", choice.rule().about().name);
    }
}

/// Rules whose race can be misread say so on their cards; the others say nothing.
#[test]
fn remarks_are_sentences() {
    let mut with_remark = BTreeSet::new();
    for choice in OptimizerChoice::all() {
        if let Some(remark) = choice.rule().remark() {
            assert!(remark.ends_with('.'), "{remark:?}");
            with_remark.insert(choice.rule().about().name);
        }
    }
    let expected = [
        "AdamW",
        "Lookahead",
        "PolyakSgd",
        "Rprop",
        "ScheduleFreeSgd",
    ];
    assert_eq!(with_remark, BTreeSet::from(expected));
}

#[test]
fn sliders_have_two_valid_ends() {
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        for parameter in rule.parameters() {
            if let Kind::Number { valid, slider, .. } = parameter.kind {
                let [low, high] = slider;
                let is_range = low < high && valid.allows(low) && valid.allows(high);
                let name = rule.about().name;
                assert!(is_range, "{} of {name}: {slider:?}", parameter.name);
            }
        }
    }
}

#[test]
fn the_maximum_stands_in_the_equations_of_amsgrad_alone() {
    for (amsgrad, expected) in [("Off", false), ("MaxOfRaw", true), ("MaxOfCorrected", true)] {
        let choice = with(&format!("Adam(amsgrad: {amsgrad})")).plan.optimizer;
        let lines = choice.rule().lines();
        let found = lines.iter().any(|line| line.spoken().contains("max"));
        assert_eq!(found, expected, "{amsgrad}");
    }
}
