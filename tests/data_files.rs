//! Data files: what is read from them, and a clear message if they cannot be read.

mod common;

use std::fs;

use common::cases;
use common::data::Folder;
use proptest::prelude::*;
use slalom::preset::{self, Trust};
use slalom::simulation::simulate;
use slalom::surface::SurfaceChoice;
use slalom::surface::data::BUILT_IN;
use slalom::table::{Table, Wanted};

const LINE: &str = "LinearRegression(data: \"points.csv\")";
const CLASSES: &str = "LogisticRegression(data: \"points.csv\")";

/// The x and y of the data that a surface uses.
fn columns(csv: &str, surface: &str) -> (Vec<f64>, Vec<f64>) {
    let experiment = Folder::with(csv).open(surface, "").unwrap();
    let surface = experiment.surface.open();
    let data = surface.data().unwrap();
    (data.x.clone(), data.y.clone())
}

#[test]
fn with_or_without_header_the_first_column_is_x_and_the_last_y() {
    let expected = (vec![1.0, -2.0], vec![3.5, 4e2]);
    assert_eq!(columns("x,y\n1,3.5\n-2,4e2\n", LINE), expected);
    assert_eq!(columns("1,3.5\n-2,4e2", LINE), expected);
    assert_eq!(
        columns("\u{feff}a;b;c\r\n1;0;3.5\r\n-2;0;4e2\r\n", LINE),
        expected
    );
    assert_eq!(columns("1\tred\t3.5\n\n-2\tblue\t4e2\n", LINE), expected);
    assert_eq!(
        columns("\"x, in m\", y\n\"1\" , 3.5\n-2,4e2\n", LINE),
        expected
    );
}

#[test]
fn columns_are_chosen_by_name() {
    let csv = "a,b,c,d\n1,2,3,yes\n5,6,7,no\n";
    let line = "LinearRegression(data: \"points.csv\", x: \"c\", y: \"a\")";
    assert_eq!(columns(csv, line), (vec![3.0, 7.0], vec![1.0, 5.0]));
    let classes = "LogisticRegression(data: \"points.csv\", x1: \"b\", x2: \"a\", label: \"d\", \
                   positive: \"yes\")";
    assert_eq!(columns(csv, classes), (vec![2.0, 6.0], vec![1.0, 5.0]));
    let experiment = Folder::with(csv).open(classes, "").unwrap();
    let surface = experiment.surface.open();
    let data = surface.data().unwrap();
    assert_eq!(data.columns, ["b", "a"]);
    let labels = data.labels.as_ref().unwrap();
    assert_eq!((&*labels.column, &*labels.positive), ("d", "yes"));
    assert_eq!(labels.of, [true, false]);
}

#[test]
fn the_first_two_columns_are_the_features_and_the_last_the_label() {
    let csv = "1,2,9,0\n3,4,9,1\n5,6,9,1.0\n";
    assert_eq!(
        columns(csv, CLASSES),
        (vec![1.0, 3.0, 5.0], vec![2.0, 4.0, 6.0])
    );
    let experiment = Folder::with(csv).open(CLASSES, "").unwrap();
    let surface = experiment.surface.open();
    let labels = surface.data().unwrap().labels.clone().unwrap();
    assert_eq!(labels.of, [false, true, true]);
    assert_eq!(labels.column, "column 4");
}

#[test]
fn rows_in_which_something_needed_is_missing_are_left_out_and_counted() {
    let csv = "x,note,y\n1,,2\n,a,3\nNA,b,4\n5,c,nan\n6,?,7\n";
    let experiment = Folder::with(csv).open(LINE, "").unwrap();
    let surface = experiment.surface.open();
    let data = surface.data().unwrap();
    assert_eq!((&data.x, &data.y), (&vec![1.0, 6.0], &vec![2.0, 7.0]));
    assert_eq!(data.left_out(), 3);
}

