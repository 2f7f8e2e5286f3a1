//! A network in the window: epochs, accuracies, rates, and confusion.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::analysis::{Quantity, Ranking, TimeUnit};
use slalom::app::{DocumentAction, table};
use slalom::preset::Card;

use crate::support::{Slalom, assert_near};

/// 42 rows to learn from: three steps of 16 rows in an epoch, or one step of all.
const MOONS: &str = r#"(
    version: 1,
    title: "Moons",
    surface: Network(moons: (rows: 60, noise: 0.2, seed: 0), hidden: [6], test: 0.3,
        loss: CategoricalCrossEntropy),
    steps: 60,
    racers: [
        (name: "Batches", optimizer: Adam(learning_rate: 0.05), batch: MiniBatch(16)),
        (name: "All rows", optimizer: GradientDescent(learning_rate: 0.5)),
    ],
)"#;

pub fn open(text: &str) -> Slalom {
    let mut slalom = Slalom::paused(text);
    slalom.perform(DocumentAction::Seek(30.0));
    settle(&mut slalom);
    slalom
}

/// Waits until races and steps are simulated, however slowly.
pub fn settle(slalom: &mut Slalom) {
    while slalom.document().race.is_busy() {
        std::thread::sleep(std::time::Duration::from_millis(1));
        slalom.step();
    }
    slalom.rest();
}

/// Returns the accessible texts that begin like this.
pub fn texts(slalom: &Slalom, beginning: &str) -> Vec<String> {
    let found = slalom.query_all_by(|node| {
        let text = node.label().or(node.value());
        text.is_some_and(|text| text.starts_with(beginning))
    });
    let text = found.map(|node| {
        let node = node.accesskit_node();
        node.label().or(node.value()).unwrap_or_default()
    });
    text.collect()
}

#[track_caller]
pub fn text(slalom: &Slalom, beginning: &str) -> String {
    let found = texts(slalom, beginning);
    assert!(!found.is_empty(), "nothing begins with “{beginning}”");
    found[0].clone()
}

#[test]
fn time_is_counted_in_epochs() {
    let mut slalom = open(MOONS);
    assert_eq!(slalom.document().time_unit(), TimeUnit::Epochs);
    // The racer that uses all rows in each step sees the most: 60 epochs.
    assert!(slalom.says("epoch 30 /"));
    assert!(slalom.has("Speed: 25 epochs/s"));
    // The other one has made 60 steps of a third of an epoch, and is at its end.
    let clock = slalom.document().clock();
    assert_eq!(clock.step_of(&slalom.path(0)), 60);
    assert_eq!(clock.step_of(&slalom.path(1)), 30);
    slalom.type_number("Number of epochs", "20");
    settle(&mut slalom);
    assert_eq!(slalom.experiment().steps, 20);
    slalom.perform(DocumentAction::ChartAgainst(TimeUnit::Steps));
    slalom.rest();
    assert!(slalom.says("step 20 /") && slalom.has("Number of steps"));
}

#[test]
fn the_number_of_epochs_follows_from_the_rows_of_a_step() {
    let text = MOONS.replace(
        "(name: \"All rows\", optimizer: GradientDescent(learning_rate: 0.5)),",
        "",
    );
    let mut slalom = open(&text);
    assert!(slalom.says("epoch 10 /"));
    slalom.type_number("Number of epochs", "30");
    settle(&mut slalom);
    assert_eq!(slalom.experiment().steps, 90);
    let [_, end] = slalom.document().clock().now().unwrap();
    assert_near(end, 30.0);
}

