//! Rules that are typed into a preset.

mod common;

use common::{edited, race, with};
use slalom::analysis::sensitivity::Knob;
use slalom::experiment::{Plan, Schedule};
use slalom::optimizer::{OptimizerChoice, Role};
use slalom::preset::{self, from_text, to_text};
use slalom::simulation::{
    Arrow, Trajectory, Unit, record, simulate, simulate_racer, takes_the_same_steps,
};
use slalom::surface::SurfaceChoice;

/// Momentum as it is built in, and as it is typed.
const BUILT_IN: &str = "Momentum(learning_rate: 0.02, momentum: 0.9)";
const TYPED: &str = r#"Rule(title: "Heavy ball", parameters: {"learning_rate": 0.02, "momentum": 0.9},
    lines: "v <- momentum*v + learning_rate*g; theta <- theta - v")"#;

fn read(optimizer: &str) -> Result<preset::Preset, String> {
    let text = format!(
        "(version: 1, surface: Beale, start: (0.5, 0.5), steps: 10,\n racers: [(optimizer: {optimizer})])"
    );
    from_text("p.ron", &text).map_err(|fault| fault.to_string())
}

/// All positions and losses, to the last bit.
fn bits(path: &Trajectory) -> Vec<[u64; 3]> {
    let losses = path.x.iter().zip(&path.y).zip(&path.loss);
    let bits = losses.map(|((x, y), loss)| [x, y, loss].map(|it| it.to_bits()));
    bits.collect()
}

#[test]
fn files_keep_what_was_typed() {
    let text = r#"Rule(title: "Mine", parameters: {"b": (value: 2.0, range: (0.0, 5.0)), "a": 1},
        lines: "m <- a*m + b*g\ntheta <- theta - m/100")"#;
    let preset = read(text).unwrap();
    let written = to_text(&preset).unwrap();
    assert_eq!(from_text("p.ron", &written).unwrap(), preset);
    assert_eq!(preset.experiment.names(), ["Mine"]);
    assert_eq!(preset.experiment.titles(), ["Mine"]);
    let OptimizerChoice::Rule(rule) = &preset.experiment.racers[0].plan.optimizer else {
        panic!("{written}");
    };
    assert_eq!(rule.text(), "m <- a*m + b*g\ntheta <- theta - m/100");
    assert_eq!(rule.parameters().names().collect::<Vec<_>>(), ["b", "a"]);
}

