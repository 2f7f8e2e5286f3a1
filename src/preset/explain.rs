//! Explains the parser's errors in one plain sentence.

#[cfg(test)]
mod tests;

use ron::Error;
use ron::error::SpannedError;

use super::locate::way_to;
use super::tokens::{Position, Sort, Token, tokens};
use crate::experiment::{Fault, FaultKind, Location, names};
use crate::text::{brief, message};

/// The maximum number of choices that are always listed, even if one is similar to the value: `On`
/// is similar to `Off`.
const FEW: usize = 6;
const BEGINNING: &str = "a preset must begin with an opening (";

/// Returns the position of the fault, and what it is.
pub fn explain(fault: &SpannedError, text: &str) -> (Position, Fault) {
    let start = Position {
        line: fault.span.start.line,
        column: fault.span.start.col,
    };
    let offset = start.offset(text);
    let tokens = tokens(text);
    let here = tokens.partition_point(|token| token.end <= offset);
    let context = Context {
        tokens: &tokens,
        here,
        within: tokens.get(here).is_some_and(|token| token.start < offset),
    };
    // The parser may stop at the space before a word or in the middle of it.
    let at = tokens.get(here).map_or(offset, |token| token.start);
    let fault = Fault {
        what: message(&context.sentence(&fault.code)),
        location: context.location(&fault.code),
        kind: context.kind(&fault.code),
        excerpt: None,
    };
    (Position::of(text, at), fault)
}

/// The tokens around the position at which the parser stopped.
struct Context<'a> {
    tokens: &'a [Token<'a>],
    /// The index of the token there, or of the next one.
    here: usize,
    /// Whether the parser stopped in the middle of it.
    within: bool,
}

