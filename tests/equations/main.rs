//! Evaluates the equations shown on screen and compares them with the values shown beside them, for
//! every form of every rule and for the lines of every step.

mod clauses;
#[path = "../common/mod.rs"]
mod common;
mod expr;
mod forms;
mod step;
mod texts;
mod tokens;
mod value;
mod worth;

use std::sync::Arc;

use slalom::experiment::Plan;
use slalom::optimizer::equation::{Piece, Vocabulary};
use slalom::optimizer::{Line, OptimizerChoice, Parameter};
use slalom::plane::Window;
use slalom::simulation::{anatomy, simulate_racer};
use slalom::surface::{About, Equation, Formula, Number, Surface};
use step::{Notes, check};

/// The number of steps evaluated, enough to reveal bias corrections and periods of three.
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
struct Chance(u64);

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

fn assert_right(forms: &[OptimizerChoice]) {
    let mut chance = Chance(20);
    for form in forms {
        let ground = chance.ground();
        if let Some(fault) = ground.fault(form, |t| form.rule().lines(t)) {
            let lines = form.rule().lines(2);
            let lines: Vec<String> = lines.iter().map(Line::spoken).collect();
            panic!("{form:?}\n{}\n{fault}", lines.join("\n"));
        }
    }
}

#[test]
fn the_equations_of_every_form_are_what_the_rule_does() {
    let forms = forms::plain();
    assert!(forms.len() > 400, "{}", forms.len());
    assert_right(&forms);
}

#[test]
fn the_equations_of_wrappers_are_what_they_do_around_every_form() {
    let forms = forms::wrapped(&forms::plain());
    assert!(forms.len() > 1600, "{}", forms.len());
    assert_right(&forms);
    let twice = forms::wrapped(&forms::wrapped(&[OptimizerChoice::all()[0].clone()]));
    assert_right(&twice);
}

