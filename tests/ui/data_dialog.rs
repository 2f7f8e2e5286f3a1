//! The dialog about data and the model to fit to them.

use std::fs;
use std::path::Path;

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use slalom::app::{AppAction, DocumentAction, table};
use slalom::experiment::Batch;
use slalom::network::{Activation, LossFunction};
use slalom::preset;
use slalom::surface::network::TestSize;
use slalom::surface::{Network, SurfaceChoice};

use crate::support::Slalom;

/// A small race on the penguins.
pub const PENGUINS: &str = r#"(
    version: 1,
    title: "Penguins",
    surface: Network(
        data: "penguins",
        features: ["bill_length_mm", "bill_depth_mm"],
        target: "species",
        hidden: [8, 8],
        standardize: true,
        test: 0.3,
    ),
    steps: 24,
    racers: [
        (optimizer: Adam(learning_rate: 0.01), batch: MiniBatch(32)),
    ],
)"#;

/// Opens the dialog about the penguins.
fn penguins() -> Slalom {
    let mut slalom = Slalom::paused(PENGUINS);
    slalom.click("set up…");
    slalom
}

#[track_caller]
fn network(slalom: &Slalom) -> Network {
    match &slalom.experiment().surface {
        SurfaceChoice::Network(network) => network.clone(),
        other => panic!("a network, not {}", other.about().name),
    }
}

/// Clicks the head of a column, and an item of its menu.
#[track_caller]
fn use_column(slalom: &mut Slalom, column: &str, what: &str) {
    slalom.click(column);
    slalom.click(what);
}

/// Opens the data dialog and types a file into it.
fn ask_for(slalom: &mut Slalom, file: &Path) {
    slalom.perform(&table::file::FIT_DATA);
    slalom.rest();
    slalom.get_by_label("Data file").focus();
    slalom.rest();
    slalom.type_keys(file.to_str().unwrap());
}

#[test]
fn files_of_data_are_fitted_and_faults_are_said_in_the_dialog() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("points.csv");
    fs::write(&file, "a,b\n1,2\n2,4\n3,6.5\n").unwrap();
    let mut slalom = Slalom::three();
    ask_for(&mut slalom, &file);
    assert!(slalom.has("Column a: x") && slalom.has("Column b: y"));
    slalom.click("Done");
    slalom.rest();
    assert!(slalom.has("points.csv: 3 rows, 3 of them in this step"));

    fs::write(&file, "a,b\n1,2\n2,four\n3,6.5\n").unwrap();
    // It opens with the current file.
    slalom.perform(&table::file::FIT_DATA);
    slalom.rest();
    assert!(slalom.says("b is \"four\", but must be a number"));
    slalom.click("Done");
    slalom.rest();
    assert!(slalom.has("Data file"), "a fault is not kept");
}

#[test]
fn how_a_table_was_understood_can_be_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("points.csv");
    fs::write(&file, "a;b;c\n1,234;2,5;1\n2,345;4,5;2\n3,456;6,5;NA\n").unwrap();
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::OpenFile(file));
    slalom.rest();
    assert!(slalom.has("separator: semicolon ;"));
    assert!(slalom.has("decimal mark: comma ,"));
    assert!(slalom.has("header: line 1"));
    assert!(slalom.says("2 of 3 rows are used."));
    slalom.click("show them");
    slalom.rest();
    assert!(slalom.has("show the first rows"));
    // With another column as y, no values are missing.
    slalom.click("Column b: numbers");
    slalom.rest();
    slalom.click("use as y");
    slalom.rest();
    assert!(slalom.says("3 of 3 rows are used."));
    slalom.click("decimal mark: comma ,");
    slalom.rest();
    slalom.click("point .");
    slalom.rest();
    assert!(slalom.says("b is \"2,5\", but must be a number with a decimal point"));
    slalom.click("Reset to the detected format");
    slalom.rest();
    slalom.click("header: line 1");
    slalom.rest();
    slalom.click("none");
    slalom.rest();
    assert!(slalom.says("has no column \"a\""));
    slalom.click("Reset to the detected format");
    slalom.rest();
    slalom.click("Done");
    slalom.rest();
    let SurfaceChoice::LinearRegression(model) = &slalom.experiment().surface else {
        panic!("a line is fitted");
    };
    assert_eq!(model.y.as_deref(), Some("b"));
    assert_eq!(model.decimal, None);
}

