//! Typed rules take the steps of the built-in ones.

use slalom::objective::Block;
use slalom::optimizer::{OptimizerChoice, Oracle, Value};

use slalom::expression::{Program, Questions, Rules};

use super::common::with;

/// f = Σ c (x⁴/4 + sin x), with c = 1, 2, 3.
struct Hills;

impl Hills {
    fn slopes(at: &[f64], gradient: &mut [f64]) {
        for ((c, x), slope) in (1..).zip(at).zip(gradient) {
            *slope = f64::from(c) * (x.powi(3) + x.cos());
        }
    }
}

impl Questions<f64> for Hills {
    fn value(&mut self, at: &[f64]) -> f64 {
        let terms = (1..).zip(at);
        terms
            .map(|(c, x)| f64::from(c) * (x.powi(4) / 4.0 + x.sin()))
            .sum()
    }

    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        Self::slopes(at, gradient);
    }
}

impl Oracle for Hills {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        Self::slopes(at, gradient);
    }

    fn value(&mut self, at: &[f64]) -> f64 {
        Questions::value(self, at)
    }

    fn hessian(&mut self, _at: &[f64], _hessian: &mut [f64]) {
        unreachable!("these rules ask for gradients alone")
    }

    fn hessian_diagonal(&mut self, _at: &[f64], _diagonal: &mut [f64]) {
        unreachable!("these rules ask for gradients alone")
    }
}

/// The values of a rule's parameters, by name.
fn values(optimizer: &OptimizerChoice, names: &[String]) -> Vec<f64> {
    let rule = optimizer.rule();
    let all: Vec<_> = rule.parameters().collect();
    let values = names.iter().map(|name| {
        let index = all.iter().position(|parameter| parameter.name == *name);
        match index.and_then(|index| rule.get(index)) {
            Some(Value::Number(value)) => value,
            other => panic!("{name}: {other:?}"),
        }
    });
    values.collect()
}

#[test]
fn typed_rules_take_the_steps_of_the_built_in_ones() {
    for (optimizer, lines) in [
        (
            "Adam()",
            "m <- beta_1*m + (1-beta_1)*g; v <- beta_2*v + (1-beta_2)*g^2; theta <- theta - learning_rate*(m/(1-beta_1^t))/(sqrt(v/(1-beta_2^t)) + epsilon)",
        ),
        (
            "Momentum(velocity: Scaled)",
            "v <- momentum*v + learning_rate*g; theta <- theta - v",
        ),
        (
            "Nesterov(form: LookAhead)",
            "v <- momentum*v + learning_rate*gradient(theta - momentum*v); theta <- theta - v",
        ),
        (
            "Adadelta()",
            "E <- rho*E + (1-rho)*g^2; u = sqrt(D + epsilon)/sqrt(E + epsilon)*g; D <- rho*D + (1-rho)*u^2; theta <- theta - learning_rate*u",
        ),
        (
            "Rprop()",
            "s_0 = learning_rate; a = g*p; s <- min(max(s*if(a > 0, eta_plus, if(a < 0, eta_minus, 1)), step_min), step_max); h = if(a < 0, 0, g); theta <- theta - s*sign(h); p <- h",
        ),
        (
            "Lion()",
            "u = sign(beta_1*m + (1-beta_1)*g); m <- beta_2*m + (1-beta_2)*g; theta <- theta*(1 - learning_rate*weight_decay) - learning_rate*u",
        ),
        (
            "AdaBelief()",
            "m <- beta_1*m + (1-beta_1)*g; s <- beta_2*s + (1-beta_2)*(g-m)^2 + epsilon_root; theta <- theta - learning_rate*(m/(1-beta_1^t))/(sqrt(s/(1-beta_2^t)) + epsilon)",
        ),
        (
            "Yogi()",
            "m_0 = initial_accumulator; v_0 = initial_accumulator; m <- beta_1*m + (1-beta_1)*g; v <- v - (1-beta_2)*sign(v - g^2)*g^2; theta <- theta - learning_rate*(m/(1-beta_1^t))/(sqrt(v/(1-beta_2^t)) + epsilon)",
        ),
    ] {
        let choice = with(optimizer).plan.optimizer;
        let rule = Program::parse(lines, &Rules::default()).unwrap();
        let parameters = values(&choice, rule.parameters());
        let start = [0.7, -1.3, 2.1];
        let (mut expected, mut theta) = (start, start);
        let mut run = choice.begin(&start, &[Block::Vector(3)]);
        let mut memory = rule.begin(3);
        for t in 1..=30 {
            run.step(&mut expected, t, &mut Hills);
            rule.step(&mut memory, &mut theta, t, &parameters, &mut Hills);
            for (found, expected) in theta.iter().zip(expected) {
                let error = (found - expected).abs() / expected.abs().max(1.0);
                assert!(error < 1e-12, "{optimizer}, step {t}: {found} {expected}");
            }
        }
        assert_ne!(theta, start, "{optimizer}");
    }
}
