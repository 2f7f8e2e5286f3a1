//! Determines whether the first record is a header and whether the others fit below it.

use std::collections::HashMap;

use csv::StringRecord;

use super::cell::{Marks, marks};
use super::header::{self, Guess};
use super::reading::{Header, Wanted};
use super::text::Text;
use super::{Separator, Survey, Table, TableError, columns};
use crate::text::brief;

/// The role of the first record, and a survey of the rows below.
pub(super) struct Heading {
    pub(super) survey: Survey,
    pub(super) header: Header,
    pub(super) names: Option<StringRecord>,
    pub(super) doubt: Option<TableError>,
}

/// Analyses a whole text.
pub(super) fn heading(file: &str, text: &Text, wanted: &Wanted) -> Result<Heading, TableError> {
    let mut records = text.all_records();
    let first = records.next();
    if let Some((line, first)) = &first {
        check_width(file, *line, first)?;
    }
    let (survey, widths) = look(file, records)?;
    let mut heading = Heading {
        survey,
        header: Header::None,
        names: None,
        doubt: None,
    };
    let Some((line, first)) = first else {
        return Ok(heading);
    };
    let guess = is_header(&first, &heading.survey, wanted);
    widths.check(file, line, &first, guess == Guess::Names)?;
    if guess == Guess::Names {
        heading.header = Header::Line(line);
        heading.names = Some(first);
        return Ok(heading);
    }
    heading.survey.look_above(line, &first);
    if let Some((line, names)) = named_by_comment(text, first.len(), wanted) {
        heading.header = Header::Comment(line);
        heading.names = Some(names);
    } else if guess == Guess::Either {
        heading.doubt = Some(TableError::IsItHeader {
            file: file.to_owned(),
            line,
            cells: brief(&first.iter().collect::<Vec<_>>().join(", ")),
        });
    }
    Ok(heading)
}

fn is_header(first: &StringRecord, below: &Survey, wanted: &Wanted) -> Guess {
    match wanted.header {
        Some(true) => return Guess::Names,
        Some(false) => return Guess::Row,
        None => {}
    }
    let mut columns = wanted.columns.iter();
    if columns.any(|name| first.iter().any(|cell| cell == name)) {
        return Guess::Names;
    }
    let numbered = |name: &String| columns::of_number(name).is_some();
    match header::guess(first, below) {
        Guess::Either if wanted.columns.iter().any(numbered) => Guess::Row,
        guess => guess,
    }
}

/// Returns the column names in the last comment above the rows, as written by NumPy's `savetxt`.
fn named_by_comment(text: &Text, width: usize, wanted: &Wanted) -> Option<(u64, StringRecord)> {
    let (line, comment) = text.beginning.comment.as_ref()?;
    if wanted.header == Some(false) {
        return None;
    }
    let records = |separator: Separator| separator.records(comment, *line, None).next();
    let names = |(_, names): &(u64, StringRecord)| {
        names.len() == width && names.iter().all(|name| marks(name) == Marks::NoNumber)
    };
    [text.separator, Separator::Blanks]
        .into_iter()
        .filter_map(records)
        .find(names)
}

/// For each number of cells, the number of records that have it and the line of the first.
#[derive(Debug, Default)]
struct Widths(HashMap<usize, (usize, u64)>);

impl Widths {
    /// Checks that all records have the usual number of cells. A header may lack one name or have
    /// an empty one at its end.
    fn check(
        &self,
        file: &str,
        line: u64,
        first: &StringRecord,
        is_header: bool,
    ) -> Result<(), TableError> {
        let most = self.0.iter().max_by_key(|(width, (count, first_line))| {
            (*count, **width == first.len(), u64::MAX - first_line)
        });
        let Some((&usual, &(_, usual_line))) = most else {
            return Ok(());
        };
        let ragged = |line, found, other, usual| {
            Err(TableError::Ragged {
                file: file.to_owned(),
                line,
                found,
                other,
                usual,
            })
        };
        let others = self.0.iter().filter(|(width, _)| **width != usual);
        if let Some((&found, &(_, line))) = others.min_by_key(|(_, (_, line))| *line) {
            return ragged(line, found, usual_line, usual);
        }
        let ends_empty = first.iter().next_back().is_some_and(str::is_empty);
        let is_short = is_header && first.len() + 1 == usual;
        let is_long = is_header && first.len() == usual + 1 && ends_empty;
        if first.len() == usual || is_short || is_long {
            return Ok(());
        }
        ragged(usual_line, usual, line, first.len())
    }
}

fn check_width(file: &str, line: u64, record: &StringRecord) -> Result<(), TableError> {
    if record.len() <= Table::MOST_COLUMNS {
        return Ok(());
    }
    Err(TableError::TooWide {
        file: file.to_owned(),
        line,
        most: Table::MOST_COLUMNS,
    })
}

/// Surveys every record.
fn look(
    file: &str,
    records: impl Iterator<Item = (u64, StringRecord)>,
) -> Result<(Survey, Widths), TableError> {
    let mut survey = Survey::default();
    let mut widths = Widths::default();
    for (line, record) in records {
        if survey.rows == Table::MOST_ROWS {
            return Err(TableError::TooLong {
                file: file.to_owned(),
                most: Table::MOST_ROWS,
            });
        }
        check_width(file, line, &record)?;
        let (count, _) = widths.0.entry(record.len()).or_insert((0, line));
        *count += 1;
        survey.look(line, &record);
    }
    Ok((survey, widths))
}