#[test]
fn a_file_that_cannot_be_read_is_a_sentence_and_the_choices_stay() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("points.csv");
    fs::write(&file, "a;b\n1,5;2\n3,5;4\n5,5;6\n7\n").unwrap();
    let mut slalom = Slalom::three();
    ask_for(&mut slalom, &file);
    assert!(slalom.says("line 5 of points.csv has 1 cell, but line 2 has 2"));
    slalom.click("separator: automatic");
    slalom.rest();
    slalom.click("comma ,");
    slalom.rest();
    assert!(slalom.has("separator: comma ,"), "the choice is taken");
}

#[test]
fn a_network_is_shown_as_it_is() {
    let slalom = penguins();
    assert!(slalom.has("Column species: target"));
    assert!(slalom.has("Column bill_length_mm: feature"));
    assert!(slalom.has("Column sex: text"));
    assert!(slalom.says("342 of 344 rows are used."));
    assert!(slalom.says("3 classes: Adelie (151), Chinstrap (68), Gentoo (123)"));
    let picture = "Network: 2 features · 8 · 8 · 3 classes; 123 weights";
    assert!(slalom.has(picture));
    assert!(!slalom.document().can_undo(), "looking changes nothing");
}

#[test]
fn columns_are_chosen_as_features_and_target() {
    let mut slalom = penguins();
    use_column(
        &mut slalom,
        "Column body_mass_g: numbers",
        "use as a feature",
    );
    assert_eq!(
        network(&slalom).features,
        ["bill_length_mm", "bill_depth_mm", "body_mass_g"],
        "in the order of the table"
    );
    use_column(&mut slalom, "Column bill_length_mm: feature", "leave out");
    assert_eq!(network(&slalom).features, ["bill_depth_mm", "body_mass_g"]);
    use_column(&mut slalom, "Column island: text", "use as the target");
    assert_eq!(network(&slalom).target.as_deref(), Some("island"));
    assert!(slalom.has("Column species: text"));
    // The only feature that is left cannot be left out.
    use_column(&mut slalom, "Column body_mass_g: feature", "leave out");
    slalom.click("Column bill_depth_mm: feature");
    assert!(!slalom.has("leave out"));
}

#[test]
fn the_race_follows_every_choice_and_done_is_one_step() {
    let mut slalom = penguins();
    let before = slalom.experiment().clone();
    slalom.click("Add a hidden layer");
    assert_eq!(network(&slalom).hidden, [8, 8, 8]);
    let loaded = slalom.experiment().surface.open();
    let learner = loaded.network().expect("the data are loaded");
    assert_eq!(learner.perceptron.architecture().shape(), "2–8–8–8–3");
    slalom.click("activation: tanh");
    slalom.click("ReLU");
    slalom.click("Done");
    assert!(!slalom.has("Done"));
    let changed = slalom.experiment().clone();
    assert_eq!(network(&slalom).activation, Activation::Relu);
    slalom.perform(&table::edit::UNDO);
    assert_eq!(*slalom.experiment(), before);
    assert!(!slalom.document().can_undo());
    slalom.perform(&table::edit::REDO);
    assert_eq!(*slalom.experiment(), changed);
}

#[test]
fn cancel_and_escape_take_everything_back() {
    let ways: [fn(&mut Slalom); 3] = [
        |it| it.click("Cancel"),
        |it| it.click("Close"),
        |it| it.press(Key::Escape),
    ];
    for leave in ways {
        let mut slalom = penguins();
        let before = slalom.experiment().clone();
        slalom.click("Remove the last hidden layer");
        slalom.click("loss: cross-entropy");
        slalom.click("binary cross-entropy");
        assert_eq!(network(&slalom).hidden, [8], "the last choice that works");
        // The field for the file has the focus at first, which takes the first Escape.
        leave(&mut slalom);
        if slalom.has("Done") {
            leave(&mut slalom);
        }
        assert!(!slalom.has("Done"));
        assert_eq!(*slalom.experiment(), before);
        assert!(!slalom.document().can_undo() && !slalom.document().can_redo());
    }
}

