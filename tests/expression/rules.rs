//! Update rules that one can type.

use proptest::prelude::*;
use slalom::expression::{Memory, Program, Quantity, Questions, Rules, Whole};
use slalom::real::{DoubleDouble, Real};

use super::common::cases;
use super::common::typesetting::assert_drawn_like_katex;

/// Half the sum of c x², with c = 1, 2, 3, …
struct Bowl {
    asked: usize,
}

impl<N: Real> Questions<N> for Bowl {
    fn value(&mut self, at: &[N]) -> N {
        (1..)
            .zip(at)
            .map(|(c, x)| *x * *x * (f64::from(c) / 2.0))
            .sum()
    }

    fn gradient(&mut self, at: &[N], gradient: &mut [N]) {
        self.asked += 1;
        for ((c, x), slope) in (1..).zip(at).zip(gradient) {
            *slope = *x * f64::from(c);
        }
    }
}

fn read(lines: &str) -> Program {
    Program::parse(lines, &Rules::default())
        .unwrap_or_else(|mistake| panic!("{mistake}\n{}", mistake.caret(lines)))
}

/// Some steps from (1, −2).
fn run(rule: &Program, steps: u64, parameters: &[f64]) -> (Vec<f64>, Memory<f64>) {
    let mut theta = vec![1.0, -2.0];
    let mut memory = rule.begin(2);
    for t in 1..=steps {
        rule.step(
            &mut memory,
            &mut theta,
            t,
            parameters,
            &mut Bowl { asked: 0 },
        );
    }
    (theta, memory)
}

fn near(found: &[f64], expected: &[f64]) {
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-14, "{found:?} {expected:?}");
    }
}

const ADAM: &str = "m <- beta_1*m + (1-beta_1)*g; v <- beta_2*v + (1-beta_2)*g^2; \
    theta <- theta - learning_rate*(m/(1-beta_1^t))/(sqrt(v/(1-beta_2^t)) + epsilon)";

#[test]
fn adam_as_typed_is_adam() {
    let rule = read(ADAM);
    assert_eq!(
        rule.parameters(),
        ["beta_1", "beta_2", "learning_rate", "epsilon"]
    );
    let (theta, memory) = run(&rule, 5, &[0.9, 0.999, 0.1, 1e-8]);
    let (mut at, mut m, mut v) = ([1.0, -2.0], [0.0_f64; 2], [0.0_f64; 2]);
    for t in 1..=5 {
        for axis in 0..2 {
            let g = at[axis] * [1.0, 2.0][axis];
            m[axis] = 0.9 * m[axis] + (1.0 - 0.9) * g;
            v[axis] = 0.999 * v[axis] + (1.0 - 0.999) * g * g;
            let m_hat = m[axis] / (1.0 - 0.9_f64.powi(t));
            let v_hat = v[axis] / (1.0 - 0.999_f64.powi(t));
            at[axis] -= 0.1 * m_hat / (v_hat.sqrt() + 1e-8);
        }
    }
    near(&theta, &at);
    let Some(Quantity::Vector(kept)) = rule.quantity(&memory, "m") else {
        panic!("m is a vector");
    };
    near(kept, &m);
}

#[test]
fn what_is_assigned_is_known_with_its_kind() {
    let rule = read(
        "r_0 = 1; x_0 = theta; x <- x; r <- max(r, norm(theta - x)); d = g*r; \
         theta <- theta - eta*d/t",
    );
    let kinds: Vec<_> = rule
        .assigned()
        .iter()
        .map(|it| (it.name.as_str(), it.is_vector, it.is_state))
        .collect();
    assert_eq!(
        kinds,
        [("r", false, true), ("x", true, true), ("d", true, false)]
    );
    assert!(rule.reads_gradient() && rule.calls(Whole::Norm));
    assert!(!rule.acts_on_each_coordinate() && !rule.calls(Whole::Gradient));
    let (_, memory) = run(&rule, 1, &[0.1]);
    assert_eq!(rule.quantity(&memory, "r"), Some(Quantity::Number(1.0)));
    let start = [1.0, -2.0];
    assert_eq!(
        rule.quantity(&memory, "x"),
        Some(Quantity::Vector(&start[..]))
    );
}