#[test]
fn standardised_columns_have_mean_0_and_deviation_1() {
    let surface = "LinearRegression(data: \"points.csv\", standardize: true)";
    let (x, y) = columns("1,70\n2,50\n3,60\n6,20\n", surface);
    for column in [x, y] {
        let mean = column.iter().sum::<f64>() / 4.0;
        let square = column.iter().map(|value| value * value).sum::<f64>() / 4.0;
        assert!(mean.abs() < 1e-15 && (square - 1.0).abs() < 1e-15);
    }
    let experiment = Folder::with("1,70\n3,60\n").open(surface, "").unwrap();
    let surface = experiment.surface.open();
    let scales = surface.data().unwrap().standardized;
    assert_eq!(scales, Some([[2.0, 1.0], [65.0, 5.0]]));
}

#[test]
fn what_is_wrong_with_data_is_said_in_one_sentence_with_its_place() {
    let wrong = |csv: &str, surface: &str| Folder::with(csv).wrong(surface);
    for (csv, surface, expected) in [
        (
            "",
            LINE,
            "1:46: points.csv has no columns, but at least 2 are needed",
        ),
        (
            "x\n1\n",
            LINE,
            "1:46: points.csv has 1 column, but at least 2 are needed",
        ),
        (
            "x,y\n1,2\n",
            CLASSES,
            "1:48: points.csv has 2 columns, but at least 3 are needed",
        ),
        (
            "x,y\n",
            LINE,
            "1:46: points.csv has no row with values in all of x, y",
        ),
        (
            "x,y\n,2\n1,\n",
            LINE,
            "1:46: points.csv has no row with values in all of x, y",
        ),
        (
            "x,y\r\n1,2\r\n\r\n3,four\r\n",
            LINE,
            "1:46: line 4 of points.csv: y is \"four\", but must be a number",
        ),
        (
            "x,note,y\n1,\"two\nlines\",2\n3,,four\n",
            LINE,
            "1:46: line 4 of points.csv: y is \"four\", but must be a number",
        ),
        (
            "x,y\n1,2\n\n3,four\n",
            LINE,
            "1:46: line 4 of points.csv: y is \"four\", but must be a number",
        ),
        (
            "1,2\n3,4,5\n",
            LINE,
            "1:46: line 2 of points.csv has 3 cells, but line 1 has 2",
        ),
        (
            "1,2\n3\n",
            LINE,
            "1:46: line 2 of points.csv has 1 cell, but line 1 has 2",
        ),
        (
            "1,1e101\n",
            LINE,
            "1:46: line 1 of points.csv: column 2 is \"1e101\", but must be between -1e100 and 1e100",
        ),
        (
            "1,2,1\n3,4,2\n",
            CLASSES,
            "1:48: line 2 of points.csv: column 3 is \"2\", but must be 0 or 1; with positive you can say which label counts as 1",
        ),
        (
            "a,b,c\n1,2,1\n3,4,1\n",
            CLASSES,
            "1:48: points.csv: c is the same in every row, but two classes are needed",
        ),
    ] {
        let expected = format!("race.ron:{expected}");
        assert_eq!(wrong(csv, surface), expected, "{csv}");
    }
    for (surface, expected) in [
        (
            "LinearRegression(data: \"nowhere.csv\")",
            "1:46: nowhere.csv cannot be read: there is no such file; the built-in data sets are penguins, iris, digits, line, crescents, keys, keys-turned",
        ),
        (
            "LinearRegression()",
            "1:23: the data are missing; name a file, as in data: \"points.csv\", or a built-in data set, as in data: \"penguins\"",
        ),
        (
            "LogisticRegression()",
            "1:23: the data are missing; name a file, as in data: \"points.csv\", or a built-in data set, as in data: \"penguins\"",
        ),
        (
            "LinearRegression(data: \"points.csv\", y: \"z\")",
            "1:63: points.csv has no column \"z\"; it has x, y",
        ),
        (
            "LinearRegression(data: \"points.csv\", standardize: true)",
            "1:73: points.csv: x is the same in every row, so it cannot be standardized",
        ),
        (
            "LinearRegression(data: \"points.csv\", l2: -1)",
            "1:64: l2 is -1, but must be a number from 0 to 1e100",
        ),
        (
            "LinearRegression(data: \"points.csv\", l2: inf)",
            "1:64: l2 is inf, but must be a number from 0 to 1e100",
        ),
        (
            "LinearRegression(dta: \"points.csv\")",
            "1:40: LinearRegression has no parameter \"dta\"; did you mean data?",
        ),
        (
            "LogisticRegression(moons: (rows: 3))",
            "1:49: rows of the moons is 3, but must be from 4 to 1,000,000",
        ),
        (
            "LogisticRegression(moons: (noise: -0.1))",
            "1:49: noise of the moons is -0.1, but must be a number from 0 to 1e100",
        ),
        (
            "LogisticRegression(moons: (rws: 3))",
            "1:50: Moons has no parameter \"rws\"; did you mean rows?",
        ),
        (
            "LogisticRegression(data: \"iris\", moons: ())",
            "1:48: give either data or moons, not both",
        ),
        (
            "LogisticRegression(data: \"iris\", label: \"species\", positive: \"Rose\")",
            "1:84: iris: species is never \"Rose\"",
        ),
    ] {
        let expected = format!("race.ron:{expected}");
        let said = Folder::with("x,y\n1,2\n1,3\n").wrong(surface);
        assert_eq!(said, expected);
    }
    let folder = Folder::with("");
    fs::create_dir(folder.path("folder.csv")).unwrap();
    let said = folder.wrong("LinearRegression(data: \"folder.csv\")");
    assert_eq!(
        said,
        "race.ron:1:46: folder.csv cannot be read: it is a folder"
    );
    let said = Folder::with(b"x,y\n\0\0\0\xff,1\n").wrong(LINE);
    assert_eq!(
        said,
        "race.ron:1:46: points.csv cannot be read: it is neither text nor an NPY file"
    );
}

