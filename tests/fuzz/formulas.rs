//! Formulas and update rules as they are typed.

use slalom::expression::{Expression, ExpressionError, Program, Questions, Rules, Vocabulary};

use slalom::objective::Block;
use slalom::optimizer::{Notebook, OptimizerChoice, Oracle, OwnRule};

use crate::engine::{Answer, Kind, VALID, of_error};

pub const FORMULAS: Kind = Kind {
    name: "formulas",
    share: 9,
    words: &[
        "sum(i, 1, 5, i*x)",
        "if(x < y, ",
        "|",
        "√",
        "½",
        "²",
        "^-1",
        "<-",
        ";",
        "=",
        "−",
        "·",
        "θ",
        "x_0",
        "hypot(",
        "atan2(",
        "mod(",
        "1e308",
        "2πx",
        "sigmoid(",
    ],
    more: Vec::new,
    read: read_formula,
};

pub const RULES: Kind = Kind {
    name: "rules",
    share: 4,
    words: &[
        "theta <- theta - ",
        "m_0 = ",
        "norm(",
        "value(",
        "gradient(",
        "<-",
        "; ",
        "g",
        "t",
        "m_hat",
        "dot(",
        "mean(",
        "beta_1",
        "sum(",
        "if(",
        "η",
    ],
    more: equations,
    read: read_rule,
};

/// The equations of all rules.
fn equations() -> Vec<Vec<u8>> {
    let all = slalom::optimizer::OptimizerChoice::all();
    let lines = all
        .iter()
        .map(|it| it.rule().equations().join("\n").into_bytes());
    lines.filter(|it| !it.is_empty()).collect()
}

fn read_formula(input: &[u8]) -> Answer {
    let Ok(text) = std::str::from_utf8(input) else {
        return Ok("no text".to_owned());
    };
    let formula = match Expression::parse(text, &Vocabulary::default()) {
        Ok(formula) => formula,
        Err(error) => return refused(text, &error),
    };
    let _ = formula.latex(&|_| None);
    let parameters = vec![0.5; formula.parameters().len()];
    let at = [0.7, -0.3];
    let (value, slopes) = formula.tape().gradient(at, &parameters);
    let bound: f64 = formula.bind(&parameters).eval(at[0], at[1], &[]);
    if !close(bound, value) {
        return Err(format!(
            "{value} with open parameters, {bound} with constants: {text}"
        ));
    }
    let printed = formula.unicode();
    let again = Expression::parse(&printed, &Vocabulary::default());
    match again {
        Err(error) if is_extreme(text, &printed) => {
            Ok(format!("{VALID}: {}", of_error(&error.fault)))
        }
        Err(error) => Err(format!("printed, but not read: {error}\n{printed}\n{text}")),
        Ok(again) if again.parameters() != formula.parameters() => {
            Err(format!("printed with other parameters:\n{printed}\n{text}"))
        }
        Ok(again) => {
            let (same, _) = again.tape().gradient(at, &parameters);
            if !close(same, value) {
                return Err(format!(
                    "printed otherwise: {value}, {same}\n{printed}\n{text}"
                ));
            }
            let kind = [value, slopes[0], slopes[1]].map(f64::is_finite);
            Ok(format!(
                "{VALID}: {kind:?} {}",
                formula.tape().len().min(20)
            ))
        }
    }
}

/// Returns whether a formula, with all brackets and signs that may be left out, may be longer or
/// deeper than one may type.
fn is_extreme(text: &str, printed: &str) -> bool {
    let nested = text
        .matches(['(', '[', '{', '-', '−', '√', '∛', '/'])
        .count();
    printed.chars().count() > 5000 || nested > 64 && text.contains(['(', '[', '{'])
}

/// Returns whether two numbers are the same but for rounding.
fn close(one: f64, other: f64) -> bool {
    let is_same = one == other || one.is_nan() && other.is_nan();
    is_same || (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}

struct Bowl;

impl Questions<f64> for Bowl {
    fn value(&mut self, at: &[f64]) -> f64 {
        at.iter().map(|it| it * it).sum()
    }

    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        for (slope, it) in gradient.iter_mut().zip(at) {
            *slope = 2.0 * it;
        }
    }
}

