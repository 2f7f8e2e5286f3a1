//! Finds where strings, comments and brackets end in Python source.

/// What a character is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Code outside of strings and comments.
    Code,
    /// A string, including its quotes.
    String,
    /// A comment, without its line break.
    Comment,
}

/// Every character with its byte index and what it is part of.
fn parts(text: &str) -> impl Iterator<Item = (usize, char, Part)> {
    let mut quote = None;
    let mut is_escaped = false;
    let mut is_comment = false;
    text.char_indices().map(move |(index, letter)| {
        let part = if let Some(open) = quote {
            if !is_escaped && letter == open {
                quote = None;
            }
            is_escaped = !is_escaped && letter == '\\';
            Part::String
        } else if is_comment {
            is_comment = letter != '\n';
            if is_comment {
                Part::Comment
            } else {
                Part::Code
            }
        } else if letter == '#' {
            is_comment = true;
            Part::Comment
        } else if matches!(letter, '"' | '\'') {
            quote = Some(letter);
            Part::String
        } else {
            Part::Code
        };
        (index, letter, part)
    })
}

/// The text without comments.
pub(super) fn without_comments(text: &str) -> String {
    let kept = parts(text).filter(|(_, _, part)| *part != Part::Comment);
    kept.map(|(_, letter, _)| letter).collect()
}

/// The code of a text, with the number of brackets that are open before each character; it ends
/// where a bracket closes that was not opened.
fn code(text: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let code = parts(text).filter(|(_, _, part)| *part == Part::Code);
    code.scan(Some(0_usize), |open, (index, letter, _)| {
        let before = (*open)?;
        *open = match letter {
            '(' | '[' | '{' => Some(before + 1),
            ')' | ']' | '}' => before.checked_sub(1),
            _ => Some(before),
        };
        Some((index, letter, before))
    })
}

/// The index of the bracket that closes the one before the text.
pub(super) fn closing(text: &str) -> Option<usize> {
    let closes =
        |&(_, letter, open): &(usize, char, usize)| open == 0 && matches!(letter, ')' | ']' | '}');
    code(text).find(closes).map(|(index, ..)| index)
}

/// The text between the commas that are outside of all brackets, without a last empty piece.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let commas = code(text).filter(|&(_, letter, open)| open == 0 && letter == ',');
    let ends = commas.map(|(index, ..)| index).chain([text.len()]);
    let mut start = 0;
    let mut pieces: Vec<&str> = ends
        .map(|end| {
            let piece = &text[start..end];
            start = end + 1;
            piece
        })
        .collect();
    pieces.pop_if(|last| last.trim().is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_brackets_and_strings_do_not_divide() {
        assert_eq!(pieces("a, (b, c), 'd, e', "), ["a", " (b, c)", " 'd, e'"]);
        assert_eq!(pieces(""), [""; 0]);
        assert_eq!(pieces("a,,b"), ["a", "", "b"]);
    }

    #[test]
    fn brackets_in_strings_do_not_close() {
        assert_eq!(closing("a, '\\')', (b))"), Some(13));
        assert_eq!(closing("a, ')'"), None);
    }

    #[test]
    fn a_hash_in_a_string_is_no_comment() {
        assert_eq!(without_comments("'#' # b\n#\nc"), "'#' \n\nc");
    }
}
