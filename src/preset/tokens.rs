//! Tokens of RON text, for the position and wording of errors.

/// A position in a text, with line and column counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Position {
    /// Returns the position of the byte at `offset`, or of the end of the text if it is past that.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// Returns the byte offset of this position, or of the end of its line or of the text if it is
    /// past that.
    pub fn offset(self, text: &str) -> usize {
        let lines = text.split_inclusive('\n');
        let start: usize = lines.take(self.line.saturating_sub(1)).map(str::len).sum();
        let line = text[start..].split_inclusive('\n').next().unwrap_or("");
        let letters = line.chars().take(self.column.saturating_sub(1));
        start + letters.map(char::len_utf8).sum::<usize>()
    }
}

/// The type of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Open,
    Close,
    Comma,
    Colon,
    /// An identifier, number, string or character.
    Word,
    /// Anything else that is not white space or a comment.
    Other,
}

/// A token from byte `start` to byte `end`, exclusive.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub sort: Sort,
    pub text: &'a str,
    pub start: usize,
    pub end: usize,
}

/// Returns all tokens in order. This works for any text, whether or not it is valid RON.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
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
            '/' if rest.starts_with("//") || rest.starts_with("/*") => (None, comment(rest)),
            _ if is_word(next) => (
                Some(Sort::Word),
                rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            ),
            _ if next.is_whitespace() => (None, next.len_utf8()),
            _ => (Some(Sort::Other), next.len_utf8()),
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

/// Returns the length of the quoted string at the start of `rest`.
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

/// Returns the length of the raw string `r#"…"#` at the start of `rest`, if there is one.
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

/// Returns the length of the comment at the start of `rest`.
fn comment(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
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
    use super::*;

    #[test]
    fn places_and_bytes_agree() {
        let text = "äb\r\n\n(é: 1)";
        for (offset, _) in text.char_indices().filter(|&(_, c)| c != '\n') {
            assert_eq!(Position::of(text, offset).offset(text), offset);
        }
        let beyond = Position { line: 9, column: 9 };
        assert_eq!(beyond.offset(text), text.len());
        assert_eq!(Position::of(text, 99), Position { line: 3, column: 7 });
    }

    #[test]
    fn what_is_no_ron_is_a_token_too() {
        let found: Vec<&str> = tokens("a = 1 /* ( */ ; / \"(\" // x")
            .iter()
            .map(|token| token.text)
            .collect();
        assert_eq!(found, ["a", "=", "1", ";", "/", "\"(\""]);
    }
}
