//! Finds where in a RON text a value stands, so that a value out of range can be pointed at.

use super::tokens::{Position, Sort, Token, tokens};
use crate::experiment::{Key, Location};

/// Where the value at `location` begins, or else the innermost value around it that is in the text.
pub fn locate(text: &str, location: &Location) -> Position {
    let tokens = tokens(text);
    Position::of(text, descend(&tokens, location).start)
}

/// Whether there is a value at `location`.
pub fn has(text: &str, location: &Location) -> bool {
    descend(&tokens(text), location).whole
}

/// The single word that is the value at `location`, with its position.
pub fn word_at<'a>(text: &'a str, location: &Location) -> Option<(&'a str, Position)> {
    let tokens = tokens(text);
    let found = descend(&tokens, location);
    let end = tokens.get(found.token)?.end;
    let word = text.get(found.start..end)?;
    found.whole.then(|| (word, Position::of(text, found.start)))
}

/// The way to the value or the name that the token with this index belongs to.
pub fn way_to(tokens: &[Token], index: usize) -> Location {
    let mut around: Vec<Bracket> = Vec::new();
    for (at, token) in tokens.iter().enumerate().take(index + 1) {
        match token.sort {
            Sort::Open if at < index => around.push(Bracket::default()),
            Sort::Close => {
                // What closes a bracket belongs to the whole of it.
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

/// A bracket that is open at a token, and how far its entries have been read.
#[derive(Default)]
struct Bracket<'a> {
    /// The name of the field that is being read.
    name: Option<&'a str>,
    /// The entry that is being read.
    entry: usize,
    has_names: bool,
}

impl Bracket<'_> {
    /// The location of the entry that is being read, where the bracket stands at `location`.
    fn inside(location: Location, bracket: &Self) -> Location {
        match bracket.name {
            Some(name) => location.field(name),
            // Between two fields, or where the name of one is missing.
            None if bracket.has_names => location,
            None => location.entry(bracket.entry),
        }
    }
}

struct Found {
    token: usize,
    start: usize,
    /// Whether the whole way was found.
    whole: bool,
}

/// Follows the way as far as the text does.
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

/// The token at which the value under `key` begins, inside the value that begins at `token`.
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
            Key::Field(name) if named && first.text == name => return Some(token + 2),
            Key::Entry(wanted) if entry == *wanted => return Some(token),
            _ => {}
        }
        token = after_value(tokens, token)?;
        entry += 1;
    }
}

/// The token behind the comma that ends the entry at `token`, or its closing bracket.
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

    /// The way to a value, found from its location in the text, leads back there.
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
