//! The search finds faults that are planted for it, and makes their inputs small.

use slalom::experiment::Schedule;
use slalom::preset;
use slalom::table::{Table, Wanted};

use crate::engine::{Answer, Found, Kind, of_error};
use crate::{presets, round_trip, tables};

/// Panics if the third racer has a schedule and the seed contains a 7.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a reader of inputs may find them wrong"
)]
fn faulty_preset(input: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(input);
    let preset = match preset::from_text("planted.ron", &text) {
        Ok(preset) => preset,
        Err(error) => return Ok(of_error(&error)),
    };
    let race = &preset.experiment;
    let third = race.racers.get(2);
    let has_schedule = third.is_some_and(|it| it.plan.schedule != Schedule::Constant);
    assert!(
        !has_schedule || !race.seed.to_string().contains('7'),
        "planted"
    );
    Ok(round_trip::what(&preset))
}

/// Panics if a byte order mark is followed by an empty cell in quotation marks in the same line.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a reader of inputs may find them wrong"
)]
fn faulty_table(input: &[u8]) -> Answer {
    let line = input.split(|it| *it == b'\n').next().unwrap_or_default();
    let is_rare = line.starts_with(b"\xef\xbb\xbf") && line.windows(2).any(|it| it == b"\"\"");
    let table = Table::read("planted.csv", input.to_vec(), &Wanted::default());
    match table {
        Ok(table) => {
            assert!(!is_rare, "planted");
            Ok(tables::said(&table))
        }
        Err(error) => Ok(of_error(&error)),
    }
}

/// Says that a table is read otherwise if it has a column with this name and three rows.
fn wrong_table(input: &[u8]) -> Answer {
    let Ok(table) = Table::read("planted.csv", input.to_vec(), &Wanted::default()) else {
        return Ok("refused".to_owned());
    };
    let is_wrong = table.reading().rows == 3 && table.reading().columns.len() == 5;
    if is_wrong {
        return Err("planted".to_owned());
    }
    Ok("read".to_owned())
}

/// Returns the only fault that a search finds. A walk can miss it, which three do not.
fn found(kind: &Kind, read: fn(&[u8]) -> Answer, budget: u64) -> Found {
    let faulty = Kind { read, ..*kind };
    let mut walks = (1..=3).map(|seed| faulty.search(budget, false, 1, seed));
    let found = walks.find(|found| !found.is_empty());
    let mut found = found.unwrap_or_else(|| panic!("{} in 3 × {budget} inputs", kind.name));
    assert_eq!(found.len(), 1, "{}", kind.name);
    found.remove(0)
}

#[test]
fn a_panic_on_rare_presets_is_found_and_made_small() {
    let found = found(&presets::PRESETS, faulty_preset, 60_000);
    assert!(found.fault.what.contains("planted"));
    assert!(found.fault.place.contains("planted.rs"));
    println!("found after {} inputs", found.after);
    let small = String::from_utf8(found.small).unwrap();
    assert!(small.len() * 2 < found.input.len(), "{small}");
    assert!(small.contains('7') && small.contains("schedule"), "{small}");
}

#[test]
fn a_panic_on_rare_tables_is_found_and_made_small() {
    let found = found(&tables::TABLES, faulty_table, 60_000);
    assert!(found.fault.place.contains("planted.rs"));
    println!("found after {} inputs", found.after);
    assert_eq!(found.small, b"\xef\xbb\xbf\"\"");
}

#[test]
fn a_wrong_answer_is_found_like_a_panic() {
    let found = found(&tables::TABLES, wrong_table, 60_000);
    assert_eq!(found.fault.what, "planted");
    assert!(found.small.len() < 40, "{:?}", found.small);
}