#[test]
fn the_chart_shows_loss_or_accuracy() {
    let mut slalom = open(MOONS);
    assert!(slalom.says("train —, test ···"));
    assert!(slalom.has("Chart: loss of every racer against the epoch"));
    slalom.click("Accuracy");
    assert_eq!(slalom.document().view.chart, Quantity::TrainAccuracy);
    assert!(slalom.has("Chart: accuracy of every racer against the epoch"));
    slalom.click("Axes of the chart");
    for other in [
        "effective rate along x",
        "distance to the minimum",
        "step length",
    ] {
        assert!(!slalom.has(other), "{other}");
    }
    slalom.click("length of all weights");
    assert_eq!(slalom.document().view.chart, Quantity::Norm);
    assert!(slalom.has("Chart: length of all weights of every racer against the epoch"));
}

#[test]
fn every_quantity_that_is_offered_has_values() {
    let mut slalom = open(MOONS);
    let surface = std::sync::Arc::clone(slalom.document().race.surface());
    let over_the_race = Quantity::ALL.into_iter();
    let over_the_race = over_the_race.filter(|it| it.exists_on(&*surface) && !it.is_swept());
    for quantity in over_the_race {
        for unit in TimeUnit::ALL {
            slalom.perform(DocumentAction::Chart(quantity));
            slalom.perform(DocumentAction::ChartAgainst(unit));
            slalom.rest();
            let name = format!(
                "Chart: {} of every racer against the {}",
                quantity.label(),
                unit.label()
            );
            assert!(slalom.has(&name), "{name}");
            assert!(!slalom.says("There is nothing to show"), "{name}");
        }
    }
    // What only a surface of two parameters has is replaced by the loss.
    slalom.perform(DocumentAction::Chart(Quantity::RateX));
    slalom.rest();
    assert_eq!(slalom.document().charted(), Quantity::Loss);
}

#[test]
fn the_leaderboard_tells_test_loss_and_accuracy() {
    let mut slalom = open(MOONS);
    let of = |slalom: &Slalom, place: usize| {
        let path = slalom.path(place);
        let step = slalom.document().clock().step_of(&path);
        path.scores_at(step).unwrap()
    };
    for (place, name) in ["Batches", "All rows"].into_iter().enumerate() {
        let scores = of(&slalom, place);
        let row = text(&slalom, &format!("{name}: test loss "));
        let expected = format!(
            "{name}: test loss {}, accuracy {:.0} %",
            slalom::number::short(scores.test_loss),
            100.0 * scores.test_accuracy
        );
        assert!(row.starts_with(&expected), "{row}");
    }
    assert_eq!(slalom.document().ranking(), Ranking::Accuracy);
    slalom.click("Rank by test loss");
    assert_eq!(slalom.document().ranking(), Ranking::TestLoss);
    slalom.click("Rank by test loss");
    assert_eq!(slalom.document().ranking(), Ranking::Loss);
    let path = slalom.path(1);
    let loss = slalom::number::short(path.loss_at(30));
    text(
        &slalom,
        &format!("All rows: training loss {loss}, accuracy "),
    );
}

#[test]
fn the_card_shows_the_step_of_all_weights() {
    let mut slalom = open(MOONS);
    slalom.perform(DocumentAction::Select(Some(slalom.id(1))));
    slalom.rest();
    // 2 · 6 + 6 + 6 · 2 + 2
    assert!(slalom.has("acts on each of the 32 weights"));
    text(&slalom, "length of the gradient: ");
    let path = slalom.path(1);
    let [from, to] = [30, 31].map(|step| path.parameters_by(step).unwrap().1.to_vec());
    let way = to.iter().zip(&from).map(|(to, from)| (to - from).powi(2));
    let length = slalom::number::short(way.sum::<f64>().sqrt());
    text(&slalom, &format!("length of the step taken: {length}"));
    for absent in ["Slice", "Theory"] {
        assert!(!slalom.has(absent), "{absent}");
    }
}