/// At the bottom of a bowl, the gradient to divide by is zero.
#[test]
fn the_equations_hold_where_there_is_no_slope() {
    let ground = Ground(Arc::new(common::bowl::Bowl(1.0, 2.0)), [0.0, 0.0]);
    for optimizer in [
        "PolyakSgd(f_min: -1.0)",
        "PolyakSgd(f_min: 1.0, variant: SpsPlus)",
    ] {
        let form = common::with(optimizer).plan.optimizer;
        assert_eq!(
            ground.fault(&form, |t| form.rule().lines(t)),
            None,
            "{optimizer}"
        );
    }
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

/// Some of these errors were once in the program.
#[test]
fn wrong_equations_are_found() {
    let mut chance = Chance(21);
    for (optimizer, place, text) in [
        // The maximum of the other form, and no maximum.
        (
            "Adam(amsgrad: MaxOfRaw)",
            3,
            r"<m_hat> = \frac{<m>}{1 - <beta_1>^t} \quad <v_hat> \leftarrow \max\left(<v_hat>, \frac{<v>}{1 - <beta_2>^t}\right)",
        ),
        (
            "Adam(amsgrad: MaxOfCorrected, beta_2: 0.6)",
            2,
            r"<m_hat> = \frac{<m>}{1 - <beta_1>^t} \quad <v_hat> = \frac{<v>}{1 - <beta_2>^t}",
        ),
        (
            "Adam(amsgrad: MaxOfRaw, epsilon_hat: true, beta_2: 0.6, learning_rate: 0.1)",
            3,
            r"<theta> \leftarrow <theta> - <learning_rate> \frac{\sqrt{1 - <beta_2>^t}}{1 - <beta_1>^t} \frac{<m>}{\sqrt{<v>} + <epsilon>}",
        ),
        (
            "Adam(amsgrad: MaxOfRaw, bias_correction: false, beta_2: 0.6, learning_rate: 0.1)",
            3,
            r"<theta> \leftarrow <theta> - <learning_rate> \frac{<m>}{\sqrt{<v>} + <epsilon>}",
        ),
        // The velocity of later steps in the first step.
        (
            "Momentum(velocity: Unscaled, dampening: 0.5)",
            0,
            r"<v> \leftarrow <momentum> <v> + (1 - <dampening>)\, <g>",
        ),
        // The position of ε.
        ("RMSProp(epsilon: 0.1)", 1, r"s = \sqrt{<E>} + <epsilon>"),
        (
            "Adagrad(matrix: Full, epsilon: 0.1)",
            1,
            r"<theta> \leftarrow <theta> - <learning_rate> \left(<G>^{1/2} + <epsilon> I\right)^{-1} <g>",
        ),
        // Symbols that are undefined or unknown.
        (
            "Adagrad()",
            1,
            r"<theta> \leftarrow <theta> - \eta_t \frac{<g>}{\sqrt{<G> + <epsilon>}}",
        ),
        (
            "GradientDescent()",
            0,
            r"<theta> \leftarrow <theta> - <learning_rate> \ominus <g>",
        ),
        // A rate that is multiplied twice.
        (
            "PolyakSgd(scaling: 0.5)",
            4,
            r"<theta> \leftarrow <theta> - <scaling> <a>\, <g>",
        ),
        // The average in place of its sign.
        (
            "Lion(learning_rate: 0.1, beta_1: 0.5, beta_2: 0.5)",
            2,
            r"<theta> \leftarrow <theta> - <learning_rate>\, <m>",
        ),
        // The average of squares in place of the spread.
        (
            "AdaBelief(epsilon_root: 0.1)",
            1,
            r"<s> \leftarrow <beta_2> <s> + (1 - <beta_2>)\, <g>^2 + <epsilon_root>",
        ),
        // The average of Adam.
        (
            "Yogi(beta_2: 0.6)",
            1,
            r"<v> \leftarrow <beta_2> <v> + (1 - <beta_2>)\, <g>^2",
        ),
        // The place of ε.
        (
            "Adamax(epsilon: 0.1)",
            3,
            r"<theta> \leftarrow <theta> - <learning_rate> \frac{<m_hat>}{<u> + <epsilon>}",
        ),
        // The wrong side of the threshold.
        (
            "RAdam(threshold: 4)",
            3,
            r"\rho_t = \rho_{\infty} - \frac{2 t <beta_2>^t}{1 - <beta_2>^t} \quad \rho_t \gt <threshold>",
        ),
        // A step size without limits.
        ("Rprop(step_max: 0.011)", 1, r"<s> \leftarrow k\, <s>"),
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

/// Returns the line with its n-th plus replaced by a minus, or `None` if there are not that many.
fn turned(line: &Line, n: usize) -> Option<Line> {
    let mut seen = 0;
    let mut line = line.clone();
    for piece in &mut line.0 {
        let Piece::Latex(latex) = piece else {
            continue;
        };
        for (at, _) in latex.clone().match_indices(" + ") {
            if seen == n {
                latex.replace_range(at..at + 3, " - ");
                return Some(line);
            }
            seen += 1;
        }
    }
    None
}

/// Subtracting any term instead of adding it is detected.
#[test]
fn a_single_sign_that_is_wrong_is_found() {
    let mut chance = Chance(22);
    let mut tried = 0;
    for form in forms::plain()
        .iter()
        .filter(|form| forms::has_all_effects(form))
    {
        let lines = form.rule().lines(2);
        // A line about matrices says nothing of a point.
        let of_points = |place: &usize| !lines[*place].spoken().starts_with("matrices:");
        for place in (0..lines.len()).filter(of_points) {
            for n in 0.. {
                let changed = |t| {
                    let mut lines = form.rule().lines(t);
                    if let Some(line) = turned(&lines[place], n) {
                        lines[place] = line;
                    }
                    lines
                };
                if changed(2) == form.rule().lines(2) {
                    break;
                }
                tried += 1;
                let found = (0..4).any(|_| chance.ground().fault(form, changed).is_some());
                assert!(found, "{} passes for {form:?}", changed(2)[place].spoken());
            }
        }
    }
    assert!(tried > 100, "{tried}");
}
