//! What is wrong with the data or the definition of a network, in one sentence.

use slalom::surface::network::Network;

use super::{COLORS, LINE, folder, network, read_in};

#[test]
fn what_is_wrong_is_said_in_one_sentence_about_its_field() {
    let many = (0..101).map(|row| format!("{row},name{row}\n"));
    let many = format!("a,name\n{}", many.collect::<String>());
    let numbered = (0..500).map(|row| format!("{},{row}\n", row % 7));
    let numbered = format!("a,b\n{}", numbered.collect::<String>());
    let mut wrong = Vec::new();
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
            wrong.push(format!("{settings}\n  {found}\n  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
