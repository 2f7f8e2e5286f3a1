//! A preset to introduce faults into, and what all messages about faults have in common.

use slalom::preset::{PresetError, from_text};

/// A preset in which each test below introduces one fault.
pub const TEXT: &str = r##"(
    version: 1,
    title: "A race",
    surface: Beale,
    start: (1.0, 1.6),
    steps: 200,
    seed: 7,
    racers: [
        (optimizer: Momentum()),
        (name: "Slow", color: "#E69F00", optimizer: Adam(
            learning_rate: 0.1,
            beta_1: 0.5,
        ), schedule: Cosine(steps: 300), edits: [
            (step: 100, parameter: "beta_1", value: 0.5),
        ]),
    ],
)
"##;

/// The error that the text gives: its location as `line:column`, and the message.
pub fn wrong(text: &str) -> (String, String) {
    let error = from_text("race.ron", text).expect_err(text);
    let shown = error.to_string();
    let PresetError::Fault { at, fault, .. } = error else {
        panic!("{error:?}")
    };
    let what = fault.what;
    assert_eq!(shown, format!("race.ron:{}:{}: {what}", at.line, at.column));
    assert_plain(&what);
    assert!(!what.ends_with('.'), "{what:?}");
    assert_within(text, at.line, at.column);
    (format!("{}:{}", at.line, at.column), what)
}

/// Asserts that a message is one line of plain English, without the parser's jargon.
pub fn assert_plain(what: &str) {
    assert!(!what.is_empty());
    assert!(!what.chars().any(char::is_control), "{what:?}");
    // Quotations from the file and the suggested name are exempt.
    let unquoted: String = what.split('"').step_by(2).collect();
    let unquoted = unquoted.split("did you mean").next().unwrap_or_default();
    let jargon = "struct/enum /variant/identifier/integer/float/expected an opening `";
    for word in jargon.split('/') {
        assert!(!unquoted.contains(word), "{word:?} in {what:?}");
    }
}

pub fn assert_within(text: &str, line: usize, column: usize) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let found = text.split('\n').nth(line.wrapping_sub(1));
    let length = found.map(|line| line.chars().count());
    assert!(
        length.is_some_and(|length| (1..=length + 1).contains(&column)),
        "{line}:{column} is not in {text:?}"
    );
}

/// Checks a table with a line per fault: the text in `TEXT` | its replacement | the message.
pub fn assert_table(table: &str) {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines {
        match line.split(" | ").collect::<Vec<_>>()[..] {
            [from, to, expected] => assert_wrong(from, to, expected),
            _ => panic!("not three columns: {line}"),
        }
    }
}

/// Replaces `from` by `to` in `TEXT`; ¦ marks the expected location of the fault.
pub fn assert_wrong(from: &str, to: &str, expected: &str) {
    assert_eq!(TEXT.matches(from).count(), 1, "{from}");
    let marked = TEXT.replacen(from, to, 1);
    let mark = marked.find('¦').expect(to);
    let before = &marked[..mark];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let (at, what) = wrong(&marked.replacen('¦', "", 1));
    assert_eq!((at, &*what), (format!("{line}:{column}"), expected), "{to}");
}
