//! The open card's schedules that have lists: parts, and changes of the rate.

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::experiment::Schedule;
use slalom::experiment::schedule::{Part, RateChange};
use slalom::preset;

use crate::support::{ADAM, Slalom, THREE};

/// A window so tall that the whole card is in view, with a schedule chosen from the menu.
fn opened(schedule: &str) -> Slalom {
    let three = preset::from_text("test", THREE).unwrap();
    let mut slalom = Slalom::sized([1280.0, 1800.0], Some(three));
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
    slalom.click("Schedule");
    slalom.click(schedule);
    slalom
}

fn schedule(slalom: &Slalom) -> Schedule {
    slalom.experiment().racers[ADAM].plan.schedule.clone()
}

fn parts(slalom: &Slalom) -> Vec<Part> {
    match schedule(slalom) {
        Schedule::Sequence { parts } => parts,
        other => panic!("{other:?}"),
    }
}

fn changes(slalom: &Slalom) -> Vec<RateChange> {
    match schedule(slalom) {
        Schedule::PiecewiseConstant { changes } => changes,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_warm_up_is_followed_by_any_other_schedule() {
    let mut slalom = opened("sequence");
    slalom.type_number("Schedule, part 1 lasts: steps", "30");
    slalom.type_number("Schedule, part 1: steps", "40");
    slalom.click("Schedule, part 2");
    assert!(
        slalom.query_all_by_label("sequence").count() <= 1,
        "none within another"
    );
    slalom.click("exponential");
    slalom.type_number("Schedule, part 2: factor", "0.5");
    let expected = vec![
        Part::of(30, Schedule::warm_up(40, 0.1)),
        Part::last(Schedule::Exponential { factor: 0.5 }),
    ];
    assert_eq!(parts(&slalom), expected);
    assert_eq!(
        slalom.path(ADAM).learning_rate[31],
        0.5 * slalom.path(ADAM).learning_rate[30]
    );
}

#[test]
fn parts_are_added_and_removed_and_only_the_last_has_no_length() {
    let mut slalom = opened("sequence");
    slalom.click("Schedule: add a part");
    let lengths: Vec<_> = parts(&slalom).iter().map(|part| part.steps).collect();
    assert_eq!(lengths, [Some(20), Some(50), None]);
    assert!(slalom.has("Schedule, part 2 lasts: steps"));
    assert!(!slalom.has("Schedule, part 3 lasts: steps"));
    assert_eq!(slalom.experiment().check(), Ok(()));
    slalom.click("Remove: Schedule, part 3");
    slalom.click("Remove: Schedule, part 1");
    assert_eq!(parts(&slalom).len(), 1);
    assert!(!slalom.has("Remove: Schedule, part 1"), "one has to stay");
    assert_eq!(slalom.experiment().check(), Ok(()));
}

#[test]
fn changes_of_the_rate_are_added_typed_and_removed() {
    let mut slalom = opened("piecewise constant");
    slalom.type_number("Schedule, change 1: factor", "0.25");
    slalom.click("Schedule: add a change");
    assert_eq!(changes(&slalom)[2], RateChange::by(200, 0.5));
    slalom.click("Remove: Schedule, change 2");
    let expected = [RateChange::by(100, 0.25), RateChange::by(200, 0.5)];
    assert_eq!(changes(&slalom), expected);
    slalom.click("Schedule, change 2: by a factor or to a rate");
    slalom.click("to");
    slalom.type_number("Schedule, change 2: learning rate", "0.003");
    let change = changes(&slalom)[1];
    assert_eq!((change.factor, change.learning_rate), (None, Some(0.003)));
}

/// 100 rows in batches of 10 are 10 steps an epoch.
#[test]
fn on_data_a_length_is_given_in_steps_or_in_epochs() {
    let mut slalom = Slalom::playing(
        "(version: 1, surface: LinearRegression(data: \"line\"), start: (-1.0, -2.0), steps: 100, \
         racers: [(optimizer: Adam(), batch: MiniBatch(10), schedule: Cosine(steps: 40))])",
    );
    slalom.get_by_label_contains("schedule…").click();
    slalom.rest();
    let of = |slalom: &Slalom| slalom.experiment().racers[0].plan.schedule.clone();
    slalom.click("Schedule: steps, or something else");
    slalom.click("epochs");
    let expected = Schedule::Cosine {
        steps: None,
        epochs: Some(4),
        final_learning_rate: 0.0,
    };
    assert_eq!(of(&slalom), expected);
    slalom.click("Schedule: epochs, or something else");
    slalom.click("steps");
    assert_eq!(of(&slalom), Schedule::cosine(40, 0.0));
}

#[test]
fn a_threshold_is_a_share_or_a_difference() {
    let mut slalom = opened("reduce on plateau");
    slalom.click("Schedule: threshold mode");
    slalom.click("absolute");
    let setting = &schedule(&slalom).about().settings[3];
    assert_eq!(setting.get(&schedule(&slalom)), Some(1.0));
    slalom.type_number("Schedule: patience", "0");
    slalom.type_number("Schedule: threshold", "1000");
    // Nothing counts as progress, so that every step reduces the rate.
    let rates = &slalom.path(ADAM).learning_rate;
    assert!(rates[5] < 0.01 * rates[0], "{:?}", &rates[..6]);
    let label = "Learning rate over the race: 0.15 in the first step, 0.15 at most, ";
    let curve = slalom.query_by_label_contains("Learning rate over the race");
    let told = curve.and_then(|it| it.accesskit_node().label()).unwrap();
    assert!(
        told.starts_with(label) && !told.ends_with(" 0.15 in the last step"),
        "{told}"
    );
}
