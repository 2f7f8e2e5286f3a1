//! A step of 0/0 is undefined, which is said with the reason; it is no divergence.

mod common;

use common::leaderboard::leaderboard;
use common::{race, racer, with};
use slalom::experiment::{Experiment, Plan};
use slalom::export::trajectories;
use slalom::optimizer::{OptimizerChoice, Role, Value};
use slalom::simulation::{Status, Trajectory, simulate, simulate_racer};
use slalom::surface::SurfaceChoice;

/// On the axis of the long valley, where the slope of y is exactly 0.
const ON_AXIS: [f64; 2] = [-4.0, 0.0];

fn on(surface: &SurfaceChoice, plan: &Plan) -> Trajectory {
    simulate_racer(&surface.open(), plan, ON_AXIS, 50, 0)
}

/// Every rule with a guard against a division by 0, its guard taken away.
fn unguarded() -> impl Iterator<Item = (&'static str, Plan)> {
    OptimizerChoice::for_points().filter_map(|choice| {
        let mut optimizer = choice.clone();
        let guard = optimizer.rule().with_role(Role::Guard)?;
        optimizer.rule_mut().set(guard, Value::Number(0.0));
        Some((choice.rule().about().name, Plan::new(optimizer)))
    })
}

#[test]
fn every_rule_without_its_guard_says_what_it_divides_by() {
    let mut seen = Vec::new();
    for (name, plan) in unguarded() {
        let path = on(&SurfaceChoice::LongValley, &plan);
        let reason = path.undefined(&plan, ["x", "y"]);
        let expected = match name {
            "Adagrad" => Some("Adagrad divides by √(G + ε), and both are 0 in y"),
            "Adadelta" => Some("Adadelta divides by √(E + ε), and both are 0 in y"),
            "RMSProp" => Some("RMSProp divides by √(E + ε), and both are 0 in y"),
            "Adam" | "Lookahead" | "Sam" | "ClipByValue" | "ClipByGlobalNorm" | "CoupledDecay" => {
                Some("Adam divides by √v̂ + ε, and both are 0 in y")
            }
            "AdamW" => Some("AdamW divides by √v̂ + ε, and both are 0 in y"),
            "Nadam" => Some("Nadam divides by √v̂ + ε, and both are 0 in y"),
            "Adamax" => Some("Adamax divides by u, which is 0 in y"),
            "RAdam" => Some("RAdam divides by √v̂ + ε, and both are 0 in y"),
            "Adan" => Some("Adan divides by √(n̂ + ε root) + ε, and all of it is 0 in y"),
            "QhAdam" => Some("QHAdam divides by √s + ε, and both are 0 in y"),
            "ScheduleFreeAdamW" => {
                Some("Schedule-free AdamW divides by √v̂ + ε, and both are 0 in y")
            }
            "LDoG" => Some("LDoG divides by √G, which is 0"),
            "Prodigy" => Some("Prodigy divides by √v + dε, and both are 0 in y"),
            "DAdaptAdam" => Some("D-Adapt Adam divides by √v + ε, and both are 0 in y"),
            // They divide by the length of the whole gradient, by the curvature, or by a sum that begins
            // above 0.
            "NovoGrad" | "DoG" | "SophiaH" | "Ftrl" | "Bfgs" | "LBfgs"
            // Polyak's rule moves nothing where there is no slope, the valley's Hessian has an inverse,
            // one constant of AdaBelief is left, and Yogi's average starts above 0.
            | "PolyakSgd" | "Newton" | "AdaBelief" | "Yogi" => None,
            "Shampoo" => Some("Shampoo divides by a root of G, which is singular as ε is 0"),
            other => panic!("what does {other} do without its guard?"),
        };
        assert_eq!(reason.as_deref(), expected, "{name}");
        match expected {
            // It divides by nothing before its fifth step.
            Some(_) if name == "RAdam" => assert_eq!(path.status(), Status::Undefined(4)),
            // Its first step only remembers the gradient.
            Some(_) if name == "Adan" => assert_eq!(path.status(), Status::Undefined(1)),
            Some(_) => assert_eq!(path.status(), Status::Undefined(0), "{name}"),
            None => assert!(!path.status().is_out(), "{name}: {}", path.status()),
        }
        seen.push(name);
    }
    assert!(seen.len() >= 9, "{seen:?}");
}

#[test]
fn every_form_says_its_own_divisor() {
    for (optimizer, reason) in [
        (
            "Adagrad(epsilon: 0, epsilon_inside_sqrt: false)",
            "Adagrad divides by √G + ε, and both are 0 in y",
        ),
        (
            "Adagrad(epsilon: 0, matrix: Full)",
            "Adagrad divides by √(G + ε I), and G is singular while ε is 0",
        ),
        (
            "Adagrad(epsilon: 0, matrix: Full, epsilon_inside_sqrt: false)",
            "Adagrad divides by √G + ε I, and G is singular while ε is 0",
        ),
        (
            "RMSProp(epsilon: 0, epsilon_inside_sqrt: false, momentum: 0.5)",
            "RMSProp divides by √E + ε, and both are 0 in y",
        ),
        (
            "RMSProp(epsilon: 0, centered: true)",
            "RMSProp divides by √(V + ε), and both are 0 in y",
        ),
        // With ρ 0 the mean is the gradient itself: V is 0 though the slope of x is not.
        (
            "RMSProp(epsilon: 0, centered: true, rho: 0.0, epsilon_inside_sqrt: false)",
            "RMSProp divides by √V + ε, and both are 0 in x",
        ),
        (
            "Adam(epsilon: 0, epsilon_hat: true)",
            "Adam divides by √v + ε, and both are 0 in y",
        ),
        (
            "Adam(epsilon: 0, amsgrad: MaxOfRaw)",
            "Adam divides by √v̂ + ε, and both are 0 in y",
        ),
        (
            "AdamW(epsilon: 0, amsgrad: MaxOfCorrected)",
            "AdamW divides by √v̂ + ε, and both are 0 in y",
        ),
        (
            "Adamax(epsilon: 0, epsilon_place: Added)",
            "Adamax divides by u + ε, and both are 0 in y",
        ),
        (
            "AdaBelief(epsilon: 0, epsilon_root: 0)",
            "AdaBelief divides by √s\u{302} + ε, and both are 0 in y",
        ),
        (
            "Yogi(epsilon: 0, initial_accumulator: 0)",
            "Yogi divides by √v̂ + ε, and both are 0 in y",
        ),
        (
            "Lookahead(inner: Adagrad(epsilon: 0), sync_period: 1)",
            "Adagrad divides by √(G + ε), and both are 0 in y",
        ),
    ] {
        let plan = with(optimizer).plan;
        let path = on(&SurfaceChoice::LongValley, &plan);
        assert_eq!(path.status(), Status::Undefined(0), "{optimizer}");
        let said = path.undefined(&plan, ["x", "y"]);
        assert_eq!(said.as_deref(), Some(reason), "{optimizer}");
    }
}

