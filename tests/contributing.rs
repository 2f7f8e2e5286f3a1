//! The worked examples of CONTRIBUTING.md, compiled outside the crate and run in races.

#[path = "common/oracle.rs"]
mod oracle;

#[path = "contributing/optimizer/mod.rs"]
mod optimizer;
#[path = "contributing/surface/mod.rs"]
mod surface;

use optimizer::normalized::Normalized;
use optimizer::signum::Signum;
use oracle::On;
use slalom::objective::Block;
use slalom::optimizer::{
    Family, GradientDescent, NoteRole, Notebook, OptimizerChoice, Rule, Run, Running, Value,
};
use slalom::surface::{Formula, Surface, minima};
use surface::zakharov::Zakharov;

/// Two coordinates without further structure.
const PLANE: &[Block] = &[Block::Vector(2)];

const TEXT: &str = include_str!("../CONTRIBUTING.md");

#[test]
fn the_guide_shows_the_very_files_that_are_compiled_here() {
    for (path, code) in [
        (
            "src/surface/formulas/zakharov.rs",
            include_str!("contributing/surface/zakharov.rs"),
        ),
        (
            "src/optimizer/rules/signum.rs",
            include_str!("contributing/optimizer/signum.rs"),
        ),
        (
            "src/optimizer/wrappers/normalized.rs",
            include_str!("contributing/optimizer/normalized.rs"),
        ),
    ] {
        assert!(
            TEXT.contains(&format!("`{path}`:\n\n```rust\n{code}```\n")),
            "CONTRIBUTING.md should show tests/contributing's copy of {path}"
        );
    }
}

/// The guide gives the line for each registry.
#[test]
fn the_guide_shows_how_to_register() {
    for (registry, head, line) in [
        (
            include_str!("../src/surface/mod.rs"),
            "choice::registry! {\n",
            "    zakharov::Zakharov,",
        ),
        (
            include_str!("../src/optimizer/mod.rs"),
            "registry::registry! {\n    rules:\n",
            "        signum::Signum as coordinate,",
        ),
        (
            include_str!("../src/optimizer/mod.rs"),
            "    wrappers:\n        lookahead::Lookahead",
            "        normalized::Normalized",
        ),
    ] {
        assert!(registry.contains(head), "{head}");
        assert!(TEXT.contains(&format!("```rust\n{line}\n```\n")), "{line}");
    }
}

#[test]
fn the_example_races_on_the_example() {
    let surface: &dyn Surface = &Zakharov;
    let mut rule = Signum::default();
    let rate = (&rule as &dyn Rule).find("learning_rate").unwrap();
    Rule::set(&mut rule, rate, Value::Number(0.01));

    let mut at = [-3.5, 4.0];
    let mut run = Running::begin(rule, &at, PLANE);
    let mut oracle = On(surface);
    let first = surface.value(at);
    for t in 1..=1000 {
        let before = at;
        let mut notes = Notebook::new(Rule::notes(&rule));
        run.step_noted(&mut at, t, &mut oracle, &mut notes);
        let told = notes.first(NoteRole::Part(Family::Gradient)).unwrap();
        for axis in 0..2 {
            let step = at[axis] - before[axis];
            assert!((step - told[axis]).abs() < 1e-12);
            assert!((step.abs() - 0.01).abs() < 1e-12, "always as long");
        }
    }
    let last = surface.value(at);
    assert!(last < 0.05 && first > 40.0, "from {first} to {last}");
}

/// The note that the guide adds appears in the compiled file under the same name.
#[test]
fn the_guide_shows_how_to_note() {
    let code = include_str!("contributing/optimizer/normalized.rs");
    let note = &code[code.find("const NOTES").unwrap()..code.find("/// How many").unwrap()];
    assert!(TEXT.contains(&format!("```rust\n{note}```\n")), "{note}");
    let told = "probe.note(SLOPE, *slope);";
    assert!(code.contains(told) && TEXT.contains(&format!("`{told}`")));
}

type Wrapped = Normalized<Box<OptimizerChoice>>;

/// The example around gradient descent: every step has the length of the rate.
#[test]
fn the_example_wraps_any_rule() {
    let steep = OptimizerChoice::GradientDescent(GradientDescent {
        learning_rate: 0.01,
    });
    let mut rule = Wrapped {
        epsilon: 0.5,
        inner: Box::new(steep),
    };
    let names: Vec<_> = (&rule as &dyn Rule)
        .parameters()
        .map(|it| it.name)
        .collect();
    assert_eq!(names, ["epsilon", "inner.learning_rate"]);
    let rate = (&rule as &dyn Rule).rate().unwrap();
    Rule::set(&mut rule, rate, Value::Number(0.02));

    // ∇f is (3, 200) here, and its square 40009.
    let mut at = [3.0, 4.0];
    let surface = slalom::surface::SurfaceChoice::LongValley.open();
    let mut run = Running::begin(rule.clone(), &at, PLANE);
    let mut notes = Notebook::new(Rule::notes(&rule));
    run.step_noted(&mut at, 1, &mut On(&*surface), &mut notes);
    let length = 40_009.0_f64.sqrt() + 0.5;
    let seen = [3.0 / length, 200.0 / length];
    assert_eq!(at, [3.0 - 0.02 * seen[0], 4.0 - 0.02 * seen[1]]);
    assert_eq!(notes.first(NoteRole::Gradient), Some(seen));
    let own = notes.first(NoteRole::Other(Family::Gradient));
    assert_eq!(own, Some([3.0, 200.0]));
    // An edit changes the wrapped rule during the race.
    let before = at;
    run.adjust(rate, 0.5);
    run.step(&mut at, 2, &mut On(&*surface));
    let moved = (at[0] - before[0]).hypot(at[1] - before[1]);
    assert!((moved - 0.5).abs() < 0.5 * 0.5 / 190.0, "{moved}");
}

#[test]
fn the_example_stays_where_there_is_no_slope() {
    let mut at = [0.0, 0.0];
    let mut run = Running::begin(Signum::default(), &at, PLANE);
    run.step(&mut at, 1, &mut On(&Zakharov));
    assert_eq!(at, [0.0, 0.0]);
}

#[test]
fn the_example_knows_its_own_minimum() {
    let found = minima::find(&Zakharov, &Zakharov.window());
    assert_eq!(found, Zakharov::ABOUT.minima);
}