#[test]
fn a_preset_that_is_no_file_has_no_data_beside_it() {
    let text = format!("(version: 1, surface: {LINE}, start: (0, 0), steps: 1, racers: [])");
    let said = preset::from_text("pasted", &text).unwrap_err().to_string();
    assert_eq!(
        said,
        "pasted:1:46: points.csv is not read, since this preset has no folder in which it could \
         lie; save the preset beside it and open that (for standard input, --allow-outside looks in \
         the current folder)"
    );
}

#[test]
fn a_saved_preset_finds_its_data_from_any_folder() {
    let folder = Folder::with("1,2\n3,4\n5,5\n");
    let experiment = folder.open(LINE, "(optimizer: Adam())").unwrap();
    fs::create_dir_all(folder.path("deep/deeper")).unwrap();
    fs::create_dir_all(folder.path("data")).unwrap();
    for (preset, copies) in [
        ("again.ron", &[][..]),
        ("deep/deeper/race.ron", &["points.csv"]),
    ] {
        let path = folder.path(preset);
        let saved = preset::save(&path, &experiment.clone().into()).unwrap();
        assert_eq!(saved.written, copies);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("\"points.csv\""), "{text}");
        let again = preset::open(&path).unwrap();
        assert_eq!(simulate(&again.experiment), simulate(&experiment));
        // Saved to the folder around it, it goes on using the copy.
        let back = preset::save(&folder.path("back.ron"), &again).unwrap();
        assert_eq!(back.written, [""; 0]);
        let text = fs::read_to_string(folder.path("back.ron")).unwrap();
        assert!(text.contains("points.csv\""), "{text}");
    }
    let text = preset::to_text(&experiment.clone().into()).unwrap();
    // It names the data by an absolute path, which only the user's own text may do.
    let own = Trust::Anywhere.read("own", &text).unwrap();
    assert_eq!(own.experiment, experiment);
    assert!(preset::from_text("pasted", &text).unwrap_err().is_outside());
}

