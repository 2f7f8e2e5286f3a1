//! Recorded paths: tables with the columns step, x and y, and optionally racer.

mod columns;

use std::collections::HashMap;
use std::path::Path;

use serde::Serialize;

use super::{PresetError, tokens::Position};
use crate::table::{Reading, Table, TableError, Wanted};
use crate::text::{brief, counted, message, one_line};
use columns::Columns;

/// The extensions of files that are tables rather than presets.
const ENDINGS: [&str; 7] = ["csv", "tsv", "tab", "txt", "dat", "data", "npy"];

/// Returns whether a file name has the extension of a table rather than a preset.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ENDINGS.iter().any(|it| ending.eq_ignore_ascii_case(it))
}

/// A recorded path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// The name of the racer or the file.
    pub name: String,
    /// Increasing steps, each with the position after it.
    pub points: Vec<(usize, [f64; 2])>,
    /// The first step after which the position is not finite, if any. The path ends before it.
    pub diverged: Option<usize>,
}

/// The paths in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Recordings {
    /// The paths, one per racer, in the order of the file.
    pub recordings: Vec<Recording>,
    /// How the table was read.
    pub reading: Reading,
    /// A description of the columns in use.
    pub columns: String,
}

/// Reads the paths in a file.
///
/// # Errors
/// As [`recordings`], and if the file cannot be read.
pub fn read_recordings(path: &Path) -> Result<Recordings, PresetError> {
    recordings(path, &Table::open(path, &Wanted::default())?)
}

/// Reads the paths in the table of a file, whose name is that of a path without a racer.
///
/// The columns step, x and y are found by name or, without a header, are the first three. A column
/// `racer`, as in the output of `slalom run`, gives one path per racer. Without a step column, each
/// row is a step.
///
/// # Errors
/// Returns an error if a line is invalid.
pub fn recordings(path: &Path, table: &Table) -> Result<Recordings, PresetError> {
    let file = path.display().to_string();
    let title = path
        .file_stem()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    match table.settled() {
        // The columns of a path have known names or none, so a line of numbers is never a header.
        Ok(()) | Err(TableError::IsItHeader { .. }) => {}
        Err(doubt) => return Err(doubt.into()),
    }
    let wrong = |line: u64, what: String| PresetError::Wrong {
        file: file.clone(),
        at: Position {
            line: usize::try_from(line).unwrap_or(usize::MAX),
            column: 1,
        },
        what: message(&what),
    };
    let columns = Columns::of(table).map_err(|what| wrong(1, what))?;
    let mark = table.decimal_of(&columns.coordinates)?;
    let mut found: Vec<Recording> = Vec::new();
    let mut indices: HashMap<String, usize> = HashMap::new();
    for row in table.rows() {
        let name = match columns.racer {
            Some(racer) => row.cell(racer).text(),
            None => title.to_string(),
        };
        let index = *indices.entry(name.clone()).or_insert_with(|| {
            found.push(Recording {
                name,
                ..Recording::default()
            });
            found.len() - 1
        });
        if let Some(recording) = found.get_mut(index) {
            columns
                .add(recording, &row, mark)
                .map_err(|what| wrong(row.line, what))?;
        }
    }
    if let Some(empty) = found.iter().find(|it| it.points.is_empty()) {
        let what = format!("{} has no finite position", brief(&empty.name));
        return Err(wrong(1, what));
    }
    if found.is_empty() {
        return Err(wrong(1, "there are no rows with step, x and y".to_owned()));
    }
    Ok(Recordings {
        recordings: found,
        reading: table.reading().clone(),
        columns: columns.said(table.reading()),
    })
}

/// Returns whether a table contains a path rather than data: its columns have the names of a path
/// or, without a header, there are three columns, the first of which numbers the rows.
#[must_use]
pub fn is_recording(table: &Table) -> bool {
    Columns::of(table).is_ok_and(|columns| match columns.step {
        Some(step) => {
            let is_named = |it: &crate::table::Column| it.is_named;
            let columns = &table.reading().columns;
            columns.iter().any(is_named) || columns.get(step).is_some_and(|it| it.counts_rows)
        }
        None => false,
    })
}

impl Serialize for Recordings {
    /// Serializes each path's name, number of positions, first and last step, and divergence.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Path<'a> {
            name: &'a str,
            positions: usize,
            first_step: Option<usize>,
            last_step: Option<usize>,
            diverged: Option<usize>,
        }
        serializer.collect_seq(self.recordings.iter().map(|path| Path {
            name: &path.name,
            positions: path.points.len(),
            first_step: path.points.first().map(|(step, _)| *step),
            last_step: path.points.last().map(|(step, _)| *step),
            diverged: path.diverged,
        }))
    }
}

