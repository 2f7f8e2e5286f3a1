//! Splits Rust source into names and symbols, without comments, strings and numbers.

/// A name or symbol in the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// A name, `::`, or another single symbol.
    pub text: String,
    /// The line, counted from 1.
    pub line: usize,
}

impl Token {
    /// Whether this is a name (or keyword) rather than a symbol.
    pub fn is_name(&self) -> bool {
        self.text.starts_with(begins_name)
    }
}

/// Returns the tokens of a file.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (length, is_token) = next(rest, first);
        let (read, unread) = rest.split_at(length);
        if is_token {
            tokens.push(Token {
                text: read.trim_start_matches("r#").to_owned(),
                line,
            });
        }
        line += read.matches('\n').count();
        rest = unread;
    }
    tokens
}

/// Returns the length of the first element of `rest`, and whether it is a token.
fn next(rest: &str, first: char) -> (usize, bool) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), false);
    }
    if let Some(length) = literal(rest) {
        return (length, false);
    }
    if rest.starts_with("::") {
        return (2, true);
    }
    if begins_name(first) {
        let raw = if rest.starts_with("r#") { 2 } else { 0 };
        return (raw + run(&rest[raw..], continues_name), true);
    }
    if first.is_ascii_digit() {
        return (run(rest, continues_name), false);
    }
    (first.len_utf8(), !first.is_whitespace())
}

fn begins_name(letter: char) -> bool {
    letter == '_' || letter.is_alphabetic()
}

fn continues_name(letter: char) -> bool {
    letter == '_' || letter.is_alphanumeric()
}

/// Returns the number of bytes before the first letter that does not belong.
fn run(text: &str, belongs: fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

/// Returns the length of a block comment, which may be nested.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let here = &text.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    at
}

/// Returns the length of the string, character or lifetime at the start of `rest`, if there is one.
fn literal(rest: &str) -> Option<usize> {
    let unprefixed = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - unprefixed.len();
    if prefix > 1 {
        return None;
    }
    let length = match unprefixed.as_bytes().first()? {
        b'"' => quoted(unprefixed, '"'),
        b'\'' => letter_or_lifetime(unprefixed),
        b'r' => raw_text(unprefixed)?,
        _ => return None,
    };
    Some(prefix + length)
}

/// Returns the length of a string between two equal marks, in which `\` escapes a mark.
fn quoted(text: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == mark => return at + mark.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// A character or a lifetime: `'a'` or `'a`.
fn letter_or_lifetime(text: &str) -> usize {
    let mut inside = text[1..].chars();
    let is_letter = inside.next() == Some('\\') || inside.next() == Some('\'');
    if is_letter {
        quoted(text, '\'')
    } else {
        1 + run(&text[1..], continues_name)
    }
}

/// A raw string, `r"…"` or `r#"…"#`, with any number of hashes.
fn raw_text(text: &str) -> Option<usize> {
    let hashes = run(&text[1..], |letter| letter == '#');
    let inside = text[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let begin = text.len() - inside.len();
    let length = inside.find(&end).map_or(inside.len(), |at| at + end.len());
    Some(begin + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_texts_letters_and_lifetimes_hold_no_names() {
        let text = r##"
            a /* b /* c */ d */ e // f
            "g \" h" 'i' '\'' b"j" r#"k " l"# 'm 'n: 1_000u8 r#type
        "##;
        let names: Vec<_> = tokens(text)
            .into_iter()
            .filter(Token::is_name)
            .map(|token| (token.text, token.line))
            .collect();
        let expected = [("a", 2), ("e", 2), ("type", 3)];
        assert_eq!(names, expected.map(|(name, line)| (name.to_owned(), line)));
    }
}
