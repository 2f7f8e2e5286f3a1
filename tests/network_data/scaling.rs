//! Scaling, the split into rows to train on and to test on, and initial weights.

use std::fs;

use super::{LINE, built_in, classes, folder, numbers, read, read_in};

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
    let said = "digits: pixel_0_0, pixel_4_0, pixel_4_7 are the same in every row, so they are 0 \
                instead of standardized";
    assert!(digits.data.lines().iter().any(|line| line == said));
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