#[test]
fn rates_weights_and_gradients_are_told_in_words() {
    let mut slalom = open(MOONS);
    slalom.perform(DocumentAction::Seek(5.0));
    slalom.perform(DocumentAction::Select(Some(slalom.id(0))));
    slalom.click("Rates");
    assert_eq!(slalom.document().card(), Card::Rates);
    let rates = text(&slalom, "Effective rates of 32 weights: Median ");
    assert!(rates.contains(", from "), "{rates}");
    slalom.click("weights");
    text(&slalom, "Values of 32 weights: Median ");
    slalom.click("gradients");
    text(&slalom, "Sizes of 32 gradients: Median ");
    slalom.click("rates");
    slalom.perform(DocumentAction::Select(Some(slalom.id(1))));
    slalom.rest();
    let shared = "Gradient descent has no rate for each weight: all of them share the learning \
                  rate 0.5.";
    assert!(slalom.has(shared));
}

#[test]
fn confusion_follows_the_playhead() {
    let mut slalom = open(MOONS);
    slalom.perform(DocumentAction::Select(Some(slalom.id(1))));
    slalom.click("Confusion");
    slalom.rest();
    let told = |slalom: &Slalom| {
        let classes = &slalom
            .document()
            .race
            .surface()
            .network()
            .unwrap()
            .data
            .classes;
        let classes = classes
            .iter()
            .map(|class| text(slalom, &format!("{class}: ")));
        classes.collect::<Vec<_>>()
    };
    let step = slalom.document().clock().step_of(&slalom.path(1));
    let accuracy = slalom.path(1).scores_at(step).unwrap().test_accuracy;
    let right = (18.0 * accuracy).round();
    assert!(slalom.has(&format!("{right} of 18 test rows are right.")));
    let before = told(&slalom);
    assert!(
        before.iter().all(|row| row.contains(" right")),
        "{before:?}"
    );
    slalom.perform(&table::play::TO_START);
    slalom.rest();
    assert_ne!(told(&slalom), before);
}

#[test]
fn a_regression_has_losses_only() {
    let text_of = r#"(
        version: 1,
        surface: Network(data: "iris", target: "petal_width_cm", hidden: [3], test: 0.2,
            loss: MeanSquaredError),
        steps: 20,
        racers: [(optimizer: Adam(learning_rate: 0.05))],
    )"#;
    let mut slalom = open(text_of);
    let row = text(&slalom, "Adam: test loss ");
    assert!(row.contains(", training loss "), "{row}");
    assert!(!slalom.has("Confusion"));
    let accuracy = slalom.thing("Accuracy");
    assert!(accuracy.accesskit_node().is_disabled());
    slalom.perform(DocumentAction::Card(Card::Confusion));
    slalom.rest();
    assert_eq!(slalom.document().card(), Card::Step);
}

#[test]
fn the_weights_at_the_playhead_are_saved() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("weights.csv");
    let mut slalom = open(MOONS);
    slalom.perform(DocumentAction::Seek(10.0));
    slalom.press_with(Modifiers::ALT, Key::W);
    slalom.press_with(Modifiers::COMMAND, Key::A);
    slalom.event(Event::Text(file.display().to_string()));
    slalom.rest();
    slalom.press(Key::Enter);
    while !file.exists() || slalom.workspace().asked.is_some() {
        std::thread::sleep(std::time::Duration::from_millis(1));
        slalom.step();
    }
    assert!(slalom.notice().starts_with("Saved the weights to"));
    let text = std::fs::read_to_string(&file).unwrap();
    let saved: Vec<f64> = text.lines().map(|line| line.parse().unwrap()).collect();
    let place = slalom.selected().unwrap();
    let path = slalom.path(place);
    let step = slalom.document().clock().step_of(&path);
    let (kept, weights) = path.parameters_by(step).unwrap();
    assert_eq!((kept, &*saved), (step, weights));
    assert!(step > 0 && step < 60);
}

#[test]
fn only_a_network_has_weights_to_save() {
    let slalom = Slalom::three();
    let why = table::file::SAVE_WEIGHTS.hindrance(slalom.workspace(), slalom.document());
    assert_eq!(why, Some("Only a network has weights to save"));
}
