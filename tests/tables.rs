//! Tables in the formats found in practice: how each is read, and what is rejected.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::cases;
use common::data::Folder;
use proptest::prelude::*;
use slalom::preset::{self, read_recordings, recordings};
use slalom::surface::data::Source;
use slalom::table::{DecimalMark, Format, Header, Separator, Table, Value, Wanted};

const LINE: &str = "LinearRegression(data: \"points.csv\")";

fn case(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(path)
}

fn slalom(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(arguments)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// x, y and a description of their source.
fn read(csv: impl AsRef<[u8]>, surface: &str) -> (Vec<f64>, Vec<f64>, Source) {
    let experiment = Folder::with(csv).open(surface, "").unwrap();
    let surface = experiment.surface.open();
    let data = surface.data().unwrap();
    let source = data.source.clone().unwrap();
    (data.x.clone(), data.y.clone(), source)
}

fn columns(csv: impl AsRef<[u8]>, surface: &str) -> (Vec<f64>, Vec<f64>) {
    let (x, y, _) = read(csv, surface);
    (x, y)
}

#[test]
fn exports_of_spreadsheets_are_the_same_rows() {
    for name in ["plain", "german-no-thousands", "sep-line"] {
        let file = case(&format!("spreadsheet-exports/{name}.ron"));
        let output = slalom(&["run", file.to_str().unwrap()]);
        let text = said(&output);
        let x: f64 = text
            .lines()
            .last()
            .unwrap()
            .split(',')
            .nth(3)
            .unwrap()
            .parse()
            .unwrap();
        assert!((x - 0.199_285_172_875).abs() < 5e-13, "{name}: {x}");
    }
}

#[test]
fn what_was_guessed_of_an_export_is_said() {
    let check = |name: &str| {
        let file = case(&format!("spreadsheet-exports/{name}.ron"));
        said(&slalom(&["check", file.to_str().unwrap()]))
    };
    for (name, expected) in [
        (
            "no-header-semicolon",
            &[
                "separator semicolon ;",
                "decimal comma (detected: line 1 has 5840,72)",
                "no header; 2 columns",
                "x is column 1 (the first column), y is column 2 (the last column)",
                "8 rows used",
            ][..],
        ),
        (
            "sep-line",
            &[
                "separator semicolon ; (set in its first line)",
                "header on line 2",
            ],
        ),
        (
            "years",
            &[
                "header on line 1",
                "x is 1990 (named in the preset)",
                "4 rows used",
            ],
        ),
        (
            "trailing",
            &["2 columns: a (numbers), b (numbers)", "3 rows used"],
        ),
        (
            "comment",
            &["1 comment line skipped", "header on line 2", "3 rows used"],
        ),
    ] {
        let text = check(name);
        for expected in expected {
            assert!(text.contains(expected), "{name}: {expected} in\n{text}");
        }
    }
}

#[test]
fn a_number_that_can_be_read_in_two_ways_is_no_number_until_it_is_settled() {
    let surface = "LinearRegression(data: \"points.csv\")";
    let said = Folder::with("x;y\n1,234;5,678\n2,345;6,789\n").wrong(surface);
    assert_eq!(
        said,
        "race.ron:1:23: line 2 of points.csv: 1,234 may be 1234 or 1.234; specify the decimal \
         mark with decimal: \".\" or decimal: \",\""
    );
    let settled =
        |mark: &str| format!("LinearRegression(data: \"points.csv\", decimal: \"{mark}\")");
    let csv = "x;y\n1,234;5,678\n2,345;6,789\n";
    assert_eq!(
        columns(csv, &settled(",")),
        (vec![1.234, 2.345], vec![5.678, 6.789])
    );
    assert_eq!(
        columns(csv, &settled(".")),
        (vec![1234.0, 2345.0], vec![5678.0, 6789.0])
    );
    // One unambiguous cell is enough.
    let csv = "x;y\n1,234;5,678\n2,345;6,78\n";
    assert_eq!(columns(csv, surface).0, [1.234, 2.345]);
    // If commas separate the cells, the decimal mark is a point.
    assert_eq!(
        columns("x,y\n1.234,5.678\n", surface),
        (vec![1.234], vec![5.678])
    );
    let mixed = Folder::with("x;y\n1,5;2.5\n").wrong(surface);
    assert!(
        mixed.contains("(2.5, line 2) and with a decimal comma (1,5, line 2)"),
        "{mixed}"
    );
}

#[test]
fn groups_of_thousands_are_read() {
    let expected = (vec![5840.72, 1250.0], vec![12.5, 3.2]);
    for csv in [
        "x;y\n5.840,72;12,5\n1.250;3,2\n",
        "x;y\n5 840,72;12,5\n1 250;3,2\n",
        "x\ty\n5\u{202f}840,72\t12,5\n1\u{a0}250\t3,2\n",
        "x,y\n\"5,840.72\",12.5\n\"1,250\",3.2\n",
        "x;y\n5'840.72;12.5\n1'250;3.2\n",
    ] {
        assert_eq!(columns(csv, LINE), expected, "{csv}");
    }
}

#[test]
fn every_encoding_of_spreadsheets_is_read() {
    let text = "Fl\u{e4}che\tH\u{f6}he\r\n5840,72\t12,5\r\n1250\t3,2\r\n";
    let surface = "LinearRegression(data: \"points.csv\", x: \"Fläche\", y: \"Höhe\")";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    for bytes in [
        [b"\xff\xfe".to_vec(), wide].concat(),
        latin,
        format!("\u{feff}{text}").into_bytes(),
    ] {
        assert_eq!(
            columns(bytes, surface),
            (vec![5840.72, 1250.0], vec![12.5, 3.2])
        );
    }
}

#[test]
fn the_names_of_rows_are_no_data() {
    let expected = (vec![5.0, 6.0, 7.0], vec![2.0, 4.0, 7.5]);
    for csv in [
        ",x,y\n0,5,2\n1,6,4\n2,7,7.5\n",
        "\"\",\"x\",\"y\"\n\"1\",5,2\n\"2\",6,4\n\"3\",7,7.5\n",
        "x y\n1 5 2\n2 6 4\n3 7 7.5\n",
        "\"x\" \"y\"\n\"Mazda RX4\" 5 2\n\"Fiat 128\" 6 4\n\"Honda Civic\" 7 7.5\n",
        "Unnamed: 0,x,y\n0,5,2\n1,6,4\n2,7,7.5\n",
    ] {
        let (x, y, source) = read(csv, LINE);
        assert_eq!((x, y), expected, "{csv}");
        assert!(
            source
                .columns()
                .contains("is not used: it has no name and contains row names"),
            "{csv}"
        );
    }
    // They can still be selected explicitly.
    let surface = "LinearRegression(data: \"points.csv\", x: \"column 1\", y: \"y\")";
    assert_eq!(columns(",x,y\n0,5,2\n1,6,4\n", surface).0, [0.0, 1.0]);
}

#[test]
fn a_nameless_column_that_counts_the_rows_is_not_taken_silently() {
    let said = Folder::with("1,5,2\n2,6,4\n3,7,7.5\n").wrong(LINE);
    assert_eq!(
        said,
        "race.ron:1:23: column 1 of points.csv has no name and may contain only row numbers; \
         name the column to use, as in x: \"column 2\""
    );
    let (x, _, source) = read("1,2\n2,4\n3,7\n", LINE);
    assert_eq!(x, [1.0, 2.0, 3.0]);
    assert!(
        source.columns().contains("which looks like row numbers"),
        "{}",
        source.columns()
    );
}

#[test]
fn a_header_of_numbers_is_settled_by_a_field_or_a_name() {
    let csv = "1990,2000\n3.1,4.2\n2.9,4.0\n";
    let said = Folder::with(csv).wrong(LINE);
    assert_eq!(
        said,
        "race.ron:1:23: line 1 of points.csv (1990, 2000) may be a header or the first row; \
         specify which with header: true or header: false"
    );
    let surface = |field: &str| format!("LinearRegression(data: \"points.csv\", {field})");
    let rows = vec![3.1, 2.9];
    assert_eq!(columns(csv, &surface("header: true")).0, rows);
    assert_eq!(columns(csv, &surface("x: \"1990\"")).0, rows);
    assert_eq!(
        columns(csv, &surface("header: false")).0,
        [1990.0, 3.1, 2.9]
    );
    assert_eq!(
        columns(csv, &surface("x: \"column 1\"")).0,
        [1990.0, 3.1, 2.9]
    );
}

#[test]
fn rows_are_left_out_for_a_reason_that_is_said() {
    let csv = "x,y\n1,2\nNA,3\n#N/A,4\n5,inf\n.,5\n6,7\n";
    let (x, _, source) = read(csv, LINE);
    assert_eq!(x, [1.0, 6.0]);
    assert_eq!(
        source.rows(),
        "2 rows used, 4 rows left out: x is missing in 3 rows (first on line 3: NA); y is infinite \
         in 1 row (on line 5: inf)"
    );
    let folder = Folder::with(csv);
    folder.open(LINE, "").unwrap();
    let preset = folder.path("race.ron");
    let output = said(&slalom(&["check", preset.to_str().unwrap()]));
    assert!(output.contains("4 rows left out"), "{output}");
    let json = said(&slalom(&["check", "--json", preset.to_str().unwrap()]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["data"]["rows_left_out"], 4);
    assert_eq!(json["data"]["left_out"][0]["first_line"], 3);
    assert_eq!(json["data"]["table"]["separator"], ",");
    assert_eq!(json["data"]["used"][0]["why"], "the first column");
}

#[test]
fn what_a_preset_says_of_a_table_stands_and_is_kept() {
    let surface = "LinearRegression(data: \"points.csv\", separator: \"blanks\", decimal: \",\", \
                   header: false)";
    let folder = Folder::with("1,234 567,8\n2,345 678,9\n");
    let experiment = folder.open(surface, "").unwrap();
    let data = experiment.surface.open();
    assert_eq!(data.data().unwrap().x, [1.234, 2.345]);
    let again = folder.path("again.ron");
    preset::save(&again, &experiment.clone().into()).unwrap();
    assert_eq!(preset::open(&again).unwrap().experiment, experiment);
    let text = fs::read_to_string(&again).unwrap();
    for field in ["separator: \"blanks\"", "decimal: \",\"", "header: false"] {
        assert!(text.contains(field), "{field} in {text}");
    }
    let tie = folder.wrong("LinearRegression(data: \"points.csv\")");
    assert!(
        tie.contains(
            "the separator of points.csv may be comma or blanks; specify it with separator: \",\""
        ),
        "{tie}"
    );
    let wrong = folder.wrong("LinearRegression(data: \"points.csv\", separator: \"x\")");
    assert!(
        wrong.contains("separator is \"x\", but must be \",\", \";\""),
        "{wrong}"
    );
    let wrong = folder.wrong("LinearRegression(data: \"points.csv\", decimal: \";\")");
    assert!(
        wrong.contains("decimal is \";\", but must be \".\" or \",\""),
        "{wrong}"
    );
}

#[test]
fn a_standardized_fit_is_told_in_the_units_of_the_data() {
    // The points lie on the line y = 3x − 20, so that is the fit.
    let csv = "x,y\n10,10\n20,40\n40,100\n";
    let surface = "LinearRegression(data: \"points.csv\", standardize: true)";
    let folder = Folder::with(csv);
    let racers = "(optimizer: GradientDescent(learning_rate: 0.5))";
    folder.open(surface, racers).unwrap();
    let preset = folder.path("race.ron");
    let csv = said(&slalom(&["run", preset.to_str().unwrap()]));
    let header =
        "racer,optimizer,step,x,y,loss,rows_seen,epoch,slope,intercept,decided_by_rounding";
    assert_eq!(csv.lines().next(), Some(header));
    let last: Vec<&str> = csv.lines().last().unwrap().split(',').collect();
    let [slope, intercept]: [f64; 2] = [8, 9].map(|column: usize| last[column].parse().unwrap());
    assert!(
        (slope - 3.0).abs() < 1e-9 && (intercept + 20.0).abs() < 1e-9,
        "{last:?}"
    );
    let json = said(&slalom(&[
        "run",
        "--format",
        "json",
        preset.to_str().unwrap(),
    ]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[0]["slope"][10].as_f64(), Some(slope));
    assert_eq!(json[0]["data"]["rows_used"], 3);
    let script = said(&slalom(&[
        "code",
        "--library",
        "pytorch",
        preset.to_str().unwrap(),
    ]));
    assert!(script.contains("#   y = slope * x + intercept"), "{script}");
    // Data in their original units need no conversion.
    folder
        .open("LinearRegression(data: \"points.csv\")", racers)
        .unwrap();
    let csv = said(&slalom(&["run", preset.to_str().unwrap()]));
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .ends_with("epoch,decided_by_rounding")
    );
}

#[test]
fn a_standardized_border_is_told_in_the_units_of_the_data() {
    let csv = "a,b,c\n1,10,0\n2,30,1\n3,20,0\n4,60,1\n";
    let surface = "LogisticRegression(data: \"points.csv\", standardize: true)";
    let folder = Folder::with(csv);
    folder
        .open(surface, "(optimizer: Adam(learning_rate: 0.1))")
        .unwrap();
    let preset = folder.path("race.ron");
    let csv = said(&slalom(&["run", preset.to_str().unwrap()]));
    let last: Vec<&str> = csv.lines().last().unwrap().split(',').collect();
    let [w1, w2, slope, intercept]: [f64; 4] =
        [3, 4, 8, 9].map(|column: usize| last[column].parse().unwrap());
    // Two points of the boundary, converted back to standard deviations.
    for x in [1.0, 4.0] {
        let y = slope * x + intercept;
        let [z1, z2] = [(x - 2.5) / 1.25_f64.sqrt(), (y - 30.0) / 350.0_f64.sqrt()];
        assert!((w1 * z1 + w2 * z2).abs() < 1e-9);
    }
}

#[test]
fn two_columns_of_one_name_are_told_apart_by_number() {
    let csv = "x,x,y\n1,2,3\n4,5,6.5\n";
    let surface = |x: &str| format!("LinearRegression(data: \"points.csv\", x: \"{x}\")");
    let said = Folder::with(csv).wrong(&surface("x"));
    assert!(
        said.contains("columns 1 and 2 of points.csv are both named \"x\""),
        "{said}"
    );
    assert_eq!(columns(csv, &surface("column 2")).0, [2.0, 5.0]);
}

#[test]
fn arrays_of_numpy_are_data_too() {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }";
    let mut bytes = b"\x93NUMPY\x01\0".to_vec();
    bytes.extend(u16::try_from(header.len()).unwrap().to_le_bytes());
    bytes.extend(header.bytes());
    for number in [1.5, 2.0, f64::NAN, 4.0, 5.0, 6.0_f64] {
        bytes.extend(number.to_le_bytes());
    }
    let (x, y, source) = read(bytes, LINE);
    assert_eq!((x, y), (vec![1.5, 5.0], vec![2.0, 6.0]));
    assert_eq!(source.rows_left_out(), 1);
    assert_eq!(source.reading.storage(), "NumPy array of <f8, 3 x 2");
}

#[test]
fn only_regular_files_are_read() {
    for device in ["/dev/zero", "/dev/full"] {
        if !Path::new(device).exists() {
            continue;
        }
        let surface = format!("LinearRegression(data: \"{device}\")");
        let folder = Folder::with("");
        assert!(folder.open(&surface, "").unwrap_err().is_outside());
        let trusted = preset::Trust::Anywhere.open(&folder.path("race.ron"));
        let said = trusted.unwrap_err().to_string();
        assert!(
            said.contains("it is a device, but only regular files can be read"),
            "{said}"
        );
        for arguments in [
            &["check", device][..],
            &["run", device],
            &["render", device, "-o", "x.png"],
        ] {
            let output = slalom(arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        }
        assert!(read_recordings(Path::new(device)).is_err());
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_that_nobody_writes_to_is_no_file() {
    let folder = Folder::with("");
    let pipe = folder.path("pipe.csv");
    let made = Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    let said = folder.wrong("LinearRegression(data: \"pipe.csv\")");
    assert!(said.contains("it is a pipe"), "{said}");
    assert!(read_recordings(&pipe).is_err());
    // A pipe is rejected as a preset and beside a lesson, too.
    let preset = folder.path("pipe.ron");
    assert!(
        Command::new("mkfifo")
            .arg(&preset)
            .status()
            .unwrap()
            .success()
    );
    assert!(preset::open(&preset).is_err());
    assert_eq!(preset::neighbours(&folder.path("race.ron")), [None, None]);
}

#[test]
fn recorded_paths_of_every_kind_are_the_same_positions() {
    let read = |name: &str| read_recordings(&case(&format!("recorded-paths/{name}"))).unwrap();
    let plain = read("plain.csv").recordings;
    assert_eq!(plain[0].points.len(), 12);
    for name in [
        "whole-floats.csv",
        "savetxt.csv",
        "tabs.tsv",
        "pandas-index.csv",
    ] {
        let paths = read(name).recordings;
        assert_eq!(paths[0].points, plain[0].points, "{name}");
        let file = case(&format!("recorded-paths/{name}"));
        let text = said(&slalom(&["check", file.to_str().unwrap()]));
        assert!(
            text.contains("12 positions, steps 0 to 11"),
            "{name}: {text}"
        );
    }
    let diverged = &read("diverged.csv").recordings[0];
    assert_eq!(
        (diverged.points.len(), diverged.diverged),
        (1749, Some(1749))
    );
}

#[test]
fn steps_that_jump_do_not_fill_the_memory() {
    let rows = (0..400).map(|racer| format!("r{racer},0,1,2\nr{racer},1000000,3,4\n"));
    let csv = format!("racer,step,x,y\n{}", rows.collect::<String>());
    let table = Table::read("paths.csv", csv.into(), &Wanted::default()).unwrap();
    let paths = recordings(Path::new("paths.csv"), &table)
        .unwrap()
        .recordings;
    assert_eq!(paths.len(), 400);
    assert!(paths.iter().all(|path| path.points.len() == 2));
}

#[test]
fn a_table_of_too_many_rows_is_refused_in_a_sentence() {
    let text = "1\n".repeat(Table::MOST_ROWS + 2);
    let said = Table::read("long.csv", text.into(), &Wanted::default()).unwrap_err();
    let expected = "long.csv has more than the maximum of 10,000,000 rows";
    assert_eq!(said.to_string(), expected);
}

/// A table as someone might write it, its numbers, and its format.
fn any_table() -> impl Strategy<Value = (String, Vec<[f64; 2]>, Separator, DecimalMark, bool)> {
    let numbers = prop::collection::vec(prop::array::uniform2(-9999_i32..9999), 3..12);
    let separators = prop::sample::select(&Separator::ALL[..]);
    let marks = prop::sample::select(&DecimalMark::ALL[..]);
    (numbers, separators, marks, any::<bool>())
        .prop_filter("a comma cannot be both", |(_, separator, mark, _)| {
            (*separator, *mark) != (Separator::Comma, DecimalMark::Comma)
        })
        .prop_map(|(numbers, separator, mark, header)| {
            let rows: Vec<[f64; 2]> = numbers
                .iter()
                .map(|row| row.map(|number| f64::from(number) + 0.25))
                .collect();
            let sign = separator.sign();
            let written =
                |number: f64| format!("{number:.2}").replace('.', &mark.sign().to_string());
            let line = |[x, y]: &[f64; 2]| format!("{}{sign}{}\n", written(*x), written(*y));
            let lines: String = rows.iter().map(line).collect();
            let names = if header {
                format!("a{sign}b\n")
            } else {
                String::new()
            };
            (names + &lines, rows, separator, mark, header)
        })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_table_reads_back_however_it_is_written((text, rows, separator, mark, header) in any_table()) {
        let table = Table::read("t", text.into(), &Wanted::default()).unwrap();
        prop_assert!(table.settled().is_ok());
        let Format::Text(found) = &table.reading().format else {
            return Err(TestCaseError::fail("no text"));
        };
        prop_assert_eq!(found.separator, separator);
        prop_assert_eq!(table.decimal_of(&[0, 1]).unwrap(), mark);
        prop_assert_eq!(table.reading().header != Header::None, header);
        let read: Vec<[Value; 2]> = table
            .rows()
            .map(|row| [0, 1].map(|column| row.cell(column).value(mark)))
            .collect();
        let expected: Vec<[Value; 2]> = rows.iter().map(|row| row.map(Value::Number)).collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn any_bytes_are_a_table_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survived(bytes)?;
    }

    #[test]
    fn anything_that_resembles_a_table_is_one_or_a_sentence(
        text in "(\u{feff})?(sep=.\n)?([-0-9.,;|\t '\"#%a-eN/é−]{0,9}[,;\t|\n ]){0,30}"
    ) {
        survived(text.into_bytes())?;
    }
}

fn survived(bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let length = bytes.len();
    match Table::read("t", bytes, &Wanted::default()) {
        Err(fault) => prop_assert!(!fault.to_string().contains('\n')),
        Ok(table) => {
            // Every row takes at least one byte.
            prop_assert!(table.rows().count() <= length);
            prop_assert_eq!(table.rows().count(), table.reading().rows);
            let _ = recordings(Path::new("t"), &table);
            let _ = table.reading().lines();
        }
    }
    Ok(())
}