#[test]
fn statements_see_the_values_above_them() {
    let rule = read("a <- a + 1; b = a*10; a <- a + b; theta <- theta - a");
    let (theta, memory) = run(&rule, 1, &[]);
    assert_eq!(theta, [-10.0, -13.0]);
    assert_eq!(rule.quantity(&memory, "a"), Some(Quantity::Number(11.0)));
    // A state begins the next step with what it had at the end of this one.
    let (_, memory) = run(&rule, 2, &[]);
    assert_eq!(rule.quantity(&memory, "a"), Some(Quantity::Number(132.0)));
}

#[test]
fn first_values_are_computed_once_with_the_parameters_of_step_1() {
    let rule = read("s_0 = eta*theta; d_0 = d_0; s <- s; d <- d; theta <- theta - s*d");
    assert_eq!(rule.parameters(), ["eta", "d_0"]);
    let mut memory = rule.begin::<f64>(2);
    let mut theta = vec![1.0, -2.0];
    rule.step(
        &mut memory,
        &mut theta,
        1,
        &[0.5, 2.0],
        &mut Bowl { asked: 0 },
    );
    assert_eq!(theta, [0.0, 0.0]);
    rule.step(
        &mut memory,
        &mut theta,
        2,
        &[9.0, 9.0],
        &mut Bowl { asked: 0 },
    );
    assert_eq!(theta, [-1.0, 2.0]);
}

#[test]
fn the_gradient_is_asked_for_only_where_it_is_read() {
    for (lines, asked) in [
        ("theta <- theta - g", 1),
        ("theta <- theta - g*g", 1),
        ("theta <- theta - gradient(theta)", 1),
        (
            "d = gradient(theta); theta <- theta - gradient(theta + d) - g",
            3,
        ),
        ("theta <- theta*value(theta)", 0),
    ] {
        let mut bowl = Bowl { asked: 0 };
        let rule = read(lines);
        rule.step(
            &mut rule.begin::<f64>(2),
            &mut [1.0, -2.0],
            1,
            &[],
            &mut bowl,
        );
        assert_eq!(bowl.asked, asked, "{lines}");
    }
}

#[test]
fn look_ahead_rules_ask_where_they_look() {
    let rule = read("theta <- theta - 0.1*gradient(theta + rho*g/(norm(g) + 1e-12))");
    let (theta, _) = run(&rule, 1, &[0.5]);
    let length = (1.0_f64 + 16.0).sqrt() + 1e-12;
    let ahead = [1.0 + 0.5 / length, -2.0 - 2.0 / length];
    near(&theta, &[1.0 - 0.1 * ahead[0], -2.0 - 0.2 * ahead[1]]);
    let rule = read("theta <- theta - value(theta)*g/dot(g, g) + mean(g) - max(g)*0");
    let (theta, _) = run(&rule, 1, &[]);
    near(&theta, &[1.0 - 4.5 / 17.0 - 1.5, -2.0 + 18.0 / 17.0 - 1.5]);
}

#[test]
fn if_chooses_for_each_coordinate() {
    let rule = read("theta <- if(g > 0, theta - 1, if(t == 1, 7, theta))");
    assert_eq!(run(&rule, 1, &[]).0, [0.0, 7.0]);
}

#[test]
fn parts_add_up_to_the_last_move() {
    for (lines, symbols) in [
        (
            "theta <- theta - eta*g - 0.1*theta + 0.5",
            vec!["-\\eta\\, g", "-0.1 \\theta", "0.5"],
        ),
        (
            "theta <- theta*(1 - eta) - 0.2*sign(g)",
            vec!["\\theta (1 - \\eta)", "-0.2 \\operatorname{sign}(g)"],
        ),
        ("theta <- -(eta*g - theta)", vec!["-\\eta\\, g"]),
        (
            "theta <- if(t == 1, theta - eta, 0)",
            vec![
                "\\begin{cases} \\theta - \\eta & \\text{if } t = 1 \\\\ 0 & \\text{otherwise} \\end{cases}",
            ],
        ),
    ] {
        let rule = read(lines);
        assert_eq!(rule.parts(&|_| None), symbols);
        let mut memory = rule.begin(2);
        memory.keep_parts(true);
        let mut theta = [1.0, -2.0];
        rule.step(&mut memory, &mut theta, 1, &[0.25], &mut Bowl { asked: 0 });
        for (axis, start) in [1.0, -2.0].into_iter().enumerate() {
            let sum: f64 = rule
                .part_values(&memory)
                .iter()
                .map(|part| part[axis])
                .sum();
            assert!((start + sum - theta[axis]).abs() < 1e-15, "{lines}");
        }
    }
}

