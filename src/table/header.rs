//! Detects whether the first record names the columns.

use csv::StringRecord;

use super::cell::{Marks, is_missing, marks};
use super::survey::{ColumnSurvey, Survey};

/// The role of the first record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// It names the columns.
    Names,
    /// It is an ordinary row.
    Row,
    /// It may be either.
    Either,
}

/// Returns whether the record `first` names the columns of the rows surveyed in `below`.
pub(super) fn guess(first: &StringRecord, below: &Survey) -> Guess {
    let given: Vec<&str> = first.iter().filter(|cell| !is_missing(cell)).collect();
    if given.is_empty() {
        return Guess::Row;
    }
    if given.iter().all(|cell| !is_number(cell)) {
        return Guess::Names;
    }
    // A header that is one cell short has no name for the row names on the left.
    let short = below.columns.len().saturating_sub(first.len());
    let columns = below.columns.iter().skip(short);
    let pairs: Vec<(&str, &ColumnSurvey)> = first.iter().zip(columns).collect();
    let names_numbers = |(cell, column): &(&str, &ColumnSurvey)| {
        !is_missing(cell) && !is_number(cell) && column.is_numeric()
    };
    let nameless_count = pairs
        .first()
        .is_some_and(|(cell, column)| cell.is_empty() && column.counts_rows());
    let is_short = short == 1 && given.iter().any(|cell| !is_number(cell));
    if nameless_count || is_short || pairs.iter().any(names_numbers) {
        return Guess::Names;
    }
    // A row 0, 1, 2 above a row 1, 3, 4 continues the count.
    let counts_on = pairs
        .iter()
        .any(|(cell, column)| column.counts_on_from(cell));
    if !counts_on && resembles_names(&pairs) {
        Guess::Either
    } else {
        Guess::Row
    }
}

/// Returns whether the numbers in a record may be names: integers above fractions, years above
/// other numbers, or 0, 1, 2, … as pandas numbers unnamed columns.
fn resembles_names(pairs: &[(&str, &ColumnSurvey)]) -> bool {
    let pairs = || pairs.iter().filter(|(cell, _)| is_number(cell));
    let names: Vec<u64> = pairs().filter_map(|(cell, _)| cell.parse().ok()).collect();
    if names.is_empty() || names.len() < pairs().count() {
        return false;
    }
    let rising = names.windows(2).all(|pair| pair[0] < pair[1]);
    let years = names.iter().all(|name| (1800..=2100).contains(name))
        && names
            .windows(2)
            .all(|pair| pair[1].wrapping_sub(pair[0]) <= 10);
    let counted = names.len() >= 3 && (0..).zip(&names).all(|(position, name)| position == *name);
    let above_fractions = pairs().all(|(_, column)| column.is_fractional() && column.numbers >= 2);
    (rising && above_fractions) || (years && rising && names.len() >= 2) || counted
}

fn is_number(cell: &str) -> bool {
    marks(cell) != Marks::NoNumber
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Separator;

    fn guessed(text: &str) -> Guess {
        let mut records = Separator::Comma.records(text, 1, None);
        let (_, first) = records.next().unwrap();
        let mut below = Survey::default();
        for (line, record) in records {
            below.look(line, &record);
        }
        guess(&first, &below)
    }

    #[test]
    fn headers_are_told_from_rows() {
        let right = [
            ("a,b\n1,2\n", Guess::Names),
            ("name,word\nx,y\n", Guess::Names),
            ("x,2020\n1,5\n", Guess::Names),
            (",0,1\n0,5,7\n1,3,4\n2,8,9\n", Guess::Names),
            ("a,1\n1,2,3\n2,3,4\n", Guess::Names),
            ("1,2\n2,4\n3,7\n", Guess::Row),
            ("5.1,3.5,setosa\n4.9,3,setosa\n", Guess::Row),
            ("0,0\n0.1,0.2\n", Guess::Row),
            ("1,2\n3,4.5\n", Guess::Row),
            ("1,2\n", Guess::Row),
            ("1990,2000\n3.1,4.2\n2.9,4.0\n", Guess::Either),
            ("2019,2020\n5,7\n", Guess::Either),
            ("city,2019,2020\nBerlin,5,7\n", Guess::Either),
            ("0,1,2\n5,7,9\n", Guess::Either),
            ("0,1,2\n1,3,4\n", Guess::Row),
            ("0,-4.5,1.5\n1,-3.5,-0.5\n", Guess::Row),
            ("1850,1920\n1700,2050\n", Guess::Row),
        ];
        for (text, expected) in right {
            assert_eq!(guessed(text), expected, "{text:?}");
        }
    }
}
