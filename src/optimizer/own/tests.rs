use super::*;
use crate::expression::Parameter;
use crate::objective::Block;
use crate::optimizer::{
    Adam, Momentum, Notebook, OptimizerChoice, Oracle, ParameterKind, Role, Rule, Run, Told,
};
use crate::real::DoubleDouble;
use crate::real::Real;

fn parameters(all: &[(&str, f64)]) -> Parameters {
    let all = all.iter().map(|(name, value)| {
        let name = (*name).to_owned();
        (name, Parameter::from(*value))
    });
    all.collect()
}

fn heavy_ball() -> OwnRule {
    OwnRule::new(
        "Heavy ball",
        parameters(&[("learning_rate", 0.1), ("beta", 0.9)]),
        "m <- beta*m + (1 - beta)*g; theta <- theta - learning_rate*m",
    )
}

/// f = Σ i x², i = 1, 2, …; counts what it is asked.
#[derive(Default)]
struct Bowl {
    gradients: Vec<Vec<f64>>,
    values: usize,
}

impl<N: Real> Oracle<N> for Bowl {
    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        self.gradients.push(at.iter().map(|x| x.to_f64()).collect());
        let mut weight = 0.0;
        for (slope, x) in gradient.iter_mut().zip(at) {
            weight += 2.0;
            *slope = *x * weight;
        }
    }

    fn value(&mut self, at: &[N]) -> N {
        self.values += 1;
        let mut weight = 0.0;
        let terms = at.iter().map(|x| {
            weight += 1.0;
            *x * *x * weight
        });
        terms.sum()
    }

    fn hessian(&mut self, _at: &[N], _hessian: &mut [N]) {}

    fn hessian_diagonal(&mut self, _at: &[N], _diagonal: &mut [N]) {}
}

fn begin<N: Real>(rule: &OwnRule, at: &[N]) -> Box<dyn Run<N>> {
    OptimizerChoice::Rule(rule.clone()).begin(at, &[Block::Vector(at.len())])
}

/// The position after some steps, and what was noted in the last.
fn run(rule: &OwnRule, start: &[f64], steps: u64) -> (Vec<f64>, Notebook) {
    let mut at = start.to_vec();
    let mut run = begin(rule, &at);
    let mut notebook = Notebook::new(Rule::notes(rule));
    for t in 1..=steps {
        notebook = Notebook::new(Rule::notes(rule));
        run.step_noted(&mut at, t, &mut Bowl::default(), &mut notebook);
    }
    (at, notebook)
}

fn value(notebook: &Notebook, name: &str) -> Vec<f64> {
    let mut notes = notebook.indexed();
    let (id, _) = notes.find(|(_, note)| note.name == name).unwrap();
    notebook.whole(id)
}

#[test]
fn the_lines_are_the_step() {
    let (at, notebook) = run(&heavy_ball(), &[1.0, -1.0, 0.5], 1);
    // m = 0.1 g, and g = (2, −4, 3).
    for (at, expected) in at.iter().zip([0.98, -0.96, 0.47]) {
        assert!((at - expected).abs() < 1e-15, "{at} {expected}");
    }
    let moment = value(&notebook, "m");
    assert!((moment[0] - 0.2).abs() < 1e-15 && moment.len() == 3);
    assert_eq!(value(&notebook, "g"), [2.0, -4.0, 3.0]);
    assert_eq!(value(&notebook, "asked"), [1.0, -1.0, 0.5]);
    let part = value(&notebook, "part_1");
    assert!((part[1] - 0.04).abs() < 1e-15);
}

#[test]
fn a_rule_runs_in_twice_as_many_digits() {
    let rule = heavy_ball();
    let mut precise = [1.0, -1.0].map(DoubleDouble::from);
    let mut run_of_it = begin(&rule, &precise);
    for t in 1..=50 {
        run_of_it.step(&mut precise, t, &mut Bowl::default());
    }
    let (at, _) = run(&rule, &[1.0, -1.0], 50);
    for (precise, at) in precise.iter().zip(at) {
        assert!((precise.to_f64() - at).abs() < 1e-14 && precise.to_f64() != 0.0);
    }
}

#[test]
fn parts_add_up_to_the_step() {
    for lines in [
        "v <- 0.9*v + g; theta <- theta - 0.05*v",
        "v <- 0.9*v + g; theta <- theta - 0.05*v - 0.01*g + 0.001*theta",
        "theta <- theta*(1 - 0.01); theta <- theta - 0.1*g",
        "theta <- 0.9*theta - 0.01*g",
        "y = theta - 0.1*g; theta <- y",
        "theta <- -(g - theta)/2",
        "theta <- -theta/3 - 0.1*g",
        "theta <- 0.1*g - theta",
        "theta <- 1 - 0.1*g",
        "n = norm(g); theta <- theta - 0.1*g/n",
        "p = theta - 0.1*gradient(theta); theta <- theta - 0.05*gradient(p)",
        "a = value(theta); theta <- theta - if(a > 1, 0.1, 0.01)*g",
        "d_0 = theta/2; d <- 0.9*d + g; theta <- theta - 0.01*d",
    ] {
        let rule = OwnRule::new("", Parameters::default(), lines);
        assert_eq!(rule.fault(), None, "{lines}");
        for steps in [1, 2, 5] {
            let start = [1.5, -0.25, 0.125];
            let (before, _) = run(&rule, &start, steps - 1);
            let (after, notebook) = run(&rule, &start, steps);
            let mut sums = vec![0.0; start.len()];
            for (id, note) in notebook.indexed() {
                if note.role.is_part() {
                    let part = notebook.whole(id);
                    assert_eq!(part.len(), start.len(), "{lines}: {}", note.name);
                    sums.iter_mut()
                        .zip(part)
                        .for_each(|(sum, part)| *sum += part);
                }
            }
            for ((before, after), sum) in before.iter().zip(after).zip(sums) {
                assert!((after - before - sum).abs() < 1e-14, "{lines}");
            }
        }
    }
}