impl Oracle for Bowl {
    fn value(&mut self, at: &[f64]) -> f64 {
        Questions::value(self, at)
    }

    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        Questions::gradient(self, at, gradient);
    }

    fn hessian(&mut self, _at: &[f64], _hessian: &mut [f64]) {}

    fn hessian_diagonal(&mut self, _at: &[f64], _diagonal: &mut [f64]) {}
}

fn read_rule(input: &[u8]) -> Answer {
    let Ok(text) = std::str::from_utf8(input) else {
        return Ok("no text".to_owned());
    };
    let rule = match Program::parse(text, &Rules::default()) {
        Ok(rule) => rule,
        Err(error) => return refused(text, &error),
    };
    let _ = rule.latex(&|_| None);
    let _ = rule.unicode();
    let _ = rule.text_lines(&|_| None);
    let _ = rule.parts(&|_| None);
    let parameters = vec![0.5; rule.parameters().len()];
    let mut memory = rule.begin(2);
    let mut theta = [1.0, -2.0];
    for step in 1..=3 {
        rule.step(&mut memory, &mut theta, step, &parameters, &mut Bowl);
    }
    add_up(text, rule.parameters())?;
    let assigned = rule.assigned().len().min(5);
    let finite = theta.iter().all(|it| it.is_finite());
    Ok(format!(
        "{VALID}: {assigned} {finite} {}",
        rule.reads_gradient()
    ))
}

/// Checks that a rule can be raced, and that the parts that it notes add up to its step.
fn add_up(text: &str, parameters: &[String]) -> Result<(), String> {
    let parameters = parameters.iter().cloned();
    let rule = OwnRule::new(
        "",
        parameters.map(|name| (name, 0.5.into())).collect(),
        text,
    );
    if rule.fault().is_some() {
        // There may be too many parameters.
        return Ok(());
    }
    let rule = OptimizerChoice::Rule(rule);
    for t in [1, 7] {
        let _ = rule.rule().lines(t);
    }
    let _ = rule.rule().equation();
    let mut at = [1.0, -2.0];
    let mut run = rule.begin(&at, &[Block::Vector(2)]);
    for t in 1..=3 {
        let mut point = [0.0; 2];
        run.query(&at, &mut point);
        let before = at;
        let mut notebook = Notebook::new(rule.rule().notes());
        run.step_noted(&mut at, t, &mut Bowl, &mut notebook);
        for coordinate in 0..2 {
            let parts = notebook.indexed().filter(|(_, note)| note.role.is_part());
            let parts = parts.filter_map(|(id, _)| notebook.get(coordinate, id));
            let parts: Vec<f64> = parts.collect();
            let step = at[coordinate] - before[coordinate];
            let sum: f64 = parts.iter().sum();
            let sizes: f64 = parts.iter().map(|part| part.abs()).sum();
            let size = sizes + at[coordinate].abs() + before[coordinate].abs();
            if size < 1e100 && (step - sum).abs() > 1e-9 * size {
                return Err(format!("a step of {step}, but parts of {parts:?}: {text}"));
            }
        }
    }
    Ok(())
}

/// Checks that the place of a mistake can be shown.
fn refused(text: &str, error: &ExpressionError) -> Answer {
    let shown = error.caret(text);
    if shown.lines().count() > 2 || error.line == 0 || error.column == 0 {
        return Err(format!("the mistake is nowhere: {error:?}"));
    }
    if error.suggestion().is_some() && text.get(error.at.clone()).is_none() {
        return Err(format!("what is to be replaced is nowhere: {error:?}"));
    }
    Ok(of_error(&error.fault))
}

#[test]
fn formulas_are_read_or_refused() {
    FORMULAS.hunt();
}

#[test]
fn update_rules_are_read_or_refused() {
    RULES.hunt();
}
