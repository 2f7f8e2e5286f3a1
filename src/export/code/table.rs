//! Python code that reads a table exactly as Slalom does.

use std::path::Path;

use super::python::string;
use crate::surface::data::Source;
use crate::table::{DecimalMark, Format, Header, MISSING, Origin, Separator, TextFormat};

/// The most cells of a row that are listed one by one.
const FEW: usize = 8;

/// How a row is read: the names of its cells, and the numbers parsed from them.
pub(super) struct Columns {
    /// The names of the cells, written as `x, y`.
    pub(super) names: &'static str,
    /// The numbers of the row, separated by commas; `{}` stands for `float`.
    pub(super) numbers: String,
}

/// The code that fills the list `data` with the rows in which no value is missing; `about`
/// describes their columns.
pub(super) fn read(file: &Path, source: &Source, about: &str, columns: &Columns) -> String {
    let file = string(&file.to_string_lossy());
    match &source.reading.format {
        Format::Text(format) => text(&file, source, format, about, columns),
        Format::Npy { .. } => array(&file, source, about, columns),
    }
}

fn text(
    file: &str,
    source: &Source,
    format: &TextFormat,
    about: &str,
    columns: &Columns,
) -> String {
    let lines = lines(format.separator, format.comments > 0);
    let above = usize::from(format.separator_from == Origin::File)
        + usize::from(matches!(source.reading.header, Header::Line(_)));
    let below = match above {
        0 => "lines".to_owned(),
        above => format!("lines[{above}:]"),
    };
    let cells = cells(source, "line", ["(", ")"]);
    let (number, definition) = number(source);
    let missing = missing(source);
    let values = columns.numbers.replace("{}", number);
    format!(
        "{definition}# The rows in which nothing is missing: {about}.
missing = {{{missing}}}
data = []
with open({file}, encoding=\"{}\", newline=\"\") as file:
    lines = [line for line in csv.reader({lines}) if line]
for line in {below}:
    {} = cells = [cell.strip() for cell in {}]
    if missing.isdisjoint(cell.lower() for cell in cells):
        data.append(({values}))
",
        format.encoding.python(format.has_mark),
        columns.names,
        cells
    )
}

/// The argument of Python's CSV reader: lines without comments, and their separator.
fn lines(separator: Separator, has_comments: bool) -> String {
    let lines = match (separator, has_comments) {
        (Separator::Blanks, false) => "(\" \".join(line.split()) for line in file)",
        (Separator::Blanks, true) => {
            "(\" \".join(line.split()) for line in file if line[0] not in \"#%\")"
        }
        (_, true) => "(line for line in file if line[0] not in \"#%\")",
        (_, false) => "file",
    };
    match separator {
        Separator::Comma => lines.to_owned(),
        other => format!("{lines}, delimiter={}", string(&other.sign().to_string())),
    }
}

/// The cells in use, as in `(line[0], line[2])`.
fn cells(source: &Source, row: &str, [open, close]: [&str; 2]) -> String {
    let columns: Vec<usize> = source.used.iter().map(|used| used.column).collect();
    if columns.len() > FEW {
        return format!("[{row}[column] for column in {}]", columns_of(&columns));
    }
    let cells = columns.iter().map(|column| format!("{row}[{column}]"));
    let cells = cells.collect::<Vec<_>>().join(", ");
    format!("{open}{cells}{close}")
}

/// Many columns, as in `[*range(0, 64), 70]`.
fn columns_of(columns: &[usize]) -> String {
    let runs = columns.chunk_by(|one, next| one + 1 == *next);
    let runs = runs.map(|run| match run {
        [first, .., last] => format!("*range({first}, {})", last + 1),
        _ => run.iter().map(usize::to_string).collect(),
    });
    format!("[{}]", runs.collect::<Vec<_>>().join(", "))
}

/// The function that parses a cell as a number, and its definition if Python has no such function.
fn number(source: &Source) -> (&'static str, String) {
    if source.is_plain {
        return ("float", String::new());
    }
    let mark = source.reading.decimal();
    let point = match mark {
        DecimalMark::Point => "",
        DecimalMark::Comma => ".replace(\",\", \".\")",
    };
    let definition = format!(
        "def number(cell):
    for mark in \"{} '’\\u00a0\\u2009\\u202f\":
        cell = cell.replace(mark, \"\")
    return float(cell.replace(\"−\", \"-\"){point})


",
        mark.grouping()
    );
    ("number", definition)
}

fn missing(source: &Source) -> String {
    let infinite: &[&str] = if source.left_out.iter().any(|it| it.infinite) {
        &["inf", "+inf", "-inf", "infinity", "-infinity", "∞", "-∞"]
    } else {
        &[]
    };
    let words = MISSING.iter().chain(infinite);
    words.copied().map(string).collect::<Vec<_>>().join(", ")
}

fn array(file: &str, source: &Source, about: &str, columns: &Columns) -> String {
    let cells = cells(source, "row", ["[", "]"]);
    format!(
        "import numpy

# The rows in which nothing is missing: {about}.
data = []
array = numpy.load({file})
for row in array.reshape(len(array), -1):
    {} = cells = {}
    if numpy.isfinite(cells).all():
        data.append(({}))
",
        columns.names,
        cells,
        columns.numbers.replace("{}", "float")
    )
}
