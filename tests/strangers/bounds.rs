//! How large a preset and its data may be.

use slalom::preset;
use slalom::table::{Table, Wanted};

fn said(text: &str) -> String {
    match preset::from_text("race", text) {
        Ok(_) => "nothing".to_owned(),
        Err(fault) => fault.to_string(),
    }
}

fn race(title: &str, notes: &str, racers: &str) -> String {
    format!(
        "(version: 1, title: {title:?}, notes: {notes:?}, surface: Beale, start: (1.0, 1.6), \
         steps: 9,\nracers: [{racers}])"
    )
}

const ADAM: &str = "(optimizer: Adam()),";

#[test]
fn as_much_as_anyone_needs_is_read() {
    let racers = ADAM.repeat(1_000);
    assert_eq!(said(&race("", "", &racers)), "nothing");
    let letters = "é".repeat(1_000);
    let notes = "é".repeat(100_000);
    let edits = "(step: 1, parameter: \"beta_1\", value: 0.5),".repeat(10_000);
    let racer = format!("(name: {letters:?}, optimizer: Adam(), edits: [{edits}])");
    assert_eq!(said(&race(&letters, &notes, &racer)), "nothing");
}

#[test]
fn what_is_too_much_is_said_in_one_sentence_with_its_place() {
    let letters = "é".repeat(1_001);
    let notes = "é".repeat(100_001);
    let edits = "(step: 1, parameter: \"beta_1\", value: 0.5),".repeat(10_001);
    let changes = (1..=10_001).map(|step| format!("(step: {step}, learning_rate: 0.1),"));
    let changes = changes.collect::<Vec<_>>().concat();
    let parts = "(steps: 1, schedule: Constant),".repeat(10_001);
    for (text, expected) in [
        (
            race("", "", &ADAM.repeat(1_001)),
            "race:2:9: racers has 1,001 entries, but may have at most 1,000",
        ),
        (
            race(&letters, "", ""),
            "race:1:21: title has 1,001 letters, but may have at most 1,000",
        ),
        (
            race("", &notes, ""),
            "race:1:32: notes has 100,001 letters, but may have at most 100,000",
        ),
        (
            race("", "", &format!("(name: {letters:?}, optimizer: Adam())")),
            "race:2:17: name has 1,001 letters, but may have at most 1,000",
        ),
        (
            race("", "", &format!("(optimizer: Adam(), edits: [{edits}])")),
            "race:2:37: edits has 10,001 entries, but may have at most 10,000",
        ),
        (
            race(
                "",
                "",
                &format!("(optimizer: Adam(), schedule: PiecewiseConstant(changes: [{changes}]))"),
            ),
            "race:2:67: changes has 10,001 entries, but may have at most 10,000",
        ),
        (
            race(
                "",
                "",
                &format!("(optimizer: Adam(), schedule: Sequence(parts: [{parts}]))"),
            ),
            "race:2:56: parts has 10,001 entries, but may have at most 10,000",
        ),
    ] {
        assert_eq!(said(&text), expected);
    }
}

fn network(steps: usize, rows: usize, hidden: &str, racer: &str) -> String {
    format!(
        "(version: 1, surface: Network(moons: (rows: {rows}), hidden: {hidden}),\nsteps: {steps}, \
         racers: [{racer}])"
    )
}

#[test]
fn a_race_of_weeks_is_refused_and_one_of_hours_is_not() {
    let adam = "(optimizer: Adam())";
    assert_eq!(said(&network(100_000, 1_000, "[8]", adam)), "nothing");
    let refused = said(&network(1_000_000, 1_000_000, "[128, 128]", adam));
    assert!(
        refused.starts_with("race:2:8: the race would take weeks: steps, racers and rows together"),
        "{refused}"
    );
}

#[test]
fn a_rule_keeps_no_matrix_that_fills_the_memory() {
    let full = "Adagrad(matrix: Full)";
    let alone = format!("(optimizer: {full})");
    let wrapped = format!("(optimizer: Lookahead(inner: {full}))");
    let grouped = format!("(optimizer: Adam(), groups: [(block: \"weights\", optimizer: {full})])");
    for racer in [&alone, &wrapped, &grouped] {
        assert_eq!(said(&network(9, 9, "[10, 10]", racer)), "nothing");
        let refused = said(&network(9, 9, "[100, 100]", racer));
        assert!(
            refused.contains("would take the root of a matrix with 10,")
                && refused.ends_with("rows in every step, but it may have at most 1,000"),
            "{refused}"
        );
    }
    // A small part of a large network may have one.
    let small = format!("(optimizer: Adam(), groups: [(block: \"biases\", optimizer: {full})])");
    assert_eq!(said(&network(9, 9, "[100, 100]", &small)), "nothing");
    // Its matrices have the sides of a layer's weights.
    let shampoo = "(optimizer: Shampoo())";
    assert_eq!(said(&network(9, 9, "[100, 100]", shampoo)), "nothing");
}

#[test]
fn a_table_has_at_most_twenty_thousand_columns() {
    let of = |columns: usize| {
        let row = vec!["1.5"; columns].join(",");
        let text = format!("{row}\n{row}\n");
        Table::read("wide.csv", text.into_bytes(), &Wanted::default())
    };
    assert_eq!(of(20_000).unwrap().reading().columns.len(), 20_000);
    assert_eq!(
        of(20_001).unwrap_err().to_string(),
        "line 1 of wide.csv has more than the maximum of 20,000 columns"
    );
}

#[test]
fn a_line_of_a_table_has_at_most_64_mb() {
    let mut text = "1,2\n".to_owned();
    text.push_str(&",".repeat((64 << 20) + 1));
    let refused = Table::read("long.csv", text.into_bytes(), &Wanted::default());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "line 2 of long.csv is longer than 64 MB"
    );
}
