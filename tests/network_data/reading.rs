//! Which columns are features and target, and what their cells mean.

use slalom::network::LossFunction;

use super::{COLORS, built_in, classes, numbers, read};

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