#[test]
fn a_mistake_is_told_in_one_sentence_with_its_place() {
    for (optimizer, expected) in [
        (
            r#"Rule(lines: "theta <- theta - 0.1*gg")"#,
            "p.ron:2:35: Own rule: in the lines of the rule, line 1, column 22: ",
        ),
        (
            r#"Rule(title: "R", lines: "theta <- theta - kappa*g")"#,
            "R: in the lines of the rule, line 1, column 18: there is no quantity kappa; give it a \
             value, as in parameters: {\"kappa\": 1.0}",
        ),
        (
            r#"Rule(title: "R", parameters: {"beta": 0.5}, lines: "m <- g\ntheta <- theta - bta*m")"#,
            "line 2, column 18: there is no quantity bta; did you mean beta?",
        ),
        (
            r#"Rule(title: "R", lines: "m <- g")"#,
            "a rule has to move theta",
        ),
        (
            r#"Rule(title: "R", parameters: {"sqrt": 0.5}, lines: "theta <- theta - g")"#,
            "a parameter cannot be called \"sqrt\"",
        ),
        (
            r#"Rule(title: "R", parameters: {"learning_rate": -0.5}, lines: "theta <- theta - learning_rate*g")"#,
            "learning_rate is -0.5, but must be a finite number, 0 or more",
        ),
        (r#"Rule(title: "R")"#, "the field lines is missing"),
        (
            r#"Rule(titel: "R", lines: "theta <- g")"#,
            "did you mean title?",
        ),
        (
            r#"Lookahead(inner: Rule(title: "R", lines: "theta <-"))"#,
            "p.ron:2:64: Lookahead: in the lines of the rule, line 1, column 9: ",
        ),
    ] {
        let fault = read(optimizer).unwrap_err();
        assert!(fault.contains(expected), "{fault}\n{expected}");
    }
}

#[test]
fn a_mistake_is_shown_with_its_line_and_a_caret() {
    let text = |optimizer: &str, surface: &str| {
        format!(
            "(version: 1, surface: {surface}, start: (0.5, 0.5), steps: 10, racers: [(optimizer: {optimizer})])"
        )
    };
    let broken = r#"Rule(parameters: {"beta": 0.5}, lines: "m <- g\ntheta <- theta - bta*m")"#;
    let excerpt = |text: String| {
        let fault = from_text("p.ron", &text).unwrap_err();
        fault.excerpt().map(str::to_owned)
    };
    let expected = "theta <- theta - bta*m\n                 ^^^";
    assert_eq!(excerpt(text(broken, "Beale")).as_deref(), Some(expected));
    let wrapped = format!("Lookahead(inner: {broken})");
    assert_eq!(excerpt(text(&wrapped, "Beale")).as_deref(), Some(expected));
    let formula = r#"Formula(loss: "x^2 + sine(y)")"#;
    let expected = "x^2 + sine(y)\n      ^^^^";
    assert_eq!(excerpt(text("Adam()", formula)).as_deref(), Some(expected));
    assert_eq!(excerpt(text("Adam(beta_1: 2.0)", "Beale")), None);
}

#[test]
fn a_typed_rule_is_the_built_in_one_under_everything_that_happens_to_it() {
    let surfaces = [
        ("Beale", [0.5, 0.5]),
        ("LinearRegression(data: \"line\")", [-1.0, -2.0]),
    ];
    for (surface, start) in surfaces {
        let more = [
            "",
            ", schedule: Cosine(steps: 60, final_learning_rate: 0.001)",
            ", edits: [(step: 9, parameter: \"momentum\", value: 0.5), (step: 20, parameter: \"learning_rate\", value: 0.01)]",
            ", noise: 0.1",
        ];
        for more in more {
            let path = |optimizer: &str| {
                let racer = format!("(optimizer: {optimizer}{more})");
                simulate(&race(surface, start, 60, &racer)).remove(0)
            };
            assert_eq!(bits(&path(TYPED)), bits(&path(BUILT_IN)), "{more}");
            let wrapped = |rule: &str| path(&format!("Lookahead(inner: {rule})"));
            if !more.contains("edits") {
                assert_eq!(bits(&wrapped(TYPED)), bits(&wrapped(BUILT_IN)), "{more}");
            }
        }
    }
    let path = |rule: &str| {
        let racer = format!("(optimizer: {rule}, batch: MiniBatch(8))");
        let race = race("LinearRegression(data: \"line\")", [-1.0, -2.0], 60, &racer);
        simulate(&race).remove(0)
    };
    assert_eq!(bits(&path(TYPED)), bits(&path(BUILT_IN)));
}

#[test]
fn it_moves_a_network_and_its_groups() {
    let run = |own: &str, group: &str| {
        let text = format!(
            "(version: 1, surface: Network(moons: (rows: 40, noise: 0.2, seed: 0), hidden: [4]), \
             steps: 12, racers: [(optimizer: {own}, batch: MiniBatch(8), \
             groups: [(block: \"biases\", optimizer: {group})])])"
        );
        let race = from_text("p.ron", &text).unwrap().experiment;
        simulate(&race).remove(0)
    };
    let ahead = r#"Rule(parameters: {"mu": 0.9}, lines: "v <- mu*v + 0.05*gradient(theta - mu*v); theta <- theta - v")"#;
    let nesterov = "Nesterov(learning_rate: 0.05, momentum: 0.9, form: LookAhead)";
    assert_eq!(bits(&run(TYPED, BUILT_IN)), bits(&run(BUILT_IN, TYPED)));
    let both = [run(BUILT_IN, ahead), run(BUILT_IN, nesterov)];
    // Both tell the racer's own rule where they will ask.
    assert_eq!(both[0].rows_seen, both[1].rows_seen);
    assert!(takes_the_same_steps(&both[0], &both[1]));
}

#[test]
fn its_rate_and_its_other_numbers_can_be_swept() {
    let plan = with(TYPED).plan;
    let knob = Knob::find(&plan, None).unwrap();
    assert_eq!(knob.parameter.role, Role::Rate);
    let knob = Knob::find(&plan, Some("momentum")).unwrap();
    let other = knob.set(&plan, 0.5).unwrap();
    assert_eq!(other.optimizer.rule().number(1), Some(0.5));
    let scheduled = Plan {
        schedule: Schedule::cosine(60, 0.0),
        ..plan
    };
    assert!(scheduled.learning_rate_at(59).unwrap() < 0.001);
}

#[test]
fn what_it_assigns_is_recorded() {
    let racer = edited(with(TYPED), &[(5, "momentum", 0.0)]);
    let surface = SurfaceChoice::Booth.open();
    let path = simulate_racer(&surface, &racer.plan, [-1.0, 2.0], 20, 0);
    let _ = record(&surface, &racer.plan, &path, 0);
    let anatomy = slalom::simulation::anatomy(&surface, &racer.plan, &path, 7, 0).unwrap();
    let mut notes = anatomy.notes.vectors();
    let (.., velocity) = notes.find(|(_, note, _)| note.name == "v").unwrap();
    let (_, gradient) = surface.gradient(anatomy.from);
    assert_eq!(velocity, gradient.map(|part| 0.02 * part));
}

#[test]
fn the_parts_of_its_step_are_arrows_that_add_up_to_it() {
    let typed = r#"Rule(title: "Two parts", parameters: {"learning_rate": 0.02, "b": 0.5},
        lines: "m <- 0.9*m + learning_rate*g; theta <- theta - learning_rate*g - b*m")"#;
    let plan = with(typed).plan;
    let surface = SurfaceChoice::Booth.open();
    let path = simulate_racer(&surface, &plan, [-1.0, 2.0], 20, 0);
    let anatomy = slalom::simulation::anatomy(&surface, &plan, &path, 7, 0).unwrap();
    let arrows = anatomy.arrows(&*surface);
    let is_part = |arrow: &&Arrow| arrow.unit == Unit::Plane && arrow.name != "step";
    let parts: Vec<[f64; 2]> = arrows.iter().filter(is_part).map(|it| it.by).collect();
    assert_eq!(parts.len(), 2, "{arrows:#?}");
    for axis in [0, 1] {
        let step = anatomy.to[axis] - anatomy.from[axis];
        let sum = parts[0][axis] + parts[1][axis];
        assert!((sum - step).abs() < 1e-12 * (1.0 + step.abs()), "{parts:?}");
        assert!(parts.iter().all(|part| part[axis] != 0.0), "{parts:?}");
    }
}

