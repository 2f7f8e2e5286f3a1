//! The data of networks: what is read from files, how it is scaled and split, and a clear message if
//! it cannot be.

use std::collections::BTreeSet;
use std::f64::consts::PI;
use std::fs;

use proptest::prelude::*;
use ron::extensions::Extensions;
use slalom::network::{Activation, Examples, LossFunction, Targets};
use slalom::surface::data::{Circles, Generated, Moons, Spiral, Xor};
use slalom::surface::network::{Initial, Network, Prepared, TestSize};
use tempfile::TempDir;

fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

fn network(settings: &str) -> Network {
    options().from_str(&format!("({settings})")).unwrap()
}

/// A folder with these data in `points.csv`.
fn folder(csv: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("points.csv"), csv).unwrap();
    folder
}

/// The examples of a network, by default over the file in a folder, or the field and sentence of
/// what is wrong.
fn read_in(folder: &TempDir, settings: &str) -> Result<Prepared, String> {
    let mut network = network(settings);
    let is_generated = network.moons.is_some() || network.xor.is_some();
    if network.data.is_none() && !is_generated {
        network.data = Some(folder.path().join("points.csv"));
    }
    if let Some((_, file)) = network.weights_mut()
        && !file.as_os_str().is_empty()
    {
        *file = folder.path().join(&*file);
    }
    network.examples().map_err(|fault| {
        let fault_at = match fault.entry() {
            Some(entry) => format!("{}[{entry}]: {fault}", fault.field()),
            None => format!("{}: {fault}", fault.field()),
        };
        fault_at.replace(&format!("{}/", folder.path().display()), "")
    })
}

/// The examples of a network over these data.
fn read(csv: &str, settings: &str) -> Prepared {
    read_in(&folder(csv), settings).unwrap()
}

/// The examples of a network over a built-in or generated set.
fn built_in(settings: &str) -> Prepared {
    network(settings).examples().unwrap()
}

fn numbers(examples: &Examples) -> &[f64] {
    match &examples.targets {
        Targets::Numbers(numbers) => numbers,
        Targets::Classes(_) => panic!("these are classes"),
    }
}

fn classes(examples: &Examples) -> &[u32] {
    match &examples.targets {
        Targets::Classes(classes) => classes,
        Targets::Numbers(_) => panic!("these are numbers"),
    }
}

const COLORS: &str = "a,b,color\n1,2,red\n3,4,blue\n5,7,red\n7,8,green\n";
const LINE: &str = "x,y\n1,10\n2,30\n3,20\n6,60\n";

#[test]
fn the_last_column_is_the_target_and_the_other_numbers_are_features() {
    let csv = "id,a,note,b,y\n1,5,x,6,0.5\n2,7,y,8,1.5\n3,9,z,1,2.5\n4,1,w,1,3\n";
    let found = read(csv, "");
    assert_eq!(found.data.features, ["a", "b"]);
    assert_eq!(found.data.target, "y");
    assert_eq!(
        found.train.features,
        [5.0, 6.0, 7.0, 8.0, 9.0, 1.0, 1.0, 1.0]
    );
    assert_eq!(numbers(&found.train), [0.5, 1.5, 2.5, 3.0]);
    assert_eq!(found.loss, LossFunction::MeanSquaredError);
    assert_eq!(found.architecture.shape(), "2–1");
    assert_eq!(found.data.scales, [[0.0, 1.0]; 2]);
    assert!(found.test.is_empty() && found.data.classes.is_empty());
    let lines = found.data.lines();
    assert_eq!(
        lines[2..],
        [
            "points.csv: features are a, b (numeric), target is y (the last column); not used: id \
             (row numbers), note (text)",
            "points.csv: 4 rows used",
            "points.csv: 4 rows to train on, none to test on",
        ]
    );
}

