//! Detects the separator between the cells of a text.

use std::collections::HashMap;

use csv::StringRecord;

use super::Separator;
use super::beginning::Beginning;
use super::survey::Survey;

/// The maximum number of records used for the detection.
const RECORDS: usize = 1000;
/// The maximum number of bytes used for the detection.
const BYTES: usize = 1 << 20;

/// Two separators that fit a text equally well but give different cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tie(pub(super) Separator, pub(super) Separator);

/// Returns the most likely separator, and a tie if another one is equally likely.
///
/// The best separator gives all records the same number of cells, most of which are numbers. A text
/// without any separator has one column.
pub(super) fn separator(text: &str, beginning: &Beginning) -> (Separator, Option<Tie>) {
    let sample = sample(&text[beginning.bytes..]);
    let tries = Separator::ALL.into_iter().filter_map(|separator| {
        let records: Vec<(u64, StringRecord)> = separator
            .records(sample, 1, beginning.sign)
            .take(RECORDS)
            .collect();
        Attempt::of(separator, records)
    });
    let mut tries: Vec<Attempt> = tries.collect();
    // Stable, so that of two equal separators, the more common one stays in front.
    tries.sort_by(|a, b| b.quality().total_cmp(&a.quality()));
    match &tries[..] {
        [] => (Separator::default(), None),
        [first, second, ..] if first.is_tied_with(second) => {
            let tie = Tie(first.separator, second.separator);
            (first.separator, Some(tie))
        }
        [first, ..] => (first.separator, None),
    }
}

/// Returns the most frequent number of cells per record; in a tie, the one that occurs first.
pub(super) fn usual_width<'a>(records: impl Iterator<Item = &'a StringRecord>) -> usize {
    let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
    for (index, record) in records.enumerate() {
        let (count, _) = counts.entry(record.len()).or_insert((0, index));
        *count += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(_, (count, first))| (*count, usize::MAX - first));
    most.map_or(0, |(width, _)| width)
}

/// Returns the start of a text, up to the end of a line.
fn sample(text: &str) -> &str {
    if text.len() <= BYTES {
        return text;
    }
    let mut end = BYTES;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let end = text[..end].rfind('\n').map_or(end, |line| line + 1);
    &text[..end]
}

/// A reading of a text with one separator.
struct Attempt {
    separator: Separator,
    records: Vec<(u64, StringRecord)>,
    /// The fraction of the records with the usual number of cells.
    even: f64,
    /// The fraction of the cells that are numbers or missing.
    numeric: f64,
}

impl Attempt {
    /// Returns `None` if the separator does not occur.
    #[expect(clippy::cast_precision_loss, reason = "records are few")]
    fn of(separator: Separator, records: Vec<(u64, StringRecord)>) -> Option<Self> {
        let (first, rest) = records.split_first()?;
        let body = if rest.is_empty() { &records[..] } else { rest };
        let width = usual_width(body.iter().map(|(_, record)| record));
        if width < 2 {
            return None;
        }
        let even = body.iter().filter(|(_, it)| it.len() == width).count();
        let fits = (width - 1..=width + 1).contains(&first.1.len());
        let mut survey = Survey::default();
        for (line, record) in body {
            survey.look(*line, record);
        }
        Some(Self {
            separator,
            even: (even + usize::from(fits)) as f64 / (body.len() + 1) as f64,
            numeric: survey.numeric_share(),
            records,
        })
    }

    /// Even records count more than numbers, as a table may consist of words.
    fn quality(&self) -> f64 {
        10.0 * self.even + self.numeric
    }

    fn is_tied_with(&self, other: &Self) -> bool {
        let perfect = |it: &Self| it.even == 1.0 && it.numeric == 1.0;
        let cells = |it: &Self| {
            it.records
                .iter()
                .map(|(_, record)| record.clone())
                .collect::<Vec<_>>()
        };
        perfect(self) && perfect(other) && cells(self) != cells(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(text: &str) -> (Separator, bool) {
        let (separator, tie) = separator(text, &Beginning::of(text));
        (separator, tie.is_some())
    }

    #[test]
    fn separators_are_guessed() {
        let right = [
            ("a,b\n1,2\n3,4\n", Separator::Comma),
            ("5840,72;12,5\n5860,72;13,1\n", Separator::Semicolon),
            ("a\tb\n5840,72\t12,5\n", Separator::Tab),
            ("a|b\n1|2\n", Separator::Bar),
            ("1.5  2\n 13 4\n", Separator::Blanks),
            ("1,5 2,5\n3,5 4,5\n", Separator::Blanks),
            ("5 840.72,12.5\n5 860.72,13.1\n", Separator::Comma),
            ("1, 2\n3, 4\n", Separator::Comma),
            ("name;note\nx;a, b\ny;c, d\n", Separator::Semicolon),
            ("\"x\" \"y\"\n\"1\" 2.5 3\n\"2\" 3.5 4\n", Separator::Blanks),
            ("2020-01-01 12:00,5\n2020-01-02 12:00,6\n", Separator::Comma),
            (
                "5.1,3.5,Iris-setosa\n4.9,3.0,Iris-setosa\n",
                Separator::Comma,
            ),
        ];
        for (text, expected) in right {
            assert_eq!(guess(text), (expected, false), "{text:?}");
        }
    }

    #[test]
    fn two_readings_that_differ_are_a_tie() {
        assert!(guess("1,234 567,8\n1,235 568,9\n").1);
        // The cells are the same with tabs and with blanks.
        assert!(!guess("1\t2\n3\t4\n").1);
    }

    #[test]
    fn a_long_text_is_judged_by_its_beginning() {
        let text = "1;2\n".repeat(400_000);
        assert_eq!(guess(&text), (Separator::Semicolon, false));
    }
}
