//! Splits the LaTeX of the rules into tokens.

use slalom::optimizer::Term;
use slalom::optimizer::equation::Piece;

/// A token of LaTeX.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Number(f64),
    /// A letter, bracket or operator.
    Char(char),
    /// `\name`; `\|` has the name `|`.
    Command(String),
    /// The content of `\text{…}`, trimmed.
    Text(String),
    /// A marked quantity, with the tokens it is written as.
    Term(Term, Vec<Token>),
}

/// Returns the tokens of a line.
pub fn tokens(pieces: &[Piece]) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Term(term, inner) => found.push(Token::Term(*term, tokens(inner)?)),
            Piece::Latex(latex) => plain_tokens(latex, &mut found)?,
        }
    }
    Ok(found)
}

fn plain_tokens(latex: &str, found: &mut Vec<Token>) -> Result<(), String> {
    let mut rest = latex;
    while let Some(sign) = rest.chars().next() {
        let length =
            |belongs: fn(char) -> bool| rest.find(|sign| !belongs(sign)).unwrap_or(rest.len());
        if sign == ' ' {
            rest = &rest[1..];
        } else if let Some(text) = rest.strip_prefix(r"\text{") {
            let (text, behind) = text.split_once('}').ok_or("a text without end")?;
            found.push(Token::Text(text.trim().to_owned()));
            rest = behind;
        } else if let Some(command) = rest.strip_prefix('\\') {
            let letters = command.find(|sign: char| !sign.is_ascii_alphabetic());
            let name = &command[..letters.unwrap_or(command.len()).max(1)];
            if name != "," {
                found.push(Token::Command(name.to_owned()));
            }
            rest = &command[name.len()..];
        } else if sign.is_ascii_digit() {
            let end = length(|sign| sign.is_ascii_digit() || sign == '.');
            found.push(Token::Number(
                rest[..end].parse().map_err(|_| rest.to_owned())?,
            ));
            rest = &rest[end..];
        } else {
            found.push(Token::Char(sign));
            rest = &rest[sign.len_utf8()..];
        }
    }
    Ok(())
}
