//! A CSV file: a header if there is one, and rows of text.

use std::fs;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{BuiltIn, DataError, Dataset, Labels, Layout};

/// Numbers further out would overflow in a sum of squares.
const LARGEST: f64 = 1e100;

/// A CSV file as it was read.
#[derive(Clone, Debug)]
pub struct Table {
    name: String,
    delimiter: u8,
    has_header: bool,
    columns: Vec<String>,
    rows: Vec<(u64, StringRecord)>,
}

impl Table {
    /// The ways in which people and programs write that something is not known; upper case is as
    /// good as lower.
    pub const MISSING: [&str; 8] = ["", "na", "n/a", "nan", "null", "none", "?", "-"];

    /// Reads a file, or the built-in set of that name.
    ///
    /// # Errors
    /// If there is no such file, or if it is no CSV.
    pub fn open(data: &Path) -> Result<Self, DataError> {
        if let Some(set) = BuiltIn::named(data) {
            return Self::read(set.name, set.text.as_bytes());
        }
        let bytes = fs::read(data).map_err(|cause| DataError::unreadable(data, &cause))?;
        let name = data.file_name().unwrap_or(data.as_os_str());
        Self::read(&name.to_string_lossy(), &bytes)
    }

    /// Reads a text; `name` is its name in errors.
    ///
    /// Cells are separated by commas, or by semicolons or tabs if the first line has no comma. The
    /// first line is a header if nothing in it is a number.
    ///
    /// # Errors
    /// If it is no UTF-8, or if a line has more or fewer cells than the first.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, DataError> {
        // Some editors begin a file with a byte order mark.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let delimiter = delimiter(bytes);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .delimiter(delimiter)
            .from_reader(bytes);
        let mut rows: Vec<(u64, StringRecord)> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|_| DataError::Unreadable {
                file: name.to_owned(),
                why: "it is not UTF-8 text".into(),
            })?;
            let line = record.position().map_or(0, |start| line_of(start, bytes));
            let first = rows.first().map_or(record.len(), |(_, first)| first.len());
            if record.len() != first {
                return Err(DataError::Ragged {
                    file: name.to_owned(),
                    line,
                    found: record.len(),
                    first,
                });
            }
            rows.push((line, record));
        }
        let is_header = |(_, first): &mut (u64, StringRecord)| {
            let mut given = first.iter().filter(|cell| !is_missing(cell)).peekable();
            given.peek().is_some() && given.all(|cell| cell.parse::<f64>().is_err())
        };
        let columns = rows.first().map_or(0, |(_, first)| first.len());
        let has_header = rows.first_mut().is_some_and(is_header);
        let columns = if has_header {
            let (_, header) = rows.remove(0);
            header.iter().map(str::to_owned).collect()
        } else {
            (1..=columns)
                .map(|number| format!("column {number}"))
                .collect()
        };
        Ok(Self {
            name: name.to_owned(),
            delimiter,
            has_header,
            columns,
            rows,
        })
    }

    /// The place of the column of that name.
    ///
    /// # Errors
    /// If there is none; the error names those that there are, and `field`, which asks for it.
    pub fn column(&self, field: &'static str, name: &str) -> Result<usize, DataError> {
        const MOST: usize = 12;
        let place = self.columns.iter().position(|column| column == name);
        place.ok_or_else(|| {
            let known = self.columns.iter().take(MOST).map(|column| brief(column));
            let mut known = known.collect::<Vec<_>>().join(", ");
            if self.columns.len() > MOST {
                known.push_str(" …");
            }
            DataError::NoColumn {
                file: self.name.clone(),
                field,
                column: brief(name),
                known,
            }
        })
    }

    /// How many columns there are.
    ///
    /// # Errors
    /// If there are fewer than `needed`.
    pub fn width(&self, needed: usize) -> Result<usize, DataError> {
        let found = self.columns.len();
        if found < needed {
            return Err(DataError::TooNarrow {
                file: self.name.clone(),
                found,
                needed,
            });
        }
        Ok(found)
    }

    /// Two columns of numbers and, for a classification, one of labels with the label that counts
    /// as 1, or else with the numbers 0 and 1. Rows in which one of them is missing are left out.
    ///
    /// # Errors
    /// If a number or a label is none, or if there is no row, or only one class.
    pub fn dataset(
        &self,
        numbers: [usize; 2],
        labels: Option<(usize, Option<&str>)>,
    ) -> Result<Dataset, DataError> {
        let name = |column: usize| self.columns.get(column).cloned().unwrap_or_default();
        let mut data = Dataset {
            name: self.name.clone(),
            columns: numbers.map(name),
            layout: Some(Layout {
                delimiter: char::from(self.delimiter),
                has_header: self.has_header,
                columns: numbers.into_iter().chain(labels.map(|it| it.0)).collect(),
            }),
            ..Dataset::default()
        };
        let mut classes = Vec::new();
        for (line, row) in &self.rows {
            let needed = numbers.into_iter().chain(labels.map(|(column, _)| column));
            if needed
                .into_iter()
                .any(|column| is_missing(cell(row, column)))
            {
                data.left_out += 1;
                continue;
            }
            let [x, y] = numbers.map(|column| number(cell(row, column)));
            let number = |value: Option<f64>, column| {
                value.ok_or_else(|| {
                    let is_far = cell(row, column).parse::<f64>().is_ok();
                    let wanted = if is_far {
                        "between -1e100 and 1e100"
                    } else {
                        "a number"
                    };
                    self.wrong(*line, row, column, wanted)
                })
            };
            data.x.push(number(x, numbers[0])?);
            data.y.push(number(y, numbers[1])?);
            if let Some((column, positive)) = labels {
                classes.push(match positive {
                    Some(positive) => cell(row, column) == positive,
                    None => class(cell(row, column)).ok_or_else(|| {
                        let wanted = "0 or 1; with positive you can say which label counts as 1";
                        self.wrong(*line, row, column, wanted)
                    })?,
                });
            }
        }
        if data.is_empty() {
            let mut columns = data.columns.to_vec();
            columns.extend(labels.map(|(column, _)| name(column)));
            return Err(DataError::Empty {
                file: data.name,
                columns: columns
                    .iter()
                    .map(|name| brief(name))
                    .collect::<Vec<_>>()
                    .join(", "),
            });
        }
        if let Some((column, positive)) = labels {
            let (file, column) = (data.name.clone(), brief(&name(column)));
            match (positive, classes.contains(&true), classes.contains(&false)) {
                (_, true, true) => {}
                (Some(positive), false, _) => {
                    let positive = brief(positive);
                    return Err(DataError::NoPositive {
                        file,
                        column,
                        positive,
                    });
                }
                _ => return Err(DataError::OneClass { file, column }),
            }
            data.labels = Some(Labels {
                column,
                positive: positive.unwrap_or("1").to_owned(),
                of: classes,
            });
        }
        Ok(data)
    }

    fn wrong(&self, line: u64, row: &StringRecord, column: usize, wanted: &str) -> DataError {
        DataError::Cell {
            file: self.name.clone(),
            line,
            column: self
                .columns
                .get(column)
                .map(|name| brief(name))
                .unwrap_or_default(),
            text: brief(cell(row, column)),
            wanted: wanted.to_owned(),
        }
    }
}

