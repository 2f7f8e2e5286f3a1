//! Computes the equations shown on screen, for every form of every rule: lines that are typed beside
//! the steps of the rule and every note, and those that are written by hand in LaTeX beside the values
//! shown with them.

mod clauses;
#[path = "../common/mod.rs"]
mod common;
mod computed;
mod copies;
mod expr;
mod forms;
mod notes;
mod step;
mod texts;
mod tokens;
mod typeset;
mod value;
mod worth;

use std::sync::Arc;

use slalom::experiment::Plan;
use slalom::optimizer::equation::Vocabulary;
use slalom::optimizer::{Line, OptimizerChoice, Parameter};
use slalom::plane::Window;
use slalom::simulation::{anatomy, simulate_racer};
use slalom::surface::{About, Equation, Formula, Number, Surface};
use step::{Notes, check};

/// The number of steps evaluated.
const STEPS: usize = 8;

/// Random hills in a bowl: f = Σ a sin(b x + c y + d) + ½ (x² + y²).
#[derive(Debug)]
struct Hills([[f64; 4]; 3]);

impl Formula for Hills {
    const ABOUT: About = About {
        name: "Hills",
        title: "Hills",
        equation: Equation::Words(""),
        window: Window::square(2.0),
        minima: &[],
        source: "",
        teaches: "",
    };

    fn formula<D: Number>(&self, x: D, y: D) -> D {
        let hills = self
            .0
            .iter()
            .map(|&[a, b, c, d]| (x * b + y * c + d).sin() * a);
        hills.fold((x * x + y * y) * 0.5, |sum, hill| sum + hill)
    }
}

/// Random numbers from 0 to 1, the same in every run.
pub struct Chance(u64);

impl Chance {
    /// The splitmix64 generator.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let upper = u32::try_from(mixed >> 32).unwrap();
        f64::from(upper) / f64::from(u32::MAX)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    fn vector(&mut self, dimension: usize) -> Vec<f64> {
        (0..dimension).map(|_| self.between(-1.5, 1.5)).collect()
    }

    fn surface(&mut self) -> Arc<dyn Surface> {
        let mut hill = || [0.3, 1.5, 1.5, 3.0].map(|size| size * (2.0 * self.next() - 1.0));
        Arc::new(Hills([hill(), hill(), hill()]))
    }

    fn ground(&mut self) -> Ground {
        Ground(
            self.surface(),
            [0.0; 2].map(|_: f64| 3.0 * self.next() - 1.5),
        )
    }
}

/// A surface and a start for trying a rule.
struct Ground(Arc<dyn Surface>, [f64; 2]);

impl Ground {
    /// Returns the first error in these lines of a rule, with the step in which it occurs.
    fn fault(
        &self,
        optimizer: &OptimizerChoice,
        lines: impl Fn(u64) -> Vec<Line>,
    ) -> Option<String> {
        let Self(surface, start) = self;
        let plan = Plan::new(optimizer.clone());
        let path = simulate_racer(surface, &plan, *start, STEPS, 0);
        let steps = path.last_step();
        let has_finished = steps == STEPS || forms::may_divide_by_0(optimizer);
        assert!(has_finished, "{optimizer:?} has diverged");
        let mut before: Option<Notes> = None;
        for step in 0..steps {
            let lines = lines(step as u64 + 1);
            let anatomy = anatomy(surface, &plan, &path, step, 0).unwrap();
            match check(&**surface, optimizer, &anatomy, &lines, before.as_ref()) {
                Ok(shown) => before = Some(shown),
                Err(fault) => return Some(format!("step {}: {fault}", step + 1)),
            }
        }
        None
    }
}

/// The forms whose lines are typed, or those whose equations are written by hand.
fn typed(forms: Vec<OptimizerChoice>, are_typed: bool) -> Vec<OptimizerChoice> {
    let is_it = |form: &OptimizerChoice| form.rule().equations().is_empty() != are_typed;
    forms.into_iter().filter(is_it).collect()
}