#[test]
fn numbers_are_typed() {
    let mut slalom = penguins();
    slalom.type_number("Units of hidden layer 1", "20");
    assert_eq!(network(&slalom).hidden, [20, 8]);
    assert!(slalom.says("initial values of some units"));
    slalom.type_number("Seed of the test rows", "7");
    assert_eq!(network(&slalom).split_seed, 7);
    slalom.type_number("Test rows in percent, number", "50");
    assert_eq!(network(&slalom).test, TestSize::Share(0.5));
    slalom.click("more…");
    slalom.type_number("Strength of the L2 penalty", "0.01");
    assert!((network(&slalom).l2 - 0.01).abs() < 1e-12);
    slalom.type_number("Steps between evaluations", "4");
    assert_eq!(network(&slalom).evaluate, Some(4));
    slalom.click("bias");
    assert!(!network(&slalom).bias);
    assert!(slalom.has("Network: 2 features · 20 · 8 · 3 classes; 224 weights"));
}

#[test]
fn wrong_choices_are_told_and_nothing_is_lost() {
    let mut slalom = penguins();
    use_column(&mut slalom, "Column island: text", "use as a feature");
    assert!(slalom.says("island is \"Torgersen\", but must be a number"));
    assert!(slalom.has("Column island: feature") && slalom.has("Column species: target"));
    assert_eq!(
        network(&slalom).features.len(),
        2,
        "the race stays as it was"
    );
    use_column(&mut slalom, "Column island: feature", "leave out");
    assert!(slalom.says("342 of 344 rows are used."));
    slalom.click("initial weights: Glorot, uniform");
    slalom.click("from a file");
    assert!(slalom.has("File of the weights"));
    assert!(
        !slalom.says("The race behind this dialog"),
        "a sentence stands there"
    );
}

#[test]
fn unfit_data_are_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |count: usize, label: fn(usize) -> String| {
        let rows = (0..count).map(|row| format!("{},{},{}\n", row * 7 % 11, row * row, label(row)));
        format!("a,b,kind\n{}", rows.collect::<String>())
    };
    let cases = [
        (
            rows(50, |_| "same".to_owned()),
            "kind is the same in every row",
        ),
        (
            rows(600, |row| format!("k{}", row % 500)),
            "has 500 classes, but at most 100",
        ),
        (
            "a;b\n1;2\n3\n".to_owned(),
            "line 3 of broken.csv has 1 cell",
        ),
    ];
    for (text, sentence) in cases {
        let file = folder.path().join("broken.csv");
        fs::write(&file, text).unwrap();
        let mut slalom = Slalom::paused(PENGUINS);
        let before = slalom.experiment().surface.clone();
        slalom.perform(AppAction::AskForData(file));
        slalom.rest();
        assert!(slalom.says(sentence), "{sentence}");
        assert_eq!(slalom.experiment().surface, before);
        assert!(slalom.has("activation: tanh"), "the choices stay");
        slalom.click("Done");
        assert!(slalom.has("Done"));
    }
    // Ten rows are enough, with a batch of those that there are.
    let file = folder.path().join("ten.csv");
    fs::write(&file, rows(10, |row| format!("k{}", row % 2))).unwrap();
    let mut slalom = Slalom::paused(PENGUINS);
    slalom.perform(AppAction::OpenFile(file));
    slalom.rest();
    assert!(slalom.says("10 of 10 rows are used."));
    assert_eq!(
        slalom.experiment().racers[0].plan.batch,
        Batch::MiniBatch(7)
    );
    assert_eq!(network(&slalom).hidden, [8, 8], "the layers stay");
}

#[test]
fn built_in_and_generated_data_can_be_chosen() {
    let mut slalom = penguins();
    slalom.click("Choose data");
    slalom.click("spiral");
    let chosen = network(&slalom);
    assert!(chosen.spiral.is_some() && chosen.data.is_none());
    assert!(slalom.says("200 of 200 rows are used."));
    slalom.type_number("Rows of data", "60");
    slalom.type_number("Noise of the data", "0.3");
    slalom.type_number("Seed of the data", "5");
    let spiral = network(&slalom).spiral.unwrap();
    assert_eq!((spiral.rows, spiral.seed), (60, 5));
    assert!((spiral.noise - 0.3).abs() < 1e-12);
    slalom.click("Line");
    assert!(slalom.says("spiral has classes and no number to predict"));
    slalom.click("Network");
    slalom.click("Choose data");
    slalom.click("iris");
    let chosen = network(&slalom);
    assert_eq!(chosen.data.as_deref(), Some(Path::new("iris")));
    assert_eq!(chosen.spiral, None);
    assert!(slalom.says("3 classes: setosa (50)"));
}

