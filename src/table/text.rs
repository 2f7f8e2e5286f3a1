//! Understanding a table that is written as text.

use csv::StringRecord;

use super::beginning::Beginning;
use super::cell::DecimalMark;
use super::guess::{self, Tie};
use super::heading::{Heading, heading};
use super::reading::{Format, Header, Origin, Reading, Wanted};
use super::survey::Sighting;
use super::{Encoding, Separator, Survey, TableError, columns};

/// A text whose rows can be read.
#[derive(Clone, Debug)]
pub(super) struct Text {
    letters: String,
    pub(super) beginning: Beginning,
    pub(super) separator: Separator,
    has_header: bool,
    survey: Survey,
}

/// A text and how it was understood.
pub(super) struct Understood {
    pub(super) text: Text,
    pub(super) reading: Reading,
    pub(super) doubt: Option<TableError>,
}

impl Text {
    /// The records below the header, each with its line.
    pub(super) fn records(&self) -> impl Iterator<Item = (u64, StringRecord)> {
        self.all_records().skip(usize::from(self.has_header))
    }

    /// All records, the header among them.
    pub(super) fn all_records(&self) -> impl Iterator<Item = (u64, StringRecord)> {
        let Beginning {
            bytes,
            first_line,
            sign,
            ..
        } = self.beginning;
        let text = self.letters.get(bytes..).unwrap_or_default();
        self.separator.records(text, first_line, sign)
    }

    /// The decimal mark of the numbers in some columns: that of the whole table, where that is
    /// clear, else that of these columns.
    pub(super) fn decimal_of(
        &self,
        reading: &Reading,
        columns: &[usize],
    ) -> Result<DecimalMark, TableError> {
        match &reading.format {
            Format::Text {
                decimal,
                decimal_from,
                ..
            } if *decimal_from != Origin::Usual => Ok(*decimal),
            _ => {
                let columns = columns.iter().filter_map(|&it| self.survey.columns.get(it));
                let columns = columns.cloned().collect();
                let survey = Survey { columns, rows: 0 };
                decimal(&reading.file, &survey, self.separator).map(|(mark, _)| mark)
            }
        }
    }
}

/// Reads a whole text once.
pub(super) fn understand(
    file: &str,
    text: String,
    encoding: Encoding,
    wanted: &Wanted,
) -> Result<Understood, TableError> {
    let beginning = Beginning::of(&text);
    let comments = beginning.all_comments(&text);
    let (separator, separator_from, tie) = separator(&text, &beginning, wanted);
    let mut text = Text {
        letters: text,
        beginning,
        separator,
        has_header: false,
        survey: Survey::default(),
    };
    let which_separator = tie.map(|Tie(first, second)| TableError::WhichSeparator {
        file: file.to_owned(),
        first,
        second,
    });
    let Heading {
        survey,
        header,
        names,
        doubt,
    } = heading(file, &text, wanted)?;
    text.has_header = matches!(header, Header::Line(_));
    text.survey = survey;
    let (mark, decimal_from) = match wanted.decimal {
        Some(mark) => (mark, Origin::Preset),
        // Whether it matters is seen when a column is used.
        None => decimal(file, &text.survey, separator).unwrap_or_default(),
    };
    let reading = Reading {
        file: file.to_owned(),
        format: Format::Text {
            encoding,
            separator,
            separator_from,
            decimal: mark,
            decimal_from,
            comments,
        },
        header,
        columns: columns::of_text(names.as_ref(), &text.survey),
        rows: text.survey.rows,
    };
    Ok(Understood {
        text,
        reading,
        doubt: which_separator.or(doubt),
    })
}

fn separator(
    text: &str,
    beginning: &Beginning,
    wanted: &Wanted,
) -> (Separator, Origin, Option<Tie>) {
    if let Some(separator) = wanted.separator {
        return (separator, Origin::Preset, None);
    }
    if let Some(separator) = beginning.separator {
        return (separator, Origin::File, None);
    }
    let (separator, tie) = guess::separator(text, beginning);
    (separator, Origin::Lines, tie)
}

/// The decimal mark that some columns have, and why.
fn decimal(
    file: &str,
    survey: &Survey,
    separator: Separator,
) -> Result<(DecimalMark, Origin), TableError> {
    use DecimalMark::{Comma, Point};
    match [survey.sighting(Point), survey.sighting(Comma)] {
        [Some(point), Some(comma)] => Err(TableError::MixedDecimals {
            file: file.to_owned(),
            seen: [point.clone(), comma.clone()],
        }),
        [Some(point), None] => Ok((Point, Origin::Cell(point.clone()))),
        [None, Some(comma)] => Ok((Comma, Origin::Cell(comma.clone()))),
        [None, None] => match survey.either() {
            // Who separates cells by commas or blanks writes a decimal point.
            Some(seen) if !is_english(separator, seen) => {
                Err(TableError::which_decimal(file, seen))
            }
            _ => Ok((Point, Origin::Usual)),
        },
    }
}

fn is_english(separator: Separator, seen: &Sighting) -> bool {
    matches!(separator, Separator::Comma | Separator::Blanks) && !seen.cell.contains(',')
}