/// Computes the lines of forms beside the steps of their rules, in one to three dimensions.
fn assert_computed(forms: &[OptimizerChoice], chance: &mut Chance) {
    for form in forms {
        for dimension in 1..=3 {
            let form = computed::varied(form, chance);
            let text = computed::text(&form);
            if let Err(fault) = computed::compare(&form, &text, chance, dimension) {
                panic!("{form:?}\n{text}\n{fault}");
            }
        }
    }
}

#[test]
fn the_lines_of_every_form_compute_what_the_rule_does() {
    let forms = typed(forms::plain(), true);
    assert!(forms.len() > 350, "{}", forms.len());
    assert_computed(&forms, &mut Chance(20));
}

#[test]
fn the_lines_of_wrappers_compute_what_they_do_around_every_form() {
    let mut chance = Chance(23);
    let forms = typed(forms::wrapped(&forms::plain()), true);
    assert!(forms.len() > 1600, "{}", forms.len());
    assert_computed(&forms, &mut chance);
    let twice = forms::wrapped(&forms::wrapped(&[OptimizerChoice::all()[0].clone()]));
    assert_computed(&typed(twice, true), &mut chance);
}

/// The rules that search with the loss say a part of what they do in words. The records in
/// `tests/golden/` have their paths.
const IN_WORDS: [&str; 6] = [
    "SophiaH",
    "GradientDescentArmijo",
    "ConjugateGradient",
    "Bfgs",
    "LBfgs",
    "NelderMead",
];

#[test]
fn the_equations_written_by_hand_are_what_the_rule_does() {
    let mut forms = typed(forms::plain(), false);
    forms.retain(|form| !IN_WORDS.contains(&form.rule().about().name));
    assert!(forms.len() > 20, "{}", forms.len());
    let mut chance = Chance(20);
    for form in forms {
        let ground = chance.ground();
        if let Some(fault) = ground.fault(&form, |t| form.rule().lines(t)) {
            let lines = form.rule().lines(2);
            let lines: Vec<String> = lines.iter().map(Line::spoken).collect();
            panic!("{form:?}\n{}\n{fault}", lines.join("\n"));
        }
    }
}

/// Some of these errors were once in the program.
#[test]
fn wrong_lines_are_found() {
    let mut chance = Chance(21);
    for (optimizer, right, wrong) in [
        // The maximum of the other form, and no maximum.
        (
            "Adam(amsgrad: MaxOfRaw)",
            "v_hat = v_max/(1 - beta_2^t)",
            "v_hat <- max(v_hat, v/(1 - beta_2^t))",
        ),
        (
            "Adam(amsgrad: MaxOfCorrected, beta_2: 0.6)",
            "v_hat <- max(v_hat, v/(1 - beta_2^t))",
            "v_hat = v/(1 - beta_2^t)",
        ),
        (
            "Adam(amsgrad: MaxOfRaw, epsilon_hat: true, beta_2: 0.6, learning_rate: 0.1)",
            "sqrt(v_max)",
            "sqrt(v)",
        ),
        // The velocity of later steps in the first step.
        (
            "Momentum(velocity: Unscaled, dampening: 0.5)",
            "if(t == 1, g, momentum*v + (1 - dampening)*g)",
            "momentum*v + (1 - dampening)*g",
        ),
        // The position of ε.
        (
            "RMSProp(epsilon: 0.1)",
            "sqrt(E + epsilon)",
            "sqrt(E) + epsilon",
        ),
        ("Adamax(epsilon: 0.1)", "m_hat/u", "m_hat/(u + epsilon)"),
        // Names that are undefined or unknown.
        ("Adagrad()", "learning_rate*g", "eta_t*g"),
        ("GradientDescent()", "learning_rate*g", "learning_rat*g"),
        // A rate that is multiplied twice.
        ("PolyakSgd(scaling: 0.5)", "- a*g", "- scaling*a*g"),
        // The average in place of its sign.
        (
            "Lion(learning_rate: 0.1, beta_1: 0.5, beta_2: 0.5)",
            "learning_rate*u",
            "learning_rate*m",
        ),
        // The average of squares in place of the spread.
        ("AdaBelief(epsilon_root: 0.1)", "(g - m)^2", "g^2"),
        // The average of Adam.
        (
            "Yogi(beta_2: 0.6)",
            "v - (1 - beta_2)*sign(v - g^2)*g^2",
            "beta_2*v + (1 - beta_2)*g^2",
        ),
        // The wrong side of the threshold.
        (
            "RAdam(threshold: 4, beta_2: 0.9)",
            "u = if(rho_t > ",
            "u = if(rho_t < ",
        ),
        // A step size without limits, one that begins at 0, and a point that never returns.
        (
            "Rprop(step_max: 0.011)",
            "max(min(k*s, step_max), step_min)",
            "k*s",
        ),
        ("Rprop()", "s_0 = learning_rate", ""),
        (
            "Lookahead(sync_period: 3, inner: Adam())",
            "theta <- if(mod(t, sync_period) == 0, slow, theta)",
            "",
        ),
        // A gradient at another point.
        ("Nesterov()", "gradient(theta - momentum*v)", "g"),
    ] {
        let form = common::with(optimizer).plan.optimizer;
        let text = computed::text(&form);
        assert!(text.contains(right), "{text}");
        let mut compare = |text: &str| computed::compare(&form, text, &mut chance, 2);
        assert_eq!(compare(&text), Ok(()), "{optimizer}");
        let wrong = text.replace(right, wrong);
        assert!(compare(&wrong).is_err(), "{wrong} passes for {optimizer}");
    }
}

