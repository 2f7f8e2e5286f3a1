//! Paths recorded elsewhere: CSV with the columns step, x and y, and optionally racer.

use std::path::Path;

use super::{PresetError, one_line, tokens::Position};

/// A path recorded elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Its name: the racer's, or the file's.
    pub name: String,
    /// The position after 0, 1, 2, … steps; steps that were left out lie on a straight line.
    pub points: Vec<[f64; 2]>,
}

/// A step and the position after it.
type Row = (usize, [f64; 2]);

/// Steps past this are no race of ours.
const MOST_STEPS: usize = crate::experiment::Experiment::MOST_STEPS;

/// Reads the paths of a CSV file: `step,x,y` in a header, or as the first three columns without
/// one; with a column `racer`, as `slalom run` writes it, one path for each racer.
///
/// # Errors
/// If the file cannot be read, or what is wrong with which line.
pub fn read_recording(path: &Path) -> Result<Vec<Recording>, PresetError> {
    let name = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|cause| PresetError::unreadable(&name, &cause))?;
    let title = path
        .file_stem()
        .map_or(name.clone().into(), |stem| stem.to_string_lossy());
    recordings(&name, &title, &text)
}

/// Reads the text of such a file; `file` is its name in errors, `title` that of a path without a
/// racer.
///
/// # Errors
/// What is wrong with which line.
pub fn recordings(file: &str, title: &str, text: &str) -> Result<Vec<Recording>, PresetError> {
    let wrong = |line: u64, what: String| PresetError::Wrong {
        file: file.to_owned(),
        at: Position {
            line: usize::try_from(line).unwrap_or(usize::MAX),
            column: 1,
        },
        what: one_line(&what),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut columns: Option<Columns> = None;
    let mut found: Vec<(String, Vec<Row>)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| {
            let line = fault.position().map_or(1, csv::Position::line);
            wrong(line, fault.to_string())
        })?;
        let line = record.position().map_or(1, csv::Position::line);
        let Some(columns) = &columns else {
            let (read, is_header) = Columns::of(&record).map_err(|what| wrong(line, what))?;
            if !is_header {
                let row = read.row(&record).map_err(|what| wrong(line, what))?;
                found.push((title.to_owned(), vec![row]));
            }
            columns = Some(read);
            continue;
        };
        let row = columns.row(&record).map_err(|what| wrong(line, what))?;
        let name = columns
            .racer
            .and_then(|racer| record.get(racer))
            .unwrap_or(title);
        let points = match found.iter_mut().position(|(known, _)| known == name) {
            Some(place) => &mut found[place].1,
            None => {
                found.push((name.to_owned(), Vec::new()));
                let last = found.len() - 1;
                &mut found[last].1
            }
        };
        if let Some((before, _)) = points.last()
            && *before >= row.0
        {
            let what = format!("step {} comes after step {before}; steps must rise", row.0);
            return Err(wrong(line, what));
        }
        points.push(row);
    }
    if found.is_empty() {
        return Err(wrong(1, "there is no row of step, x and y".to_owned()));
    }
    Ok(found
        .into_iter()
        .map(|(name, points)| Recording {
            name,
            points: filled(&points),
        })
        .collect())
}

/// Which column is which.
struct Columns {
    racer: Option<usize>,
    step: usize,
    x: usize,
    y: usize,
}

impl Columns {
    /// From the first row, and whether that is a header.
    fn of(first: &csv::StringRecord) -> Result<(Self, bool), String> {
        if first.iter().all(|field| field.parse::<f64>().is_ok()) {
            let plain = Self {
                racer: None,
                step: 0,
                x: 1,
                y: 2,
            };
            return Ok((plain, false));
        }
        let named = |name: &str| {
            first
                .iter()
                .position(|field| field.eq_ignore_ascii_case(name))
        };
        let needed = |name: &str| {
            named(name)
                .ok_or_else(|| format!("there is no column {name}; step, x and y are needed"))
        };
        let columns = Self {
            racer: named("racer"),
            step: needed("step")?,
            x: needed("x")?,
            y: needed("y")?,
        };
        Ok((columns, true))
    }