#[test]
fn a_step_is_the_same_whether_it_is_noted_or_not() {
    for lines in [
        "v <- 0.9*v + g; theta <- theta - 0.05*v",
        "k <- k + 1; v <- v/k + g^2; k <- k + 0.5; theta <- theta - 0.1*g/(sqrt(v) + k)",
        "a = 0.96^t; b = a; v <- theta; w = v; theta <- w - b*(0.01*g + 0.5)",
        "n = norm(g); m <- 0.9*m + g/n; theta <- theta*0.99; theta <- theta - 0.1*m",
        "d_0 = theta/2; d <- 0.9*d + g; theta <- 1",
        "s = sign(g); theta <- theta - if(s*g > 1, 0.1, 1/3)*s",
    ] {
        let rule = OwnRule::new("", Parameters::default(), lines);
        for start in [
            &[1.5, -0.3][..],
            &[0.1, 0.7, -2.0, 1.0, 3.0, -0.5, 0.25, 1.1, 0.4],
        ] {
            let mut at = start.to_vec();
            let mut silent = begin(&rule, &at);
            for t in 1..=6 {
                silent.step(&mut at, t, &mut Bowl::default());
                assert_eq!(at, run(&rule, start, t).0, "{lines}");
            }
        }
    }
}

#[test]
fn a_look_ahead_rule_asks_where_it_says() {
    let rule = OwnRule::new(
        "",
        parameters(&[("mu", 0.9)]),
        "v <- mu*v + 0.01*gradient(theta - mu*v); theta <- theta - v",
    );
    let mut at = [1.0, 2.0];
    let mut run = begin(&rule, &at);
    for t in 1..=4 {
        let mut point = [f64::NAN; 2];
        run.query(&at, &mut point);
        let mut bowl = Bowl::default();
        let mut notebook = Notebook::new(Rule::notes(&rule));
        run.step_noted(&mut at, t, &mut bowl, &mut notebook);
        assert_eq!(bowl.gradients, [point.to_vec()]);
        assert_eq!(value(&notebook, "asked"), point);
    }
    let lines = Rule::lines(&rule, 2);
    let spoken: Vec<String> = lines.iter().map(Line::spoken).collect();
    assert_eq!(spoken[0], "g = ∇ f(θ − μ v)");
}

use crate::optimizer::Line;

#[test]
fn what_is_asked_is_counted() {
    let rule = OwnRule::new(
        "",
        Parameters::default(),
        "a = value(theta); p = theta - 0.1*g; b = value(p); theta <- if(b < a, p, theta)",
    );
    let needs = OptimizerChoice::Rule(rule.clone()).needs();
    assert!(needs.value && needs.gradient && !needs.hessian);
    let mut bowl = Bowl::default();
    let mut at = [1.0];
    begin(&rule, &at).step(&mut at, 1, &mut bowl);
    assert_eq!((bowl.gradients.len(), bowl.values), (1, 2));
    let without = OwnRule::new("", Parameters::default(), "theta <- theta/2*value(theta)");
    let needs = OptimizerChoice::Rule(without.clone()).needs();
    assert!(needs.value && !needs.gradient);
    let notes = Rule::notes(&without);
    assert!(notes.iter().all(|note| note.name != "g"));
}

#[test]
fn numbers_are_noted_once() {
    let rule = OwnRule::new(
        "",
        Parameters::default(),
        "n = norm(g); k <- k + 1; theta <- theta - 0.1*g/(k*n)",
    );
    let (_, notebook) = run(&rule, &[3.0, 2.0], 3);
    let told: Vec<_> = notebook.beside(&Rule::lines(&rule, 3));
    let number = |name: &str| {
        told.iter()
            .find(|(_, note, _)| note.name == name)
            .unwrap()
            .2
    };
    assert_eq!(number("k"), Told::Scalar(3.0));
    assert!(matches!(number("n"), Told::Scalar(n) if n > 0.0));
}