/// Subtracting any term instead of adding it is detected, and the other way round.
#[test]
fn a_single_sign_that_is_wrong_is_found() {
    let mut chance = Chance(22);
    let mut tried = 0;
    for form in typed(forms::plain(), true) {
        if !forms::has_all_effects(&form) {
            continue;
        }
        let text = computed::text(&form);
        for [sign, other] in [[" + ", " - "], [" - ", " + "]] {
            for (at, _) in text.match_indices(sign) {
                let mut wrong = text.clone();
                wrong.replace_range(at..at + sign.len(), other);
                // In so few steps, an estimate of the distance is still the first one.
                if text[..at]
                    .rsplit('\n')
                    .next()
                    .is_some_and(|it| it.starts_with("d <- if("))
                {
                    continue;
                }
                tried += 1;
                let found =
                    (0..4).any(|_| computed::compare(&form, &wrong, &mut chance, 2).is_err());
                assert!(found, "{wrong} passes for {form:?}");
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

/// Returns a rule's lines with one of them replaced by `text`.
fn planted(optimizer: &OptimizerChoice, t: u64, place: usize, text: &str) -> Vec<Line> {
    let rule = optimizer.rule();
    let parameters: Vec<Parameter> = rule.parameters().collect();
    let vocabulary = Vocabulary {
        notes: &rule.notes(),
        parameters: &parameters.iter().collect::<Vec<_>>(),
    };
    let mut lines = rule.lines(t);
    lines[place] = Line::read(text, &vocabulary);
    lines
}

#[test]
fn wrong_equations_written_by_hand_are_found() {
    let mut chance = Chance(21);
    for (optimizer, place, text) in [
        // The position of ε.
        (
            "Adagrad(matrix: Full, epsilon: 0.1)",
            1,
            r"<theta> \leftarrow <theta> - <learning_rate> \left(<G>^{1/2} + <epsilon> I\right)^{-1} <g>",
        ),
        // No damping, and a root that is none.
        (
            "Newton(damping: 0.5)",
            0,
            r"<theta> \leftarrow <theta> - <learning_rate>\, H^{-1} <g>",
        ),
        (
            "Shampoo(learning_rate: 0.1)",
            3,
            r"<theta> \leftarrow <theta> - <learning_rate>\, <G>^{-1} <g>",
        ),
        // An unknown sign.
        (
            "Newton()",
            0,
            r"<theta> \leftarrow <theta> - <learning_rate> \ominus <g>",
        ),
    ] {
        let form = common::with(optimizer).plan.optimizer;
        let ground = chance.ground();
        assert_eq!(
            ground.fault(&form, |t| form.rule().lines(t)),
            None,
            "{optimizer}"
        );
        let fault = ground.fault(&form, |t| planted(&form, t, place, text));
        assert!(fault.is_some(), "{text} passes for {optimizer}");
    }
}
