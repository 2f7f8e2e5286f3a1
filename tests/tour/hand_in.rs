//! `slalom check answer.ron --lesson …`: whether an answer that somebody hands in is right.

use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::Value as Json;
use slalom::experiment::{Batch, Color, Experiment, Schedule};
use slalom::preset::{Preset, load_built_in, to_text};

use super::goals::{ANSWERS, FORGETFUL, MISSES};
use super::lessons::{changed, give, schedule, set, turn};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_slalom"))
        .arg("check")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Hands a text in and returns the exit code, what was printed, and the error.
fn hand_in_text(text: &str, lesson: &str, more: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer.ron");
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let output = run(&[&[file, "--lesson", lesson], more].concat());
    let text = |bytes| {
        String::from_utf8(bytes)
            .unwrap()
            .replace(file, "answer.ron")
    };
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

fn text_of(experiment: &Experiment) -> String {
    let preset = Preset {
        experiment: experiment.clone(),
        ..Preset::default()
    };
    to_text(&preset).unwrap()
}

fn hand_in(experiment: &Experiment, lesson: &str) -> (i32, String) {
    let (code, told, error) = hand_in_text(&text_of(experiment), lesson, &[]);
    assert_eq!(error, "");
    (code, told)
}

/// The number is optional, and a file may stand in for the name.
#[test]
fn right_answers_pass_however_the_lesson_is_named() {
    for (name, change) in ANSWERS {
        let said = format!("answer.ron: the goal of {name} is reached.\n");
        let answer = changed(name, change);
        let (_, bare) = name.split_once('-').unwrap();
        assert_eq!(hand_in(&answer, name), (0, said.clone()));
        assert_eq!(hand_in(&answer, bare), (0, said));
        let file = format!("presets/tour/{name}.ron");
        let said = format!("answer.ron: the goal of {file} is reached.\n");
        assert_eq!(hand_in(&answer, &file), (0, said));
    }
}

#[test]
fn answers_that_only_come_close_fail_with_the_task_and_its_hint() {
    for (name, change) in MISSES {
        let (code, told) = hand_in(&changed(name, change), name);
        assert_eq!(code, 1, "{name}");
        assert!(told.contains(" is not reached ("), "{told}");
        assert!(told.contains("\nHint: "), "{told}");
    }
    let (code, told) = hand_in(&load_built_in("05-adagrad").unwrap().experiment, "adagrad");
    let expected = "answer.ron: the goal of 05-adagrad is not reached (Find a learning rate that keeps \
                    Adagrad within 0.01 of the minimum from step 10 on).\nHint: Adagrad shortens its \
                    own steps, so it can use a far higher rate than gradient descent. Double it until \
                    the racer arrives in time.\n";
    assert_eq!((code, &*told), (1, expected));
}

/// A change to the right answer of lesson 5, and what is said about it.
type Trespass = (fn(&mut Experiment), &'static str);

const TRESPASSES: &[Trespass] = &[
    (
        |it| it.start = [-4.0, 1.5],
        "the start was changed from (−4.5, 1.5) to (−4, 1.5)",
    ),
    (
        |it| it.steps = 300,
        "the number of steps was changed from 200 to 300",
    ),
    (|it| it.seed = 3, "the seed was changed from 0 to 3"),
    (|it| turn(it, 1.0), "the rotation was changed from 0° to 1°"),
    (
        |it| it.shape.condition = Some(49.0),
        "the condition number was changed from the usual one to 49",
    ),
    (
        |it| set(it, "Gradient descent", "learning_rate", 0.01),
        "the learning rate of Gradient descent was changed from 0.036 to 0.01",
    ),
    (
        |it| set(it, "Adagrad", "epsilon", 1e-7),
        "the constant ε of Adagrad was changed from 1e-8 to 1e-7",
    ),
    (
        |it| schedule(it, "Adagrad", Schedule::cosine(500, 3.0)),
        "the schedule of Adagrad was changed from constant to cosine",
    ),
    (
        |it| it.racers[1].plan.noise = 1e-9,
        "the noise of Adagrad was changed from 0 to 1e-9",
    ),
    (
        |it| {
            it.racers.remove(0);
        },
        "the racer Gradient descent was removed",
    ),
    (
        |it| {
            let mut other = it.racers[0].clone();
            other.appearance.name = Some("Another".into());
            it.racers.push(other);
        },
        "the racer Another was added",
    ),
    (
        |it| it.racers[0].plan.optimizer = it.racers[1].plan.optimizer.clone(),
        "the optimizer of Gradient descent was changed from Gradient descent to Adagrad",
    ),
];

fn right() -> Experiment {
    changed("05-adagrad", |it| set(it, "Adagrad", "learning_rate", 4.0))
}

#[test]
fn any_other_change_is_named_and_fails() {
    for (change, said) in TRESPASSES {
        let mut answer = right();
        change(&mut answer);
        let (code, told) = hand_in(&answer, "05-adagrad");
        assert_eq!(code, 1, "{said}");
        let expected = format!("answer.ron: {said}, which this lesson does not allow; the goal of");
        assert!(told.starts_with(&expected), "{told}");
    }
    let mut answer = right();
    answer.start = [-4.0, 1.5];
    answer.steps = 300;
    let (_, told) = hand_in(&answer, "05-adagrad");
    let expected = "answer.ron: the start was changed from (−4.5, 1.5) to (−4, 1.5), which this \
                    lesson does not allow, and one more change; the goal of 05-adagrad is reached.\n";
    assert_eq!(told, expected);
}

/// Batches are compared as well, where there are data.
#[test]
fn an_answer_may_not_use_other_rows() {
    let answer = changed("02-batch-and-stochastic", |it| {
        schedule(it, "1 row", Schedule::InverseTime { decay: 0.02 });
        it.racers[2].plan.batch = Batch::MiniBatch(50);
    });
    let (code, told) = hand_in(&answer, "02-batch-and-stochastic");
    let said =
        "answer.ron: the batch of 1 row was changed from 1 row to 50 rows, which this lesson";
    assert!(code == 1 && told.starts_with(said), "{told}");
}

#[test]
fn looks_and_texts_and_the_order_of_the_racers_do_not_count() {
    let mut answer = right();
    answer.title = "My answer".into();
    answer.notes = "By me".into();
    answer.racers.reverse();
    answer.racers[0].appearance.color = Some(Color([1, 2, 3]));
    answer.racers[1].appearance.visible = false;
    assert_eq!(hand_in(&answer, "adagrad").0, 0);
}

#[test]
fn a_broken_answer_and_a_lesson_that_is_none_are_faults() {
    let text = text_of(&right());
    let (code, told, error) = hand_in_text(&text.replace("LongValley", "Vally"), "adagrad", &[]);
    assert_eq!((code, &*told), (2, ""));
    assert!(
        error.starts_with("answer.ron:") && error.contains("Vally"),
        "{error}"
    );
    for (lesson, said) in [
        (
            "04-nestrov",
            "there is neither a file nor a lesson \"04-nestrov\"; did you mean 04-nesterov?",
        ),
        (
            "nesterof",
            "there is neither a file nor a lesson \"nesterof\"; did you mean nesterov?",
        ),
        (
            "qwertyuiop",
            "there is neither a file nor a lesson \"qwertyuiop\"; `slalom list presets` lists the \
             lessons of the tour",
        ),
        ("beale", "beale is no lesson"),
    ] {
        let (code, told, error) = hand_in_text(&text, lesson, &[]);
        assert_eq!((code, &*told), (2, ""), "{lesson}");
        assert_eq!(error, format!("slalom: {said}\n"));
    }
    let folder = tempfile::tempdir().unwrap();
    let aimless = folder.path().join("aimless.ron");
    let lesson = text.trim_end().trim_end_matches(')').to_owned() + "lesson: (),\n)";
    fs::write(&aimless, lesson).unwrap();
    let (code, _, error) = hand_in_text(&text, aimless.to_str().unwrap(), &[]);
    assert_eq!(code, 2);
    assert!(
        error.ends_with("has no goal that could be reached\n"),
        "{error}"
    );
}

#[test]
fn the_verdict_is_an_object_on_request() {
    let judged = |experiment: &Experiment| {
        let (code, told, _) = hand_in_text(&text_of(experiment), "adagrad", &["--json"]);
        let verdict: Json = serde_json::from_str(&told).unwrap();
        assert_eq!(told.matches('\n').count(), 1);
        assert_eq!(verdict["ok"], true);
        assert_eq!(verdict["lesson"], "05-adagrad");
        assert_eq!(verdict["passes"], code == 0);
        verdict
    };
    let verdict = judged(&right());
    assert_eq!(verdict["passes"], true);
    assert_eq!(verdict["hint"], Json::Null);
    let mut moved = right();
    moved.seed = 9;
    let verdict = judged(&moved);
    assert_eq!(verdict["reached"], true);
    let said = serde_json::json!(["the seed was changed from 0 to 9"]);
    assert_eq!(verdict["forbidden"], said);
    let verdict = judged(&load_built_in("05-adagrad").unwrap().experiment);
    assert_eq!(verdict["reached"], false);
    assert!(
        verdict["hint"]
            .as_str()
            .unwrap()
            .starts_with("Adagrad shortens")
    );
    let (code, told, _) = hand_in_text("(", "adagrad", &["--json"]);
    let fault: Json = serde_json::from_str(&told).unwrap();
    assert_eq!((code, &fault["ok"]), (2, &Json::Bool(false)));
}

/// Without a list, the racers of the goal may be tuned and given a schedule, and nothing else.
#[test]
fn a_lesson_without_a_list_allows_what_its_goal_speaks_of() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lesson.ron");
    let text = load_text("05-adagrad").replace("allows: [\"Adagrad.learning_rate\"],", "");
    fs::write(&file, text).unwrap();
    let lesson = file.to_str().unwrap();
    let mut answer = right();
    schedule(&mut answer, "Adagrad", Schedule::cosine(5000, 0.1));
    set(&mut answer, "Adagrad", "epsilon", 1e-7);
    assert_eq!(hand_in(&answer, lesson).0, 0);
    set(&mut answer, "Gradient descent", "learning_rate", 0.03);
    assert_eq!(hand_in(&answer, lesson).0, 1);
}

fn load_text(name: &str) -> String {
    fs::read_to_string(format!("presets/tour/{name}.ron")).unwrap()
}

/// The lines of a rule that is typed belong to the racer, and stay unless the lesson allows more.
#[test]
fn the_lines_of_a_rule_may_be_changed_where_its_optimizer_may() {
    let mut answer = load_built_in("15-invent-an-optimizer").unwrap().experiment;
    give(&mut answer, "Yours", FORGETFUL);
    assert_eq!(hand_in(&answer, "15-invent-an-optimizer").0, 0);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lesson.ron");
    let text = load_text("15-invent-an-optimizer");
    let strict = text.replace("\"Yours.optimizer\"", "\"Yours.learning_rate\"");
    assert_ne!(strict, text);
    fs::write(&file, strict.replace("A rule of my own", "Forgetful")).unwrap();
    let (code, told) = hand_in(&answer, file.to_str().unwrap());
    assert_eq!(code, 1);
    assert!(told.contains("the lines of Yours were changed"), "{told}");
}