#[test]
fn rules_run_in_any_dimension_and_with_twice_as_many_digits() {
    let rule = read(ADAM);
    let parameters = [0.9, 0.999, 0.1, 1e-8];
    for dimension in [1, 2, 63, 64, 65, 1000] {
        let start: Vec<f64> = (0..dimension).map(|at| f64::from(at).sin()).collect();
        let mut doubles = start.clone();
        let mut precise: Vec<_> = start.iter().map(|x| DoubleDouble::from(*x)).collect();
        let mut memory = rule.begin(start.len());
        let mut precise_memory = rule.begin(start.len());
        for t in 1..=3 {
            rule.step(
                &mut memory,
                &mut doubles,
                t,
                &parameters,
                &mut Bowl { asked: 0 },
            );
            rule.step(
                &mut precise_memory,
                &mut precise,
                t,
                &parameters,
                &mut Bowl { asked: 0 },
            );
        }
        for (double, precise) in doubles.iter().zip(precise) {
            assert!((double - precise.to_f64()).abs() < 1e-12);
        }
    }
}

#[test]
fn every_mistake_in_a_rule_has_its_sentence_and_its_place() {
    let closed = Rules {
        parameters: &["learning_rate"],
        open: false,
    };
    for (lines, sentence, at) in [
        (
            "v <- g",
            "a rule has to move theta: write theta <- theta - …",
            0,
        ),
        ("theta = g", "theta is assigned with <-", 0),
        ("g <- 1; theta <- g", "g cannot be assigned", 0),
        ("t = 1; theta <- g", "t cannot be assigned", 0),
        (
            "learning_rate <- 1; theta <- g",
            "learning_rate cannot be assigned",
            0,
        ),
        (
            "theta <- theta - u; u = g",
            "u is read before it is set; with u <- … it would be kept from step to step",
            17,
        ),
        (
            "u = u + 1; theta <- u",
            "u is read before it is set; with u <- … it would be kept from step to step",
            4,
        ),
        (
            "u = 1; u <- 2; theta <- u",
            "u is assigned both with = and with <-",
            0,
        ),
        ("u = 1; u = 2; theta <- u", "u is defined twice", 7),
        (
            "theta <- learning_rat*g",
            "there is no quantity learning_rat; did you mean learning_rate?",
            9,
        ),
        (
            "theta <- if(t > 1, gradient(theta), g)",
            "value and gradient cannot be asked for inside if, nor whole vectors inside sum",
            19,
        ),
        (
            "theta <- sum(i, 1, 3, norm(g)*i)",
            "value and gradient cannot be asked for inside if, nor whole vectors inside sum",
            22,
        ),
        (
            "m_0 = g; m <- m; theta <- m",
            "a first value may only depend on theta and parameters",
            6,
        ),
        (
            "m_0 = gradient(theta); m <- m; theta <- m",
            "a first value may only depend on theta and parameters",
            6,
        ),
        (
            "theta <- g/norm(t)",
            "norm is given a number, but takes a vector such as theta or g",
            11,
        ),
        (
            "theta <- dot(g)",
            "dot takes two arguments, but is given 1",
            9,
        ),
        (
            "theta",
            "every line of a rule assigns something: name = … or name <- …",
            0,
        ),
        (
            "theta <- tg",
            "a product has a sign between its names: write t*g",
            9,
        ),
        (
            "theta <- theta - 0.1*normm(g)",
            "there is no function normm; did you mean norm?",
            21,
        ),
    ] {
        let mistake = Program::parse(lines, &closed).expect_err(lines);
        assert_eq!(
            (mistake.fault.to_string(), mistake.at.start),
            (sentence.to_owned(), at),
            "{lines}"
        );
    }
    // An arrow is one only at the beginning of a statement.
    assert!(Program::parse("theta <- if(t<-1, g, theta)", &closed).is_ok());
}

#[test]
fn lines_are_printed_as_they_were_typed() {
    let rule = read("m_0 = 1\nm <- β₁ m + (1 − β₁) g\ntheta <- theta − η m/norm(g)");
    let latex: Vec<_> = rule
        .latex(&|_| None)
        .into_iter()
        .map(|line| line.text)
        .collect();
    assert_eq!(
        latex,
        [
            "m_0 = 1",
            r"m \leftarrow \beta_1\, m + (1 - \beta_1)\, g",
            r"\theta \leftarrow \theta - \frac{\eta\, m}{\| g\| }",
        ]
    );
    let unicode: Vec<_> = rule.unicode().into_iter().map(|line| line.text).collect();
    assert_eq!(
        unicode,
        ["m₀ = 1", "m ← β₁·m + (1 − β₁)·g", "θ ← θ − η·m/norm(g)"]
    );
    assert_eq!(read(&unicode.join("\n")).unicode(), rule.unicode());
}

