//! Determines the format of a table in text form.

use super::beginning::Beginning;
use super::guess::{self, Tie};
use super::heading::{Heading, heading};
use super::reading::{Format, Header, Origin, Reading, TextFormat, Wanted};
use super::text::{Text, decimal};
use super::{Encoding, Separator, Survey, TableError, columns};

/// A text and how it was read.
pub(super) struct Understood {
    pub(super) text: Text,
    pub(super) reading: Reading,
    pub(super) doubt: Option<TableError>,
}

/// Determines the format in one pass over the text.
pub(super) fn understand(
    file: &str,
    text: String,
    (encoding, has_mark): (Encoding, bool),
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
        // An ambiguity is reported only when a column is used.
        None => decimal(file, &text.survey, separator).unwrap_or_default(),
    };
    let reading = Reading {
        file: file.to_owned(),
        format: Format::Text(TextFormat {
            encoding,
            has_mark,
            separator,
            separator_from,
            decimal: mark,
            decimal_from,
            comments,
        }),
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
