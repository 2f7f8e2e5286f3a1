//! Divides a text into numbers, names and signs.

use std::ops::Range;

use super::error::{DEEPEST, ExpressionError, Fault, LONGEST};
use super::names::{greek_word, subscript_digit, superscript_digit};
use super::tree::{Operator, Relation};
use crate::text::brief;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A number.
    Number(f64),
    /// A name, spelled out.
    Name(String),
    /// `+ - * / ^`
    Operator(Operator),
    /// A whole number in superscripts.
    Raised(i32),
    /// √, or ∛.
    Root(u8),
    /// `(` or `[`
    Open(char),
    /// `)` or `]`
    Close(char),
    /// `|`
    Bar,
    /// `,`
    Comma,
    /// A comparison.
    Relation(Relation),
    /// `=`
    Equals,
    /// `←`
    Arrow,
    /// A semicolon, or the end of a line outside brackets.
    End,
}

/// A piece of the text and where it stands, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The piece.
    pub token: Token,
    /// Its bytes.
    pub at: Range<usize>,
}

/// Vulgar fractions.
const FRACTIONS: &[(char, f64)] = &[('½', 0.5), ('¼', 0.25), ('¾', 0.75)];

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    spots: Vec<Spot>,
    /// The open brackets: outside of them, the end of a line ends a statement.
    depth: usize,
}

/// Divides a text into its pieces.
pub fn tokens(text: &str) -> Result<Vec<Spot>, ExpressionError> {
    let mut lexer = Lexer {
        text,
        at: 0,
        spots: Vec::new(),
        depth: 0,
    };
    if text.chars().count() > LONGEST {
        return Err(lexer.error(0..0, Fault::TooLong));
    }
    while let Some(sign) = lexer.peek() {
        lexer.token(sign)?;
    }
    Ok(lexer.spots)
}