#[test]
fn long_chains_of_states_are_understood_at_once() {
    // Each is a vector because the next one is, which is found from the end.
    let lines = (0..200).map(|index| format!("a{index} <- a{}; ", index + 1));
    let lines: String = lines.collect();
    let rule = read(&(lines + "a200 <- g; theta <- theta - a0"));
    assert!(rule.assigned().iter().all(|it| it.is_vector));
    let (theta, _) = run(&rule, 201, &[]);
    assert_eq!(theta, [0.0, 2.0]);
}

/// The lines of the built-in rules in their forms: the mathematics with which they are published.
const PUBLISHED: &[&str] = &[
    ADAM,
    "m <- beta_1*m + (1-beta_1)*g; v <- beta_2*v + (1-beta_2)*g^2; v_max <- max(v_max, v); theta <- theta - learning_rate*weight_decay*theta; theta <- theta - learning_rate*sqrt((1-beta_2^t))/(1-beta_1^t)*m/(sqrt(v_max) + epsilon)",
    "m <- beta_1*m + (1-beta_1)*g; v <- beta_2*v + (1-beta_2)*g^2; v_max <- max(v_max, v/(1-beta_2^t)); theta <- theta - learning_rate*(m/(1-beta_1^t))/(sqrt(v_max) + epsilon)",
    "Pi_0 = 1; m <- beta_1*m + (1-beta_1)*g; v <- beta_2*v + (1-beta_2)*g^2; s = sqrt(v/(1-beta_2^t)) + epsilon; mu = beta_1*(1 - 0.5*0.96^(t*momentum_decay)); mu_next = beta_1*(1 - 0.5*0.96^((t+1)*momentum_decay)); Pi <- Pi*mu; theta <- theta - learning_rate*(mu_next*m/(1 - Pi*mu_next) + (1-mu)*g/(1-Pi))/s",
    "m <- beta_1*m + (1-beta_1)*g; v <- beta_2*v + (1-beta_2)*g^2; s = sqrt(v/(1-beta_2^t)) + epsilon; theta <- theta - learning_rate*(beta_1*m/(1-beta_1^(t+1)) + (1-beta_1)*g/(1-beta_1^t))/s",
    "m <- beta_1*m + (1-beta_1)*g; v <- beta_2*v + (1-beta_2)*g^2; rho_inf = 2/(1-beta_2) - 1; rho_t = rho_inf - 2*t*beta_2^t/(1-beta_2^t); r = sqrt((rho_t-4)*(rho_t-2)*rho_inf/((rho_inf-4)*(rho_inf-2)*rho_t)); theta <- theta - learning_rate*if(rho_t > threshold, r*(m/(1-beta_1^t))/(sqrt(v/(1-beta_2^t))+epsilon), m/(1-beta_1^t))",
    "v <- momentum*v + learning_rate*g; theta <- theta - v",
    "v <- if(t == 1, g, momentum*v + (1-dampening)*g); theta <- theta - learning_rate*v",
    "v <- momentum*v + learning_rate*gradient(theta - momentum*v); theta <- theta - v",
    "v <- momentum*v + learning_rate*g; theta <- theta - momentum*v - learning_rate*g",
    "v <- momentum*v + g; theta <- theta - learning_rate*(g + momentum*v)",
    "G_0 = initial_accumulator; G <- G + g^2; eta = learning_rate/(1 + (t-1)*learning_rate_decay); theta <- theta - eta*g/sqrt(G + epsilon)",
    "E <- rho*E + (1-rho)*g^2; u = sqrt(D + epsilon)/sqrt(E + epsilon)*g; D <- rho*D + (1-rho)*u^2; theta <- theta - learning_rate*u",
    "E <- rho*E + (1-rho)*g^2; m <- rho*m + (1-rho)*g; V = max(E - m^2, 0); b <- momentum*b + learning_rate*g/(sqrt(V) + epsilon); theta <- theta - b",
    "m <- beta_1*m + (1-beta_1)*g; u <- max(beta_2*u, abs(g) + epsilon); theta <- theta - learning_rate/(1-beta_1^t)*m/u",
    "s_0 = learning_rate; a = g*p; s <- min(max(s*if(a > 0, eta_plus, if(a < 0, eta_minus, 1)), step_min), step_max); h = if(a < 0, 0, g); theta <- theta - s*sign(h); p <- h",
    "u = sign(beta_1*m + (1-beta_1)*g); m <- beta_2*m + (1-beta_2)*g; theta <- theta*(1 - learning_rate*weight_decay) - learning_rate*u",
    "m <- beta_1*m + (1-beta_1)*g; s <- beta_2*s + (1-beta_2)*(g-m)^2 + epsilon_root; theta <- theta - learning_rate*(m/(1-beta_1^t))/(sqrt(s/(1-beta_2^t)) + epsilon)",
    "m_0 = initial_accumulator; v_0 = initial_accumulator; m <- beta_1*m + (1-beta_1)*g; v <- v - (1-beta_2)*sign(v - g^2)*g^2; theta <- theta - learning_rate*(m/(1-beta_1^t))/(sqrt(v/(1-beta_2^t)) + epsilon)",
    "z_0 = theta; y = (1-momentum)*z + momentum*theta; eta = if(warmup_steps > 0, learning_rate*min(1, t/warmup_steps), learning_rate); z <- z - eta*(gradient(y) + weight_decay*y); eta_max <- max(eta_max, eta); w = t^r*eta_max^weight_power; W <- W + w; theta <- theta + w/W*(z - theta)",
    "d = gradient(theta); theta <- theta - learning_rate*gradient(theta + rho*d/(norm(d) + epsilon))",
    "s_0 = theta; theta <- theta - learning_rate*g; s <- if(mod(t, sync_period) == 0, s + slow_step_size*(theta - s), s); theta <- if(mod(t, sync_period) == 0, s, theta)",
    "x_0 = theta; x <- x; r_0 = reps_rel*(1 + norm(theta)); r <- max(r, norm(theta - x)); G_0 = epsilon; G <- G + dot(g, g); theta <- theta - learning_rate*r/sqrt(G)*g",
];

