//! Finds where in a RON text a value stands, so that a value out of range can be pointed at.

use crate::experiment::{Key, Place};

/// A place in a text; both numbers start at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// Where the value at `place` begins, or else the innermost value around it that is in the text.
pub fn locate(text: &str, place: &Place) -> Position {
    let tokens = tokens(text);
    position(text, descend(&tokens, place).start)
}

/// The single word that is the value at `place`, with its position.
pub fn word_at<'a>(text: &'a str, place: &Place) -> Option<(&'a str, Position)> {
    let tokens = tokens(text);
    let found = descend(&tokens, place);
    let end = tokens.get(found.token)?.end;
    let word = text.get(found.start..end)?;
    found.whole.then(|| (word, position(text, found.start)))
}

fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sort {
    Open,
    Close,
    Comma,
    Colon,
    /// An identifier, a number, a string or a character.
    Word,
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    sort: Sort,
    text: &'a str,
    start: usize,
    end: usize,
}

struct Found {
    token: usize,
    start: usize,
    /// Whether the whole way was found.
    whole: bool,
}

/// Follows the way as far as the text does.
fn descend(tokens: &[Token], place: &Place) -> Found {
    let mut token = 0;
    let mut whole = true;
    for key in &place.0 {
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
            Sort::Comma | Sort::Colon | Sort::Word => {}
        }
        token += 1;
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        let (sort, length) = match next {
            '(' | '[' | '{' => (Some(Sort::Open), 1),
            ')' | ']' | '}' => (Some(Sort::Close), 1),
            ',' => (Some(Sort::Comma), 1),
            ':' => (Some(Sort::Colon), 1),
            '"' => (Some(Sort::Word), quoted(rest)),
            'r' if raw_string(rest).is_some() => (Some(Sort::Word), raw_string(rest).unwrap_or(1)),
            '/' => (None, comment(rest)),
            _ if is_word(next) => (
                Some(Sort::Word),
                rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            ),
            _ => (None, next.len_utf8()),
        };
        if let Some(sort) = sort {
            tokens.push(Token {
                sort,
                text: &text[at..at + length],
                start: at,
                end: at + length,
            });
        }
        at += length;
    }
    tokens
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '.' | '+' | '-' | '#' | '\'')
}

/// The length of the quoted string at the start of `rest`.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of the raw string `r#"…"#` at the start of `rest`, if there is one.
fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest[1..].find(|c| c != '#')?;
    let body = rest.get(1 + hashes..)?.strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let open = rest.len() - body.len();
    Some(
        body.find(&close)
            .map_or(rest.len(), |end| open + end + close.len()),
    )
}

/// The length of the comment at the start of `rest`; 1 for a lone slash.
fn comment(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if !rest.starts_with("/*") {
        return 1;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let ahead = &rest[at..];
        if ahead.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if ahead.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += ahead.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "(\n  version: 1, // not racers: [\n  notes: \"( [ racers: \\\" \",\n  \
                        racers: [\n    (optimizer: Adam(learning_rate: 1)),\n    (name: \
                        r#\"a\"(\"#, optimizer: Adam(/* ( */ beta_1: 2.0)),\n  ],\n)";

    fn place(keys: &[&str]) -> Place {
        let key = |key: &&str| match key.parse() {
            Ok(entry) => Key::Entry(entry),
            Err(_) => Key::Field((*key).to_owned()),
        };
        Place(keys.iter().map(key).collect())
    }

    #[test]
    fn values_are_found_past_comments_and_strings() {
        let at = locate(TEXT, &place(&["racers", "1", "optimizer", "beta_1"]));
        let expected = TEXT.find("2.0").unwrap();
        assert_eq!(at, position(TEXT, expected));
        assert_eq!(at.line, 6);
    }

    #[test]
    fn a_value_that_is_not_in_the_text_is_placed_at_what_is_around_it() {
        let at = locate(TEXT, &place(&["racers", "0", "optimizer", "beta_1"]));
        assert_eq!(at, position(TEXT, TEXT.find("Adam(learning").unwrap()));
    }

    #[test]
    fn a_word_is_read() {
        assert_eq!(word_at(TEXT, &place(&["version"])).unwrap().0, "1");
        assert!(word_at(TEXT, &place(&["start"])).is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "[(){}\\[\\]a-z0-9:,\"#r/*\\\\ é\n-]{0,60}") {
            let at = locate(&text, &place(&["racers", "1", "optimizer"]));
            prop_assert!(at.line >= 1 && at.column >= 1);
        }
    }
}
