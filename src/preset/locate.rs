//! Finds the position of a value in RON text, so that errors can point to it.

use super::tokens::{Position, Sort, Token, tokens};
use crate::experiment::{Key, Location};

/// Returns the position of the value at `location` or, if it is missing, of the innermost value
/// around it.
pub fn locate(text: &str, location: &Location) -> Position {
    let tokens = tokens(text);
    Position::of(text, descend(&tokens, location).start)
}

/// Returns whether there is a value at `location`.
pub fn has(text: &str, location: &Location) -> bool {
    descend(&tokens(text), location).whole
}

/// Returns the value at `location` if it is a single word, with its position.
pub fn word_at<'a>(text: &'a str, location: &Location) -> Option<(&'a str, Position)> {
    let tokens = tokens(text);
    let found = descend(&tokens, location);
    let end = tokens.get(found.token)?.end;
    let word = text.get(found.start..end)?;
    found.whole.then(|| (word, Position::of(text, found.start)))
}

/// Returns the location of the value or name that the token with this index belongs to.
pub fn way_to(tokens: &[Token], index: usize) -> Location {
    let mut around: Vec<Bracket> = Vec::new();
    for (at, token) in tokens.iter().enumerate().take(index + 1) {
        match token.sort {
            Sort::Open if at < index => around.push(Bracket::default()),
            Sort::Close => {
                // A closing bracket belongs to the whole value.
                around.pop();
            }
            Sort::Comma => {
                if let Some(bracket) = around.last_mut() {
                    bracket.name = None;
                    bracket.entry += 1;
                }
            }
            Sort::Word => {
                let is_name = tokens.get(at + 1).is_some_and(|it| it.sort == Sort::Colon);
                if let Some(bracket) = around.last_mut().filter(|_| is_name) {
                    bracket.name = Some(token.text);
                    bracket.has_names = true;
                }
            }
            Sort::Open | Sort::Colon | Sort::Other => {}
        }
    }
    around.iter().fold(Location::default(), Bracket::inside)
}

/// A bracket that is open at a token, and the entry reached in it.
#[derive(Default)]
struct Bracket<'a> {
    /// The name of the current field.
    name: Option<&'a str>,
    /// The index of the current entry.
    entry: usize,
    has_names: bool,
}

impl Bracket<'_> {
    /// Returns the location of the current entry in a bracket at `location`.
    fn inside(location: Location, bracket: &Self) -> Location {
        match bracket.name {
            Some(name) => location.field(name),
            // Between two fields, or where a field's name is missing.
            None if bracket.has_names => location,
            None => location.entry(bracket.entry),
        }
    }
}

struct Found {
    token: usize,
    start: usize,
    /// Whether every key of the location was found.
    whole: bool,
}

/// Follows a location as far as the text goes.
fn descend(tokens: &[Token], location: &Location) -> Found {
    let mut token = 0;
    let mut whole = true;
    for key in &location.0 {
        match enter(tokens, token, key) {
            Some(inner) => token = inner,
            None => {
                whole = false;
                break;
            }
        }
    }
    Found {
        token,
        start: tokens.get(token).map_or(0, |token| token.start),
        whole: whole && token < tokens.len(),
    }
}

/// Returns the first token of the value under `key`, inside the value that starts at `token`.
fn enter(tokens: &[Token], mut token: usize, key: &Key) -> Option<usize> {
    if tokens.get(token)?.sort == Sort::Word {
        token += 1;
    }
    if tokens.get(token)?.sort != Sort::Open {
        return None;
    }
    token += 1;
    let mut entry = 0;
    loop {
        let first = tokens.get(token)?;
        if first.sort == Sort::Close {
            return None;
        }
        let named = tokens
            .get(token + 1)
            .is_some_and(|next| next.sort == Sort::Colon);
        match key {
            // The names in a list of numbers are in quotation marks.
            Key::Field(name) if named && first.text.trim_matches('"') == name => {
                return Some(token + 2);
            }
            Key::Entry(wanted) if entry == *wanted => return Some(token),
            _ => {}
        }
        token = after_value(tokens, token)?;
        entry += 1;
    }
}

/// Returns the token after the comma that ends the entry at `token`, or the closing bracket.
fn after_value(tokens: &[Token], mut token: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        match tokens.get(token)?.sort {
            Sort::Open => depth += 1,
            Sort::Close if depth == 0 => return Some(token),
            Sort::Close => depth -= 1,
            Sort::Comma if depth == 0 => return Some(token + 1),
            Sort::Comma | Sort::Colon | Sort::Word | Sort::Other => {}
        }
        token += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "(\n  version: 1, // not racers: [\n  notes: \"( [ racers: \\\" \",\n  \
                        racers: [\n    (optimizer: Adam(learning_rate: 1)),\n    (name: \
                        r#\"a\"(\"#, optimizer: Adam(/* ( */ beta_1: 2.0)),\n  ],\n)";

    fn location(keys: &[&str]) -> Location {
        let key = |key: &&str| match key.parse() {
            Ok(entry) => Key::Entry(entry),
            Err(_) => Key::Field((*key).to_owned()),
        };
        Location(keys.iter().map(key).collect())
    }

    #[test]
    fn values_are_found_past_comments_and_strings() {
        let at = locate(TEXT, &location(&["racers", "1", "optimizer", "beta_1"]));
        let expected = TEXT.find("2.0").unwrap();
        assert_eq!(at, Position::of(TEXT, expected));
        assert_eq!(at.line, 6);
    }

    #[test]
    fn a_value_that_is_not_in_the_text_is_placed_at_what_is_around_it() {
        let at = locate(TEXT, &location(&["racers", "0", "optimizer", "beta_1"]));
        assert_eq!(at, Position::of(TEXT, TEXT.find("Adam(learning").unwrap()));
    }

    #[test]
    fn a_word_is_read() {
        assert_eq!(word_at(TEXT, &location(&["version"])).unwrap().0, "1");
        assert!(word_at(TEXT, &location(&["start"])).is_none());
    }

    /// A token found by location leads back to the same location.
    #[test]
    fn the_way_back_from_a_token_is_found() {
        let tokens = tokens(TEXT);
        let way = |word: &str| {
            let at = TEXT.find(word).unwrap();
            let index = tokens.partition_point(|token| token.end <= at);
            way_to(&tokens, index).to_string()
        };
        assert_eq!(way("1, // not"), "version");
        assert_eq!(way("Adam(learning"), "racers[0].optimizer");
        assert_eq!(way("learning_rate"), "racers[0].optimizer.learning_rate");
        assert_eq!(way("1)),"), "racers[0].optimizer.learning_rate");
        assert_eq!(way("2.0"), "racers[1].optimizer.beta_1");
        assert_eq!(way(")),\n    (name"), "racers[0].optimizer");
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "[(){}\\[\\]a-z0-9:,\"#r/*\\\\ é\n-]{0,60}") {
            let at = locate(&text, &location(&["racers", "1", "optimizer"]));
            prop_assert!(at.line >= 1 && at.column >= 1);
            let tokens = tokens(&text);
            for index in 0..=tokens.len() {
                way_to(&tokens, index);
            }
        }
    }
}