    fn row(&self, record: &csv::StringRecord) -> Result<Row, String> {
        let field = |column: usize, name: &str| {
            record
                .get(column)
                .ok_or_else(|| format!("there is no {name} in this row"))
        };
        let text = field(self.step, "step")?;
        let step = text
            .parse()
            .map_err(|_| format!("the step is {text:?}, not a whole number"))?;
        if step > MOST_STEPS {
            return Err(format!(
                "step {step} is past the longest race of 1,000,000 steps"
            ));
        }
        let number = |column: usize, name: &str| {
            let text = field(column, name)?;
            let value = text.parse().ok().filter(|value: &f64| value.is_finite());
            value.ok_or_else(|| format!("{name} is {text:?}, not a finite number"))
        };
        Ok((step, [number(self.x, "x")?, number(self.y, "y")?]))
    }
}

/// A point for every step from 0 on; before the first one, the path stands still.
#[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
fn filled(points: &[Row]) -> Vec<[f64; 2]> {
    let mut filled: Vec<[f64; 2]> = Vec::new();
    for &(step, at) in points {
        let from = filled.last().copied().unwrap_or(at);
        let known = filled.len();
        for missing in known..step {
            let share = if known == 0 {
                0.0
            } else {
                (missing + 1 - known) as f64 / (step + 1 - known) as f64
            };
            filled.push([
                from[0] + share * (at[0] - from[0]),
                from[1] + share * (at[1] - from[1]),
            ]);
        }
        filled.push(at);
    }
    filled
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<Recording> {
        recordings("path.csv", "path", text).unwrap()
    }

    fn fails(text: &str) -> String {
        recordings("path.csv", "path", text)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn header_may_be_left_out() {
        let plain = read("0,1,2\n1,3,4\n");
        assert_eq!(plain, read("y,step,x\n2,0,1\n4,1,3\n"));
        assert_eq!(plain[0].points, [[1.0, 2.0], [3.0, 4.0]]);
        assert_eq!(plain[0].name, "path");
    }

    #[test]
    fn each_racer_gets_its_own_path() {
        let text = "racer,optimizer,step,x,y,loss\nA,Adam,0,1,2,0\nA,Adam,1,3,4,0\n\"B, 2\",Adam,0,5,6,0\n";
        let read = read(text);
        assert_eq!(read.len(), 2);
        assert_eq!((&*read[1].name, read[1].points.len()), ("B, 2", 1));
    }

    #[test]
    fn steps_between_lie_on_a_line() {
        let read = read("step,x,y\n2,0,0\n4,2,4\n");
        let expected = [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [1.0, 2.0], [2.0, 4.0]];
        assert_eq!(read[0].points, expected);
    }

    #[test]
    fn faults_name_their_line() {
        assert_eq!(
            fails("step,x\n"),
            "path.csv:1:1: there is no column y; step, x and y are needed"
        );
        assert!(fails("").contains("no row of step, x and y"));
        assert!(fails("step,x,y\n0,1,oops\n").starts_with("path.csv:2:1: y is \"oops\""));
        assert!(fails("step,x,y\n0,1,inf\n").contains("not a finite number"));
        assert!(fails("0,1,2\n0.5,1,2\n").contains("not a whole number"));
        assert!(fails("0,1,2\n0,1,2\n").contains("steps must rise"));
        assert!(fails("0,1,2\n99999999,1,2\n").contains("longest race"));
        assert!(fails("0,1\n").contains("there is no y in this row"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_survived(text in "[a-z0-9,.\"\n -]{0,80}|\\PC{0,40}") {
            let _ = recordings("path.csv", "path", &text);
        }
    }
}