impl Context<'_> {
    /// Returns the location of the invalid value.
    fn location(&self, fault: &Error) -> Location {
        let location = way_to(self.tokens, self.here);
        match fault {
            Error::MissingStructField { field, .. } => location.field(field),
            _ => location,
        }
    }

    /// Returns the kind of the fault.
    fn kind(&self, fault: &Error) -> FaultKind {
        let has_value = self.field().is_some();
        match fault {
            Error::NoSuchEnumVariant { .. } => FaultKind::WrongChoice,
            Error::NoSuchStructField { .. } => FaultKind::UnknownField,
            Error::MissingStructField { .. } => FaultKind::MissingField,
            Error::DuplicateStructField { .. } => FaultKind::DuplicateField,
            Error::ExpectedBoolean
            | Error::ExpectedFloat
            | Error::ExpectedInteger
            | Error::IntegerOutOfBounds
            | Error::InvalidIntegerDigit { .. }
            | Error::ExpectedString
            | Error::ExpectedArray
            | Error::ExpectedDifferentLength { .. }
            | Error::UnderscoreAtBeginning
            | Error::FloatUnderscore
            | Error::InvalidValueForType { .. }
            | Error::Message(_) => FaultKind::WrongType,
            Error::ExpectedIdentifier
            | Error::InvalidIdentifier(_)
            | Error::SuggestRawIdentifier(_)
            | Error::ExpectedStructLike
            | Error::ExpectedNamedStructLike(_)
            | Error::ExpectedDifferentStructName { .. }
                if has_value =>
            {
                FaultKind::WrongType
            }
            Error::ExpectedComma | Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd
                if self.within =>
            {
                FaultKind::WrongType
            }
            _ => FaultKind::Syntax,
        }
    }

    fn sentence(&self, fault: &Error) -> String {
        match fault {
            Error::NoSuchEnumVariant {
                expected,
                found,
                outer,
            } => {
                let (what, elsewhere) = match outer.as_deref() {
                    Some("Condition") => ("condition", None),
                    Some("OptimizerChoice") => ("optimizer", names::rule_elsewhere(found)),
                    Some("Schedule") => ("schedule", names::schedule_elsewhere(found)),
                    _ => (self.field().unwrap_or("name"), None),
                };
                let no_such = format!("there is no {what} \"{}\"", brief(found));
                match elsewhere {
                    Some(elsewhere) => format!("{no_such}; {elsewhere}"),
                    None if expected.len() <= FEW => {
                        let all = one_of(&no_such, expected, "there are");
                        match names::choice_elsewhere(what, found) {
                            Some(elsewhere) => format!("{all}; {elsewhere}"),
                            None => all,
                        }
                    }
                    None => with_nearest(&no_such, found, expected, "there are"),
                }
            }
            Error::NoSuchStructField {
                expected,
                found,
                outer,
            } => {
                let elsewhere = names::field_elsewhere(outer.as_deref().unwrap_or("Preset"), found);
                let owner = match outer.as_deref() {
                    Some("Preset") | None => "a preset has no field",
                    Some("Racer") => "a racer has no field",
                    Some("Group") => "a group has no field",
                    Some("Edit") => "an edit has no field",
                    Some("Part") => "a part of a sequence has no field",
                    Some("RateChange") => "a change of the rate has no field",
                    Some("ViewSettings") => "a view has no field",
                    Some("Window") => "a window has no field",
                    Some("Viewpoint") => "an eye has no field",
                    Some("Lesson") => "a lesson has no field",
                    Some("Goal") => "a goal has no field",
                    Some(name) => &format!("{name} has no parameter"),
                };
                let no_such = format!("{owner} \"{}\"", brief(found));
                match elsewhere {
                    Some(elsewhere) => format!("{no_such}; {elsewhere}"),
                    None => with_nearest(&no_such, found, expected, "it has"),
                }
            }
            Error::MissingStructField { field, .. } => format!("the field {field} is missing"),
            Error::DuplicateStructField { field, .. } => {
                format!("the field {field} is given twice")
            }

            Error::ExpectedBoolean => self.must_be("true or false"),
            Error::ExpectedFloat => self.must_be("a number like 0.01"),
            Error::IntegerOutOfBounds if !self.found().starts_with('-') => {
                self.must_be("a smaller whole number")
            }
            Error::ExpectedInteger
            | Error::IntegerOutOfBounds
            | Error::InvalidIntegerDigit { .. } => self.must_be("a whole number, 0 or more"),
            Error::ExpectedString => self.must_be("text in quotation marks"),
            Error::InvalidValueForType { expected, .. } => self.must_be(expected),
            Error::ExpectedArray => self.must_be("a list in square brackets"),
            Error::ExpectedDifferentLength { .. } => {
                "there must be two numbers here, as in (1.0, 1.6)".into()
            }

            // The parser has read only the first digits of what should be a number.
            Error::ExpectedComma | Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd
                if self.within =>
            {
                match self.found().parse::<f64>() {
                    Ok(_) => self.must_be("a whole number"),
                    Err(_) => self.must_be("a number like 0.01"),
                }
            }
            Error::ExpectedComma => match self.named() {
                Some(name) if self.found() == "(" => format!("{name} takes no brackets"),
                _ => format!(
                    "a comma or a closing bracket is missing before {}",
                    self.found()
                ),
            },
            Error::ExpectedStructLikeEnd => self.expected("a closing )"),
            Error::ExpectedArrayEnd => self.expected("a comma or a closing ]"),
            Error::ExpectedMapColon => match self.named() {
                Some(name) => format!("a colon is missing after {name}"),
                None => self.expected("a colon"),
            },
            Error::ExpectedIdentifier
            | Error::InvalidIdentifier(_)
            | Error::SuggestRawIdentifier(_) => match self.field() {
                Some(_) => self.must_be("a name without quotation marks"),
                None => self.expected("the name of a field"),
            },
            Error::ExpectedStructLike => self.bracket(""),
            Error::ExpectedNamedStructLike(of) => self.bracket(of),
            Error::ExpectedDifferentStructName { expected, .. } => self.bracket(expected),

            Error::Eof => {
                "the text ends too early; is a bracket or a quotation mark left open?".into()
            }
            Error::ExpectedStringEnd => "this quotation mark is never closed".into(),
            Error::UnclosedBlockComment => "a comment that begins with /* is never closed".into(),
            Error::InvalidEscape(_) => {
                r"a \ in a text must be part of a sign like \n; a plain backslash is written \\"
                    .into()
            }
            Error::UnexpectedChar(_) => format!("{} means nothing here", self.found()),
            Error::UnderscoreAtBeginning | Error::FloatUnderscore => {
                self.must_be("a number like 0.01")
            }
            Error::NoSuchExtension(name) => {
                format!("there is no extension of RON named \"{}\"", brief(name))
            }
            Error::ExpectedAttribute | Error::ExpectedAttributeEnd => BEGINNING.into(),
            Error::TrailingCharacters => "the preset ends before this, but more follows".into(),
            Error::ExceededRecursionLimit => "brackets are nested too deeply here".into(),
            other => uncapitalised(&other.to_string()),
        }
    }

    /// Reports that an opening parenthesis is missing, which would start a struct of type `of`.
    fn bracket(&self, of: &str) -> String {
        if self.tokens.is_empty() {
            return "the preset is empty".into();
        }
        if self.here == 0 {
            return BEGINNING.into();
        }
        if let Some(name) = self.named() {
            return format!("{name} must be followed by round brackets, as in {name}()");
        }
        if self.field().is_some() {
            return self.must_be("in round brackets");
        }
        if self.sort(self.here) == Some(Sort::Close) {
            return format!("a closing ] is missing before {}", self.found());
        }
        let example = match of {
            "Racer" => "; a racer is written like (optimizer: Adam())",
            "Group" => "; a group is written like (block: \"biases\", optimizer: Adam())",
            "Part" => "; a part is written like (steps: 50, schedule: Constant)",
            "RateChange" => "; a change is written like (step: 100, factor: 0.1)",
            "Edit" => "; an edit is written like (step: 100, parameter: \"beta_1\", value: 0.5)",
            _ => "",
        };
        self.expected("an opening (") + example
    }

    fn expected(&self, what: &str) -> String {
        format!("expected {what} here, but found {}", self.found())
    }

    fn must_be(&self, what: &str) -> String {
        match (self.field(), self.sort(self.here)) {
            (Some(field), Some(Sort::Word)) => {
                format!("{field} is {}, but must be {what}", self.found())
            }
            (Some(field), _) => format!("{field} must be {what}"),
            (None, _) => self.expected(what),
        }
    }

    fn found(&self) -> String {
        self.tokens
            .get(self.here)
            .map_or_else(|| "the end".into(), |token| brief(token.text))
    }

    fn sort(&self, token: usize) -> Option<Sort> {
        self.tokens.get(token).map(|token| token.sort)
    }

    /// Returns the name of the field whose value starts here.
    fn field(&self) -> Option<&str> {
        let name = self.here.checked_sub(2)?;
        let is_value = self.sort(self.here - 1) == Some(Sort::Colon);
        (is_value && self.sort(name) == Some(Sort::Word)).then(|| self.tokens[name].text)
    }

    /// Returns the name right before this token.
    fn named(&self) -> Option<&str> {
        let name = self.tokens.get(self.here.checked_sub(1)?)?.text;
        name.starts_with(char::is_alphabetic).then_some(name)
    }
}

/// Suggests the most similar name or, if there is none, lists all.
fn with_nearest(no_such: &str, found: &str, known: &[&str], these: &str) -> String {
    match names::nearest(found, known) {
        Some(near) => format!("{no_such}; did you mean {near}?"),
        None => one_of(no_such, known, these),
    }
}

/// Lists all names.
fn one_of(no_such: &str, known: &[&str], these: &str) -> String {
    format!("{no_such}; {these} {}", known.join(", "))
}

/// Lowercases the first letter, as the parser's messages follow a colon here.
fn uncapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}
