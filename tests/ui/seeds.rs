//! Several seeds: the row for their number, bands, clouds, medians and ties.

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, Change, DocumentAction, table};

use super::support::Slalom;

/// Two equal racers and one that is far better, all with the same noise, and one without.
const NOISY: &str =
    "(version: 1, surface: LongValley, start: (-4.0, 1.0), steps: 60, seeds: 12, racers: [
    (name: \"One\", optimizer: GradientDescent(learning_rate: 0.01), noise: 1.0),
    (name: \"Other\", optimizer: GradientDescent(learning_rate: 0.010001), noise: 1.0),
    (name: \"Quick\", optimizer: GradientDescent(learning_rate: 0.03), noise: 0.01),
    (name: \"Calm\", optimizer: GradientDescent(learning_rate: 0.02)),
])";

/// Returns the rows of the leaderboard, from top to bottom.
fn rows(slalom: &Slalom) -> Vec<String> {
    let labels = slalom
        .query_all_by(|node| node.label().is_some_and(|label| label.contains("median")))
        .filter_map(|node| node.accesskit_node().label());
    labels.filter(|label| label.contains(": median")).collect()
}

/// Runs frames until all seeds are there.
fn await_seeds(slalom: &mut Slalom) {
    for _ in 0..2000 {
        slalom.step();
        let waiting = slalom.query_all_by(|node| {
            let text = node.label().or(node.value());
            text.is_some_and(|text| text.ends_with("seeds …"))
        });
        let is_waiting = waiting.count() > 0;
        if !is_waiting {
            // What has arrived in this frame is shown in the next.
            slalom.step();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    panic!("the seeds never came");
}

#[test]
fn the_leaderboard_tells_medians_spreads_and_ties() {
    let mut slalom = Slalom::paused(NOISY);
    await_seeds(&mut slalom);
    slalom.perform(&table::play::TO_END);
    let rows = rows(&slalom);
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert!(rows[0].starts_with("Quick: median loss"), "{rows:?}");
    assert!(rows[1].starts_with("Calm: median loss"), "{rows:?}");
    assert!(rows[1].contains("± 0,"), "no chance, no spread: {rows:?}");
    assert!(!rows[1].contains("a tie"), "{rows:?}");
    // One and Other take nearly the same path with each seed, but Other is always a little ahead.
    assert!(rows[2].starts_with("Other"), "{rows:?}");
    assert!(!rows[3].contains("a tie"), "{rows:?}");
    slalom.perform(DocumentAction::Seek(0.0));
    let tied = self::rows(&slalom);
    assert!(
        tied[1..]
            .iter()
            .all(|row| row.contains("equal with every seed")),
        "{tied:?}"
    );
}

#[test]
fn the_number_of_seeds_is_set_beside_the_seed_and_undone() {
    let mut slalom = Slalom::paused(&NOISY.replace("seeds: 12, ", ""));
    slalom.step();
    assert!(rows(&slalom).is_empty());
    for (name, change) in [
        ("Number of seeds", Change::Seeds(9)),
        ("Seed", Change::Seed(3)),
    ] {
        slalom.thing(name);
        slalom.perform(DocumentAction::Change(change));
    }
    await_seeds(&mut slalom);
    assert_eq!(
        (slalom.experiment().seed, slalom.experiment().seeds),
        (3, 9)
    );
    assert_eq!(rows(&slalom).len(), 4);
    slalom.perform(&table::edit::UNDO);
    slalom.perform(&table::edit::UNDO);
    assert_eq!(
        (slalom.experiment().seed, slalom.experiment().seeds),
        (0, 1)
    );
    slalom.step();
    assert!(rows(&slalom).is_empty());
}

#[test]
fn a_race_without_chance_says_that_there_is_none() {
    let mut slalom = Slalom::paused(
        "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 20, seeds: 5, \
         racers: [(optimizer: Adam())])",
    );
    slalom.step();
    assert!(slalom.has(slalom::experiment::Experiment::NO_CHANCE));
    let racer = slalom.id(0);
    slalom.perform(DocumentAction::Change(Change::Noise(racer, 0.5)));
    await_seeds(&mut slalom);
    assert!(!slalom.has(slalom::experiment::Experiment::NO_CHANCE));
}

#[test]
fn a_changed_racer_alone_is_run_again() {
    let mut slalom = Slalom::paused(NOISY);
    await_seeds(&mut slalom);
    slalom.perform(&table::play::TO_END);
    let before = rows(&slalom);
    let quick = slalom.id(2);
    slalom.perform(DocumentAction::Change(Change::Noise(quick, 0.02)));
    await_seeds(&mut slalom);
    let after = rows(&slalom);
    assert_eq!(before[1..], after[1..]);
    assert_ne!(before[0], after[0]);
}

/// Returns the number of dots at the ends of the clouds.
fn dots(slalom: &Slalom) -> usize {
    let shapes = &slalom.output().shapes;
    let circles = shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::Circle(circle) => Some(circle.radius),
        _ => None,
    });
    circles
        .filter(|radius| (*radius - 1.8).abs() < 0.01)
        .count()
}

#[test]
fn every_other_run_has_a_dot_in_the_plane() {
    let mut slalom = Slalom::paused(NOISY);
    await_seeds(&mut slalom);
    slalom.perform(&table::play::TO_END);
    // Three racers with eleven other seeds.
    assert_eq!(dots(&slalom), 3 * 11);
    slalom.perform(DocumentAction::Change(Change::Seeds(1)));
    slalom.step();
    assert_eq!(dots(&slalom), 0);
}

/// The keyboard goes from the seed to the number of seeds.
#[test]
fn the_seed_comes_before_the_number_of_seeds() {
    let mut slalom = Slalom::paused(NOISY);
    slalom.perform(DocumentAction::Change(Change::Seeds(1000)));
    slalom.step();
    slalom.thing("Seed").focus();
    slalom.step();
    slalom.press(egui::Key::Tab);
    slalom.step();
    assert!(slalom.thing("Number of seeds").is_focused());
    let [seed, seeds] = ["Seed", "Number of seeds"].map(|name| slalom.thing(name).rect());
    assert!(seed.right() < seeds.left(), "{seed} {seeds}");
    let card = slalom.thing("Add a racer").rect();
    assert!(seeds.right() <= card.right() + 0.01, "{seeds} in {card}");
    assert!(
        (seed.center().y - seeds.center().y).abs() < 0.01,
        "{seed} {seeds}"
    );
}

/// Two races with several seeds are compared by the medians that each of them shows alone.
#[test]
fn compared_races_tell_medians() {
    let mut slalom = Slalom::paused(NOISY);
    await_seeds(&mut slalom);
    slalom.perform(&table::play::TO_END);
    let alone = rows(&slalom);
    slalom.perform(AppAction::CompareWithCopy);
    for _ in 0..200 {
        slalom.step();
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    for name in ["One", "Other", "Quick", "Calm"] {
        let start = format!("{name}: median loss ");
        let row = alone.iter().find_map(|row| row.strip_prefix(&*start));
        let median = row.and_then(|row| row.split(',').next()).unwrap();
        let median: f64 = median.parse().unwrap();
        let told = slalom
            .query_all_by(|node| node.label().is_some_and(|it| it.contains(": loss ")))
            .filter_map(|node| node.accesskit_node().label())
            .find(|label| label.starts_with(&format!("{name}: loss ")))
            .unwrap();
        let in_both: Vec<f64> = told
            .split(' ')
            .filter_map(|word| word.parse().ok())
            .collect();
        assert_eq!(in_both.len(), 2, "{told}");
        for loss in in_both {
            assert!((loss - median).abs() <= 0.01 * median, "{told}: {median}");
        }
    }
    assert!(slalom.says("MEDIAN LOSS AT STEP 60") || slalom.has("MEDIAN LOSS AT STEP 60"));
}
