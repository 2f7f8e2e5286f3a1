//! The tour in the window: lessons, goals, and navigation.

use std::fs;

use slalom::app::{AppAction, Change, Opening, table};
use slalom::optimizer::Value;
use slalom::preset::{Arrows, TOUR};

use crate::support::Slalom;

fn lesson(name: &'static str) -> Slalom {
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::Open(Opening::BuiltIn(name)));
    slalom.rest();
    slalom
}

fn set_rate(slalom: &mut Slalom, racer: usize, rate: f64) {
    slalom.perform(Change::Parameter {
        racer: slalom.id(racer),
        parameter: 0,
        value: Value::Number(rate),
        linked: false,
    });
    slalom.rest();
}

#[test]
fn lessons_are_in_the_menu_and_lead_from_one_to_the_next() {
    let mut slalom = Slalom::three();
    slalom.open_menu("Tour: lessons and games");
    let first = TOUR[0].preset().unwrap().experiment.title;
    slalom.click(&format!("Lesson 1: {first}"));
    slalom.rest();
    assert_eq!(slalom.experiment().title, first);
    assert!(slalom.says("LESSON 1 OF 15"));
    for lesson in &TOUR[1..] {
        slalom.click("Next");
        slalom.rest();
        let experiment = lesson.preset().unwrap().experiment;
        assert_eq!(slalom.experiment().title, experiment.title);
        assert!(slalom.says("Try it"), "{}", lesson.name);
    }
    slalom.click("Back");
    slalom.rest();
    assert!(slalom.says("LESSON 14 OF 15"));
}

#[test]
fn a_goal_that_is_reached_is_praised_and_stays_so() {
    let mut slalom = lesson("01-gradient-descent");
    let goal = slalom.document().lesson().cloned().unwrap().goal.unwrap();
    assert!(slalom.says("Try it") && !slalom.says("Found!"));
    set_rate(&mut slalom, 1, 0.04);
    assert!(slalom.says("Found!"), "{}", goal.ask);
    assert!(slalom.says(&goal.praise[..20]));
    set_rate(&mut slalom, 1, 0.02);
    assert!(slalom.says("Found!"));
    // Changes made in the tour need not be saved.
    slalom.click("Next");
    slalom.rest();
    assert!(slalom.says("LESSON 2 OF 15") && !slalom.says("Found!"));
}

#[test]
fn lessons_are_seen_as_their_author_set_them_up_and_other_races_are_not() {
    let mut slalom = lesson("04-nesterov");
    assert_eq!(slalom.document().view.arrows, Arrows::Normalised);
    assert!(slalom.says("plain momentum’s step"));
    assert!(!slalom.is_playing());
    assert!((slalom.playhead() - 2.0).abs() < 1e-9);
    let selected = slalom.selected().unwrap();
    assert_eq!(slalom.names()[selected], "Nesterov");
    slalom.click("leave the tour");
    slalom.rest();
    assert_eq!(slalom.document().view.arrows, Arrows::Off);
    assert!(!slalom.says("LESSON"));
}

#[test]
fn a_teachers_folder_is_a_tour_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    for (name, title) in [("a.ron", "First"), ("b.ron", "Second")] {
        let text = format!(
            "(version: 1, title: \"{title}\", notes: \"Some **bold** words.\", surface: Beale, \
             start: (1.0, 1.6), steps: 20, racers: [(optimizer: Adam())], lesson: ())"
        );
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::OpenFile(folder.path().join("a.ron")));
    slalom.rest();
    assert!(slalom.says("bold"), "Markdown is shown");
    assert!(!slalom.says("**"));
    slalom.click("Next");
    slalom.rest();
    assert_eq!(slalom.experiment().title, "Second");
    slalom.click("Back");
    slalom.rest();
    assert_eq!(slalom.experiment().title, "First");
}

#[test]
fn a_lesson_is_one_wherever_it_was_opened_from() {
    let preset = TOUR[2].preset().unwrap();
    let mut slalom = Slalom::sized([1280.0, 800.0], Some(preset));
    slalom.rest();
    assert!(slalom.says("LESSON 3 OF 15"));
    slalom.click("Next");
    slalom.rest();
    assert!(slalom.says("LESSON 4 OF 15"));
}

#[test]
fn preferences_outlast_a_lesson_and_its_view_does_not() {
    let mut slalom = lesson("04-nesterov");
    let before = slalom.workspace().settings.looping;
    slalom.perform(&table::play::LOOP);
    slalom.perform(&table::view::CURVATURE);
    slalom.perform(AppAction::Open(Opening::BuiltIn("saddle")));
    slalom.rest();
    assert_eq!(slalom.workspace().settings.looping, !before);
    assert_eq!(slalom.document().view.arrows, Arrows::Off);
    assert!(!slalom.document().view.curvature);
}
