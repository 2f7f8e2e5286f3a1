//! Faults in the view settings and the lesson of a preset, and their positions.

use slalom::experiment::Lesson;
use slalom::preset::{Preset, ViewSettings, from_text, to_text};

use super::common::preset::wrong;

const TEXT: &str = r#"(
    version: 1,
    surface: LongValley,
    start: (-4.5, 1.5),
    steps: 200,
    racers: [
        (name: "Slow", optimizer: GradientDescent()),
        (optimizer: Adam()),
    ],
    view: (window: (x: (-5.0, 5.0), y: (-2.0, 2.0)), selected: "Adam", step: 10, chart: RateX),
    lesson: (
        goal: (
            ask: "Try it.",
            when: All([
                Beats(racer: "Adam", other: "Slow"),
                Settles(racer: "Slow", within: 0.01, by_step: 100),
                LossBelow(racer: "Slow", loss: 0.5, by_step: 100),
            ]),
            allows: ["start", "Slow.learning_rate", "Adam"],
            hint: "Try it harder.",
            praise: "Well done.",
        ),
    ),
)
"#;

/// A piece of `TEXT`, its replacement with ¦ at the fault, and the message.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "\"start\", ",
        "¦\"strat\", ",
        "there is no racer or field \"strat\"; did you mean \"start\"?",
    ),
    (
        "\"Slow.learning_rate\"",
        "¦\"Slow.learning_rat\"",
        "Slow has no \"learning_rat\"; did you mean learning_rate?",
    ),
    (
        "\"Slow.learning_rate\"",
        "¦\"Slo.learning_rate\"",
        "there is no racer or field \"Slo\"; did you mean \"Slow\"?",
    ),
    (
        "[\"start\", \"Slow.learning_rate\", \"Adam\"]",
        "¦\"start\"",
        "allows is \"start\", but must be a list in square brackets",
    ),
    (
        "selected: \"Adam\"",
        "selected: ¦\"Adma\"",
        "there is no racer \"Adma\"; did you mean \"Adam\"?",
    ),
    (
        "selected: \"Adam\"",
        "selected: ¦\"Lightning\"",
        "there is no racer \"Lightning\"; there are Slow, Adam",
    ),
    (
        "other: \"Slow\"",
        "other: ¦\"Slo\"",
        "there is no racer \"Slo\"; did you mean \"Slow\"?",
    ),
    (
        "Settles(racer: \"Slow\"",
        "Settles(racer: ¦\"slow\"",
        "there is no racer \"slow\"; did you mean \"Slow\"?",
    ),
    (
        "step: 10,",
        "step: ¦201,",
        "step is 201, but the race ends at step 200",
    ),
    (
        "(-5.0, 5.0)",
        "¦(5.0, -5.0)",
        "x of the window is (5, -5), but must be a smaller and a larger number",
    ),
    (
        "(-2.0, 2.0)",
        "¦(2.0, 2.0)",
        "y of the window is (2, 2), but must be a smaller and a larger number",
    ),
    (
        "(-2.0, 2.0)",
        "¦(-2.0, inf)",
        "y of the window is (-2, inf), but must be a smaller and a larger number",
    ),
    (
        "(-2.0, 2.0)",
        "¦(NaN, 2.0)",
        "y of the window is (NaN, 2), but must be a smaller and a larger number",
    ),
    (
        "(-2.0, 2.0)",
        "(-2.0¦)",
        "there must be two numbers here, as in (1.0, 1.6)",
    ),
    (
        "chart: RateX",
        "data: ¦true",
        "data: true needs data, but LongValley has none",
    ),
    (
        "chart: RateX",
        "against: ¦Rows",
        "against: Rows or Epochs needs data, but LongValley has none",
    ),
    (
        "chart: RateX",
        "chart: ¦RatX",
        "there is no chart \"RatX\"; did you mean RateX?",
    ),
    (
        "chart: RateX",
        "¦chrt: RateX",
        "a view has no field \"chrt\"; did you mean chart?",
    ),
    (
        "window: (x:",
        "window: (¦z:",
        "a window has no field \"z\"; did you mean x?",
    ),
    (
        "within: 0.01",
        "within: ¦0",
        "within is 0, but must be a finite number above 0",
    ),
    (
        "within: 0.01",
        "within: ¦inf",
        "within is inf, but must be a finite number above 0",
    ),
    (
        "loss: 0.5",
        "loss: ¦NaN",
        "loss is NaN, but must be a finite number",
    ),
    (
        "Settles(",
        "¦Settle(",
        "there is no condition \"Settle\"; did you mean Settles?",
    ),
    (
        "within: 0.01, by_step",
        "¦witin: 0.01, by_step",
        "Settles has no parameter \"witin\"; did you mean within?",
    ),
    (
        ", by_step: 100),\n                LossBelow",
        "¦),\n                LossBelow",
        "the field by_step is missing",
    ),
    (
        "ask: ",
        "¦aks: ",
        "a goal has no field \"aks\"; did you mean ask?",
    ),
    (
        "goal: (",
        "¦gaol: (",
        "a lesson has no field \"gaol\"; did you mean goal?",
    ),
    ("ask: \"Try it.\",", "", "the field ask is missing"),
    (
        "hint: ",
        "¦hnt: ",
        "a goal has no field \"hnt\"; did you mean hint?",
    ),
    (
        "hint: \"Try it harder.\"",
        "hint: ¦\" \"",
        "hint is empty; leave it out, or say what to try",
    ),
    (
        "hint: \"Try it harder.\"",
        "hint: ¦5",
        "hint is 5, but must be text in quotation marks",
    ),
];

