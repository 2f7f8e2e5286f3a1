//! The cost of guessing how a table is written: reading it, compared with the crate `csv` alone and
//! a parse of every cell.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use slalom::table::{DecimalMark, Table, Value, Wanted};

const ROWS: usize = 100_000;

/// Two columns of numbers as written by a program and by a European spreadsheet.
fn texts() -> [(&'static str, String); 2] {
    let number = |row: usize, factor: usize| format!("{}.{:02}", row * factor % 9999, row % 97);
    let rows = || (0..ROWS).map(|row| [number(row, 7), number(row, 13)]);
    let lines = |between: &str| {
        let lines: Vec<String> = rows().map(|row| row.join(between) + "\n").collect();
        lines.concat()
    };
    let european = lines(";").replace('.', ",");
    [("points", lines(",")), ("decimal commas", european)]
}

/// The sum of all cells from `csv` and `parse`, which know the table's format.
fn plain(text: &str) -> f64 {
    let delimiter = if text.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut sum = 0.0;
    while reader.read_record(&mut record).expect("a record") {
        for cell in &record {
            sum += cell.replace(',', ".").parse::<f64>().expect("a number");
        }
    }
    sum
}

/// The same sum from a table whose format is guessed.
fn guessed(text: &str) -> f64 {
    let table = Table::read("t", text.into(), &Wanted::default()).expect("a table");
    let mark = table.decimal_of(&[0, 1]).unwrap_or(DecimalMark::Point);
    let mut sum = 0.0;
    for row in table.rows() {
        for column in 0..2 {
            if let Value::Number(number) = row.cell(column).value(mark) {
                sum += number;
            }
        }
    }
    sum
}

fn tables(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("table");
    for (name, text) in texts() {
        assert!((plain(&text) - guessed(&text)).abs() < 1.0);
        group.bench_function(format!("{name}: csv alone"), |bencher| {
            bencher.iter(|| plain(black_box(&text)));
        });
        group.bench_function(format!("{name}: guessed"), |bencher| {
            bencher.iter(|| guessed(black_box(&text)));
        });
    }
    group.finish();
}

criterion_group!(benches, tables);
criterion_main!(benches);