/// The lines of Adam with a power p in the preset, with another p.
fn with_power(p: f64) -> Plan {
    let mut race = preset::load("adam-with-a-power").unwrap().experiment;
    let mut plan = race.racers.remove(1).plan;
    let rule = plan.optimizer.rule_mut();
    let index = rule.find("p").unwrap();
    rule.set(index, slalom::optimizer::Value::Number(p));
    plan
}

#[test]
fn a_power_leads_from_momentum_to_adam() {
    let surface = SurfaceChoice::Rosenbrock.open();
    let start = [-1.2, 1.0];
    let path = |plan: &Plan| simulate_racer(&surface, plan, start, 80, 0);
    let adam = path(&with("Adam(learning_rate: 0.1)").plan);
    assert!(takes_the_same_steps(&path(&with_power(0.5)), &adam));
    assert!(!takes_the_same_steps(&path(&with_power(0.4)), &adam));
    // Where nothing is divided, the average is all that counts. 1 + ε is what is left of the divisor.
    let valley = SurfaceChoice::LongValley.open();
    let path = simulate_racer(&valley, &with_power(0.0), [-4.5, 1.5], 80, 0);
    let (mut at, mut average) = ([-4.5, 1.5], [0.0; 2]);
    for step in 1..=80 {
        let gradient = [at[0], 50.0 * at[1]];
        for axis in 0..2 {
            average[axis] = 0.9 * average[axis] + (1.0 - 0.9) * gradient[axis];
            let corrected = average[axis] / (1.0 - 0.9_f64.powi(step));
            at[axis] -= 0.1 * corrected / (1.0 + 1e-8);
        }
        let there = path.at(usize::try_from(step).unwrap());
        for (a, b) in at.iter().zip(there) {
            assert!((a - b).abs() < 1e-10, "{step}: {a} {b}");
        }
    }
}

#[test]
fn the_presets_show_what_their_notes_say() {
    let paths = |name: &str| simulate(&preset::load(name).unwrap().experiment);
    let ball = paths("heavy-ball-by-hand");
    assert_eq!(bits(&ball[0]), bits(&ball[1]));
    assert!(ball[2].loss_at(150) < ball[1].loss_at(150));
    let sign = paths("sign-descent-with-momentum");
    assert!(sign[1].loss_at(200) < 0.1 * sign[0].loss_at(200));
    let adam = paths("adam-with-a-power");
    assert!(takes_the_same_steps(&adam[0], &adam[1]));
    assert!(!takes_the_same_steps(&adam[1], &adam[2]));
}

#[test]
fn only_rounding_may_differ_where_the_steps_are_the_same() {
    let path = |rule: &str| {
        simulate(&race(
            "Beale",
            [0.5, 0.5],
            40,
            &format!("(optimizer: {rule})"),
        ))
        .remove(0)
    };
    let one = path(BUILT_IN);
    let reordered = TYPED.replace(
        "momentum*v + learning_rate*g",
        "learning_rate*g + v*momentum",
    );
    assert!(takes_the_same_steps(&one, &path(&reordered)));
    assert!(!takes_the_same_steps(
        &one,
        &path("Momentum(learning_rate: 0.02000001)")
    ));
    let shorter = simulate(&race(
        "Beale",
        [0.5, 0.5],
        39,
        &format!("(optimizer: {BUILT_IN})"),
    ));
    assert!(!takes_the_same_steps(&one, &shorter[0]));
}
