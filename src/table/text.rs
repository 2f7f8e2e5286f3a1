//! A table in text form.

use csv::StringRecord;

use super::beginning::Beginning;
use super::cell::DecimalMark;
use super::reading::{Format, Origin, Reading};
use super::survey::Sighting;
use super::{Separator, Survey, TableError};

/// A text whose rows can be parsed.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) letters: String,
    pub(super) beginning: Beginning,
    pub(super) separator: Separator,
    pub(super) has_header: bool,
    pub(super) survey: Survey,
}

impl Text {
    /// Returns the records below the header, each with its line number.
    pub(super) fn records(&self) -> impl Iterator<Item = (u64, StringRecord)> {
        self.all_records().skip(usize::from(self.has_header))
    }

    /// Returns all records, including the header.
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

    /// Returns the decimal mark of these columns: that of the whole table if it is unambiguous, and
    /// otherwise that of these columns alone.
    pub(super) fn decimal_of(
        &self,
        reading: &Reading,
        columns: &[usize],
    ) -> Result<DecimalMark, TableError> {
        match &reading.format {
            Format::Text(text) if text.decimal_from != Origin::Usual => Ok(text.decimal),
            _ => {
                let columns = columns.iter().filter_map(|&it| self.survey.columns.get(it));
                let columns = columns.cloned().collect();
                let survey = Survey { columns, rows: 0 };
                decimal(&reading.file, &survey, self.separator).map(|(mark, _)| mark)
            }
        }
    }
}

/// Returns the decimal mark of the surveyed columns, and the reason for it.
pub(super) fn decimal(
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
            // Files with commas or blanks as separators use a decimal point.
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
