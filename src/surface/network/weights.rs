//! Reads the weights at which all racers start from a file.

use super::super::data::{BuiltIn, DataError, NetworkError};
use crate::file::{DataFile, ReadError};
use crate::network::Architecture;
use crate::table::{DecimalMark, Table, TableError, Value, Wanted};
use crate::text::brief;

/// The largest absolute value of a weight.
const LARGEST: f64 = 1e100;

/// Reads the file, or the built-in weights with this name: as many numbers as the network has
/// weights, row by row; the usual file has one number a line.
pub(super) fn read(file: &DataFile, architecture: &Architecture) -> Result<Vec<f64>, DataError> {
    read_all(file, architecture).map_err(|fault| match fault {
        DataError::Network(_) => fault,
        other => other.at("initial", None),
    })
}

fn read_all(file: &DataFile, architecture: &Architecture) -> Result<Vec<f64>, DataError> {
    // Programs write such files.
    let wanted = Wanted {
        decimal: Some(DecimalMark::Point),
        ..Wanted::default()
    };
    let table = match BuiltIn::weights(file) {
        Some(set) => Table::read(set.name, set.text.into(), &wanted)?,
        None => Table::of_file(file, &wanted).map_err(|fault| match fault {
            TableError::Unreadable {
                file,
                why: ReadError::Outside,
            } => DataError::Outside { file },
            other => other.into(),
        })?,
    };
    let reading = table.reading();
    let mut weights = Vec::new();
    for row in table.rows() {
        for column in 0..reading.columns.len() {
            let cell = row.cell(column);
            match cell.value(DecimalMark::Point) {
                Value::Number(weight) if weight.abs() <= LARGEST => weights.push(weight),
                _ => {
                    return Err(NetworkError::Weight {
                        file: reading.file.clone(),
                        line: row.line,
                        text: brief(&cell.text()),
                    }
                    .into());
                }
            }
        }
    }
    if weights.len() != architecture.parameters() {
        return Err(NetworkError::WeightCount {
            file: reading.file.clone(),
            numbers: weights.len(),
            shape: architecture.shape(),
            weights: architecture.parameters(),
        }
        .into());
    }
    Ok(weights)
}