impl Recordings {
    /// Returns a description of how the file was read, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        const MOST: usize = 20;
        let file = &self.reading.file;
        let mut lines = self.reading.lines();
        lines.push(format!("{file}: {}", self.columns));
        for path in self.recordings.iter().take(MOST) {
            lines.push(format!("{file}: {}", path.said()));
        }
        if self.recordings.len() > MOST {
            let more = self.recordings.len() - MOST;
            lines.push(format!("{file}: and {}", counted(more, "more path")));
        }
        lines.iter().map(|line| one_line(line)).collect()
    }
}

impl Recording {
    /// Returns a description: "path SGD: 12 positions, steps 0 to 11".
    #[must_use]
    pub fn said(&self) -> String {
        let positions = counted(self.points.len(), "position");
        let name = brief(&self.name);
        let steps = match &self.points[..] {
            [] => String::new(),
            [(step, _)] => format!(", step {step}"),
            [(first, _), .., (last, _)] => format!(", steps {first} to {last}"),
        };
        let end = self
            .diverged
            .map_or_else(String::new, |step| format!(", diverged at step {step}"));
        format!("path {name}: {positions}{steps}{end}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn try_read(text: &str) -> Result<Recordings, PresetError> {
        let table = Table::read("path.csv", text.into(), &Wanted::default())?;
        recordings(Path::new("path.csv"), &table)
    }

    fn read(text: &str) -> Vec<Recording> {
        try_read(text).unwrap().recordings
    }

    fn fails(text: &str) -> String {
        try_read(text).unwrap_err().to_string()
    }

    #[test]
    fn header_may_be_left_out() {
        let plain = read("0,1,2\n1,3,4\n");
        assert_eq!(plain, read("y,step,x\n2,0,1\n4,1,3\n"));
        assert_eq!(plain[0].points, [(0, [1.0, 2.0]), (1, [3.0, 4.0])]);
        assert_eq!(plain[0].name, "path");
        assert_eq!(plain, read("x,y\n1,2\n3,4\n"));
        assert_eq!(plain, read("1.0 2.0\n3.0 4.0\n"));
        assert_eq!(plain, read("# step x y\n0.0 1.0 2.0\n1.0 3.0 4.0\n"));
    }

    #[test]
    fn steps_may_be_called_and_written_otherwise() {
        let plain = read("step,x,y\n0,1,2\n1,3,4\n2,5,6\n");
        assert_eq!(
            plain,
            read("epoch;x;y\n0,0;1,0;2,0\n1,0;3,0;4,0\n2,0;5,0;6,0\n")
        );
        assert_eq!(plain, read("Iteration\tw\tb\n0\t1\t2\n1\t3\t4\n2\t5\t6\n"));
        assert_eq!(plain, read(",x,y\n0,1,2\n1,3,4\n2,5,6\n"));
    }

    #[test]
    fn each_racer_gets_its_own_path() {
        let text = "racer,optimizer,step,x,y,loss\nA,Adam,0,1,2,0\nA,Adam,1,3,4,0\n\"B, 2\",Adam,0,5,6,0\n";
        let read = read(text);
        assert_eq!(read.len(), 2);
        assert_eq!((&*read[1].name, read[1].points.len()), ("B, 2", 1));
    }

    #[test]
    fn steps_that_are_left_out_take_no_memory() {
        let read = read("step,x,y\n2,0,0\n1000000,2,4\n");
        assert_eq!(read[0].points, [(2, [0.0, 0.0]), (1_000_000, [2.0, 4.0])]);
    }

    #[test]
    fn a_path_ends_where_it_is_no_longer_finite() {
        for end in ["-inf", "nan", "", "1e999"] {
            let text = format!("step,x,y\n0,1,2\n5,3,{end}\n6,nan,nan\n");
            let path = &read(&text)[0];
            assert_eq!(path.points, [(0, [1.0, 2.0])], "{end}");
            assert_eq!(path.diverged, Some(5), "{end}");
            assert_eq!(
                path.said(),
                "path path: 1 position, step 0, diverged at step 5"
            );
        }
    }

    #[test]
    fn faults_name_their_line() {
        assert_eq!(
            fails("step,x\n"),
            "path.csv:1:1: there is no column y; a path needs columns for step, x and y"
        );
        assert!(fails("").contains("a path needs columns for step, x and y"));
        assert!(fails("step,x,y\n").contains("no rows with step, x and y"));
        assert!(fails("step,x,y\n0,1,oops\n").starts_with("path.csv:2:1: y is \"oops\""));
        assert!(fails("step,x,y\n0,1,inf\n").contains("no finite position"));
        assert!(fails("step,x,y\n0,1,1\n1,inf,1\n2,1,1\n").contains("finite again"));
        assert!(fails("0,1,2\n0.5,1,2\n").contains("not a whole number"));
        assert!(fails("0,1,2\n0,1,2\n").contains("steps must increase"));
        assert!(fails("0,1,2\n99999999,1,2\n").contains("exceeds the maximum of 1000000 steps"));
        assert!(fails("0,1,2\n1,2\n").contains("line 2 of path.csv has 2 cells"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_survived(text in "[a-z0-9,.\"\n -]{0,80}|\\PC{0,40}") {
            let _ = try_read(&text);
        }
    }
}