#[test]
fn faults_of_view_and_lesson_have_a_sentence_and_a_place() {
    assert!(from_text("race.ron", TEXT).is_ok());
    for (from, to, expected) in FAULTS {
        assert_eq!(TEXT.matches(from).count(), 1, "{from}");
        let marked = TEXT.replace(from, to);
        let (at, what) = wrong(&marked.replacen('¦', "", 1));
        assert_eq!(what, *expected);
        if let Some(mark) = marked.find('¦') {
            let before = &marked[..mark];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            assert_eq!(at, format!("{line}:{column}"), "{what}");
        }
    }
}

#[test]
fn a_goal_needs_a_condition_and_someone_to_race() {
    let all = TEXT.find("All([").unwrap() + 5;
    let end = TEXT.find("]),\n            allows").unwrap();
    let (at, what) = wrong(&format!("{}{}", &TEXT[..all], &TEXT[end..]));
    assert_eq!((&*at, &*what), ("14:23", "All needs one condition or more"));
    let nobody = TEXT.replace("selected: \"Adam\", ", "");
    let racers = nobody.find("(name: \"Slow\"").unwrap();
    let end = nobody.find("],\n    view").unwrap();
    let (_, what) = wrong(&format!("{}{}", &nobody[..racers], &nobody[end..]));
    assert_eq!(what, "there is no racer \"Adam\"; nobody races");
}

#[test]
fn nobody_settles_where_no_lowest_point_is_known() {
    let (at, what) = wrong(&TEXT.replace("LongValley", "Saddle"));
    let settles = "nobody settles on Saddle, of which no lowest point is known";
    assert_eq!((&*at, &*what), ("16:17", settles));
}

#[test]
fn view_and_lesson_are_written_where_they_are() {
    let preset = from_text("race.ron", TEXT).unwrap();
    let text = to_text(&preset).unwrap();
    assert!(text.contains("\n    view: ("), "{text}");
    assert!(
        text.contains("Beats(racer: \"Adam\", other: \"Slow\")"),
        "{text}"
    );
    let plain = Preset::from(preset.experiment);
    let text = to_text(&plain).unwrap();
    assert!(!text.contains("view") && !text.contains("lesson"), "{text}");
}

#[test]
fn a_goal_may_have_a_hint() {
    let hint_of = |text: &str| {
        let lesson = from_text("race.ron", text).unwrap().lesson;
        lesson.and_then(|it| it.goal).unwrap().hint
    };
    assert_eq!(hint_of(TEXT).as_deref(), Some("Try it harder."));
    let written = to_text(&from_text("race.ron", TEXT).unwrap()).unwrap();
    assert_eq!(hint_of(&written), hint_of(TEXT));
    let without = TEXT.replace("            hint: \"Try it harder.\",\n", "");
    assert_eq!(hint_of(&without), None);
    let written = to_text(&from_text("race.ron", &without).unwrap()).unwrap();
    assert!(!written.contains("hint"), "{written}");
}

/// Racers can be removed in the window; the race can still be saved and reopened.
#[test]
fn a_view_or_goal_that_no_longer_fits_is_left_out() {
    let mut fewer = from_text("race.ron", TEXT).unwrap();
    fewer.experiment.racers.remove(0);
    assert_eq!(fewer.experiment.check(), Ok(()), "a change may do this");
    let again = from_text("race.ron", &to_text(&fewer).unwrap()).unwrap();
    assert_eq!(again.lesson, Some(Lesson { goal: None }));
    assert_eq!(again.view, fewer.view);

    let mut shorter = from_text("race.ron", TEXT).unwrap();
    shorter.experiment.steps = 5;
    assert_eq!(shorter.experiment.check(), Ok(()));
    let again = from_text("race.ron", &to_text(&shorter).unwrap()).unwrap();
    assert_eq!(again.view, ViewSettings::default());
    assert_eq!(again.lesson, shorter.lesson);
}
