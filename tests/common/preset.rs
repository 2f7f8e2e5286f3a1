//! A preset to make faults in, and what every message about a fault must be like.

use slalom::preset::{PresetError, from_text};

/// A preset in which every test below makes one thing wrong.
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

/// What is wrong with the text: `line:column` and the sentence.
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

/// One line of plain English, without the parser's own words.
pub fn assert_plain(what: &str) {
    assert!(!what.is_empty());
    assert!(!what.chars().any(char::is_control), "{what:?}");
    // What a file says, and the name that it may have meant, are not the program's words.
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

/// A line for each fault: what stands in `TEXT` | what stands there instead | what is wrong.
pub fn assert_table(table: &str) {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines {
        match line.split(" | ").collect::<Vec<_>>()[..] {
            [from, to, expected] => assert_wrong(from, to, expected),
            _ => panic!("not three columns: {line}"),
        }
    }
}

/// `TEXT` with `to` in the place of `from`; ¦ marks where the fault should be seen.
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