#[test]
fn names_have_their_symbols() {
    let rule = OwnRule::new(
        "",
        parameters(&[("learning_rate", 0.1), ("beta_1", 0.9), ("eta_max", 2.0)]),
        "m <- beta_1*m + g; m_hat = m/(1 - beta_1^t)\ntheta <- theta - learning_rate*eta_max*m_hat",
    );
    assert_eq!(rule.fault(), None);
    let spoken: Vec<String> = Rule::lines(&rule, 1).iter().map(Line::spoken).collect();
    assert_eq!(
        spoken,
        [
            "m ← β₁ m + g",
            "m̂ = (m) / (1 − β₁ to the power t)",
            "θ ← θ − η η max m̂"
        ]
    );
    let roles: Vec<Role> = (&rule as &dyn Rule)
        .parameters()
        .map(|it| it.role)
        .collect();
    assert_eq!(roles, [Role::Rate, Role::Momentum, Role::Other]);
    let last = Rule::parameter(&rule, 2).unwrap();
    assert_eq!(
        (&*last.symbol, last.latex.as_deref()),
        ("η max", Some(r"\eta_{\text{max}}"))
    );
    let ParameterKind::Number { slider, .. } = last.kind else {
        panic!("it is a number");
    };
    assert_eq!(slider, [0.0, 5.0]);
}

#[test]
fn a_name_of_its_own_is_no_note_of_ours() {
    let rule = OwnRule::new(
        "",
        Parameters::default(),
        "asked = 2*g; part_1 = asked; theta <- theta - part_1",
    );
    let (_, notebook) = run(&rule, &[1.0], 1);
    assert_eq!(value(&notebook, "asked"), [4.0]);
    assert_eq!(value(&notebook, "asked_"), [1.0]);
    assert_eq!(value(&notebook, "part_1_"), [-4.0]);
}

#[test]
fn mistakes_are_told() {
    for (rule, said) in [
        (
            OwnRule::new("", Parameters::default(), ""),
            "nothing to compute",
        ),
        (
            OwnRule::new("", Parameters::default(), "theta <- theta - kappa*g"),
            "line 1, column 18: there is no quantity kappa; give it a value",
        ),
        (
            OwnRule::new("", parameters(&[("beta", 0.1)]), "theta <- theta - bete*g"),
            "did you mean beta?",
        ),
        (
            OwnRule::new("", Parameters::default(), "m <- g"),
            "has to move theta",
        ),
        (
            OwnRule::new("", parameters(&[("g", 1.0)]), "theta <- theta - g"),
            "cannot be called \"g\"",
        ),
        (
            OwnRule::new("", parameters(&[("β", 1.0)]), "theta <- theta - β g"),
            "write it as it is spelled out",
        ),
        (
            OwnRule::new("", parameters(&[("a", f64::NAN)]), "theta <- theta - a*g"),
            "must be a finite number",
        ),
        (
            OwnRule::new(
                "",
                parameters(&[("a", 1.0), ("a", 2.0)]),
                "theta <- theta - a*g",
            ),
            "given twice",
        ),
    ] {
        let fault = rule.fault().map(ToString::to_string).unwrap_or_default();
        assert!(fault.contains(said), "{fault}\n{said}");
        // It can be shown and asked all the same, and goes nowhere.
        let mut at = [1.0];
        begin(&rule, &at).step(&mut at, 1, &mut Bowl::default());
        assert!(at[0].is_nan());
        assert!(Rule::conflict(&rule).is_some() && Rule::lines(&rule, 1).is_empty());
        assert!(Rule::notes(&rule).is_empty() && Rule::equation(&rule).is_empty());
    }
}

#[test]
fn a_step_that_is_undefined_says_so() {
    let rule = OwnRule::new("", Parameters::default(), "theta <- theta - 0/(g - g)");
    let mut at = [1.0, 1.0];
    let mut run = begin(&rule, &at);
    run.step(&mut at, 1, &mut Bowl::default());
    let undefined = run.undefined(&at).unwrap();
    assert_eq!((undefined.divisor, undefined.coordinate), (None, Some(0)));
    let rule = OwnRule::new("", Parameters::default(), "theta <- theta - 1e200*g");
    let mut at = [1.0];
    let mut run = begin(&rule, &at);
    run.step(&mut at, 1, &mut Bowl::default());
    run.step(&mut at, 2, &mut Bowl::default());
    assert!(!at[0].is_finite());
    assert_eq!(run.undefined(&at), None);
}

#[test]
fn a_copy_has_the_numbers_that_it_reads() {
    let momentum = Momentum {
        learning_rate: 0.2,
        ..Momentum::default()
    };
    let copy = OptimizerChoice::Momentum(momentum).as_text().unwrap();
    assert_eq!(copy.title(), "Momentum, edited");
    let names: Vec<&str> = copy.parameters().names().collect();
    assert_eq!(names, ["learning_rate", "momentum"]);
    assert_eq!(copy.parameters().get("learning_rate").unwrap().value, 0.2);
    let lookahead = OptimizerChoice::all().last().unwrap();
    assert!(lookahead.inner().is_some());
    assert_eq!(lookahead.as_text(), None);
    let again = OptimizerChoice::Rule(copy.clone()).as_text();
    assert_eq!(again, Some(copy));
    assert!(OptimizerChoice::Adam(Adam::default()).as_text().is_some());
}