fn cell(row: &StringRecord, column: usize) -> &str {
    row.get(column).unwrap_or_default()
}

/// The line of a record. The reader counts it to begin before the empty lines that it skips.
fn line_of(start: &csv::Position, bytes: &[u8]) -> u64 {
    let start_byte = usize::try_from(start.byte()).unwrap_or(usize::MAX);
    let rest = bytes.get(start_byte..).unwrap_or_default();
    let ends = rest.iter().take_while(|&byte| b"\r\n".contains(byte));
    start.line() + ends.filter(|&&byte| byte == b'\n').count() as u64
}

fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or(bytes);
    let has = |sign| line.contains(&sign);
    match (has(b','), has(b';'), has(b'\t')) {
        (false, true, _) => b';',
        (false, false, true) => b'\t',
        _ => b',',
    }
}

fn is_missing(cell: &str) -> bool {
    let mut words = Table::MISSING.iter();
    words.any(|word| cell.eq_ignore_ascii_case(word))
}

fn number(cell: &str) -> Option<f64> {
    cell.parse()
        .ok()
        .filter(|value: &f64| value.abs() <= LARGEST)
}

fn class(cell: &str) -> Option<bool> {
    match number(cell) {
        Some(0.0) => Some(false),
        Some(1.0) => Some(true),
        _ => None,
    }
}

/// The text, cut where it is too long to be quoted in a message.
fn brief(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
