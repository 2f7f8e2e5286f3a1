//! The project's English: turns that sound translated are not used, in texts that users see, in
//! documentation or in comments.

use std::fs;
use std::path::{Path, PathBuf};

/// Turns to avoid, in whatever case.
const BANNED: &[&str] = &[
    // Of numbers and of possession.
    "of so many",
    "after so many",
    "for so many",
    "every so many",
    "with so many",
    "all told",
    "once more",
    "anew",
    "as dear",
    "is dear",
    "dear to",
    "other selves",
    "back to its slot",
    // Of saying.
    "is called otherwise",
    "says of itself",
    "told of",
    "tells of",
    "tell of",
    "one reads",
    "takes no notice",
    "take no notice",
    "in words alone",
    "it is, not",
    // Of what is to be, and of questions.
    "it shall",
    "they shall",
    "shall stay",
    "may one",
    "how bold",
    "is so when",
    "what is seen, and how",
    "from where to where",
    // Of movement.
    "bear a rate",
    "bear a learning rate",
    "bears a",
    "bears the",
    "bears rates",
    "gets on",
    "get on along",
    "to and fro",
    "goes the same way",
    "went the same way",
    "leaps about",
    "flies apart",
    "let pass",
    "sliders act from",
    "race on all the same",
    "races on all the same",
    // Of what becomes of things.
    "makes of it",
    "makes of a",
    "makes of the",
    "is as well",
    "by its own fault",
    "a fault of its own",
    "take this edit away",
    "let the baseline go",
    "put rows back",
    "puts rows back",
    "nowhere else is",
    // Of places.
    "at the left",
    "at the right",
];

/// Turns to avoid at the head of a sentence.
const BANNED_HEADS: &[&str] = &["So many", "Whose", "Whence"];

/// Where English is written.
const FOLDERS: &[&str] = &["src", "tests", "presets", "benches"];
const PAGES: &[&str] = &["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];

/// All files with English in them, but this one.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<PathBuf> = PAGES.iter().map(|page| root.join(page)).collect();
    for folder in FOLDERS {
        gather(&root.join(folder), &mut found);
    }
    found.retain(|file| !file.ends_with("tests/words.rs"));
    found
}

fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_written =
            ["rs", "ron", "md"].map(|ending| path.extension() == Some(ending.as_ref()));
        if path.is_dir() {
            gather(&path, found);
        } else if is_written.contains(&true) {
            found.push(path);
        }
    }
}

/// The text of a file as one line, without what begins and continues lines of code, so that a turn
/// is found across their ends; and where each line begins in it.
fn joined(text: &str) -> (String, Vec<usize>) {
    let (mut all, mut begins) = (String::new(), Vec::new());
    for line in text.lines() {
        begins.push(all.len());
        let line = line.trim().trim_start_matches(['/', '!']).trim_start();
        all.push_str(line.trim_end_matches('\\').trim_end());
        all.push(' ');
    }
    (all, begins)
}

/// Where a turn stands in a text, as whole words.
fn places(text: &str, turn: &str) -> Vec<usize> {
    let ends_word = |sign: Option<char>| sign.is_none_or(|sign| !sign.is_alphanumeric());
    let is_whole = |place: &usize| {
        let (before, behind) = (&text[..*place], &text[place + turn.len()..]);
        ends_word(before.chars().next_back()) && ends_word(behind.chars().next())
    };
    let found = text.match_indices(turn).map(|(place, _)| place);
    found.filter(is_whole).collect()
}

/// The banned turns of a text, each with its line.
fn hits(text: &str) -> Vec<(usize, &'static str)> {
    let (all, begins) = joined(text);
    let lower = all.to_ascii_lowercase();
    let caseless = BANNED.iter().map(|turn| (*turn, places(&lower, turn)));
    let heads = BANNED_HEADS.iter().map(|turn| (*turn, places(&all, turn)));
    let line = |place: usize| begins.partition_point(|begin| *begin <= place);
    let found = caseless.chain(heads);
    let found = found.flat_map(|(turn, places)| {
        let lines: Vec<_> = places
            .into_iter()
            .map(|place| (line(place), turn))
            .collect();
        lines
    });
    found.collect()
}

#[test]
fn no_turn_sounds_translated() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(root).unwrap().display();
        let hits = hits(&text).into_iter();
        found.extend(hits.map(|(line, turn)| format!("{name}:{line}: {turn}")));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn turns_are_found_with_their_lines() {
    let text =
        "//! A racer.\n\n/// Takes part After So Many steps, as\n/// many as one\n/// reads.\n";
    assert_eq!(hits(text), [(3, "after so many"), (4, "one reads")]);
    assert_eq!(hits("    /// Whose form.\n"), [(1, "Whose")]);
    assert_eq!(
        hits("It is called otherwise."),
        [(1, "is called otherwise")]
    );
    assert_eq!(hits("Once it shall rest."), [(1, "it shall")]);
    assert_eq!(hits("\"the wall bears \\\n     a rate\""), [(1, "bears a")]);
    for fine in [
        "a step whose length",
        "renewed",
        "so many that they hide it",
        "at the rightmost",
    ] {
        assert_eq!(hits(fine), [], "{fine}");
    }
}

#[test]
fn every_page_and_folder_is_looked_at() {
    let files = files();
    assert!(files.len() > 300, "{}", files.len());
    for name in [
        "README.md",
        "src/lib.rs",
        "tests/ui/main.rs",
        "presets/tour/README.md",
        "presets/tour/12-saddle.ron",
        "benches/clip.rs",
    ] {
        assert!(files.iter().any(|file| file.ends_with(name)), "{name}");
    }
}