/// The names in a text with the bytes at which they stand, in order, whether or not the text is a
/// formula.
#[must_use]
pub fn names(text: &str) -> Vec<(Range<usize>, String)> {
    let mut lexer = Lexer {
        text,
        at: 0,
        spots: Vec::new(),
        depth: 0,
    };
    while let Some(sign) = lexer.peek() {
        let start = lexer.at;
        if lexer.token(sign).is_err() && lexer.at == start {
            lexer.at += sign.len_utf8();
        }
    }
    let names = lexer.spots.into_iter().filter_map(|spot| match spot.token {
        Token::Name(name) => Some((spot.at, name)),
        _ => None,
    });
    names.collect()
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn error(&self, at: Range<usize>, fault: Fault) -> ExpressionError {
        ExpressionError::new(self.text, at, fault)
    }

    /// Takes all signs at the front that fit.
    fn take(&mut self, fits: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        let length = self.rest().find(|sign| !fits(sign));
        self.at += length.unwrap_or(self.rest().len());
        start..self.at
    }

    fn push(&mut self, token: Token, length: usize) {
        let start = self.at;
        self.at += length;
        self.spots.push(Spot {
            token,
            at: start..self.at,
        });
    }

    fn token(&mut self, sign: char) -> Result<(), ExpressionError> {
        if sign == '\n' {
            self.end_of_line();
        } else if is_blank(sign) {
            self.at += sign.len_utf8();
        } else if sign.is_ascii_digit() || sign == '.' {
            self.number()?;
        } else if sign.is_ascii_alphabetic() || greek_word(sign).is_some() {
            self.name(sign);
        } else if superscript_digit(sign).is_some() || matches!(sign, '⁻' | '⁺') {
            self.raised()?;
        } else if let Some((_, value)) = FRACTIONS.iter().find(|(known, _)| *known == sign) {
            self.push(Token::Number(*value), sign.len_utf8());
        } else {
            self.sign(sign)?;
        }
        Ok(())
    }

    /// A line goes on where a bracket is open, or where something is missing.
    fn end_of_line(&mut self) {
        let last = self.spots.last().map(|spot| &spot.token);
        let goes_on = matches!(
            last,
            None | Some(
                Token::Operator(_)
                    | Token::Root(_)
                    | Token::Comma
                    | Token::Relation(_)
                    | Token::Equals
                    | Token::Arrow
                    | Token::End
            )
        );
        if self.depth == 0 && !goes_on {
            self.push(Token::End, 1);
        } else {
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<(), ExpressionError> {
        let mut at = self.take(|sign| sign.is_ascii_digit() || sign == '.');
        // An exponent needs digits: in `2e` and `2e-x`, e is a name.
        let exponent = self.rest().strip_prefix(['e', 'E']).unwrap_or_default();
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if digits.starts_with(|sign: char| sign.is_ascii_digit()) {
            self.at += self.rest().len() - digits.len();
            at.end = self.take(|sign| sign.is_ascii_digit()).end;
        }
        let digits = &self.text[at.clone()];
        match digits.parse::<f64>() {
            Ok(value) if value.is_finite() => {
                self.spots.push(Spot {
                    token: Token::Number(value),
                    at,
                });
                Ok(())
            }
            Ok(_) => Err(self.error(at, Fault::Large(brief(digits)))),
            Err(_) => Err(self.error(at, Fault::Number(brief(digits)))),
        }
    }

    /// A Greek letter or a word, with indices attached.
    fn name(&mut self, first: char) {
        let start = self.at;
        let mut name = String::new();
        if let Some(word) = greek_word(first) {
            name.push_str(word);
            self.at += first.len_utf8();
            let digits = self.take(|sign| sign.is_ascii_digit());
            name.push_str(&self.text[digits]);
        } else {
            let word = self.take(|sign| sign.is_ascii_alphanumeric());
            name.push_str(&self.text[word]);
        }
        loop {
            let below = self.take(|sign| subscript_digit(sign).is_some());
            if !below.is_empty() {
                name.push('_');
                name.extend(self.text[below].chars().filter_map(subscript_digit));
                continue;
            }
            let next = self
                .rest()
                .strip_prefix('_')
                .and_then(|rest| rest.chars().next().filter(char::is_ascii_alphanumeric));
            if next.is_none() {
                break;
            }
            self.at += 1;
            let word = self.take(|sign| sign.is_ascii_alphanumeric());
            name.push('_');
            name.push_str(&self.text[word]);
        }
        self.spots.push(Spot {
            token: Token::Name(name),
            at: start..self.at,
        });
    }

    fn raised(&mut self) -> Result<(), ExpressionError> {
        let at = self.take(|sign| superscript_digit(sign).is_some() || matches!(sign, '⁻' | '⁺'));
        let signs = &self.text[at.clone()];
        let plain: String = signs
            .chars()
            .map(|sign| match sign {
                '⁻' => '-',
                '⁺' => '+',
                _ => superscript_digit(sign).unwrap_or(sign),
            })
            .collect();
        let Ok(power) = plain.parse() else {
            return Err(self.error(at.clone(), Fault::Number(brief(signs))));
        };
        self.spots.push(Spot {
            token: Token::Raised(power),
            at,
        });
        Ok(())
    }

    fn sign(&mut self, sign: char) -> Result<(), ExpressionError> {
        const PAIRS: &[(&str, Token)] = &[
            ("**", Token::Operator(Operator::Power)),
            ("<=", Token::Relation(Relation::AtMost)),
            (">=", Token::Relation(Relation::AtLeast)),
            ("==", Token::Relation(Relation::Equal)),
            ("!=", Token::Relation(Relation::Unequal)),
        ];
        if let Some((pair, token)) = PAIRS.iter().find(|(pair, _)| self.rest().starts_with(pair)) {
            self.push(token.clone(), pair.len());
            return Ok(());
        }
        let token = match sign {
            '+' => Token::Operator(Operator::Add),
            '-' | '−' | '–' => Token::Operator(Operator::Subtract),
            '*' | '·' | '×' | '⋅' | '∗' | '∙' => Token::Operator(Operator::Multiply),
            '/' | '÷' | '∕' | '⁄' => Token::Operator(Operator::Divide),
            '^' => Token::Operator(Operator::Power),
            '√' => Token::Root(2),
            '∛' => Token::Root(3),
            '(' | '[' => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(self.error(self.at..self.at + 1, Fault::TooDeep));
                }
                Token::Open(sign)
            }
            ')' | ']' => {
                self.depth = self.depth.saturating_sub(1);
                Token::Close(sign)
            }
            '|' => Token::Bar,
            ',' => Token::Comma,
            '<' => Token::Relation(Relation::Less),
            '>' => Token::Relation(Relation::Greater),
            '≤' => Token::Relation(Relation::AtMost),
            '≥' => Token::Relation(Relation::AtLeast),
            '≠' => Token::Relation(Relation::Unequal),
            '=' => Token::Equals,
            '←' => Token::Arrow,
            ';' => Token::End,
            _ => {
                let at = self.at..self.at + sign.len_utf8();
                let shown = crate::text::one_line(&sign.to_string());
                return Err(self.error(at, Fault::Sign(shown)));
            }
        };
        self.push(token, sign.len_utf8());
        Ok(())
    }
}

/// White space, and signs without width that come along when text is pasted.
fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{200b}' | '\u{2062}' | '\u{feff}')
}