#[test]
fn features_keep_the_order_in_which_they_are_named() {
    let csv = "id,a,b,y\n1,5,6,0.5\n2,7,8,1.5\n3,9,1,2.5\n4,1,1,3\n";
    let found = read(csv, r#"features: ["b", "column 1"], target: "a""#);
    assert_eq!(found.data.features, ["b", "id"]);
    assert_eq!(found.train.row(1), [8.0, 2.0]);
    assert_eq!(numbers(&found.train), [5.0, 7.0, 9.0, 1.0]);
}

#[test]
fn what_only_counts_the_rows_is_a_feature_if_there_is_no_other() {
    let found = read("0,1.5\n1,2\n2,1\n3,7\n", "");
    assert_eq!(found.train.features, [0.0, 1.0, 2.0, 3.0]);
}

#[test]
fn rows_in_which_something_needed_is_missing_are_left_out() {
    let csv = "a,note,kind\n1,,red\n,x,blue\nNA,x,red\n4,x,\n5,,blue\n6,,red\n7,x,red\n";
    let found = read(csv, "");
    assert_eq!(found.train.features, [1.0, 5.0, 6.0, 7.0]);
    assert_eq!(classes(&found.train), [1, 0, 1, 1]);
    let lines = found.data.lines();
    let said = "points.csv: 4 rows used, 3 rows left out: a is missing in 2 rows (first on line 3); \
                kind is missing in 1 row (on line 5)";
    assert!(lines.iter().any(|line| line == said), "{lines:?}");
}

#[test]
fn classes_are_sorted_by_name_or_in_the_order_given() {
    let found = read(COLORS, "");
    assert_eq!(found.data.classes, ["blue", "green", "red"]);
    assert_eq!(classes(&found.train), [2, 0, 2, 1]);
    assert_eq!(found.data.rows_of_class, [[1, 0], [1, 0], [2, 0]]);
    let found = read(COLORS, r#"classes: ["red", "green", "blue"]"#);
    assert_eq!(found.data.classes, ["red", "green", "blue"]);
    assert_eq!(classes(&found.train), [0, 2, 0, 1]);
    assert_eq!(found.loss, LossFunction::CategoricalCrossEntropy);
    assert_eq!(found.architecture.outputs, 3);
    let said = "points.csv: color has 3 classes: red (2 rows), green (1 row), blue (1 row)";
    assert!(found.data.lines().iter().any(|line| line == said));
}

#[test]
fn two_classes_have_one_logit_or_two() {
    let csv = "a,yes\n1,no\n2,no\n3,yes\n4,no\n";
    assert_eq!(read(csv, "").architecture.outputs, 2);
    let found = read(csv, "loss: BinaryCrossEntropy");
    assert_eq!(found.architecture.outputs, 1);
    assert_eq!(classes(&found.train), [0, 0, 1, 0]);
}

#[test]
fn numbers_can_be_classes_and_are_sorted_by_value() {
    let csv = "a,n\n1,10\n2,9\n3,-1\n4,9.0\n5,10\n";
    assert_eq!(numbers(&read(csv, "").train), [10.0, 9.0, -1.0, 9.0, 10.0]);
    let found = read(csv, "loss: CategoricalCrossEntropy");
    assert_eq!(found.data.classes, ["-1", "9", "10"]);
    assert_eq!(classes(&found.train), [2, 1, 0, 1, 2]);
    // A class may be written like the numbers of the file.
    let found = read(csv, r#"classes: ["9.0", "10", "-1"]"#);
    assert_eq!(found.data.classes, ["9.0", "10", "-1"]);
    assert_eq!(classes(&found.train), [1, 0, 2, 0, 1]);
}

#[test]
fn features_are_standardized_or_centred_over_all_rows() {
    let found = read(LINE, "standardize: true, test: 2");
    let all = [&*found.train.features, &*found.test.features].concat();
    assert_eq!(all.len(), 4);
    let sum: f64 = all.iter().sum();
    let squares: f64 = all.iter().map(|it| it * it).sum();
    assert!(sum.abs() < 1e-15 && (squares - 4.0).abs() < 1e-14);
    // The mean of 1, 2, 3 and 6 is 3, and the mean of 4, 1, 0 and 9 is 3.5.
    assert_eq!(found.data.scales, [[3.0, 3.5_f64.sqrt()]]);
    let first = found.data.in_own_units(0, found.train.features[0]);
    let row = found.data.train[0] as usize;
    assert!((first - [1.0, 2.0, 3.0, 6.0][row]).abs() < 1e-14);
    let targets = [numbers(&found.train), numbers(&found.test)].concat();
    assert_eq!(targets.iter().sum::<f64>(), 120.0);
    assert_eq!(found.data.target_scale, None);

    let found = read(LINE, "center: true, standardize_target: true");
    assert_eq!(found.train.features, [-2.0, -1.0, 0.0, 3.0]);
    assert_eq!(found.data.scales, [[3.0, 1.0]]);
    assert_eq!(found.data.target_scale, Some([30.0, 350.0_f64.sqrt()]));
    let expected = [-20.0, 0.0, -10.0, 30.0].map(|it| it / 350.0_f64.sqrt());
    assert_eq!(numbers(&found.train), expected);
}

#[test]
fn a_constant_column_that_nobody_named_becomes_0() {
    let csv = "a,b,y\n1,5,2\n3,5,4\n1,5,1\n3,5,2\n";
    let found = read(csv, "standardize: true");
    assert_eq!(found.train.row(0), [-1.0, 0.0]);
    assert_eq!(found.data.scales, [[2.0, 1.0], [5.0, 1.0]]);
    // Three pixels of the digits are never inked.
    let digits = built_in("data: \"digits\", loss: CategoricalCrossEntropy, standardize: true");
    assert_eq!(digits.architecture.shape(), "64–10");
    assert!(digits.train.features.iter().all(|it| it.is_finite()));
}

#[test]
fn a_share_and_a_number_of_rows_draw_the_same_rows_for_ever() {
    let found = built_in(r#"data: "iris", test: 0.3, hidden: [8, 8]"#);
    assert_eq!((found.train.len(), found.test.len()), (105, 45));
    assert_eq!(found.data.test[..8], FIRST_TESTED);
    assert_eq!(found, built_in(r#"data: "iris", test: 45, hidden: [8, 8]"#));
    let other = built_in(r#"data: "iris", test: 45, hidden: [8, 8], split_seed: 1"#);
    assert_ne!(found.data.test, other.data.test);
    // Rows keep their order and their targets.
    let whole = built_in(r#"data: "iris""#);
    for (part, rows) in [
        (&found.train, &found.data.train),
        (&found.test, &found.data.test),
    ] {
        for (index, &row) in rows.iter().enumerate() {
            assert_eq!(part.row(index), whole.train.row(row as usize));
            assert_eq!(classes(part)[index], classes(&whole.train)[row as usize]);
        }
    }
    let lines = found.data.lines();
    assert_eq!(
        lines[lines.len() - 1],
        "iris: 105 rows to train on, 45 rows to test on"
    );
}

/// The first rows of the iris on which a network is tested, from an independent implementation in
/// Python; part of what a preset means.
const FIRST_TESTED: [u32; 8] = [7, 8, 9, 16, 22, 24, 28, 29];

#[test]
fn a_share_is_rounded_but_one_row_is_tested_at_least() {
    for (test, expected) in [
        ("0.0", 0),
        ("0.01", 1),
        ("0.3", 1),
        ("0.5", 2),
        ("0.74", 3),
        ("0", 0),
    ] {
        assert_eq!(
            read(LINE, &format!("test: {test}")).test.len(),
            expected,
            "{test}"
        );
    }
    let ten = format!("x,y\n{}", "1,2\n2,5\n".repeat(5));
    let found = read(&ten, "test: 0.3, hidden: [4]");
    assert_eq!((found.train.len(), found.test.len()), (7, 3));
}

#[test]
fn a_class_that_is_only_tested_is_told() {
    // One row in twelve is blue; some seed puts it among the test rows.
    let csv = format!("a,color\n1,blue\n{}", "2,red\n".repeat(11));
    let told = (0..20).filter(|seed| {
        let found = read(&csv, &format!("test: 0.5, split_seed: {seed}"));
        let is_told = found
            .data
            .lines()
            .contains(&"points.csv: no row to train on is blue".into());
        assert_eq!(is_told, !classes(&found.train).contains(&0));
        is_told
    });
    assert!((2..19).contains(&told.count()));
}

#[test]
fn weights_are_read_in_any_shape() {
    let folder = folder(LINE);
    let settings = r#"hidden: [2], initial: File("weights.csv")"#;
    let expected = [0.5, -1.0, 2e-3, 4.0, 5.0, 6.0, 7.0];
    for text in [
        "0.5\n-1\n2e-3\n4\n5\n6\n7\n",
        "weight\n0.5\n-1\n2e-3\n4\n5\n6\n7",
        "0.5,-1,2e-3,4,5,6,7\n",
    ] {
        fs::write(folder.path().join("weights.csv"), text).unwrap();
        let found = read_in(&folder, settings).unwrap();
        assert_eq!(found.weights.as_deref(), Some(&expected[..]), "{text}");
    }
    assert_eq!(read_in(&folder, "hidden: [2]").unwrap().weights, None);
}

#[test]
fn what_is_wrong_is_said_in_one_sentence_about_its_field() {
    let many = (0..101).map(|row| format!("{row},name{row}\n"));
    let many = format!("a,name\n{}", many.collect::<String>());
    let numbered = (0..500).map(|row| format!("{},{row}\n", row % 7));
    let numbered = format!("a,b\n{}", numbered.collect::<String>());
    let mut wrong = String::new();
    for (csv, settings, expected) in [
        // Features
        (
            COLORS,
            r#"features: ["a", "c"]"#,
            "features[1]: points.csv has no column \"c\"; it has a, b, color",
        ),
        (
            COLORS,
            r#"features: ["b", "a", "b"]"#,
            "features[2]: b is a feature already; name each column only once",
        ),
        (
            COLORS,
            r#"features: ["a", "column 1"]"#,
            "features[1]: a is a feature already; name each column only once",
        ),
        (
            COLORS,
            r#"features: ["a", "color"]"#,
            "features[1]: color is the target, so it cannot be a feature",
        ),
        (
            COLORS,
            r#"features: ["b", "color"], target: "a""#,
            "features[1]: line 2 of points.csv: color is \"red\", but must be a number",
        ),
        (
            "a,b,y\n1,2,3\n1,five,3\n",
            r#"features: ["a", "b"]"#,
            "features[1]: line 3 of points.csv: b is \"five\", but must be a number",
        ),
        (
            "a,b,y\n1,2.5,3\n1,\"2,5\",3\n",
            r#"decimal: ".", features: ["a", "b"]"#,
            "features[1]: line 3 of points.csv: b is \"2,5\", but must be a number with a decimal point",
        ),
        (
            "a,b,y\n1,1e101,3\n",
            "",
            "data: line 2 of points.csv: b is \"1e101\", but must be between -1e100 and 1e100",
        ),
        (
            "a,y\nred,1\nblue,2\n",
            "",
            "data: points.csv has no numeric column besides the target y, but one feature is needed",
        ),
        (
            "y\n1\n2\n",
            "",
            "data: points.csv has 1 column, but at least 2 are needed",
        ),
        (
            "a,b,b\n1,2,3\n",
            r#"features: ["b"]"#,
            "features[0]: columns 2 and 3 of points.csv are both named \"b\"; refer to one by its number, as in features: \"column 2\"",
        ),
        (
            "a,y\n5,1\n5,2\n5,1\n5,3\n",
            r#"features: ["a"], standardize: true"#,
            "standardize: points.csv: a is the same in every row, so it cannot be standardized",
        ),
        // Target
        (
            COLORS,
            r#"target: "colour""#,
            "target: points.csv has no column \"colour\"; it has a, b, color",
        ),
        (
            COLORS,
            "loss: MeanSquaredError",
            "data: line 2 of points.csv: color is \"red\", but must be a number for MeanSquaredError",
        ),
        (
            COLORS,
            r#"loss: MeanSquaredError, target: "color""#,
            "target: line 2 of points.csv: color is \"red\", but must be a number for MeanSquaredError",
        ),
        (
            "a,y\n1,2\n2,2\n3,2\n4,2\n",
            "standardize_target: true",
            "standardize_target: points.csv: y is the same in every row, so it cannot be standardized",
        ),
        (
            COLORS,
            "standardize_target: true",
            "standardize_target: the target color is a class, so it cannot be standardized; only numbers can",
        ),
        // Classes
        (
            "a,kind\n1,red\n2,red\n3,red\n4,red\n",
            "",
            "data: points.csv: kind is the same in every row, but two classes are needed",
        ),
        (
            "a,n\n1,7\n2,7\n3,7\n4,7\n",
            r#"target: "n", loss: BinaryCrossEntropy"#,
            "target: points.csv: n is the same in every row, but two classes are needed",
        ),
        (
            &many,
            "",
            "target: points.csv: the target name has 101 classes, but at most 100 are possible; if it is to be a number, write loss: MeanSquaredError",
        ),
        (
            &numbered,
            "loss: CategoricalCrossEntropy",
            "target: points.csv: the target b has 500 classes, but at most 100 are possible; if it is to be a number, write loss: MeanSquaredError",
        ),
        (
            COLORS,
            "loss: BinaryCrossEntropy",
            "loss: BinaryCrossEntropy is the loss of two classes, but color has 3; write loss: CategoricalCrossEntropy",
        ),
        (
            COLORS,
            r#"classes: ["red", "green"]"#,
            "classes: line 3 of points.csv: color is \"blue\", but must be one of the classes red, green",
        ),
        (
            COLORS,
            r#"classes: ["red", "green", "yellow", "blue"]"#,
            "classes[2]: points.csv: color is never \"yellow\"; it is blue, green, red",
        ),
        (
            COLORS,
            r#"classes: ["red", "green", "red", "blue"]"#,
            "classes[2]: the class \"red\" is listed twice",
        ),
        (
            "a,n\n1,7\n2,8\n3,7\n4,7\n",
            r#"classes: ["7", "8", "7.0"]"#,
            "classes[2]: the class \"7.0\" is listed twice",
        ),
        (
            COLORS,
            r#"classes: ["red"]"#,
            "classes: classes must be from 2 to 100, but 1 is listed",
        ),
        (
            COLORS,
            "classes: []",
            "classes: classes must be from 2 to 100, but none is listed",
        ),
        (
            COLORS,
            r#"classes: ["red", "blue"], loss: MeanSquaredError"#,
            "classes: MeanSquaredError is the loss of a number, which has no classes; leave one of them out",
        ),
        // Rows
        (
            "a,y\n1,2\n2,3\n3,4\n",
            "",
            "data: points.csv has 3 rows with values in all columns, but at least 4 are needed",
        ),
        (
            "a,y\n",
            "",
            "data: points.csv has no row with values in all of a, y",
        ),
        (
            LINE,
            "test: 4",
            "test: the test set takes 4 of 4 rows, which leaves none to train on",
        ),
        (
            LINE,
            "test: 100",
            "test: the test set takes 100 of 4 rows, which leaves none to train on",
        ),
        (
            LINE,
            "test: 0.9",
            "test: the test set takes 4 of 4 rows, which leaves none to train on",
        ),
        (
            LINE,
            "test: 1.0",
            "test: test is 1.0, but must be a share of the rows from 0 to below 1, as in 0.3, or a whole number of rows, as in 60",
        ),
        (
            LINE,
            "test: -3",
            "test: test is -3.0, but must be a share of the rows from 0 to below 1, as in 0.3, or a whole number of rows, as in 60",
        ),
        (
            LINE,
            "test: NaN",
            "test: test is NaN, but must be a share of the rows from 0 to below 1, as in 0.3, or a whole number of rows, as in 60",
        ),
        // Layers
        (
            LINE,
            "hidden: [8, 0]",
            "hidden[1]: a hidden layer has 0 units, but must have from 1 to 512",
        ),
        (
            LINE,
            "hidden: [513]",
            "hidden[0]: a hidden layer has 513 units, but must have from 1 to 512",
        ),
        (
            LINE,
            "hidden: [1, 1, 1, 1, 1, 1, 1, 1, 1]",
            "hidden: there are 9 hidden layers, but at most 8 are possible",
        ),
        (
            LINE,
            "hidden: [512, 512]",
            "hidden: the network 1–512–512–1 has 264,193 weights, but at most 20,000 are possible",
        ),
        // Settings
        (
            LINE,
            "l2: -1",
            "l2: l2 is -1, but must be a number from 0 to 1e100",
        ),
        (
            LINE,
            "evaluate: 0",
            "evaluate: evaluate is 0, but must be a whole number of steps from 1",
        ),
        // Weights
        (
            LINE,
            "initial: File(\"\")",
            "initial: the file of the initial weights is missing; name one, as in File(\"weights.csv\")",
        ),
        (
            LINE,
            "initial: File(\"nowhere.csv\")",
            "initial: nowhere.csv cannot be read: there is no such file",
        ),
        (
            LINE,
            "initial: File(\"points.csv\")",
            "initial: points.csv has 8 numbers, but the network 1–1 has 2 weights",
        ),
        (
            LINE,
            "initial: File(\"points.csv\"), bias: false",
            "initial: points.csv has 8 numbers, but the network 1–1 has 1 weight",
        ),
        (
            COLORS,
            "initial: File(\"points.csv\")",
            "initial: line 2 of points.csv: \"red\" is not a weight between -1e100 and 1e100",
        ),
        // Sources
        (
            LINE,
            "moons: (), data: \"iris\"",
            "data: give either data or moons, not both",
        ),
        (
            LINE,
            "moons: (), xor: ()",
            "moons: give either moons or xor, not both",
        ),
        (
            LINE,
            "xor: (rows: 3)",
            "xor: rows of the xor set is 3, but must be from 4 to 1,000,000",
        ),
        (
            LINE,
            "moons: (noise: -0.5)",
            "moons: noise of the moons is -0.5, but must be a number from 0 to 1e100",
        ),
        (
            LINE,
            "moons: (), features: [\"x1\", \"x3\"]",
            "features[1]: moons has no column \"x3\"; it has x1, x2, moon",
        ),
        (
            LINE,
            "moons: (), features: [\"moon\"]",
            "features[0]: moon is the target, so it cannot be a feature",
        ),
        (
            LINE,
            "moons: (), features: [\"x1\", \"x1\"]",
            "features[1]: x1 is a feature already; name each column only once",
        ),
        (
            LINE,
            "moons: (), target: \"x1\"",
            "target: moons has no column \"x1\"; it has x1, x2, moon",
        ),
        (
            LINE,
            "moons: (), loss: MeanSquaredError",
            "loss: the target moon of moons is text, but MeanSquaredError is the loss of a number; write loss: CategoricalCrossEntropy, or choose another target",
        ),
        (
            LINE,
            "moons: (), classes: [\"upper\", \"middle\"]",
            "classes[1]: moons: moon is never \"middle\"; it is lower, upper",
        ),
    ] {
        let found = read_in(&folder(csv), settings);
        let found = found.map_or_else(|fault| fault, |_| "it is read".to_owned());
        if found != expected {
            wrong.push_str(&format!("{settings}\n  {found}\n  {expected}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let missing = Network::default().examples().unwrap_err();
    assert!(
        missing
            .to_string()
            .starts_with("the data are missing; name a file")
    );
}

#[test]
fn of_many_columns_or_classes_the_nearest_name_is_told() {
    let digits = |settings: &str| {
        let text = format!("data: \"digits\", {settings}");
        network(&text).examples().unwrap_err().to_string()
    };
    assert_eq!(
        digits(r#"features: ["pixel_3_3", "pixle_3_4"]"#),
        "digits has no column \"pixle_3_4\"; did you mean pixel_3_4?"
    );
    assert_eq!(
        digits(r#"classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "90"]"#),
        "digits: digit is never \"90\"; did you mean 0?"
    );
}

#[test]
fn the_built_in_sets_suit_networks() {
    for (settings, shape, rows) in [
        (
            r#"data: "iris", features: ["petal_length_cm", "petal_width_cm"], target: "species", hidden: [8, 8]"#,
            "2–8–8–3",
            150,
        ),
        (
            r#"data: "penguins", features: ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"], target: "species""#,
            "4–3",
            342,
        ),
        (
            r#"data: "digits", loss: CategoricalCrossEntropy, hidden: [64, 64, 64]"#,
            "64–64–64–64–10",
            1797,
        ),
    ] {
        let found = built_in(settings);
        assert_eq!(found.architecture.shape(), shape);
        assert_eq!(found.train.len(), rows);
    }
    let digits = built_in(r#"data: "digits", loss: CategoricalCrossEntropy"#);
    let names: Vec<String> = (0..10).map(|digit| digit.to_string()).collect();
    assert_eq!(digits.data.classes, names);
    let counts: Vec<usize> = digits
        .data
        .rows_of_class
        .iter()
        .map(|&[train, _]| train)
        .collect();
    // As scikit-learn counts them.
    assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    assert!(
        digits
            .train
            .features
            .iter()
            .all(|it| (0.0..=16.0).contains(it))
    );
    let columns = digits.data.source.as_ref().unwrap().columns();
    assert!(
        columns.starts_with("features are pixel_0_0, pixel_0_1,"),
        "{columns}"
    );
    assert!(columns.contains("pixel_1_3 and 52 more (numeric), target is digit (the last column)"));
}

/// The points of each class of a generated set without noise.
fn points(set: &impl Generated) -> [Vec<[f64; 2]>; 2] {
    let data = set.dataset().unwrap();
    let mut points = [Vec::new(), Vec::new()];
    let labels = data.labels.unwrap();
    for (is_second, at) in labels.of.iter().zip(data.x.iter().zip(&data.y)) {
        points[usize::from(*is_second)].push([*at.0, *at.1]);
    }
    points
}

#[test]
fn circles_lie_inside_each_other() {
    let [outer, inner] = points(&Circles {
        rows: 101,
        noise: 0.0,
        seed: 1,
    });
    assert_eq!((outer.len(), inner.len()), (51, 50));
    assert!(outer.iter().all(|[x, y]| (x.hypot(*y) - 1.0).abs() < 1e-15));
    assert!(inner.iter().all(|[x, y]| (x.hypot(*y) - 0.5).abs() < 1e-15));
    // They are evenly spaced, so that their centre is the origin.
    for circle in [&outer, &inner] {
        let sum = circle
            .iter()
            .fold([0.0; 2], |[a, b], [x, y]| [a + x, b + y]);
        assert!(sum[0].abs() < 1e-12 && sum[1].abs() < 1e-12);
    }
}

#[test]
fn the_arms_of_the_spiral_are_half_a_turn_apart_and_never_meet() {
    let [first, second] = points(&Spiral {
        rows: 200,
        noise: 0.0,
        seed: 1,
    });
    for ([x, y], [u, v]) in first.iter().zip(&second) {
        assert!((x + u).abs() < 1e-12 && (y + v).abs() < 1e-12);
    }
    let [x, y] = first[99];
    // One and three quarter turns from the y axis, clockwise.
    assert!((x + 5.0).abs() < 1e-12 && y.abs() < 1e-12);
    let winding: f64 = first
        .windows(2)
        .map(|pair| {
            let [[x, y], [u, v]] = [pair[0], pair[1]];
            (y * u - x * v).atan2(x * u + y * v)
        })
        .sum();
    assert!((winding - 1.75 * 2.0 * PI * 0.99).abs() < 1e-9);
    let nearest = first
        .iter()
        .flat_map(|[x, y]| second.iter().map(move |[u, v]| (x - u).hypot(y - v)));
    assert!(nearest.fold(f64::INFINITY, f64::min) > 0.05);
}

#[test]
fn exclusive_or_keeps_off_the_axes_and_fills_the_quadrants() {
    let [equal, opposite] = points(&Xor {
        rows: 4000,
        noise: 0.0,
        seed: 3,
    });
    assert!(equal.iter().all(|[x, y]| x * y > 0.0));
    assert!(opposite.iter().all(|[x, y]| x * y < 0.0));
    let all: Vec<f64> = equal.iter().chain(&opposite).flatten().copied().collect();
    assert!(all.iter().all(|part| (0.1..=1.0).contains(&part.abs())));
    for signs in [[1.0, 1.0], [-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0]] {
        let both = equal.iter().chain(&opposite);
        let here = both.filter(|[x, y]| x * signs[0] > 0.0 && y * signs[1] > 0.0);
        assert_eq!(here.count(), 1000);
    }
    // Uniform in [0.1, 1]: mean 0.55, with five standard errors of 8,000 numbers.
    let mean = all.iter().map(|part| part.abs()).sum::<f64>() / 8000.0;
    assert!((mean - 0.55).abs() < 5.0 * 0.9 / 12.0_f64.sqrt() / 8000.0_f64.sqrt());
}

#[test]
fn noise_is_added_to_generated_points_and_the_seed_draws_it() {
    fn noise<G: Generated>(clean: &G, noisy: &G) -> Vec<f64> {
        let [clean, noisy] = [clean.dataset().unwrap(), noisy.dataset().unwrap()];
        assert_eq!(clean.labels, noisy.labels);
        let pairs =
            |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| b - a).collect() };
        [pairs(&clean.x, &noisy.x), pairs(&clean.y, &noisy.y)].concat()
    }
    let added = [
        noise(
            &Circles {
                rows: 5000,
                noise: 0.0,
                seed: 1,
            },
            &Circles {
                rows: 5000,
                noise: 0.3,
                seed: 1,
            },
        ),
        noise(
            &Spiral {
                rows: 5000,
                noise: 0.0,
                seed: 1,
            },
            &Spiral {
                rows: 5000,
                noise: 0.3,
                seed: 1,
            },
        ),
        noise(
            &Xor {
                rows: 5000,
                noise: 0.0,
                seed: 1,
            },
            &Xor {
                rows: 5000,
                noise: 0.3,
                seed: 1,
            },
        ),
    ];
    for added in added {
        let mean = added.iter().sum::<f64>() / 1e4;
        let deviation = (added.iter().map(|it| it * it).sum::<f64>() / 1e4).sqrt();
        assert!(mean.abs() < 0.015 && (deviation - 0.3).abs() < 0.0107);
    }
    let of = |seed| {
        Xor {
            seed,
            ..Xor::default()
        }
        .dataset()
        .unwrap()
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1).x, of(2).x);
}

#[test]
fn a_network_sees_the_same_moons_as_logistic_regression() {
    let moons = Moons {
        rows: 60,
        noise: 0.2,
        seed: 4,
    };
    let data = moons.generate().unwrap();
    let found = built_in("moons: (rows: 60, noise: 0.2, seed: 4), hidden: [16]");
    assert_eq!(found.architecture.shape(), "2–16–2");
    assert_eq!((&*found.data.name, &*found.data.target), ("moons", "moon"));
    assert_eq!(found.data.features, ["x1", "x2"]);
    assert_eq!(found.data.classes, ["lower", "upper"]);
    assert_eq!(found.train.len(), 60);
    for row in 0..60 {
        assert_eq!(found.train.row(row), [data.x[row], data.y[row]]);
        let is_lower = data.labels.as_ref().unwrap().of[row];
        assert_eq!(classes(&found.train)[row], u32::from(!is_lower));
    }
    let one = built_in("moons: (rows: 60, noise: 0.2, seed: 4), features: [\"x2\"]");
    assert_eq!(one.train.features, data.y);
    assert_eq!(
        one.data.lines(),
        [
            "moons: moon has 2 classes: lower (30 rows), upper (30 rows)",
            "moons: 60 rows to train on, none to test on"
        ]
    );
}

#[test]
fn what_is_given_is_written_again_and_nothing_else() {
    for text in [
        "",
        r#"data:"iris",hidden:[8,8],test:0.3,evaluate:10"#,
        "moons:(rows:60,noise:0.2,seed:1),bias:false,test:20",
        r#"data:"a.csv",separator:";",decimal:",",header:true,features:["a","b"],target:"c",classes:["x","y"],hidden:[3],activation:Relu,loss:BinaryCrossEntropy,initial:File("w.csv"),standardize:true,center:true,standardize_target:true,split_seed:7,l2:0.01"#,
        "circles:(rows:4,noise:0.0,seed:0)",
        "spiral:(rows:4,noise:0.0,seed:0)",
        "xor:(rows:4,noise:0.0,seed:0)",
    ] {
        assert_eq!(
            options().to_string(&network(text)).unwrap(),
            format!("({text})")
        );
    }
    let usual = network("");
    assert_eq!(usual, Network::default());
    assert_eq!(
        (usual.activation, usual.initial),
        (Activation::Tanh, Initial::GlorotUniform)
    );
    assert!(usual.bias && usual.hidden.is_empty());
    assert_eq!(network("test: 20").test, TestSize::Rows(20));
    assert_eq!(network("test: 0.1").test, TestSize::Share(0.1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_is_trained_on_or_tested_on_and_in_order(rows in 4_usize..400, share in 0.0..0.7, seed: u64) {
        let found = built_in(&format!("moons: (rows: {rows}), test: {share:?}, split_seed: {seed}"));
        let both: BTreeSet<u32> = found.data.train.iter().chain(&found.data.test).copied().collect();
        prop_assert_eq!(both.len(), rows);
        prop_assert_eq!(found.train.len() + found.test.len(), rows);
        prop_assert!(found.data.train.is_sorted() && found.data.test.is_sorted());
    }

    #[test]
    fn standardized_columns_have_mean_0_and_deviation_1_in_any_units(
        values in prop::collection::vec(-1.0..1.0, 4..40),
        unit in -20..20,
        offset in -3.0..3.0,
    ) {
        let unit = 10.0_f64.powi(unit);
        let rows = values.iter().map(|value| format!("{:?},1\n", (value + offset) * unit));
        let csv = format!("a,y\n{}", rows.collect::<String>());
        let found = read(&csv, "standardize: true, features: [\"a\"]");
        let count = f64::from(u32::try_from(values.len()).unwrap());
        let mean = found.train.features.iter().sum::<f64>() / count;
        let square = found.train.features.iter().map(|it| it * it).sum::<f64>() / count;
        prop_assert!(mean.abs() < 1e-9 && (square - 1.0).abs() < 1e-9, "{} {}", mean, square);
    }

    #[test]
    fn any_settings_are_examples_or_a_sentence(
        csv in "(a,b,y\n)?([0-9],[0-9a-c]?,[0-2]\n){0,12}",
        hidden in prop::collection::vec(0_usize..600, 0..3),
        test in prop::option::of(0_usize..15),
        loss in 0_usize..4,
        standardize: bool,
    ) {
        let mut network = Network { hidden, standardize, ..Network::default() };
        network.loss = LossFunction::ALL.get(loss).copied();
        network.test = TestSize::Rows(test.unwrap_or(0));
        let folder = folder(&csv);
        network.data = Some(folder.path().join("points.csv"));
        match network.examples() {
            Ok(found) => {
                let width = found.architecture.inputs;
                prop_assert!(!found.train.is_empty());
                for part in [&found.train, &found.test] {
                    prop_assert_eq!(part.features.len(), part.len() * width);
                    prop_assert!(part.features.iter().all(|it| it.is_finite()));
                    if let Targets::Classes(classes) = &part.targets {
                        let many = u32::try_from(found.data.classes.len()).unwrap();
                        prop_assert!(classes.iter().all(|class| *class < many));
                    }
                }
            }
            Err(fault) => prop_assert!(!fault.to_string().contains('\n')),
        }
    }
}
