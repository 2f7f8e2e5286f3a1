//! Tables of numbers, as text in any encoding and as NPY.

use slalom::table::{DecimalMark, Format, Header, Separator, Table, Wanted};

use crate::engine::{Answer, Kind, VALID, of_error};

pub const TABLES: Kind = Kind {
    name: "tables",
    share: 12,
    words: &[
        "\"\"",
        "\"",
        ";",
        ",",
        "\t",
        "|",
        "sep=;\n",
        "# ",
        "\r\n",
        "\r",
        "NA",
        "1,5",
        "1.000,5",
        "1e400",
        "-",
        "'descr': '<f8', ",
        "'shape': (",
        "\n\n",
    ],
    more: of_data_sets,
    read,
};

/// Returns the first rows of the built-in data sets.
pub fn of_data_sets() -> Vec<Vec<u8>> {
    let sets = slalom::surface::data::BUILT_IN.iter();
    let begin = |it: &str| {
        it.lines()
            .take(12)
            .collect::<Vec<_>>()
            .join("\n")
            .into_bytes()
    };
    sets.map(|set| begin(set.text)).collect()
}

fn read(input: &[u8]) -> Answer {
    let read = |wanted: &Wanted| Table::read("fuzz.csv", input.to_vec(), wanted);
    if let Ok(table) = read(&forced(input)) {
        counted(&table)?;
    }
    let table = match read(&Wanted::default()) {
        Ok(table) => table,
        Err(error) => return Ok(of_error(&error)),
    };
    counted(&table)?;
    let reading = table.reading();
    for line in reading.lines() {
        if line.contains('\n') {
            return Err(format!("a line with two: {line:?}"));
        }
    }
    serde_json::to_string(reading).map_err(|it| format!("no JSON: {it}"))?;
    if let Err(error) = table.decimal_of(&table.data_columns()) {
        return Ok(of_error(&error));
    }
    if let Err(error) = table.settled() {
        return Ok(of_error(&error));
    }
    read_as_said(&table, &read)?;
    Ok(format!("{VALID}: {}", said(&table)))
}

/// A format that the input need not have.
fn forced(input: &[u8]) -> Wanted {
    let sum = input
        .iter()
        .fold(0_usize, |sum, it| sum * 31 % 65_521 + usize::from(*it));
    Wanted {
        separator: Some(Separator::ALL[sum % 5]),
        decimal: Some(DecimalMark::ALL[sum / 5 % 2]),
        header: [None, Some(true), Some(false)][sum / 10 % 3],
        columns: vec!["x".to_owned(); sum / 30 % 2],
    }
}

/// Checks that a table has as many rows as it says.
fn counted(table: &Table) -> Result<(), String> {
    let (found, said) = (cells(table).len(), table.reading().rows);
    if found == said {
        Ok(())
    } else {
        Err(format!("{found} rows, but {said} are said"))
    }
}

/// Checks that the format that was detected gives the same rows if the preset sets it.
fn read_as_said(
    table: &Table,
    read: &dyn Fn(&Wanted) -> Result<Table, slalom::table::TableError>,
) -> Result<(), String> {
    let reading = table.reading();
    let Format::Text(format) = &reading.format else {
        return Ok(());
    };
    let header = match reading.header {
        Header::None => Some(false),
        Header::Line(_) => Some(true),
        Header::Comment(_) => None,
    };
    let wanted = Wanted {
        separator: Some(format.separator),
        decimal: Some(format.decimal),
        header,
        columns: Vec::new(),
    };
    let again = read(&wanted).map_err(|it| format!("not read as detected: {it}"))?;
    if cells(&again) != cells(table) {
        return Err(format!("read otherwise as detected: {wanted:?}"));
    }
    Ok(())
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    let width = table.reading().columns.len();
    let rows = table.rows();
    rows.map(|row| (0..width).map(|it| row.cell(it).text()).collect())
        .collect()
}

/// How a table was read, in few words.
pub fn said(table: &Table) -> String {
    let reading = table.reading();
    let header = match reading.header {
        Header::None => "none",
        Header::Line(_) => "line",
        Header::Comment(_) => "comment",
    };
    let format = match &reading.format {
        Format::Npy { kind } => kind.clone(),
        Format::Text(text) => format!(
            "{} {} {} {} {}",
            text.encoding,
            text.has_mark,
            text.separator.name(),
            text.decimal.sign(),
            text.comments > 0
        ),
    };
    format!("{format} {header} {}", reading.columns.len().min(4))
}

#[test]
fn tables_are_read_or_refused() {
    TABLES.hunt();
}