#[test]
fn a_few_whole_numbers_are_classes_and_measurements_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("numbers.csv");
    let rows = (0..40).map(|row| format!("{},{}.5,{}\n", row * 7 % 11, row, row % 3));
    fs::write(&file, format!("a,size,grade\n{}", rows.collect::<String>())).unwrap();
    let mut slalom = Slalom::paused(PENGUINS);
    slalom.perform(AppAction::AskForData(file));
    slalom.rest();
    let loss = Some(LossFunction::CategoricalCrossEntropy);
    assert_eq!(network(&slalom).loss, loss);
    assert!(slalom.says("3 classes: 0 (14), 1 (13), 2 (13)"));
    use_column(&mut slalom, "Column size: feature", "use as the target");
    assert_eq!(network(&slalom).loss, None);
    assert!(slalom.has("Network: 1 feature · 8 · 8 · 1 output; 97 weights"));
    assert!(!slalom.says(" classes: "));
}

#[test]
fn a_line_becomes_a_network_that_learns_text() {
    let mut slalom = Slalom::sized(
        [1280.0, 800.0],
        Some(preset::load_built_in("penguins").unwrap()),
    );
    slalom.press(Key::Space);
    slalom.perform(&table::file::FIT_DATA);
    slalom.rest();
    assert!(slalom.has("Column flipper_length_mm: x"));
    slalom.click("Network");
    let network = network(&slalom);
    assert_eq!(network.target.as_deref(), Some("species"));
    assert_eq!(network.loss, None);
    let opened = slalom.experiment().surface.open();
    let learner = opened.network().unwrap();
    let loss = learner.perceptron.loss_function();
    assert_eq!(loss, LossFunction::CategoricalCrossEntropy);
    slalom.click("Border");
    slalom.click("Line");
    slalom.click("Done");
    let surface = &slalom.experiment().surface;
    assert!(matches!(surface, SurfaceChoice::LinearRegression(_)));
    assert!(!slalom.document().can_undo(), "the line is as it was");
}

#[test]
fn the_dialog_can_be_used_in_a_small_window() {
    let preset = preset::from_text("test", PENGUINS).unwrap();
    let mut slalom = Slalom::sized([1024.0, 600.0], Some(preset));
    slalom.perform(&table::file::FIT_DATA);
    slalom.rest();
    let done = slalom.get_by_label("Done").rect();
    assert!(done.bottom() < 600.0 && done.right() < 1024.0);
    let lowest = "loss: cross-entropy";
    let loss = slalom.get_by_label(lowest).rect();
    assert!(loss.bottom() > done.top(), "it is further down");
    slalom.wheel(egui::pos2(300.0, 300.0), -400.0);
    let loss = slalom.get_by_label(lowest).rect();
    assert!(loss.bottom() < done.top());
}

#[test]
fn a_network_from_the_menu_trains_at_once_and_leads_back() {
    let mut slalom = Slalom::three();
    let before = slalom.experiment().clone();
    slalom.click("Surface: Beale");
    slalom.click("Network: moons 2–16–2");
    while slalom.document().race.is_busy() {
        slalom.rest();
    }
    slalom.rest();
    let race = slalom.experiment();
    assert_eq!(race.title, "A race on Moons, 2–16–2");
    assert!(
        race.racers
            .iter()
            .all(|it| it.plan.batch == Batch::MiniBatch(32))
    );
    for racer in 0..3 {
        let path = slalom.path(racer);
        let [first, last] = [path.loss_at(0), path.loss_at(path.last_step())];
        assert!(last < 0.7 * first, "racer {racer}: {first} to {last}");
    }
    assert!(slalom.says("x1, x2 → moon") && slalom.says("140 rows train, 60 test · 82 weights"));
    slalom.click("Surface: Moons, 2–16–2");
    slalom.click("Beale");
    slalom.rest();
    let race = slalom.experiment();
    assert_eq!(race.surface, SurfaceChoice::Beale);
    assert_eq!((race.start, race.steps), (before.start, before.steps));
    let rates = |race: &slalom::experiment::Experiment| -> Vec<Option<f64>> {
        let rules = race.racers.iter().map(|it| it.plan.optimizer.rule());
        rules
            .map(<dyn slalom::optimizer::Rule>::learning_rate)
            .collect()
    };
    assert_eq!(rates(race), rates(&before));
    slalom.perform(DocumentAction::GoTo(0));
    assert_eq!(*slalom.experiment(), before);
}