/// The monkey saddle curves nowhere at its middle.
#[test]
fn newton_is_undefined_where_the_hessian_has_no_inverse() {
    for (optimizer, divisor) in [
        ("Newton()", "H + λI"),
        ("Newton(curvature: Absolute)", "|H| + λI"),
    ] {
        let experiment = race(
            "MonkeySaddle",
            [0.0, 0.0],
            9,
            &format!("(optimizer: {optimizer})"),
        );
        let path = simulate(&experiment).remove(0);
        assert_eq!(path.status(), Status::Undefined(0), "{optimizer}");
        let said = path
            .undefined(&experiment.racers[0].plan, ["x", "y"])
            .unwrap();
        let expected = format!("Newton divides by {divisor}, which has no inverse there");
        assert_eq!(said, expected);
    }
    let damped = race(
        "MonkeySaddle",
        [0.0, 0.0],
        9,
        "(optimizer: Newton(damping: 0.1))",
    );
    assert!(!simulate(&damped)[0].status().is_out());
}

#[test]
fn with_their_guards_and_off_the_axis_all_rules_go_on() {
    for choice in OptimizerChoice::for_points() {
        let plan = Plan::new(choice.clone());
        let path = on(&SurfaceChoice::LongValley, &plan);
        assert_eq!(path.undefined(&plan, ["x", "y"]), None);
        assert!(!path.status().is_out(), "{}", choice.rule().about().name);
    }
    for (name, plan) in unguarded() {
        // Without its constant, the matrix of one gradient has no inverse anywhere.
        if name == "Shampoo" {
            continue;
        }
        let valley = SurfaceChoice::LongValley.open();
        let path = simulate_racer(&valley, &plan, [-4.0, 1.0], 3, 0);
        assert!(!path.status().is_out(), "{name}");
    }
}

/// A guard of 0 alone makes no step undefined: here the numbers do grow beyond their range.
#[test]
fn what_grows_beyond_all_numbers_has_diverged() {
    for optimizer in [
        "GradientDescent(learning_rate: 10)",
        "Adam(epsilon: 0, learning_rate: 1e308, beta_1: 0.0)",
        "Adagrad(epsilon: 0, learning_rate: 1e308)",
        "Newton(learning_rate: 1e308)",
    ] {
        let experiment = race(
            "LongValley",
            [1.0, 1.0],
            300,
            &format!("(optimizer: {optimizer})"),
        );
        let path = simulate(&experiment).remove(0);
        assert!(matches!(path.status(), Status::Diverged(_)), "{optimizer}");
        assert_eq!(path.undefined(&experiment.racers[0].plan, ["x", "y"]), None);
    }
}

/// An edit takes ε away in the middle of a race that it has kept going until then.
#[test]
fn the_step_is_the_last_that_was_made() {
    let plan = racer(
        "(optimizer: RMSProp(rho: 0.0), edits: [(step: 5, parameter: \"epsilon\", value: 0)])",
    )
    .plan;
    let path = on(&SurfaceChoice::LongValley, &plan);
    assert_eq!(path.status(), Status::Undefined(5));
    assert_eq!(path.status_at(4), Status::Running);
    assert_eq!(path.last_step(), 5);
    assert_eq!(path.status().to_string(), "undefined at 5");
}

fn experiment() -> Experiment {
    race(
        "LongValley",
        ON_AXIS,
        20,
        "(optimizer: Adagrad(epsilon: 0)), (optimizer: GradientDescent(learning_rate: 0.01))",
    )
}

#[test]
fn json_has_the_reason() {
    let mut json = Vec::new();
    trajectories::write_json(&mut json, &experiment()).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json[0]["status"], "undefined");
    assert_eq!(json[0]["status_step"], 0);
    assert_eq!(
        json[0]["status_reason"],
        "Adagrad divides by √(G + ε), and both are 0 in y"
    );
    assert_eq!(json[1]["status"], "running");
    assert_eq!(json[1]["status_reason"], serde_json::Value::Null);
}

#[test]
fn pictures_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("race.ron");
    slalom::preset::save(&file, &experiment().into()).unwrap();
    let texts = leaderboard(&file);
    let texts: Vec<&str> = texts.iter().map(|(_, text)| &**text).collect();
    assert!(
        texts.contains(&"undefined") && texts.contains(&"0/0"),
        "{texts:?}"
    );
    assert!(!texts.contains(&"diverged"), "{texts:?}");
}