#[test]
fn a_file_named_like_a_built_in_set_is_still_a_file() {
    let folder = Folder::with("");
    fs::write(folder.path("iris"), "1,2\n3,4\n").unwrap();
    let experiment = folder
        .open("LinearRegression(data: \"./iris\")", "")
        .unwrap();
    assert_eq!(experiment.surface.open().rows(), 2);
    preset::save(&folder.path("again.ron"), &experiment.into()).unwrap();
    let again = preset::open(&folder.path("again.ron")).unwrap();
    assert_eq!(again.experiment.surface.open().rows(), 2);
}

#[test]
fn a_hundred_thousand_rows_work() {
    let rows = (0..100_000).map(|row| format!("{}.5,{}\n", row % 100, row % 7));
    let folder = Folder::with(rows.collect::<String>());
    let racers = "(optimizer: Adam(), batch: MiniBatch(1000)), (optimizer: Adam())";
    let experiment = folder.open(LINE, racers).unwrap();
    let surface = experiment.surface.open();
    assert_eq!(surface.rows(), 100_000);
    assert!(
        simulate(&experiment)
            .iter()
            .all(|path| path.last_step() == 10)
    );
}

#[test]
fn the_built_in_sets_are_what_they_were_published_as() {
    let [penguins, iris, line] = [
        "LinearRegression(data: \"penguins\", x: \"flipper_length_mm\", y: \"body_mass_g\")",
        "LogisticRegression(data: \"iris\", x1: \"petal_length_cm\", x2: \"petal_width_cm\", label: \
         \"species\", positive: \"virginica\", standardize: true)",
        "LinearRegression(data: \"line\")",
    ]
    .map(|surface| Folder::with("").open(surface, "").unwrap().surface.open());
    let data = penguins.data().unwrap();
    assert_eq!((data.len(), data.left_out()), (342, 2));
    // Horst et al. fit body mass = 49.69 · flipper length − 5780.83.
    let [slope, intercept] = penguins.minima()[0].at;
    assert!((slope - 49.6856).abs() < 1e-4 && (intercept + 5780.83).abs() < 1e-2);
    assert_eq!(iris.rows(), 150);
    let labels = iris.data().unwrap().labels.clone().unwrap();
    assert_eq!(labels.of.iter().filter(|&&is_one| is_one).count(), 50);
    assert_eq!(line.rows(), 100);
    assert_eq!(BUILT_IN.len(), 7);
}

#[test]
fn data_that_were_not_loaded_are_nan_and_nothing_worse() {
    for text in [
        "LinearRegression(data:\"points.csv\")",
        "LogisticRegression(data:Some(\"points.csv\"))",
    ] {
        let text = text.replacen('(', "((", 1) + ")";
        let choice: SurfaceChoice = ron::from_str(&text).unwrap();
        let surface = choice.open();
        assert_eq!(surface.rows(), 0);
        assert!(surface.value([1.0, 2.0]).is_nan());
        assert!(surface.batch(&[0], [1.0, 2.0]).1[0].is_nan());
        assert!(surface.minima().is_empty());
        assert_eq!(surface.window(), choice.about().window);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Table::read("any.csv", bytes, &Wanted::default());
    }

    #[test]
    fn anything_like_a_table_is_read_or_refused(
        csv in "([-0-9.e,;\t\"a-c\r\n ]|inf|NaN|é){0,80}",
        standardize: bool,
    ) {
        let folder = Folder::with(&csv);
        for (surface, racers) in [
            ("LinearRegression(data: \"points.csv\"", "(optimizer: GradientDescent(), batch: Sample)"),
            ("LogisticRegression(data: \"points.csv\"", "(optimizer: GradientDescent(), batch: Sample)"),
        ] {
            let surface = format!("{surface}, standardize: {standardize})");
            match folder.open(&surface, racers) {
                Ok(experiment) => {
                    let ground = experiment.surface.open();
                    prop_assert!(ground.rows() > 0);
                    let window = ground.window();
                    prop_assert!(window.width() > 0.0 && window.height() > 0.0, "{window:?}");
                    prop_assert_eq!(simulate(&experiment).len(), 1);
                }
                Err(error) => prop_assert!(error.to_string().contains("race.ron:1:")),
            }
        }
    }
}