#[test]
fn published_rules_are_read_printed_and_run() {
    for lines in PUBLISHED {
        let rule = read(lines);
        for line in rule.latex(&|_| None) {
            assert_drawn_like_katex(&line.text);
        }
        let printed: Vec<_> = rule.unicode().into_iter().map(|line| line.text).collect();
        let again = read(&printed.join("; "));
        assert_eq!(again.parameters(), rule.parameters());
        let parameters: Vec<f64> = rule
            .parameters()
            .iter()
            .map(|name| match name.as_str() {
                "epsilon" | "epsilon_root" => 1e-8,
                "sync_period" => 3.0,
                "threshold" => 4.0,
                "eta_plus" => 1.2,
                "step_max" => 50.0,
                "beta_2" => 0.99,
                _ => 0.1,
            })
            .collect();
        let ((theta, _), (same, _)) = (run(&rule, 8, &parameters), run(&again, 8, &parameters));
        assert_eq!(theta, same, "{lines}");
        assert!(
            theta.iter().all(|part| part.is_finite()),
            "{lines}: {theta:?}"
        );
        assert_ne!(theta, [1.0, -2.0], "{lines}");
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn any_damage_to_a_rule_is_read_or_explained(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3_u8), 1..6,
        ),
    ) {
        let mut signs: Vec<char> = PUBLISHED[which.index(PUBLISHED.len())].chars().collect();
        let pool: Vec<char> = "thegm_0 1.+-*/^()|,;=<-<norm\n".chars().collect();
        for (at, sign, how) in changes {
            if signs.is_empty() { break; }
            let at = at.index(signs.len());
            let sign = pool[sign.index(pool.len())];
            match how {
                0 => { signs.remove(at); }
                1 => signs[at] = sign,
                _ => signs.insert(at, sign),
            }
        }
        let lines: String = signs.into_iter().collect();
        match Program::parse(&lines, &Rules::default()) {
            Ok(rule) => {
                let mut theta = [0.5, 1.5];
                let mut memory = rule.begin(2);
                memory.keep_parts(true);
                let parameters = vec![0.5; rule.parameters().len()];
                rule.step(&mut memory, &mut theta, 1, &parameters, &mut Bowl { asked: 0 });
            }
            Err(mistake) => {
                prop_assert!(lines.get(mistake.at.clone()).is_some());
                prop_assert!(mistake.to_string().chars().count() < 200);
            }
        }
    }
}
